"""The ingest story: find documents, read each into an article, cut it, embed the new ones together, let each land whole.

While one batch is embedded and lands, on a thread of its own, the next is read.
"""

import hashlib
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

from ingest.pages import Pages
from ingest.pruning import MOST_ASKED, Held, Met, gone_below, has_no_file, held_below, unlisted
from ingest.reading import Outcome, cut, read_ahead
from ingest.report import Conversion, Failure, Report, Skip
from ingest.sources import PassedOver, RawDocument, Unchanged, Unreadable, WebPage
from ingest.sources.given import is_url
from ingest.sources.isolation import told
from ingest.suspicion import why_another, why_suspicious
from ingest.topic import why_off_topic
from ingest.vectors import Vectoriser
from retrieval.errors import ReadError, TinhSoError
from retrieval.library import Entry, Library, Standing
from retrieval.library.publication import Publication, is_further_source
from retrieval.library.stories import ALIKE, likeness
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
    prune: bool = False,
    gone: Sequence[Path] = (),
    on_wait: Callable[[], None] = lambda: None,
) -> Report:
    """Ingest files, folders, patterns, and the addresses of pages, feeds and sitemaps. The embedder is opened only when
    something is new; ``on_source`` is called with each source as soon as it is done. A source that cannot be read is
    reported, and remembered in the library until it can; the others go on. An article that is not about digital
    transformation is skipped unless ``any_topic``; tables of figures and articles of the library never are. Once ``stop``
    is set nothing more is read; what was read lands. With ``prune`` articles that are gone at these sources, or were read
    from files that are ``gone``, are retired. One run at a time: ``on_wait`` is called when another process has
    the turn, and then it is waited for."""
    began = time.monotonic()
    report = Report()
    read: list[str] = []

    def done(source: str) -> None:
        read.append(source)
        on_source(source)

    stop = stop or threading.Event()
    vectoriser = Vectoriser(open_embedder, library)
    with library.turn(on_wait):
        try:
            held = {s: held_below(library, s) for s in (*sources, *gone) if prune and not is_url(s)}
            there = [s for s in sources if not (held.get(s) and not os.path.lexists(s))]  # else it is gone, not wrong
            with Pages(library, stop, any_topic=any_topic) as pages:
                run = Run(library, pages, report, done, any_topic=any_topic, prune=prune)
                run.land_all(vectoriser, there)
            if prune and not stop.is_set():
                run.ask_for_unlisted(vectoriser, [str(s) for s in sources if is_url(s)], stop)
                run.retire(held)
        finally:
            read += [str(path) for path in gone]
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
    addresses of pages that articles tell. A ``dry`` run changes nothing."""

    library: Library
    pages: Pages
    report: Report
    on_source: OnSource
    any_topic: bool = False
    prune: bool = False
    dry: bool = False
    met: Met = field(default_factory=Met)
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

    def ask_for_unlisted(self, vectoriser: Vectoriser, urls: Sequence[str], stop: threading.Event) -> None:
        """Pages of the sites of ``urls`` that no list names any more: whether they are still there."""
        if not (waiting := unlisted(self.library, urls, self.met)):
            return
        with Pages(self.library, stop, any_topic=self.any_topic) as pages:
            asked = pages.longest_unasked(waiting)[:MOST_ASKED]
            replace(self, pages=pages).land_all(vectoriser, asked)

    def retire(self, held: Mapping[str | Path, Sequence[Held]]) -> None:
        self.met.failed.update(known_as(failure.source) for failure in self.report.failed)
        lost = dict(self.met.gone)
        for source, articles in held.items():
            lost.update(gone_below(articles, source, self.met))
        for address, reason in lost.items():
            if self.library.retire(address, reason):
                self.report.retired.append(Skip(address, reason))

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
            self.notice(raw)
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

    def notice(self, raw: RawDocument | Unreadable | Unchanged) -> None:
        """For what comes after all is read: what is gone was not met."""
        if isinstance(raw, RawDocument):
            self.met.addresses |= {raw.address, known_as(raw.source)}
        elif isinstance(raw, Unchanged) and raw.address:
            self.met.addresses.add(raw.address)
        elif isinstance(raw, Unreadable) and is_url(raw.source):
            self.met.addresses.add(raw.source)

    def _prepare(self, raw: RawDocument | Unreadable | Unchanged, read: Callable[[], Outcome]) -> _Waiting | None:
        """The article, read and cut; None when nothing is to be done."""
        if isinstance(raw, Unreadable):
            if self.prune and raw.gone and (held := self.pages.held_under(raw.gone)):
                self.met.gone[held.address] = "its server says that there is no such page any more"
                return None
            raise ReadError(raw.error)
        if isinstance(raw, Unchanged):
            self.report.unchanged.append(raw.source)
            return None
        reading, entry = read()
        article, met = self.pages.named(reading.article, raw.page)
        self.met.addresses.add(article.address)
        standing = self.library.standing(article)
        if raw.page and (reason := self._why_suspicious(article, raw.page, standing)):
            self.report.suspicious.append(Skip(raw.source, reason))
            return None
        if moved_from := self._moved_from(article, raw.page, standing):
            if not self.dry:
                self.library.move(moved_from, article.address, article.source)
            self.report.renamed.append(raw.source)
            if self.dry or (standing := self.library.standing(article)) is Standing.UNCHANGED:
                self.pages.settled(raw.page, article.address)
                return None
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

    def _why_suspicious(self, article: Article, page: WebPage, standing: Standing) -> str:
        """Why a page is not believed to be what its address has come to say; "" when it is."""
        stored = self.library.at(article.address) if standing is Standing.CHANGED else None
        if stored:
            return why_suspicious(stored.article, article)
        held = self.pages.held_under(page.asked) if page.asked != page.url else None
        return why_another(held, article) if held and held.address != article.address else ""

    def _moved_from(self, article: Article, page: WebPage | None, standing: Standing) -> str | None:
        """The address under which the library holds an article whose file was renamed, or whose page leads here now."""
        if standing is Standing.DUPLICATE and page is None and not article.rendered:
            for stored in self.library.with_text(article):
                if has_no_file(stored.article.address):
                    return stored.article.address
        if page is not None and page.asked != page.url and standing in (Standing.NEW, Standing.DUPLICATE):
            held = self.pages.held_under(page.asked)
            if held and held.address != article.address and likeness(held, article) >= ALIKE:
                return held.address
        return None

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
