"""Who is first or last: the end of an order that a question asks for, and the clauses that tell it in words."""

from __future__ import annotations

import re
from dataclasses import replace

from retrieval.answer.draft import Draft
from retrieval.answer.evidence import ENOUGH, Evidence, Scored
from retrieval.answer.facts import fact_sentence, own_words
from retrieval.answer.prose import prose
from retrieval.answer.terms import coverage
from retrieval.text import fold
from retrieval.types import Query

LIST_OF = 3
"""Figures under one head from which the highest may be told."""

YIELDING = 0.15
"""Coverage that a clause may lack of ENOUGH when it says itself who is first or last."""

# The two ends, in words.
_BEST = re.compile(
    r"\b(?:dan dau|dung dau|cao nhat|nhieu nhat|tot nhat|lon nhat|nhanh nhat|dung nhat|quan quan|manh nhat)\b"
)
_WORST = re.compile(
    r"\b(?:thap nhat|cuoi(?: bang)?|chot(?: bang)?|bet(?: bang)?|it nhat|kem nhat|cham nhat|yeu nhat)\b"
)
_WHO = re.compile(r"\bnao\b|\bai\b|\bdau\b")  # "nào", "ai", "đâu"


def superlative(query: Query) -> Query | None:
    """The question with the end it asks for, when it has a superlative in it; else None."""
    asked = fold(query.standalone)
    if query.wants == "target" or not _WHO.search(asked):
        return None
    if _WORST.search(asked):
        return replace(query, best=False)
    return query if _BEST.search(asked) else None


def told_first(evidence: Evidence) -> Draft | None:
    """A sentence that says who is first or last, where no figure does."""
    wanted = _BEST if evidence.query.best else _WORST
    said = [s for s in evidence.sentences if s.coverage >= ENOUGH and wanted.search(fold(s.statement.text))]
    return prose(replace(evidence, sentences=tuple(said))) if said else None


def told_superlative(evidence: Evidence) -> Draft | None:
    """ "Huyện nào của Quảng Nam xếp cuối?": the clause that says who is first or last among a province's own bodies."""
    query = evidence.query
    wanted, other = (_BEST, _WORST) if query.best else (_WORST, _BEST)
    if listed := _listed_superlative(evidence):
        return listed
    found = [
        s
        for s in evidence.facts
        if s.statement.figures
        and wanted.search(own := fold(own_words(s)))
        and not other.search(own)
        and s.coverage >= ENOUGH - YIELDING
    ]
    if not found:
        return None
    pick = max(found, key=lambda s: s.score)
    return Draft(True, (fact_sentence(replace(pick, figures=pick.statement.figures[:1]), evidence),))


def _listed_superlative(evidence: Evidence) -> Draft | None:
    """The highest or lowest of a list whose head bears the question: "…tỷ lệ hồ sơ trực tuyến ở cấp huyện:" and a line each."""
    groups: dict[tuple[int, str, str], list[Scored]] = {}
    for s in evidence.facts:
        f = s.statement.figures[0] if s.statement.figures else None
        if f and " › " in f.label and s.coverage >= ENOUGH:
            groups.setdefault((s.statement.article_id, f.label.split(" › ")[0], f.unit), []).append(s)
    lists = [g for (_, head, _), g in groups.items() if len(g) >= LIST_OF and _bears(evidence, head)]
    if not lists:
        return None
    chosen = max(lists, key=lambda g: sum(s.score for s in g) / len(g))
    low = (chosen[0].statement.figures[0].unit == "hạng") == evidence.query.best
    pick = (min if low else max)(chosen, key=lambda s: s.statement.figures[0].value)
    return Draft(True, (fact_sentence(replace(pick, figures=pick.statement.figures[:1]), evidence),))


def _bears(evidence: Evidence, text: str) -> bool:
    return coverage(evidence.terms, ((text, 1.0),))[0] >= ENOUGH
