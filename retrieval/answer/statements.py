"""Statements: the stretches of articles that may answer a question, each a figure's clause or a sentence."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TypeVar

from retrieval.library import Library, StoredFigure
from retrieval.text import Span, sentences
from retrieval.types import Article, Figure, Passage

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Statement:
    """``span`` is what may be shown; ``sentence`` the sentence that holds it; ``figures`` those whose clause it is.

    ``story_id`` is 0 where it does not matter."""

    article_id: int
    article: Article
    span: Span
    sentence: Span
    figures: tuple[Figure, ...] = ()
    story_id: int = 0

    @property
    def voice(self) -> int:
        """Who speaks: near-copies of one story are one voice, however many publishers carry them."""
        return self.story_id or -self.article_id

    @property
    def text(self) -> str:
        return self.article.text[self.span.start : self.span.end]

    @property
    def label(self) -> str:
        return self.figures[0].label if self.figures else ""

    @property
    def around(self) -> str:
        return self.article.text[self.sentence.start : self.sentence.end]


def once_a_story(told: Iterable[T], statement_of: Callable[[T], Statement]) -> list[T]:
    """Without what a copy of the same story says again: what comes first is kept."""
    first: dict[object, int] = {}
    kept = []
    for one in told:
        statement = statement_of(one)
        said = tuple((f.province, f.indicator, f.label, f.value, f.unit, f.kind, f.period) for f in statement.figures)
        article_id = first.setdefault((statement.voice, said or statement.text), statement.article_id)
        if article_id == statement.article_id:
            kept.append(one)
    return kept


@lru_cache(maxsize=512)
def sentence_spans(text: str) -> tuple[Span, ...]:
    return tuple(sentences(text))


def sentence_at(text: str, offset: int) -> int:
    """Index of the sentence that holds (or follows) an offset."""
    spans = sentence_spans(text)
    low, high = 0, len(spans) - 1
    while low < high:
        middle = (low + high) // 2
        if spans[middle].end <= offset:
            low = middle + 1
        else:
            high = middle
    return low


@lru_cache(maxsize=8192)
def _sentences_of_line(line: str) -> tuple[Span, ...]:
    return tuple(sentences(line))


def sentences_between(text: str, start: int, end: int) -> list[Span]:
    """The sentences of the lines that start..end touches, those that ``sentence_spans`` has there: a line break ends
    every sentence, so that the rest of a long article need not be read."""
    spans: list[Span] = []
    at = text.rfind("\n", 0, start) + 1
    while at < max(end, start + 1) and at < len(text):
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        spans += [Span(at + span.start, at + span.end) for span in _sentences_of_line(text[at:stop])]
        at = stop + 1
    return spans


def sentences_back(text: str, offset: int) -> Iterator[Span]:
    """The sentence that holds (or follows) an offset, then those before it one by one, as far as they are asked for."""
    spans = sentences_between(text, offset, offset + 1)
    if not spans or spans[-1].end <= offset:  # a blank at the end of a line: what follows is meant
        whole = sentence_spans(text)
        yield from reversed(whole[: sentence_at(text, offset) + 1])
        return
    while len(spans) > 1 and spans[-2].end > offset:
        spans.pop()
    yield from reversed(spans)
    start = text.rfind("\n", 0, offset) + 1
    while start:
        above = text.rfind("\n", 0, start - 1) + 1
        line = _sentences_of_line(text[above : start - 1])
        yield from (Span(above + span.start, above + span.end) for span in reversed(line))
        start = above


def before(statement: Statement) -> str:
    """What leads up to a statement: the heading and the sentences above it, as far as it continues them."""
    return _leading_to(statement.article.text, statement.sentence.start)


@lru_cache(maxsize=1024)
def _leading_to(text: str, offset: int) -> str:
    back = sentences_back(text, offset)
    own = next(back, None)
    parts: list[str] = []
    for span in islice(back, 6):
        line = text[span.start : span.end]
        if line.endswith(":"):
            lead = next(back, None)
            if lead and "\n" not in text[lead.end : span.start]:
                line = f"{text[lead.start : lead.end]} {line}"
            return " ".join([line, *parts])
        if is_heading(line):
            return " ".join([line, *parts])
        if not parts and own and ("\n" not in text[span.end : own.start] or _CONTINUES.match(text, own.start)):
            parts.append(line)
    return " ".join(parts)


def is_heading(line: str) -> bool:
    """A line without an end mark, such as stands over a section."""
    return len(line) < 120 and line[-1:] not in ".!?…;,:" and " | " not in line


_CONTINUES = re.compile(
    r"(?:Với|Đây|Mô hình|Ứng dụng|Theo đó|Trong đó|Cùng với|Ngoài ra|Bên cạnh|Đặc biệt|Đáng chú ý|Tiêu biểu|Cụ thể|Riêng|Ngay cả|Nhờ"
    r"|Tại|Kế hoạch|Nghị quyết|Hiện|[+\-–•*\d])"
)


def from_figures(library: Library, found: Iterable[StoredFigure]) -> list[Statement]:
    """One statement a clause, with all its figures."""
    clauses: dict[tuple[int, int, int], list[Figure]] = defaultdict(list)
    for stored in found:
        f = stored.figure
        clauses[stored.article_id, f.quote_start, f.quote_end].append(f)
    held = library.articles_by_id({article_id for article_id, _, _ in clauses})
    statements = []
    for (article_id, start, end), figures in clauses.items():
        if article_id not in held:
            continue  # removed while we looked
        article, story_id = held[article_id].article, held[article_id].story_id
        sentence = next(sentences_back(article.text, start))
        statements.append(Statement(article_id, article, Span(start, end), sentence, tuple(figures), story_id))
    return statements


def from_passages(library: Library, passages: Sequence[Passage]) -> list[Statement]:
    """The sentences of passages, with the figures that stand in each."""
    statements = []
    seen: set[tuple[int, int]] = set()
    for passage in passages:
        spans = sentences_between(passage.article.text, passage.chunk.start, passage.chunk.end)
        figures = library.figures_of(passage.article_id, spans[0].start, spans[-1].end) if spans else []
        for span in spans:
            if span.end <= passage.chunk.start or span.start >= passage.chunk.end:
                continue
            if (passage.article_id, span.start) in seen:
                continue
            seen.add((passage.article_id, span.start))
            inside = tuple(f for f in figures if span.start <= f.start < span.end)
            statements.append(Statement(passage.article_id, passage.article, span, span, inside, passage.story_id))
    return statements
