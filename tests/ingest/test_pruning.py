"""In step with the sources: what is renamed, gone, or only seems to have changed."""

import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.pipeline import Report, ingest
from ingest.restoring import restore
from ingest.suspicion import why_suspicious
from retrieval.errors import LibraryError
from retrieval.library import Library
from retrieval.types import Article
from tests.fakes import FakeEmbedder
from tests.site import Reply, Site


def story(name: str, figure: int, more: str = "") -> str:
    return (
        f"{name} chuyển đổi số từ cơ sở\n\nNăm 2024, {name} có {figure},5% hồ sơ được nộp trực tuyến, nhờ chuyển đổi số "
        f"và các tổ công nghệ số cộng đồng đến từng nhà. {more}\n"
    )


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "var", embedder=FakeEmbedder.name, dimension=64, create=True) as library:
        yield library


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "bai"
    folder.mkdir()
    for number, name in enumerate(("Xã An Bình", "Xã Hòa Lộc", "Phường Ba"), 40):
        (folder / f"{number}.txt").write_text(story(name, number), encoding="utf-8")
    return folder


def run(library: Library, *sources: Path | str, prune: bool = False, gone: tuple[Path, ...] = ()) -> Report:
    report = ingest(sources, library, FakeEmbedder, prune=prune, gone=gone)
    assert not report.failed
    return report


def names(library: Library) -> list[str]:
    return sorted(Path(stored.article.address).name for stored in library.articles())


def test_a_renamed_file_is_the_same_article_with_its_history(library: Library, folder: Path) -> None:
    run(library, folder)
    (folder / "40.txt").write_text(story("Xã An Bình", 41), encoding="utf-8")
    run(library, folder)
    ids = library.article_ids()
    (folder / "40.txt").rename(folder / "an-binh.txt")
    report = run(library, folder)
    assert (report.renamed, report.added, report.duplicates) == ([str(folder / "an-binh.txt")], [], [])
    assert library.article_ids() == ids
    assert names(library) == ["41.txt", "42.txt", "an-binh.txt"]
    assert len(library.history(str(folder / "an-binh.txt"))) == 2
    shutil.copy(folder / "an-binh.txt", folder / "ban-sao.txt")  # a copy is none: both are there
    assert run(library, folder).duplicates == [str(folder / "ban-sao.txt")]


def test_what_is_gone_is_retired_told_searched_no_more_and_comes_back(library: Library, folder: Path) -> None:
    run(library, folder)
    (folder / "41.txt").unlink()
    assert not run(library, folder).retired
    assert len(library.articles()) == 3  # not without --prune
    (retired,) = run(library, folder, prune=True).retired
    assert retired.source == str(folder / "41.txt") and "is there no more" in retired.reason
    assert names(library) == ["40.txt", "42.txt"]
    assert all("41,5" not in stored.figure.shown for stored in library.figures())
    (kept,) = library.retired()
    assert kept.article.address == str(folder / "41.txt") and kept.figures
    restore(library, str(folder / "41.txt"), FakeEmbedder)
    assert names(library) == ["40.txt", "41.txt", "42.txt"]
    assert library.retired() == []
    with pytest.raises(LibraryError, match="No retired article"):
        restore(library, "khong-co", FakeEmbedder)


def test_a_retired_file_that_is_there_again_is_an_article_again(library: Library, folder: Path) -> None:
    run(library, folder)
    text = (folder / "41.txt").read_text(encoding="utf-8")
    (folder / "41.txt").unlink()
    run(library, folder, prune=True)
    (folder / "41.txt").write_text(text, encoding="utf-8")
    assert run(library, folder, prune=True).added == [str(folder / "41.txt")]
    assert library.retired() == []


def test_a_folder_that_is_empty_or_not_there_retires_nothing(library: Library, folder: Path) -> None:
    """A disk that is not mounted looks so."""
    run(library, folder)
    shutil.move(folder, folder.with_name("weg"))
    folder.mkdir()
    ingest([folder], library, FakeEmbedder, prune=True)
    ingest([folder / "a" / "b"], library, FakeEmbedder, prune=True)
    assert len(library.articles()) == 3


def test_a_file_that_cannot_be_read_is_not_gone(library: Library, folder: Path) -> None:
    run(library, folder)
    (folder / "41.txt").write_bytes(b"")
    report = ingest([folder], library, FakeEmbedder, prune=True)
    assert len(report.failed) == 1 and not report.retired


def test_members_lines_and_rows_that_are_taken_out_are_gone(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "goi"
    folder.mkdir()

    def pack(*figures: int) -> None:
        with zipfile.ZipFile(folder / "a.zip", "w") as archive:
            for figure in figures:
                archive.writestr(f"{figure}.txt", story(f"Xã Số {figure}", figure))
        lines = [{"id": f"b{f}", "text": story(f"Phường {f}", f)} for f in figures]
        lines += [{"url": f"https://bao.example/{f}", "text": story(f"Huyện {f}", f)} for f in figures]
        (folder / "b.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
        rows = [f"Sơn La,Hồ sơ trực tuyến nhóm {f},{f},%,2023,result,https://so.example/{f}" for f in figures]
        header = "province,indicator,value,unit,period,kind,source_url"
        (folder / "c.csv").write_text("\n".join([header, *rows]), encoding="utf-8")

    pack(21, 32, 43)
    run(library, folder, prune=True)
    assert len(library.articles()) == 12
    pack(21, 43)
    retired = [skip.source for skip in run(library, folder, prune=True).retired]
    assert sorted(retired) == sorted(
        [f"{folder}/a.zip/32.txt", f"{folder}/b.jsonl#b32", "https://bao.example/32", f"{folder}#https://so.example/32"]
    )
    assert len(library.articles()) == 8


def test_a_file_that_a_watch_found_gone_is_retired(library: Library, folder: Path) -> None:
    run(library, folder)
    (folder / "41.txt").unlink()
    (folder / "42.txt").rename(folder / "ba.txt")
    report = run(library, folder / "ba.txt", prune=True, gone=(folder / "41.txt", folder / "42.txt"))
    assert [skip.source for skip in report.retired] == [str(folder / "41.txt")]
    assert report.renamed == [str(folder / "ba.txt")]


# --- pages of the web --------------------------------------------------------------------------------------------


def page(title: str, text: str) -> str:
    return (
        f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{text}</p></article></body></html>"
    )


TITLE = "Xã An Bình chuyển đổi số từ cơ sở"
TEXT = story("Xã An Bình", 71).partition("\n\n")[2]
NOT_IT = {
    "soft 404": (
        "Không tìm thấy trang",
        "Trang bạn tìm không tồn tại hoặc đã bị gỡ bỏ. Mời bạn quay về trang chủ để tìm bài khác.",
    ),
    "captcha": (
        "Xin chờ",
        "Hệ thống đang kiểm tra trình duyệt của bạn. Hãy bật JavaScript và cookie rồi tải lại trang này.",
    ),
    "login": (
        "Đăng nhập",
        "Vui lòng đăng nhập để xem nội dung chuyển đổi số này, hoặc đăng ký tài khoản mới với chúng tôi.",
    ),
    "another": (
        "Giá lúa hè thu",
        "Thương lái vào tận ruộng mua lúa với giá cao hơn năm trước, nông dân phấn khởi chuẩn bị vụ mới.",
    ),
}


def fetch(library: Library, site: Site, monkeypatch: pytest.MonkeyPatch, *urls: str, prune: bool = False) -> Report:
    monkeypatch.setattr(
        "ingest.sources.web.open_web",
        lambda library, stop, any_topic: site.web(
            library.folder, lambda address: stored.article.text if (stored := library.at(address)) else None, stop=stop
        ),
    )
    return ingest(urls, library, FakeEmbedder, prune=prune)


@pytest.mark.parametrize("kind", NOT_IT)
def test_a_page_that_is_the_article_no_more_does_not_replace_it(
    library: Library, site: Site, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    site.pages["bao.example/bai"] = [Reply(page(TITLE, TEXT)), Reply(page(*NOT_IT[kind]))]
    assert fetch(library, site, monkeypatch, "http://bao.example/bai").added
    report = fetch(library, site, monkeypatch, "http://bao.example/bai")
    assert [skip.source for skip in report.suspicious] == ["http://bao.example/bai"]
    assert not (report.updated or report.added or report.failed)
    (stored,) = library.articles()
    assert "71,5%" in stored.article.text


def test_a_page_that_leads_to_the_home_page_adds_nothing(
    library: Library, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Reply(status=302, headers={"Location": "/trang-chu"})
    site.pages["bao.example/bai"] = [Reply(page(TITLE, TEXT)), home]
    site.pages["bao.example/trang-chu"] = Reply(
        page(
            "Cổng chuyển đổi số",
            "Mọi tin của các tổ công nghệ số cộng đồng, tin về chính quyền số, kinh tế số, xã hội số và chuyển đổi số được đăng ở đây mỗi ngày.",
        )
    )
    fetch(library, site, monkeypatch, "http://bao.example/bai")
    assert fetch(library, site, monkeypatch, "http://bao.example/bai").suspicious
    assert len(library.articles()) == 1


def test_an_update_is_believed_and_a_page_that_moved_is_one_article(
    library: Library, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = Reply(status=301, headers={"Location": "/bai-moi"})
    updated = Reply(page(TITLE + ": thêm số mới", TEXT.replace("71,5", "75,1") + " Con số này còn tăng."))
    site.pages["bao.example/bai"] = [Reply(page(TITLE, TEXT)), updated, moved]
    site.pages["bao.example/bai-moi"] = updated
    fetch(library, site, monkeypatch, "http://bao.example/bai")
    assert fetch(library, site, monkeypatch, "http://bao.example/bai").updated
    report = fetch(library, site, monkeypatch, "http://bao.example/bai")
    assert report.renamed == ["http://bao.example/bai"]
    (stored,) = library.articles()
    assert stored.article.address == "http://bao.example/bai-moi"


def test_pages_that_are_no_more_are_retired_listed_or_not(
    library: Library, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (1, 2, 3):
        site.pages[f"bao.example/{number}"] = Reply(
            page(f"Xã Số {number} lên mạng", story(f"Xã Số {number}", 60 + number))
        )

    def listed(*numbers: int) -> Reply:
        places = "".join(f"<url><loc>http://bao.example/{n}</loc></url>" for n in numbers)
        return Reply(
            f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{places}</urlset>', type="application/xml"
        )

    site.pages["bao.example/s.xml"] = listed(1, 2, 3)
    assert len(fetch(library, site, monkeypatch, "http://bao.example/s.xml").added) == 3
    site.pages["bao.example/s.xml"] = listed(2)
    site.pages["bao.example/1"] = site.pages["bao.example/2"] = Reply("", status=410)
    assert len(fetch(library, site, monkeypatch, "http://bao.example/s.xml").failed) == 1
    report = fetch(library, site, monkeypatch, "http://bao.example/s.xml", prune=True)
    assert sorted(skip.source for skip in report.retired) == ["http://bao.example/1", "http://bao.example/2"]
    assert not report.failed
    assert [stored.article.address for stored in library.articles()] == ["http://bao.example/3"]


def test_what_is_left_behind_a_wall_is_suspicious_and_a_shorter_draft_is_not() -> None:
    def said(text: str) -> Article:
        return Article(source="a", address="a", title=TITLE, text=text)

    long = "\n".join(story(f"Xã Số {number}", number) for number in range(10, 16))
    assert "are left" in why_suspicious(said(long), said(long[:180]))
    assert not why_suspicious(said(long), said(long[: len(long) // 2]))
    assert not why_suspicious(said(TEXT), said(TEXT[:60]))
