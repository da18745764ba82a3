"""What a refusal offers instead: near questions that are really answered, typical ones where nothing is near."""

from datetime import date

import pytest

from retrieval.answer.draft import Draft
from retrieval.answer.suggest import suggest
from retrieval.query import Query
from retrieval.question import understand
from tests.retrieval.answer import news
from tests.retrieval.answer.small_library import article
from tests.retrieval.conftest import Open

REFUSED = Draft(False, ())
LIBRARY = (news.KON_TUM_2023, news.KON_TUM_2022, news.GIA_LAI_2023, news.DAK_NONG_2023)


def suggestions(over: Open, question: str) -> tuple[str, ...]:
    """What is offered beside a question, whether it is refused or not: that is a judgement of its own."""
    answerer = over(*LIBRARY).answerer
    understood = understand(question, (), date(2026, 11, 22))
    return suggest(answerer.library, understood, lambda near: answerer.explain(near).draft or REFUSED)


@pytest.mark.parametrize(
    ("question", "offered"),
    [
        # another time, another province
        (
            "Kon Tum xếp thứ mấy về DTI năm 2021?",
            ["Kon Tum xếp thứ mấy về DTI năm 2022?", "Kon Tum xếp thứ mấy về DTI năm 2023?"],
        ),
        ("Đắk Nông xếp thứ mấy về DTI năm 2023?", ["Gia Lai xếp thứ mấy về DTI năm 2023?"]),
        # another indicator of the province
        ("PCI của Gia Lai năm 2023 là bao nhiêu?", ["Gia Lai xếp thứ mấy về DTI năm 2023?"]),
        ("Thời tiết Kon Tum hôm nay thế nào?", ["Kon Tum xếp thứ mấy về DTI năm 2023?"]),
    ],
)
def test_near_questions_are_offered(over: Open, question: str, offered: list[str]) -> None:
    near = suggestions(over, question)
    assert set(offered) <= set(near), near


@pytest.mark.parametrize(
    "question",
    [
        "Kon Tum xếp thứ mấy về DTI năm 2021?",
        "Đắk Nông xếp thứ mấy về chính quyền số năm 2023?",
        "Kon Tum có bao nhiêu trạm 5G?",
        "DTI của Hà Giang năm 2023?",
        "Ai là tổng thống Mỹ?",
    ],
)
def test_what_is_offered_is_answered_and_another_question(over: Open, question: str) -> None:
    ask = over(*LIBRARY)
    offered = suggestions(over, question)
    assert 1 <= len(offered) <= 3 and len(set(offered)) == len(offered)
    assert question not in offered
    for near in offered:
        assert ask(near).answered and ask(near).citations, near


def test_nothing_near_gives_typical_questions(over: Open) -> None:
    news_of = [article(f"t{i}", p, f"Năm 2023, {p} xếp thứ {i}/63 về DTI.", published="2024-02-01") for i, p in
               enumerate(("Kon Tum", "Gia Lai", "Lâm Đồng"), 1)]  # fmt: skip
    answerer = over(*news_of).answerer
    offered = suggest(answerer.library, Query("?", "?"), lambda question: answerer.explain(question).draft or REFUSED)
    assert offered[0] == "Tỉnh nào đứng đầu về DTI năm 2023?"
    assert any(one.startswith("Tình hình chuyển đổi số của") for one in offered)


def test_a_merged_province_stands_first(over: Open) -> None:
    texts = {"Lâm Đồng": 20, "Bình Định": 30, "Kon Tum": 40}
    rows = [
        article(f"m-{p}", p, f"Năm 2022, {p} xếp thứ {n}/63 về DTI.", published="2023-08-01") for p, n in texts.items()
    ]
    offered = over(*rows)("Gia Lai xếp thứ mấy về DTI năm 2022?").suggestions
    assert offered[0] == "Bình Định xếp thứ mấy về DTI năm 2022?"


def test_answers_and_an_empty_library_offer_nothing(over: Open) -> None:
    assert over(*LIBRARY)("Kon Tum xếp thứ mấy về DTI năm 2023?").suggestions == ()
    assert over()("Kon Tum xếp thứ mấy về DTI?").suggestions == ()


def test_what_is_not_told_is_not_offered(over: Open) -> None:
    asked = []

    def refuse(question: str) -> Draft:
        asked.append(question)
        return REFUSED

    library = over(*LIBRARY).answerer.library
    assert suggest(library, Query("?", "?", provinces=("Kon Tum",), indicators=("dti",)), refuse) == ()
    assert 0 < len(asked) <= 5


@pytest.mark.parametrize("question", ["Xin chào", "cảm ơn bạn"])
def test_what_asks_nothing_is_offered_nothing(over: Open, question: str) -> None:
    assert over(*LIBRARY)(question).suggestions == ()
