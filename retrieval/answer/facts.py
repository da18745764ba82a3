"""A fact (a figure's clause with its judgement) as a line of an answer, and how recent it is."""

from __future__ import annotations

from retrieval.answer.draft import Line, Support, stated, support
from retrieval.answer.evidence import Evidence, Scored
from retrieval.answer.statements import Statement
from retrieval.answer.voices import agreeing
from retrieval.types import Figure, FigureKind

ALIKE = 0.1
"""Two facts whose scores are this near answer the question equally well; the newer one is taken."""


def recency(scored: Scored) -> int:
    """Year that a fact speaks of, by its first figure."""
    return year_of(scored.statement, scored.figures[0] if scored.figures else None)


def year_of(statement: Statement, figure: Figure | None) -> int:
    """Year of a figure, 0 for a target's; for an undated one the year before its article came out, 0 where unknown."""
    if figure is not None and figure.period is not None:
        return figure.period.year if figure.kind is not FigureKind.TARGET else 0
    published = statement.article.published
    return published.year - 1 if published else 0


def same_sentence(a: Scored, b: Scored) -> bool:
    """Whether two facts stand in one sentence of one article."""
    return a.statement.article_id == b.statement.article_id and a.statement.sentence == b.statement.sentence


def own_words(scored: Scored) -> str:
    """The clause of a statement's first figure, without what it takes over from its neighbours."""
    figure = scored.statement.figures[0]
    return scored.statement.article.text[figure.clause_start : figure.clause_end]


def fact_item(scored: Scored, evidence: Evidence | None = None) -> Line:
    """A fact as one line of a list, with the articles of ``evidence`` that say the same."""
    return Line(f"- {_said(scored)}", _borne_by(scored, evidence))


def fact_sentence(scored: Scored, evidence: Evidence | None = None) -> Line:
    """A fact as a sentence, with the articles of ``evidence`` that say the same."""
    return Line(f"{_said(scored)}.", _borne_by(scored, evidence))


def _first(scored: Scored) -> Figure:
    return scored.figures[0] if scored.figures else scored.statement.figures[0]


def _said(scored: Scored) -> str:
    return stated(scored.statement, _first(scored))


def _borne_by(scored: Scored, evidence: Evidence | None) -> tuple[Support, ...]:
    also = agreeing(scored, evidence) if evidence and scored.figures else []
    return (support(scored.statement, (_first(scored),)), *also)
