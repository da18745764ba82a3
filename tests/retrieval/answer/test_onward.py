"""Where answers lead: comparisons with provinces that have the figure too, a trend where there are years; all answerable."""

import pytest

from retrieval.types import NextQuestions
from tests.retrieval.answer import news
from tests.retrieval.answer.small_library import article
from tests.retrieval.conftest import Open

LIBRARY = (news.KON_TUM_2023, news.KON_TUM_2022, news.GIA_LAI_2023, news.DAK_NONG_2023)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "Kon Tum xếp thứ mấy về DTI năm 2023?",
            NextQuestions(("So sánh thứ hạng DTI của Kon Tum và Gia Lai năm 2023",), "Thứ hạng DTI của Kon Tum qua các năm"),
        ),
        (
            "Điểm DTI năm 2023 của Gia Lai?",
            NextQuestions(("So sánh điểm DTI của Gia Lai và Kon Tum năm 2023",), None),
        ),
        (
            "Tỷ lệ hồ sơ nộp trực tuyến của Kon Tum qua các năm",
            NextQuestions(("So sánh tỷ lệ hồ sơ nộp trực tuyến của Kon Tum và Gia Lai năm 2023",), None),
        ),
        # the nearest period that another province has too
        (
            "Tỷ lệ hồ sơ nộp trực tuyến của Kon Tum năm 2022?",
            NextQuestions(
                ("So sánh tỷ lệ hồ sơ nộp trực tuyến của Kon Tum và Gia Lai năm 2023",),
                "Tỷ lệ hồ sơ nộp trực tuyến của Kon Tum qua các năm",
            ),
        ),
        (
            "Tình hình chuyển đổi số của Kon Tum",
            NextQuestions(("So sánh thứ hạng DTI của Kon Tum và Gia Lai năm 2023",), "Thứ hạng DTI của Kon Tum qua các năm"),
        ),
    ],
)  # fmt: skip
def test_what_an_answer_leads_to(over: Open, question: str, expected: NextQuestions) -> None:
    ask = over(*LIBRARY)
    assert ask.answerer.next_questions(ask(question)) == expected


@pytest.mark.parametrize(
    "question",
    [
        "Chợ 4.0 là gì?",
        "Ai là Giám đốc Sở Thông tin và Truyền thông Gia Lai?",
        "Khó khăn của Đắk Nông gồm những gì?",
        "Kon Tum có bao nhiêu trạm 5G?",
        "Xin chào",
        "Giá vàng hôm nay?",
        "",
    ],
)
def test_where_it_makes_no_sense_there_is_nothing(over: Open, question: str) -> None:
    ask = over(*LIBRARY)
    assert ask.answerer.next_questions(ask(question)) == NextQuestions()


def test_at_most_four_provinces_the_merged_one_and_the_nearest_first(over: Open) -> None:
    ranks = {"Gia Lai": 20, "Bình Định": 50, "Lâm Đồng": 21, "Đắk Lắk": 19, "Kon Tum": 26, "Phú Yên": 44}
    rows = [article(f"o-{p}", p, f"Năm 2022, {p} xếp thứ {n}/63 về DTI.", published="2023-08-01") for p, n in ranks.items()]  # fmt: skip
    ask = over(*rows)
    onward = ask.answerer.next_questions(ask("Gia Lai xếp thứ mấy về DTI năm 2022?"))
    assert [question.split(" và ")[1].removesuffix(" năm 2022") for question in onward.compare] == [
        "Bình Định",
        "Lâm Đồng",
        "Đắk Lắk",
        "Kon Tum",
    ]


@pytest.mark.parametrize(
    "question",
    [
        "Kon Tum xếp thứ mấy về DTI năm 2023?",
        "Điểm DTI năm 2023 của Gia Lai?",
        "Tỷ lệ hồ sơ nộp trực tuyến của Kon Tum năm 2023?",
        "Kinh tế số chiếm bao nhiêu phần trăm GRDP của Kon Tum năm 2023?",
        "So sánh thứ hạng DTI năm 2023 của Kon Tum và Gia Lai",
        "Tỉnh nào đứng đầu về DTI năm 2023?",
    ],
)
def test_what_is_offered_is_answered_with_figures_of_both(over: Open, question: str) -> None:
    ask = over(*LIBRARY)
    onward = ask.answerer.next_questions(ask(question))
    for one in onward.compare:
        answer = ask(one)
        assert answer.chart and len(answer.chart.points) == 2, one
    if onward.trend:
        answer = ask(onward.trend)
        assert answer.chart and answer.chart.kind == "line", onward.trend


def test_the_whole_country_is_no_province_to_compare_with(over: Open) -> None:
    one = article("share", "Kon Tum", "Năm 2023, kinh tế số chiếm 8,4% GRDP của Kon Tum; cả nước đạt 16,5%.", published="2024-03-01")  # fmt: skip
    ask = over(one)
    assert not ask.answerer.next_questions(ask("Tỷ trọng kinh tế số trong GRDP của Kon Tum năm 2023?")).compare
