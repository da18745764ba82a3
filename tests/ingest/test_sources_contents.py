"""Files that hold many articles: workbooks, lines of JSON, archives; and saved pages of one file."""

import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest

from ingest.readers import read, read_article, read_figures
from ingest.sources import Kind, PassedOver, RawDocument, Unreadable, archives, find_files
from ingest.sources.contents import documents
from retrieval.errors import ReadError
from tests.ingest.office_files import xlsx, zipped
from tests.ingest.old_fonts import tcvn3

COLUMNS = "province,indicator,qualifier,value,unit,denominator,period,kind,scope,basis,source_url,source_title,publisher,published"
ROWS = [
    ["Lào Cai", "Hồ sơ nộp trực tuyến", "", "63,4", "%", "", "2023", "result", "", "stated", "https://a.example/1", "Bài một", "Báo A", "2024-01-15"],
    ["Lào Cai", "DTI cấp tỉnh", "", "19", "hạng", "63", "2023", "rank", "", "stated", "https://a.example/2", "Bài hai", "Báo A", ""],
]  # fmt: skip
STORY = "Xã Nậm Chảy lên mạng bán chè\n\nXã Nậm Chảy có 37 hộ bán chè qua sàn thương mại điện tử trong năm 2023.\n"


def found(name: str, data: bytes) -> list[RawDocument | Unreadable]:
    return [raw for raw in documents(name, f"/tmp/{name}", data) if not isinstance(raw, PassedOver)]


def texts(name: str, data: bytes) -> list[str]:
    return [read_article(raw).text for raw in found(name, data) if isinstance(raw, RawDocument)]


def errors(name: str, data: bytes) -> list[str]:
    told = [raw.error for raw in found(name, data) if isinstance(raw, Unreadable)]
    assert not any("\n" in error for error in told)
    return told


# --- tables ------------------------------------------------------------------------------------------------------


def test_a_workbook_reads_as_the_same_table_in_csv() -> None:
    header = COLUMNS.split(",")
    typed: list[list[object]] = [list(row) for row in ROWS]
    typed[0][3], typed[1][3], typed[0][13] = 0.634, 19, date(2024, 1, 15)
    book = xlsx([["Ghi chú"], ["không phải bảng"]], [header, *typed], percent=["D2"])
    csv = "\n".join([COLUMNS, *(",".join(f'"{cell}"' for cell in row) for row in ROWS)]).encode()
    semicolons = "\n".join([COLUMNS.replace(",", ";"), *(";".join(row) for row in ROWS)]).encode("utf-16")
    expected = texts("bang.csv", csv)
    assert len(expected) == 2 and "63,4%" in expected[0] and "19/63" in expected[1]
    assert texts("bang.xlsx", book) == expected
    assert texts("bang.csv", semicolons) == expected
    (raw, _) = found("bang.xlsx", book)
    assert isinstance(raw, RawDocument)
    article = read_article(raw)
    assert (article.published, article.url) == (date(2024, 1, 15), "https://a.example/1")
    assert [(f.value, f.shown) for f in read_figures(raw, article)] == [(63.4, "63,4%")]


def test_a_workbook_in_a_folder_is_read_when_it_is_a_table_of_figures(tmp_path: Path) -> None:
    (tmp_path / "so-lieu.xlsx").write_bytes(xlsx([COLUMNS.split(","), *ROWS]))
    (tmp_path / "khac.xlsx").write_bytes(xlsx([["Họ tên", "Lương"], ["A", 1]]))
    (tmp_path / "hong.xlsx").write_bytes(b"PK\x03\x04")
    got = list(find_files([tmp_path]))
    assert [raw.source for raw in got if isinstance(raw, RawDocument)] == ["https://a.example/1", "https://a.example/2"]
    (bad,) = [raw for raw in got if isinstance(raw, Unreadable)]
    assert "hong.xlsx is damaged" in bad.error


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (xlsx([["Họ tên"], ["A"]]), "no table of figures"),
        (b"\xd0\xcf\x11\xe0" + bytes(99), "password"),
        (b"nothing", "damaged"),
        (xlsx([COLUMNS.split(","), ["", *ROWS[0][1:]]]), "row 2: province"),
    ],
)
def test_workbooks_that_cannot_be_read(data: bytes, reason: str) -> None:
    (error,) = errors("bang.xlsx", data)
    assert reason in error


# --- lines of JSON -----------------------------------------------------------------------------------------------


def test_lines_of_json_are_an_article_each_and_a_broken_one_fails_alone() -> None:
    good = {
        "title": "Xã Nậm Chảy lên mạng bán chè",
        "text": STORY.split("\n\n")[1],
        "publisher": "Báo Vùng Cao",
        "url": "https://vungcao.example/che",
        "published": "2024-02-03T08:00:00+07:00",
        "provinces": ["Lào Cai"],
    }
    lines = [
        json.dumps(good, ensure_ascii=False),
        '{"title": "thiếu',
        "[1]",
        "",
        '{"title": "x"}',
        '{"id": 7, "text": "Một câu."}',
    ]
    lines.append('{"text": "Một câu.", "published": "hôm qua"}')
    raws = found("bai.jsonl", "\n".join(lines).encode())
    assert [raw.source for raw in raws] == [f"bai.jsonl:{n}" for n in (1, 2, 3, 5, 6, 7)]
    first, broken, no_object, no_text, named, undated = raws
    assert isinstance(first, RawDocument) and isinstance(named, RawDocument)
    article = read_article(first)
    assert (article.title, article.publisher, article.url) == (good["title"], good["publisher"], good["url"])
    assert (article.published, article.provinces, article.address) == (date(2024, 2, 3), ("Lào Cai",), good["url"])
    assert named.address == "/tmp/bai.jsonl#7"
    assert isinstance(broken, Unreadable) and "Line 2 of bai.jsonl is not JSON" in broken.error
    assert isinstance(no_object, Unreadable) and "Line 3" in no_object.error
    for raw, reason in ((no_text, 'no "text"'), (undated, '"published" is no date')):
        assert isinstance(raw, RawDocument)
        with pytest.raises(ReadError, match=rf"bai.jsonl:\d: .*{reason}"):
            read_article(raw)


def test_lines_of_json_that_are_no_articles_are_passed_over_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "cau-hoi.jsonl").write_text('{"id": 1, "q": "Hạng mấy?"}\n', encoding="utf-8")
    (tmp_path / "bai.jsonl").write_text('hỏng\n{"text": "Một câu."}\n', encoding="utf-8")
    got = [raw.source for raw in find_files([tmp_path]) if not isinstance(raw, PassedOver)]
    assert got == [f"{tmp_path / 'bai.jsonl'}:{n}" for n in (1, 2)]
    assert len(list(find_files([tmp_path / "cau-hoi.jsonl"]))) == 1


# --- archives ----------------------------------------------------------------------------------------------------


def test_each_member_is_an_article_of_its_own() -> None:
    data = zipped(
        {
            "tin/che.txt": STORY.encode(),
            "tin/bai.jsonl": b'{"text": "Huy\xe1\xbb\x87n c\xc3\xb3 12 t\xe1\xbb\x95 c\xc3\xb4ng ngh\xe1\xbb\x87 s\xe1\xbb\x91."}',
            "anh.jpg": b"\xff\xd8\xff",
            "README.md": b"# x",
            "__MACOSX/._che.txt": b"x",
            "so/a.csv": "\n".join([COLUMNS, ",".join(f'"{c}"' for c in ROWS[0])]).encode(),
            "so/khac.csv": b"a,b\n1,2\n",
            "trong.txt": b" ",
        }
    )
    raws = found("goi.zip", data)
    assert [raw.source for raw in raws] == [
        "goi.zip/tin/che.txt",
        "goi.zip/tin/bai.jsonl:1",
        "https://a.example/1",
        "goi.zip/trong.txt",
    ]
    assert isinstance(raws[0], RawDocument)
    assert raws[0].address == "/tmp/goi.zip/tin/che.txt"
    assert read_article(raws[0]).title == "Xã Nậm Chảy lên mạng bán chè"
    assert isinstance(raws[-1], Unreadable) and "empty" in raws[-1].error


def test_archives_that_bite() -> None:
    data = zipped(
        {
            "../../etc/x.txt": b"a",
            "/abs.txt": b"a",
            "C:\\x.txt": b"a",
            "trong.zip": zipped({}),
            "tốt.txt": STORY.encode(),
        }
    )
    told = errors("goi.zip", data)
    assert sum("leads out of the archive" in error for error in told) == 3
    assert sum("archive inside the archive" in error for error in told) == 1
    assert len(texts("goi.zip", data)) == 1
    assert "far more than any text" in errors("goi.zip", zipped({"a.txt": bytes(5_000_000)}))[0]
    assert "more than 20 MB" in errors("goi.zip", zipped({"a.txt": bytes(21_000_000)}))[0]
    assert "holds no articles" in errors("goi.zip", zipped({"a.png": b"x"}))[0]
    assert "no ZIP archive" in errors("goi.zip", b"PK\x03\x04")[0]


def test_an_archive_that_lies_about_its_sizes_or_is_encrypted() -> None:
    data = bytearray(zipped({"a.txt": STORY.encode() * 50}))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        info = archive.infolist()[0]
    at = data.index(b"PK\x01\x02")
    encrypted = bytearray(data)
    encrypted[at + 8] |= 1
    assert "password" in errors("goi.zip", bytes(encrypted))[0]
    data[info.header_offset + 30 + len(info.filename) + 5] ^= 0xFF
    assert "damaged" in errors("goi.zip", bytes(data))[0]


def test_members_unpack_to_no_more_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_TOTAL_BYTES", 300)
    data = zipped({f"{n}.txt": (STORY + str(n)).encode() for n in range(9)})
    assert len(texts("goi.zip", data)) == 2
    assert "unpacks to more than" in errors("goi.zip", data)[0]


# --- saved pages, old fonts, wrong endings -----------------------------------------------------------------------


def test_a_page_saved_as_mhtml() -> None:
    page = (
        "<html><head><title>Xã Nậm Chảy lên mạng bán chè</title></head><body><h1>Xã Nậm Chảy lên mạng bán chè</h1>"
        "<p>Xã Nậm Chảy có 37 hộ bán chè qua sàn thương mại điện tử trong năm 2023.</p>"
        "<p>Doanh thu của các hộ tăng 18% so với năm trước, theo hội nông dân xã.</p></body></html>"
    )
    from email.mime.multipart import MIMEMultipart
    from email.mime.text import MIMEText

    mail = MIMEMultipart("related")
    mail["Snapshot-Content-Location"] = "https://vungcao.example/2023/12/05/che.html"
    mail["Date"] = "Fri, 20 Nov 2026 08:00:00 +0700"
    mail.attach(MIMEText(page, "html", "utf-8"))
    (raw,) = found("trang.mhtml", mail.as_bytes())
    assert isinstance(raw, RawDocument) and raw.kind is Kind.MHTML
    article = read_article(raw)
    assert article.text.startswith("Xã Nậm Chảy có 37 hộ")
    assert article.url == "https://vungcao.example/2023/12/05/che.html"
    assert article.published == date(2023, 12, 5)  # of the address, not of the saving
    (bad,) = found("trang.mht", b"Subject: x\n\nhello")
    assert isinstance(bad, RawDocument)
    with pytest.raises(ReadError, match="no web page"):
        read_article(bad)


def test_a_page_in_the_letters_of_an_old_font() -> None:
    body = "Xã Nậm Chảy có 37 hộ bán chè qua sàn thương mại điện tử trong năm 2023, tăng 18% so với năm trước."
    page = (
        "<html><head><title>{0}</title></head><body><div>Trang chủ</div><h1>{0}</h1><p>{1}</p><p>{1}</p></body></html>"
    )
    glyphs = page.format(*(tcvn3(text).decode("latin-1") for text in ("Xã Nậm Chảy lên mạng bán chè", body)))
    entities = "".join(c if c.isascii() else f"&#{ord(c)};" for c in glyphs)
    for data in (glyphs.encode(), entities.encode(), glyphs.encode("latin-1", "xmlcharrefreplace")):
        reading = read(RawDocument("a.html", "/tmp/a.html", data, Kind.HTML))
        assert (reading.article.title, reading.article.text) == ("Xã Nậm Chảy lên mạng bán chè", body)
        assert reading.encoding == "TCVN3"


def test_the_kind_may_be_told_where_the_name_does_not() -> None:
    url = "https://a.example/tai-ve?id=7"
    (raw,) = documents(url, url, STORY.encode(), ending=".txt")
    assert isinstance(raw, RawDocument) and raw.kind is Kind.TEXT
    (bad,) = documents(url, url, b"x", ending=".bin")
    assert isinstance(bad, Unreadable) and "only .txt" in bad.error


def test_old_office_files_of_a_folder_are_told(tmp_path: Path) -> None:
    (tmp_path / "cu.doc").write_bytes(b"x")
    (tmp_path / "anh.png").write_bytes(b"x")
    passed, told = find_files([tmp_path])
    assert isinstance(passed, PassedOver) and passed.kind == ".png"
    assert isinstance(told, Unreadable) and "save it as .docx" in told.error


@pytest.mark.parametrize("name", ["a.doc", "a.xls", "a.rar", "a"])
def test_endings_that_are_not_read(name: str) -> None:
    (error,) = errors(name, b"x")
    assert "only .txt" in error
    assert ("save it as .docx" in error) == (name == "a.doc")
