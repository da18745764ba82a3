"""One source that is broken, in whatever way, is one line of the report; what lies beside it is read all the same."""

import io
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest

from ingest.pipeline import Report, ingest
from ingest.sources.feeds import read_feed
from ingest.sources.sitemaps import read_sitemap
from retrieval.library import Entry, Library
from retrieval.types import Vectors
from tests.fakes import FakeEmbedder

GOOD = "Xã Ninh Giang chuyển đổi số\n\nNăm 2024, xã Ninh Giang có 64,2% hồ sơ được nộp trực tuyến, nhờ chuyển đổi số.\n"
TABLE = (
    "province,indicator,value,unit,period,kind,source_url\n"
    "Hải Dương,Hồ sơ trực tuyến,61,%,2024,result,https://bao.example/{}\n"
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "var", embedder=FakeEmbedder.name, dimension=64, create=True) as library:
        yield library


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "bai"
    folder.mkdir()
    (folder / "tot.txt").write_text(GOOD, encoding="utf-8")
    (folder / "so.csv").write_text(TABLE.format("a"), encoding="utf-8")
    return folder


def run(library: Library, *paths: Path | str) -> Report:
    report = ingest(paths, library, FakeEmbedder)
    for failure in report.failed:
        assert "\n" not in failure.error
        failure.source.encode()
        failure.error.encode()
    return report


def not_utf8(folder: Path) -> None:
    Path(os.fsdecode(os.fsencode(folder) + b"/b\xe0i.txt")).write_text(GOOD, encoding="utf-8")


def link_to_itself(folder: Path) -> None:
    (folder / "vong.txt").symlink_to("vong.txt")


def dangling_table(folder: Path) -> None:
    (folder / "treo.csv").symlink_to("/nowhere/at/all.csv")


def deep_json(folder: Path) -> None:
    lines = [json.dumps({"text": GOOD + "Thêm."}), '{"text": ' + "[" * 200_000 + "]" * 200_000 + "}"]
    (folder / "sau.jsonl").write_text("\n".join(lines), encoding="utf-8")


def half_emoji_in_id(folder: Path) -> None:
    lines = ['{"text": "Xã có 3 hộ.", "id": "\\ud83d"}', '{"text": "Xã có 4 hộ.", "url": "https://a.example/\\udc00"}']
    (folder / "nua.jsonl").write_text("\n".join(lines), encoding="utf-8")


def workbook() -> bytes:
    book = openpyxl.Workbook()
    for row in TABLE.format("b").splitlines():
        book.active.append(row.split(","))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def cut_sheet(folder: Path) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as whole, zipfile.ZipFile(content, "w") as cut:
        for name in whole.namelist():
            data = whole.read(name)
            cut.writestr(name, data[: len(data) // 2] if "sheet1" in name else data)
    (folder / "cut.xlsx").write_bytes(content.getvalue())


def damaged_lzma(folder: Path) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.txt", GOOD * 50)
    data = bytearray(content.getvalue())
    data[45:80] = bytes(35)
    (folder / "hong.zip").write_bytes(data)


BREAKAGES = [not_utf8, link_to_itself, dangling_table, deep_json, half_emoji_in_id, cut_sheet, damaged_lzma]


@pytest.mark.parametrize("breakage", BREAKAGES)
def test_a_broken_file_is_told_and_those_beside_it_are_in(
    library: Library, folder: Path, breakage: Callable[[Path], None]
) -> None:
    breakage(folder)
    report = run(library, folder)
    assert report.failed
    assert str(folder / "tot.txt") in report.added
    assert "https://bao.example/a" in report.added
    assert len(library.failures()) == len(report.failed)


def test_a_path_that_is_too_long_is_told(library: Library, folder: Path) -> None:
    report = run(library, "a" * 5000, folder / "tot.txt", folder / ("b" * 300 + ".txt"))
    assert len(report.failed) == 2
    assert report.added == [str(folder / "tot.txt")]


def test_an_article_that_cannot_land_does_not_take_its_batch_along(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_all = library.put_all

    def picky(entries: list[Entry], vectors: Vectors) -> list[int]:
        if any(entry.article.source.endswith("xau.txt") for entry in entries):
            raise UnicodeEncodeError("utf-8", "x", 0, 1, "cannot be stored")
        return put_all(entries, vectors)

    (folder / "xau.txt").write_text(GOOD.replace("64,2", "65,3"), encoding="utf-8")
    monkeypatch.setattr(library, "put_all", picky)
    report = run(library, folder)
    assert [failure.source for failure in report.failed] == [str(folder / "xau.txt")]
    assert len(report.added) == 2


def test_one_bad_entry_loses_no_feed_and_no_sitemap() -> None:
    items = "".join(
        f"<item><title>Bài {n} {sign}</title><link>https://bao.example/{n}</link><pubDate>{day}</pubDate></item>"
        for n, sign, day in ((1, "&#xD83D;", "9999-12-31T23:59:59Z"), (2, "", "Mon, 01 Jan 2024 00:00:00 +0700"))
    )
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>a</title>{items}</channel></rss>'
    assert [entry.url for entry in read_feed(feed.encode(), "https://bao.example/rss")][-1] == "https://bao.example/2"
    places = "".join(
        f"<url><loc>https://bao.example/{n}</loc><lastmod>{day}</lastmod></url>"
        for n, day in (("1", "9999-12-31"), ("2&#xD83D;", "2024-01-01"), ("3", "2024-02-30"), ("4\x0b", "hôm qua"))
    )
    sitemap = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{places}</urlset>'
    assert len(read_sitemap(sitemap.encode(), "https://bao.example/s.xml")) == 4


def test_what_is_passed_over_in_a_folder_or_an_archive_is_counted_by_kind(library: Library, folder: Path) -> None:
    (folder / "trinh-chieu.pptx").write_bytes(b"PK")
    (folder / "khac.csv").write_text("ten,tuoi\nAn,3\n", encoding="utf-8")
    (folder / "cau-hoi.jsonl").write_text('{"q": "?"}\n', encoding="utf-8")
    (folder / "README.md").write_text("Thư mục này", encoding="utf-8")
    with zipfile.ZipFile(folder / "goi.zip", "w") as archive:
        archive.writestr("a.txt", GOOD.replace("64,2", "12,9"))
        archive.writestr("b.pptx", "PK")
        archive.writestr("LICENSE", "…")
    report = run(library, folder)
    assert not report.failed
    assert report.passed_over == {".pptx": 2, ".csv of no figures": 1, ".jsonl of no articles": 1, "no ending": 1}


def test_each_of_many_tables_of_a_folder_is_parsed_once(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ingest.sources import figure_tables

    parsed: list[str] = []
    parse = figure_tables._parsed

    def counted(name: str, data: bytes) -> figure_tables._Table:
        parsed.append(name)
        return parse(name, data)

    monkeypatch.setattr(figure_tables, "_parsed", counted)
    for number in range(8):
        (folder / f"{number}.csv").write_text(TABLE.format(number), encoding="utf-8")
    assert len(run(library, folder).added) == 10
    assert len(parsed) == len(set(parsed)) == 9
