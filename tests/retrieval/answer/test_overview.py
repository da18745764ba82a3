"""A province at a glance: what matters most first, each line cited, short enough to read."""

import pytest

from tests.retrieval.answer import news
from tests.retrieval.answer.conftest import Open

LIBRARY = (news.KON_TUM_2023, news.KON_TUM_2022, news.GIA_LAI_2023, news.DAK_NONG_2023)


def test_rank_results_and_targets_each_with_its_source(over: Open) -> None:
    answer = over(*LIBRARY)("Tình hình chuyển đổi số của Kon Tum")
    facts = [line for line in answer.text.split("\n") if line.startswith("- ")]
    assert "41/63" in facts[0]
    assert all(line.endswith("]") for line in facts)
    assert "61,5%" in answer.text and "756 tổ" in answer.text
    assert "Mục tiêu: " in answer.text and "15% GRDP" in answer.text
    assert len(answer.text) < 1500


def test_no_other_province_is_told(over: Open) -> None:
    text = over(*LIBRARY)("Cho tôi cái nhìn tổng quan về chuyển đổi số tỉnh Gia Lai").text
    assert "50/63" in text
    assert not any(figure in text for figure in ("41/63", "61,5%", "713"))


def test_a_province_without_a_rank_has_an_overview_too(over: Open) -> None:
    answer = over(*LIBRARY)("Chuyển đổi số ở Đắk Nông thế nào?")
    assert answer.answered and "713 tổ" in answer.text


def test_an_overview_of_a_province_without_articles_is_refused(over: Open) -> None:
    assert not over(*LIBRARY)("Tổng quan chuyển đổi số tỉnh Hà Giang").answered


@pytest.mark.parametrize(
    "question",
    [
        "Cho mình xem bức tranh chung về CĐS tỉnh Kon Tum",
        "khái quát chuyển đổi số Kon Tum giúp em",
        "Kon Tum có gì mới?",
        "cho tôi biết tiến độ chuyển đổi số của Kon Tum",
        "Kon Tum làm chuyển đổi số tốt không",
    ],
)
def test_a_province_at_a_glance_is_asked_for_in_many_words(over: Open, question: str) -> None:
    answer = over(*LIBRARY)(question)
    assert answer.text.startswith("Chuyển đổi số của Kon Tum, theo các bài đã thu thập:")
    assert "41/63" in answer.text
