"""Manners: one request at a time to a host, a pause between two, and what its robots.txt asks for."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx
from protego import Protego

from ingest.sources.connections import Stopped
from retrieval.errors import ReadError

LONGEST_DELAY = 60.0
"""Seconds between two requests beyond which a robots.txt is not followed: a slip of the pen would hold up a run for days."""

_ROBOTS_BYTES = 500 * 1024  # RFC 9309 asks to read at least so much
_TOO_MANY = 429

Read = Callable[[str], tuple[int, bytes]]
"""From an address to the status and body that it answers with. Raises ReadError when it does not answer."""


def pause(seconds: float, stop: threading.Event) -> None:
    """Waits. Raises Stopped as soon as the run is to end."""
    if stop.wait(max(seconds, 0)):
        raise Stopped


@dataclass(slots=True)
class _Line:
    delay: float
    lock: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0.0


class Turns:
    """Who may speak to a host now. Safe from several threads."""

    def __init__(self, delay: float, stop: threading.Event) -> None:
        self._delay, self._stop = delay, stop
        self._lines: dict[str, _Line] = {}
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Waits until nobody speaks to ``host`` and its pause is over."""
        line = self._line(host)
        with line.lock:
            pause(line.free_at - time.monotonic(), self._stop)
            try:
                yield
            finally:
                line.free_at = time.monotonic() + line.delay

    def slow_down(self, host: str, delay: float) -> None:
        """Pauses of at least ``delay`` seconds from now on, at most LONGEST_DELAY, also before the next request."""
        line = self._line(host)
        more = min(delay, LONGEST_DELAY) - line.delay
        if more > 0:
            line.delay += more
            line.free_at += more

    def _line(self, host: str) -> _Line:
        with self._lock:
            return self._lines.setdefault(host, _Line(self._delay))


class Robots:
    """What the robots.txt of each site asks of ``agent``, read once a run. Safe from several threads."""

    def __init__(self, agent: str, read: Read, turns: Turns) -> None:
        self._agent, self._read, self._turns = agent, read, turns
        self._rules: dict[str, Protego | ReadError] = {}
        self._locks: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def require(self, url: httpx.URL) -> None:
        """Raises ReadError when ``url`` may not be fetched, or when it cannot be known now."""
        site = str(url.copy_with(raw_path=b"/")).rstrip("/")
        with self._lock:
            lock = self._locks.setdefault(site, threading.Lock())
        with lock:
            if site not in self._rules:
                self._rules[site] = self._rules_of(site, url.host)
        rules = self._rules[site]
        if isinstance(rules, ReadError):
            raise ReadError(str(rules))
        if not rules.can_fetch(str(url), self._agent):
            raise ReadError(f"{site}/robots.txt asks programs not to fetch it: save the page by hand")

    def _rules_of(self, site: str, host: str) -> Protego | ReadError:
        """RFC 9309: a robots.txt that is not there allows all, one that cannot be had now allows nothing."""
        try:
            status, data = self._read(f"{site}/robots.txt")
        except ReadError as error:
            return ReadError(f"its robots.txt must be read first, and {error}")
        if status >= 500 or status == _TOO_MANY:
            return ReadError(
                f"{site}/robots.txt answers with an error ({status}), so that the site may not be read now: try later"
            )
        rules = Protego.parse(data[:_ROBOTS_BYTES].decode("utf-8-sig", "replace") if status == 200 else "")
        rate = rules.request_rate(self._agent)
        delays = (
            rules.crawl_delay(self._agent) or 0.0,
            rate.seconds / rate.requests if rate and rate.requests else 0.0,
        )
        self._turns.slow_down(host, max(delays))
        return rules
