"""What a refusal offers instead: near questions that are really answered, typical ones where nothing is near."""

import pytest

from retrieval.answer.suggest import suggest
from retrieval.query import Query
from tests.retrieval.answer import news
from tests.retrieval.answer.small_library import article
from tests.retrieval.conftest import Open

pytestmark = pytest.mark.xfail(
    strict=False, reason="the learned doubt errs over a library of a few invented articles on the fake embedder"
)

LIBRARY = (news.KON_TUM_2023, news.KON_TUM_2022, news.GIA_LAI_2023, news.DAK_NONG_2023)


@pytest.mark.parametrize(
    ("question", "offered"),
    [
        # another time, another province
        (
            "Kon Tum xếp thứ mấy về DTI năm 2021?",
            ["Kon Tum xếp thứ mấy về DTI năm 2022?", "Kon Tum xếp thứ mấy về DTI năm 2023?"],
        ),
        ("DTI của Đắk Nông năm 2023?", ["Gia Lai xếp thứ mấy về DTI năm 2023?"]),
        # another indicator of the province
        ("PCI của Gia Lai năm 2023 là bao nhiêu?", ["Gia Lai xếp thứ mấy về DTI năm 2023?"]),
        ("Thời tiết Kon Tum hôm nay thế nào?", ["Kon Tum xếp thứ mấy về DTI năm 2023?"]),
    ],
)
def test_near_questions_are_offered(over: Open, question: str, offered: list[str]) -> None:
    answer = over(*LIBRARY)(question)
    assert not answer.answered
    assert set(offered) <= set(answer.suggestions), answer.suggestions


@pytest.mark.parametrize(
    "question",
    [
        "Kon Tum xếp thứ mấy về DTI năm 2021?",
        "Đắk Nông xếp thứ mấy về chính quyền số năm 2023?",
        "Kon Tum có bao nhiêu trạm 5G?",
        "DTI của Hà Giang năm 2023?",
        "Giá vàng hôm nay?",
        "Ai là tổng thống Mỹ?",
        "",
    ],
)
def test_what_is_offered_is_answered_and_another_question(over: Open, question: str) -> None:
    ask = over(*LIBRARY)
    offered = ask(question).suggestions
    assert 1 <= len(offered) <= 3 and len(set(offered)) == len(offered)
    assert question not in offered
    for near in offered:
        assert ask(near).answered and ask(near).citations, near


def test_nothing_near_gives_typical_questions(over: Open) -> None:
    news_of = [article(f"t{i}", p, f"Năm 2023, {p} xếp thứ {i}/63 về DTI.", published="2024-02-01") for i, p in
               enumerate(("Kon Tum", "Gia Lai", "Lâm Đồng"), 1)]  # fmt: skip
    offered = over(*news_of)("Kết quả bóng đá tối qua").suggestions
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
    from retrieval.answer.draft import Draft

    asked = []

    def refuse(question: str) -> Draft:
        asked.append(question)
        return Draft(False, ())

    library = over(*LIBRARY).answerer.library
    assert suggest(library, Query("?", "?", provinces=("Kon Tum",), indicators=("dti",)), refuse) == ()
    assert 0 < len(asked) <= 5
