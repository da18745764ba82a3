"""`tinhso eval`."""

import json
from pathlib import Path

import pytest

from retrieval.ask import Answerer
from retrieval.types import Answer
from tests.bot.conftest import Run

QUESTION = "Quảng Ninh xếp thứ mấy về DTI năm 2022?"
ANSWERS = {
    QUESTION: (True, "Quảng Ninh xếp thứ 3."),
    "Hải Phòng thì sao?": (False, "Chưa có số liệu."),
    "Giá vàng SJC hôm nay?": (False, "Chưa có thông tin."),
    "Quảng Ninh có bao nhiêu trạm 6G?": (True, "Có 868 trạm."),
}


@pytest.fixture(autouse=True)
def answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """The scoring is tested, not the answering: what is answered is given."""

    def ask(self: Answerer, question: str, history: object = (), **_: object) -> Answer:
        answered, text = ANSWERS[question]
        return Answer(question, question, answered, text, (), 1.0)

    monkeypatch.setattr(Answerer, "ask", ask)


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    rank = {"type": "lookup", "q": QUESTION, "sources": []}
    entries = [
        {"id": "good", **rank, "must": [["thứ 3"]]},
        {"id": "bad", **rank, "must": [["thứ 99"]]},
        {"id": "silent", **rank, "q": "Hải Phòng thì sao?", "must": [["thứ 1"]]},
        {
            "id": "gold",
            "type": "unanswerable",
            "q": "Giá vàng SJC hôm nay?",
            "must": [["chưa có"]],
            "answerable": False,
        },
        {
            "id": "six",
            "type": "unanswerable",
            "q": "Quảng Ninh có bao nhiêu trạm 6G?",
            "must": [["chưa có"]],
            "answerable": False,
        },
    ]
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(json.dumps(entry, ensure_ascii=False) for entry in entries), encoding="utf-8")
    return file


def test_outcomes_are_counted_in_all_and_by_type(tinhso: Run, questions: Path) -> None:
    done = tinhso("eval", questions)
    assert done.status == 1
    lines = [" ".join(line.split()) for line in done.out.splitlines()]
    assert lines[0] == "2/5 passed (40.0%)"
    assert lines[1:6] == [
        "right 1 20.0% of all, 33.3% of 3 answerable",
        "answered wrong or short 1 20.0% of all, 33.3% of 3 answerable",
        "refused though answerable 1 20.0% of all, 33.3% of 3 answerable",
        "unanswerable and refused 1 20.0% of all, 50.0% of 2 unanswerable",
        "unanswerable and answered 1 20.0% of all, 50.0% of 2 unanswerable",
    ]
    assert "lookup 1/3 1 1 1 0 0" in lines
    assert "unanswerable 1/2 0 0 0 1 1" in lines


def test_what_fails_is_shown_only_when_asked_for(tinhso: Run, questions: Path) -> None:
    hidden, shown = tinhso("eval", questions), tinhso("eval", questions, "--show")
    for told in ("bad", "silent", "six", QUESTION, "missing: thứ 99", "Có 868 trạm."):
        assert told not in hidden.out + hidden.err
        assert told in shown.out
    assert "bad [lookup, answered wrong or short] " + QUESTION in shown.out
    assert "silent [lookup, refused though answerable]" in shown.out
    assert "gold" not in shown.out


def test_json_keeps_every_verdict(tinhso: Run, questions: Path) -> None:
    report = json.loads(tinhso("eval", questions, "--json").out)
    assert (report["asked"], report["passed"]) == (5, 2)
    assert report["outcomes"] == {"right": 1, "wrong": 1, "refused": 1, "rightly_refused": 1, "falsely_answered": 1}
    assert {v["id"]: v["outcome"] for v in report["verdicts"]} == {
        "good": "right",
        "bad": "wrong",
        "silent": "refused",
        "gold": "rightly_refused",
        "six": "falsely_answered",
    }


def test_two_runs_are_compared(tinhso: Run, questions: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    earlier = tmp_path / "earlier.json"
    earlier.write_text(tinhso("eval", questions, "--json").out, encoding="utf-8")
    monkeypatch.setitem(ANSWERS, "Hải Phòng thì sao?", (True, "Thứ 1."))
    done = tinhso("eval", questions, "--compare", earlier)
    assert "newly passing: 1\nnewly failing: 0\n" in done.err
    assert "silent" not in done.err
    assert "pass_rate: +0.200" in done.err
    done = tinhso("eval", questions, "--compare", earlier, "--show")
    assert "newly passing: silent\nnewly failing: -\n" in done.err


def test_nothing_failing_is_status_0(tinhso: Run, tmp_path: Path) -> None:
    file = tmp_path / "one.jsonl"
    file.write_text(json.dumps({"id": "a", "q": QUESTION, "type": "lookup", "must": [["thứ 3"]]}), encoding="utf-8")
    done = tinhso("eval", file)
    assert done.status == 0
    assert done.out.startswith("1/1 passed (100.0%)")


def test_files_that_cannot_be_used_are_named(tinhso: Run, questions: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"id": "a"', encoding="utf-8")
    for arguments, named in (
        ([tmp_path / "none.jsonl"], "none.jsonl"),
        ([broken], "broken.jsonl"),
        ([questions, "--compare", broken], "broken.jsonl"),
        ([questions, "--compare", tmp_path / "none.json"], "none.json"),
    ):
        done = tinhso("eval", *arguments)
        assert (done.status, done.out) == (1, "")
        assert named in done.err
