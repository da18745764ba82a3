"""From evidence to a draft: each intent has its way, and each way falls back to the next that can answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from retrieval.answer.compare import compare, compare_within
from retrieval.answer.draft import Draft, Line
from retrieval.answer.evidence import Evidence
from retrieval.answer.fitting import NUMERIC
from retrieval.answer.gaps import with_gap
from retrieval.answer.lookup import best_fact, by_period, lookup
from retrieval.answer.neighbours import asks
from retrieval.answer.overview import overview
from retrieval.answer.premise import corrected
from retrieval.answer.prose import prose
from retrieval.answer.ranking import rank, rank_among
from retrieval.answer.superlatives import superlative, told_first, told_superlative
from retrieval.answer.targets import target_against_result
from retrieval.answer.terms import features
from retrieval.answer.trend import trend
from retrieval.answer.wording import CAPABILITIES, GREETING
from retrieval.lexicon.indicators import catalogue, is_index
from retrieval.lexicon.periods import find_periods
from retrieval.lexicon.provinces import find_provinces
from retrieval.library import Library
from retrieval.text import fold
from retrieval.types import Expect, Intent, Period, Query

Gather = Callable[[Query], Evidence]


def compose(library: Library, evidence: Evidence, gather: Gather) -> Draft | None:
    """A draft that answers, or None. ``gather`` finds the evidence of a narrower question."""
    query = evidence.query
    match query.intent:
        case Intent.GREETING:
            return Draft(True, (Line(GREETING),))
        case Intent.CAPABILITIES:
            return Draft(True, (Line(CAPABILITIES),))
    if not query.provinces and not query.indicators and set(query.terms) <= _GENERAL:
        return None  # nothing in particular was asked
    if query.premise is not None:
        return corrected(evidence)
    named = {w for i in query.indicators for w in features(catalogue()[i].name)}
    if query.intent is Intent.OVERVIEW and query.provinces and set(query.terms) <= _GENERAL | named:
        return overview(library, query) or prose(evidence)
    if _asks_how_far(query) and (draft := _at_a_glance(library, query)):
        return draft
    if query.intent is Intent.COMPARE and len(query.provinces) == 1 and (two := compare_within(evidence)):
        return two
    alike = query.intent is Intent.LOOKUP and (query.expects in NUMERIC or query.expects is Expect.ANY)
    if (query.intent is Intent.COMPARE or alike) and len(query.provinces) > 1:
        return compare([gather(part) for part in _each(query)])
    if query.intent in (Intent.DEFINITION, Intent.LIST, Intent.PERSON, Intent.EXPLAIN):
        return prose(evidence) or (None if query.expects in TOLD else lookup(evidence))
    if query.intent is Intent.RANK and len(query.provinces) > 1:
        return rank_among([gather(part) for part in _each(query)], query) or prose(evidence)
    if query.intent is Intent.RANK:
        within = len(query.provinces) == 1
        return rank(evidence) or told_first(evidence) or (lookup(evidence) if within else None)
    if query.intent is Intent.TREND or any(p.since for p in query.periods):
        return trend(evidence) or prose(evidence)
    if len(query.provinces) == 1 and (ended := superlative(query)):
        evidence = replace(evidence, query=ended)
        if len(query.indicators) > 1:
            return rank(evidence) or prose(evidence)
        if told := told_superlative(evidence):
            return told
    if len(query.periods) > 1 and (each := by_period(evidence)):
        return each
    if query.intent is Intent.TARGET_VS_RESULT or (query.wants == "target" and asks(query) > 1):
        return target_against_result(evidence) or _at_a_glance(library, query) or prose(evidence)
    if query.intent is Intent.COMPARE:
        return with_gap(lookup(evidence)) or prose(evidence)
    if query.expects in NUMERIC and _GAP.search(fold(query.standalone)):
        return with_gap(lookup(evidence))
    if query.expects in NUMERIC:
        return lookup(evidence) or (prose(evidence) if query.expects in (Expect.COUNT, Expect.MONEY) else None)
    if draft := _nearer(evidence):
        return draft
    return _at_a_glance(library, query)


def _at_a_glance(library: Library, query: Query) -> Draft | None:
    """For a question about a province that asks for nothing in particular."""
    unspecific = query.expects is Expect.ANY and not query.indicators and set(query.terms) <= _as_a_whole(query)
    if not unspecific or not query.provinces:
        return None
    draft = overview(library, query)
    aims = draft is not None and any(line.text.startswith("- Mục tiêu") for line in draft.lines)
    return draft if aims or query.wants != "target" else None  # results are no answer to what is aimed at


def _asks_how_far(query: Query) -> bool:
    """ "Tiến độ chuyển đổi số Quảng Ninh": how far a province has come, where no target is set against its result."""
    of_progress = query.intent is Intent.TARGET_VS_RESULT and set(query.terms) >= _PROGRESS
    return of_progress and len(query.provinces) == 1 and not _GOALS.search(fold(query.standalone))


def _as_a_whole(query: Query) -> frozenset[str]:
    """Words that single nothing out: what is asked of a province's progress may be said to be carried out, too."""
    return _GENERAL | _CARRIED_OUT if set(query.terms) >= _PROGRESS else _GENERAL


OWN_YEAR = 24
"""Characters behind a province within which a year is that province's own."""

TOLD = frozenset({Expect.PERSON, Expect.ORGANISATION, Expect.DOCUMENT, Expect.DATE})
"""Kinds of answer that are no figure, so that no figure stands in for them."""

# "hơn bao nhiêu", "chênh": two figures are to be set against one another.
_GAP = re.compile(r"\b(?:hon bao nhieu|hon may|chenh|cach nhau|hon kem|kem bao nhieu|kem may)\b")
# What progress is made towards.
_GOALS = re.compile(r"\b(?:muc tieu|chi tieu|ke hoach|nhiem vu)\b")
_PROGRESS = frozenset({"tien", "do"})
_CARRIED_OUT = frozenset({"thuc", "hien", "trien", "khai"})
# What a question about a province as a whole is made of.
_GENERAL = frozenset(
    "chuyen doi so tinh hinh chung cai nhin tong the toan canh ket qua cong tac ra sao hien trang dia phuong"
    " buc tranh khai quat tong quan tom tat tong hop gioi thieu thong tin noi bat diem nhan moi xem tien do lam tot giup em".split()
)


def _nearer(evidence: Evidence) -> Draft | None:
    """Where no kind of thing was asked for, the fact or the sentence, whichever bears more of the question."""
    if evidence.query.expects is Expect.ANY and any(is_index(i) for i in evidence.query.indicators):
        return lookup(evidence)
    fact = best_fact(evidence)
    told = evidence.sentences[0] if evidence.sentences else None
    if (
        fact
        and (told is None or fact.coverage >= told.coverage - 0.05)
        and evidence.query.expects in (Expect.ANY, Expect.PROVINCE)
    ):
        return lookup(evidence) or prose(evidence)
    return prose(evidence) or (None if evidence.query.expects in TOLD else lookup(evidence))


def _each(query: Query) -> list[Query]:
    """The question about each of its provinces. A year that stands behind a province ("Bắc Ninh (2025) và Bắc Giang
    (2030)") is that province's own."""
    text = query.standalone
    mentions = find_provinces(text, loose=True)
    own: dict[str, list[Period]] = {p: [] for p in query.provinces}
    periods = [p for p in find_periods(text) if p.role not in ("document", "compared")]
    for period in periods:
        before = [m for m in mentions if m.end <= period.start and period.start - m.end <= OWN_YEAR]
        if before and before[-1].name in own:
            own[before[-1].name].append(period.period)
    split = all(own.values())
    return [replace(query, provinces=(p,), periods=tuple(own[p]) if split else query.periods) for p in query.provinces]
