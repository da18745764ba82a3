"""Whether the same question gets the same answer however it is put.

    python -m benchmarks.invariance [--library FOLDER --questions FILE] [--sample N] [--seed 1]

Each question is asked plain and under every wrapping of benchmarks/wrappings.py (politeness, reasons for asking, marks,
case, typing errors and so on), and judged as ``tinhso eval`` does. Without options: data/evals over the starter corpus.
Counts only: a blind set stays blind. A question that a wrapping leaves as it was has no say in its row. "wrapped / plain" is
the ratio of what passes; "lost" passes plain but not wrapped, "gained" the other way round.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from benchmarks.question_sets import library_of
from benchmarks.wrappings import NO_DIACRITICS, WRAPPINGS, Wrapping
from bot.render.json import answer_json
from retrieval.ask import Answerer
from retrieval.embedders import open_embedder
from retrieval.errors import TinhSoError
from retrieval.evaluation import Question, judge, load_questions, share
from retrieval.library import Library
from retrieval.settings import PROJECT, load_settings
from retrieval.types import Embedder

BAR_WRAPPED, BAR_POINTS = 0.98, 2.0
"""Wrapped / plain over all wrappings; points of the pass rate by which leaving out the diacritics may cost."""


@dataclass(frozen=True, slots=True)
class Row:
    """What passes of the same questions plain and wrapped; ``asked`` are those that the wrapping alters."""

    name: str
    asked: int
    plain: int
    wrapped: int
    lost: int
    gained: int

    @property
    def ratio(self) -> float:
        return share(self.wrapped, self.plain)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--library", type=Path, help="a folder as TINHSO_DATA_DIR names; else the starter corpus is read"
    )
    parser.add_argument("--questions", type=Path, default=PROJECT / "data" / "evals" / "questions.jsonl")
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="N questions at random; 0 is all")
    parser.add_argument("--seed", type=int, default=1, help="of the sample and of the typing errors")
    options = parser.parse_args()
    embedder = open_embedder(load_settings())
    try:
        questions = sample(load_questions(options.questions), options.sample, options.seed)
        with _opened(options.library, embedder) as library:
            print(f"$ python -m benchmarks.invariance  # {options.questions.name}, {len(questions)} questions\n")
            _print_all(measure(Answerer(library, embedder), questions, options.seed))
    except TinhSoError as error:
        sys.exit(f"{error}")


@contextmanager
def _opened(folder: Path | None, embedder: Embedder) -> Iterator[Library]:
    if folder is None:
        with library_of([PROJECT / "data" / "articles"], embedder) as library:
            yield library
        return
    with Library.open(folder, embedder=embedder.name, dimension=embedder.dimension) as library:
        library.warm()
        yield library


def sample(questions: Sequence[Question], count: int, seed: int) -> list[Question]:
    """``count`` of the questions in their order; all where it is 0 or more than there are."""
    if not 0 < count < len(questions):
        return list(questions)
    chosen = sorted(Random(seed).sample(range(len(questions)), count))
    return [questions[number] for number in chosen]


def measure(
    answerer: Answerer, questions: Sequence[Question], seed: int, wrappings: Sequence[Wrapping] = WRAPPINGS
) -> Iterator[Row]:
    """A row for each wrapping as soon as it is known. Earlier questions of a conversation stay as they are."""
    plain = [_passes(answerer, question) for question in questions]
    for wrapping in wrappings:
        put = [replace(question, q=wrapping(question.q, seed)) for question in questions]
        pairs = [
            (before, _passes(answerer, wrapped))
            for question, wrapped, before in zip(questions, put, plain, strict=True)
            if wrapped.q != question.q
        ]
        yield Row(
            name=wrapping.name,
            asked=len(pairs),
            plain=sum(before for before, _ in pairs),
            wrapped=sum(after for _, after in pairs),
            lost=pairs.count((True, False)),
            gained=pairs.count((False, True)),
        )


def _passes(answerer: Answerer, question: Question) -> bool:
    return judge(question, answer_json(answerer.ask(question.q, question.history))).passed


def total(rows: Sequence[Row]) -> Row:
    """All rows as one, in which each question counts once for each wrapping that alters it."""
    fields = ("asked", "plain", "wrapped", "lost", "gained")
    return Row("all", **{name: sum(getattr(row, name) for row in rows) for name in fields})


def _print_all(rows: Iterator[Row]) -> None:
    print("| wrapping | asked | plain | wrapped | wrapped / plain | lost | gained |\n|" + " --- |" * 7)
    done = []
    for row in rows:
        _print_row(row)
        done.append(row)
    everything = total(done)
    _print_row(everything)
    print(f"\nwrapped / plain over {len(done)} wrappings: {everything.ratio:.3f}, bar {BAR_WRAPPED}: ", end="")
    print("met" if everything.ratio >= BAR_WRAPPED else "missed")
    for row in done:
        if row.name == NO_DIACRITICS:
            points = 100 * (share(row.wrapped, row.asked) - share(row.plain, row.asked))
            print(f"without diacritics / plain: {row.ratio:.3f}, {points:+.1f} points, bar {-BAR_POINTS}: ", end="")
            print("met" if points >= -BAR_POINTS else "missed")


def _print_row(row: Row) -> None:
    cells = (row.name, row.asked, row.plain, row.wrapped, f"{row.ratio:.3f}", row.lost, row.gained)
    print(f"| {' | '.join(map(str, cells))} |", flush=True)


if __name__ == "__main__":
    main()
