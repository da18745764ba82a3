"""A draft answer: lines of Vietnamese, each with the stretches of articles that bear it. Rendering numbers the sources."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.answer.statements import Statement, sentence_at, sentence_spans
from retrieval.text import Span, fold
from retrieval.types import Citation, Figure, FigureKind

LONGEST_QUOTE = 900
LONGEST_SHOWN = 330


@dataclass(frozen=True, slots=True)
class Support:
    """A literal stretch of an article, and the figures that a line takes from it."""

    statement: Statement
    quote: Span
    figures: tuple[Figure, ...] = ()

    @property
    def text(self) -> str:
        return self.statement.article.text[self.quote.start : self.quote.end]


@dataclass(frozen=True, slots=True)
class Line:
    """``computed`` are figures worked out from the supports' own ("35 bậc"), and so need not stand in a quote."""

    text: str
    supports: tuple[Support, ...] = ()
    computed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    answered: bool
    lines: tuple[Line, ...]


def support(statement: Statement, figures: Sequence[Figure] = ()) -> Support:
    """Quotes the statement's sentence, and as much before it as bears the period of its figures."""
    text = statement.article.text
    quote = statement.sentence
    if quote.end - quote.start > LONGEST_QUOTE:
        quote = statement.span
    quote = Span(min(quote.start, statement.span.start), max(quote.end, statement.span.end))
    years = {str(f.period.year) for f in figures if f.period}
    missing = [y for y in years if y not in text[quote.start : quote.end]]
    if missing:
        spans = sentence_spans(text)
        at = sentence_at(text, quote.start)
        for earlier in reversed(spans[max(0, at - 8) : at]):
            if quote.end - earlier.start > LONGEST_QUOTE:
                break
            if all(y in text[earlier.start : quote.end] for y in missing):
                quote = Span(earlier.start, quote.end)
                break
    return Support(statement, quote, tuple(figures))


_NUMBERED_BRACKET = re.compile(r"\s*\([^()]*\d[^()]*\)")
_BULLET = re.compile(r"^[\s+\-–•*]+")
_TARGET_WORDS = re.compile(r"muc tieu|phan dau|chi tieu|dat ra|de ra|huong toi|du kien|ke hoach|ky vong|quyet tam")


def shown(statement: Statement, *, brackets: bool = True) -> str:
    """A statement as a line: blanks collapsed, bullet and full stop dropped, bracketed figures kept or not."""
    text = _BULLET.sub("", " ".join(statement.text.split()))
    if not brackets:
        text = _NUMBERED_BRACKET.sub("", text)
    if text.count("(") > text.count(")"):
        text += ")"
    elif text.count(")") > text.count("("):
        text = text.rstrip(")")
    return cut(text.strip(" ;,.…")).strip(" ;,.…")


def cut(text: str, longest: int = LONGEST_SHOWN) -> str:
    """The text up to ``longest`` characters, ended at a comma or a blank."""
    if len(text) <= longest:
        return text
    head = text[:longest]
    at = max(head.rfind("; "), head.rfind(", "))
    return (head[:at] if at > longest // 2 else head.rsplit(" ", 1)[0]) + "…"


def named(text: str, province: str) -> str:
    """With the province in front, unless the text names it."""
    text = text[:1].upper() + text[1:]
    if not province or fold(province) in fold(text):
        return text
    return f"{province}: {text[:1].lower() + text[1:] if text[1:2].islower() else text}"


def dated(text: str, figure: Figure) -> str:
    """With period and "mục tiêu" behind it, unless the text says them."""
    notes = []
    if figure.kind is FigureKind.TARGET and not _TARGET_WORDS.search(fold(text)):
        notes.append("mục tiêu")
    if figure.period and str(figure.period.year) not in text:
        notes.append(str(figure.period))
    return f"{text} ({', '.join(notes)})" if notes else text


def render(draft: Draft) -> tuple[str, tuple[Citation, ...]]:
    """The answer's text with [n] behind each line, and the citations in order of first use."""
    numbers: dict[tuple[int, Span], int] = {}
    citations: list[Citation] = []
    rows = []
    for line in draft.lines:
        marks = []
        for s in line.supports:
            key = (s.statement.article_id, s.quote)
            if key not in numbers:
                numbers[key] = len(numbers) + 1
                a = s.statement.article
                citations.append(Citation(numbers[key], a.source, a.title, a.publisher, a.url, a.published, s.text))
            marks.append(f"[{numbers[key]}]")
        marks = list(dict.fromkeys(marks))
        rows.append(f"{line.text} {''.join(marks)}" if marks else line.text)
    return "\n".join(rows), tuple(citations)
