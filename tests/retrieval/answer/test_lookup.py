"""One figure asked for: value, unit, period and kind said, the right one of its neighbours, the newest, both of two voices."""

from dataclasses import replace

import pytest

from tests.retrieval.answer import news
from tests.retrieval.answer.conftest import Open
from tests.retrieval.answer.small_library import article

LIBRARY = (news.KON_TUM_2023, news.KON_TUM_2022, news.GIA_LAI_2023, news.DAK_NONG_2023)
LONGEST = 700


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("Kon Tum xếp thứ mấy về DTI năm 2023?", ["41/63", "2023"], ["44", "0,5230"]),
        ("Kon Tum xếp thứ mấy về DTI năm 2022?", ["44/63", "2022"], ["41", "0,5712"]),
        ("Kon Tum đạt bao nhiêu điểm DTI năm 2022?", ["0,5230 điểm", "2022"], ["0,5712"]),
        ("Kinh tế số của Kon Tum xếp thứ mấy?", ["47", "2023"], ["38", "40"]),
        ("Chính quyền số của Kon Tum hạng bao nhiêu?", ["38", "2023"], ["47", "40"]),
        ("Kinh tế số chiếm bao nhiêu phần trăm GRDP của Kon Tum?", ["8,4%", "2023"], ["15%", "47"]),
        ("Tỷ lệ thanh toán trực tuyến của Kon Tum là bao nhiêu?", ["33,2%", "2023"], ["45%", "61,5"]),
        ("Kon Tum có bao nhiêu tổ công nghệ số cộng đồng?", ["756 tổ"], ["713"]),
        ("Các tổ công nghệ số cộng đồng của Kon Tum có bao nhiêu thành viên?", ["4.210 thành viên"], []),
        ("Kon Tum tăng mấy bậc về DTI so với năm 2022?", ["tăng 3 bậc"], []),
    ],
)
def test_value_unit_and_period(over: Open, question: str, said: list[str], unsaid: list[str]) -> None:
    answer = over(*LIBRARY)(question)
    assert answer.answered
    assert all(words in answer.text for words in said), answer.text
    assert not any(words in answer.text for words in unsaid), answer.text
    assert len(answer.text) < LONGEST


@pytest.mark.parametrize(
    ("level", "value", "others"),
    [("tỉnh", "96,1%", ("88,4", "71,9")), ("huyện", "88,4%", ("96,1", "71,9")), ("xã", "71,9%", ("96,1", "88,4"))],
)
def test_the_level_asked_for(over: Open, level: str, value: str, others: tuple[str, ...]) -> None:
    answer = over(*LIBRARY)(f"Tỷ lệ hồ sơ xử lý trên môi trường mạng cấp {level} của Kon Tum là bao nhiêu?")
    assert value in answer.text
    assert not any(other in answer.text for other in others)


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("Kon Tum đã hoàn thành bao nhiêu nhiệm vụ năm 2023?", "35 nhiệm vụ", "7 nhiệm vụ"),
        ("Kon Tum còn bao nhiêu nhiệm vụ chưa hoàn thành?", "7 nhiệm vụ", "35 nhiệm vụ"),
    ],
)
def test_done_and_not_done(over: Open, question: str, said: str, unsaid: str) -> None:
    answer = over(*LIBRARY)(question)
    assert said in answer.text and unsaid not in answer.text


def test_the_newest_is_taken_unless_a_year_is_asked(over: Open) -> None:
    ask = over(*LIBRARY)
    assert "61,5%" in ask("Tỷ lệ hồ sơ nộp trực tuyến của Kon Tum là bao nhiêu?").text
    asked = ask("Tỷ lệ hồ sơ nộp trực tuyến của Kon Tum năm 2022 là bao nhiêu?").text
    assert "40,2%" in asked and "61,5" not in asked


def test_a_narrower_label_is_not_given_for_the_broader_question(over: Open) -> None:
    """ "hoạt động kinh tế số" of one city's growth is not "kinh tế số" in GRDP."""
    answer = over(*LIBRARY)("Kinh tế số chiếm bao nhiêu phần trăm GRDP của Gia Lai?")
    assert "11,3" not in answer.text
    assert not answer.answered


def test_an_undated_rank_is_not_given_for_an_asked_year(over: Open) -> None:
    ask = over(
        article("yen-bai", "Yên Bái", "Yên Bái xếp thứ 22/63 tỉnh, thành phố về DTI.", published="2023-08-01"),
    )
    assert "22/63" in ask("Yên Bái xếp thứ mấy về DTI?").text
    asked = ask("Yên Bái xếp thứ mấy về DTI năm 2021?")
    assert not asked.answered and "22" not in asked.text


TWO_VOICES = (news.KON_TUM_2023, news.KON_TUM_OTHER_VOICE)


def test_two_sources_that_disagree_are_both_shown(over: Open) -> None:
    answer = over(*TWO_VOICES)("Kon Tum xếp thứ mấy về DTI năm 2023?")
    assert "41/63" in answer.text and "43/63" in answer.text
    assert {citation.publisher for citation in answer.citations} == {"Báo Kon Tum", "Tạp chí Dữ liệu"}


def test_two_sources_that_agree_are_both_cited(over: Open) -> None:
    again = article(
        "ban-tin", "Gia Lai", "Năm 2023, DTI của Gia Lai xếp hạng 50/63 cả nước.", published="2024-06-20", publisher="Bản tin"
    )  # fmt: skip
    answer = over(news.GIA_LAI_2023, again)("Gia Lai xếp thứ mấy về DTI năm 2023?")
    assert {citation.publisher for citation in answer.citations} == {"Báo Gia Lai", "Bản tin"}
    assert answer.text.count("50/63") == 1


@pytest.mark.parametrize(
    "question",
    [
        "Kon Tum xếp thứ mấy về DTI năm 2023?",
        "Kinh tế số chiếm bao nhiêu phần trăm GRDP của Kon Tum?",
        "Tỷ lệ hồ sơ xử lý trên môi trường mạng cấp xã của Kon Tum là bao nhiêu?",
        "So sánh tỷ lệ hồ sơ nộp trực tuyến năm 2023 của Kon Tum và Gia Lai",
        "Tỉnh nào xếp cao nhất về DTI năm 2023?",
        "Kon Tum có đạt mục tiêu thanh toán trực tuyến năm 2023 không?",
        "Giám đốc Sở Thông tin và Truyền thông Gia Lai là ai?",
        "Vì sao Kon Tum đứng đầu cả nước về DTI?",
        "Tình hình chuyển đổi số của Kon Tum",
    ],
)
def test_a_question_without_diacritics_gets_the_same_answer(over: Open, question: str) -> None:
    from retrieval.text import fold

    ask = over(*LIBRARY)
    assert ask(fold(question)).text == ask(question).text


def test_a_follow_up_is_completed_from_the_question_before(over: Open) -> None:
    answer = over(*LIBRARY)("Còn Gia Lai?", "Kon Tum xếp thứ mấy về DTI năm 2023?")
    assert "50/63" in answer.text and "Kon Tum" not in answer.text
    assert "Gia Lai" in answer.standalone_question and "DTI" in answer.standalone_question


def test_figures_of_a_merged_province_say_which_borders(over: Open) -> None:
    ask = over(news.QUANG_NGAI_BEFORE, news.QUANG_NGAI_AFTER)
    assert "địa giới cũ" in ask("Quảng Ngãi xếp thứ mấy về DTI năm 2023?").text
    assert "địa giới cũ" not in ask("Quảng Ngãi xếp thứ mấy về DTI năm 2025?").text


def test_the_countrys_figure_is_no_provinces(over: Open) -> None:
    ask = over(
        article("ca-nuoc-kts", "", "Năm 2023, kinh tế số chiếm 12,5% GDP cả nước.", published="2024-02-01", title="Kinh tế số cả nước"),
        article("soc-trang-kts", "Sóc Trăng", "Năm 2023, kinh tế số chiếm 5,1% GRDP của tỉnh Sóc Trăng.", published="2024-02-02"),
    )  # fmt: skip
    told = ask("Kinh tế số Việt Nam năm 2023 chiếm bao nhiêu GDP?")
    assert "12,5%" in told.text and "5,1%" not in told.text
    alone = over(article("tra-vinh-5g", "Trà Vinh", "Tỉnh Trà Vinh có 45 trạm 5G.", published="2025-02-02"))
    refused = alone("Cả nước có bao nhiêu trạm 5G?")
    assert not refused.answered and "của cả nước" in refused.text and "45" not in refused.text


def test_of_two_years_asked_about_the_one_that_is_not_known_is_named(over: Open) -> None:
    ask = over(article("bac-lieu-dti", "Bạc Liêu", "Năm 2022, Bạc Liêu xếp thứ 60/63 về DTI.", published="2023-08-01"))
    text = ask("Bạc Liêu xếp thứ mấy về DTI năm 2022 và 2023?").text
    assert "60/63" in text and "Chưa có số liệu năm 2023." in text


def test_a_figure_of_no_stated_year_is_said_to_be_one(over: Open) -> None:
    one = article(
        "dong-nai-khong-nam",
        "Đồng Nai",
        "Mục tiêu tỷ trọng kinh tế số trong GRDP của Đồng Nai là 30%.",
        published="2024-01-01",
    )
    ask = over(replace(one, published=None))
    assert "không ghi rõ" in ask("Mục tiêu tỷ trọng kinh tế số trong GRDP của Đồng Nai năm 2025?").text
    assert "không ghi rõ" not in ask("Mục tiêu tỷ trọng kinh tế số trong GRDP của Đồng Nai?").text
