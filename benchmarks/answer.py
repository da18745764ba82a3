"""How long a warm question takes in all, in a library of 10,000 chunks and some 50,000 figures.

    python -m benchmarks.answer [--chunks 10000] [--profile]

The starter corpus and made-up articles (benchmarks/made_up.py), cut and read by the product, with vectors at random: what
the library does with them does not depend on which ones it finds. Questions are embedded for real. Each is asked once,
after others have warmed the process, so that nothing is answered from what was kept of the same question.
"""

import argparse
import cProfile
import pstats
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from langchain_core.runnables import RunnableSequence

from benchmarks.made_up import made_up_article
from benchmarks.search import without_diacritics
from benchmarks.timing import TimedEmbedder, centile
from ingest.chunk import chunk
from ingest.figures import extract
from ingest.readers import read_article
from ingest.sources import RawDocument
from ingest.sources.files import find_files
from retrieval.ask import Answerer, Message
from retrieval.embedders import open_embedder
from retrieval.evaluation import Question, load_questions
from retrieval.lexicon.provinces import PROVINCES
from retrieval.library import Library
from retrieval.settings import PROJECT, load_settings
from retrieval.types import Article

BAR_UNDERSTANDING_MS, BAR_BESIDES_MS, BAR_BESIDES_95_MS, BAR_LONGEST_MS = 3, 60, 150, 2000
"""Medians of understanding and of all besides the embedder; 95% of the latter; the longest question of all."""

STEPS = ("understand", "select", "choose", "compose")
MADE_UP = 60
"""Questions made up with a province, and as many without one."""

_WITH_PROVINCE = (
    "{province} xếp thứ mấy về chỉ số chuyển đổi số năm {year}?",
    "Tỷ lệ hồ sơ được số hóa của {province} đến cuối năm {year} là bao nhiêu?",
    "Kinh tế số ở {province} đóng góp bao nhiêu phần trăm GRDP?",
    "{province} có bao nhiêu tổ công nghệ số cộng đồng?",
    "So sánh tỷ lệ hộ gia đình có cáp quang của {province} và {other}",
    "Chính quyền số của {province} năm {year} tăng hay giảm mấy bậc?",
    "Ở {province} ai chịu trách nhiệm về kết quả chuyển đổi số?",
)
_WITHOUT = (
    "Tỉnh nào có tỷ lệ thanh toán không dùng tiền mặt cao nhất năm {year}?",
    "Bao nhiêu doanh nghiệp công nghệ số đang hoạt động?",
    "Bác sĩ ở trạm y tế ghi bệnh án thế nào?",
    "Vì sao người già ngại dùng điện thoại thông minh?",
    "Top 5 tỉnh về xã hội số năm {year}",
    "Mục tiêu phủ sóng 4G đến năm 2030 là gì?",
    "Kinh phí cho chương trình năm {year} là bao nhiêu?",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--chunks", type=int, default=10_000)
    parser.add_argument("--profile", action="store_true", help="where the time goes, besides how long it is")
    options = parser.parse_args()
    embedder = TimedEmbedder(open_embedder(load_settings()))
    with tempfile.TemporaryDirectory() as folder:
        library = Library.open(Path(folder), embedder=embedder.name, dimension=embedder.dimension, create=True)
        fill(library, options.chunks)
        with Answerer(library, embedder) as answerer:
            stats = library.stats()
            print("$ python -m benchmarks.answer")
            print(f"{stats.chunks} chunks in {stats.articles} articles, {stats.figures} figures\n")
            sets = question_sets()
            for number in range(3):
                for questions in sets.values():
                    answerer.ask(f"{questions[number].q} {number}")  # warm, and not the same text
            with cProfile.Profile() if options.profile else _Nothing() as profile:
                measure(answerer, embedder, sets)
            if isinstance(profile, cProfile.Profile):
                pstats.Stats(profile).sort_stats("cumtime").print_stats("retrieval|method", 40)


class _Nothing:
    def __enter__(self) -> None: ...

    def __exit__(self, *_: object) -> None: ...


def fill(library: Library, chunk_count: int) -> None:
    """Puts articles into the library until it holds so many chunks."""
    held = 0
    for article in _articles():
        chunks = chunk(article)
        vectors = np.random.default_rng(held).normal(size=(len(chunks), library.dimension)).astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        library.put(article, chunks, vectors, extract(article))
        held += len(chunks)
        if held >= chunk_count:
            return


def _articles() -> Iterator[Article]:
    for found in find_files([PROJECT / "data" / "articles"]):
        if isinstance(found, RawDocument):
            yield read_article(found)
    number = 0
    while True:
        yield made_up_article(number)
        number += 1


def question_sets() -> dict[str, list[Question]]:
    """Of each set a third is typed without diacritics (data/evals brings its own such third)."""
    chance = Random(1)

    def made_up(templates: Sequence[str]) -> list[Question]:
        questions = []
        for number in range(MADE_UP):
            province, other = chance.sample(PROVINCES, 2)
            text = templates[number % len(templates)].format(
                province=province, other=other, year=chance.randint(2020, 2025)
            )
            text = without_diacritics(text) if number % 3 == 0 else text
            questions.append(Question(id=str(number), q=text, type="", must=()))
        return questions

    return {
        "data/evals": load_questions(PROJECT / "data" / "evals" / "questions.jsonl"),
        "made up, a province named": made_up(_WITH_PROVINCE),
        "made up, none named": made_up(_WITHOUT),
    }


def measure(answerer: Answerer, embedder: TimedEmbedder, sets: dict[str, list[Question]]) -> None:
    """Prints a line for each set and one for all, in milliseconds: median / 95%."""
    columns = (*STEPS, "in all", "embedder", "besides it")
    print(f"| questions | {' | '.join(columns)} |\n|{' --- |' * (len(columns) + 1)}")
    everything: list[list[float]] = []
    for name, questions in sets.items():
        rows = [_asked(answerer, embedder, question) for question in questions]
        everything += rows
        _print_row(f"{name} ({len(rows)})", rows)
    _print_row("all", everything)
    understood, in_all, besides = ([row[at] for row in everything] for at in (0, -3, -1))
    print()
    for what, took, bar in (
        ("understanding, median", statistics.median(understood), BAR_UNDERSTANDING_MS),
        ("besides the embedder, median", statistics.median(besides), BAR_BESIDES_MS),
        ("besides the embedder, 95%", centile(besides, 95), BAR_BESIDES_95_MS),
        ("the longest in all", max(in_all), BAR_LONGEST_MS),
    ):
        print(f"{what}: {took:.1f} ms, bar {bar} ms: {'met' if took < bar else 'missed'}")


def _asked(answerer: Answerer, embedder: TimedEmbedder, question: Question) -> list[float]:
    """Milliseconds of each step of the chain; then of all, of the embedder among it, and of all besides it."""
    chain = answerer.chain
    assert isinstance(chain, RunnableSequence)
    state: Any = Message(question.q, question.history)
    before, took = embedder.seconds, []
    for step in chain.steps:
        began = time.perf_counter()
        state = step.invoke(state)
        took.append(1000 * (time.perf_counter() - began))
    embedding = 1000 * (embedder.seconds - before)
    return [*took, sum(took), embedding, sum(took) - embedding]


def _print_row(name: str, rows: Sequence[Sequence[float]]) -> None:
    cells = (f"{statistics.median(column):.1f} / {centile(column, 95):.1f}" for column in zip(*rows, strict=True))
    print(f"| {name} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
