"""What the library hands out and what it calls things. Frozen data, no logic."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from retrieval.types import Article, Chunk, Figure

Hit = tuple[int, float]
"""A chunk id with its score; higher is nearer."""


class Standing(StrEnum):
    """How an article stands to what the library holds."""

    NEW = "new"
    """The address is new; so is the text, or another publisher's text comes out here too (``is_further_source``)."""
    UNCHANGED = "unchanged"
    """Text and metadata are the same under the same address."""
    CHANGED = "changed"
    DUPLICATE = "duplicate"
    """The address is new, the text is that of another address, and nothing says that another publisher carries it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as it goes in, with what was read out of it.

    ``embedded`` is what was embedded for each chunk: with it, the vectors are found again by ``known_vectors``.
    """

    article: Article
    chunks: Sequence[Chunk]
    figures: Sequence[Figure] = ()
    embedded: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """``ingested_at`` is in UTC. ``story_id`` is shared by the near-copies of several publishers."""

    id: int
    article: Article
    chunks: int
    ingested_at: datetime
    story_id: int


@dataclass(frozen=True, slots=True)
class Arrival:
    """An article that came after a given one. ``is_new_story`` is true of the first, of those, that tells a story which
    nobody told before: copies by other publishers and corrections are no news."""

    article_id: int
    article: Article
    story_id: int
    is_new_story: bool


@dataclass(frozen=True, slots=True)
class Version:
    """One text that an address has had. ``replaced_at`` is None of the present one; times are in UTC."""

    title: str
    published: date | None
    hash: str
    ingested_at: datetime
    replaced_at: datetime | None
    figures: Sequence[Figure]
    text: str


@dataclass(frozen=True, slots=True)
class Retired:
    """An article that was gone at its source, with the figures that were read of it. ``retired_at`` is in UTC."""

    article: Article
    figures: Sequence[Figure]
    reason: str
    retired_at: datetime


@dataclass(frozen=True, slots=True)
class FailedSource:
    """A source that ingest could not read when it last tried."""

    source: str
    error: str
    failed_at: datetime


@dataclass(frozen=True, slots=True)
class StoredChunk:
    id: int
    article_id: int
    chunk: Chunk


@dataclass(frozen=True, slots=True)
class StoredFigure:
    article_id: int
    figure: Figure


@dataclass(frozen=True, slots=True)
class Stats:
    """``provinces`` counts articles by province, most covered first; ``years`` counts figures by the year they speak
    of, ``published`` articles by the year they came out, both oldest first.
    """

    articles: int
    chunks: int
    figures: int
    provinces: Mapping[str, int]
    years: Mapping[int, int]
    published: Mapping[int, int]
