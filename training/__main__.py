"""``python -m training``: labelled material to weights (data/weights), with a report by held-out article.

Every figure of the report is of articles that the weights behind it have not seen: questions are split by article into
FOLDS parts, and each part is judged by weights of the others. The weights written are of all parts.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import roc_auc_score

from ingest.pipeline import ingest
from retrieval import learned
from retrieval.embedders import open_embedder
from retrieval.learned import Array, hidden, sigmoid
from retrieval.library import Library
from retrieval.settings import load_settings
from retrieval.types import Embedder
from training import choosing, data, question
from training.choosing import Collected
from training.data import Labelled

FOLDS = 3
SEED = 7
SEEDS = (7, 8, 9, 10, 11)
"""Of the fits whose mean each layer is: a single one errs by chance as well."""

L2 = {"window": 0.3, "figure": 0.3, "doubt": 0.3}
"""Decay of the weights of each layer."""


class Bench:
    """Puts weights in the place of those on disk, and gives them back to whoever loads them."""

    def __init__(self) -> None:
        self.held: dict[str, Mapping[str, Array]] = {}
        learned.use(self.held)


def build_library(folder: Path, embedder: Embedder) -> Library:
    """The training articles and our digests, by the product's own ingest."""
    library = Library.open(folder, embedder=embedder.name, dimension=embedder.dimension, create=True)
    ingest([str(data.DIGESTS), str(data.FOLDER / "articles")], library, lambda: embedder, any_topic=True)
    return library


def variants(questions: Sequence[Labelled], chance: random.Random) -> list[Labelled]:
    """Each question as typed, and half of them once more, without diacritics or with something around them."""
    around = data.wrappers()
    found = list(questions)
    for one in questions:
        way = chance.random()
        if way < 0.25:
            found.append(data.plain(one))
        elif way < 0.5:
            found.append(data.wrapped(one, chance.choice(around)))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--report", type=Path, help="write the report as JSON here as well")
    parser.add_argument("--folds", type=int, default=FOLDS)
    parser.add_argument("--dry-run", action="store_true", help="report only, write no weights")
    arguments = parser.parse_args()
    began = time.monotonic()

    def say(line: str) -> None:
        print(f"[{time.monotonic() - began:5.0f} s] {line}", flush=True)

    embedder = open_embedder(load_settings())
    with tempfile.TemporaryDirectory() as folder:
        library = build_library(Path(folder) / "library", embedder)
        say(f"library of {library.stats().articles} articles")
        report = train(library, embedder, arguments.folds, say, write=not arguments.dry_run)
        library.close()
    if arguments.report:
        arguments.report.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


def train(
    library: Library, embedder: Embedder, folds: int, say: Callable[[str], None], *, write: bool
) -> dict[str, float]:
    """Folds first, for the report and for honest rows of the second layer; then the weights of everything."""
    bench = Bench()
    questions = data.questions()
    chance = random.Random(SEED)
    part = {q.article: data.fold_of(q.article, folds) for q in questions}
    around = data.wrappers()
    measures: dict[str, list[float]] = {}
    collected: list[tuple[int, Collected]] = []
    for fold in range(folds):
        seen = [q for q in questions if part[q.article] != fold]
        held_out = [q for q in questions if part[q.article] == fold]
        bench.held["question"] = question.train(seen, around)
        bench.held["kinds"] = choosing.train_kinds(seen)
        for name, share in question.report(held_out).items():
            measures.setdefault(name, []).append(share)
        for name, share in question.report([data.wrapped(q, chance.choice(around)) for q in held_out]).items():
            measures.setdefault(f"{name}, wrapped", []).append(share)
        collected += [
            (fold, c)
            for c in choosing.collect(
                library,
                embedder,
                variants([*held_out, *data.handbook()[fold::folds], *data.off_topic()[fold::folds]], chance),
            )
        ]
        say(f"part {fold + 1} of {folds}: {len(held_out)} questions held out, understood and searched")
    report = {name: float(np.mean(shares)) for name, shares in measures.items()}
    weights = _choosing(collected, folds, report, say)
    for name, share in report.items():
        say(f"{name}: {share:.3f}")
    if write:
        _write("question", question.train(questions, around))
        _write("kinds", choosing.train_kinds(questions))
        _write("choosing", weights)
        say(f"weights written to {learned.WEIGHTS}")
    return report


def _choosing(
    collected: Sequence[tuple[int, Collected]], folds: int, report: dict[str, float], say: Callable[[str], None]
) -> dict[str, Array]:
    groups = [c.windows for _, c in collected]
    held = [g for g in groups if g.question.answerable]
    report["evidence among the candidates"] = float(np.mean([g.answerable for g in held]))
    places: dict[str, list[float]] = {}
    doubt_rows: list[Array] = []
    doubt_labels: list[bool] = []
    for fold in range(folds):
        seen = [c for f, c in collected if f != fold]
        out = [c for f, c in collected if f == fold]
        part = choosing.fit_listwise([c.windows for c in seen], "window", l2=L2["window"], seed=SEED)
        part |= choosing.fit_listwise([g for c in seen for g in c.figures], "figure", l2=L2["figure"], seed=SEED)
        for name, found in (
            ("window", choosing.hits([c.windows for c in out], part)),
            ("figure", choosing.hits([g for c in out for g in c.figures], part, "figure")),
        ):
            for key, value in found.items():
                places.setdefault(f"{name} {key}", []).append(value)
        for c in out:
            for row, right in choosing.doubt_examples(c, part):
                doubt_rows.append(row)
                doubt_labels.append(right)
        say(f"part {fold + 1}: window hit@1 {places['window hit@1'][-1]:.3f}, hit@3 {places['window hit@3'][-1]:.3f}")
    report |= {name: float(np.mean(values)) for name, values in places.items()}
    rows, labels = np.array(doubt_rows), np.array(doubt_labels, dtype=np.float32)
    half = np.arange(len(rows)) % 2 == 0
    partly = choosing.averaged(
        [choosing.fit_binary(rows[half], labels[half], "doubt", l2=L2["doubt"], seed=s) for s in SEEDS]
    )
    report["doubt auc"] = float(roc_auc_score(labels[~half], sigmoid(hidden(rows[~half], partly, "doubt"))))
    figures = [g for _, c in collected for g in c.figures]
    weights = choosing.averaged([choosing.fit_listwise(groups, "window", l2=L2["window"], seed=s) for s in SEEDS])
    weights |= choosing.averaged([choosing.fit_listwise(figures, "figure", l2=L2["figure"], seed=s) for s in SEEDS])
    weights |= choosing.averaged([choosing.fit_binary(rows, labels, "doubt", l2=L2["doubt"], seed=s) for s in SEEDS])
    return weights


MANY, STEP = 1 << 14, 0.02
"""Rows from which weights are of hashed words; these are rounded to such steps, which packs them into a third of the size."""


def _write(name: str, weights: Mapping[str, Array]) -> None:
    learned.WEIGHTS.mkdir(parents=True, exist_ok=True)
    arrays: dict[str, Any] = {
        key: np.asarray(np.round(value / STEP) * STEP if value.ndim > 1 and len(value) >= MANY else value, np.float16)
        for key, value in weights.items()
    }
    np.savez_compressed(learned.WEIGHTS / f"{name}.npz", **arrays)


if __name__ == "__main__":
    main()
