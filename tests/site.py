"""A small internet on loopback: one real HTTP server that answers for every host, and records who asked what, and when."""

import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpcore

from ingest.sources.addresses import Guard
from ingest.sources.fetching import Manners
from ingest.sources.raw import PassedOver, RawDocument, Unchanged, Unreadable
from ingest.sources.visits import TextAt
from ingest.sources.web import Web

PUBLIC = "93.184.216.34"
HTML = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Reply:
    """``etag`` is honoured: who states it gets 304."""

    body: bytes | str = ""
    type: str | None = HTML
    status: int = 200
    etag: str | None = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Request:
    began: float
    ended: float
    host: str
    path: str
    headers: dict[str, str]


Handler = BaseHTTPRequestHandler
Answer = Reply | list[Reply] | Callable[[Handler], None]
"""A list is answered one by one, the last one for good."""


class Site:
    """``pages`` by address without the scheme ("bao.example/bai"); what is not there is 404."""

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self.pages: dict[str, Answer] = {}
        self.hosts: dict[str, list[str]] = {}
        """What the resolver says, one answer after the other; PUBLIC for the others."""
        self.also: list[str] = []
        """Further addresses of every host."""
        self.dead: set[str] = set()
        """Addresses that refuse to be connected to."""
        self._requests: list[Request] = []
        self.most: Counter[str] = Counter()
        self.dialled: list[str] = []
        self.shaken: list[str | None] = []
        """The names that TLS was begun with; nothing is encrypted."""
        self._port = server.server_address[1]
        self._busy: Counter[str] = Counter()
        self._lock = threading.Condition()

    @property
    def requests(self) -> list[Request]:
        """In the order in which they were ended. What a client has read may not be written down yet: that is waited for."""
        with self._lock:
            self._lock.wait_for(lambda: not self._busy.total(), timeout=1)
            return list(self._requests)

    def forget(self) -> None:
        """Begins the list of requests anew."""
        if self.requests:
            self._requests.clear()

    @property
    def url(self) -> str:
        """Where the server is to be found without our network; pages are then those of 127.0.0.1."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def asked(self) -> list[str]:
        """Addresses of all requests but those for robots.txt, in order."""
        return [f"{r.host}{r.path}" for r in self.requests if r.path != "/robots.txt"]

    def resolve(self, host: str, port: int) -> list[str]:
        answers = self.hosts.get(host, [PUBLIC])
        return [answers.pop(0) if len(answers) > 1 else answers[0], *self.also]

    def network(self) -> httpcore.NetworkBackend:
        site = self

        class Loopback(httpcore.SyncBackend):
            def connect_tcp(self, host: str, port: int, *rest: object) -> httpcore.NetworkStream:
                site.dialled.append(host)
                if host in site.dead:
                    raise httpcore.ConnectError("Connection refused")
                timeout = rest[0] if rest else None
                return _Plain(super().connect_tcp("127.0.0.1", site._port, timeout), site)  # type: ignore[arg-type]

        return Loopback()

    def web(
        self,
        folder: Path,
        text_at: TextAt = lambda address: None,
        *,
        delay: float = 0.0,
        seconds: float = 5.0,
        max_bytes: int = 5_000_000,
        stop: threading.Event | None = None,
        left_out: bool = True,
    ) -> Web:
        return Web(
            folder,
            text_at,
            guard=Guard(resolve=self.resolve),
            manners=Manners(delay, seconds, max_bytes),
            stop=stop or threading.Event(),
            left_out=left_out,
            network=self.network(),
        )

    def answer(self, handler: Handler) -> None:
        began = time.monotonic()
        host = handler.headers["Host"].partition(":")[0]
        with self._lock:
            self._busy[host] += 1
            self.most[host] = max(self.most[host], self._busy[host])
            answer = (
                self.pages.get(host + handler.path) or self.pages.get(handler.path) or Reply("Không có", status=404)
            )
            if isinstance(answer, list):
                answer = answer.pop(0) if len(answer) > 1 else answer[0]
        try:
            if isinstance(answer, Reply):
                send(handler, answer)
            else:
                answer(handler)
        except (BrokenPipeError, ConnectionResetError):
            pass  # the client had enough
        finally:
            with self._lock:
                self._busy[host] -= 1
                self._requests.append(Request(began, time.monotonic(), host, handler.path, dict(handler.headers)))
                self._lock.notify_all()


class _Plain(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream, site: Site) -> None:
        self._site = site
        self.read, self.write, self.close = stream.read, stream.write, stream.close  # type: ignore[method-assign]
        self.get_extra_info = stream.get_extra_info  # type: ignore[method-assign]

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        assert ssl_context.verify_mode is ssl.CERT_REQUIRED and ssl_context.check_hostname
        self._site.shaken.append(server_hostname)
        return self


def send(handler: Handler, reply: Reply) -> None:
    same = reply.etag is not None and handler.headers.get("If-None-Match") == reply.etag
    body = b"" if same else reply.body.encode() if isinstance(reply.body, str) else reply.body
    handler.send_response(304 if same else reply.status)
    headers = {"Content-Length": str(len(body)), **reply.headers}
    if reply.type:
        headers["Content-Type"] = reply.type
    if reply.etag:
        headers["ETag"] = reply.etag
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


@contextmanager
def running() -> Iterator[Site]:
    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.answer(self)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    server.daemon_threads = True
    site = Site(server)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


def article(place: str, number: int, *, date: str = "2024-05-17", head: str = "", extra: str = "") -> str:
    """A page of its own title, place and figures."""
    meta = f'<meta property="article:published_time" content="{date}">' if date else ""
    return f"""<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Xã {place} mở điểm chuyển đổi số</title>{meta}{head}
</head><body><nav><a href="/">Trang chủ</a></nav><article><h1>Xã {place} mở điểm chuyển đổi số</h1>
<p>Xã {place} vừa mở {number} điểm hỗ trợ chuyển đổi số, để người dân nộp hồ sơ trực tuyến ngay tại thôn.</p>
<p>Theo ủy ban nhân dân xã {place}, {number + 11}% hồ sơ của quý đã được nộp qua mạng, cao hơn hẳn cùng kỳ năm trước.</p>
{extra}</article><footer>Báo thử</footer></body></html>"""


def rss(*items: tuple[str, str, str]) -> Reply:
    """Items: address, title, date in the form of RFC 2822 ("" for none)."""
    told = "".join(
        f"<item><title>{title}</title><link>{link}</link>{f'<pubDate>{date}</pubDate>' if date else ''}</item>"
        for link, title, date in items
    )
    head = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Báo thử</title>'
    return Reply(f"{head}<link>http://bao.example/</link>{told}</channel></rss>", "application/rss+xml")


def urlset(*places: str, lastmod: str = "") -> str:
    said = f"<lastmod>{lastmod}</lastmod>" if lastmod else ""
    told = "".join(f"<url><loc>{place}</loc>{said}</url>" for place in places)
    return f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{told}</urlset>'


Found = RawDocument | Unreadable | Unchanged | PassedOver


def fetched(web: Web, *urls: str) -> list[Found]:
    try:
        return list(web.documents(urls))
    finally:
        web.close()


def sources(found: Iterable[Found]) -> list[str]:
    return [document.source for document in found]


def error(found: Iterable[Found]) -> str:
    """That of the only source, a line of its own."""
    (document,) = found
    assert isinstance(document, Unreadable), document
    assert "\n" not in document.error
    return document.error
