"""The two question files of our own stay right when an article is edited: every expected string stands in its sources.

`data/evals` asks about the starter corpus; `tests/holdout` holds invented articles with questions of their own. Both are
development sets.
"""

from collections import Counter
from pathlib import Path

import pytest

from retrieval.evaluation import Question, contains, load_questions

ROOT = Path(__file__).resolve().parents[2]
SETS = {
    "evals": (ROOT / "data" / "evals" / "questions.jsonl", ROOT / "data" / "articles"),
    "holdout": (ROOT / "tests" / "holdout" / "questions.jsonl", ROOT / "tests" / "holdout"),
}
MIX = {
    "lookup": 19,
    "list": 3,
    "compare": 6,
    "rank": 5,
    "trend": 4,
    "target_vs_result": 7,
    "definition": 3,
    "overview": 3,
    "followup": 3,
    "unanswerable": 7,
}
CASES = [(name, question) for name, (path, _) in SETS.items() for question in load_questions(path)]


@pytest.mark.parametrize("name", SETS)
def test_mix_of_types_is_that_of_the_users_own_set(name: str) -> None:
    assert Counter(question.type for of, question in CASES if of == name) == MIX


@pytest.mark.parametrize(("name", "question"), CASES, ids=[question.id for _, question in CASES])
def test_what_a_question_expects_stands_in_its_sources(name: str, question: Question) -> None:
    assert question.answerable == bool(question.sources)
    assert bool(question.history) == (question.type == "followup")
    for wanted in question.must_not:
        assert all(wanted not in group for group in question.must), "wanted and forbidden at once"
    if not question.answerable:
        return
    folder = SETS[name][1]
    text = "\n".join((folder / source).read_text(encoding="utf-8") for source in question.sources)
    absent = [group for group in question.must if not any(contains(text, wanted) for wanted in group)]
    assert len(absent) <= question.computed, absent
