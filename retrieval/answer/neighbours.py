"""What a question asks beside its first thing: the clauses and sentences near a fact that answer the rest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from retrieval.answer.evidence import ENOUGH_NAMED, Evidence, Scored, enough
from retrieval.answer.facts import same_sentence
from retrieval.answer.statements import is_heading, sentence_at
from retrieval.answer.terms import features
from retrieval.text import Span, fold
from retrieval.types import FigureKind, Intent, Query

GAIN = 0.08
"""Share of the question that a neighbouring clause must add to be shown too."""

NEAR_BY = 2
"""Sentences away at which a second question is still answered."""

# Question words; "đâu" folds as "phấn đấu", "dẫn đầu", "đứng đầu" and "ban đầu" do.
_ASKS = re.compile(
    r"\b(?:bao nhieu|bao nhiu|bn|may|nao|gi|ai|(?<!phan )(?<!dan )(?<!dung )(?<!ban )dau|ra sao|the nao)\b"
)


def asks(query: Query) -> int:
    """How many things a question asks for, by its question words."""
    return len(_ASKS.findall(fold(query.standalone)))


def with_neighbours(best: Scored, evidence: Evidence) -> list[Scored]:
    """The fact and those clauses of its sentence that bear what the question also asks: a second question word, the
    change that a trend is about, or words that the first clause does not bear."""
    query, terms = evidence.query, evidence.terms
    chosen = [best]
    covered = {t for t in features(f"{best.statement.text} {best.statement.label}") if t in terms.weights}
    wanted = asks(query)
    rest = [
        s
        for s in evidence.facts
        if s is not best
        and same_sentence(s, best)
        and not any(f in best.statement.figures for f in s.statement.figures)
        and not (_overlap(s, best) and s.statement.span.start < best.statement.span.start)  # the clause around it
    ]
    for other in sorted(rest, key=lambda s: -s.score):
        own = {t for t in features(other.statement.text) if t in terms.weights}
        gain = sum(terms.weights[t] for t in own - covered) / terms.total
        more = wanted > len(chosen)
        alike = _overlap(other, best) and _share_an_indicator(other, best)
        changed = query.intent is Intent.TREND and any(f.kind is FigureKind.CHANGE for f in other.statement.figures)
        if gain >= GAIN or (more and gain > GAIN / 4) or (alike and (changed or more)):
            chosen.append(other)
            covered |= own
    if wanted > len(chosen):
        chosen += _also_asked(chosen, rest, evidence, covered)[: wanted - len(chosen)]
    if wanted > len(chosen):
        taken = {id(s) for s in chosen}
        touching = [s for s in rest if id(s) not in taken and _overlap(s, best)]
        chosen += touching[: wanted - len(chosen)]
    return _joined(sorted(chosen, key=lambda s: (s.statement.span.start, s.statement.span.end)))


def _share_an_indicator(a: Scored, b: Scored) -> bool:
    return bool({f.indicator for f in a.statement.figures if f.indicator} & {f.indicator for f in b.statement.figures})


def _also_asked(
    chosen: Sequence[Scored], rest: Sequence[Scored], evidence: Evidence, covered: set[str]
) -> list[Scored]:
    """What a second question word may mean: another figure of the kind in the sentence, else what a sentence beside it
    adds ("Kinh phí … 186 tỷ đồng. Tuy nhiên, giải ngân mới được 61,4 tỷ đồng")."""
    query, terms, best = evidence.query, evidence.terms, chosen[0]
    taken = {id(s) for s in chosen}
    same = [s for s in rest if id(s) not in taken and s.figures and enough(s, query) and not _overlap(s, best)]
    if same:
        return sorted(same, key=lambda s: -s.score)
    text = best.statement.article.text
    at = sentence_at(text, best.statement.sentence.start)
    beside = []
    for s in (*evidence.facts, *evidence.sentences):
        if s.statement.article_id != best.statement.article_id or same_sentence(s, best):
            continue
        if abs(sentence_at(text, s.statement.sentence.start) - at) > NEAR_BY or is_heading(s.statement.text):
            continue
        own = {t for t in features(s.statement.text) if t in terms.weights}
        gain = sum(terms.weights[t] for t in own - covered) / terms.total
        named = any(f.indicator in query.indicators for f in s.figures)
        if (gain >= GAIN and s.coverage >= ENOUGH_NAMED) or named:
            beside.append((gain + 0.2 * named + 0.5 * s.coverage, s))
    return [s for _, s in sorted(beside, key=lambda pair: -pair[0])]


def _joined(chosen: Sequence[Scored]) -> list[Scored]:
    """Overlapping clauses as one."""
    merged: list[Scored] = []
    for s in chosen:
        if merged and _overlap(merged[-1], s):
            last = merged[-1]
            span = Span(last.statement.span.start, max(last.statement.span.end, s.statement.span.end))
            figures = (*last.statement.figures, *s.statement.figures)
            whole = replace(last.statement, span=span, figures=figures)
            merged[-1] = replace(last, statement=whole, figures=(*last.figures, *s.figures))
        else:
            merged.append(s)
    return merged


def _overlap(a: Scored, b: Scored) -> bool:
    return a.statement.span.start < b.statement.span.end and b.statement.span.start < a.statement.span.end
