"""Whether the figures of a sentence are those that its evidence states, in everything that they are bound to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from retrieval.answer.claim_words import CONNECTING, denies, names_of, numbers_in, numbers_of, words
from retrieval.answer.draft import NUMBERED_BRACKET, TARGET_WORDS, Line, Support
from retrieval.lexicon.indicators import catalogue, is_index
from retrieval.lexicon.periods import find_periods
from retrieval.lexicon.provinces import find_provinces
from retrieval.text import fold
from retrieval.types import Figure, FigureKind

KEPT = 0.5
"""Share of the words of a figure's own clause that a sentence must keep, so that no qualifier is lost."""

_OF_KIND = {
    FigureKind.TARGET: "muc tieu phan dau dat ra de ra den ke hoach",
    FigureKind.RANK: "xep hang thu vi tri dung ca nuoc toan quoc tren tong so tinh thanh pho dia phuong",
    FigureKind.RESULT: "dat diem chiem",
    FigureKind.CHANGE: "so voi truoc",
}
_QUALIFIER = re.compile(
    r"\b(?:hon|tren|gan|khoang|duoi|toi thieu|it nhat|toi da|xap xi|chua den|chua toi|khong qua|nhom|top|tu|uoc)"
    r"(?: (?:dat|thu|hang|la|tong|so))*\s*$"
)
_RANKED = re.compile(r"(?:hạng|thứ|vị trí|vị trí số) $", re.IGNORECASE)
_OF_BODIES = frozenset({"dti-local"})
"""Indexes of the bodies within a province: whose a figure is, its clause names."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """Evidence under the number by which a model cites it: a quote with every figure that the ledger has of it, and the
    line of the composed answer that it bears, if any."""

    n: int
    support: Support
    figures: tuple[Figure, ...]
    line: Line | None = None


def bear_figures(text: str, figures: Sequence[Figure], cited: Sequence[Numbered]) -> tuple[Numbered, ...]:
    """Every figure read in the sentence is one of the cited, and every other word belongs to one of those."""
    verdict = _compares(text, figures)
    if verdict is False:
        return ()
    if verdict:
        text = _COMPARISON.sub(lambda m: " " * len(m[0]), text)
    told: list[tuple[Figure, Numbered, Figure]] = []
    for said in figures:
        known = next(
            (
                (item, figure)
                for item in cited
                for figure in item.figures
                if _same(said, figure)
                and _said_alike(text, said, item, figure)
                and not any(other is item and _stands_in_line(before, figure) for _, other, before in told)
            ),
            None,
        )
        if known is None:
            return ()
        told.append((said, *known))
    allowed = {word for _, item, known in told for word in _words_of(known, item)}
    places = {known.province for _, _, known in told}
    if set(words(_without(text, figures))) - CONNECTING - allowed or not _numbers_stand(text, told):
        return ()
    if any(p.name not in places for p in find_provinces(text)):
        return ()
    return tuple({item.n: item for _, item, _ in told}.values())


def _without(text: str, figures: Sequence[Figure]) -> str:
    for figure in figures:
        text = text[: figure.start] + " " * (figure.end - figure.start) + text[figure.end :]
    return text


def _stands_in_line(before: Figure, figure: Figure) -> bool:
    """Whether a quote states a figure at or before one that the sentence has told already, though both measure the same:
    "lần lượt đạt 100%, 95% và 85%" keeps its order."""
    alike = (before.province, before.unit, before.kind) == (figure.province, figure.unit, figure.kind)
    return figure.start == before.start or (
        alike and before.indicator == figure.indicator and figure.start < before.start
    )


def _numbers_stand(text: str, told: Sequence[tuple[Figure, Numbered, Figure]]) -> bool:
    """Whether the numbers that are no figures (years compared with, dates, totals, documents) stand behind the same word
    in the quotes, in this order. A figure's own period need not stand there, once."""
    figures = [(said.start, said.end) for said, _, _ in told]
    periods = {known.period for _, _, known in told}
    free: list[tuple[int, int]] = []
    for mention in find_periods(text):
        if mention.period in periods and mention.role != "compared":
            periods.discard(mention.period)
            free.append((mention.start, mention.end))
    quotes = " \n ".join({item.n: item.support.text for _, item, _ in told}.values())
    known, at = numbers_in(quotes), 0
    for number in numbers_in(text):
        if _overlaps(number.start, number.end, figures):
            continue
        pair = number.behind, number.shown
        place = next((i for i in range(at, len(known)) if (known[i].behind, known[i].shown) == pair), None)
        if place is not None:
            at = place + 1
        elif not _overlaps(number.start, number.end, free):
            return False
    return True


def _overlaps(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(a < end and start < b for a, b in spans)


def _same(said: Figure, known: Figure) -> bool:
    """Whether a figure that a sentence states is the known one, in all that it is bound to."""
    a, b = fold(said.unit), fold(known.unit)
    return (
        said.value == known.value
        and (said.province, said.indicator, said.kind) == (known.province, known.indicator, known.kind)
        and said.period == known.period
        and said.scope == known.scope
        and (a == b or bool(a and b and (a.startswith(b) or b.startswith(a))))
        and said.denominator in (None, known.denominator)
    )


def _said_alike(text: str, said: Figure, item: Numbered, known: Figure) -> bool:
    """Whether the sentence tells a figure as its article does: the same bounds and denials, none of its clause's names
    left out, and no word in its clause that is another's."""
    article = item.support.statement.article.text
    own = article[known.clause_start : known.clause_end]
    mine = text[said.clause_start : said.clause_end]
    if known.kind is FigureKind.TARGET and not TARGET_WORDS.search(fold(text)):
        return False
    if known.unit != "hạng" and _RANKED.search(text[: said.start]):
        return False
    if denies(own) != denies(mine) or _qualifier(text, said.start) != _qualifier(article, known.start):
        return False
    blank = mine[: max(0, said.start - said.clause_start)] + " " + mine[max(0, said.end - said.clause_start) :]
    others = {f.shown for f in item.figures}
    if set(words(blank)) - CONNECTING - _words_of(known, item) - {fold(o) for o in others}:
        return False
    if is_index(known.indicator) and known.indicator not in _OF_BODIES:
        return True
    called, whole = set(_called(known)), set(words(text))
    if any(not set(words(name)) <= called | whole for name in names_of(own)):
        return False
    content = (
        set(words(NUMBERED_BRACKET.sub("", own)))
        - CONNECTING
        - called
        - numbers_of(own)
        - set(_OF_KIND[known.kind].split())
    )
    return len(content - whole) <= max(1, (1 - KEPT) * len(content))


def _qualifier(text: str, at: int) -> str:
    """What bounds the figure that starts at ``at``: "trên", "gần", "nhóm"; "" for an exact one."""
    found = _QUALIFIER.search(fold(text[max(0, at - 30) : at]))
    return found[0].split()[0] if found else ""


def _called(figure: Figure) -> Iterable[str]:
    """Words by which a figure's province, indicator and period are called."""
    known = catalogue().get(figure.indicator)
    called = [figure.province, str(figure.period or ""), figure.unit]
    if known is not None:
        called += [known.name, *known.aliases, *known.topics]
    return [word for name in called for word in words(name)]


def _words_of(figure: Figure, item: Numbered) -> set[str]:
    """Words that a sentence may tell a figure with: those of its clause and the heads above it, and its names."""
    article = item.support.statement.article
    own = article.text[figure.clause_start : figure.clause_end]
    told = {*words(own), *words(figure.label), *words(article.publisher or ""), *_called(figure)}
    return told | set(_OF_KIND[figure.kind].split())


# --- what is said of two figures ----------------------------------------------------------------------------------

_COMPARISON = re.compile(r"\b(cao|thấp) hơn\b", re.IGNORECASE)


def _compares(text: str, figures: Sequence[Figure]) -> bool | None:
    """Whether "A cao hơn B" is so by the two figures of the sentence; None where no two provinces are compared."""
    found = _COMPARISON.search(text)
    before = [p.name for p in find_provinces(text[: found.start()])] if found else []
    after = [p.name for p in find_provinces(text[found.end() :])] if found else []
    if found is None or not before or not after or before[-1] == after[0]:
        return None
    if len(figures) != 2 or _measure(figures[0]) != _measure(figures[1]) or not figures[0].indicator:
        return False
    values = {f.province: -f.value if f.unit == "hạng" else f.value for f in figures}
    if not {before[-1], after[0]} <= values.keys():
        return False
    ahead = values[before[-1]] - values[after[0]]
    return ahead > 0 if fold(found[1]) == "cao" else ahead < 0


def _measure(figure: Figure) -> tuple[object, ...]:
    return figure.indicator, figure.unit, figure.kind, figure.period, figure.denominator
