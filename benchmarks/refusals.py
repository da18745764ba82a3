"""Wrong answers against false refusals as the threshold moves from which a statement is held to answer.

    python -m benchmarks.refusals

The threshold is ENOUGH of retrieval/answer/evidence.py; ENOUGH_NAMED moves with it, at its distance. Sets: data/evals,
tests/dev, and the real articles where they are at hand. tests/holdout has no say in the choice.
"""

import sys
from collections.abc import Sequence
from contextlib import ExitStack
from functools import cache

from benchmarks.question_sets import QuestionSet, library_of, report, sets_at_hand
from retrieval.answer import evidence
from retrieval.ask import Answerer
from retrieval.embedders import open_embedder
from retrieval.evaluation import Report
from retrieval.settings import load_settings
from retrieval.types import Embedder, Vectors

THRESHOLDS = (0.40, 0.45, 0.50, 0.55, 0.60, 0.65, 0.70, 0.75, 0.80)


class RememberingEmbedder:
    """Embeds a question once, however often it is asked again."""

    def __init__(self, embedder: Embedder) -> None:
        self.name = embedder.name
        self.dimension = embedder.dimension
        self.embed_passages = embedder.embed_passages
        self._embed_query = cache(embedder.embed_query)

    def embed_query(self, text: str) -> Vectors:
        return self._embed_query(text)


def main() -> None:
    embedder = RememberingEmbedder(open_embedder(load_settings()))
    chosen, distance = evidence.ENOUGH, evidence.ENOUGH - evidence.ENOUGH_NAMED
    with ExitStack() as libraries:
        sets = [
            (found, Answerer(libraries.enter_context(library_of([found.articles], embedder)), embedder))
            for found in sets_at_hand()
        ]
        print("$ python -m benchmarks.refusals")
        print(f"| threshold | wrong answers | false refusals | {' | '.join(s.name for s, _ in sets)} |")
        print(f"| --- | --- | --- |{' --- |' * len(sets)}")
        for threshold in THRESHOLDS:
            _set_threshold("ENOUGH", threshold)
            _set_threshold("ENOUGH_NAMED", threshold - distance)
            _print_row(threshold, threshold == chosen, [(s, report(answerer, s.questions)) for s, answerer in sets])


def _set_threshold(name: str, value: float) -> None:
    """In every module that has taken the constant over."""
    for module in list(sys.modules.values()):
        if module.__name__.startswith("retrieval.answer") and hasattr(module, name):
            setattr(module, name, value)


def _print_row(threshold: float, is_chosen: bool, reports: Sequence[tuple[QuestionSet, Report]]) -> None:
    """Over all sets: answers given that do not pass, and answerable questions refused; then what passes of each set."""
    verdicts = [verdict for _, one in reports for verdict in one.verdicts]
    given = [verdict for verdict in verdicts if not verdict.refused]
    answerable = [verdict for verdict in verdicts if verdict.answerable]
    wrong = sum(not verdict.passed for verdict in given)
    refused = sum(verdict.false_refusal for verdict in answerable)
    cells = [
        f"{'**' if is_chosen else ''}{threshold:.2f}{'**' if is_chosen else ''}",
        f"{wrong} of {len(given)} ({wrong / max(1, len(given)):.1%})",
        f"{refused} of {len(answerable)} ({refused / max(1, len(answerable)):.1%})",
        *(f"{one.passed}/{one.asked}" for _, one in reports),
    ]
    print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
