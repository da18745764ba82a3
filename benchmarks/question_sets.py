"""Questions with the articles that they are about, and a library of those articles to ask."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.render.json import answer_json
from ingest.pipeline import ingest
from retrieval.ask import Answerer
from retrieval.evaluation import Report, judge, load_questions, summarise
from retrieval.library import Library
from retrieval.settings import PROJECT
from retrieval.types import Embedder

SHARED = PROJECT.parent / "shared"
"""Real articles and XQuAD-vi lie here where they are at hand; without them the project's own sets are measured."""


@dataclass(frozen=True, slots=True)
class QuestionSet:
    name: str
    questions: Path
    articles: Path


def sets_at_hand() -> list[QuestionSet]:
    """The development sets: those that thresholds may be chosen on. Blind sets are never among them."""
    invented = (
        QuestionSet(f"tests/{folder}/{file.stem}", file, file.parent)
        for folder in ("dev", "holdout")
        for file in sorted((PROJECT / "tests" / folder).glob("questions*.jsonl"))
    )
    return [
        found
        for found in (
            QuestionSet("data/evals", PROJECT / "data/evals/questions.jsonl", PROJECT / "data/articles"),
            *invented,
            QuestionSet("seeds-dev", SHARED / "questions/seeds-dev.jsonl", SHARED / "seeds"),
        )
        if found.questions.is_file()
    ]


@contextmanager
def library_of(articles: Sequence[Path], embedder: Embedder) -> Iterator[Library]:
    """A new library of those articles in a temporary folder."""
    with tempfile.TemporaryDirectory() as folder:
        library = Library.open(Path(folder), embedder=embedder.name, dimension=embedder.dimension, create=True)
        with library:
            ingest(articles, library, lambda: embedder)
            library.warm()
            yield library


def report(answerer: Answerer, questions: Path) -> Report:
    """What ``tinhso eval`` finds."""
    texts = {stored.article.source: stored.article.text for stored in answerer.library.articles()}
    return summarise(
        judge(question, answer_json(answerer.ask(question.q, question.history)), texts.get)
        for question in load_questions(questions)
    )
