"""The ingest story: find documents, read each into an article, cut it, embed the new ones together, let each land whole.

While one batch is embedded and lands, on a thread of its own, the next is read.
"""

import hashlib
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

from ingest.pages import Pages
from ingest.reading import Outcome, cut, read_ahead
from ingest.report import Conversion, Failure, Report, Skip
from ingest.sources import PassedOver, RawDocument, Unchanged, Unreadable, WebPage
from ingest.sources.isolation import told
from ingest.topic import why_off_topic
from ingest.vectors import Vectoriser
from retrieval.errors import ReadError, TinhSoError
from retrieval.library import Entry, Library, Standing
from retrieval.library.publication import Publication, is_further_source
from retrieval.types import Article, Embedder

__all__ = ["Conversion", "Failure", "Report", "Skip", "ingest", "known_as"]

BATCH_CHUNKS = 64
"""Chunks embedded in one call: enough for length-sorted batches, few enough that a kill loses seconds of work."""

OnSource = Callable[[str], None]
"""Is told each source as soon as it is done."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    """An article that is read and cut, and waits for its vectors."""

    entry: Entry
    standing: Standing
    page: WebPage | None


def ingest(
    sources: Sequence[str | Path],
    library: Library,
    open_embedder: Callable[[], Embedder],
    on_source: OnSource = lambda source: None,
    stop: threading.Event | None = None,
    *,
    any_topic: bool = False,
    on_wait: Callable[[], None] = lambda: None,
) -> Report:
    """Ingest files, folders, patterns, and the addresses of pages, feeds and sitemaps. The embedder is opened only when
    something is new; ``on_source`` is called with each source as soon as it is done. A source that cannot be read is
    reported, and remembered in the library until it can; the others go on. An article that is not about digital
    transformation is skipped unless ``any_topic``; tables of figures and articles of the library never are. Once ``stop``
    is set nothing more is read; what was read lands. One run at a time: ``on_wait`` is called when another process has
    the turn, and then it is waited for."""
    began = time.monotonic()
    report = Report()
    read: list[str] = []

    def done(source: str) -> None:
        read.append(source)
        on_source(source)

    with library.turn(on_wait), Pages(library, stop or threading.Event(), any_topic=any_topic) as pages:
        run = Run(library, pages, report, done, any_topic=any_topic)
        try:
            run.land_all(Vectoriser(open_embedder, library), sources)
        finally:
            failed = {known_as(failure.source): failure.error for failure in report.failed}
            library.note_failures(failed, {known_as(source) for source in read} - failed.keys())
    report.seconds = round(time.monotonic() - began, 3)
    return report


def known_as(source: str) -> str:
    """The name by which a failure is remembered, whatever folder the command was called in."""
    return source if "://" in source else str(Path(source).absolute())


@dataclass(frozen=True, slots=True)
class Run:
    """One run over some sources. ``texts`` and ``urls`` are what it has met: where texts came out, by their hashes, and
    addresses of pages that articles tell."""

    library: Library
    pages: Pages
    report: Report
    on_source: OnSource
    any_topic: bool = False
    texts: dict[bytes, list[Publication]] = field(default_factory=dict)
    urls: set[str] = field(default_factory=set)

    def land_all(self, vectoriser: Vectoriser, sources: Sequence[str | Path]) -> None:
        """Batches in their order. A batch is reported when it has landed, and the next one handed over after that."""

        def land(batch: Sequence[_Waiting]) -> Sequence[_Waiting]:
            try:
                vectors = vectoriser.vectors([text for w in batch for text in w.entry.embedded])
                self.library.put_all([w.entry for w in batch], vectors)
            except TinhSoError:
                raise
            except Exception as error:  # of one of them: which one is found out
                if len(batch) > 1:
                    return [landed for one in batch for landed in land([one])]
                self.fail(batch[0].entry.article.source, error)
                return ()
            return batch

        def settle(landing: Future[Sequence[_Waiting]] | None) -> None:
            for one in landing.result() if landing else ():
                self.pages.settled(one.page, one.entry.article.address)
                self.enter(one)

        landing: Future[Sequence[_Waiting]] | None = None
        with ThreadPoolExecutor(1) as lander:
            for batch in _batches(self.read_all(sources)):
                settle(landing)
                landing = lander.submit(land, batch)
            settle(landing)

    def fail(self, source: str, error: Exception) -> None:
        self.report.failed.append(Failure(source, told(source, error)))
        self.on_source(source)

    def enter(self, waiting: _Waiting) -> None:
        source = waiting.entry.article.source
        (self.report.updated if waiting.standing is Standing.CHANGED else self.report.added).append(source)
        self.on_source(source)

    def read_all(self, sources: Sequence[str | Path]) -> Iterator[_Waiting]:
        """Articles that are new or changed; the rest is entered into the report at once."""
        for raw, read in read_ahead(self.pages.documents(sources), self.library.hash_of):
            if isinstance(raw, PassedOver):
                self.report.passed_over[raw.kind] += 1
                continue
            waiting = None
            try:
                waiting = self._prepare(raw, read)
            except ReadError as error:
                self.report.failed.append(Failure(raw.source, str(error)))
            except TinhSoError:
                raise  # the library: no source would fare better
            except Exception as error:  # a fault of ours on one page must not cost the thousands after it
                self.fail(raw.source, error)
                continue
            if waiting is None:
                self.on_source(raw.source)
            else:
                yield waiting

    def _prepare(self, raw: RawDocument | Unreadable | Unchanged, read: Callable[[], Outcome]) -> _Waiting | None:
        """The article, read and cut; None when nothing is to be done."""
        if isinstance(raw, Unreadable):
            raise ReadError(raw.error)
        if isinstance(raw, Unchanged):
            self.report.unchanged.append(raw.source)
            return None
        reading, entry = read()
        article, met = self.pages.named(reading.article, raw.page)
        standing = self.library.standing(article)
        if standing is Standing.UNCHANGED:
            self.report.unchanged.append(raw.source)
            self.pages.settled(raw.page, article.address)
            return None
        if standing is Standing.NEW and self._is_told(article):
            self.report.told.append(raw.source)
            return None
        text_hash = hashlib.sha256(article.text.encode()).digest()
        tellers = self.texts.get(text_hash, [])
        copied = standing is Standing.NEW and bool(tellers) and not is_further_source(article, tellers)
        if standing is Standing.DUPLICATE or met or copied:
            self.report.duplicates.append(raw.source)
            self.pages.settled(raw.page, article.address if met else None)
            return None
        judged = standing is Standing.NEW and not self.any_topic and not article.rendered
        if judged and (reason := why_off_topic(article.title, article.text)):
            self.report.skipped.append(Skip(raw.source, reason))
            self.pages.settled(raw.page, None)
            return None
        if reading.encoding:
            self.report.converted.append(Conversion(raw.source, reading.encoding))
        self.texts.setdefault(text_hash, []).append(Publication.of(article))
        if article.url and not article.rendered:
            self.urls.add(article.url)
        entry = replace(entry, article=article) if entry else cut(raw, article)
        return _Waiting(entry, standing, raw.page)

    def _is_told(self, article: Article) -> bool:
        """Whether a page whose figures stand in a table is in the library, or in this run, as an article already."""
        return (
            article.rendered
            and article.url is not None
            and (article.url in self.urls or self.library.tells(article.url))
        )


def _batches(waiting: Iterable[_Waiting]) -> Iterator[list[_Waiting]]:
    batch: list[_Waiting] = []
    for one in waiting:
        batch.append(one)
        if sum(len(w.entry.chunks) for w in batch) >= BATCH_CHUNKS:
            yield batch
            batch = []
    if batch:
        yield batch
