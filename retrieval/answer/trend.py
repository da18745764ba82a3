"""One figure over the years: each with its source, oldest first, then the change worked out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from retrieval.answer.draft import Draft, Line
from retrieval.answer.evidence import Evidence, Scored, enough
from retrieval.answer.facts import ALIKE, fact_item, fact_sentence
from retrieval.answer.fitting import fits_period
from retrieval.answer.gaps import change
from retrieval.answer.lookup import lookup
from retrieval.answer.wording import NO_OTHER_YEAR, no_figure_of
from retrieval.types import Figure, FigureKind, Intent, Period, Query


def trend(evidence: Evidence) -> Draft | None:
    """The same figure of several periods in order, with the change worked out; else the clause that tells the change."""
    query = evidence.query
    facts = [s for s in evidence.facts if enough(s, query) and s.statement.figures]
    if not facts:
        return None
    if told := _told_change(facts, query):
        return Draft(True, (fact_sentence(told, evidence),))
    series = _series(facts, query)
    if len(series) < 2:
        asked = (*query.periods, *query.compared) if query.periods else ()
        timely = tuple(s for s in evidence.facts if any(fits_period(f, asked) for f in s.statement.figures))
        # a trend of one year is not told by another year's figure
        return with_gaps_said(lookup(replace(evidence, facts=timely)), query)
    lines = list({line.text: line for line in (fact_item(s, evidence) for s in series)}.values())
    if said := change(series[0].figures[0], series[-1].figures[0]):
        lines.append(said)
    return with_gaps_said(Draft(True, tuple(lines)), query)


def _told_change(facts: Sequence[Scored], query: Query) -> Scored | None:
    """ "Tăng bao nhiêu bậc năm 2022": the change of the one year asked about, where an article states it."""
    asked = _years_asked(query)
    if len(asked) != 1:
        return None
    for s in facts:
        for f in s.statement.figures:
            if (
                f.kind is FigureKind.CHANGE
                and f.period
                and f.period.year == asked[0]
                and f.indicator in query.indicators
            ):
                return replace(s, figures=(f,))
    return None


def with_gaps_said(draft: Draft | None, query: Query) -> Draft | None:
    """Says which of the years asked about the answer does not tell, or that it tells no second year.

    A change ("tăng 3 bậc so với năm 2022") speaks of both years itself.
    """
    if draft is None or query.intent is not Intent.TREND:
        return draft
    told = [f for line in draft.lines for s in line.supports for f in s.figures]
    if not any(f.period for f in told) or any(f.kind is FigureKind.CHANGE or _is_span(f.period) for f in told):
        return draft
    asked = _years_asked(query)
    said = " ".join(line.text for line in draft.lines)
    missing = [str(year) for year in asked if str(year) not in said]
    if missing:
        return replace(draft, lines=(*draft.lines, Line(no_figure_of(missing), (), tuple(missing))))
    alone = not asked and len(set(_YEAR.findall(said))) == 1
    return replace(draft, lines=(*draft.lines, Line(NO_OTHER_YEAR))) if alone else draft


_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")


def _years_asked(query: Query) -> list[int]:
    """The years named, a span by its ends."""
    return sorted({year for p in (*query.periods, *query.compared) for year in (p.since or p.year, p.year)})


def _is_span(period: Period | None) -> bool:
    return period is not None and period.since is not None


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
    asked = _years_asked(query)
    if len(asked) == 1:  # up to that year: what came after it is not asked
        years = {y: s for y, s in years.items() if y <= asked[0]} if asked[0] in years else {}
    if len(asked) >= 2:
        years = {y: s for y, s in years.items() if asked[0] <= y <= asked[-1]}
    return [years[y] for y in sorted(years)]


def _measure(figure: Figure) -> tuple[str, str, str, FigureKind]:
    return figure.province, figure.indicator, figure.unit, figure.kind
