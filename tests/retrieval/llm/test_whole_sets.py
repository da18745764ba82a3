"""Whole sets of questions over a model that writes well, or that alters what it writes: no wrong figure, no answer lost."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.render.json import answer_json
from ingest.figures import extract
from ingest.pipeline import ingest
from retrieval.ask import Answerer
from retrieval.evaluation import Question, judge, load_questions
from retrieval.library import Library
from retrieval.llm.writer import Writer
from retrieval.settings import PROJECT
from tests.fakes import FakeEmbedder
from tests.retrieval.llm import scripted_server as scripts
from tests.retrieval.llm.conftest import model
from tests.retrieval.llm.scripted_server import Item, Scripted, Sentence

INVENTED = PROJECT / "tests" / "dev"
EVERY = 6
"""One question of so many is asked: the whole set takes a minute."""

NAMES = ("Tiền Giang", "Hậu Giang", "Ninh Thuận", "Lạng Sơn", "Quảng Trị", "Thái Nguyên", "Quảng Ngãi", "Đắk Lắk")


def swapped_digits(text: str) -> str:
    """56,83 -> 65,38: the digits of every number but years, in pairs."""
    return re.sub(r"\d+(?:[.,]\d+)*", lambda m: m[0] if re.fullmatch(r"20\d\d", m[0]) else _swapped(m[0]), text)


def _swapped(number: str) -> str:
    digits = [c for c in number if c.isdigit()]
    turned = iter(digits[1:] + digits[:1] if len(set(digits)) > 1 else [str((int(d) + 1) % 10) for d in digits])
    return "".join(next(turned) if c.isdigit() else c for c in number)


def next_province(text: str) -> str:
    return re.sub("|".join(NAMES), lambda m: NAMES[(NAMES.index(m[0]) + 1) % len(NAMES)], text)


def next_year(text: str) -> str:
    return re.sub(r"\b20(\d\d)\b", lambda m: f"20{int(m[1]) + 1}", text)


def target_as_result(text: str) -> str:
    """Without any word that says that a figure is aimed at."""
    text = re.sub(r"mục tiêu, (?=năm)", "", text)
    return re.sub(r" \(mục tiêu\)|[Mm]ục tiêu(?::| là)? ?|[Pp]hấn đấu |[Cc]hỉ tiêu |[Kk]ế hoạch ", "", text)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    embedder = FakeEmbedder()
    folder = tmp_path_factory.mktemp("invented")
    with Library.open(folder, embedder=embedder.name, dimension=embedder.dimension, create=True) as made:
        ingest(sorted(INVENTED.glob("d*.txt")), made, FakeEmbedder)
        yield made


@pytest.fixture(scope="module")
def questions() -> list[Question]:
    return load_questions(INVENTED / "questions.jsonl")[::EVERY]


def test_written_well_as_many_pass(
    server: Scripted, library: Library, questions: list[Question], tmp_path: Path
) -> None:
    server.script = scripts.well
    plain = Answerer(library, FakeEmbedder())
    written = Answerer(library, FakeEmbedder(), Writer(model(server, tmp_path, tokens_per_day=10**9), extract))
    by_model = 0
    for question in questions:
        answer = written.ask(question.q, question.history)
        by_model += answer.written_by != "composed"
        composed = judge(question, answer_json(plain.ask(question.q, question.history)))
        verdict = judge(question, answer_json(answer))
        assert verdict.passed or not composed.passed, f"{question.q}: {verdict.reasons}\n{answer.text}"
        assert not verdict.figures_not_quoted
    assert by_model >= len(questions) / 3


@pytest.mark.parametrize("change", [swapped_digits, next_province, next_year, target_as_result])
def test_altered_no_wrong_figure_and_no_answer_lost(
    server: Scripted, library: Library, questions: list[Question], tmp_path: Path, change: Callable[[str], str]
) -> None:
    said: dict[str, str] = {}

    def alters(items: list[Item]) -> list[Sentence]:
        said.clear()
        said.update({text: change(text) for text, _ in scripts.well(items)})
        return [(said[text], numbers) for text, numbers in scripts.well(items)]

    server.script = alters
    plain = Answerer(library, FakeEmbedder())
    written = Answerer(library, FakeEmbedder(), Writer(model(server, tmp_path, tokens_per_day=10**9), extract))
    altered = 0
    for question in questions:
        said.clear()
        answer = written.ask(question.q, question.history)
        for right, wrong in said.items():
            if wrong != right:
                altered += 1
                assert wrong not in answer.text, f"{right} -> {wrong}"
        composed = plain.ask(question.q, question.history)
        if said and all(wrong != right for right, wrong in said.items()):
            assert answer.text == composed.text
        assert answer.answered == composed.answered
    assert altered >= 5
