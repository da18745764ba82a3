"""A province at a glance: what matters most first, each line cited, short enough to read."""

import pytest

from tests.retrieval.answer import news
from tests.retrieval.answer.conftest import Open
from tests.retrieval.answer.small_library import article

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
        "Kon Tum chuyển đổi số đến đâu rồi?",
        "tien do trien khai chuyen doi so Kon Tum den dau roi",
    ],
)
def test_a_province_at_a_glance_is_asked_for_in_many_words(over: Open, question: str) -> None:
    answer = over(*LIBRARY)(question)
    assert answer.text.startswith("Chuyển đổi số của Kon Tum, theo các bài đã thu thập:")
    assert "41/63" in answer.text


PLAN = article(
    "ke-hoach",
    "Lâm Đồng",
    """
    Năm 2023, Lâm Đồng xếp thứ 22/63 về DTI.

    Văn bản chính là Kế hoạch số 15/KH-UBND ngày 2/3/2022 về chuyển đổi số đến năm 2025, với 31 mục tiêu. Đến nay tỉnh đã
    hoàn thành 19/31 mục tiêu.
    """,
    published="2024-05-01",
)


def test_progress_of_a_province_is_an_overview_not_its_plan(over: Open) -> None:
    text = over(PLAN)("Tiến độ chuyển đổi số Lâm Đồng").text
    assert "22/63" in text and "19/31" in text


def test_whether_a_target_is_reached_is_no_overview(over: Open) -> None:
    answer = over(*LIBRARY)("Tiến độ thực hiện mục tiêu hồ sơ nộp trực tuyến của Kon Tum năm 2023?")
    assert "61,5%" in answer.text and "41/63" not in answer.text


def test_every_line_shows_its_figure_and_none_is_a_ministry_s(over: Open) -> None:
    other = article(
        "nhieu-tinh",
        "Lâm Đồng",
        """
        Năm 2022, Đắk Lắk dẫn đầu vùng với 0,6112 điểm DTI; hai vị trí tiếp theo thuộc về Lâm Đồng (0,6044), Kon Tum (0,5230).
        Giá trị DTI trung bình cấp bộ là 0,4821 điểm.
        """,
        published="2023-08-01",
    )
    text = over(PLAN, other)("Tổng quan chuyển đổi số Lâm Đồng").text
    assert "22/63" in text and "0,4821" not in text
    assert all(any(c.isdigit() for c in line.split(" [")[0]) for line in text.split("\n") if line.startswith("- "))


def test_results_are_no_answer_to_what_is_aimed_at(over: Open) -> None:
    ask = over(
        article(
            "tra-vinh-ket-qua", "Trà Vinh", "Năm 2023, Trà Vinh có 1.200 hộ dùng nền tảng số.", published="2024-01-01"
        )
    )
    assert not ask("Trà Vinh có mục tiêu gì năm 2024?").answered
