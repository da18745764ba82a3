"""Dates of publication as pages print them."""

from datetime import date

import pytest

from ingest.stamps import date_in_address, published_on, read_machine_date, read_stamp

DAY = date(2024, 5, 3)


@pytest.mark.parametrize(
    "line",
    [
        "Thứ 6, 03/05/2024 | 14:15:41 [GMT +7] A A",
        "Thứ sáu, 3/5/2024 23:25",
        "Thứ Sáu, ngày 3 tháng 5 năm 2024, 08h30",
        "Cập nhật: 10:10 ngày 03.05.2024",
        "Ngày đăng: 03-05-2024 | Lượt xem: 1.234",
        "Minh Hà - 03/05/2024 11:40",
        "VOV.VN - Thứ Sáu, 06:00, 03/05/2024",
        "03/05/2024 8 giờ 15 phút",
        "2024-05-03 09:00",
        "03/05/2024",
    ],
)
def test_stamps(line: str) -> None:
    stamp = read_stamp(line)
    assert stamp is not None
    assert stamp.day == DAY


@pytest.mark.parametrize(
    "line",
    [
        "Ngày 3/5/2024, UBND tỉnh họp.",
        "Nghị quyết số 52 ngày 3/5/2024",
        "Kế hoạch 12/KH-UBND năm 2024",
        "31/02/2024 10:00",
        "10:15",
        "Chuyển đổi số năm 2024",
    ],
)
def test_not_stamps(line: str) -> None:
    assert read_stamp(line) is None


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2024-05-03T08:00:00+07:00", DAY),
        ("2024-05-02T20:00:00Z", DAY),  # already the next day in Vietnam
        ("Fri, 03 May 2024 04:00:00 GMT", DAY),
        ("03/05/2024 11:40:00", DAY),
        ("0001-01-01T00:00:00+09:00", None),
        ("hôm qua", None),
        ("", None),
    ],
)
def test_machine_dates(value: str, day: date | None) -> None:
    assert read_machine_date(value) == day


def test_dates_in_addresses() -> None:
    assert date_in_address("https://x.vn/bai-20240503104512345.htm") == DAY
    assert date_in_address("https://x.vn/2024/5/3/bai/") == DAY
    assert date_in_address("https://x.vn/bai-1234567890.html") is None


def test_the_nearest_stamp_below_the_title_wins() -> None:
    clock, stamp = "Chủ Nhật, 17/11/2024 04:17 (GMT +7)", "03/05/2024 | 14:15"
    assert published_on([clock, "Tiêu đề", stamp, "Câu.", "1/1/2020 10:00"], 1, 5) == DAY
    assert published_on([clock, "Tiêu đề", "Câu."], 1, 3) is None
    assert published_on(["Ngày đăng: 3/5/2024", "Tiêu đề", "Câu."], 1, 3) == DAY
    assert published_on(["Tiêu đề", "Câu.", "Tin khác", stamp], 0, 2) is None
