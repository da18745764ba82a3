"""Questions that take something for granted ("Vì sao X đứng đầu?"): checked against the ledger before they are answered."""

from __future__ import annotations

from retrieval.answer.draft import Draft, Line, dated, named, support, told
from retrieval.answer.evidence import ENOUGH, Evidence, Scored
from retrieval.answer.facts import recency
from retrieval.answer.prose import prose
from retrieval.answer.wording import AT_ONE_TIME, NO_LONGER, WRONG
from retrieval.text import fold, syllables
from retrieval.types import Figure, FigureKind, Premise


def corrected(evidence: Evidence) -> Draft | None:
    """A correction with its source when the ledger contradicts the premise; the answer when it bears it out; else None."""
    premise = evidence.query.premise
    assert premise is not None
    claimed = frozenset(syllables(fold(premise.shown)))  # what is claimed wrongly stands in no article
    facts = [s for s in evidence.facts if s.coverage >= ENOUGH - 0.2 or s.missing <= claimed]
    facts.sort(key=lambda s: (-round(s.score, 1), -recency(s)))
    judged = [(s, f, v) for s in facts for f in s.statement.figures if (v := _verdict(premise, f)) is not None]
    if not judged:
        return None
    scored, figure, verdict = judged[0]
    if verdict:
        return prose(evidence)
    once = next(((s, f) for s, f, v in judged if v and not evidence.query.periods and f.period), None)
    if once is None:
        return Draft(True, (Line(WRONG), _evidence(scored, figure)))
    return Draft(True, (Line(NO_LONGER), _evidence(scored, figure), Line(AT_ONE_TIME), _evidence(*once)))


def _evidence(scored: Scored, figure: Figure) -> Line:
    return Line(
        named(dated(told(scored.statement, figure, brackets=False), figure), figure.province) + ".",
        (support(scored.statement, (figure,)),),
    )


def _verdict(premise: Premise, figure: Figure) -> bool | None:
    """True, False, or None when the figure says nothing about it."""
    if figure.kind is FigureKind.RANK:
        if premise.rank is not None:
            return figure.value == premise.rank
        if premise.direction == "top":
            return figure.value == 1
        if premise.direction == "bottom":
            return figure.denominator is not None and figure.value == figure.denominator
    if figure.kind is FigureKind.CHANGE and figure.unit == "bậc" and premise.direction in ("up", "down"):
        rose = figure.value > 0
        right = rose == (premise.direction == "up")
        return right and (premise.steps is None or abs(figure.value) == premise.steps)
    return None
