"""The extractor against every figure of five real articles, marked by hand (tests/ingest/marks/).

The articles are not ours to ship: the marks hold offsets, figures, fields and hashes, and the tests that read the
articles are skipped where they are not at hand (TINHSO_SEEDS, or ../shared/seeds beside the repository).

What is marked
- A figure states something measurable: percentage, score, rank, change of rank or score, count, money, and the targets
  of those. "8/14 mục tiêu" is the figure 8 with denominator 14. Ranks in words count ("đứng đầu" 1, "thứ bảy" 7).
- "top 10" and "nhóm 15 tỉnh dẫn đầu" as an aim are targets in "hạng".
- No figures: dates, years, durations, ages, document numbers, names with a number ("Đề án 06", "Chợ 4.0",
  "mức độ 4"), clock times, idioms ("bậc nhất", "1 yếu tố"), "nhóm dẫn đầu" without a number, "trên 100 dân".
- Counts that a plan itself holds ("20 mục tiêu", "3 trụ cột", "42 nhiệm vụ", its budget) are results; a reader who
  calls them targets is right too. "cả 3 trụ cột" said again, "3 cấp", "ít nhất 1 xã" are optional: neither miss nor
  false alarm.
- The period is the one that a careful reader binds to the figure: that of the sentence, else of its list's or
  paragraph's head, else of the plan that is being quoted; null for "hiện nay", "đến nay" and undated statements.
  A target in parentheses after a half-year's result may be of the half or of the whole year.
- The indicator is the catalogue's id for what the figure measures; "" where the catalogue has none (a plan's counts of
  documents or contents): a wrong id is a fault, own words are not.
- A change ("tăng 4 bậc so với năm 2021") is of the later year. The denominator of a rank in a sub-list may be the
  head's or none.
- Two indicators that share one figure ("A và B xếp thứ tư") are two marks at one place.
"""

import pytest

from benchmarks.figures import (
    CONTEXT,
    FIELDS,
    SEEDS,
    Mark,
    Score,
    context_hashes,
    load_marks,
    place,
    score,
    seed_articles,
)
from retrieval.types import Article, Figure, FigureKind, Period

PRECISION_FLOOR = 0.95
RECALL_FLOOR = 0.85
WHOLE_FLOOR = 0.80
"""Share of the marked figures that must be right in all their fields at once."""

needs_seeds = pytest.mark.skipif(not any(SEEDS.glob("*.txt")), reason=f"no articles in {SEEDS}")


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    return seed_articles()


@pytest.fixture(scope="module")
def measured(articles: dict[str, Article]) -> Score:
    from ingest.figures import extract

    return score(articles, load_marks(), extract)


# --- the marks and the scoring, without the articles ---------------------------------------------------------------


def test_marks_cover_five_articles_and_hold_no_sentence() -> None:
    marks = load_marks()
    assert len({mark.file for mark in marks}) == 5
    assert len(marks) > 140
    longest = max(len(word) for mark in marks for word in (mark.shown, *mark.words))
    assert longest < 30


TEXT = "Quảng Trị năm 2022 xếp hạng 20/63 về DTI, tăng 5 bậc; chỉ số A và chỉ số B cùng xếp thứ 9."


def mark(shown: str, *words: str, value: float, unit: str = "hạng", kind: str = "rank") -> Mark:
    start = TEXT.rindex(f" {shown}") + 1
    before, after = context_hashes(TEXT, start, start + len(shown))
    return Mark(
        "a.txt", "Quảng Trị", shown, start, start + len(shown), before, after, None, value,
        (unit,), (kind,), (Period(2022),), (63, None), words, "",
    )  # fmt: skip


def figure(shown: str, label: str, value: float, kind: FigureKind = FigureKind.RANK) -> Figure:
    start = TEXT.rindex(f" {shown}") + 1
    unit = "bậc" if kind is FigureKind.CHANGE else "hạng"
    return Figure(
        "Quảng Trị", "", label, value, shown, unit, kind, Period(2022), None, "", start, start + len(shown), 0, len(TEXT), 0, len(TEXT)
    )  # fmt: skip


MARKS = [
    mark("20", "dti", value=20),
    mark("5", "dti", value=5, unit="bậc", kind="change"),
    mark("9", "chi so a", value=9),
    mark("9", "chi so b", value=9),
]


def judge(*figures: Figure) -> Score:
    return score({"a.txt": Article("a.txt", "a.txt", "", TEXT)}, MARKS, lambda _: list(figures))


def test_perfect_extraction_scores_one_in_every_field() -> None:
    measured = judge(
        figure("20/63", "DTI", 20),
        figure("5", "DTI", 5, FigureKind.CHANGE),
        figure("9", "Chỉ số A", 9),
        figure("9", "Chỉ số B", 9),
    )
    assert {field: (measured.precision(field), measured.recall(field)) for field in measured.right} == dict.fromkeys(
        ("found", *FIELDS, "whole"), (1.0, 1.0)
    )
    assert not measured.faults


def test_one_figure_may_bear_both_labels() -> None:
    assert judge(figure("9", "Chỉ số A và chỉ số B", 9)).right["whole"] == 2


def test_misses_false_alarms_and_wrong_fields_are_told_apart() -> None:
    measured = judge(figure("20/63", "PAPI", 20), figure("2022", "năm", 2022), figure("9", "Chỉ số A và chỉ số B", 9))
    assert (measured.expected, measured.given, measured.right["found"], measured.right["label"]) == (4, 4, 3, 2)
    assert sorted(fault.what for fault in measured.faults) == ["false alarm", "label", "missed"]


def test_a_second_figure_at_a_place_is_a_false_alarm_only_when_wrong() -> None:
    good = figure("20/63", "DTI", 20)
    assert judge(good, good).given == 1
    assert judge(good, figure("20", "PAPI", 20)).given == 2


def test_a_mark_finds_its_place_when_lines_around_it_are_gone() -> None:
    cleaned = "x" * CONTEXT + TEXT[TEXT.index("xếp hạng 20") :]
    found = place(MARKS[0], cleaned)
    assert found is not None
    assert cleaned[slice(*found)] == "20"
    assert place(MARKS[0], "20 mục tiêu, 20/63") is None


# --- the extractor on the articles ---------------------------------------------------------------------------------


@needs_seeds
def test_every_mark_outside_titles_stands_in_the_read_article(articles: dict[str, Article]) -> None:
    lost = [
        (mark.file, mark.shown, mark.words)
        for mark in load_marks()
        if not mark.in_title and place(mark, articles[mark.file].text) is None
    ]
    assert not lost


@needs_seeds
@pytest.mark.parametrize("field", ["found", *FIELDS])
def test_precision_and_recall_hold_for_every_field(measured: Score, field: str) -> None:
    faults = [fault for fault in measured.faults if fault.what in {field, "missed", "false alarm"}]
    assert measured.precision(field) >= PRECISION_FLOOR, faults
    assert measured.recall(field) >= RECALL_FLOOR, faults


@needs_seeds
def test_most_figures_are_right_in_all_fields_at_once(measured: Score) -> None:
    assert measured.recall("whole") >= WHOLE_FLOOR, measured.faults


@needs_seeds
def test_every_figure_stands_in_its_quote(articles: dict[str, Article]) -> None:
    from ingest.figures import extract

    for article in articles.values():
        for found in extract(article):
            assert 0 <= found.quote_start <= found.start < found.end <= found.quote_end <= len(article.text)
            assert (
                article.text[found.start : found.end] in found.shown
                or found.shown in article.text[found.start : found.end]
            )
