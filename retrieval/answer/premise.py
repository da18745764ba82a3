"""Questions that take something for granted ("Vì sao X đứng đầu?"): checked against the ledger before they are answered."""

from __future__ import annotations

from retrieval.answer.draft import Draft, Line, dated, named, support, told
from retrieval.answer.evidence import ENOUGH, Evidence, Scored
from retrieval.answer.facts import recency
from retrieval.answer.prose import prose
from retrieval.text import fold, syllables
from retrieval.types import Figure, FigureKind, Premise


def corrected(evidence: Evidence) -> Draft | None:
    """A correction with its source when the ledger contradicts the premise; the answer when it bears it out; else None."""
    premise = evidence.query.premise
    assert premise is not None
    claimed = frozenset(syllables(fold(premise.shown)))  # what is claimed wrongly stands in no article
    facts = [s for s in evidence.facts if s.coverage >= ENOUGH - 0.2 or s.missing <= claimed]
    for scored in sorted(facts, key=lambda s: (-round(s.score, 1), -recency(s))):
        for figure in scored.statement.figures:
            verdict = _verdict(premise, figure)
            if verdict is False:
                return Draft(True, (Line("Điều này không đúng với số liệu đã công bố."), _evidence(scored, figure)))
            if verdict is True:
                return prose(evidence)
    return None


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
