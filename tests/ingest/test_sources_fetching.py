"""One address at a time, from a real server: redirects, limits, retries, manners, and what each trouble is called."""

import gzip
import threading
import time
import zlib
from itertools import pairwise
from pathlib import Path

import pytest

from ingest.sources import Kind, RawDocument, Unreadable
from tests.site import PUBLIC, Handler, Reply, Site, article, error, fetched, send, sources

PAGE = article("Sông Lam", 14)
BAO = "http://bao.example"


def one(site: Site, tmp_path: Path, url: str = f"{BAO}/bai") -> RawDocument:
    (document,) = fetched(site.web(tmp_path), url)
    assert isinstance(document, RawDocument), document
    return document


def trouble(
    site: Site, tmp_path: Path, url: str = f"{BAO}/bai", *, seconds: float = 5.0, max_bytes: int = 5_000_000
) -> str:
    return error(fetched(site.web(tmp_path, seconds=seconds, max_bytes=max_bytes), url))


def redirect(to: str, status: int = 302) -> Reply:
    return Reply(status=status, headers={"Location": to})


def test_a_page_with_what_its_server_says_of_it(site: Site, tmp_path: Path) -> None:
    site.pages["bao.example/bai"] = Reply(PAGE, etag='"1"', headers={"Last-Modified": "Fri, 17 May 2024 00:00:00 GMT"})
    found = one(site, tmp_path, f"{BAO}/bai#cuoi")
    assert (found.source, found.address, found.kind) == (f"{BAO}/bai#cuoi", f"{BAO}/bai", Kind.HTML)
    assert found.data.decode() == PAGE
    assert found.page and found.page.charset == "utf-8"
    assert (found.page.etag, found.page.modified) == ('"1"', "Fri, 17 May 2024 00:00:00 GMT")
    assert site.requests[-1].headers["User-Agent"].startswith("tinhso/")
    assert site.dialled == [PUBLIC, PUBLIC]  # robots.txt and the page


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(site: Site, tmp_path: Path, status: int) -> None:
    site.pages["bao.example/cu"] = redirect("/moi", status)
    site.pages["bao.example/moi"] = redirect("http://khac.example/bai?id=1")
    site.pages["khac.example/bai?id=1"] = Reply(PAGE)
    found = one(site, tmp_path, f"{BAO}/cu")
    assert (found.source, found.address) == (f"{BAO}/cu", "http://khac.example/bai?id=1")


@pytest.mark.parametrize(
    ("to", "says"),
    [
        ("http://trong.example/", "10.0.0.5"),
        ("http://127.0.0.1/", "127.0.0.1"),
        ("http://[::ffff:169.254.169.254]/", "169.254.169.254"),
        ("http://2130706433/", "odd way"),
        ("file:///etc/passwd", "only http and https"),
        ("http://a:b@bao.example/", "name or password"),
        ("http://[/", "host or port"),
    ],
)
def test_a_redirect_is_checked_as_if_it_had_been_given(site: Site, tmp_path: Path, to: str, says: str) -> None:
    site.hosts["trong.example"] = ["10.0.0.5"]
    site.pages["bao.example/bai"] = redirect(to)
    assert says in trouble(site, tmp_path)
    assert set(site.dialled) == {PUBLIC}


def test_a_name_that_changes_its_address_is_connected_to_where_it_was_checked(site: Site, tmp_path: Path) -> None:
    site.hosts["bao.example"] = [PUBLIC, PUBLIC, "127.0.0.1"]
    site.pages["bao.example/bai"] = Reply(PAGE)
    one(site, tmp_path)
    assert site.dialled == [PUBLIC, PUBLIC]
    assert "127.0.0.1" in trouble(site, tmp_path)
    assert site.dialled == [PUBLIC, PUBLIC]


def test_tls_is_begun_with_the_name_and_its_certificate_checked(site: Site, tmp_path: Path) -> None:
    site.pages["bao.example/bai"] = Reply(PAGE)
    assert one(site, tmp_path, "https://bao.example/bai").address == "https://bao.example/bai"
    assert site.shaken == ["bao.example"] * 2
    assert site.dialled == [PUBLIC] * 2


def test_no_proxy_of_the_environment_is_asked(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    site.pages["bao.example/bai"] = Reply(PAGE)
    one(site, tmp_path)
    assert site.dialled == [PUBLIC] * 2


def test_another_address_of_a_host_is_tried(site: Site, tmp_path: Path) -> None:
    site.hosts["bao.example"] = ["8.8.8.8"]
    site.dead.add("8.8.8.8")
    site.pages["bao.example/bai"] = Reply(PAGE)
    assert "cannot be connected to" in trouble(site, tmp_path)
    site.also = [PUBLIC]
    one(site, tmp_path)


def test_redirects_in_a_circle_end(site: Site, tmp_path: Path) -> None:
    site.pages["bao.example/bai"] = redirect("/bai2")
    site.pages["bao.example/bai2"] = redirect("/bai")
    assert "more than 5 redirects" in trouble(site, tmp_path)
    assert len(site.asked) == 6


def test_a_robots_txt_holds_for_the_target_of_a_redirect(site: Site, tmp_path: Path) -> None:
    site.pages["khac.example/robots.txt"] = Reply("User-agent: *\nDisallow: /kin/", "text/plain")
    site.pages["bao.example/bai"] = redirect("http://khac.example/kin/bai")
    assert "khac.example/robots.txt" in trouble(site, tmp_path)
    assert site.asked == ["bao.example/bai"]


def test_a_slow_page_is_given_up(site: Site, tmp_path: Path) -> None:
    def drip(handler: Handler) -> None:
        """A byte now and then, so that no single reading waits long; first of the headers, then of the body."""
        handler.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n")
        while True:
            handler.wfile.write(b"X: y\r\n" if handler.path == "/dau" else b"\r\n<p>")
            time.sleep(0.05)

    site.pages["bao.example/dau"] = site.pages["bao.example/than"] = drip
    for path in ("/dau", "/than"):
        assert "longer than 0.3 s" in trouble(site, tmp_path, BAO + path, seconds=0.3)


def test_an_endless_body_is_cut(site: Site, tmp_path: Path) -> None:
    def pour(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.end_headers()
        while True:
            handler.wfile.write(b"<p>" + b"a" * 60_000)

    site.pages["bao.example/bai"] = pour
    assert "larger than" in trouble(site, tmp_path, max_bytes=500_000)


def test_a_body_that_swells_when_unpacked_is_cut(site: Site, tmp_path: Path) -> None:
    bomb = gzip.compress(b"<p>" + b"a" * 5_000_000)
    site.pages["bao.example/bai"] = Reply(bomb, headers={"Content-Encoding": "gzip"})
    assert "larger than" in trouble(site, tmp_path, max_bytes=1_000_000)


def test_what_says_that_it_is_large_is_not_begun(site: Site, tmp_path: Path) -> None:
    site.pages["bao.example/bai"] = Reply(PAGE, headers={"Content-Length": "900000000"})
    assert "larger than" in trouble(site, tmp_path)


def test_damaged_compression_is_told(site: Site, tmp_path: Path) -> None:
    site.pages["bao.example/bai"] = Reply(b"\x1f\x8bnot gzip at all", headers={"Content-Encoding": "gzip"})
    assert "compression is damaged" in trouble(site, tmp_path)


@pytest.mark.parametrize("wbits", [zlib.MAX_WBITS, -zlib.MAX_WBITS])
def test_a_page_in_deflate_with_its_header_or_without(site: Site, tmp_path: Path, wbits: int) -> None:
    pack = zlib.compressobj(wbits=wbits)
    packed = pack.compress(PAGE.encode()) + pack.flush()
    site.pages["bao.example/bai"] = Reply(packed, headers={"Content-Encoding": "deflate"})
    (found,) = fetched(site.web(tmp_path), f"{BAO}/bai")
    assert isinstance(found, RawDocument) and found.data == PAGE.encode()


def test_a_body_packed_twice_is_refused(site: Site, tmp_path: Path) -> None:
    twice = gzip.compress(gzip.compress(bytes(5_000_000)))
    site.pages["bao.example/bai"] = Reply(twice, headers={"Content-Encoding": "gzip, gzip"})
    assert "packed as 'gzip, gzip'" in error(fetched(site.web(tmp_path), f"{BAO}/bai"))


def test_a_page_in_gzip(site: Site, tmp_path: Path) -> None:
    site.pages["bao.example/bai"] = Reply(gzip.compress(PAGE.encode()), headers={"Content-Encoding": "gzip"})
    assert one(site, tmp_path).data.decode() == PAGE


@pytest.mark.parametrize(
    ("status", "says", "times"),
    [
        (404, "no such page (404)", 1),
        (410, "no such page (410)", 1),
        (403, "not give it to programs", 1),
        (500, "error (500)", 1),
        (503, "busy (503)", 3),
        (429, "busy (429)", 3),
        (304, "nothing changed", 1),
    ],
)
def test_each_status_has_its_words(site: Site, tmp_path: Path, status: int, says: str, times: int) -> None:
    site.pages["bao.example/bai"] = Reply("x", status=status)
    assert says in trouble(site, tmp_path)
    assert len(site.asked) == times


def test_a_busy_server_is_asked_again_when_it_says(site: Site, tmp_path: Path) -> None:
    busy = Reply("x", status=503, headers={"Retry-After": "1"})
    site.pages["bao.example/bai"] = [busy, Reply(PAGE)]
    assert one(site, tmp_path).data.decode() == PAGE
    first, second = (r for r in site.requests if r.path == "/bai")
    assert second.began - first.ended >= 0.99


def test_a_server_that_wants_too_much_patience_is_left(site: Site, tmp_path: Path) -> None:
    site.pages["bao.example/bai"] = Reply("x", status=429, headers={"Retry-After": "3600"})
    assert "come back in 3600 s" in trouble(site, tmp_path)
    assert len(site.asked) == 1


def test_a_connection_that_breaks_is_tried_again(site: Site, tmp_path: Path) -> None:
    def half(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        handler.wfile.write(b"<p>")

    site.pages["bao.example/bai"] = half
    assert "third attempt" in trouble(site, tmp_path)
    assert len(site.asked) == 3


@pytest.mark.parametrize(("type", "says"), [("image/png", "image/png"), ("video/mp4", "video/mp4")])
def test_only_documents_are_read(site: Site, tmp_path: Path, type: str, says: str) -> None:
    site.pages["bao.example/bai"] = Reply(b"\x89PNG", type)
    assert says in trouble(site, tmp_path)


def test_an_empty_page_is_told(site: Site, tmp_path: Path) -> None:
    site.pages["bao.example/bai"] = Reply(" \n")
    assert "is empty" in trouble(site, tmp_path)


@pytest.mark.parametrize(
    ("path", "reply", "kind"),
    [
        ("/bai", Reply(PAGE, "text/html"), Kind.HTML),
        ("/bai.php", Reply(PAGE, None), Kind.HTML),
        ("/bai.html", Reply(PAGE, "application/octet-stream"), Kind.HTML),
        ("/bai", Reply(PAGE, "application/xhtml+xml"), Kind.HTML),
        ("/bai.md", Reply("# Xã", "text/plain"), Kind.MARKDOWN),
        ("/bai", Reply("Xã", "text/plain; charset=utf-8"), Kind.TEXT),
        ("/bai.txt", Reply("Xã", None), Kind.TEXT),
    ],
)
def test_the_kind_is_told_by_type_then_by_ending(
    site: Site, tmp_path: Path, path: str, reply: Reply, kind: Kind
) -> None:
    site.pages[f"bao.example{path}"] = reply
    assert one(site, tmp_path, BAO + path).kind is kind


def test_a_table_of_figures_gives_its_pages_under_its_address(site: Site, tmp_path: Path) -> None:
    table = "province,indicator,value,unit,period,kind,source_url\nSơn La,PCI,7,hạng,2019,rank,https://so.example/pci\n"
    site.pages["bao.example/bang.csv"] = Reply(table, "text/csv")
    found = one(site, tmp_path, f"{BAO}/bang.csv")
    assert (found.kind, found.address) == (Kind.FIGURES, f"{BAO}/bang.csv#https://so.example/pci")
    site.pages["bao.example/bang.csv"] = Reply("a,b\n1,2\n", "text/csv")
    assert "no table of figures" in trouble(site, tmp_path, f"{BAO}/bang.csv")


@pytest.mark.parametrize(
    ("robots", "says"),
    [
        (Reply("User-agent: *\nDisallow: /", "text/plain"), "asks programs not to"),
        (Reply("User-agent: tinhso\nDisallow: /bai", "application/json"), "asks programs not to"),
        (Reply("x", status=500), "answers with an error (500)"),
        (Reply("x", status=503), "robots.txt must be read first, and the server is busy (503)"),
    ],
)
def test_a_site_that_does_not_want_it_is_not_read(site: Site, tmp_path: Path, robots: Reply, says: str) -> None:
    site.pages["/robots.txt"] = robots
    site.pages["bao.example/bai"] = Reply(PAGE)
    assert says in trouble(site, tmp_path)
    assert site.asked == []


@pytest.mark.parametrize(
    "robots",
    [
        Reply("x", status=404),
        Reply("x", status=403),
        Reply("User-agent: *\nDisallow: /kin", "text/plain"),
        Reply("\xff"),
    ],
)
def test_a_site_that_allows_it_is_read(site: Site, tmp_path: Path, robots: Reply) -> None:
    site.pages["/robots.txt"] = robots
    site.pages["bao.example/bai"] = Reply(PAGE)
    one(site, tmp_path)


def test_robots_txt_is_read_once_a_run(site: Site, tmp_path: Path) -> None:
    for number in range(3):
        site.pages[f"bao.example/{number}"] = Reply(PAGE)
    fetched(site.web(tmp_path), *(f"{BAO}/{number}" for number in range(3)))
    assert [request.path for request in site.requests].count("/robots.txt") == 1


@pytest.mark.parametrize(("robots", "delay"), [("", 0.15), ("User-agent: *\nCrawl-delay: 0.3", 0.3)])
def test_one_request_at_a_time_with_a_pause_between(site: Site, tmp_path: Path, robots: str, delay: float) -> None:
    site.pages["/robots.txt"] = Reply(robots, "text/plain")
    addresses = [f"http://{host}.example/{n}" for n in range(3) for host in ("bao", "khac")]
    for number in range(3):
        site.pages[f"/{number}"] = Reply(article("Sông Lam", number))
    found = fetched(site.web(tmp_path, delay=0.15), *addresses)
    assert sources(found) == addresses
    for host in ("bao.example", "khac.example"):
        assert site.most[host] == 1
        times = [(r.began, r.ended) for r in site.requests if r.host == host]
        assert len(times) == 4
        assert all(later[0] - earlier[1] > delay - 0.05 for earlier, later in pairwise(times))


def test_hosts_are_fetched_from_side_by_side_and_told_in_order(site: Site, tmp_path: Path) -> None:
    hosts = [f"bao{n}.example" for n in range(4)]

    together = threading.Barrier(len(hosts), timeout=4)

    def meet(handler: Handler) -> None:
        """Answers once all hosts are being asked, the first of them last."""
        together.wait()
        time.sleep(0.1 if handler.headers["Host"] == hosts[0] else 0)
        send(handler, Reply(PAGE))

    site.pages["/bai"] = meet
    addresses = [f"http://{host}/bai" for host in hosts]
    found = fetched(site.web(tmp_path), *addresses)
    assert sources(found) == addresses
    assert all(isinstance(document, RawDocument) for document in found)


def test_an_address_given_twice_is_fetched_once(site: Site, tmp_path: Path) -> None:
    site.pages["bao.example/bai"] = Reply(PAGE)
    assert len(fetched(site.web(tmp_path), f"{BAO}/bai", f"{BAO}/bai#a", f"{BAO}/bai?utm_source=x")) == 1


def test_an_address_that_cannot_be_one_is_told_and_the_others_go_on(site: Site, tmp_path: Path) -> None:
    site.pages["bao.example/bai"] = Reply(PAGE)
    refused, good = fetched(site.web(tmp_path), "http://127.1/", f"{BAO}/bai")
    assert "odd way" in error([refused])
    assert isinstance(good, RawDocument)


def test_a_password_in_an_address_is_not_repeated(site: Site, tmp_path: Path) -> None:
    (found,) = fetched(site.web(tmp_path), "http://nguoi:mat-khau@bao.example/a@b")
    assert isinstance(found, Unreadable)
    assert found.source == "http://…@bao.example/a@b"
    assert "mat-khau" not in found.error


def test_a_run_that_is_to_stop_fetches_no_more(site: Site, tmp_path: Path) -> None:
    for number in range(30):
        site.pages[f"bao.example/{number}"] = Reply(PAGE)
    stop = threading.Event()
    web = site.web(tmp_path, delay=0.02, stop=stop)
    documents = web.documents([f"{BAO}/{number}" for number in range(30)])
    next(documents)
    stop.set()
    assert list(documents) == []
    web.close()
    assert len(site.asked) < 10
