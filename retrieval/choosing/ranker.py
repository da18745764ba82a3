"""The trained chooser: windows in order of how likely they answer, the figures of each likewise, and whether none does.

Both orders and the doubt are one hidden layer each over the rows of features.py and clauses.py; ``python -m training``
makes the weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from retrieval.choosing import clauses, features
from retrieval.choosing.select import Candidates, told_once
from retrieval.choosing.windows import Window
from retrieval.learned import Array, hidden, load, sigmoid, softmax
from retrieval.query import Operation, Query
from retrieval.types import Figure

DOUBT_NAMES = (
    *features.ALL_NAMES,
    "top",
    "margin",
    "share",
    "kinds",
    "windows",
    "terms",
    *(f"asked {one}" for one in Operation),
)
"""Features of the best window, and of how it stands among the others, from which the doubt is judged."""

MOST_RANKED = 24


@dataclass(frozen=True, slots=True)
class Chosen:
    """A window with its score, comparable within one question, and its share of all likelihood (0..1); ``figures`` with
    their likelihoods within the window, likeliest first."""

    window: Window
    score: float
    share: float
    figures: tuple[tuple[Figure, float], ...] = ()

    @property
    def figure(self) -> Figure | None:
        return self.figures[0][0] if self.figures else None


@dataclass(frozen=True, slots=True)
class Choice:
    """Windows ranked, likeliest first; ``sure`` is the likelihood (0..1) that the first answers at all."""

    query: Query
    ranked: tuple[Chosen, ...]
    sure: float


class Chooser(Protocol):
    """Chooses among candidates. Safe from several threads; a choice of nothing is empty, with ``sure`` 0."""

    def choose(self, candidates: Candidates) -> Choice: ...


class Ranker:
    """The chooser that weights make."""

    def choose(self, candidates: Candidates) -> Choice:
        query, windows = candidates.query, candidates.windows
        if not windows:
            return Choice(query, (), 0.0)
        weights = load("choosing")
        rows = features.rows(query, candidates.terms, windows)
        scores = hidden(rows, weights, "window")
        shares = softmax(scores)
        order = np.argsort(-scores, kind="stable")
        kept = told_once([windows[i] for i in order])[:MOST_RANKED]
        place = {id(w): i for i, w in enumerate(windows)}
        ranked = []
        for window in kept:
            i = place[id(window)]
            figures = self._figures(candidates, window)
            ranked.append(Chosen(window, float(scores[i]), float(shares[i]), figures))
        top = int(order[0])
        rivals = np.array([i == top or not _agree(ranked[0], w) for i, w in enumerate(windows)])
        row = doubt_row(rows[rivals], scores[rivals], int(rivals[:top].sum()), query)
        sure = sigmoid(hidden(row[None, :], weights, "doubt"))
        return Choice(query, tuple(ranked), float(sure[0]))

    @staticmethod
    def _figures(candidates: Candidates, window: Window) -> tuple[tuple[Figure, float], ...]:
        if not window.figures:
            return ()
        rows = clauses.rows(candidates.query, candidates.terms, window, window.figures)
        shares = softmax(hidden(rows, load("choosing"), "figure"))
        asked = candidates.query.periods
        timely = [any(f.period.meets(p) for p in asked) if f.period else False for f in window.figures]
        order = sorted(range(len(window.figures)), key=lambda i: (not timely[i], -shares[i]))
        return tuple((window.figures[i], float(shares[i])) for i in order)


def _agree(best: Chosen, window: Window) -> bool:
    """Whether a window tells the figure that the best one answers with: such a one is no rival that casts doubt on it."""
    told = best.figure
    return told is not None and any(
        (f.province, f.value, f.unit) == (told.province, told.value, told.unit) for f in window.figures
    )


def doubt_row(rows: Array, scores: Array, top: int, query: Query) -> Array:
    """The row of DOUBT_NAMES for the window at ``top``."""
    shares = softmax(scores)
    others: Sequence[float] = np.delete(scores, top).tolist() or [float(scores[top]) - 5]
    beside = [
        float(scores[top]),
        float(scores[top]) - max(others),
        float(shares[top]),
        query.kinds[0][1] if query.kinds else 0.0,
        min(len(scores), 240) / 240,
        min(len(query.terms), 20) / 20,
        *(float(query.operation is operation) for operation in Operation),
    ]
    return np.concatenate([rows[top], np.array(beside, np.float32)])
