"""A question is understood once: what comes behind reads the Query, never the words of the message again."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval.settings import PROJECT

BEHIND = [
    *sorted(
        path.relative_to(PROJECT)
        for place in ("answer", "choosing")
        for path in (PROJECT / "retrieval" / place).rglob("*.py")
    ),
    Path("retrieval/ledger.py"),
    Path("retrieval/algebra.py"),
]

SAME_QUESTION = Path("retrieval/answer/suggest.py")
"""Holds a question whole against those it would offer, so as not to offer it again; it reads no word of it."""

MAY_STANDALONE = {
    Path("retrieval/choosing/select.py"): "search embeds it",
    Path("retrieval/ask.py"): "it is shown beside the answer",
    Path("retrieval/question/understanding.py"): "it is made there",
    Path("retrieval/llm/writer.py"): "the model is shown it",
    SAME_QUESTION: "held whole against what is offered",
}


def _of_query(node: ast.Attribute) -> bool:
    """``query.text``, ``choice.query.text``, ``self._query.text``."""
    owner = node.value
    name = owner.attr if isinstance(owner, ast.Attribute) else owner.id if isinstance(owner, ast.Name) else ""
    return name.strip("_").endswith("query")


def reads(source: str, field: str) -> Iterator[int]:
    """The lines that read ``field`` of a query; for a field that queries alone have, of anything."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr == field and (field == "standalone" or _of_query(node)):
            yield node.lineno


@pytest.mark.parametrize("path", BEHIND, ids=str)
def test_nothing_behind_understanding_reads_the_message(path: Path) -> None:
    if path == SAME_QUESTION:
        return
    assert not list(reads((PROJECT / path).read_text(encoding="utf-8"), "text")), path


def test_the_whole_question_is_read_where_it_is_searched_for_and_shown() -> None:
    paths = sorted((PROJECT / "retrieval").rglob("*.py"))
    found = {p.relative_to(PROJECT) for p in paths if list(reads(p.read_text(encoding="utf-8"), "standalone"))}
    assert found <= set(MAY_STANDALONE), "who needs to read a question again lacks a field of Query"


def test_the_reader_sees_what_it_must() -> None:
    source = "a = query.text\nb = choice.query.text\nc = self._query.text\nd = window.text\ne = trace.standalone"
    assert list(reads(source, "text")) == [1, 2, 3]
    assert list(reads(source, "standalone")) == [5]
