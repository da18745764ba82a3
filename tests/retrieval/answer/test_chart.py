"""What is drawn: the answer's own figures where they can be laid side by side, and no picture where that misleads."""

from dataclasses import replace

import pytest

from retrieval.answer.chart import renumbered
from retrieval.types import ChartPoint
from tests.retrieval.answer import news
from tests.retrieval.answer.small_library import article
from tests.retrieval.conftest import Open

LIBRARY = (news.KON_TUM_2023, news.KON_TUM_2022, news.GIA_LAI_2023, news.DAK_NONG_2023)


def test_a_comparison_is_drawn_as_bars(over: Open) -> None:
    answer = over(*LIBRARY)("So sánh tỷ lệ hồ sơ nộp trực tuyến của Kon Tum và Gia Lai năm 2023")
    chart = answer.chart
    assert chart and (chart.kind, chart.unit, chart.lower_is_better) == ("bars", "%", False)
    assert chart.title == "Hồ sơ nộp trực tuyến, năm 2023"
    assert chart.points == (ChartPoint("Kon Tum", 61.5, "61,5%", 1), ChartPoint("Gia Lai", 70.2, "70,2%", 2))


def test_ranks_are_drawn_with_the_better_end_known(over: Open) -> None:
    chart = over(*LIBRARY)("So sánh thứ hạng DTI năm 2023 của Kon Tum và Gia Lai").chart
    assert chart and chart.lower_is_better and chart.out_of == 63
    assert chart.title == "Thứ hạng chỉ số chuyển đổi số (DTI), năm 2023"
    assert [p.shown for p in chart.points] == ["41/63", "50/63"]


def test_a_trend_is_drawn_by_time(over: Open) -> None:
    chart = over(*LIBRARY)("Tỷ lệ hồ sơ nộp trực tuyến của Kon Tum qua các năm").chart
    assert chart and (chart.kind, chart.title) == ("line", "Hồ sơ nộp trực tuyến của Kon Tum")
    assert [(p.label, p.shown, p.at) for p in chart.points] == [("2022", "40,2%", 2023.0), ("2023", "61,5%", 2024.0)]


def test_a_ranking_is_drawn_in_its_order(over: Open) -> None:
    answer = over(*LIBRARY)("Xếp hạng các tỉnh theo điểm DTI năm 2023")
    assert answer.chart and [p.label for p in answer.chart.points] == ["Kon Tum", "Gia Lai"]


def test_a_picture_shows_no_figure_that_the_text_lacks(over: Open) -> None:
    for question in (
        "So sánh tỷ lệ hồ sơ nộp trực tuyến của Kon Tum và Gia Lai năm 2023",
        "Thứ hạng DTI của Kon Tum thay đổi ra sao từ 2022 đến 2023?",
        "Xếp hạng các tỉnh theo điểm DTI năm 2023",
    ):
        answer = over(*LIBRARY)(question)
        assert answer.chart
        for point in answer.chart.points:
            assert point.shown in answer.text and f"[{point.n}]" in answer.text
            assert point.shown in answer.citations[point.n - 1].quote


def test_periods_that_differ_are_in_the_labels(over: Open) -> None:
    lam = article("lam-2022", "Lâm Đồng", "Năm 2022, kinh tế số của Lâm Đồng chiếm 9,1% GRDP.", published="2023-03-01")
    kon = article("kon-2023", "Kon Tum", "Năm 2023, kinh tế số của Kon Tum chiếm 8,4% GRDP.", published="2024-03-01")
    chart = over(lam, kon)("So sánh tỷ trọng kinh tế số trong GRDP của Lâm Đồng và Kon Tum").chart
    assert chart and [p.label for p in chart.points] == ["Lâm Đồng (năm 2022)", "Kon Tum (năm 2023)"]
    assert chart.title == "Tỷ trọng kinh tế số trong GRDP"


def test_targets_are_marked(over: Open) -> None:
    lam = article(
        "lam-aim", "Lâm Đồng", "Lâm Đồng đặt mục tiêu kinh tế số chiếm 20% GRDP vào năm 2025.", published="2022-03-01"
    )
    kon = article(
        "kon-aim", "Kon Tum", "Kon Tum đặt mục tiêu kinh tế số chiếm 15% GRDP vào năm 2025.", published="2022-03-01"
    )
    chart = over(lam, kon)("So sánh mục tiêu tỷ trọng kinh tế số năm 2025 của Lâm Đồng và Kon Tum").chart
    assert chart and all(p.target for p in chart.points)


@pytest.mark.parametrize(
    "question",
    [
        "Kon Tum xếp thứ mấy về DTI năm 2023?",
        "Tình hình chuyển đổi số của Kon Tum",
        "DTI của Hà Giang năm 2023?",
        "Xin chào",
        "Tỷ lệ hồ sơ nộp trực tuyến của Gia Lai qua các năm?",
        "Tỷ lệ hồ sơ nộp trực tuyến năm 2023 của Kon Tum so với mục tiêu?",
    ],
)
def test_one_figure_or_several_things_are_not_drawn(over: Open, question: str) -> None:
    assert over(*LIBRARY)(question).chart is None


def test_ranks_of_63_and_of_34_are_not_drawn_together(over: Open) -> None:
    answer = over(news.QUANG_NGAI_BEFORE, news.QUANG_NGAI_AFTER)(
        "DTI của Quảng Ngãi thay đổi thế nào từ 2023 đến 2025?"
    )
    assert answer.answered and answer.chart is None


def test_a_merged_province_is_no_line_with_the_old_one(over: Open) -> None:
    old = article(
        "gl-2023", "Gia Lai", "Năm 2023, tỷ lệ hồ sơ nộp trực tuyến của Gia Lai đạt 70,2%.", published="2024-02-01"
    )
    new = article(
        "gl-2025", "Gia Lai", "Năm 2025, tỷ lệ hồ sơ nộp trực tuyến của Gia Lai đạt 81,5%.", published="2026-02-01"
    )
    answer = over(old, new)("Tỷ lệ hồ sơ nộp trực tuyến của Gia Lai qua các năm")
    assert "70,2%" in answer.text and "81,5%" in answer.text and answer.chart is None


def test_scores_on_two_scales_are_not_drawn_together(over: Open) -> None:
    one = article("kt-s", "Kon Tum", "Năm 2023, DTI của Kon Tum đạt 0,5712 điểm.", published="2024-02-01")
    other = article("gl-s", "Gia Lai", "Năm 2023, DTI của Gia Lai đạt 54,05 điểm.", published="2024-02-01")
    answer = over(one, other)("So sánh điểm DTI năm 2023 của Kon Tum và Gia Lai")
    assert "0,5712" in answer.text and "54,05" in answer.text and answer.chart is None


def test_sums_of_money_bear_their_scale(over: Open) -> None:
    one = article(
        "tien-1", "Kon Tum", "Năm 2024, kinh phí chuyển đổi số của Kon Tum là 81,5 tỷ đồng.", published="2025-02-01"
    )
    two = article(
        "tien-2", "Gia Lai", "Năm 2024, kinh phí chuyển đổi số của Gia Lai là 950 triệu đồng.", published="2025-02-01"
    )
    chart = over(one, two)("So sánh kinh phí chuyển đổi số năm 2024 của Kon Tum và Gia Lai").chart
    assert chart and [(p.shown, p.value) for p in chart.points] == [("81,5 tỷ", 81.5e9), ("950 triệu", 950e6)]


def test_a_chart_is_numbered_as_the_words_that_tell_it(over: Open) -> None:
    answer = over(*LIBRARY)("So sánh DTI năm 2023 của Kon Tum và Gia Lai")
    assert answer.chart is not None
    turned = tuple(replace(c, n=len(answer.citations) + 1 - c.n) for c in answer.citations)
    drawn = renumbered(answer.chart, answer.citations, turned)
    assert drawn is not None
    assert [p.n for p in drawn.points] == [len(turned) + 1 - p.n for p in answer.chart.points]
    assert renumbered(answer.chart, answer.citations, turned[:1]) is None
    assert renumbered(None, (), ()) is None
