"""Figures that somebody else read in an article (a chat model), kept only where the article's own text bears them.

What is proposed is a quote, a number and what they are of. The quote must stand in one sentence, the number in the quote
as a whole, province, indicator, period and kind must be what the words of that sentence say. In doubt it is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from retrieval.answer.draft import TARGET_WORDS
from retrieval.lexicon.documents import find_document_numbers
from retrieval.lexicon.indicators import find_indicators
from retrieval.lexicon.periods import find_periods
from retrieval.lexicon.provinces import canonical, find_provinces
from retrieval.text import Span, fold, nfc, parse_number, sentences, syllables
from retrieval.types import Article, Figure, FigureKind, Period

READ_BY = "model"


@dataclass(frozen=True, slots=True)
class Proposal:
    """``quote`` are the words of the article, ``shown`` the number as printed in them, ``indicator`` its name or words,
    ``year`` None where the quote names no time."""

    quote: str
    shown: str
    province: str
    indicator: str
    unit: str
    kind: FigureKind
    year: int | None


class Proposer(Protocol):
    def propose(self, article: Article) -> Sequence[Proposal]:
        """Figures that an article may state. Never raises: a proposer that fails proposes nothing."""


def accepted(article: Article, known: Sequence[Figure], proposals: Iterable[Proposal]) -> list[Figure]:
    """The proposed figures that the text bears and nobody has read yet, in reading order."""
    figures: list[Figure] = []
    for proposal in proposals:
        figure = _borne(article, proposal)
        if figure and not any(f.start < figure.end and figure.start < f.end for f in (*known, *figures)):
            figures.append(figure)
    return sorted(figures, key=lambda f: f.start)


# Bodies within a province: a figure of theirs is not the province's.
_OF_A_BODY = re.compile(r"\b(?:huyện|thị xã|thị trấn|quận|xã|phường|sở|nội bộ)\b(?! hội\b)", re.IGNORECASE)
_DENIAL = re.compile(r"\b(?:chưa|không)\b", re.IGNORECASE)
_CHANGE = re.compile(r"\b(tang|giam|len|xuong)(?: (?:them|duoc|khoang))*\s*$")
_RANK = re.compile(r"\b(?:thu|hang|vi tri|vi tri so|vi tri thu)\s*$")
_BOUND = re.compile(r"\b(?:nhom|top|tu|den|duoi|chua den|khong qua|it nhat|toi thieu|toi da)\s*$")
_SCALE = re.compile(r"\s*(?:nghin|ngan|trieu|ty|ti)\b")


def _borne(article: Article, proposal: Proposal) -> Figure | None:
    quote = nfc(proposal.quote).strip()
    at = article.text.find(quote) if len(quote) >= len(proposal.shown) > 0 else -1
    if at < 0:
        return None
    span = Span(at, at + len(quote))
    sentence = next((s for s in sentences(article.text) if s.start <= span.start and span.end <= s.end), None)
    number = _number(quote, proposal.shown)
    province = _province(article, quote, proposal.province)
    if sentence is None or number is None or not province or " | " in quote:
        return None
    whole = article.text[sentence.start : sentence.end]
    if _DENIAL.search(whole) or _OF_A_BODY.search(quote) or _other_measures(quote, proposal):
        return None
    period = _period(quote, proposal.year)
    if period is None or not _unit_holds(quote, number, proposal) or not _kind_holds(whole, quote, number, proposal):
        return None
    printed = quote[number.start : number.end]
    value = parse_number(printed)
    falls = proposal.kind is FigureKind.CHANGE and fold(quote[: number.start]).rstrip().endswith(("giam", "xuong"))
    named = find_indicators(proposal.indicator)
    return Figure(
        province=province,
        indicator=named[0].id if named else "",
        label=" ".join(quote.split()),
        value=-value if falls else value,
        shown=f"{printed}%" if proposal.unit == "%" else printed,
        unit=proposal.unit,
        kind=proposal.kind,
        period=period[0],
        denominator=None,
        scope="",
        start=span.start + number.start,
        end=span.start + number.end,
        clause_start=span.start,
        clause_end=span.end,
        quote_start=span.start,
        quote_end=span.end,
        read_by=READ_BY,
    )


def _number(quote: str, shown: str) -> Span | None:
    """Where a number stands in a quote, once, and is no part of a date, a document's number or a ratio."""
    digits = nfc(shown).strip().rstrip("%").strip()
    try:
        parse_number(digits)
    except ValueError:
        return None
    found = list(re.finditer(rf"(?<![\d/-])(?<!\d[.,]){re.escape(digits)}(?![\d/]|[.,-]\d)", quote))
    if len(found) != 1:
        return None
    span = Span(*found[0].span())
    taken = [*find_document_numbers(quote), *(Span(p.start, p.end) for p in find_periods(quote))]
    return None if any(s.start < span.end and span.start < s.end for s in taken) else span


def _province(article: Article, quote: str, proposed: str) -> str:
    """The province proposed, where the quote names it and no other, or names none and the article is about that one."""
    name = canonical(proposed) or ""
    named = {p.name for p in find_provinces(quote)}
    return name if name and named in ({name}, set()) and (named or article.provinces == (name,)) else ""


def _other_measures(quote: str, proposal: Proposal) -> bool:
    """Whether the quote does not speak of the indicator proposed, or of another one beside it."""
    in_quote = {m.id for m in find_indicators(quote)}
    proposed = {m.id for m in find_indicators(proposal.indicator)}
    if proposed or in_quote:
        return len(proposed) != 1 or in_quote != proposed
    own = set(syllables(fold(nfc(proposal.indicator))))
    return not own or not own <= set(syllables(fold(quote)))


def _period(quote: str, year: int | None) -> tuple[Period | None] | None:
    """(the period,) of a quote that names one time or none, as proposed; None where they do not agree."""
    named = {p.period for p in find_periods(quote) if p.role != "document"}
    if year is None:
        return (None,) if not named else None
    return (next(iter(named)),) if len(named) == 1 and {p.year for p in named} == {year} else None


def _unit_holds(quote: str, number: Span, proposal: Proposal) -> bool:
    before, after = fold(quote[: number.start]), fold(quote[number.end :])
    if _SCALE.match(after) or _BOUND.search(before):
        return False
    ranked = bool(_RANK.search(before))
    if proposal.unit == "%" or after.lstrip().startswith(("%", "phan tram")):
        return proposal.unit == "%" and after.lstrip().startswith(("%", "phan tram")) and not ranked
    if proposal.unit == "hạng" or ranked:
        return proposal.unit == "hạng" and ranked and proposal.kind in (FigureKind.RANK, FigureKind.TARGET)
    unit = fold(nfc(proposal.unit)).strip()
    return bool(unit) and re.match(rf"\s*{re.escape(unit)}\b", after) is not None


def _kind_holds(sentence: str, quote: str, number: Span, proposal: Proposal) -> bool:
    aimed = bool(TARGET_WORDS.search(fold(sentence)))
    changes = bool(_CHANGE.search(fold(quote[: number.start])))
    if aimed or proposal.kind is FigureKind.TARGET:
        return aimed and not changes and proposal.kind is FigureKind.TARGET
    if changes or proposal.kind is FigureKind.CHANGE:
        return changes and proposal.kind is FigureKind.CHANGE
    return (proposal.kind is FigureKind.RANK) == (proposal.unit == "hạng")
