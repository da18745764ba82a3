"""A draft answer: lines of Vietnamese, each with the stretches of articles that bear it. Rendering numbers the sources."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from retrieval.choosing.windows import Window, sentences_back
from retrieval.lexicon.indicators import catalogue, is_index
from retrieval.lexicon.provinces import find_provinces
from retrieval.text import Span, fold
from retrieval.types import Article, Citation, Figure, FigureKind

LONGEST_QUOTE = 900
LONGEST_SHOWN = 330
"""Characters of a source's quote, and of a line of the answer."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a line says of an article: ``span`` may be shown; ``sentence`` holds it; ``figures`` are told there."""

    article_id: int
    article: Article
    span: Span
    sentence: Span
    figures: tuple[Figure, ...] = ()
    story_id: int = 0

    @property
    def text(self) -> str:
        return self.article.text[self.span.start : self.span.end]


def statement(window: Window, figure: Figure | None = None) -> Statement:
    """The clause of a figure, or the whole window."""
    span = window.span if figure is None else Span(figure.quote_start, figure.quote_end)
    figures = window.figures if figure is None else (figure,)
    return Statement(window.article_id, window.article, span, window.span, figures, window.story_id)


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
    """``computed`` are figures worked out from the supports' own ("35 bậc"), and so need not stand in a quote. A ``typed``
    line is in our own words around its supports' figures; any other with supports is in the words of the article."""

    text: str
    supports: tuple[Support, ...] = ()
    computed: tuple[str, ...] = ()
    typed: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """The lines of an answer; not ``answered`` for a refusal. ``made`` says by which way it came, for ``ask --explain``:
    "overview", "table", "each province", "told", "refusal", or the act of a message that asks nothing."""

    answered: bool
    lines: tuple[Line, ...]
    made: str = ""


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
        for earlier in islice(sentences_back(text, quote.start), 8):
            if quote.end - earlier.start > LONGEST_QUOTE:
                break
            if all(y in text[earlier.start : quote.end] for y in missing):
                quote = Span(earlier.start, quote.end)
                break
    return Support(statement, quote, tuple(figures))


NUMBERED_BRACKET = re.compile(r"\s*\([^()]*\d[^()]*\)")
"""An aside that bears a figure of its own: "(năm 2022: 10,2%)"."""

_MUTE = re.compile(r"(?:voi|dat|duoc|xep|dung|o|giu|nhung|va|con)\b")  # a clause that begins without its subject
_BULLET = re.compile(r"^[\s+\-–•*]+")
# Words that say themselves that a figure is aimed at.
TARGET_WORDS = re.compile(r"muc tieu|phan dau|chi tieu|dat ra|de ra|huong toi|du kien|ke hoach|ky vong|quyet tam")
# Digits that are no figure: years, numbers of documents, days, "4.0".
_NO_FIGURE = re.compile(
    r"\b(?:19|20)\d{2}\b|\d+[/-]\d*[/-]?[A-ZĐa-z]+[\w/-]*"
    r"|(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])(?:/\d{4})?(?!\d)|\d\.0\b"
)
# The end of a neighbour's clause that serves this figure too: "… được xử lý trên mạng".
_PREDICATE = re.compile(r"\b(?:được|đã|sử dụng|thực hiện|triển khai|tham gia|hoàn thành|kết nối)\b[^%]*$")


def shown(statement: Statement, *, brackets: bool = True) -> str:
    """A statement as a line: blanks collapsed, bullet and full stop dropped, bracketed figures kept or not."""
    return _tidy(statement.text, brackets=brackets)


def told(statement: Statement, figure: Figure, *, brackets: bool = True) -> str:
    """A figure in the words of its article, without its neighbours' figures.

    Words taken over from a neighbour ("xã hội số đạt 0,6864 điểm, xếp hạng 2") bring that one's figure with them: the
    indicator's name stands for them where the catalogue knows it.
    """
    text = statement.article.text
    if (statement.span.start, statement.span.end) != (figure.quote_start, figure.quote_end):
        return shown(statement, brackets=brackets)
    own = text[figure.clause_start : figure.clause_end]
    if " | " in own:
        return cell(figure)
    lead, tail = text[figure.quote_start : figure.clause_start], text[figure.clause_end : figure.quote_end]
    if tail and _figured(tail) and not brackets:
        predicate = _PREDICATE.search(tail)
        tail = f" … {predicate[0]}" if predicate else ""
    if (
        lead
        and not brackets
        and _figured(lead)
        and figure.indicator
        and figure.unit in ("hạng", "điểm", "%")
        and figure.kind is not FigureKind.CHANGE
    ):
        lead, own = "", f"{_name(figure)}: {own}"
    line = _tidy(lead + own + tail, brackets=brackets)
    if is_index(figure.indicator) and _MUTE.match(fold(line)):
        line = f"{_name(figure)}: {line}"
    return line if figure.shown in line else _tidy(lead + own + tail, brackets=True)


def _figured(text: str) -> bool:
    return any(c.isdigit() for c in _NO_FIGURE.sub("", text))


def _name(figure: Figure) -> str:
    return catalogue()[figure.indicator].name if figure.indicator in catalogue() else figure.indicator


def cell(figure: Figure) -> str:
    """A cell of a table, by the name of its indicator or column."""
    parts = figure.label.split(" › ")
    name = (
        _name(figure) if figure.indicator and figure.unit in ("hạng", "điểm") else " – ".join(parts[1:]) or figure.label
    )
    value = figure.shown
    if figure.unit == "hạng":
        value = f"hạng {value}"
    elif figure.unit and figure.unit not in value:
        value = f"{value}{figure.unit}" if figure.unit == "%" else f"{value} {figure.unit}"
    return f"{name}: {value}"


def _tidy(text: str, *, brackets: bool) -> str:
    text = _BULLET.sub("", " ".join(text.split()))
    if not brackets:
        text = NUMBERED_BRACKET.sub("", text)
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
    if not province or fold(province) in fold(text) or any(p.name == province for p in find_provinces(text)):
        return text
    return f"{province}: {text}"


def dated(text: str, figure: Figure) -> str:
    """With period and "mục tiêu" behind it, unless the text says them."""
    notes = []
    if figure.kind is FigureKind.TARGET and not TARGET_WORDS.search(fold(text)):
        notes.append("mục tiêu")
    if figure.period and str(figure.period.year) not in text:
        notes.append(str(figure.period))
    return f"{text} ({', '.join(notes)})" if notes else text


def stated(statement: Statement, figure: Figure) -> str:
    """A figure in the words of its article, with province, period and "mục tiêu" where they leave them out."""
    return named(dated(told(statement, figure, brackets=False), figure), figure.province)


def numbered(draft: Draft) -> dict[Support, int]:
    """The citation number of every support, by first use; one stretch of one article has one number."""
    numbers: dict[tuple[int, Span], int] = {}
    return {
        s: numbers.setdefault((s.statement.article_id, s.quote), len(numbers) + 1)
        for line in draft.lines
        for s in line.supports
    }


def render(draft: Draft) -> tuple[str, tuple[Citation, ...]]:
    """The answer's text with [n] behind each line, and the citations in order of first use."""
    numbers = numbered(draft)
    citations: dict[int, Citation] = {}
    for s, n in numbers.items():
        a = s.statement.article
        citations.setdefault(n, Citation(n, a.source, a.title, a.publisher, a.url, a.published, s.text))
    rows = []
    for line in draft.lines:
        marks = dict.fromkeys(f"[{numbers[s]}]" for s in line.supports)
        rows.append(f"{line.text} {''.join(marks)}" if marks else line.text)
    return "\n".join(rows), tuple(citations.values())
