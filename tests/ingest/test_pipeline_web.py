"""Pages of the web into a real library: what they are called, when they are from, and what a second run does."""

import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from ingest.pipeline import Report, ingest
from ingest.sources.web import Web
from retrieval.library import Library
from retrieval.types import Article
from tests.fakes import FakeEmbedder
from tests.site import Handler, Reply, Site, article, rss, send

BAO = "http://bao.example"
TITLE = "Xã Sông Lam mở điểm chuyển đổi số"


@pytest.fixture
def library(tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    def open_web(library: Library, stop: threading.Event, *, any_topic: bool = False) -> Web:
        def text_at(address: str) -> str | None:
            stored = library.at(address)
            return stored.article.text if stored else None

        return site.web(library.folder, text_at, stop=stop, left_out=not any_topic)

    monkeypatch.setattr("ingest.sources.web.open_web", open_web)
    with Library.open(tmp_path / "var", embedder=FakeEmbedder.name, dimension=64, create=True) as library:
        yield library


def run(library: Library, *sources: str | Path, any_topic: bool = False) -> Report:
    return ingest(sources, library, FakeEmbedder, any_topic=any_topic)


def counts(report: Report) -> tuple[int, ...]:
    """Added, updated, unchanged, duplicates, failed."""
    done = (report.added, report.updated, report.unchanged, report.duplicates)
    return (*map(len, done), len(report.failed))


def only(library: Library) -> Article:
    (stored,) = library.articles()
    return stored.article


def test_files_and_pages_in_one_run(library: Library, site: Site, tmp_path: Path) -> None:
    (tmp_path / "doi.txt").write_text(
        "Xã Đồi Chè chuyển đổi số\n\nXã Đồi Chè có 37 hộ bán chè qua sàn thương mại điện tử.", encoding="utf-8"
    )
    site.pages["bao.example/bai"] = Reply(article("Sông Lam", 14))
    report = run(library, f"{BAO}/bai", f"{BAO}/khong-co", tmp_path / "doi.txt")
    assert report.added == [str(tmp_path / "doi.txt"), f"{BAO}/bai"]
    (failure,) = report.failed
    assert failure.source == f"{BAO}/khong-co"
    assert "no such page (404)" in failure.error
    stored = library.find(f"{BAO}/bai")
    assert stored is not None
    found = stored.article
    assert (found.title, found.url, found.published) == (TITLE, f"{BAO}/bai", date(2024, 5, 17))
    assert "25%" in {figure.shown for figure in library.figures_of(stored.id)}


def test_a_feed_says_what_the_page_does_not(library: Library, site: Site) -> None:
    bare = article("Sông Lam", 14, date="")
    bare = bare.replace(f"<title>{TITLE}</title>", "").replace(f"<h1>{TITLE}</h1>", "")
    site.pages["bao.example/bai"] = Reply(bare)
    site.pages["bao.example/rss"] = rss((f"{BAO}/bai", "Sông Lam lên mạng", "Fri, 17 May 2024 08:00:00 +0700"))
    run(library, f"{BAO}/rss")
    assert (only(library).title, only(library).published) == ("Sông Lam lên mạng", date(2024, 5, 17))
    assert counts(run(library, f"{BAO}/bai")) == (0, 0, 1, 0, 0)  # and by itself the page takes nothing of it away
    assert (only(library).title, only(library).published) == ("Sông Lam lên mạng", date(2024, 5, 17))


def test_the_page_outweighs_its_feed(library: Library, site: Site) -> None:
    site.pages["bao.example/bai"] = Reply(article("Sông Lam", 14))
    site.pages["bao.example/rss"] = rss((f"{BAO}/bai", "Khác", "Mon, 01 Jan 2018 08:00:00 +0700"))
    run(library, f"{BAO}/rss")
    assert (only(library).title, only(library).published) == (TITLE, date(2024, 5, 17))


def test_a_date_that_nobody_states_stays_unknown(library: Library, site: Site) -> None:
    headers = {"Last-Modified": "Sun, 22 Nov 2026 06:00:00 GMT", "Date": "Sun, 22 Nov 2026 06:00:00 GMT"}
    site.pages["bao.example/bai"] = Reply(article("Sông Lam", 14, date=""), headers=headers)
    site.pages["bao.example/rss"] = rss((f"{BAO}/bai", "Xã Sông Lam", ""))
    run(library, f"{BAO}/rss")
    assert only(library).published is None


def test_a_second_run_asks_and_reads_nothing(library: Library, site: Site) -> None:
    site.pages["bao.example/bai"] = Reply(article("Sông Lam", 14), etag='"1"')
    assert counts(run(library, f"{BAO}/bai")) == (1, 0, 0, 0, 0)
    report = ingest([f"{BAO}/bai"], library, _no_embedder)
    assert report.unchanged == [f"{BAO}/bai"]
    assert site.requests[-1].headers["If-None-Match"] == '"1"'
    site.pages["bao.example/bai"] = Reply(article("Sông Lam", 15), etag='"2"')
    assert counts(run(library, f"{BAO}/bai")) == (0, 1, 0, 0, 0)
    assert "15 điểm" in only(library).text


def _no_embedder() -> FakeEmbedder:
    raise AssertionError("nothing is new")


def test_a_page_that_was_removed_is_taken_again(library: Library, site: Site) -> None:
    site.pages["bao.example/bai"] = Reply(article("Sông Lam", 14), etag='"1"')
    run(library, f"{BAO}/bai")
    library.remove(f"{BAO}/bai")
    assert counts(run(library, f"{BAO}/bai")) == (1, 0, 0, 0, 0)


def test_a_run_killed_before_a_page_lands_loses_nothing(library: Library, site: Site) -> None:
    site.pages["bao.example/bai"] = Reply(article("Sông Lam", 14), etag='"1"')

    def killed() -> FakeEmbedder:
        raise KeyboardInterrupt

    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            ingest([f"{BAO}/bai"], library, killed)
    assert counts(run(library, f"{BAO}/bai")) == (1, 0, 0, 0, 0)


def test_one_page_under_several_addresses_is_one_article(library: Library, site: Site) -> None:
    own = f'<link rel="canonical" href="{BAO}/bai.html">'
    for number, path in enumerate(("bai.html", "bai.html?trang=in", "amp/bai")):
        beside = f"<p>Mời bạn đọc xem thêm {number} bài khác của báo trong ngày hôm nay ở trang nhất.</p>"
        page = Reply(article("Sông Lam", 14, head=own, extra=beside), etag=f'"{path}"')
        site.pages[f"bao.example/{path}"] = page
    addresses = [f"{BAO}/{path}" for path in ("amp/bai", "bai.html", "bai.html?trang=in")]
    assert counts(run(library, *addresses)) == (1, 0, 0, 2, 0)
    assert only(library).address == f"{BAO}/bai.html"
    run(library, *addresses)
    for _ in range(2):  # they do not replace each other
        assert counts(run(library, *addresses)) == (0, 0, 3, 0, 0)
    site.pages["bao.example/bai.html"] = Reply(article("Sông Lam", 20, head=own), etag='"new"')
    assert counts(run(library, f"{BAO}/bai.html")) == (0, 1, 0, 0, 0)
    assert "20 điểm" in only(library).text


def test_the_same_text_on_another_site_is_one_more_source_of_its_story(library: Library, site: Site) -> None:
    page = article("Sông Lam", 14)
    for address in ("bao.example/bai", "m.bao.example/bai", "bao.example/in/bai", "khac.example/tin", "nua.example/1"):
        site.pages[address] = Reply(page, etag='"1"')
    # in the same run and in a later one; the second address of a site is none
    assert counts(run(library, f"{BAO}/bai", f"{BAO}/in/bai", "http://khac.example/tin")) == (2, 0, 0, 1, 0)
    report = ingest(["http://nua.example/1", "http://m.bao.example/bai"], library, _no_embedder)
    assert (report.added, report.duplicates) == (["http://nua.example/1"], ["http://m.bao.example/bai"])
    first, *others = library.articles()
    assert [stored.article.url for stored in library.story(first.story_id)] == [
        f"{BAO}/bai",
        "http://khac.example/tin",
        "http://nua.example/1",
    ]
    assert counts(run(library, *(stored.article.address for stored in (first, *others)))) == (0, 0, 3, 0, 0)


def test_a_page_that_names_its_original_is_a_duplicate_of_it(library: Library, site: Site) -> None:
    site.pages["bao.example/bai"] = Reply(article("Sông Lam", 14))
    site.pages["khac.example/tin"] = Reply(article("Sông Lam", 14, head=f'<link rel="canonical" href="{BAO}/bai">'))
    assert counts(run(library, f"{BAO}/bai", "http://khac.example/tin")) == (1, 0, 0, 1, 0)
    assert counts(run(library, "http://khac.example/tin")) == (0, 0, 0, 1, 0)


def test_an_address_that_a_whole_site_states_is_not_believed(library: Library, site: Site) -> None:
    same = f'<link rel="canonical" href="{BAO}/tin-tuc">'
    addresses = [f"{BAO}/{number}" for number in range(3)]
    for number in range(3):
        site.pages[f"bao.example/{number}"] = Reply(article(f"Số {number}", number, head=same))
    assert counts(run(library, *addresses)) == (3, 0, 0, 0, 0)
    assert counts(run(library, *addresses)) == (0, 0, 3, 0, 0)


def test_an_address_of_another_site_is_only_noted(library: Library, site: Site) -> None:
    site.pages["bao.example/bai"] = Reply(
        article("Sông Lam", 14, head='<link rel="canonical" href="http://khac.example/goc">')
    )
    run(library, f"{BAO}/bai")
    assert (only(library).address, only(library).url) == (f"{BAO}/bai", "http://khac.example/goc")


@pytest.mark.parametrize(
    ("encoding", "header"),
    [
        ("utf-8", "text/html; charset=iso-8859-1"),
        ("utf-8", "text/html"),
        ("cp1258", "text/html; charset=windows-1258"),
        ("utf-16", "text/html; charset=utf-8"),
    ],
)
def test_the_charset_of_a_header_is_a_hint(library: Library, site: Site, encoding: str, header: str) -> None:
    import unicodedata

    page = article("Sông Lam", 14).replace('<meta charset="utf-8">', "")
    if encoding == "cp1258":  # tone marks stand after their letters there
        page = "".join(_cp1258(char, unicodedata.normalize("NFD", char)) for char in page)
    site.pages["bao.example/bai"] = Reply(page.encode(encoding), header)
    assert counts(run(library, f"{BAO}/bai")) == (1, 0, 0, 0, 0)
    assert only(library).title == TITLE


def _cp1258(char: str, parts: str) -> str:
    import unicodedata

    tones = "\u0300\u0301\u0303\u0309\u0323"
    tone = "".join(part for part in parts if part in tones)
    return unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones)) + tone


def test_a_run_that_is_to_stop_lands_what_it_has_read(library: Library, site: Site) -> None:
    stop = threading.Event()

    def last(handler: Handler) -> None:
        stop.set()
        send(handler, Reply(article("Số 3", 3)))

    for number in range(9):
        site.pages[f"bao.example/{number}"] = Reply(article(f"Số {number}", number))
    site.pages["bao.example/3"] = last
    report = ingest([f"{BAO}/{number}" for number in range(9)], library, FakeEmbedder, stop=stop)
    assert 0 < len(report.added) < 5
    assert [stored.article.source for stored in library.articles()] == report.added


def test_a_page_on_something_else_is_left_out_until_any_topic_is_wanted(library: Library, site: Site) -> None:
    text = "Đội bóng xã Sông Lam thắng 3-0 ở vòng loại. Cầu thủ ghi hai bàn trong hiệp một trên sân nhà chiều qua. " * 5
    page = (
        f"<html><head><title>Bóng đá</title></head><body><article><h1>Bóng đá</h1><p>{text}</p></article></body></html>"
    )
    site.pages["bao.example/bong"] = Reply(page, etag='"1"')
    assert [skip.source for skip in run(library, f"{BAO}/bong").skipped] == [f"{BAO}/bong"]
    again = run(library, f"{BAO}/bong")
    assert (again.skipped, again.unchanged) == ([], [f"{BAO}/bong"])  # asked for, not read
    assert counts(run(library, f"{BAO}/bong", any_topic=True)) == (1, 0, 0, 0, 0)
