"""One figure over the years: each with its source, oldest first, then the change worked out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from retrieval.answer.draft import Draft
from retrieval.answer.evidence import Evidence, Scored, enough
from retrieval.answer.facts import ALIKE, fact_item
from retrieval.answer.fitting import fits_period
from retrieval.answer.gaps import change
from retrieval.answer.lookup import lookup
from retrieval.types import Figure, FigureKind, Query


def trend(evidence: Evidence) -> Draft | None:
    """The same figure of several periods in order, with the change worked out; else the clause that tells the change."""
    query = evidence.query
    facts = [s for s in evidence.facts if enough(s, query) and s.statement.figures]
    if not facts:
        return None
    series = _series(facts, query)
    if len(series) < 2:
        timely = tuple(s for s in evidence.facts if any(fits_period(f, query.periods) for f in s.statement.figures))
        return lookup(replace(evidence, facts=timely))  # a trend of one year is not told by another year's figure
    lines = list({line.text: line for line in (fact_item(s, evidence) for s in series)}.values())
    if said := change(series[0].figures[0], series[-1].figures[0]):
        lines.append(said)
    return Draft(True, tuple(lines))


def _series(facts: Sequence[Scored], query: Query) -> list[Scored]:
    """Facts of one province, indicator, unit and kind, one a year, oldest first."""
    top = max(s.score for s in facts)
    timed = [s for s in facts if s.figures and s.figures[0].period]
    lead = next((s for s in timed if s.score >= top - 2 * ALIKE and s.figures[0].kind is not FigureKind.CHANGE), None)
    if lead is None:
        return []
    first = lead.figures[0]
    years: dict[int, Scored] = {}
    for s in facts:
        for f in s.figures:
            alike = _measure(f) == _measure(first)
            if f.period and alike and (first.indicator or s.coverage >= lead.coverage - 0.05):
                years.setdefault(f.period.year, replace(s, figures=(f,)))
    asked = sorted({y for p in (*query.periods, *query.compared) for y in (p.since or p.year, p.year)})
    if len(asked) >= 2:
        years = {y: s for y, s in years.items() if asked[0] <= y <= asked[-1]}
    return [years[y] for y in sorted(years)]


def _measure(figure: Figure) -> tuple[str, str, str, FigureKind]:
    return figure.province, figure.indicator, figure.unit, figure.kind
