"""Several hosts at once, each one page at a time, and results in the order of the addresses all the same."""

import threading
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar
from urllib.parse import urlsplit

from ingest.sources.feeds import Entry
from ingest.sources.raw import PassedOver, RawDocument, Unchanged, Unreadable

HOSTS = 8
"""That are fetched from at the same time."""

_EACH = 2  # pages of a host that may be fetched before their turn comes: what waits fills the memory
_AHEAD = 64  # places in the line looked through for a host that is idle
_LOOK_UP_EVERY = 0.5  # seconds

Found = RawDocument | Unreadable | Unchanged | PassedOver
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Job:
    """An address to visit; ``source`` is what people call it. ``depth`` counts the lists on the way to it."""

    source: str
    entry: Entry
    depth: int = 0

    @property
    def host(self) -> str:
        return urlsplit(self.entry.url).hostname or ""


def crawl(
    jobs: Iterable[Job | Found],
    visit: Callable[[Job], T],
    expand: Callable[[T], Sequence[Job | Found]],
    stop: threading.Event,
    halt: threading.Event,
) -> Iterator[Found]:
    """Results of ``jobs`` in their order.

    ``visit`` runs on several threads; ``expand`` runs on the caller's, in order, and turns what it gave into results and
    further jobs, which take its place. Ends early once ``stop`` is set. ``halt`` is set at the end, whatever the reason,
    so that visits under way give up.
    """
    line: deque[Job | Found] = deque(jobs)
    under_way: dict[int, Future[T]] = {}
    busy: Counter[str] = Counter()
    with ThreadPoolExecutor(HOSTS * _EACH, thread_name_prefix="tinhso-web") as pool:
        try:
            while line:
                for place, job in enumerate(islice(line, _AHEAD)):
                    if not isinstance(job, Job) or id(job) in under_way:
                        continue
                    if place == 0 or busy[job.host] < _EACH:
                        under_way[id(job)] = pool.submit(visit, job)
                        busy[job.host] += 1
                head = line[0]
                if isinstance(head, Job):
                    while not stop.is_set() and not wait([under_way[id(head)]], _LOOK_UP_EVERY).done:
                        pass
                if stop.is_set():
                    return
                line.popleft()
                if isinstance(head, Job):
                    busy[head.host] -= 1
                    line.extendleft(reversed(expand(under_way.pop(id(head)).result())))
                else:
                    yield head
        finally:
            halt.set()
            pool.shutdown(cancel_futures=True)
