"""Highest and lowest among the provinces that the articles cover, never "cả nước" from a few."""

import pytest

from tests.retrieval.answer import news
from tests.retrieval.answer.conftest import Open
from tests.retrieval.answer.small_library import article

LIBRARY = (news.KON_TUM_2023, news.KON_TUM_2022, news.GIA_LAI_2023, news.DAK_NONG_2023)


@pytest.mark.parametrize(
    ("question", "said", "first"),
    [
        ("Tỉnh nào xếp cao nhất về DTI năm 2023?", "41/63", "Kon Tum"),
        ("Tỉnh nào xếp thấp nhất về DTI năm 2023?", "50/63", "Gia Lai"),
        ("Tỉnh nào có tỷ lệ hồ sơ nộp trực tuyến cao nhất năm 2023?", "70,2%", "Gia Lai"),
        ("Tỉnh nào có tỷ lệ hồ sơ nộp trực tuyến thấp nhất năm 2023?", "61,5%", "Kon Tum"),
    ],
)
def test_the_first_is_named_with_what_is_covered(over: Open, question: str, said: str, first: str) -> None:
    answer = over(*LIBRARY)(question)
    top = answer.text.split("\n")[0]
    assert first in top and said in top
    assert "trong các bài đã thu thập" in answer.text
    assert "44/63" not in answer.text, "a figure of another year"


def test_a_whole_order_lists_each_once(over: Open) -> None:
    text = over(*LIBRARY)("Xếp hạng các tỉnh theo DTI năm 2023").text
    assert text.index("41/63") < text.index("50/63")


def test_among_those_asked_the_missing_one_is_said(over: Open) -> None:
    text = over(*LIBRARY)("Trong Kon Tum, Gia Lai và Đắk Nông, tỉnh nào xếp cao nhất về DTI?").text
    assert "41/63" in text.split("\n")[0]
    assert "Đắk Nông: chưa có số liệu" in text


def test_the_lowest_pillar_of_one_province(over: Open) -> None:
    text = over(*LIBRARY)("Trụ cột nào của Kon Tum xếp thấp nhất?").text
    assert "47" in text and "38" not in text


def test_ranks_of_34_do_not_stand_among_those_of_63(over: Open) -> None:
    ask = over(news.QUANG_NGAI_AFTER, news.KON_TUM_2023, news.GIA_LAI_2023)
    text = ask("Tỉnh nào xếp thấp nhất về DTI năm 2023?").text
    assert "50/63" in text and "19/34" not in text


def test_the_newest_year_that_sets_provinces_side_by_side(over: Open) -> None:
    """One province's newer figure is in no order with anybody's."""
    text = over(
        article("an-giang-share", "An Giang", "Năm 2022, kinh tế số chiếm 6,1% GRDP của An Giang.", published="2023-02-01"),
        article("ben-tre-share", "Bến Tre", "Năm 2022, kinh tế số chiếm 7,2% GRDP của Bến Tre.", published="2023-02-02"),
        article("an-giang-share-2", "An Giang", "Năm 2024, kinh tế số chiếm 6,3% GRDP của An Giang.", published="2025-02-01"),
    )("Tỉnh nào có tỷ trọng kinh tế số cao nhất?").text  # fmt: skip
    assert "7,2%" in text
