"""`tinhso figures` and `tinhso eval`."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.bot.conftest import Run

COLUMNS = "province indicator label value shown unit kind period denominator scope source read_by".split()


def test_figures_in_their_three_forms(tinhso: Run) -> None:
    narrowed = ("figures", "--province", "quang ninh", "--period", 2022)
    rows = [json.loads(line) for line in tinhso(*narrowed, "--json").out.splitlines()]
    assert rows
    for row in rows:
        assert list(row) == COLUMNS
        assert row["province"] == "Quảng Ninh"
        assert row["period"] == "năm 2022"
    read_back = list(csv.DictReader(io.StringIO(tinhso(*narrowed, "--csv").out)))
    assert [row["shown"] for row in read_back] == [row["shown"] for row in rows]
    assert len(tinhso(*narrowed).out.splitlines()) == len(rows)
    assert len(tinhso("figures", "--json").out.splitlines()) > len(rows)


def test_figures_by_indicator_id_and_words(tinhso: Run) -> None:
    by_words = tinhso("figures", "--indicator", "chỉ số chuyển đổi số", "--json").out.splitlines()
    assert by_words
    ids = {json.loads(line)["indicator"] for line in by_words}
    assert ids == {"dti"}
    assert tinhso("figures", "--indicator", "dti", "--json").out.splitlines() == by_words


def test_no_figures_are_no_lines_and_a_bare_header(tinhso: Run) -> None:
    assert tinhso("figures", "--period", 1999).out == ""
    assert tinhso("figures", "--period", 1999, "--csv").out == ",".join(COLUMNS) + "\n"
    assert tinhso("figures", "--json", "--csv").status == 2


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    rank = {
        "type": "lookup",
        "q": "Quảng Ninh xếp thứ mấy về DTI năm 2022?",
        "sources": ["seed-001-quang-ninh-nghi-quyet-09-2023.md"],
    }
    entries = [
        {"id": "right", **rank, "must": [["thứ 3"]]},
        {"id": "wrong", **rank, "must": [["thứ 99"]]},
        {"id": "refused", "type": "unanswerable", "q": "Giá vàng SJC hôm nay?", "must": [], "answerable": False},
    ]
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(json.dumps(entry, ensure_ascii=False) for entry in entries), encoding="utf-8")
    return file


def test_eval_scores_shows_failures_and_compares(tinhso: Run, questions: Path, tmp_path: Path) -> None:
    done = tinhso("eval", questions, "--json")
    assert done.status == 1
    report = json.loads(done.out)
    assert (report["asked"], report["passed"]) == (3, 2)
    earlier = tmp_path / "earlier.json"
    earlier.write_text(done.out, encoding="utf-8")
    done = tinhso("eval", questions, "--against", earlier)
    assert done.out.startswith("2/3 passed")
    assert "wrong [lookup] Quảng Ninh xếp thứ mấy về DTI năm 2022?" in done.out
    assert "missing: thứ 99" in done.out
    assert "newly failing: -" in done.err


def test_eval_names_files_that_it_cannot_use(tinhso: Run, questions: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"id": "a"', encoding="utf-8")
    for arguments, named in (
        ([tmp_path / "none.jsonl"], "none.jsonl"),
        ([broken], "broken.jsonl"),
        ([questions, "--against", broken], "broken.jsonl"),
        ([questions, "--against", tmp_path / "none.json"], "none.json"),
    ):
        done = tinhso("eval", *arguments)
        assert (done.status, done.out) == (1, "")
        assert named in done.err
