"""What is a figure and what is only a number, by tables."""

import pytest

from ingest.numbers import Number, Role, find_numbers
from retrieval.text import fold, nfc


def numbers(text: str) -> list[Number]:
    text = nfc(text)
    return find_numbers(text, fold(text))


@pytest.mark.parametrize(
    "text",
    [
        "Hội nghị diễn ra ngày 20/11/2024.",
        "Tháng 5/2023, tỉnh khai trương trung tâm điều hành.",
        "Sáng 6/8, họp báo tại trụ sở.",
        "Trong năm 2022 và giai đoạn 2021-2025.",
        "Nghị quyết số 09-NQ/TU của Tỉnh ủy.",
        "Kế hoạch số 59/KH-UBND được ban hành.",
        "Nghị quyết 57 đi vào cuộc sống.",
        "Thực hiện Đề án 06 của Chính phủ.",
        "Mô hình “Chợ 4.0” lan rộng.",
        "Cách mạng công nghiệp 4.0 mở ra cơ hội.",
        "Dịch vụ công trực tuyến mức độ 4 đã chạy.",
        "Phủ sóng 5G tại trung tâm.",
        "Camera 3D và loa IP67.",
        "Người dân từ 15 tuổi trở lên.",
        "Sau 5 tháng vận hành, 3 ngày tập huấn.",
        "Bộ phận một cửa làm việc 24/7.",
        "Số thuê bao/100 dân còn thấp.",
        "so với 63 tỉnh, thành phố",
        "trong số 34 tỉnh của cả nước",
        "Thứ 2, 17/07/2023",
        "Quốc lộ 1 đi qua tỉnh.",
        "Điện thoại: 0900 000 000",
        "Cuộc họp lúc 14:30 tại phòng 204.",
        "Đại hội lần thứ 13 của Đảng.",
        "Trung tâm Phục vụ hành chính công, cơ chế 1 cửa.",
        "Covid-19 làm chậm tiến độ.",
    ],
)
def test_no_figures(text: str) -> None:
    assert numbers(text) == []


@pytest.mark.parametrize(
    ("text", "value", "unit", "role"),
    [
        ("đạt 56,83%", 56.83, "%", Role.AMOUNT),
        ("đạt 90 %", 90, "%", Role.AMOUNT),
        ("đạt 12,5 phần trăm", 12.5, "%", Role.AMOUNT),
        ("đạt 0,7804 điểm", 0.7804, "điểm", Role.AMOUNT),
        ("chính quyền số 0,6321", 0.6321, "điểm", Role.AMOUNT),
        ("đạt 76.2%", 76.2, "%", Role.AMOUNT),
        ("có 1.385 dịch vụ công", 1385, "dịch vụ công", Role.AMOUNT),
        ("có 2.104 trạm BTS", 2104, "trạm bts", Role.AMOUNT),
        ("doanh thu 148,6 tỷ đồng", 148.6e9, "đồng", Role.AMOUNT),
        ("chi 35 triệu USD", 35e6, "USD", Role.AMOUNT),
        ("vốn 2 nghìn tỷ đồng", 2e12, "đồng", Role.AMOUNT),
        ("dành 45 tỷ", 45e9, "đồng", Role.AMOUNT),
        ("tăng 4 bậc", 4, "bậc", Role.CHANGE),
        ("cao hơn 2,5%", 2.5, "%", Role.CHANGE),
        ("tăng thêm 0,1428 điểm", 0.1428, "điểm", Role.CHANGE),
        ("nhích 1,9 điểm phần trăm so với năm 2022", 1.9, "điểm %", Role.CHANGE),
        ("tăng lên 71,2%", 71.2, "%", Role.AMOUNT),
        ("giảm xuống còn 8,1%", 8.1, "%", Role.AMOUNT),
        ("nhích lên 9,8%", 9.8, "%", Role.AMOUNT),
        ("tăng 0,05 điểm so với năm 2022", 0.05, "điểm", Role.CHANGE),
    ],
)  # fmt: skip
def test_amounts_and_changes(text: str, value: float, unit: str, role: Role) -> None:
    (number,) = numbers(text)
    assert number.value == pytest.approx(value)
    assert (number.unit, number.role) == (unit, role)


@pytest.mark.parametrize(
    ("text", "falls"),
    [("tụt 4 bậc", True), ("giảm 2,5%", True), ("thấp hơn 3 điểm", True), ("tăng 4 bậc", False), ("vươn lên hạng 4", False)],
)  # fmt: skip
def test_falls(text: str, falls: bool) -> None:
    assert numbers(text)[0].falls is falls


@pytest.mark.parametrize(
    ("text", "rank", "of", "group"),
    [
        ("xếp thứ 7/63 tỉnh, thành phố", 7, 63, False),
        ("đứng thứ 39 toàn quốc", 39, None, False),
        ("xếp hạng 12", 12, None, False),
        ("ở vị trí số 5", 5, None, False),
        ("đứng ở vị trí 33/63", 33, 63, False),
        ("XẾP THỨ 21/34", 21, 34, False),
        ("xep thu 21/34", 21, 34, False),
        ("xếp thứ nhất", 1, None, False),
        ("xếp thứ ba cả nước", 3, None, False),
        ("đứng thứ tư", 4, None, False),
        ("dẫn đầu cả nước về DTI", 1, None, False),
        ("vào top 10 về DTI", 10, None, True),
        ("thuộc nhóm 15 tỉnh dẫn đầu", 15, None, True),
    ],
)
def test_ranks(text: str, rank: float, of: float | None, group: bool) -> None:
    (number,) = numbers(text)
    assert (number.value, number.unit, number.role, number.denominator, number.group) == (
        rank,
        "hạng",
        Role.RANK,
        of,
        group,
    )


@pytest.mark.parametrize(
    "text",
    ["thuộc nhóm các tỉnh dẫn đầu cả nước", "người đứng đầu cả nước", "hội nghị lần thứ ba", "Thứ nhất, cần đổi mới"],
)
def test_no_ranks(text: str) -> None:
    assert not [number for number in numbers(text) if number.role is Role.RANK]


@pytest.mark.parametrize(
    ("text", "values", "unit"),
    [
        ("lần lượt đạt 0,55, 0,52 và 0,58 điểm", [0.55, 0.52, 0.58], "điểm"),
        ("lần lượt xếp hạng 52, 43 và 31", [52, 43, 31], "hạng"),
        ("từ vị trí 45 lên 32", [45, 32], "hạng"),
        ("từ 38,5% lên 71,2%", [38.5, 71.2], "%"),
        ("đạt 60, 70 và 85%", [60, 70, 85], "%"),
    ],
)
def test_a_unit_is_shared(text: str, values: list[float], unit: str) -> None:
    found = numbers(text)
    assert [number.value for number in found] == values
    assert {number.unit for number in found} == {unit}


@pytest.mark.parametrize(
    ("text", "value", "of"),
    [("hoàn thành 8/14 chỉ tiêu", 8, 14), ("có 1.126 DVCTT", 1126, None), ("đạt 88,2/100 điểm", 88.2, 100), ("35/42 nhiệm vụ", 35, 42)],
)  # fmt: skip
def test_denominators(text: str, value: float, of: float | None) -> None:
    (number,) = numbers(text)
    assert (number.value, number.denominator) == (value, of)


def test_offsets_bound_the_figure_as_printed() -> None:
    text = "Tỷ lệ đạt 61,5% và xếp thứ 7/63, đứng thứ ba về 1.385 dịch vụ"
    assert [text[n.start : n.end] for n in numbers(text)] == ["61,5%", "7/63", "thứ ba", "1.385"]
