"""The same thing over the years: oldest first, the change worked out, unlike rankings not subtracted."""

import pytest

from tests.retrieval.answer import news
from tests.retrieval.answer.conftest import Open
from tests.retrieval.answer.small_library import article

LIBRARY = (news.KON_TUM_2023, news.KON_TUM_2022, news.GIA_LAI_2023, news.DAK_NONG_2023)


def test_years_in_order_and_the_change_worked_out(over: Open) -> None:
    text = over(*LIBRARY)("Tỷ lệ hồ sơ nộp trực tuyến của Kon Tum qua các năm").text
    assert 0 < text.index("40,2%") < text.index("61,5%")
    assert "tăng 21,3 điểm phần trăm (tính từ nguồn)" in text


def test_a_better_rank_is_a_rise(over: Open) -> None:
    text = over(*LIBRARY)("Thứ hạng DTI của Kon Tum thay đổi ra sao từ 2022 đến 2023?").text
    assert text.index("44/63") < text.index("41/63")
    assert "tăng 3 bậc" in text
    assert "giảm" not in text


def test_years_outside_those_asked_are_left_out(over: Open) -> None:
    text = over(*LIBRARY)("Tỷ lệ hồ sơ nộp trực tuyến của Kon Tum từ 2022 đến 2023 thay đổi ra sao?").text
    assert "40,2%" in text and "61,5%" in text and "60%" not in text


def test_one_year_known_is_told_without_a_change(over: Open) -> None:
    text = over(*LIBRARY)("Tỷ lệ hồ sơ nộp trực tuyến của Gia Lai qua các năm?").text
    assert "70,2%" in text and "tính từ nguồn" not in text


def test_ranks_of_63_and_of_34_are_not_subtracted(over: Open) -> None:
    text = over(news.QUANG_NGAI_BEFORE, news.QUANG_NGAI_AFTER)(
        "DTI của Quảng Ngãi thay đổi thế nào từ 2023 đến 2025?"
    ).text
    assert "36/63" in text and "19/34" in text
    assert "17 bậc" not in text and "không so" in text


def test_new_borders_are_not_called_old(over: Open) -> None:
    text = over(news.QUANG_NGAI_BEFORE, news.QUANG_NGAI_AFTER)(
        "DTI của Quảng Ngãi thay đổi thế nào từ 2023 đến 2025?"
    ).text
    assert "Số liệu của Quảng Ngãi theo địa giới cũ" not in text


def test_a_change_of_one_year_is_not_told_by_another_year(over: Open) -> None:
    only = article("only-2024", "Kon Tum", "Năm 2024, Kon Tum xếp thứ 8/34 về DTI.", published="2025-09-01")
    early = article("early-2022", "Kon Tum", "Năm 2022, Kon Tum xếp thứ 44/63 về DTI.", published="2023-09-01")
    assert not over(only)("Kon Tum tăng mấy bậc DTI 2022 so với 2021?").answered
    text = over(only, early)("Kon Tum tăng mấy bậc DTI 2022 so với 2021?").text
    assert "44/63" in text and "8/34" not in text


@pytest.mark.parametrize(
    ("question", "told", "lacking"),
    [
        ("DTI của Kon Tum năm 2023 thay đổi thế nào so với năm 2021?", "41/63", "Chưa có số liệu năm 2021."),
        ("DTI của Gia Lai năm 2024 thay đổi thế nào so với năm 2023?", "50/63", "Chưa có số liệu năm 2024."),
        ("Thứ hạng DTI của Kon Tum từ 2020 đến 2023", "44/63", "Chưa có số liệu năm 2020."),
        ("Tỷ lệ hồ sơ nộp trực tuyến của Gia Lai qua các năm?", "70,2%", "Chưa có số liệu của năm khác để so sánh."),
        ("Thứ hạng DTI của Gia Lai từ 2021 đến 2024", "50/63", "Chưa có số liệu năm 2021 và 2024."),
    ],
)
def test_a_year_that_is_not_known_is_said_to_be_missing(over: Open, question: str, told: str, lacking: str) -> None:
    text = over(*LIBRARY)(question).text
    assert told in text and lacking in text.split("\n"), text


@pytest.mark.parametrize(
    "question",
    [
        "Thứ hạng DTI của Kon Tum thay đổi ra sao từ 2022 đến 2023?",
        "Tỷ lệ hồ sơ nộp trực tuyến của Kon Tum qua các năm",
        "Tỷ lệ hồ sơ nộp trực tuyến của Gia Lai năm 2023?",
    ],
)
def test_no_year_is_missing_where_all_are_told(over: Open, question: str) -> None:
    assert "Chưa có số liệu" not in over(*LIBRARY)(question).text


def test_a_change_speaks_of_both_years_itself(over: Open) -> None:
    told = article("change", "Kon Tum", "Năm 2022, Kon Tum tăng 5 bậc về DTI so với năm 2021.", published="2023-09-01")
    text = over(told)("Kon Tum tăng mấy bậc DTI năm 2022 so với năm 2021?").text
    assert "5 bậc" in text and "Chưa có số liệu" not in text


def test_a_sentence_that_tells_both_years_lacks_none(over: Open) -> None:
    told = article(
        "both", "Kon Tum", "Tỷ lệ hồ sơ nộp trực tuyến của Kon Tum giảm từ 58,4% năm 2024 xuống 55,2%.", published="2026-01-05"
    )  # fmt: skip
    text = over(told)("Tỷ lệ hồ sơ nộp trực tuyến của Kon Tum tăng hay giảm so với năm 2024?").text
    assert "58,4%" in text and "Chưa có số liệu" not in text


def test_a_change_of_one_year_is_told_by_that_year(over: Open) -> None:
    ask = over(
        article("hau-giang-2022", "Hậu Giang", "DTI năm 2022 của Hậu Giang xếp thứ 15/63, tăng 10 bậc so với năm 2021.", published="2023-08-01"),
        article("hau-giang-2024", "Hậu Giang", "Năm 2024, Hậu Giang xếp thứ 21/34 về DTI.", published="2025-09-01"),
    )  # fmt: skip
    text = ask("Hậu Giang tăng bao nhiêu bậc năm 2022?").text
    assert "tăng 10 bậc" in text and "21/34" not in text


def test_what_came_after_the_year_asked_about_is_left_out(over: Open) -> None:
    ask = over(
        article("soc-trang-ba-nam", "Sóc Trăng", "DTI của Sóc Trăng: năm 2020 xếp thứ 50/63, năm 2021 xếp thứ 44/63, năm 2022 xếp thứ 40/63.", published="2023-08-01"),
    )  # fmt: skip
    text = ask("Sóc Trăng tụt hạng hay tăng hạng năm 2021?").text
    assert "44/63" in text and "tăng 6 bậc" in text and "40/63" not in text
