"""Why a question got the answer that it got: every step of a trace with its reasons, for whoever looks for the cause of a
wrong one. ``bot/render/explained.py`` prints it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from retrieval import ledger
from retrieval.algebra import Table
from retrieval.answer.compose import SURE, SURE_OF, computed, of_the_index
from retrieval.answer.draft import Draft, Support
from retrieval.choosing import features
from retrieval.choosing.ranker import Chosen
from retrieval.choosing.select import Candidates, asked_provinces
from retrieval.choosing.windows import Window
from retrieval.learned import hidden, load
from retrieval.ledger import Measure, Told
from retrieval.library import Library
from retrieval.query import Query
from retrieval.types import Article, Figure, FigureKind

if TYPE_CHECKING:
    from retrieval.ask import Trace

MOST_WEIGHED = 6
"""Windows, best first, of which it is said what speaks for them and against them."""

MOST_REASONS = 4
"""Features named for a window, and against it."""

LEAST = 0.05
"""Change of a window's score under which a feature is no reason."""


@dataclass(frozen=True, slots=True)
class FigureSeen:
    """A figure of the ledger. ``verdict`` is "told", or why it is not."""

    figure: Figure
    article: Article
    verdict: str


@dataclass(frozen=True, slots=True)
class WindowSeen:
    """A window. ``share`` (0..1) is its part of all likelihood, None for one that was dropped; ``figures`` have their
    likelihoods within it. ``found_by`` is "search", "ledger" or "handbook". ``reasons`` are features of choosing/features.py
    with what the window's score gains by each, over what an average window has of it; the heaviest first."""

    window: Window
    share: float | None
    figures: tuple[tuple[Figure, float], ...]
    found_by: str
    verdict: str
    reasons: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """``measure`` is what the ledger was asked for, ``table`` what was worked out of it, ``without_table`` why nothing was.
    ``sure`` is held against ``threshold``; ``candidates`` counts the windows that were ranked. ``cut`` are the lines that
    verification took out of what was composed, ``draft`` the answer. All but ``query`` and ``draft`` are empty for a message
    that asks nothing."""

    query: Query
    draft: Draft
    measure: Measure | None = None
    table: Table | None = None
    without_table: str = ""
    figures: tuple[FigureSeen, ...] = ()
    windows: tuple[WindowSeen, ...] = ()
    candidates: int = 0
    sure: float | None = None
    threshold: float = SURE
    cut: tuple[str, ...] = ()


def explained(library: Library, trace: Trace) -> Explanation:
    """Looks at a trace of ``Answerer.explain``; the table is worked out once more, from the same choice."""
    draft = trace.draft or Draft(False, ())
    if trace.choice is None or trace.candidates is None:
        return Explanation(trace.query, draft)
    query, choice = trace.query, of_the_index(trace.choice)
    measure, table = ledger.anchor(library, query, choice), computed(library, choice)
    supports = [s for line in draft.lines for s in line.supports]
    kept = {line.text for line in draft.lines}
    return Explanation(
        query=query,
        draft=draft,
        measure=table.measure if table else measure,
        table=table,
        without_table="" if table else _without_table(query, measure),
        figures=_figures(library, query, table.measure if table else measure, supports),
        windows=(*_ranked(trace.candidates, choice.ranked, supports), *_dropped(trace.candidates, choice.ranked)),
        candidates=len(trace.candidates.windows),
        sure=choice.sure,
        threshold=SURE_OF.get(query.operation, SURE),
        cut=tuple(line.text for line in trace.composed.lines if line.text not in kept) if trace.composed else (),
    )


def _without_table(query: Query, measure: Measure | None) -> str:
    if query.level or query.documents:
        return "the ledger knows provinces only, not what is below them, nor documents"
    if measure is None:
        return "neither the question nor the best windows name a measure of the ledger"
    return f"{query.operation!s} of {len(query.provinces)} province(s) asks for none, or the ledger cannot bear it"


# --- figures ------------------------------------------------------------------------------------------------------


def _figures(
    library: Library, query: Query, measure: Measure | None, supports: Sequence[Support]
) -> tuple[FigureSeen, ...]:
    """The figures of the measure that the ledger has of the provinces asked about, those told first."""
    if measure is None:
        return ()
    told = {(s.statement.article_id, f.start) for s in supports for f in s.figures}
    found = ledger.alike(library, measure, asked_provinces(query))
    seen = [FigureSeen(t.figure, t.window.article, _verdict(t, query, told)) for t in found]
    return tuple(sorted(seen, key=lambda s: s.verdict != "told"))


def _verdict(told: Told, query: Query, shown: set[tuple[int, int]]) -> str:
    figure, period = told.figure, told.figure.period
    if (told.window.article_id, figure.start) in shown:
        return "told"
    asked = (*query.periods, *query.compared)
    if asked and (period is None or not any(period.meets(p) for p in asked)):
        return "of another time" if period else "of no stated time"
    if figure.kind is FigureKind.CHANGE:
        return "a change, no value"
    if query.wants == "target" and figure.kind is not FigureKind.TARGET:
        return "no target"
    if not query.wants and figure.kind is FigureKind.TARGET:
        return "a target"
    return "not needed: another was told, or none"


# --- windows ------------------------------------------------------------------------------------------------------


def _ranked(candidates: Candidates, ranked: Sequence[Chosen], supports: Sequence[Support]) -> list[WindowSeen]:
    reasons = _reasons(candidates, [chosen.window for chosen in ranked[:MOST_WEIGHED]])
    seen = []
    for place, chosen in enumerate(ranked):
        window = chosen.window
        is_told = any(s.statement.article_id == window.article_id and _overlap(s, window) for s in supports)
        verdict = "told" if is_told else "the best, yet not told" if place == 0 else "ranked lower"
        because = reasons[place] if place < len(reasons) else ()
        seen.append(WindowSeen(window, chosen.share, chosen.figures, _found_by(window), verdict, because))
    return seen


def _dropped(candidates: Candidates, ranked: Sequence[Chosen]) -> list[WindowSeen]:
    """What was not ranked, those first that search found best."""
    kept = {id(chosen.window) for chosen in ranked}
    rest = [
        (w, "a copy of one ranked, of another index only, or further down than is looked at")
        for w in candidates.windows
        if id(w) not in kept
    ]
    others = [(w, "speaks of others only") for w in candidates.dropped]
    seen = [WindowSeen(w, None, tuple((f, 0.0) for f in w.figures), _found_by(w), why) for w, why in (*others, *rest)]
    return sorted(seen, key=lambda s: -s.window.signals.score)


def _overlap(support: Support, window: Window) -> bool:
    return support.statement.span.start < window.span.end and window.span.start < support.statement.span.end


def _found_by(window: Window) -> str:
    if window.article_id < 0:
        return "handbook"
    return "search" if window.signals.score else "ledger"


def _reasons(candidates: Candidates, windows: Sequence[Window]) -> list[tuple[tuple[str, float], ...]]:
    """What each window's score loses when one feature of it becomes what windows have of it on average."""
    if not windows:
        return []
    weights = load("choosing")
    rows = features.rows(candidates.query, candidates.terms, candidates.windows)
    place = {id(window): i for i, window in enumerate(candidates.windows)}
    found = []
    for window in windows:
        row = rows[place[id(window)]]
        without = np.repeat(row[None, :], len(row), axis=0)
        np.fill_diagonal(without, weights["window.mean"])
        gains = hidden(row[None, :], weights, "window")[0] - hidden(without, weights, "window")
        order = np.argsort(gains)
        chosen = [i for i in (*order[::-1][:MOST_REASONS], *order[:MOST_REASONS]) if abs(gains[i]) >= LEAST]
        named = {features.ALL_NAMES[i]: float(gains[i]) for i in chosen}
        found.append(tuple(sorted(named.items(), key=lambda pair: -abs(pair[1]))))
    return found
