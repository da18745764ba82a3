"""Tables of ranks kept as lines "Tỉnh | Hạng | Điểm": what each cell is."""

from datetime import date

import pytest

from ingest.figures.tables import table_figures, table_lines
from retrieval.types import Article, Figure, FigureKind, Period

LEAD = "Bảng xếp hạng DTI năm 2023 của các tỉnh Tây Nguyên"


def cells(*rows: str, lead: str = LEAD, title: str = "", provinces: tuple[str, ...] = ()) -> list[Figure]:
    text = "\n".join((lead, "", *rows, "", "Hết."))
    made = Article("a.txt", "a.txt", title, text, published=date(2024, 7, 1), provinces=provinces)
    found = list(table_figures(made))
    assert all(text[f.start : f.end] in f.shown for f in found)
    assert all(f.quote_start <= f.start and f.end <= f.quote_end for f in found)
    return found


def test_a_row_a_province_a_column_a_measure() -> None:
    found = cells("TT | Tỉnh | Hạng | Điểm", "1 | Kon Tum | 41 | 0,5712", "2 | Gia Lai | 50 | 0,5405")
    assert [(f.province, f.value, f.unit, f.kind) for f in found] == [
        ("Kon Tum", 41, "hạng", FigureKind.RANK),
        ("Kon Tum", 0.5712, "điểm", FigureKind.RESULT),
        ("Gia Lai", 50, "hạng", FigureKind.RANK),
        ("Gia Lai", 0.5405, "điểm", FigureKind.RESULT),
    ]
    assert {f.indicator for f in found} == {"dti"}
    assert {f.period for f in found} == {Period(2023)}


@pytest.mark.parametrize("column", ["TT", "STT", "#", "Năm", "Mã"])
def test_columns_that_count_rows_hold_no_figures(column: str) -> None:
    assert [f.value for f in cells(f"{column} | Tỉnh | Hạng", "12 | Kon Tum | 41")] == [41]


def test_a_column_of_years_dates_its_row() -> None:
    found = cells("Năm | Hạng", "2022 | 44/63", "2023 | 41/63", lead="Hạng DTI qua các năm", provinces=("Kon Tum",))
    assert [(f.period, f.value, f.denominator) for f in found] == [(Period(2022), 44, 63), (Period(2023), 41, 63)]


def test_a_column_headed_by_a_year_dates_its_cells() -> None:
    found = cells("Tỉnh | Năm 2022 | Năm 2023", "Kon Tum | 44 | 41", lead="Thứ hạng DTI của các tỉnh")
    assert [(f.period, f.value, f.unit) for f in found] == [(Period(2022), 44, "hạng"), (Period(2023), 41, "hạng")]


def test_targets_stand_in_their_own_column() -> None:
    found = cells(
        "Chỉ tiêu | Kế hoạch 2023 | Thực hiện 2023",
        "Hồ sơ trực tuyến | 75% | 81,05%",
        lead="Kết quả thực hiện",
        provinces=("Kon Tum",),
    )
    assert [(f.value, f.unit, f.kind) for f in found] == [
        (75, "%", FigureKind.TARGET),
        (81.05, "%", FigureKind.RESULT),
    ]
    assert {f.indicator for f in found} == {"online-files"}


def test_rows_of_pillars_of_one_province() -> None:
    found = cells("Trụ cột | Thứ hạng", "Chính quyền số | 38/63", "Kinh tế số | 47/63", provinces=("Kon Tum",))
    assert [(f.indicator, f.value) for f in found] == [("dti-government", 38), ("dti-economy", 47)]


def test_a_markdown_rule_and_outer_bars_are_no_cells() -> None:
    found = cells("| Tỉnh | Hạng |", "| --- | :--: |", "| Kon Tum | 41 |")
    assert [(f.province, f.value) for f in found] == [("Kon Tum", 41)]


@pytest.mark.parametrize(
    "rows",
    [
        ("Tỉnh | Hạng",),
        ("Tỉnh | Hạng", "Kon Tum | đang cập nhật"),
        ("Trang chủ | Tin tức | Liên hệ", "Thời sự | Kinh tế | Thể thao"),
        ("Mục | Hạng", "Không rõ tỉnh nào | 41"),
    ],
)
def test_no_figures(rows: tuple[str, ...]) -> None:
    assert cells(*rows) == []


def test_lines_of_tables_are_known() -> None:
    text = "Mở đầu.\nTỉnh | Hạng\nKon Tum | 41\nKết."
    assert [text[line.start : line.end] for line in table_lines(text)] == ["Tỉnh | Hạng", "Kon Tum | 41"]


def test_ranks_by_the_unit_of_the_lead() -> None:
    found = cells("Tỉnh | Chính quyền số", "Kon Tum | 31", lead="DTI năm 2023 theo trụ cột (thứ hạng toàn quốc)")
    assert [(f.value, f.unit, f.kind, f.indicator) for f in found] == [(31, "hạng", FigureKind.RANK, "dti-government")]


def test_columns_of_small_whole_numbers_are_ranks_where_ranks_are_announced() -> None:
    found = cells("Tỉnh | Kinh tế số | Dân số", "Kon Tum | 19 | 560", "Gia Lai | 12 | 1500")
    assert [(f.value, f.unit) for f in found if f.indicator == "dti-economy"] == [(19, "hạng"), (12, "hạng")]


def test_a_quarter_dates_ranks_of_no_yearly_index() -> None:
    found = cells("Tỉnh | Điểm tổng hợp", "Kon Tum | 83,90", lead="Giải quyết hồ sơ quý III/2025 của các tỉnh")
    assert {f.period for f in found} == {Period(2025, "Q3")}
