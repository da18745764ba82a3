"""Windows: the stretches of articles that may answer a question, each with what it inherits from what stands around it.

A window is a sentence, a row of a table with its heads, an item of a list with its lead, or a lead with its whole list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from retrieval.lexicon.periods import find_periods
from retrieval.lexicon.provinces import find_provinces
from retrieval.library import Library, StoredFigure
from retrieval.text import Span, sentences
from retrieval.types import Article, Figure, Passage

LONGEST_BLOCK = 900
"""Characters of a list that is one window."""

HEAD_REACH = 200
"""Rows above a table's row among which its head is looked for."""

BACK = 6
"""Sentences above a window that may lend it a province or a heading."""


@dataclass(frozen=True, slots=True)
class Signals:
    """What search said of the chunk that holds a window; zero for one that only the ledger found."""

    score: float = 0.0
    dense: float = 0.0
    lexical: float = 0.0


@dataclass(frozen=True, slots=True)
class Context:
    """What stands above a window: ``lead`` its heading, table head or lead-in; ``previous`` the sentence before it.

    ``provinces`` are those of the nearest stretch above that names any, the article's own where none does; ``years``
    likewise, () where nothing above says one.
    """

    lead: str
    previous: str
    provinces: tuple[str, ...]
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """``span`` is what may be shown; ``kind`` is "sentence", "row", "item" or "block"; ``figures`` stand inside it."""

    article_id: int
    article: Article
    span: Span
    kind: str
    context: Context
    following: str
    figures: tuple[Figure, ...] = ()
    story_id: int = 0
    signals: Signals = Signals()

    @property
    def text(self) -> str:
        return self.article.text[self.span.start : self.span.end]

    @property
    def voice(self) -> int:
        """Who speaks: near-copies of one story are one voice, however many publishers carry them."""
        return self.story_id or -self.article_id


# --- what one stretch of text names -------------------------------------------------------------------------------


@lru_cache(maxsize=16384)
def provinces_in(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(m.name for m in find_provinces(text)))


@lru_cache(maxsize=16384)
def years_in(text: str) -> tuple[int, ...]:
    return tuple(dict.fromkeys(m.period.year for m in find_periods(text)))


# --- sentences of an article --------------------------------------------------------------------------------------


@lru_cache(maxsize=16384)
def _of_line(line: str) -> tuple[Span, ...]:
    return tuple(sentences(line))


def sentences_between(text: str, start: int, end: int) -> list[Span]:
    """The sentences of the lines that start..end touches: a line break ends every sentence, so that the rest of a long
    article need not be read."""
    spans: list[Span] = []
    at = text.rfind("\n", 0, start) + 1
    while at < max(end, start + 1) and at < len(text):
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        spans += [Span(at + s.start, at + s.end) for s in _of_line(text[at:stop])]
        at = stop + 1
    return spans


def sentences_back(text: str, offset: int) -> Iterator[Span]:
    """The sentences before the one that holds ``offset``, nearest first, as far as they are asked for."""
    start = text.rfind("\n", 0, offset) + 1
    stop = text.find("\n", offset)
    line = _of_line(text[start : len(text) if stop < 0 else stop])
    yield from (Span(start + s.start, start + s.end) for s in reversed(line) if start + s.end <= offset)
    while start:
        above = text.rfind("\n", 0, start - 1) + 1
        line = _of_line(text[above : start - 1])
        yield from (Span(above + s.start, above + s.end) for s in reversed(line))
        start = above


_ITEM = re.compile(r"\s*(?:[-–•*+]|\(?\d{1,2}[.)]|[a-zđ]\))\s")


def is_heading(line: str) -> bool:
    """A line without an end mark, such as stands over a section."""
    return 0 < len(line) < 120 and line[-1:] not in ".!?…;,:" and " | " not in line


def kind_of(text: str, span: Span) -> str:
    if " | " in text[span.start : span.end]:
        return "row"
    at_line = text.rfind("\n", 0, span.start) + 1
    return "item" if _ITEM.match(text, at_line) and at_line >= span.start - 6 else "sentence"


@lru_cache(maxsize=8192)
def context_of(text: str, start: int, kind: str, about: tuple[str, ...]) -> Context:
    """The context of what begins at ``start``; ``about`` are the provinces of its article."""
    back = list(islice(sentences_back(text, start), BACK))
    lines = [text[s.start : s.end] for s in back]
    lead = _table_head(text, start) if kind == "row" else ""
    above: list[str] = []
    for line in lines:
        above.append(line)
        if line.endswith(":") or is_heading(line):
            lead = f"{line} {lead}".strip()
            break
    provinces = next((named for line in (lead, *above) if (named := provinces_in(line))), about)
    years = next((said for line in (lead, *above) if (said := years_in(line))), ())
    return Context(lead, lines[0] if lines else "", provinces, years)


def _table_head(text: str, start: int) -> str:
    """The first row of the table that a row stands in, "" for that row itself."""
    at = text.rfind("\n", 0, start) + 1
    head = ""
    for _ in range(HEAD_REACH):
        if not at:
            break
        above = text.rfind("\n", 0, at - 1) + 1
        line = text[above : at - 1]
        if " | " not in line:
            break
        head, at = line, above
    return head


def _following(text: str, end: int) -> str:
    """The next sentence of the same line."""
    stop = text.find("\n", end)
    rest = text[end : len(text) if stop < 0 else stop]
    spans = _of_line(rest) if rest.strip() else ()
    return rest[spans[0].start : spans[0].end] if spans else ""


def _block(text: str, span: Span) -> Span | None:
    """The list that a line ending with ":" leads, with that line; None where it leads none."""
    if text[span.end - 1 : span.end] != ":":
        return None
    end = at = text.find("\n", span.end)
    while 0 <= at < len(text):
        stop = text.find("\n", at + 1)
        stop = len(text) if stop < 0 else stop
        line = text[at + 1 : stop]
        if line.strip() and not (_ITEM.match(line) or line.rstrip()[-1:] in ";,"):
            break
        if stop - span.start > LONGEST_BLOCK:
            break
        end, at = (stop if line.strip() else end), stop
        if stop == len(text):
            break
    return Span(span.start, end) if end > span.end + 1 else None


def list_at(window: Window) -> Window | None:
    """The list that a window is an item of, or that begins below it, with its lead; None where there is none."""
    text = window.article.text
    lines = _lines_around(text, window.span)
    at = next((i for i, line in enumerate(lines) if line.start <= window.span.start < max(line.end, line.start + 1)), 0)
    first = at
    if not _is_item(text, lines[at]):
        first = next((i for i in range(at + 1, min(at + 1 + LEADS, len(lines))) if _is_item(text, lines[i])), -1)
    if first < 0:
        return None
    start = end = first
    while start > 0 and _is_item(text, lines[start - 1]):
        start -= 1
    while end + 1 < len(lines) and _is_item(text, lines[end + 1]):
        end += 1
    if end == start:
        return None
    if start > 0 and text[lines[start - 1].start : lines[start - 1].end].rstrip().endswith(":"):
        start -= 1
    span = Span(lines[start].start, lines[end].end)
    return replace(window, span=span, kind="block") if span.end - span.start <= LONGEST_LIST else None


LONGEST_LIST = 1500
"""Characters of a list that is told whole."""

LEADS = 2
"""Lines below a heading within which its list begins."""


def _is_item(text: str, line: Span) -> bool:
    return bool(_ITEM.match(text, line.start, line.end))


def _lines_around(text: str, span: Span) -> list[Span]:
    """The lines, empty ones left out, within LONGEST_LIST of a stretch."""
    at = text.rfind("\n", 0, max(span.start - LONGEST_LIST, 0)) + 1
    lines = []
    while at < len(text) and at < span.end + LONGEST_LIST:
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        if text[at:stop].strip():
            lines.append(Span(at, stop))
        at = stop + 1
    return lines


# --- windows ------------------------------------------------------------------------------------------------------


def window_at(article_id: int, article: Article, span: Span, story_id: int = 0, signals: Signals = Signals()) -> Window:
    kind = kind_of(article.text, span)
    context = context_of(article.text, span.start, kind, article.provinces)
    return Window(article_id, article, span, kind, context, _following(article.text, span.end), (), story_id, signals)


def from_passages(library: Library, passages: Sequence[Passage]) -> Iterator[Window]:
    """The windows of passages found, without their figures."""
    for passage in passages:
        signals = Signals(passage.score, passage.dense, passage.lexical)
        for span in sentences_between(passage.article.text, passage.chunk.start, passage.chunk.end):
            if span.end <= passage.chunk.start or span.start >= passage.chunk.end:
                continue
            if passage.article.rendered and not span.start:
                continue  # who compiled the page (ingest.readers.reference)
            window = window_at(passage.article_id, passage.article, span, passage.story_id, signals)
            yield window
            if block := _block(passage.article.text, span):
                yield replace(window, span=block, kind="block")


def from_figures(library: Library, found: Iterable[StoredFigure]) -> Iterator[Window]:
    """The sentences that state figures of the ledger."""
    starts: dict[tuple[int, int], None] = {(s.article_id, s.figure.start): None for s in found}
    held = library.articles_by_id({article_id for article_id, _ in starts})
    for article_id, start in starts:
        if article_id not in held:
            continue  # removed while we looked
        stored = held[article_id]
        span = next(
            (s for s in sentences_between(stored.article.text, start, start + 1) if s.start <= start < s.end), None
        )
        if span is not None:
            yield window_at(article_id, stored.article, span, stored.story_id)


def collected(library: Library, found: Iterable[Window]) -> list[Window]:
    """Each window once, with its figures; of two that search and ledger found, the one that search has signals for."""
    windows: dict[tuple[int, Span], Window] = {}
    for window in found:
        key = (window.article_id, window.span)
        if key not in windows or windows[key].signals.score < window.signals.score:
            windows[key] = window
    reach: dict[int, list[int]] = {}
    for article_id, span in windows:
        low, high = reach.setdefault(article_id, [span.start, span.end])
        reach[article_id] = [min(low, span.start), max(high, span.end)]
    figures: Mapping[int, list[Figure]] = {
        article_id: library.figures_of(article_id, low, high) for article_id, (low, high) in reach.items()
    }
    return [
        replace(w, figures=tuple(f for f in figures[w.article_id] if w.span.start <= f.start < w.span.end))
        for w in windows.values()
    ]
