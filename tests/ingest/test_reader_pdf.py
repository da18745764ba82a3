"""PDF files: reading order, tables, running heads, wrapped lines, and what cannot be read."""

from datetime import date
from typing import Any

import pytest

from ingest.readers import read, read_article, read_figures
from ingest.readers.layout import joined
from ingest.sources import Kind, RawDocument
from retrieval.errors import ReadError
from retrieval.types import Article
from tests.ingest.office_files import column, grid, pdf
from tests.ingest.old_fonts import vni

TITLE = "Quảng Ngãi đưa sổ khám bệnh lên điện thoại"
FIRST = (
    "Sáng 12/3/2024, ngành y tế tỉnh Quảng Ngãi bắt đầu dùng sổ khám bệnh điện tử ở mười ba trạm xá ven biển, nơi người "
    "đi biển thường làm mất sổ giấy sau mỗi chuyến ra khơi dài ngày."
)
SECOND = (
    "Sau bốn tuần có 5.210 người mở sổ, đạt 41,6% số người trong danh sách quản lý. Trạm trưởng một xã đảo nói rằng việc "
    "tra cứu một lần khám cũ nay mất chừng mười giây."
)
THIRD = "Tỉnh đặt mục tiêu đến hết năm 2025 có 80% người dân dùng sổ điện tử, kể cả ở năm huyện miền núi."


def raw(data: bytes) -> RawDocument:
    return RawDocument("bai.pdf", "/tmp/bai.pdf", data, Kind.PDF)


def article(data: bytes) -> Article:
    return read_article(raw(data))


def test_one_column_with_a_title() -> None:
    def page(canvas: Any) -> None:
        y = column(canvas, 60, 780, 470, [TITLE], size=16)
        y = column(canvas, 60, y, 470, ["Thứ Ba, 12/03/2024 | 08:15"], size=9)
        column(canvas, 60, y, 470, [FIRST, SECOND, THIRD])

    found = article(pdf(page))
    assert (found.title, found.published) == (TITLE, date(2024, 3, 12))
    assert found.text == "\n".join((FIRST, SECOND, THIRD))
    assert found.provinces == ("Quảng Ngãi",)


def test_indented_paragraphs_without_gaps() -> None:
    found = article(pdf(lambda canvas: column(canvas, 60, 780, 470, [FIRST, SECOND, THIRD], indent=20)))
    assert found.text == "\n".join((FIRST, SECOND, THIRD))


def test_two_columns_under_a_title_across_both() -> None:
    def page(canvas: Any) -> None:
        column(canvas, 50, 790, 500, [TITLE], size=16)
        column(canvas, 50, 740, 235, [FIRST, SECOND])
        column(canvas, 310, 743, 235, [THIRD, "Bệnh viện tỉnh góp bốn máy chủ cho hệ thống này trong quý I năm nay."])

    found = article(pdf(page))
    assert found.title == TITLE
    assert found.text.split("\n") == [
        FIRST,
        SECOND,
        THIRD,
        "Bệnh viện tỉnh góp bốn máy chủ cho hệ thống này trong quý I năm nay.",
    ]


def test_running_heads_and_page_numbers_stay_out_and_paragraphs_go_on_over_the_page() -> None:
    def page(number: int, texts: list[str]) -> Any:
        def draw(canvas: Any) -> None:
            column(canvas, 60, 815, 300, ["BẢN TIN SỨC KHỎE SỐ - Số 14"], size=8)
            column(canvas, 60, 760, 470, texts)
            column(canvas, 280, 30, 100, [f"Trang {number}/2"], size=8)

        return draw

    head, tail = SECOND[: SECOND.index("Trạm")] + "Trạm trưởng một xã đảo nói rằng việc", "tra cứu một lần khám cũ nay"
    rest = tail + SECOND.rpartition(tail)[2]
    found = article(pdf(page(1, [FIRST, head]), page(2, [rest, THIRD])))
    assert found.text == "\n".join((FIRST, SECOND, THIRD))


def test_a_table_gives_the_figures_of_its_cells() -> None:
    rows = [
        ["Tỉnh", "Hạng DTI 2022", "Hạng DTI 2023"],
        ["Quảng Ngãi", "37", "29"],
        ["Phú Yên", "35", "41"],
    ]

    def page(canvas: Any) -> None:
        y = column(canvas, 60, 780, 470, ["Xếp hạng chuyển đổi số của hai tỉnh ven biển"], size=16)
        y = column(canvas, 60, y, 470, [FIRST, "Thứ hạng của hai tỉnh qua hai năm như sau:"])
        y = grid(canvas, 60, y, rows, [120, 100, 100])
        column(canvas, 60, y, 470, [THIRD])

    document = raw(pdf(page))
    found = read_article(document)
    lines = found.text.split("\n")
    assert lines[2:5] == ["Tỉnh | Hạng DTI 2022 | Hạng DTI 2023", "Quảng Ngãi | 37 | 29", "Phú Yên | 35 | 41"]
    ranks = {
        (f.province, f.period.year if f.period else 0, f.value)
        for f in read_figures(document, found)
        if f.unit == "hạng"
    }
    assert ranks == {("Quảng Ngãi", 2022, 37), ("Quảng Ngãi", 2023, 29), ("Phú Yên", 2022, 35), ("Phú Yên", 2023, 41)}


def test_a_table_without_rules_is_read_by_rows() -> None:
    rows = [
        ("Huyện", "Hạng", "Hồ sơ trực tuyến"),
        ("Mộ Đức", "1", "81,2%"),
        ("Sơn Tịnh", "2", "77,0%"),
        ("Trà Bồng", "3", "52,9%"),
    ]

    def page(canvas: Any) -> None:
        y = column(canvas, 60, 780, 470, [FIRST])
        for row in rows:
            for x, cell in zip((60, 250, 340), row, strict=True):
                canvas.drawString(x, y, cell)
            y -= 15
        column(canvas, 60, y - 10, 470, [THIRD])

    lines = article(pdf(page)).text.split("\n")
    assert lines[-5:] == [*(" | ".join(row) for row in rows), THIRD]


def test_three_columns_with_sub_headings_and_lists() -> None:
    def page(canvas: Any) -> None:
        column(canvas, 40, 800, 500, [TITLE], size=18)
        column(canvas, 40, 750, 155, [FIRST])
        y = column(canvas, 215, 750, 155, ["Kết quả bước đầu"], size=12)
        column(canvas, 215, y, 155, [SECOND])
        column(canvas, 390, 750, 155, [THIRD, "- Năm 2024: 50% số xã", "- Năm 2025: 100% số xã"])

    assert article(pdf(page)).text.split("\n") == [
        FIRST,
        "Kết quả bước đầu",
        SECOND,
        THIRD,
        "- Năm 2024: 50% số xã",
        "- Năm 2025: 100% số xã",
    ]


def test_narrow_columns_on_the_same_heights_are_no_table() -> None:
    def page(canvas: Any) -> None:
        for x, text in zip((40, 215, 390), (FIRST, SECOND, THIRD), strict=True):
            column(canvas, x, 780, 150, [text])

    assert article(pdf(page)).text.split("\n") == [FIRST, SECOND, THIRD]


def test_an_official_document_is_dated_by_its_own_line() -> None:
    def page(canvas: Any) -> None:
        column(canvas, 60, 800, 200, ["ỦY BAN NHÂN DÂN TỈNH KON TUM"], size=9)
        column(canvas, 330, 770, 220, ["Kon Tum, ngày 05 tháng 8 năm 2024"], size=9)
        y = column(canvas, 60, 730, 470, ["Kế hoạch phát triển chính quyền số năm 2025"], size=14)
        column(canvas, 60, y, 470, [THIRD, SECOND])

    found = article(pdf(page))
    assert found.published == date(2024, 8, 5)
    assert "Kon Tum, ngày 05" not in found.text


def test_a_file_made_today_has_no_date() -> None:
    assert article(pdf(lambda canvas: column(canvas, 60, 780, 470, [THIRD, FIRST]))).published is None


def test_letters_of_an_old_font() -> None:
    reading = read(raw(pdf(lambda canvas: column(canvas, 60, 780, 470, [vni(FIRST), vni(SECOND)]))))
    assert reading.article.text == "\n".join((FIRST, SECOND))
    assert reading.encoding == "VNI-Windows"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (lambda: pdf(lambda canvas: canvas.rect(60, 60, 400, 600, fill=1)), "OCR"),
        (lambda: pdf(lambda canvas: column(canvas, 60, 780, 470, [FIRST]), password="mật"), "password"),
        (lambda: b"%PDF-1.7\nthis is nothing", "damaged"),
        (lambda: pdf(lambda canvas: column(canvas, 60, 780, 470, [FIRST]))[:700], "damaged"),
    ],
    ids=["scan", "password", "no pdf", "cut short"],
)
def test_what_cannot_be_read_says_why(data: Any, reason: str) -> None:
    with pytest.raises(ReadError, match=f"bai.pdf.*{reason}"):
        article(data())


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("đạt mục", "tiêu", "đạt mục tiêu"),
        ("giai đoạn 2021-", "2025", "giai đoạn 2021-2025"),
        ("việc chuy-", "ển đổi", "việc chuyển đổi"),
        ("nền tảng digi-", "tal của", "nền tảng digital của"),
        ("Nghị quyết 09-", "NQ/TU", "Nghị quyết 09-NQ/TU"),
        ("ứng dụng PC-", "Covid", "ứng dụng PC-Covid"),
        ("xã hội số -", "một trụ cột", "xã hội số - một trụ cột"),
        ("đổi\xad", "mới", "đổimới"),
    ],
)
def test_hyphens_at_the_end_of_lines(first: str, second: str, whole: str) -> None:
    assert joined(first, second) == whole
