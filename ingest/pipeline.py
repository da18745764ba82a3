"""The ingest story: find files, read each into an article, cut it, embed the new ones together, and let each land whole."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ingest.chunk import chunk, embedding_text
from ingest.figures import extract
from ingest.readers import read_article
from ingest.sources import RawDocument, Unreadable
from ingest.sources.files import find_files
from retrieval.errors import ReadError
from retrieval.library import Library, Standing
from retrieval.types import Article, Chunk, Embedder

BATCH_CHUNKS = 64
"""Chunks embedded in one call: enough for length-sorted batches, few enough that a kill loses seconds of work."""


@dataclass(frozen=True, slots=True)
class Failure:
    source: str
    error: str


@dataclass(slots=True)
class Report:
    """What one run did, by source as given."""

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    duplicates: list[str] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class _Waiting:
    """An article that is read and cut, and waits for its vectors."""

    article: Article
    chunks: list[Chunk]
    standing: Standing


def ingest(
    paths: Sequence[Path],
    library: Library,
    open_embedder: Callable[[], Embedder],
    on_source: Callable[[str], None] = lambda source: None,
) -> Report:
    """Ingest files and folders. The embedder is opened only when something is new; ``on_source`` is called with each
    source as soon as it is done. A source that cannot be read is reported, and the others go on."""
    began = time.monotonic()
    report = Report()
    seen: set[str] = set()
    batch: list[_Waiting] = []
    embedder: Embedder | None = None
    for waiting in _read(find_files(paths), library, report, seen, on_source):
        batch.append(waiting)
        if sum(len(w.chunks) for w in batch) >= BATCH_CHUNKS:
            embedder = embedder or open_embedder()
            _land(batch, library, embedder, report, on_source)
            batch = []
    if batch:
        _land(batch, library, embedder or open_embedder(), report, on_source)
    report.seconds = round(time.monotonic() - began, 3)
    return report


def _read(
    found: Iterable[RawDocument | Unreadable], library: Library, report: Report, seen: set[str], on_source: Callable[[str], None]
) -> Iterator[_Waiting]:
    """Articles that are new or changed; the rest is entered into the report at once."""
    for raw in found:
        if isinstance(raw, Unreadable):
            report.failed.append(Failure(raw.source, raw.error))
            on_source(raw.source)
            continue
        try:
            article = read_article(raw)
        except ReadError as error:
            report.failed.append(Failure(raw.source, str(error)))
            on_source(raw.source)
            continue
        standing = library.standing(article)
        if standing is Standing.UNCHANGED:
            report.unchanged.append(article.source)
        elif standing is Standing.DUPLICATE or article.text in seen:
            report.duplicates.append(article.source)
        else:
            seen.add(article.text)
            yield _Waiting(article, chunk(article), standing)
            continue
        on_source(article.source)


def _land(
    batch: Sequence[_Waiting],
    library: Library,
    embedder: Embedder,
    report: Report,
    on_source: Callable[[str], None],
) -> None:
    vectors = embedder.embed_passages([embedding_text(w.article, c) for w in batch for c in w.chunks])
    at = 0
    for waiting in batch:
        size = len(waiting.chunks)
        library.put(waiting.article, waiting.chunks, vectors[at : at + size], extract(waiting.article))
        at += size
        landed = report.updated if waiting.standing is Standing.CHANGED else report.added
        landed.append(waiting.article.source)
        on_source(waiting.article.source)
