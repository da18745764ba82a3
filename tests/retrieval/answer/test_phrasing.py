"""Questions written by rule read as people ask, and are not written where they would say something odd."""

from dataclasses import replace

import pytest

from retrieval.answer.phrasing import comparison_question, leader_question, measure, trend_question, value_question
from retrieval.types import Figure, FigureKind, Period

RANK = Figure(
    "Kon Tum", "dti", "DTI", 41, "41/63", "hạng", FigureKind.RANK, Period(2023), 63, "", 0, 1, 0, 1, 0, 1
)  # fmt: skip
SHARE = replace(RANK, indicator="online-files", unit="%", kind=FigureKind.RESULT, denominator=None)


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        (RANK, "Kon Tum xếp thứ mấy về DTI năm 2023?"),
        (replace(RANK, indicator="dti-government"), "Kon Tum xếp thứ mấy về chính quyền số năm 2023?"),
        (replace(RANK, indicator="par-index", period=None), "Kon Tum xếp thứ mấy về PAR Index?"),
        (replace(RANK, kind=FigureKind.TARGET), "Mục tiêu thứ hạng DTI của Kon Tum năm 2023 là bao nhiêu?"),
        (SHARE, "Tỷ lệ hồ sơ nộp trực tuyến của Kon Tum năm 2023 là bao nhiêu?"),
        (
            replace(SHARE, indicator="digital-economy-share", period=Period(2024, "H1")),
            "Tỷ trọng kinh tế số trong GRDP của Kon Tum 6 tháng đầu năm 2024 là bao nhiêu?",
        ),
        (
            replace(SHARE, indicator="work-files-online", scope="cap xa"),
            "Tỷ lệ hồ sơ công việc xử lý trên môi trường mạng cấp xã của Kon Tum năm 2023 là bao nhiêu?",
        ),
        (
            replace(SHARE, indicator="community-teams", unit="tổ công nghệ số"),
            "Số tổ công nghệ số cộng đồng của Kon Tum năm 2023 là bao nhiêu?",
        ),
        (replace(SHARE, indicator="dti", unit="điểm"), "Điểm DTI của Kon Tum năm 2023 là bao nhiêu?"),
        (replace(SHARE, indicator="shared-data", unit="bảng dữ liệu"), None),
        (replace(SHARE, indicator="dti-economy"), None),
        (replace(RANK, unit="bậc", kind=FigureKind.CHANGE), None),
        (replace(SHARE, indicator=""), None),
    ],
)
def test_a_question_for_a_figure(figure: Figure, said: str | None) -> None:
    assert value_question(figure) == said
    assert (measure(figure) is None) == (said is None)


def test_questions_that_lead_on() -> None:
    assert comparison_question(RANK, ("Kon Tum", "Gia Lai")) == "So sánh thứ hạng DTI của Kon Tum và Gia Lai năm 2023"
    assert trend_question(SHARE) == "Tỷ lệ hồ sơ nộp trực tuyến của Kon Tum qua các năm"
    assert leader_question(RANK) == "Tỉnh nào đứng đầu về DTI năm 2023?"
    assert leader_question(SHARE) == "Tỉnh nào có tỷ lệ hồ sơ nộp trực tuyến cao nhất năm 2023?"
