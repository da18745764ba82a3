"""Follow-ups: what a short question becomes beside the one before it."""

from datetime import date

import pytest

from retrieval.question import understand
from retrieval.types import Period

TODAY = date(2026, 11, 22)
RANK = "Điện Biên xếp thứ mấy về DTI năm 2022?"
SHARE = "Tỷ lệ hồ sơ số hóa ở Yên Bái năm 2024 là bao nhiêu?"
WORK = "Tỷ lệ hồ sơ công việc cấp tỉnh xử lý trên mạng ở Hà Nam là bao nhiêu?"


@pytest.mark.parametrize(
    ("earlier", "text", "standalone"),
    [
        (RANK, "Còn Lai Châu?", "Lai Châu xếp thứ mấy về DTI năm 2022?"),
        (RANK, "con son la thi sao", "Sơn La xếp thứ mấy về DTI năm 2022?"),
        (RANK, "Lai Châu?", "Lai Châu xếp thứ mấy về DTI năm 2022?"),
        (RANK, "thế năm 2021?", "Điện Biên xếp thứ mấy về DTI năm 2021?"),
        (RANK, "còn năm trước?", "Điện Biên xếp thứ mấy về DTI năm 2021?"),
        (RANK, "so với năm trước thì sao", "Điện Biên xếp thứ mấy về DTI năm 2022 so với năm 2021?"),
        (SHARE, "Bắc Kạn xếp hạng mấy?", "Bắc Kạn xếp hạng mấy?"),
        (RANK, "Vậy còn chính quyền số?", "Điện Biên xếp thứ mấy về chính quyền số năm 2022?"),
        (RANK, "Thế Lào Cai năm 2023?", "Lào Cai xếp thứ mấy về DTI năm 2023?"),
        (RANK, "Tỉnh nào cao nhất?", "Tỉnh nào cao nhất về DTI năm 2022?"),
        (RANK, "So với Sơn La thì sao?", "Điện Biên xếp thứ mấy về DTI năm 2022 so với Sơn La?"),
        (RANK, "Tỉnh này có bao nhiêu trạm BTS?", "Tỉnh Điện Biên có bao nhiêu trạm BTS?"),
        (RANK, "Ở đó có bao nhiêu trạm 5G?", "Ở Điện Biên có bao nhiêu trạm 5G?"),
        (RANK, "Chủ tịch tỉnh là ai?", "Chủ tịch tỉnh Điện Biên là ai?"),
        (RANK, "Tỷ lệ cáp quang hộ gia đình?", "Tỷ lệ cáp quang hộ gia đình ở Điện Biên?"),
        (SHARE, "Còn hồ sơ đúng hạn?", "Tỷ lệ hồ sơ đúng hạn ở Yên Bái năm 2024 là bao nhiêu?"),
        (SHARE, "còn tỷ lệ thanh toán trực tuyến?", "Tỷ lệ thanh toán trực tuyến ở Yên Bái năm 2024 là bao nhiêu?"),
        (SHARE, "Họ đạt mục tiêu chưa?", "Yên Bái đạt mục tiêu chưa đối với tỷ lệ hồ sơ số hóa năm 2024?"),
        (SHARE, "Tỷ lệ này năm 2023?", "tỷ lệ hồ sơ số hóa năm 2023 ở Yên Bái?"),
        (WORK, "vậy cấp xã?", "Tỷ lệ hồ sơ công việc cấp xã xử lý trên mạng ở Hà Nam là bao nhiêu?"),
        ("Mục tiêu kinh tế số của Yên Bái đến năm 2025?", "còn đến 2030", "Mục tiêu kinh tế số của Yên Bái đến 2030?"),
        ("So sánh DTI của Cà Mau và Hậu Giang", "Còn Bạc Liêu và Sóc Trăng?", "So sánh DTI của Bạc Liêu và Sóc Trăng"),
        ("Phố số ở Gia Lai là gì?", "Mô hình này có ở bao nhiêu huyện?", "Mô hình Phố số có ở bao nhiêu huyện ở Gia Lai?"),
        ("Nghị quyết 01-NQ/TU của Lâm Đồng là gì?", "nghị quyết đó có mấy mục tiêu?", "nghị quyết 01-NQ/TU có mấy mục tiêu ở Lâm Đồng?"),
        ("Thái Bình tụt hạng DTI năm 2023?", "Vì sao?", "Vì sao Thái Bình tụt hạng DTI năm 2023?"),
    ],
)  # fmt: skip
def test_completed(earlier: str, text: str, standalone: str) -> None:
    assert understand(text, [earlier], TODAY).standalone == standalone


@pytest.mark.parametrize(
    "text",
    [
        "Tỷ lệ hồ sơ trực tuyến của Nam Định là bao nhiêu?",
        "Cảm ơn nhé",
        "DTI là gì?",
        "Tỉnh nào đứng đầu cả nước về PCI?",
        "Giá vàng hôm nay thế nào?",
        "Tình hình chuyển đổi số của Long An",
        "Hiện nay Long An có bao nhiêu trạm BTS?",
    ],
)
def test_a_whole_question_is_left_alone(text: str) -> None:
    assert understand(text, [RANK, SHARE], TODAY).standalone == text


def test_a_chain_of_follow_ups() -> None:
    query = understand("thế còn năm 2021?", ["xin chào", RANK, "Còn Lai Châu?", "cảm ơn"], TODAY)
    assert query.provinces == ("Lai Châu",)
    assert query.periods == (Period(2021),)
    assert query.indicators == ("dti",)


def test_the_first_question_has_nothing_to_lean_on() -> None:
    assert understand("Còn Lai Châu thì sao?").standalone == "Còn Lai Châu thì sao?"
