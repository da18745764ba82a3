"""One document of the web: robots.txt, turns, redirects, retries, and limits on size and time."""

import threading
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import cache
from importlib import metadata
from typing import NoReturn

import httpcore
import httpx

from ingest.sources.addresses import Guard, normal
from ingest.sources.connections import Deadline, GuardedTransport, OutOfTime
from ingest.sources.contents import MAX_BYTES
from ingest.sources.media import is_readable, unpacking
from ingest.sources.politeness import Robots, Turns, pause
from retrieval.errors import ReadError

MAX_REDIRECTS = 5
ATTEMPTS = 3

_BACKOFF = 2.0  # of the delay between requests: before the second attempt; twice that before the third
_TROUBLE = (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError)
_LATER = frozenset({429, 502, 503, 504})  # statuses that pass
_GONE = frozenset({404, 410})
_CLOSED = frozenset({401, 402, 403, 451})
_MOVED = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Manners:
    """``delay``: seconds between two requests to a host; ``seconds``: what a document may take on the network, and how
    long a server may ask us to wait before a retry."""

    delay: float = 1.0
    seconds: float = 60.0
    max_bytes: int = MAX_BYTES


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: ``data`` after decompression, ``media_type`` in lower case or empty."""

    url: str
    data: bytes
    media_type: str
    charset: str | None
    etag: str | None
    modified: str | None


@dataclass(frozen=True, slots=True)
class NotModified:
    """The address that answered 304."""

    url: str


class Gone(ReadError):
    """The server says that there is no such page, or no more."""


class _TryAgain(Exception):
    def __init__(self, reason: str, after: float | None = None) -> None:
        super().__init__(reason)
        self.after = after


@dataclass(frozen=True, slots=True)
class _Answer:
    """The end of one exchange; ``location`` of a redirect is absolute."""

    status: int
    headers: httpx.Headers
    charset: str | None = None
    location: str = ""
    data: bytes = b""


class Fetcher:
    """Fetches for one run. Safe from several threads. Raises ReadError, or Stopped once ``stop`` is set.

    ``conditions`` gives the headers of a conditional request for an address, none where no version of it is held.
    """

    def __init__(
        self,
        guard: Guard,
        manners: Manners,
        stop: threading.Event,
        conditions: Callable[[str], Mapping[str, str]] = lambda url: {},
        network: httpcore.NetworkBackend | None = None,
    ) -> None:
        self._guard, self._manners, self._stop = guard, manners, stop
        self._conditions = conditions
        self._network = network or httpcore.SyncBackend()
        self._turns = Turns(manners.delay, stop)
        self._robots = Robots("tinhso", self._read_robots, self._turns)

    def fetch(self, url: str) -> Fetched | NotModified:
        """What is at ``url`` now; NotModified when that is the version that we hold."""
        url, answer = self._follow(url)
        if answer.status == httpx.codes.NOT_MODIFIED:
            return NotModified(url)
        if answer.status != httpx.codes.OK:
            _refuse(answer.status)
        if not answer.data.strip():
            raise ReadError("the page is empty: look at it in a browser, and save it by hand if it shows one")
        headers = answer.headers
        return Fetched(
            url,
            answer.data,
            _media_type(headers),
            answer.charset,
            headers.get("etag"),
            headers.get("last-modified"),
        )

    def _read_robots(self, url: str) -> tuple[int, bytes]:
        answer = self._follow(url, robots=True)[1]
        return answer.status, answer.data

    def _follow(self, url: str, robots: bool = False) -> tuple[str, _Answer]:
        """Each address on the way is checked as if it had been given. ``robots``: what is fetched is a robots.txt."""
        deadline = Deadline(self._manners.seconds, self._stop)
        for _ in range(MAX_REDIRECTS + 1):
            url = normal(url)
            if not robots:
                self._robots.require(httpx.URL(url))
            answer = self._insist(url, {} if robots else self._conditions(url), deadline)
            if not answer.location:
                return url, answer
            url = answer.location
        raise ReadError(
            f"more than {MAX_REDIRECTS} redirects: open it in a browser, and give the address where it ends"
        )

    def _insist(self, url: str, conditions: Mapping[str, str], deadline: Deadline) -> _Answer:
        import tenacity

        waiting = tenacity.wait_exponential(self._manners.delay * _BACKOFF)

        def wait(state: tenacity.RetryCallState) -> float:
            error = state.outcome.exception() if state.outcome else None
            asked = error.after if isinstance(error, _TryAgain) else None
            return waiting(state) if asked is None else asked

        again = tenacity.Retrying(
            retry=tenacity.retry_if_exception_type(_TryAgain),
            stop=tenacity.stop_after_attempt(ATTEMPTS),
            wait=wait,
            sleep=lambda seconds: pause(seconds, self._stop),
            reraise=True,
        )
        try:
            return again(self._exchange, url, conditions, deadline)
        except _TryAgain as error:
            raise ReadError(f"{error}, also at the third attempt: try again later") from error
        except OutOfTime as error:
            seconds = self._manners.seconds
            raise ReadError(
                f"it took longer than {seconds:g} s: save the page by hand, or set TINHSO_FETCH_SECONDS higher"
            ) from error

    def _exchange(self, url: str, conditions: Mapping[str, str], deadline: Deadline) -> _Answer:
        """One request and its answer. Raises _TryAgain for what may pass."""
        host = httpx.URL(url).host
        headers = {"User-Agent": user_agent(), "Accept-Encoding": "gzip, deflate", "Accept": "*/*", **conditions}
        with self._turns.turn(host), deadline.running():
            transport = GuardedTransport(self._guard, deadline, self._network)
            try:
                with (
                    httpx.Client(transport=transport, headers=headers, timeout=None) as client,
                    client.stream("GET", url) as response,
                ):
                    return self._answer(response, conditional=bool(conditions))
            except httpcore.ConnectError as error:
                raise _TryAgain(f"{host} cannot be connected to ({error})") from error
            except _TROUBLE as error:
                raise _TryAgain(f"the connection broke ({error or type(error).__name__})") from error
            except (httpx.RemoteProtocolError, httpx.InvalidURL) as error:
                raise ReadError(f"the server redirects to what is no address ({error})") from error
            except zlib.error as error:
                raise ReadError("its compression is damaged: try again later, or save the page by hand") from error

    def _answer(self, response: httpx.Response, conditional: bool) -> _Answer:
        status, headers = response.status_code, response.headers
        if status in _LATER:
            self._postpone(status, headers.get("retry-after"))
        if status in _MOVED and response.next_request:
            return _Answer(status, headers, location=str(response.next_request.url))
        if status == httpx.codes.NOT_MODIFIED and not conditional:
            raise ReadError("the server says that nothing changed, without having been asked: try again later")
        if status != httpx.codes.OK:
            return _Answer(status, headers)
        if not response.url.path.endswith("/robots.txt") and not is_readable(_media_type(headers)):
            raise ReadError(f"it is {_media_type(headers)}, not an article: only pages and documents are read")
        return _Answer(status, headers, response.charset_encoding, data=self._body(response))

    def _body(self, response: httpx.Response) -> bytes:
        """Unpacked here, bit by bit: of a few kilobytes there may come gigabytes."""
        limit = self._manners.max_bytes
        too_large = ReadError(
            f"it is larger than an article can be ({limit / 1e6:.0f} MB): give a page, not an archive"
        )
        stated = response.headers.get("content-length", "")
        if stated.isdecimal() and int(stated) > limit:
            raise too_large
        unpack = unpacking(response.headers.get("content-encoding", ""))
        parts, size = [], 0
        for packed in response.iter_raw():
            part = unpack.decompress(packed, limit + 1 - size)
            parts.append(part)
            size += len(part)
            if size > limit:
                raise too_large
        return b"".join(parts)

    def _postpone(self, status: int, retry_after: str | None) -> NoReturn:
        seconds = _seconds(retry_after)
        if seconds is not None and seconds > self._manners.seconds:
            raise ReadError(f"the server is busy ({status}) and asks to come back in {seconds:.0f} s: try again then")
        raise _TryAgain(f"the server is busy ({status})", seconds)


def _refuse(status: int) -> NoReturn:
    if status in _GONE:
        raise Gone(f"there is no such page ({status}): check the address, or take it off the list")
    if status in _CLOSED:
        raise ReadError(f"the server does not give it to programs ({status}): save the page by hand")
    raise ReadError(f"the server answers with an error ({status}): try again later")


def _media_type(headers: httpx.Headers) -> str:
    return str(headers.get("content-type", "")).partition(";")[0].strip().lower()


def _seconds(retry_after: str | None) -> float | None:
    """Of a Retry-After: seconds, or a date. None where there is none to be made out."""
    from datetime import UTC, datetime

    if retry_after is None:
        return None
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        moment = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    return max(0.0, (moment - datetime.now(UTC if moment.tzinfo else None)).total_seconds())


@cache
def user_agent() -> str:
    """Who we say that we are, with the address of the project where it states one."""
    about = metadata.metadata("tinhso")
    links = [link.partition(",")[2].strip() for link in about.get_all("Project-URL") or []]
    return f"tinhso/{about['Version']}" + (f" (+{links[0]})" if links else "")
