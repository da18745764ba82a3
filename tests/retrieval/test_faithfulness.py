"""Quotes are literal and figures stand in them, by tables."""

from typing import Any

import pytest

from retrieval.faithfulness import figures_not_quoted, quotes_not_literal

QUOTE = "đạt 0,61 điểm, xếp thứ 41/63; 8/14 chỉ tiêu và 1.385 dịch vụ đạt 80%"


def answer(text: str, *quotes: str, title: str = "", published: str | None = None) -> dict[str, Any]:
    citations = [{"n": 1, "source": "a.txt", "title": title, "published": published, "quote": q} for q in quotes]
    return {"answer": text, "citations": citations}


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Đạt 0,61 điểm, thứ 41/63 [1].", ()),
        ("Thứ 41 trong 63 tỉnh [1]", ()),
        ("8 trên tổng số 14 [1], [12] và [3, 4]", ()),
        ("1.385 dịch vụ, 80%", ()),
        ("1385 dịch vụ", ("1385",)),
        ("11.385 dịch vụ", ("11.385",)),
        ("0,610 điểm", ("0,610",)),
        ("61 điểm", ("61",)),
        ("thứ 8/63", ("8/63",)),
        ("385", ("385",)),
        ("180%, 80%, 180%", ("180",)),
        ("1. đạt 80%\n2) thứ 41\n 13. hết", ()),
        ("Tổng 13. Hết", ("13",)),
        ("Tăng 27 bậc (tính từ nguồn).", ()),
        ("Thứ 41, cách nhau 27 bậc (tính từ nguồn) [1]", ()),
        ("Thứ 42, cách nhau 27 bậc (tính từ nguồn)", ("42",)),
        ("Đạt 0,7 điểm; hơn 0,09 điểm (tính từ nguồn)", ("0,7",)),
        ("hơn 0,09 điểm (tính từ nguồn)", ()),
        ("Hơn 27 bậc (tính từ nguồn). Sau đó 28 bậc", ("28",)),
        ("27 bậc\nhơn 3 bậc (tính từ nguồn)", ("27",)),
        ("| A | 27 | hơn 3 bậc (tính từ nguồn) |", ("27",)),
        ("Thứ 42 [1] tăng 27 bậc (tính từ nguồn)", ("42",)),
    ],
)
def test_figures(text: str, figures: tuple[str, ...]) -> None:
    assert figures_not_quoted(answer(text, QUOTE)) == (figures, ())


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Năm 2023 đạt 80%", ()),
        ("Năm 2022 đạt 80%", ("2022",)),
        ("Giai đoạn 2021-2025 đạt 80%", ("2021", "2025")),
        ("Theo báo ngày 05/10/2024, đạt 80%", ()),
        ("Theo báo ngày 6/10/2024, đạt 80%", ("6/10/2024",)),
        ("Tháng 3/2030", ("3/2030",)),
    ],
)
def test_dates_may_stand_in_the_question_or_the_citation(text: str, dates: tuple[str, ...]) -> None:
    given = answer(text, QUOTE, title="DTI", published="2024-10-05")
    assert figures_not_quoted(given, asked=["Năm 2023?"]) == ((), dates)


def test_a_year_that_is_a_figure_of_a_quote_is_quoted() -> None:
    assert figures_not_quoted(answer("2.022 máy, năm 2022", "năm 2022")) == (("2.022",), ())


def test_computed_strings_are_passed_over() -> None:
    assert figures_not_quoted(answer("27 bậc, 41"), computed=["27 bậc", "27 hạng"]) == (("41",), ())


@pytest.mark.parametrize(
    ("quote", "literal"),
    [("xếp thứ 41", True), ("Xếp thứ 41", False), ("xếp  thứ 41", False), ("", False), ("thứ 41 … 80%", False)],
)
def test_quotes(quote: str, literal: bool) -> None:
    assert quotes_not_literal(answer("", quote), {"a.txt": QUOTE}.get) == (() if literal else (quote,))


def test_a_quote_of_an_unknown_article_is_not_literal() -> None:
    assert quotes_not_literal(answer("", "xếp"), lambda _: None) == ("xếp",)
