"""Provinces, or two bodies of one province, side by side: a line each, cited, then what is worked out from them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from retrieval.answer.draft import Draft, Line
from retrieval.answer.evidence import ENOUGH, Evidence, Scored, enough
from retrieval.answer.facts import ALIKE, fact_item, own_words, recency
from retrieval.answer.fitting import NUMERIC
from retrieval.answer.gaps import difference, gap
from retrieval.answer.prose import prose
from retrieval.answer.wording import NO_FIGURE
from retrieval.text import fold
from retrieval.types import Expect, FigureKind

MOST_CANDIDATES = 8
"""Facts of one province that are tried in every combination with those of the others."""

REACH = 4 * ALIKE
"""Score that a candidate may lack of its province's best, for the sake of being comparable."""

YIELDING = 0.2
"""Coverage that a fact may lack of ENOUGH: it is of one body, the question names two."""


def compare(parts: Sequence[Evidence]) -> Draft | None:
    """One line a province, then who is ahead and by how much where both figures are of one kind."""
    numeric = parts[0].query.expects in (*NUMERIC, Expect.ANY, Expect.PROVINCE)
    chosen = comparable([candidates(e) if numeric else [] for e in parts])
    if numeric and len({_measure(s) for s in chosen if s}) > 1:
        chosen = of_one_measure([usable(e) for e in parts]) or chosen
    lines: list[Line] = []
    for evidence, scored in zip(parts, chosen, strict=True):
        province = evidence.query.provinces[0]
        if scored is not None:
            lines.append(fact_item(scored, evidence))
        elif not (numeric and evidence.query.indicators) and (draft := prose(evidence)):
            told = draft.lines[0]
            lines.append(Line(told.text if told.text.startswith("-") else f"- {told.text}", told.supports))
        else:
            lines.append(Line(f"- {province}: {NO_FIGURE}."))
    if not any(line.supports for line in lines):
        return None
    figures = [s.figures[0] for s in chosen if s is not None and s.figures]
    if len(figures) == len(parts) and (said := difference(figures)):
        lines.append(said)
    return Draft(True, tuple(lines))


def usable(evidence: Evidence) -> list[Scored]:
    """The facts of the evidence's one province that bear enough of the question."""
    province = evidence.query.provinces[0]
    return [
        s
        for s in evidence.facts
        if s.figures and enough(s, evidence.query) and any(f.province == province for f in s.figures)
    ]


def _measure(scored: Scored) -> tuple[str, str, FigureKind]:
    figure = scored.figures[0]
    return figure.indicator, figure.unit, figure.kind


def of_one_measure(groups: Sequence[Sequence[Scored]]) -> list[Scored | None] | None:
    """One fact of each group, all of one indicator, unit and kind, and of one period where there is one; that which
    fits best. None where the groups have no measure in common."""
    best: tuple[float, list[Scored | None]] | None = None
    common = set.intersection(*({_measure(s) for s in group if s.figures[0].indicator} for group in groups))
    for measure in sorted(common):
        alike = [[s for s in group if _measure(s) == measure] for group in groups]
        times = set.intersection(*({s.figures[0].period for s in group} for group in alike)) - {None}
        for time in times or {None}:
            timed = [[s for s in group if not times or s.figures[0].period == time] for group in alike]
            chosen: list[Scored | None] = [max(group, key=lambda s: (s.score, recency(s))) for group in timed]
            worth = sum(s.score + 0.01 * (recency(s) % 100) for s in chosen if s)
            if best is None or worth > best[0]:
                best = worth, chosen
    return best[1] if best else None


def candidates(evidence: Evidence) -> list[Scored]:
    """The facts of the evidence's one province that may answer, those of the very indicators asked for if there are any."""
    good = usable(evidence)
    asked = evidence.query.indicators
    good = [s for s in good if any(f.indicator in asked for f in s.figures)] or good
    if not good:
        return []
    top = max(s.score for s in good)
    return [s for s in good if s.score >= top - REACH][:MOST_CANDIDATES]


def comparable(groups: Sequence[Sequence[Scored]]) -> list[Scored | None]:
    """One fact of each group, chosen together: same unit, kind and indicator weigh more than a slightly better match."""
    filled = [g for g in groups if g]
    if not filled:
        return [None] * len(groups)

    def worth(chosen: tuple[Scored, ...]) -> float:
        first = [s.figures[0] for s in chosen]
        alike = sum(
            0.2 * (a.unit == b.unit)
            + 0.1 * (a.kind == b.kind)
            + 0.2 * (a.indicator == b.indicator)
            + 0.05 * (a.period == b.period)
            for a, b in product(first, first)
        ) / len(first)
        return sum(s.score + 0.01 * (recency(s) % 100) for s in chosen) + alike

    best = max(product(*filled), key=worth)
    chosen = iter(best)
    return [next(chosen) if g else None for g in groups]


def compare_within(evidence: Evidence) -> Draft | None:
    """Two bodies of one province ("Cái Bè với Chợ Gạo"): the facts that name each, and the difference worked out."""
    chosen = [next((s for s in evidence.facts if _is_of(s, name)), None) for name in evidence.query.entities]
    found = [s for s in chosen if s is not None]
    if len(found) < 2 or found[0].statement.span == found[1].statement.span:
        return None
    lines = [fact_item(s, evidence) for s in found[:2]]
    if said := gap(found[0].figures[0], found[1].figures[0]):
        lines.append(said)
    return Draft(True, tuple(lines))


def _is_of(scored: Scored, name: str) -> bool:
    """Whether a fact's own clause names a body, and bears about as much of the question as an answer must."""
    return bool(scored.figures) and scored.coverage >= ENOUGH - YIELDING and fold(name) in fold(own_words(scored))
