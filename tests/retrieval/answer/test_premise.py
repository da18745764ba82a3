"""What a question takes for granted is checked before it is answered."""

import pytest

from tests.retrieval.answer import news
from tests.retrieval.answer.conftest import Open
from tests.retrieval.answer.small_library import article

LIBRARY = (news.KON_TUM_2023, news.KON_TUM_2022, news.GIA_LAI_2023, news.DAK_NONG_2023)


@pytest.mark.parametrize(
    ("question", "given"),
    [
        ("Vì sao Kon Tum đứng đầu cả nước về DTI?", "41/63"),
        ("Vì sao Kon Tum tụt hạng DTI?", "tăng 3 bậc"),
        ("Vì sao Kon Tum tụt 4 bậc DTI năm 2023?", "tăng 3 bậc"),
        ("vi sao kon tum tut 4 bac dti nam 2023", "tăng 3 bậc"),
        ("Vì sao Kon Tum xếp thứ 10 về DTI?", "41/63"),
        pytest.param(
            "Nhờ đâu Gia Lai dẫn đầu cả nước về DTI năm 2023?",
            "50/63",
            marks=pytest.mark.xfail(strict=True, reason="'nhờ đâu' is not known to ask for a reason"),
        ),
    ],
)
def test_a_false_premise_is_corrected_with_a_source(over: Open, question: str, given: str) -> None:
    answer = over(*LIBRARY)(question)
    assert "không đúng" in answer.text.split("\n")[0]
    assert given in answer.text
    assert answer.citations


def test_a_true_premise_is_not_corrected(over: Open) -> None:
    assert "không đúng" not in over(*LIBRARY)("Vì sao Kon Tum xếp thứ 41 về DTI năm 2023?").text


def test_a_premise_about_an_unknown_province_is_refused(over: Open) -> None:
    assert not over(*LIBRARY)("Vì sao Hà Giang tụt 4 bậc DTI?").answered


def test_what_was_true_once_and_is_no_longer_is_told_both_ways(over: Open) -> None:
    text = over(
        article(
            "lam-dong-2022",
            "Lâm Đồng",
            "Năm 2022, Lâm Đồng xếp thứ 1/63 tỉnh, thành phố về Chỉ số DTI.",
            published="2023-07-01",
        ),
        article(
            "lam-dong-2024",
            "Lâm Đồng",
            "Năm 2024, Lâm Đồng xếp thứ 9/34 tỉnh, thành phố về Chỉ số DTI.",
            published="2025-10-01",
        ),
    )("Vì sao Lâm Đồng dẫn đầu?").text
    assert "9/34" in text and "1/63" in text and "đã từng đúng" in text
