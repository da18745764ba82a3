"""Word files: the order of the document, tables, titles, old fonts, and what cannot be read."""

from datetime import date
from typing import Any

import pytest

from ingest.readers import read, read_article, read_figures
from ingest.sources import Kind, RawDocument
from retrieval.errors import ReadError
from retrieval.types import Article
from tests.ingest.office_files import docx, zipped
from tests.ingest.old_fonts import tcvn3, vni

LEAD = "Tỉnh Bình Phước cấp 18.400 chứng thư số cho người dân trong nửa đầu năm 2024, gấp ba lần cùng kỳ."
BODY = "Theo kế hoạch, đến cuối năm 50% người trưởng thành trong tỉnh có chữ ký số cá nhân."


def raw(data: bytes) -> RawDocument:
    return RawDocument("bai.docx", "/tmp/bai.docx", data, Kind.DOCX)


def article(data: bytes) -> Article:
    return read_article(raw(data))


def test_paragraphs_lists_and_tables_in_order() -> None:
    def build(document: Any) -> None:
        document.add_heading("Bình Phước phát chữ ký số tận nhà", 0)
        document.add_paragraph("Thứ Hai, 08/07/2024 | 10:20")
        document.add_paragraph(LEAD)
        document.add_heading("Kết quả theo huyện", 2)
        table = document.add_table(rows=3, cols=3)
        cells = [("Chỉ số", "Hạng", "Điểm"), ("Chính quyền số", "21", "0,6410"), ("Kinh tế số", "33", "0,5102")]
        for row, texts in zip(table.rows, cells, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        document.add_paragraph("Tổ công nghệ số đi từng nhà", style="List Bullet")
        document.add_paragraph("Không thu phí năm đầu", style="List Bullet")
        document.add_paragraph(BODY)

    document = raw(docx(build))
    found = read_article(document)
    assert (found.title, found.published) == ("Bình Phước phát chữ ký số tận nhà", date(2024, 7, 8))
    assert found.text.split("\n") == [
        LEAD,
        "Kết quả theo huyện",
        "Chỉ số | Hạng | Điểm",
        "Chính quyền số | 21 | 0,6410",
        "Kinh tế số | 33 | 0,5102",
        "- Tổ công nghệ số đi từng nhà",
        "- Không thu phí năm đầu",
        BODY,
    ]
    assert {f.value for f in read_figures(document, found)} >= {21, 0.641, 33, 0.5102, 50}


def test_a_title_from_the_properties_only_where_the_document_shows_it() -> None:
    def build(document: Any, title: str) -> None:
        document.core_properties.title = title
        document.add_paragraph("SỞ NỘI VỤ")
        document.add_paragraph("Chữ ký số về tận sóc Bình Phước")
        document.add_paragraph(LEAD)
        document.add_paragraph(BODY)

    for title in ("Chữ ký số về tận sóc Bình Phước", "Microsoft Word - Document1", ""):
        found = article(docx(lambda document, title=title: build(document, title)))  # type: ignore[misc]
        assert found.title == "Chữ ký số về tận sóc Bình Phước"
        assert found.text == f"{LEAD}\n{BODY}"
        assert found.published is None  # the file was made today, by a template of 2013


def test_an_official_head_in_a_table() -> None:
    def build(document: Any) -> None:
        table = document.add_table(rows=2, cols=2)
        for cell, text in zip(
            (cell for row in table.rows for cell in row.cells),
            (
                "UBND TỈNH BÌNH PHƯỚC",
                "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                "Số: 77/BC-UBND",
                "Đồng Xoài, ngày 9 tháng 7 năm 2024",
            ),
            strict=True,
        ):
            cell.text = text
        document.add_heading("Báo cáo cấp chữ ký số cho người dân", 1)
        document.add_paragraph(LEAD)
        document.add_paragraph(BODY)

    found = article(docx(build))
    assert (found.title, found.published) == ("Báo cáo cấp chữ ký số cho người dân", date(2024, 7, 9))
    assert found.text == f"Số: 77/BC-UBND\n{LEAD}\n{BODY}"


def test_what_stands_above_the_first_heading_is_part_of_the_story() -> None:
    def build(document: Any) -> None:
        document.add_paragraph("Bình Phước tổng kết nửa năm chuyển đổi số")
        document.add_paragraph(LEAD)
        document.add_heading("I. Chính quyền số", 1)
        document.add_paragraph(BODY)

    found = article(docx(build))
    assert found.title == "Bình Phước tổng kết nửa năm chuyển đổi số"
    assert found.text == f"{LEAD}\nI. Chính quyền số\n{BODY}"


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
CHANGES = {
    '<w:ins w:id="1"><w:r><w:t>41,5%</w:t></w:r></w:ins>': "41,5%",
    '<w:del w:id="1"><w:r><w:delText>30,2%</w:delText></w:r></w:del><w:r><w:t>41,5%</w:t></w:r>': "41,5%",
    '<w:moveFrom w:id="1"><w:r><w:t>30,2%</w:t></w:r></w:moveFrom><w:moveTo w:id="2"><w:r><w:t>41,5%</w:t></w:r></w:moveTo>': "41,5%",
    "<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>41,5%</w:t></w:r></w:sdtContent></w:sdt>": "41,5%",
    '<w:smartTag w:element="x"><w:smartTagPr/><w:smartTag w:element="y"><w:r><w:t>41,5%</w:t></w:r></w:smartTag></w:smartTag>': "41,5%",
    '<w:fldSimple w:instr="DOCPROPERTY x"><w:r><w:t>41,5%</w:t></w:r></w:fldSimple>': "41,5%",
    '<w:hyperlink w:anchor="x"/><w:r><w:t>41,5%</w:t></w:r>': "41,5%",
}


@pytest.mark.parametrize("markup", CHANGES)
def test_what_word_puts_around_text_hides_none_of_it(markup: str) -> None:
    def build(document: Any) -> None:
        from docx.oxml import parse_xml

        document.add_heading("Bình Phước phát chữ ký số", 0)
        document.add_paragraph(LEAD)
        start, end = "<w:r><w:t xml:space='preserve'>Tỷ lệ cấp đạt </w:t></w:r>", "<w:r><w:t> số hộ.</w:t></w:r>"
        paragraph = f"<w:p {W}>{start}{markup}{end}</w:p>"
        document.element.body.insert(2, parse_xml(paragraph))
        block = f"<w:sdt {W}><w:sdtContent><w:p><w:r><w:t>{BODY}</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        document.element.body.insert(3, parse_xml(block))

    assert article(docx(build)).text == f"{LEAD}\nTỷ lệ cấp đạt {CHANGES[markup]} số hộ.\n{BODY}"


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent><w:p><w:r><w:t>{BODY}</w:t></w:r></w:p></w:txbxContent>"
    drawing = (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )

    def build(document: Any) -> None:
        from docx.oxml import parse_xml

        document.add_heading("Bình Phước phát chữ ký số", 0)
        document.element.body.insert(1, parse_xml(f"<w:p {W}><w:r><w:t>{LEAD}</w:t></w:r>{drawing}</w:p>"))

    assert article(docx(build)).text == f"{LEAD}\n{BODY}"


def test_old_fonts_by_name_and_by_their_letters() -> None:
    def named(document: Any) -> None:
        heading = document.add_paragraph().add_run(tcvn3("chữ ký số về bản").decode("latin-1"))
        heading.font.name = ".VnTimeH"
        document.add_paragraph().add_run(tcvn3(LEAD).decode("latin-1")).font.name = ".VnTime"
        split = document.add_paragraph()
        for part in (vni(BODY)[:20], vni(BODY)[20:21], vni(BODY)[21:]):
            split.add_run(part).font.name = "VNI-Times"

    def unnamed(document: Any) -> None:
        document.add_paragraph(tcvn3(LEAD).decode("latin-1"))
        document.add_paragraph(tcvn3(BODY).decode("latin-1"))

    first = read(raw(docx(named)))
    assert (first.article.title, first.article.text) == ("CHỮ KÝ SỐ VỀ BẢN", f"{LEAD}\n{BODY}")
    assert first.encoding == "VNI-Windows"
    second = read(raw(docx(unnamed)))
    assert (second.article.text, second.encoding) == (f"{LEAD}\n{BODY}", "TCVN3")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\xd0\xcf\x11\xe0" + bytes(600), "password"),
        (b"PK\x03\x04 and nothing else", "damaged"),
        (zipped({"word/x.xml": b"<x/>"}), "damaged"),
        (zipped({"word/document.xml": bytes(210_000_000)}), "unpacks to"),
    ],
    ids=["password", "cut", "no document", "bomb"],
)
def test_what_cannot_be_read_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=f"bai.docx.*{reason}"):
        article(data)


def test_an_absent_library_is_told_with_the_line_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(ReadError, match=r'pip install "tinhso\[formats\]"'):
        article(docx_of_nothing())


def docx_of_nothing() -> bytes:
    return zipped({"a": b"b"})
