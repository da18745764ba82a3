"""The whole vocabulary: frozen data that every room speaks. Offsets are in characters of ``Article.text``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from retrieval.query import Query

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Article:
    """One article as read: NFC text with nothing of the page around it.

    ``source`` is the file or URL as the operator gave it; ``address`` is what makes two readings the same article
    (the absolute path or the URL). ``provinces`` are canonical names (of the 63, or of the 34 for newer texts) that
    the article is about, the main one first. ``updated`` is the day of a later change, where the page tells one.
    ``rendered`` says that the text is our own rendering of what tables of figures have of a page: nobody wrote it.
    """

    source: str
    address: str
    title: str
    text: str
    publisher: str | None = None
    url: str | None = None
    published: date | None = None
    provinces: tuple[str, ...] = ()
    author: str | None = None
    updated: date | None = None
    rendered: bool = False


@dataclass(frozen=True, slots=True)
class Chunk:
    """What is embedded and searched: ``article.text[start:end]``."""

    start: int
    end: int
    text: str


class FigureKind(StrEnum):
    RESULT = "result"
    TARGET = "target"
    RANK = "rank"
    CHANGE = "change"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The time that a figure speaks of, or that a question asks about.

    ``part`` is "" (the whole year), "H1", "H2", "9M", "Q1".."Q4" or "M01".."M12"; ``since`` is the first year of a
    span such as 2021-2025, whose ``year`` is the last one.
    """

    year: int
    part: str = ""
    since: int | None = None

    def __str__(self) -> str:
        if self.since is not None:
            return f"giai đoạn {self.since}-{self.year}"
        if not self.part:
            return f"năm {self.year}"
        if self.part in _PARTS:
            return f"{_PARTS[self.part]} năm {self.year}"
        return f"quý {self.part[1]}/{self.year}" if self.part[0] == "Q" else f"tháng {int(self.part[1:])}/{self.year}"

    def meets(self, asked: Period) -> bool:
        """Whether a figure of this period may answer for the one ``asked`` about: "tháng 6" may for the first half."""
        if asked.since is not None and self.since is None:
            return asked.since <= self.year <= asked.year
        if self.year != asked.year or not (self.part and asked.part):
            return self.year == asked.year
        return self.part == asked.part or {self.part, asked.part} in _LAST_MONTHS


_LAST_MONTHS = ({"H1", "M06"}, {"9M", "M09"}, {"Q1", "M03"}, {"H2", "M12"}, {"H1", "Q2"}, {"9M", "Q3"})
"""Parts of a year that end together: what is told "đến tháng 6" is often of the half."""

_PARTS = {"H1": "6 tháng đầu", "H2": "6 tháng cuối", "9M": "9 tháng đầu"}


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure that a sentence states, with everything that it is bound to.

    ``indicator`` is an id of the catalogue or "" when the figure is known by its own words only; ``label`` is those
    words with the heads above them, outermost first. ``value`` is the number (percent as 56.83, rank as 7.0); ``shown``
    is the figure as printed ("56,83%"); ``unit`` is "%", "điểm", "hạng", "bậc" or the counted noun. ``denominator`` is
    63 in "7/63". ``start``/``end`` bound the figure's own digits, ``clause_start``/``clause_end`` its clause, and
    ``quote_start``/``quote_end`` the clause with the words that it takes over from its neighbours. ``read_by`` is
    "rules", or "model" for a figure that a chat model proposed and the text bears. ``bound`` says by what its province is
    known: its own "clause", the sentence before ("carried"), a line above ("head"), a "table", the "article" as a whole; an
    "unsure" one has no province: it answers nothing alone.
    """

    province: str
    indicator: str
    label: str
    value: float
    shown: str
    unit: str
    kind: FigureKind
    period: Period | None
    denominator: float | None
    scope: str
    start: int
    end: int
    clause_start: int
    clause_end: int
    quote_start: int
    quote_end: int
    read_by: str = "rules"
    bound: str = "clause"


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk found for a question. ``score`` is 0..1, higher is nearer; comparable within one question only.

    ``dense`` and ``lexical`` are what it was fused from: the cosine to the question (comparable between questions of
    one embedder) and the bm25 score (0 when no word is shared, or when a hundred chunks share more). ``story_id`` is
    shared by the near-copies of several publishers.
    """

    article_id: int
    article: Article
    chunk: Chunk
    score: float
    dense: float = 0.0
    lexical: float = 0.0
    story_id: int = 0


@dataclass(frozen=True, slots=True)
class Citation:
    """``quote`` is a literal span of the article's text."""

    n: int
    source: str
    title: str
    publisher: str | None
    url: str | None
    published: date | None
    quote: str


class Embedder(Protocol):
    """Text to unit vectors. Both calls are safe from several threads and take any string, however odd or long."""

    @property
    def name(self) -> str:
        """What the manifest records: another name or dimension means another index."""

    @property
    def dimension(self) -> int: ...

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Shape (len(texts), dimension), rows of length 1, order kept."""

    def embed_query(self, text: str) -> Vectors:
        """Shape (dimension,), length 1."""


class Reranker(Protocol):
    """Judges passages against a question. Safe from several threads."""

    def scores(self, question: str, passages: Sequence[str]) -> Sequence[float]:
        """One a passage, 0..1, higher is better."""


# --- answers -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """One figure of an answer, to be drawn. ``label`` is the province of a bar (with its period where the bars' differ),
    the period of a point on a line; ``shown`` the figure as printed in the source, and ``n`` the citation that bears it.
    ``at`` is the end of a line's period, in years."""

    label: str
    value: float
    shown: str
    n: int
    target: bool = False
    at: float | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of an answer's verified figures, all of one unit: "bars" for provinces, in the answer's order, "line"
    for one province's periods, oldest first.

    ``title`` says what is measured, and of whom and when where all points share that; ``unit`` is "%", "điểm", "hạng"
    or the counted noun. ``lower_is_better`` is true of ranks, and of measures that are meant to fall; ``out_of`` is how
    many provinces the ranks are among, or the most points that can be had, where the sources say so.
    """

    kind: Literal["bars", "line"]
    title: str
    unit: str
    points: tuple[ChartPoint, ...]
    lower_is_better: bool = False
    out_of: float | None = None


COMPOSED = "composed"


@dataclass(frozen=True, slots=True)
class Answer:
    """``text`` carries [n] marks that ``citations`` resolve; a refusal has ``answered`` False and no citations.

    ``query`` is the question as understood; ``chart`` is there where several figures can be drawn side by side;
    ``suggestions`` are questions near to a refused one that this library does answer, best first. ``written_by`` is
    "composed", or "model:PROVIDER:MODEL" for an answer in a chat model's words; ``cut`` are the sentences that a model
    wrote and its evidence did not bear.
    """

    question: str
    standalone_question: str
    answered: bool
    text: str
    citations: tuple[Citation, ...]
    took_ms: float
    query: Query | None = None
    chart: Chart | None = None
    suggestions: tuple[str, ...] = ()
    written_by: str = COMPOSED
    cut: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NextQuestions:
    """Standalone questions that lead on from an answer; empty and None where the library has nothing to offer.

    ``compare`` sets the answer's province beside others, ``trend`` asks for its indicator over the years.
    """

    compare: tuple[str, ...] = ()
    trend: str | None = None
