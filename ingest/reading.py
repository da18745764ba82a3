"""Documents read, cut and searched for figures: pure work, which a long run shares out over processes.

Python runs on one core at a time; a model that embeds on many cores, or on a GPU, would otherwise wait for it.
"""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from functools import partial

from ingest.chunk import chunk, embedding_text
from ingest.confined import LimitExceeded, confined
from ingest.readers import Reading, read, read_figures
from ingest.sources import Found, Kind, RawDocument
from retrieval.errors import ReadError
from retrieval.library import Entry, article_hash
from retrieval.types import Article

ALONE = 200
"""Documents that this process reads by itself: starting others takes a second."""
MOST_WORKERS = 4
AHEAD = 8
"""Documents for each worker that are read before they are asked for."""

Outcome = tuple[Reading, Entry | None]
"""What was read, and what goes into the library: None where it is there unchanged, and for pages of the web, which get
their names first."""


EXPLOSIVE = frozenset({Kind.PDF, Kind.DOCX})
"""Packed formats: how much is in them, nobody knows before they are unpacked."""
LARGE = 500_000
"""Bytes of a document, or characters of an article, that are read with limits, too."""


def read_document(raw: RawDocument, known: str | None) -> Outcome:
    """``known`` is the hash of the article that the library has of this address. Raises ReadError, also for what takes
    more time or memory than it may."""
    if raw.kind not in EXPLOSIVE and len(raw.data) < LARGE:
        return _read_document(raw, known)
    try:
        return confined(_read_document, raw, known)
    except LimitExceeded as error:
        raise ReadError(f"Cannot read {raw.source}: {error}.") from error


def _read_document(raw: RawDocument, known: str | None) -> Outcome:
    reading = read(raw)
    if raw.page is not None or known == article_hash(reading.article):
        return reading, None
    return reading, _cut(raw, reading.article)


def cut(raw: RawDocument, article: Article) -> Entry:
    """An article as it goes into the library. Raises ReadError for what takes more time or memory than it may."""
    if len(article.text) < LARGE:
        return _cut(raw, article)
    try:
        return confined(_cut, raw, article)
    except LimitExceeded as error:
        raise ReadError(f"Cannot read {raw.source}: {error}.") from error


def _cut(raw: RawDocument, article: Article) -> Entry:
    chunks = chunk(article)
    embedded = [embedding_text(article, one) for one in chunks]
    return Entry(article, chunks, read_figures(raw, article), embedded)


def read_ahead(
    found: Iterable[Found], known: Callable[[str], str | None], workers: int | None = None
) -> Iterator[tuple[Found, Callable[[], Outcome]]]:
    """Each document in its order, with a function that gives what ``read_document`` gives of it, or raises; of what could
    not be read, or need not be, it is not to be called."""
    workers = min(MOST_WORKERS, os.cpu_count() or 1) if workers is None else workers
    pool: ProcessPoolExecutor | None = None
    waiting: deque[tuple[Found, Callable[[], Outcome]]] = deque()
    with ExitStack() as stack:
        for number, raw in enumerate(found):
            if not isinstance(raw, RawDocument):
                waiting.append((raw, _nothing))
            elif number < ALONE or workers < 2 or raw.page:
                waiting.append((raw, partial(_read_here, raw, known)))
            else:
                if pool is None:
                    pool = _pool(workers)
                    stack.callback(pool.shutdown, cancel_futures=True)
                waiting.append((raw, _elsewhere(pool, raw, known(raw.address))))
            while len(waiting) > (AHEAD * workers if pool else 0):
                yield waiting.popleft()
        yield from waiting


def _read_here(raw: RawDocument, known: Callable[[str], str | None]) -> Outcome:
    return read_document(raw, known(raw.address))


def _nothing() -> Outcome:
    raise AssertionError("there is nothing to read")


def _pool(workers: int) -> ProcessPoolExecutor:
    # spawned: a fork would copy threads' locks of the embedder and of Chroma
    return ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), initializer=_begin_worker)


def _begin_worker() -> None:
    """Ctrl-C is the parent's to handle, and a worker whose parent was killed would wait for work for ever."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    assert parent is not None

    def follow() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=follow, daemon=True).start()


def _elsewhere(pool: ProcessPoolExecutor, raw: RawDocument, known: str | None) -> Callable[[], Outcome]:
    """In a process of the pool; here, should those have died."""
    try:
        future = pool.submit(read_document, raw, known)
    except BrokenProcessPool:
        return partial(read_document, raw, known)

    def outcome() -> Outcome:
        try:
            return future.result()
        except BrokenProcessPool:
            return read_document(raw, known)

    return outcome
