"""The ingest story: find files, read each into an article, cut it, embed the new ones together, and let each land whole."""

import hashlib
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ingest.chunk import chunk, embedding_text
from ingest.pages import Pages
from ingest.readers import read, read_figures
from ingest.sources import Kind, RawDocument, Unchanged, Unreadable, WebPage
from ingest.topic import why_off_topic
from retrieval.errors import ReadError, TinhSoError
from retrieval.library import Entry, Library, Standing
from retrieval.types import Article, Chunk, Embedder, Figure

BATCH_CHUNKS = 64
"""Chunks embedded in one call: enough for length-sorted batches, few enough that a kill loses seconds of work."""


@dataclass(frozen=True, slots=True)
class Failure:
    source: str
    error: str


@dataclass(frozen=True, slots=True)
class Skip:
    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Conversion:
    """A source whose text was in another encoding than UTF-8."""

    source: str
    encoding: str


@dataclass(slots=True)
class Report:
    """What one run did, by source as given."""

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    duplicates: list[str] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    skipped: list[Skip] = field(default_factory=list)
    converted: list[Conversion] = field(default_factory=list)
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class _Seen:
    """What this run has met: hashes of texts, and addresses of pages that articles tell."""

    texts: set[bytes] = field(default_factory=set)
    urls: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Waiting:
    """An article that is read and cut, and waits for its vectors."""

    article: Article
    chunks: list[Chunk]
    figures: list[Figure]
    standing: Standing
    page: WebPage | None


def ingest(
    sources: Sequence[str | Path],
    library: Library,
    open_embedder: Callable[[], Embedder],
    on_source: Callable[[str], None] = lambda source: None,
    stop: threading.Event | None = None,
    *,
    any_topic: bool = False,
) -> Report:
    """Ingest files, folders, patterns, and the addresses of pages, feeds and sitemaps. The embedder is opened only when
    something is new; ``on_source`` is called with each source as soon as it is done. A source that cannot be read is
    reported, and the others go on. An article that is not about digital transformation is skipped unless ``any_topic``;
    tables of figures and articles of the library never are. Once ``stop`` is set nothing more is read; what was read
    lands."""
    began = time.monotonic()
    report = Report()
    batch: list[_Waiting] = []
    embedder: Embedder | None = None
    with Pages(library, stop or threading.Event(), any_topic=any_topic) as pages:
        for waiting in _read(pages, sources, library, report, on_source, any_topic=any_topic):
            batch.append(waiting)
            if sum(len(w.chunks) for w in batch) >= BATCH_CHUNKS:
                embedder = embedder or open_embedder()
                _land(batch, library, embedder, pages=pages, report=report, on_source=on_source)
                batch = []
        if batch:
            _land(batch, library, embedder or open_embedder(), pages=pages, report=report, on_source=on_source)
    report.seconds = round(time.monotonic() - began, 3)
    return report


def _read(
    pages: Pages,
    sources: Sequence[str | Path],
    library: Library,
    report: Report,
    on_source: Callable[[str], None],
    *,
    any_topic: bool,
) -> Iterator[_Waiting]:
    """Articles that are new or changed; the rest is entered into the report at once."""
    seen = _Seen()
    for raw in pages.documents(sources):
        waiting = None
        try:
            waiting = _prepare(raw, library, pages, seen=seen, report=report, any_topic=any_topic)
        except ReadError as error:
            report.failed.append(Failure(raw.source, str(error)))
        except TinhSoError:
            raise  # the library: no source would fare better
        except Exception as error:  # a fault of ours on one page must not cost the thousands after it
            fault = f"{type(error).__name__}: {error}"
            report.failed.append(Failure(raw.source, f"tinhso stumbled over it ({fault}): report this with the file."))
        if waiting is None:
            on_source(raw.source)
        else:
            yield waiting


def _is_told(raw: RawDocument, article: Article, library: Library, seen: _Seen) -> bool:
    """Whether a page whose figures stand in a table is in the library, or in this run, as an article already."""
    return (
        raw.kind is Kind.FIGURES
        and article.url is not None
        and (article.url in seen.urls or library.tells(article.url))
    )


def _prepare(
    raw: RawDocument | Unreadable | Unchanged,
    library: Library,
    pages: Pages,
    *,
    seen: _Seen,
    report: Report,
    any_topic: bool,
) -> _Waiting | None:
    """The article, read and cut; None when nothing is to be done."""
    if isinstance(raw, Unreadable):
        raise ReadError(raw.error)
    if isinstance(raw, Unchanged):
        report.unchanged.append(raw.source)
        return None
    reading = read(raw)
    article, met = pages.named(reading.article, raw.page)
    standing = library.standing(article)
    text_hash = hashlib.sha256(article.text.encode()).digest()
    if standing is Standing.UNCHANGED:
        report.unchanged.append(raw.source)
        pages.settled(raw.page, article.address)
        return None
    retold = standing is Standing.NEW and (text_hash in seen.texts or _is_told(raw, article, library, seen))
    if standing is Standing.DUPLICATE or retold or met:
        report.duplicates.append(raw.source)
        pages.settled(raw.page, article.address if met else None)
        return None
    judged = standing is Standing.NEW and not any_topic and raw.kind is not Kind.FIGURES
    if judged and (reason := why_off_topic(article.title, article.text)):
        report.skipped.append(Skip(raw.source, reason))
        pages.settled(raw.page, None)
        return None
    if reading.encoding:
        report.converted.append(Conversion(raw.source, reading.encoding))
    seen.texts.add(text_hash)
    if article.url and raw.kind is not Kind.FIGURES:
        seen.urls.add(article.url)
    return _Waiting(article, chunk(article), read_figures(raw, article), standing, raw.page)


def _land(
    batch: Sequence[_Waiting],
    library: Library,
    embedder: Embedder,
    *,
    pages: Pages,
    report: Report,
    on_source: Callable[[str], None],
) -> None:
    vectors = embedder.embed_passages([embedding_text(w.article, c) for w in batch for c in w.chunks])
    library.put_all([Entry(w.article, w.chunks, w.figures) for w in batch], vectors)
    for waiting in batch:
        landed = report.updated if waiting.standing is Standing.CHANGED else report.added
        landed.append(waiting.article.source)
        pages.settled(waiting.page, waiting.article.address)
        on_source(waiting.article.source)
