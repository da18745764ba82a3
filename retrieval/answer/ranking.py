"""Provinces in the order of one figure: the highest, the lowest, the first five; or the indicators of one province."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from retrieval.answer.compare import candidates, comparable
from retrieval.answer.draft import Draft, Line
from retrieval.answer.evidence import ENOUGH, Evidence, Scored
from retrieval.answer.facts import ALIKE, fact_item, fact_sentence, recency, same_sentence
from retrieval.answer.fitting import is_group
from retrieval.answer.lookup import lookup
from retrieval.answer.superlatives import told_first, told_superlative
from retrieval.answer.voices import other_voices
from retrieval.answer.wording import NO_FIGURE
from retrieval.types import Expect, Figure, FigureKind, Query

MEASURES = ("hạng", "%", "điểm")
"""Units by which provinces are put in order; a count is only when it was asked for."""

MOST = 5
"""Lines of an ordering whose length was not asked."""


def rank_among(parts: Sequence[Evidence], query: Query) -> Draft | None:
    """The provinces asked about, in order; those without the figure are named."""
    chosen = [s for s in comparable([candidates(e) for e in parts]) if s is not None]
    if not chosen:
        return None
    missing = [p for p in query.provinces if p not in {s.figures[0].province for s in chosen}]
    return _ordered(chosen, query, missing, parts)


def rank(evidence: Evidence) -> Draft | None:
    """The provinces (or, within one province, its indicators) in order of one indicator's figures."""
    query = evidence.query
    good = [
        s
        for s in evidence.facts
        if s.figures and s.coverage >= ENOUGH and (query.wants == "target" or not is_group(s.statement, s.figures[0]))
    ]
    if len(query.provinces) == 1:
        among = query.expects in (Expect.ORGANISATION, Expect.PROVINCE)
        return (told_superlative(evidence) if among else None) or _within(good, evidence)
    measured = _measured(good, query)
    if not measured:
        return None
    top = max(s.score for s in measured)
    lead = max(
        (s for s in measured if s.score >= top - ALIKE),
        key=lambda s: (recency(s), s.figures[0].unit == "hạng", s.score),
    )
    first = lead.figures[0]
    if first.kind is FigureKind.TARGET:
        return lookup(evidence)
    alike = [
        s
        for s in measured
        if _same_measure(s.figures[0], first) and (first.indicator or s.score >= top - ALIKE) and s.figures[0].province
    ]
    latest = _of_one_time(alike)
    nobody_first = query.best and first.unit == "hạng" and min(s.figures[0].value for s in latest) > 1
    if nobody_first and (said := told_first(evidence)):
        return said  # who is first is known from words only
    return _ordered(latest, query, (), [evidence])


def _of_one_time(facts: Sequence[Scored]) -> list[Scored]:
    """The newest facts that set at least two provinces side by side, the best of each; one by itself is in no order."""
    times: dict[int, dict[str, Scored]] = {}
    for s in sorted(facts, key=lambda s: (recency(s), s.figures[0].shown[0].isdigit(), s.score)):
        times.setdefault(recency(s), {})[s.figures[0].province] = s
    newest_first = [list(group.values()) for _, group in sorted(times.items(), reverse=True)]
    return next((group for group in newest_first if len(group) > 1), newest_first[0])


_TOTAL = re.compile(r"\b(34|63)\b")  # how many provinces there are since July 2025, and were before


def _measured(facts: Sequence[Scored], query: Query) -> list[Scored]:
    """The facts that put provinces in order: results of the indicators, time and number of provinces asked for, each as
    far as there are any."""
    good = [s for s in facts if s.figures[0].unit in MEASURES or query.expects is Expect.COUNT]
    if query.wants != "target":
        good = [s for s in good if s.figures[0].kind not in (FigureKind.TARGET, FigureKind.CHANGE)] or good
    good = [s for s in good if s.figures[0].indicator in query.indicators] or good
    if query.periods:
        good = [s for s in good if s.figures[0].period is not None] or good
    if total := _TOTAL.search(query.standalone):
        good = [s for s in good if s.figures[0].denominator == float(total[0])] or good
    return good


def _ordered(facts: Sequence[Scored], query: Query, missing: Sequence[str], parts: Sequence[Evidence]) -> Draft:
    low_first = (facts[0].figures[0].unit == "hạng") == query.best
    ordered = sorted(facts, key=lambda s: s.figures[0].value, reverse=not low_first)
    of = {s.figures[0].province: next((e for e in parts if s in e.facts), parts[0]) for s in ordered}
    shown = ordered[: query.count or MOST]
    if len(shown) == 1:
        only, evidence = shown[0], of[shown[0].figures[0].province]
        lines = [fact_sentence(only, evidence), *_value_of(only, evidence), *other_voices(only, evidence)]
    else:
        lines = [fact_item(s, of[s.figures[0].province]) for s in shown]
    lines += [Line(f"- {p}: {NO_FIGURE}.") for p in missing]
    lines.append(Line(_scope(len(ordered), query)))
    return Draft(True, tuple(lines))


def _value_of(ranked: Scored, evidence: Evidence) -> list[Line]:
    """Beside a rank the value that earned it, where the same sentence states it."""
    mine = ranked.figures[0]
    if not mine.indicator:
        return []
    for s in evidence.facts:
        if s is ranked or not same_sentence(s, ranked):
            continue
        for f in s.statement.figures:
            alike = (f.province, f.indicator, f.period) == (mine.province, mine.indicator, mine.period)
            if alike and f.unit in ("%", "điểm") and f.kind is FigureKind.RESULT:
                return [fact_sentence(replace(s, figures=(f,)))]
    return []


def _scope(provinces: int, query: Query) -> str:
    """Among which provinces the order is."""
    if query.provinces and provinces >= len(query.provinces):
        return "Xếp trong số các tỉnh được hỏi, theo các bài đã thu thập."
    if provinces == 1:
        return "Đây là tỉnh duy nhất có số liệu này trong các bài đã thu thập, không phải xếp hạng cả nước."
    return "Chỉ xếp trong số các tỉnh có số liệu này trong các bài đã thu thập."


def _same_measure(a: Figure, b: Figure) -> bool:
    """Whether two figures may stand in one order; ranks among 63 and among 34 provinces may not."""
    borders = a.denominator is None or b.denominator is None or a.denominator == b.denominator
    return (a.unit, a.indicator, a.kind) == (b.unit, b.indicator, b.kind) and borders


NEAR_TOP = 0.35
"""Coverage that a rank of one province may lack of its best fact's and still be put in order with it."""


def _within(good: Sequence[Scored], evidence: Evidence) -> Draft | None:
    """ "Nhóm nào của Bắc Kạn xếp thấp nhất?": the first or last of one province's ranks, of those in one sentence or of
    the indicators named."""
    asked = evidence.query.indicators
    if len(asked) > 1:
        pool = _newest_ranks(evidence)
    else:
        top = max((s.coverage for s in good), default=0.0)
        pool = [s for s in good if s.figures[0].unit == "hạng" and s.coverage >= top - NEAR_TOP]
        lead = max(pool, key=lambda s: s.score, default=None)
        peers = [s for s in pool if lead and same_sentence(s, lead)]
        pool = peers if len(peers) > 1 else pool
    if not pool:
        return None
    pick = (min if evidence.query.best else max)(pool, key=lambda s: s.figures[0].value)
    return Draft(True, (fact_sentence(pick, evidence),))


def _newest_ranks(evidence: Evidence) -> list[Scored]:
    """The ranks of the indicators asked about, of the newest year that has any."""
    ranks = [
        replace(s, figures=(f,))
        for s in evidence.facts
        for f in s.figures or s.statement.figures
        if f.unit == "hạng" and f.kind is FigureKind.RANK and f.indicator in evidence.query.indicators
    ]
    newest = max((recency(s) for s in ranks), default=0)
    return [s for s in ranks if recency(s) == newest]
