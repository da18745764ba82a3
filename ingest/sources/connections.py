"""Connections that go only where the guard allows, to the very address that was checked, and end in time."""

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from ssl import SSLContext

import httpcore
import httpx

from ingest.sources.addresses import Guard

_CONNECT_WITHIN = 10.0  # seconds for one address; a host may have others
_LOOK_UP_EVERY = 1.0  # seconds within which a reading that waits notices that the run is to end


class OutOfTime(Exception):
    """The document has used up its time."""


class Stopped(Exception):
    """The run is to end."""


class Deadline:
    """The seconds that a document may spend on the network. Waiting for one's turn does not count."""

    def __init__(self, seconds: float, stop: threading.Event) -> None:
        self._left = seconds
        self._ends = 0.0
        self._stop = stop

    @contextmanager
    def running(self) -> Iterator[None]:
        self._ends = time.monotonic() + self._left
        try:
            yield
        finally:
            self._left = self._ends - time.monotonic()

    def within(self, most: float) -> float:
        """Seconds that a step may take, at most ``most``. Raises OutOfTime, or Stopped."""
        if self._stop.is_set():
            raise Stopped
        if (left := self._ends - time.monotonic()) <= 0:
            raise OutOfTime
        return min(left, most)


class GuardedTransport(httpx.BaseTransport):
    """What an httpx client of one document sends its requests through."""

    def __init__(self, guard: Guard, deadline: Deadline, network: httpcore.NetworkBackend) -> None:
        backend = _GuardedBackend(guard, deadline, network)
        self._pool = httpcore.ConnectionPool(ssl_context=_certificates(), network_backend=backend)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        answer = self._pool.handle_request(httpcore.Request(request.method, target, headers=request.headers.raw))
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer))

    def close(self) -> None:
        self._pool.close()


@cache
def _certificates() -> SSLContext:
    return httpx.create_ssl_context()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


class _GuardedBackend(httpcore.NetworkBackend):
    """Looks a host up once, and connects to what was found: a second answer of its name server changes nothing."""

    def __init__(self, guard: Guard, deadline: Deadline, network: httpcore.NetworkBackend) -> None:
        self._guard, self._deadline, self._network = guard, deadline, network

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        failed: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in self._guard.addresses(host, port):
            try:
                within = self._deadline.within(_CONNECT_WITHIN)
                stream = self._network.connect_tcp(address, port, within, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
            else:
                return _TimedStream(stream, self._deadline)
        raise failed


class _TimedStream(httpcore.NetworkStream):
    """A server that sends a byte now and then would never run into a limit on single readings."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        while True:
            within = self._deadline.within(_LOOK_UP_EVERY)
            try:
                return self._stream.read(max_bytes, within)
            except httpcore.ReadTimeout:
                continue  # the deadline decides

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.within(_CONNECT_WITHIN))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        within = self._deadline.within(_CONNECT_WITHIN)
        return _TimedStream(self._stream.start_tls(ssl_context, server_hostname, within), self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)
