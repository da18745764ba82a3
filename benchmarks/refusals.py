"""Wrong answers against false refusals as the likelihood moves from which the best window is told.

    python -m benchmarks.refusals

The threshold is SURE of retrieval/answer/compose.py; SURE_MEASURE and SURE_EACH stay. Sets: those of
benchmarks/question_sets.py, development sets all.
"""

from collections.abc import Sequence
from contextlib import ExitStack
from functools import cache

from benchmarks.question_sets import QuestionSet, library_of, report, sets_at_hand
from retrieval.answer import compose
from retrieval.ask import Answerer
from retrieval.embedders import open_embedder
from retrieval.evaluation import Report, share, tally
from retrieval.settings import load_settings
from retrieval.types import Embedder, Vectors

THRESHOLDS = (0.05, 0.10, 0.15, 0.20, 0.25, 0.30, 0.35, 0.40, 0.45, 0.50, 0.60, 0.70)


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
    chosen = compose.SURE
    with ExitStack() as libraries:
        sets = [(s, libraries.enter_context(library_of([s.articles], embedder))) for s in sets_at_hand()]
        print("$ python -m benchmarks.refusals")
        print(f"| SURE | wrong or short | false refusals | false answers | {' | '.join(s.name for s, _ in sets)} |")
        print(f"| --- | --- | --- | --- |{' --- |' * len(sets)}")
        for threshold in sorted({*THRESHOLDS, chosen}):
            compose.SURE = threshold
            # a new Answerer: it remembers what it tried
            _print_row(
                threshold, threshold == chosen, [(s, report(Answerer(lib, embedder), s.questions)) for s, lib in sets]
            )


def _print_row(threshold: float, is_chosen: bool, reports: Sequence[tuple[QuestionSet, Report]]) -> None:
    """Over all sets: outcomes of what can be answered and of what cannot; then what passes of each set."""
    counts = tally(verdict for _, one in reports for verdict in one.verdicts)
    mark = "**" if is_chosen else ""
    cells = [
        f"{mark}{threshold:.2f}{mark}",
        _of(counts.wrong, counts.answerable),
        _of(counts.refused, counts.answerable),
        _of(counts.falsely_answered, counts.unanswerable),
        *(f"{one.passed}/{one.asked}" for _, one in reports),
    ]
    print(f"| {' | '.join(cells)} |", flush=True)


def _of(part: int, whole: int) -> str:
    return f"{part} of {whole} ({share(part, whole):.1%})"


if __name__ == "__main__":
    main()
