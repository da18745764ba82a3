"""The labelled material keeps its form: literal spans, known labels, and no article of training among what is measured."""

import json
from typing import Any

import pytest

from retrieval.handbook import _entries
from retrieval.lexicon.provinces import PROVINCES
from retrieval.query import Act, Expects, Operation
from retrieval.text import fold, nfc
from training import data


def lines(name: str) -> list[dict[str, Any]]:
    text = (data.FOLDER / f"{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize("name", ["questions", "paraphrases", "orders", "phrasings", "handbook"])
def test_spans_are_literal_and_labels_known(name: str) -> None:
    for row in lines(name):
        assert row["core"] in row["q"], row["q"]
        assert row["measure"] in row["q"], row["q"]
        assert row["operation"] in set(Operation) and row["expects"] in set(Expects), row["q"]
        assert row["wants"] in ("", "target", "result", "both"), row["q"]


def test_answers_stand_in_their_articles() -> None:
    articles = data.articles()
    for row in [*lines("questions"), *lines("paraphrases")]:
        texts = [articles[slug].text for slug in row["article"]]
        for answer in map(nfc, row["answers"]):
            assert any(answer in text for text in texts), (row["q"], answer)
        assert nfc(row["clause"]) in nfc((row["answers"] or [""])[0]), row["q"]
        assert all(any(figure in answer for answer in row["answers"]) for figure in row["figures"]), row["q"]
        assert row["answerable"] == bool(row["answers"]), row["q"]


def test_acts_are_known() -> None:
    assert all(said.act in set(Act) for said in data.acts())
    assert all(row["act"] in set(Act) for row in lines("followups"))


def test_a_question_of_the_handbook_names_an_entry() -> None:
    known = {article.address for article in _entries().values()} | {f"handbook:province:{name}" for name in PROVINCES}
    assert {q.article for q in data.handbook() if q.answerable} <= known


def test_questions_of_one_article_are_held_out_together() -> None:
    parts = {q.article: {data.fold_of(q.article, 4)} for q in data.questions()}
    for question in data.questions():
        parts[question.article].add(data.fold_of(question.article, 4))
    assert all(len(part) == 1 for part in parts.values())
    assert len({next(iter(part)) for part in parts.values()}) == 4


def test_what_measures_does_not_teach() -> None:
    """No question of the sets in data/evals and tests stands among the labelled ones."""
    root = data.FOLDER.parent
    sets = [root / "data" / "evals" / "questions.jsonl", *root.glob("tests/*/questions*.jsonl")]
    measured = {
        fold(nfc(json.loads(line)["q"]))
        for path in sets
        for line in path.read_text(encoding="utf-8").splitlines()
        if line
    }
    taught = {fold(q.q) for q in (*data.questions(), *data.orders(), *data.phrasings(), *data.handbook())}
    assert measured and not measured & taught
