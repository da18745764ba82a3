"""Feeds and sitemaps: what they name is fetched in their place, and asked for again only if it may have changed."""

import gzip
from datetime import date
from pathlib import Path

import pytest

from ingest.sources import RawDocument, Unchanged, Unreadable
from tests.site import Reply, Site, article, error, fetched, rss, sources, urlset

BAO = "http://bao.example"
ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://bao.example/"><title>Báo thử</title><updated>2024-06-01T00:00:00Z</updated>
<entry><title type="html">Xã &lt;b&gt;Sông Lam&lt;/b&gt;</title><link rel="alternate" href="bai/1"/><id>urn:1</id>
<published>2024-05-16T23:30:00Z</published><updated>2024-06-01T00:00:00Z</updated></entry>
<entry><title>Xã Đồi Chè</title><link href="http://khac.example/2"/><id>urn:2</id><updated>2024-05-20T08:00:00+07:00</updated></entry>
<entry><title>Không có bài</title><id>urn:3</id></entry></feed>"""


def pages(site: Site, *paths: str) -> None:
    for number, path in enumerate(paths):
        site.pages[path] = Reply(article(f"Số {number}", number), etag=f'"{path}"')


def hints(found: object) -> tuple[str, date | None]:
    assert isinstance(found, RawDocument) and found.page
    return found.page.title, found.page.published


def test_an_rss_feed_gives_its_articles(site: Site, tmp_path: Path) -> None:
    pages(site, "bao.example/1", "khac.example/2", "bao.example/3")
    site.pages["bao.example/rss"] = rss(
        (f"{BAO}/1", "Xã Sông Lam &amp;amp; Đồi Chè", "Thu, 16 May 2024 23:30:00 GMT"),
        ("http://khac.example/2", "Không ngày", ""),
        ("/3", "Ngày lạ", "hôm qua"),
        (f"{BAO}/1", "lần nữa", ""),
    )
    found = fetched(site.web(tmp_path), f"{BAO}/rss")
    assert sources(found) == [f"{BAO}/1", "http://khac.example/2", f"{BAO}/3"]
    # half past six in the morning, in Vietnam; and nothing where the feed says nothing
    told = [("Xã Sông Lam & Đồi Chè", date(2024, 5, 17)), ("Không ngày", None), ("Ngày lạ", None)]
    assert [hints(document) for document in found] == told


def test_an_atom_feed_gives_its_articles(site: Site, tmp_path: Path) -> None:
    pages(site, "bao.example/bai/1", "khac.example/2")
    site.pages["bao.example/feed"] = Reply(ATOM, "text/html")  # told by content
    found = fetched(site.web(tmp_path), f"{BAO}/feed")
    assert sources(found) == [f"{BAO}/bai/1", "http://khac.example/2"]
    assert [hints(document) for document in found] == [
        ("Xã Sông Lam", date(2024, 5, 17)),
        ("Xã Đồi Chè", date(2024, 5, 20)),
    ]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("<rss><channel><item><title>x", "damaged"),
        ('<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "b">]><rss><channel>&a;</channel></rss>', "entities"),
        ("<urlset><url><loc>http://bao.example/1", "damaged"),
        ('<?xml version="1.0"?><!DOCTYPE u [<!ENTITY a "b">]><urlset><url><loc>&a;</loc></url></urlset>', "entities"),
        ('<?xml version="1.0"?><danh-sach><bai/></danh-sach>', "no page, document, feed or sitemap"),
    ],
)
def test_lists_that_cannot_be_read_are_told(site: Site, tmp_path: Path, body: str, says: str) -> None:
    site.pages["bao.example/xml"] = Reply(body, "application/xml")
    assert says in error(fetched(site.web(tmp_path), f"{BAO}/xml"))


def test_a_feed_without_articles_is_no_trouble(site: Site, tmp_path: Path) -> None:
    site.pages["bao.example/rss"] = rss()
    assert fetched(site.web(tmp_path), f"{BAO}/rss") == []


def test_a_sitemap_gives_its_pages(site: Site, tmp_path: Path) -> None:
    pages(site, "bao.example/1", "bao.example/2")
    site.pages["bao.example/sitemap.xml"] = Reply(urlset(f"{BAO}/1", f"{BAO}/2"), "text/xml")
    assert sources(fetched(site.web(tmp_path), f"{BAO}/sitemap.xml")) == [f"{BAO}/1", f"{BAO}/2"]


def test_a_news_sitemap_says_title_and_date(site: Site, tmp_path: Path) -> None:
    pages(site, "bao.example/1")
    said = (
        "<news:news><news:publication><news:name>Báo</news:name></news:publication>"
        "<news:publication_date>2024-05-17T08:00:00+07:00</news:publication_date><news:title>Xã Sông Lam</news:title>"
        "</news:news><image:image><image:loc>http://anh.example/a.jpg</image:loc><image:title>Ảnh</image:title></image:image>"
    )
    spaces = "".join(
        f'xmlns:{name}="http://www.google.com/schemas/sitemap-{name}/{version}" '
        for name, version in (("news", "0.9"), ("image", "1.1"))
    )
    site.pages["bao.example/tin.xml"] = Reply(
        f"<urlset {spaces}><url><loc>{BAO}/1</loc>{said}</url></urlset>", "application/xml"
    )
    (found,) = fetched(site.web(tmp_path), f"{BAO}/tin.xml")
    assert hints(found) == ("Xã Sông Lam", date(2024, 5, 17))


def test_an_index_of_packed_sitemaps_keeps_the_order(site: Site, tmp_path: Path) -> None:
    names = [f"bao.example/{n}" for n in range(4)]
    pages(site, *names, "khac.example/x")
    index = urlset(f"{BAO}/a.xml.gz", f"{BAO}/b.xml").replace("urlset", "sitemapindex").replace("url>", "sitemap>")
    site.pages["bao.example/sitemap.xml"] = Reply(index, "application/xml")
    first, second = (urlset(*(f"http://{name}" for name in part)) for part in (names[:2], names[2:]))
    site.pages["bao.example/a.xml.gz"] = Reply(gzip.compress(first.encode()), "application/gzip")
    site.pages["bao.example/b.xml"] = Reply(second, "application/xml")
    found = fetched(site.web(tmp_path), f"{BAO}/sitemap.xml", "http://khac.example/x")
    assert sources(found) == [*(f"http://{name}" for name in names), "http://khac.example/x"]


@pytest.mark.parametrize(
    "body",
    [gzip.compress(urlset(f"{BAO}/1").encode())[:-20], b"\x1f\x8b\x08\x00" + b"\xff" * 40],
    ids=["breaks off", "damaged"],
)
def test_a_damaged_packed_sitemap_is_told(site: Site, tmp_path: Path, body: bytes) -> None:
    site.pages["bao.example/a.xml.gz"] = Reply(body, "application/gzip")
    assert "compression" in error(fetched(site.web(tmp_path), f"{BAO}/a.xml.gz"))


def test_lists_that_name_each_other_end(site: Site, tmp_path: Path) -> None:
    for number in range(9):
        body = urlset(f"{BAO}/{number + 1}.xml", f"{BAO}/0.xml")
        site.pages[f"bao.example/{number}.xml"] = Reply(body, "application/xml")
    assert "list inside lists" in error(fetched(site.web(tmp_path), f"{BAO}/0.xml"))
    assert len(site.asked) == 4


def test_entries_that_may_not_be_fetched_are_told(site: Site, tmp_path: Path) -> None:
    pages(site, "bao.example/2")
    site.hosts["trong.example"] = ["192.168.0.1"]
    site.pages["bao.example/rss"] = rss(
        ("ftp://bao.example/1", "a", ""), ("http://trong.example/", "b", ""), (f"{BAO}/2", "c", "")
    )
    first, second, third = fetched(site.web(tmp_path), f"{BAO}/rss")
    assert "only http and https" in error([first])
    assert "192.168.0.1" in error([second])
    assert isinstance(third, RawDocument)


class Held(dict[str, str]):
    """What a library holds, by address; ``take`` does what the pipeline does with documents."""

    def round(self, site: Site, folder: Path, *urls: str, stores: bool = True) -> list[str]:
        """One run: "new", "same" or "failed" for each source."""
        site.forget()
        web = site.web(folder, self.get)
        told = []
        for document in web.documents(urls):
            told.append({RawDocument: "new", Unchanged: "same", Unreadable: "failed"}[type(document)])
            if isinstance(document, RawDocument) and document.page:
                if stores:
                    self[document.address] = document.data.decode()
                web.settled(document.page, document.address if stores else None)
        web.close()
        return told


def test_a_page_that_has_not_changed_costs_one_conditional_request(site: Site, tmp_path: Path) -> None:
    held = Held()
    modified = "Fri, 17 May 2024 00:00:00 GMT"
    site.pages["bao.example/bai"] = Reply(article("A", 1), etag='"1"', headers={"Last-Modified": modified})
    assert held.round(site, tmp_path, f"{BAO}/bai") == ["new"]
    assert held.round(site, tmp_path, f"{BAO}/bai") == ["same"]
    assert site.asked == ["bao.example/bai"]
    assert site.requests[-1].headers["If-None-Match"] == '"1"'
    assert site.requests[-1].headers["If-Modified-Since"] == modified
    site.pages["bao.example/bai"] = Reply(article("A", 2), etag='"2"')
    assert held.round(site, tmp_path, f"{BAO}/bai") == ["new"]
    assert held.round(site, tmp_path, f"{BAO}/bai") == ["same"]


def test_behind_a_redirect_too(site: Site, tmp_path: Path) -> None:
    held = Held()
    site.pages["bao.example/cu"] = Reply(status=301, headers={"Location": "/moi"})
    pages(site, "bao.example/moi")
    assert [held.round(site, tmp_path, f"{BAO}/cu")[0] for _ in range(2)] == ["new", "same"]


@pytest.mark.parametrize("lost", ["removed", "older"])
def test_a_page_that_the_library_does_not_hold_as_it_was_is_fetched_whole(
    site: Site, tmp_path: Path, lost: str
) -> None:
    held = Held()
    pages(site, "bao.example/bai")
    held.round(site, tmp_path, f"{BAO}/bai")
    if lost == "removed":
        held.clear()
    else:
        held[f"{BAO}/bai"] = "as it was in a backup"
    assert held.round(site, tmp_path, f"{BAO}/bai") == ["new"]


def test_a_page_that_was_not_settled_is_fetched_whole(site: Site, tmp_path: Path) -> None:
    pages(site, "bao.example/bai")
    for _ in range(2):
        assert isinstance(fetched(site.web(tmp_path), f"{BAO}/bai")[0], RawDocument)


def test_a_page_that_makes_no_article_is_believed_for_a_day(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages(site, "bao.example/bai")
    rounds = [Held().round(site, tmp_path, f"{BAO}/bai", stores=False) for _ in range(3)]
    assert rounds == [["new"], ["same"], ["same"]]
    monkeypatch.setattr("ingest.sources.visits.LEFT_OUT_FOR", 0)
    assert Held().round(site, tmp_path, f"{BAO}/bai", stores=False) == ["new"]


def test_a_feed_that_has_not_changed_costs_one_request_once_all_of_it_is_held(site: Site, tmp_path: Path) -> None:
    held = Held()
    feed = rss((f"{BAO}/1", "a", ""), (f"{BAO}/2", "b", ""))
    site.pages["bao.example/rss"] = Reply(feed.body, feed.type, etag='"f"')
    pages(site, "bao.example/1")
    assert held.round(site, tmp_path, f"{BAO}/rss") == ["new", "failed"]
    assert held.round(site, tmp_path, f"{BAO}/rss") == ["same", "failed"]  # what failed is tried again
    pages(site, "bao.example/1", "bao.example/2")
    assert held.round(site, tmp_path, f"{BAO}/rss") == ["same", "new"]
    assert held.round(site, tmp_path, f"{BAO}/rss") == ["same"]
    assert site.asked == ["bao.example/rss"]
    del held[f"{BAO}/2"]
    assert held.round(site, tmp_path, f"{BAO}/rss") == ["same", "new"]


def test_a_page_whose_sitemap_knows_no_later_change_costs_nothing(site: Site, tmp_path: Path) -> None:
    held = Held()
    pages(site, "bao.example/1")
    site.pages["bao.example/s.xml"] = Reply(urlset(f"{BAO}/1", lastmod="2024-05-17"), "application/xml")
    assert held.round(site, tmp_path, f"{BAO}/s.xml") == ["new"]
    assert held.round(site, tmp_path, f"{BAO}/s.xml") == ["same"]
    assert site.asked == ["bao.example/s.xml"]
    site.pages["bao.example/s.xml"] = Reply(urlset(f"{BAO}/1", lastmod="2999-01-01T00:00:00Z"), "application/xml")
    assert held.round(site, tmp_path, f"{BAO}/s.xml") == ["same"]
    assert site.asked == ["bao.example/s.xml", "bao.example/1"]


def test_a_damaged_file_of_visits_is_begun_anew(site: Site, tmp_path: Path) -> None:
    (tmp_path / "visits.sqlite3").write_bytes(b"not a database" * 500)
    held = Held()
    pages(site, "bao.example/bai")
    assert [held.round(site, tmp_path, f"{BAO}/bai")[0] for _ in range(2)] == ["new", "same"]
