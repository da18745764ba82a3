"""The times that a text speaks of, and what each does in its sentence."""

from datetime import date

import pytest

from retrieval.lexicon.periods import Role, find_periods
from retrieval.types import Period

TODAY = date(2026, 11, 22)
AT, UNTIL, SPAN, SINCE, COMPARED, DOCUMENT, LATEST = Role


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kết quả năm 2022 của tỉnh", [(Period(2022), AT)]),
        ("DTI 2023 của Lào Cai", [(Period(2023), AT)]),
        ("các năm 2021, 2022 và 2023", [(Period(2021), AT), (Period(2022), AT), (Period(2023), AT)]),
        ("6 tháng đầu năm 2023", [(Period(2023, "H1"), AT)]),
        ("sau thang dau nam 2024", [(Period(2024, "H1"), AT)]),
        ("nửa đầu năm 2024", [(Period(2024, "H1"), AT)]),
        ("6 tháng cuối năm 2022", [(Period(2022, "H2"), AT)]),
        ("9 tháng năm 2024", [(Period(2024, "9M"), AT)]),
        ("trong 6 tháng", []),
        ("nửa đầu năm nay", [(Period(2026, "H1"), AT)]),
        ("quý III/2025", [(Period(2025, "Q3"), AT)]),
        ("quý 2 năm 2024", [(Period(2024, "Q2"), AT)]),
        ("quý I năm nay", [(Period(2026, "Q1"), AT)]),
        ("tháng 5/2023", [(Period(2023, "M05"), AT)]),
        ("tháng 12 năm 2022", [(Period(2022, "M12"), AT)]),
        ("từ 5/2023", [(Period(2023, "M05"), SINCE)]),
        ("trong tháng 9", [(Period(2026, "M09"), AT)]),
        ("sáng ngày 23/5/2023", [(Period(2023, "M05"), AT)]),
        ("ngày 10 tháng 10 năm 2024", [(Period(2024, "M10"), AT)]),
        ("ngày 3/6, tỉnh khai trương", [(Period(2026, "M06"), AT)]),
        ("đến hết năm 2025", [(Period(2025), UNTIL)]),
        ("đến năm 2025, tầm nhìn đến 2030", [(Period(2025), UNTIL), (Period(2030), UNTIL)]),
        ("trước năm 2030", [(Period(2030), UNTIL)]),
        ("giai đoạn 2021-2025", [(Period(2025, since=2021), SPAN)]),
        ("2026 – 2030", [(Period(2030, since=2026), SPAN)]),
        ("nhiệm kỳ 2020-2025", [(Period(2025, since=2020), SPAN)]),
        ("từ năm 2021 đến năm 2023", [(Period(2023, since=2021), SPAN)]),
        ("tu 2021 den 2022", [(Period(2022, since=2021), SPAN)]),
        ("kể từ năm 2022", [(Period(2022), SINCE)]),
        ("tăng 4 bậc so với năm 2021", [(Period(2021), COMPARED)]),
        ("so với cùng kỳ năm 2022", [(Period(2022), COMPARED)]),
        ("so voi ket qua dat duoc nam 2020", [(Period(2020), COMPARED)]),
        ("năm 2023 so với 6 tháng đầu năm 2022", [(Period(2023), AT), (Period(2022, "H1"), COMPARED)]),
        ("Nghị quyết số 12-NQ/TU ngày 18/3/2022", [(Period(2022, "M03"), DOCUMENT)]),
        ("Kế hoạch 88/KH-UBND của UBND tỉnh (ngày 1/3/2022)", [(Period(2022, "M03"), DOCUMENT)]),
        ("Nghị quyết 33-NQ/TU năm 2019 về CNTT", [(Period(2019), DOCUMENT)]),
        ("Quyết định ngày 12/6/2025 của Thủ tướng", [(Period(2025, "M06"), DOCUMENT)]),
        ("Nghị quyết 12-NQ/TU, đầu tháng 10/2021 tỉnh ký kết", [(Period(2021, "M10"), AT)]),
        ("Nghị quyết 202/2025/QH15", []),
        ("Thông tư 46/2018/TT-BYT", []),
        ("thong tu 46/2018/tt-byt", []),
        ("ISO 9001:2015", []),
        ("1.385 dịch vụ công/1.817 thủ tục", []),
        ("2022 hồ sơ, 2025 tài khoản", []),
        ("năm ngoái", [(Period(2025), AT)]),
        ("năm nay so với năm ngoái", [(Period(2026), AT), (Period(2025), COMPARED)]),
        ("kết quả mới nhất", [(Period(2026), LATEST)]),
        ("hien nay the nao", [(Period(2026), LATEST)]),
        ("3 năm gần đây", [(Period(2026, since=2024), SPAN)]),
    ],
)
def test_periods(text: str, expected: list[tuple[Period, Role]]) -> None:
    assert [(m.period, m.role) for m in find_periods(text, TODAY)] == expected


def test_relative_times_need_a_day() -> None:
    assert find_periods("năm ngoái, hiện nay, 6 tháng đầu năm, ngày 23/5") == []


def test_mentions_carry_their_place() -> None:
    text = "Đến hết năm 2022, sau quý IV/2021"
    assert [text[m.start : m.end] for m in find_periods(text)] == ["năm 2022", "quý IV/2021"]
