"""Where an answer may lead: the same figure of other provinces, and over the years. From the ledger alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from retrieval.answer.phrasing import comparison_question, measure, trend_question
from retrieval.lexicon.provinces import canonical, current_name, find_provinces
from retrieval.library import Library
from retrieval.query import Expects, Operation, Query
from retrieval.types import Answer, Figure, FigureKind, NextQuestions

MOST = 4
"""Provinces that a comparison is offered with."""

_FIGURES = frozenset(Operation) - {Operation.LIST, Operation.DEFINITION, Operation.EXPLAIN}
_UNITS = {Expects.RANK: "hạng", Expects.SCORE: "điểm", Expects.PERCENT: "%"}


def next_questions(library: Library, answer: Answer, stored: Callable[[str], Sequence[Figure]]) -> NextQuestions:
    """What can be asked further of the figure that an answer tells; nothing after answers that tell none. ``stored``
    gives the figures of an indicator (``dated_figures``).

    Comparisons are of the answer's period, or of the nearest one that the ledger has for another province too.
    """
    query = answer.query
    if query is None or not answer.answered or not answer.citations or query.operation not in _FIGURES:
        return NextQuestions()
    told = _told(library, answer, query)
    if told is None or measure(told) is None:
        return NextQuestions()
    alike = [f for f in stored(told.indicator) if _of_one_kind(f, told)]
    own = [f for f in alike if f.province == told.province]
    trend = trend_question(told) if _is_series(own) and query.operation is not Operation.TREND else None
    return NextQuestions(_comparisons(told, own, alike, query), trend)


def dated_figures(library: Library, indicator: str) -> list[Figure]:
    return [s.figure for s in library.figures(indicators=(indicator,), limit=2000) if s.figure.period]


def _told(library: Library, answer: Answer, query: Query) -> Figure | None:
    """The figure that the answer tells of the province and indicator asked about (the main index, where none was)."""
    named = query.provinces or [p.name for p in find_provinces(answer.text)]
    indicators = query.indicators or (("dti",) if query.operation is Operation.OVERVIEW else ())
    if not named or not indicators:
        return None
    stored = [
        s.figure
        for s in library.figures(provinces=named[:1], indicators=indicators[:1], limit=200)
        if s.figure.period and s.figure.kind is not FigureKind.CHANGE and _stands_in(s.figure.shown, answer.text)
    ]
    years = {p.year for p in query.periods}
    return max(stored, key=lambda f: _fitness(f, query, years), default=None)


def _fitness(figure: Figure, query: Query, years: set[int]) -> tuple[bool, bool, bool, bool, int]:
    period = figure.period
    assert period is not None
    return (
        (figure.kind is FigureKind.TARGET) == (query.wants == "target"),
        figure.unit == _UNITS.get(query.expects, figure.unit),
        not years or period.year in years,
        figure.unit == "hạng",
        period.year,
    )


def _stands_in(shown: str, text: str) -> bool:
    return bool(re.search(rf"(?<![\d.,/]){re.escape(shown)}(?![\d/]|[.,]\d)", text))


def _of_one_kind(figure: Figure, told: Figure) -> bool:
    return (figure.unit, figure.kind, figure.scope) == (told.unit, told.kind, told.scope)


def _is_series(own: Sequence[Figure]) -> bool:
    """Whether there are two years of one kind that may stand in one line."""
    return len({f.period.year for f in own if f.period and f.period.since is None}) > 1


def _comparisons(told: Figure, own: Sequence[Figure], alike: Sequence[Figure], query: Query) -> tuple[str, ...]:
    year = told.period.year if told.period else 0
    mine = sorted((f for f in own if f.period), key=lambda f: (f != told, f.period != told.period, _years(f, year)))
    for base in mine:
        others = {
            f.province: f
            for f in alike
            if f.period == base.period
            and f.denominator in (None, base.denominator)
            and f.province not in (told.province, *query.provinces)
            and canonical(f.province)
        }
        if others:
            near = sorted(others.values(), key=lambda f: _distance(f, base))[:MOST]
            asked = (comparison_question(base, (base.province, f.province)) for f in near)
            return tuple(question for question in asked if question)
    return ()


def _years(figure: Figure, year: int) -> int:
    return abs(figure.period.year - year) if figure.period else 0


def _distance(other: Figure, base: Figure) -> tuple[bool, float, str]:
    """Provinces that were merged with this one first, then those whose figures are nearest."""
    return (
        current_name(other.province) != current_name(base.province),
        abs(other.value - base.value),
        other.province,
    )
