"""A target beside its result, with how far the one is from the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from retrieval.answer.draft import Draft, Line, dated, named, support, told
from retrieval.answer.evidence import Evidence, Scored, enough
from retrieval.answer.facts import ALIKE, fact_item, recency
from retrieval.answer.gaps import how_far
from retrieval.answer.lookup import lookup
from retrieval.answer.voices import agreeing
from retrieval.types import Figure, FigureKind

_Told = tuple[Scored, Figure]
"""A figure with the fact that tells it."""


def target_against_result(evidence: Evidence) -> Draft | None:
    """Result and target of the same thing, with how far; where only one of the two is known, that one and the lack."""
    facts = [s for s in evidence.facts if enough(s, evidence.query) and s.statement.figures and s.figures]
    if not facts:
        return None
    pair = _pair_beside(facts) or _pair_apart(facts)
    if pair is None:
        return lookup(evidence)
    (result, done), (goal, aim) = pair
    text = named(told(result.statement, done, brackets=True), done.province)
    beside = goal.statement.sentence == result.statement.sentence and aim.shown in text
    if beside and " | " not in result.statement.text:
        also = agreeing(replace(result, figures=(done,)), evidence)
        lines = [Line(dated(text, done) + ".", (support(result.statement, (done, aim)), *also))]
    else:
        lines = [fact_item(replace(s, figures=(f,)), evidence) for s, f in pair]
    if done.unit == aim.unit:
        lines.append(how_far(done, aim))
    return Draft(True, tuple(lines))


def _pair_beside(facts: Sequence[Scored]) -> tuple[_Told, _Told] | None:
    """Result and target of one sentence, one of them told by the leading fact: "đạt 68%, vượt kế hoạch 60%"."""
    top = max(s.score for s in facts)
    near = [s for s in facts if s.score >= top - 2 * ALIKE]
    lead = max(near, key=lambda s: (_tells_both(s), s.score >= top - ALIKE, recency(s), s.score))
    figures = [
        (s, f) for s in facts if s.statement.article_id == lead.statement.article_id for f in s.statement.figures
    ]
    results = [x for x in figures if x[1].kind is not FigureKind.TARGET]
    targets = [x for x in figures if x[1].kind is FigureKind.TARGET]
    for result, done in results:
        for goal, aim in targets:
            together = result.statement.sentence == goal.statement.sentence
            quoted = aim.quote_start <= done.start < aim.quote_end
            if done.unit == aim.unit and together and quoted and lead in (result, goal):
                return (result, done), (goal, aim)
    return None


def _tells_both(scored: Scored) -> bool:
    return len({f.kind is FigureKind.TARGET for f in scored.statement.figures}) == 2


def _pair_apart(facts: Sequence[Scored]) -> tuple[_Told, _Told] | None:
    """The newest result and the target of one catalogued indicator, from wherever they stand."""
    both = [(s, f) for s in facts for f in s.figures if f.indicator]
    for goal, aim in sorted((x for x in both if x[1].kind is FigureKind.TARGET), key=lambda x: -x[0].score):
        key = (aim.province, aim.indicator, aim.unit, aim.scope)
        done = [
            x
            for x in both
            if x[1].kind is FigureKind.RESULT and (x[1].province, x[1].indicator, x[1].unit, x[1].scope) == key
        ]
        if done:
            return max(done, key=lambda x: (recency(x[0]), x[0].score)), (goal, aim)
    return None
