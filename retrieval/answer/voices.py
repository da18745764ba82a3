"""What other articles say of the same thing: those that agree are cited too, one that differs is shown beside."""

from __future__ import annotations

from retrieval.answer.draft import Line, Support, stated, support
from retrieval.answer.evidence import Evidence, Scored
from retrieval.lexicon.indicators import is_index
from retrieval.types import Figure, FigureKind

MOST_SOURCES = 3
"""Articles cited for one figure that several state alike."""

AGREEING, DIFFERING = 0.2, 0.1
"""Coverage that another article's fact may lack of the answer's, when its value is the same and when it is another."""


def agreeing(scored: Scored, evidence: Evidence) -> list[Support]:
    """Other articles that state the same value of the same thing, one of each story."""
    mine = scored.figures[0]
    found: dict[int, Support] = {}
    for other in evidence.facts:
        if other.statement.voice == scored.statement.voice or len(found) == MOST_SOURCES - 1:
            continue
        if other.statement.article.url and other.statement.article.url == scored.statement.article.url:
            continue  # one page, told twice
        near = other.coverage >= scored.coverage - AGREEING
        alike = next((f for f in other.figures if f.value == mine.value and _agree(mine, f, near=near)), None)
        if alike:
            found.setdefault(other.statement.voice, support(other.statement, (alike,)))
    return list(found.values())


def _agree(a: Figure, b: Figure, *, near: bool) -> bool:
    """Whether equal values are said of one thing: by the ledger's fields, or, ``near``, by the words of the question."""
    if same_thing(a, b, same_part=False):
        return bool(a.indicator) or near
    years = {f.period.year for f in (a, b) if f.period}
    return near and len(years) < 2 and (a.province, a.unit, a.kind) == (b.province, b.unit, b.kind)


def other_voices(best: Scored, evidence: Evidence) -> list[Line]:
    """Where another article states another value for the same thing and time: both are shown, with who says so."""
    mine = best.figures[0]
    if not is_index(mine.indicator):
        return []
    for other in evidence.facts:
        if other.statement.article_id == best.statement.article_id:
            continue
        theirs = next(
            (f for f in other.figures if same_thing(mine, f) and f.value != mine.value and _timely(mine, f, other)),
            None,
        )
        if theirs is None or theirs.kind is FigureKind.TARGET or other.coverage < best.coverage - DIFFERING:
            continue
        if mine.unit == "điểm" and (theirs.value > 1) != (mine.value > 1):
            continue  # other scales
        return [Line(f"Nguồn khác ghi: {stated(other.statement, theirs)}.", (support(other.statement, (theirs,)),))]
    return []


def _timely(mine: Figure, theirs: Figure, scored: Scored) -> bool:
    """An undated figure may contradict a dated one unless its article came out neither in that year nor in the next."""
    published = scored.statement.article.published
    if mine.period is None or theirs.period is not None:
        return mine.period == theirs.period
    return published is None or published.year in (mine.period.year, mine.period.year + 1)


def same_thing(a: Figure, b: Figure, *, same_part: bool = True) -> bool:
    """Whether two figures speak of one measure and time: an undated one may be of any; with ``same_part`` False, half a
    year and the whole year are one."""
    timely = a.period is None or b.period is None or a.period == b.period
    if not timely and not same_part and a.period and b.period:
        timely = a.period.year == b.period.year
    return timely and (a.province, a.indicator, a.unit, a.kind, a.scope) == (
        b.province,
        b.indicator,
        b.unit,
        b.kind,
        b.scope,
    )
