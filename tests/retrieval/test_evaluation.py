"""The rule by which answers are judged, by tables."""

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from retrieval.errors import ReadError
from retrieval.evaluation import (
    Outcome,
    Question,
    Tally,
    Verdict,
    compare,
    contains,
    from_json,
    judge,
    load_questions,
    summarise,
    to_json,
)

NFD_ANSWER = unicodedata.normalize("NFD", "Tỷ lệ đạt 61,5%")


# --- matching ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ("Sơn La xếp thứ 7/63 [1]", "7/63", True),
        ("Sơn La xếp thứ 57/63", "7/63", False),
        ("xếp thứ 7/63.", "7/63", True),
        ("xếp thứ 7/634", "7/63", False),
        ("xếp thứ 1.7/63", "7/63", False),
        ("đạt 7,73 điểm", "7,73", True),
        ("đạt 17,73 điểm", "7,73", False),
        ("đạt 7,731 điểm", "7,73", False),
        ("đạt 7,73.", "7,73", True),
        ("đạt 7,73, tăng", "7,73", True),
        ("đạt 80%", "80%", True),
        ("đạt 180%", "80%", False),
        ("đạt 0,80%", "80%", False),
        ("đạt 80 %", "80%", False),
        ("đạt 80%.", "80%", True),
        ("1.385 dịch vụ", "1.385", True),
        ("11.385 dịch vụ", "1.385", False),
        ("1.385.000 dịch vụ", "1.385", False),
        ("1.385,5 dịch vụ", "1.385", False),
        ("1.385.", "1.385", True),
        ("đã có 1385 dịch vụ", "1.385", False),
        ("xếp thứ 7/63", "thứ 7", True),
        ("xếp thứ 75", "thứ 7", False),
        ("xếp thứ 7,5", "thứ 7", False),
        ("hạng 30", "hạng 3", False),
        ("Hạng 3", "hạng 3", True),
        ("HẠNG 3; hạng", "hạng 3", True),
        ("có 12 chợ", "12 chợ", True),
        ("có 112 chợ", "12 chợ", False),
        ("có 5/12 chợ", "12 chợ", False),
        ("ngày 5-12 chợ", "12 chợ", True),
        ("tổng vốn  66 \n tỷ", "66 tỷ", True),
        ("Tổng vốn 66\u00a0tỷ", "66 tỷ", True),
        ("GIÁO DỤC và y tế", "giáo dục", True),
        (NFD_ANSWER, "tỷ lệ", True),
        ("tỷ lệ đạt", unicodedata.normalize("NFD", "Tỷ lệ"), True),
        ("tỉ lệ đạt", "tỷ lệ", False),
        ("52-NQ/TU", "52-NQ/TU", True),
        ("152-NQ/TU", "52-NQ/TU", False),
        ("a.b", "a+b", False),
    ],
)
def test_contains(text: str, wanted: str, found: bool) -> None:
    assert contains(text, wanted) is found


# --- judging -------------------------------------------------------------------------------------------------------

QUESTION = Question(
    id="q1",
    q="Lai Châu xếp thứ mấy về DTI năm 2023?",
    type="lookup",
    must=(("thứ 41", "hạng 41", "41/63"), ("0,61",)),
    must_not=("thứ 14",),
    sources=("laichau.txt", "khác.txt"),
)
ARTICLE = "Năm 2023, Lai Châu đạt 0,61 điểm, xếp thứ 41/63 về chuyển đổi số; năm 2022 xếp thứ 14."


def answer(
    text: str, *quotes: str, source: str = "/dữ liệu/laichau.txt", answered: bool = True, took_ms: float = 12.0
) -> dict[str, Any]:
    citations = [
        {
            "n": n,
            "source": source,
            "title": "Chuyển đổi số",
            "publisher": None,
            "url": None,
            "published": None,
            "quote": q,
        }
        for n, q in enumerate(quotes, 1)
    ]
    return {"question": "", "answered": answered, "answer": text, "citations": citations, "took_ms": took_ms}


GOOD = answer("Năm 2023, Lai Châu đạt 0,61 điểm, xếp thứ 41/63 [1].", "đạt 0,61 điểm, xếp thứ 41/63")


def test_a_good_answer_passes() -> None:
    verdict = judge(QUESTION, GOOD, lambda _: ARTICLE)
    assert verdict.passed
    assert verdict.cited
    assert verdict.faithful
    assert (verdict.reasons, verdict.wrong_figures, verdict.quotes_checked, verdict.took_ms) == ((), (), 1, 12.0)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (answer("Lai Châu xếp thứ 41 [1].", "xếp thứ 41/63"), "missing: 0,61"),
        (answer("Đạt 0,61 điểm [1].", "đạt 0,61 điểm"), "missing: thứ 41 | hạng 41 | 41/63"),
        (answer("Đạt 0,61, thứ 41, trước là thứ 14 [1].", ARTICLE), "must not say: thứ 14"),
        (answer("Đạt 0,61, thứ 41 [1].", ARTICLE, source="dienbien.txt"), "none of its sources is cited"),
        (answer("Đạt 0,61, thứ 41."), "none of its sources is cited"),
    ],
)
def test_a_fault_is_named(given: dict[str, Any], reason: str) -> None:
    verdict = judge(QUESTION, given)
    assert not verdict.passed
    assert [found for found in verdict.reasons if found.startswith(reason)]


@pytest.mark.parametrize(
    ("source", "cited"),
    [
        ("laichau.txt", True),
        ("a/b/laichau.txt", True),
        (r"C:\a\laichau.txt", True),
        (unicodedata.normalize("NFD", "a/khác.txt"), True),
        ("a/xlaichau.txt", False),
        ("laichau.txt/other", False),
    ],
)
def test_sources_are_known_by_file_name(source: str, cited: bool) -> None:
    assert judge(QUESTION, answer("", "", source=source)).cited is cited


def test_where_no_source_is_listed_any_will_do() -> None:
    question = Question("s", "Có bao nhiêu tỉnh?", "lookup", (("34",),))
    for given in (answer("Cả nước có 34 tỉnh [1].", "34 tỉnh", source="nào cũng được.txt"), answer("Có 34 tỉnh.")):
        verdict = judge(question, given)
        assert verdict.passed
        assert verdict.cited is None
    thanks = Question("t", "cảm ơn nhé", "followup", (("không có gì", "vui"),), ("chưa có thông tin",))
    assert judge(thanks, answer("Rất vui được giúp bạn!")).outcome is Outcome.RIGHT
    assert judge(thanks, answer("Chưa có thông tin.", answered=False)).outcome is Outcome.REFUSED


UNANSWERABLE = Question("u", "Giá vàng?", "unanswerable", (("chưa có", "không có"),), ("76",), answerable=False)


@pytest.mark.parametrize(
    ("question", "given", "outcome"),
    [
        (QUESTION, GOOD, Outcome.RIGHT),
        (QUESTION, answer("Lai Châu xếp thứ 41 [1].", ARTICLE), Outcome.WRONG),  # short
        (QUESTION, answer("Đạt 0,61, thứ 41, trước là thứ 14 [1].", ARTICLE), Outcome.WRONG),
        (QUESTION, answer("Đạt 0,61, thứ 41 [1].", ARTICLE, source="dienbien.txt"), Outcome.WRONG),
        (QUESTION, answer("Chưa có số liệu.", answered=False), Outcome.REFUSED),
        (UNANSWERABLE, answer("Chưa có số liệu năm 2031.", answered=False), Outcome.RIGHTLY_REFUSED),
        (UNANSWERABLE, answer("Không có giá vàng; chỉ có kinh tế số [1].", "x"), Outcome.RIGHTLY_REFUSED),
        (UNANSWERABLE, answer("65 triệu đồng [1].", "x"), Outcome.FALSELY_ANSWERED),
        (UNANSWERABLE, answer("Chưa có; gần nhất là 76 triệu.", answered=False), Outcome.FALSELY_ANSWERED),
    ],
)
def test_every_question_has_one_outcome(question: Question, given: dict[str, Any], outcome: Outcome) -> None:
    verdict = judge(question, given)
    assert verdict.outcome is outcome
    assert verdict.passed is (outcome in (Outcome.RIGHT, Outcome.RIGHTLY_REFUSED))


def test_an_unanswerable_question_needs_no_source_and_its_refusal_no_quotes() -> None:
    refusal = judge(UNANSWERABLE, answer("Chưa có số liệu năm 2031.", answered=False))
    assert refusal.cited is None
    assert not refusal.figures_not_quoted


def test_length_limits_depend_on_the_type() -> None:
    assert judge(QUESTION, answer("a" * 701)).too_long
    assert not judge(Question("o", "", "overview", ()), answer("a" * 1500)).too_long
    assert judge(Question("o", "", "overview", ()), answer("a" * 1501)).too_long


def test_computed_figures_of_the_question_need_no_quote() -> None:
    given = answer("Cách nhau 27 bậc, tức 41 và 14 [1].", ARTICLE)
    plain = Question("c", "", "compare", (("27 bậc",),))
    computed = Question("c", "", "compare", (("27 bậc",),), computed=True)
    assert judge(plain, given).figures_not_quoted == ("27",)
    assert not judge(computed, given).figures_not_quoted


# --- reports -------------------------------------------------------------------------------------------------------


def verdict(name: str, **changes: Any) -> Verdict:
    fields: dict[str, Any] = {
        "id": name, "type": "lookup", "passed": True, "reasons": (), "wrong_figures": (), "answerable": True,
        "refused": False, "cited": True, "quotes_checked": 2, "quotes_not_literal": (), "figures_not_quoted": (),
        "dates_not_quoted": (), "too_long": False, "took_ms": 10.0,
    }  # fmt: skip
    return Verdict(**(fields | changes))


VERDICTS = [
    verdict("a"),
    verdict("b", passed=False, wrong_figures=("14",), took_ms=20.0),
    verdict("c", passed=False, refused=True, cited=False, quotes_checked=0, took_ms=30.0),
    verdict("d", type="rank", quotes_not_literal=("x",), figures_not_quoted=("5",), took_ms=400.0),
    verdict("e", type="unanswerable", answerable=False, cited=None, refused=True, quotes_checked=0, took_ms=1.0),
    verdict("f", type="unanswerable", answerable=False, cited=None, passed=False, quotes_checked=0, took_ms=2.0),
]


def test_summary() -> None:
    report = summarise(VERDICTS)
    assert (report.asked, report.passed) == (6, 3)
    assert report.outcomes == Tally(right=2, wrong=1, refused=1, rightly_refused=1, falsely_answered=1)
    assert report.by_type == {
        "lookup": Tally(right=1, wrong=1, refused=1),
        "rank": Tally(right=1),
        "unanswerable": Tally(rightly_refused=1, falsely_answered=1),
    }
    assert report.pass_rate == 0.5
    assert report.wrong_figure_rate == pytest.approx(1 / 6)
    assert (report.right_rate, report.wrong_rate, report.false_refusal_rate) == (0.5, 0.25, 0.25)
    assert report.false_answer_rate == 0.5
    assert report.citation_hit == 0.75
    assert report.quote_fidelity == pytest.approx(5 / 6)
    assert report.figure_fidelity == 0.75
    assert (report.latency_median_ms, report.latency_p95_ms) == (10.0, 400.0)
    assert [failed.id for failed in report.failures] == ["b", "c", "f"]


def test_summary_of_nothing() -> None:
    report = summarise([])
    assert (report.pass_rate, report.latency_p95_ms, report.quote_fidelity) == (0.0, 0.0, None)


def test_outcomes_add_up() -> None:
    report = summarise(VERDICTS)
    for tally, asked in ((report.outcomes, 6), *((t, t.asked) for t in report.by_type.values())):
        assert tally.answerable + tally.unanswerable == tally.asked == asked
    assert sum(tally.asked for tally in report.by_type.values()) == report.asked
    assert report.outcomes.passed == report.passed == report.asked - len(report.failures)
    assert report.right_rate + report.wrong_rate + report.false_refusal_rate == 1


def test_percentiles_are_nearest_ranks() -> None:
    report = summarise(verdict(str(n), took_ms=float(n)) for n in range(1, 101))
    assert (report.latency_median_ms, report.latency_p95_ms) == (50.0, 95.0)


def test_report_survives_json() -> None:
    report = summarise(VERDICTS)
    assert from_json(json.loads(json.dumps(to_json(report)))) == report


def test_a_report_of_before_outcomes_were_told_is_still_read() -> None:
    earlier = to_json(summarise(VERDICTS))
    for told in earlier["verdicts"]:
        del told["outcome"]
    del earlier["outcomes"]
    assert from_json(earlier) == summarise(VERDICTS)


def test_comparison() -> None:
    first = summarise([verdict("a"), verdict("b", passed=False), verdict("gone")])
    second = summarise([verdict("a", passed=False), verdict("b", took_ms=30.0), verdict("new")])
    found = compare(first, second)
    assert (found.newly_passing, found.newly_failing) == (("b",), ("a",))
    assert (found.only_first, found.only_second) == (("gone",), ("new",))
    assert found.deltas["pass_rate"] == 0
    assert found.deltas["latency_p95_ms"] == 20


# --- question files ------------------------------------------------------------------------------------------------

LINE = {"id": "x1", "q": "Huế?", "type": "lookup", "must": [["8/63"]], "must_not": [], "sources": ["h.txt"]}


def test_questions_are_read_with_their_defaults(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(
        "\ufeff" + json.dumps({**LINE, "extra": 1}) + "\n\n" + json.dumps({**LINE, "id": "x2", "history": ["Trước?"]}),
        encoding="utf-8",
    )
    first, second = load_questions(path)
    assert first == Question("x1", "Huế?", "lookup", (("8/63",),), (), ("h.txt",))
    assert second.history == ("Trước?",)


@pytest.mark.parametrize(
    "line",
    ["{", "[]", "{}", json.dumps({**LINE, "must": ["8/63"]}), json.dumps({**LINE, "must_not": [""]}),
     json.dumps({**LINE, "answerable": "maybe"})],
)  # fmt: skip
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(json.dumps(LINE) + "\n" + line, encoding="utf-8")
    with pytest.raises(ReadError, match=r"q\.jsonl:2"):
        load_questions(path)


def test_a_repeated_id_and_a_missing_file_are_named(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(json.dumps(LINE) + "\n" + json.dumps(LINE), encoding="utf-8")
    with pytest.raises(ReadError, match="x1"):
        load_questions(path)
    with pytest.raises(ReadError, match="absent"):
        load_questions(tmp_path / "absent.jsonl")
