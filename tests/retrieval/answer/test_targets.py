"""Targets are said to be targets; beside a result, how far it is from them."""

import pytest

from tests.retrieval.answer import news
from tests.retrieval.answer.conftest import Open
from tests.retrieval.answer.small_library import article

LIBRARY = (news.KON_TUM_2023, news.KON_TUM_2022, news.GIA_LAI_2023, news.DAK_NONG_2023)
LANG_SON = article(
    "lang-son",
    "Lạng Sơn",
    """
    Đến hết năm 2023, tỷ lệ hồ sơ sức khỏe điện tử của Lạng Sơn đạt 90%, đúng bằng mục tiêu 90%.

    Tỉnh đặt mục tiêu đến năm 2025 tỷ lệ dân số trưởng thành có chữ ký số đạt 50%.
    """,
    published="2024-03-01",
)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Kon Tum có đạt mục tiêu thanh toán trực tuyến năm 2023 không?", ["33,2%", "45%", "Còn thiếu", "11,8 điểm phần trăm"]),
        ("Kon Tum có đạt mục tiêu hồ sơ nộp trực tuyến năm 2023 không?", ["61,5%", "60%", "Vượt mục tiêu 1,5 điểm phần trăm"]),
        ("Kinh tế số của Kon Tum so với mục tiêu thế nào?", ["8,4%", "15%", "2025", "6,6 điểm phần trăm"]),
    ],
)  # fmt: skip
def test_both_and_how_far(over: Open, question: str, said: list[str]) -> None:
    text = over(*LIBRARY)(question).text
    assert all(words in text for words in said), text
    assert "(tính từ nguồn)" in text


def test_a_target_reached_to_the_point(over: Open) -> None:
    text = over(LANG_SON)("Lạng Sơn có đạt mục tiêu hồ sơ sức khỏe điện tử năm 2023 không?").text
    assert "90%" in text and "bằng mục tiêu" in text.lower()
    assert "thiếu" not in text


def test_the_target_asked_for_says_so_and_when(over: Open) -> None:
    text = over(*LIBRARY)("Mục tiêu kinh tế số của Kon Tum đến năm 2025?").text
    assert "15%" in text and "2025" in text and "phấn đấu" in text
    assert "8,4" not in text


@pytest.mark.parametrize(
    "question",
    ["Tỷ lệ dân số trưởng thành có chữ ký số của Lạng Sơn là bao nhiêu?", "Bao nhiêu phần trăm dân số Lạng Sơn có chữ ký số?"],
)  # fmt: skip
def test_a_target_is_not_given_as_a_result(over: Open, question: str) -> None:
    text = over(LANG_SON)(question).text
    assert "50%" not in text or "mục tiêu" in text.lower()


def test_a_target_bracketed_behind_a_result_is_not_the_result(over: Open) -> None:
    text = over(*LIBRARY)("Tỷ lệ thanh toán trực tuyến của Kon Tum năm 2023?").text
    assert "33,2%" in text
    assert "45%" not in text or "mục tiêu 45%" in text
