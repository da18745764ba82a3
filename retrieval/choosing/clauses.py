"""Which figure of a window answers: the second stage, over the figures that the ledger has of the window."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from retrieval.choosing.features import fits_unit
from retrieval.choosing.terms import Terms, Weighed, borne, features
from retrieval.choosing.windows import Window
from retrieval.learned import Array
from retrieval.lexicon.provinces import NATION
from retrieval.query import NUMERIC, Operation, Query
from retrieval.types import Figure, FigureKind

NAMES = (
    "clause", "quote", "label", "window", "beyond_others", "measure", "measure_label", "alone",
    "province_same", "province_other", "no_province_asked",
    "year_same", "year_other", "undated", "no_year_asked", "year_compared", "newest",
    "unit_fits", "unit_conflict", "numeric",
    "target_wanted", "target_unwanted", "target_plain", "change_asked", "change_unasked", "rank",
    "indicator_same", "indicator_other", "scope", "first", "last", "number", "row", "short", "asked",
)  # fmt: skip

NUMBERS = re.compile(r"\d+(?:[.,]\d+)*")


def _share(terms: Sequence[Weighed], layer: frozenset[str]) -> float:
    total = sum(t.weight for t in terms)
    return sum(t.weight for t in terms if borne(t, layer)) / total if total else 0.0


def rows(query: Query, terms: Terms, window: Window, figures: Sequence[Figure]) -> Array:
    """Shape (figures, features), in the order of NAMES."""
    if not figures:
        return np.zeros((0, len(NAMES)), np.float32)
    text = window.article.text
    both = (*terms.words, *terms.pairs)
    measure = features(query.measure) if query.measure else frozenset()
    of_measure = [t for t in terms.words if t.key in measure]
    clauses = [features(text[f.clause_start : f.clause_end]) for f in figures]
    labels = [features(f"{f.label} {f.scope}") for f in figures]
    shares = [_share(both, c) for c in clauses]
    whole = _share(both, features(window.text))
    newest = max((f.period.year for f in figures if f.period), default=0)
    asked = {y for p in query.periods for y in range(p.since or p.year, p.year + 1)}
    compared = {p.year for p in query.compared}
    of_change = query.operation in (Operation.TREND, Operation.DIFFERENCE)
    numeric = sum(p for kind, p in query.kinds if kind in NUMERIC)
    typed = {number for t in query.terms for number in NUMBERS.findall(t.word)}
    found = []
    for i, f in enumerate(figures):
        others = [shares[j] for j in range(len(figures)) if clauses[j] != clauses[i]]
        year = f.period.year if f.period else None
        since = f.period.since if f.period else None
        timely = year is not None and (year in asked or (since is not None and any(since <= y <= year for y in asked)))
        target = f.kind is FigureKind.TARGET
        fitting = sum(p for kind, p in query.kinds if kind in NUMERIC and fits_unit(f, kind))
        found.append(
            [
                shares[i],
                _share(both, features(text[f.quote_start : f.quote_end])),
                _share(both, labels[i]),
                whole,
                shares[i] - max(others, default=0.0),
                _share(of_measure, clauses[i]),
                _share(of_measure, labels[i]),
                float(len(figures) == 1),
                float(f.province in query.provinces),
                float(bool(query.provinces) and f.province not in query.provinces and f.province not in ("", NATION)),
                float(not query.provinces),
                float(timely),
                float(bool(asked) and year is not None and not timely),
                float(year is None),
                float(not asked),
                float(year in compared),
                float(year == newest),
                fitting,
                numeric - fitting,
                numeric,
                float(target and query.wants == "target"),
                float(not target and query.wants == "target"),
                float(target and query.wants == ""),
                float(f.kind is FigureKind.CHANGE and of_change),
                float(f.kind is FigureKind.CHANGE and not of_change),
                float(f.kind is FigureKind.RANK),
                float(f.indicator in query.indicators),
                float(bool(query.indicators) and bool(f.indicator) and f.indicator not in query.indicators),
                float(bool(f.scope)),
                float(i == 0),
                float(i == len(figures) - 1),
                min(len(figures), 10) / 10,
                float(window.kind == "row"),
                float(f.clause_end - f.clause_start < 30),
                float(not typed.isdisjoint(NUMBERS.findall(f.shown))),
            ]
        )
    return np.array(found, dtype=np.float32)
