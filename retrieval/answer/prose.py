"""Answers that are no figure: the sentence, list, definition or person that answers, in the words of the article."""

from __future__ import annotations

import re
from dataclasses import replace

from retrieval.answer.definitions import continuation, introduction, spelled_out
from retrieval.answer.draft import LONGEST_SHOWN, Draft, Line, Support, cut, named, shown, support
from retrieval.answer.evidence import ENOUGH, Evidence, Scored
from retrieval.answer.lists import LONGEST_SECTION, listing, section
from retrieval.answer.persons import person
from retrieval.answer.statements import Statement, before, is_heading
from retrieval.answer.terms import features
from retrieval.lexicon.provinces import find_provinces
from retrieval.text import Span, fold
from retrieval.types import Expect, Intent

LISTED, AMONG = 0.15, 6
"""Coverage that a sentence with a list below it may lack of the best, and the place among the best that it needs."""


def prose(evidence: Evidence) -> Draft | None:
    """The sentence that answers, shortened to what was asked; None when none does."""
    query = evidence.query
    about = [s for s in evidence.sentences if s.coverage >= ENOUGH and _of_province(s, evidence)]
    if query.expects is Expect.PERSON:
        return person(evidence, about)
    near = [s for s in about if _of_time(s.statement, evidence)]
    good = [s for s in near if _is_statement(s.statement) and _holds(s, query.expects)]
    if _wants_list(evidence) or query.intent is Intent.EXPLAIN:
        headed = [s for s in near if s.coverage >= near[0].coverage - LISTED and not _is_statement(s.statement)]
        if below := next((line for s in headed if (line := listing(s.statement) or section(s.statement))), None):
            return Draft(True, (below,))
    if not good:
        return None
    if query.intent is Intent.DEFINITION:
        term = " ".join(evidence.terms.words)
        best = introduction(good, term)
        return Draft(True, (*spelled_out(term), _line(best, evidence), *continuation(best)))
    if _wants_list(evidence):
        likely = [s for s in good[:AMONG] if s.coverage >= good[0].coverage - LISTED]
        if listed := next((line for s in likely if (line := listing(s.statement))), None):
            return Draft(True, (listed,))
    return Draft(True, (_line(good[0].statement, evidence),))


def _wants_list(evidence: Evidence) -> bool:
    return evidence.query.intent is Intent.LIST or evidence.query.expects is Expect.LIST


def _line(statement: Statement, evidence: Evidence) -> Line:
    if _wants_list(evidence):
        text = cut(" ".join(statement.text.split()).lstrip("+-–•* "), LONGEST_SECTION).strip(" ;,.…")
    else:
        text = shown(_shortened(statement, evidence), brackets=True)
    if not find_provinces(statement.text):  # another province's name in front would make it that one's
        text = named(text, _province(statement))
    return Line(text[:1].upper() + text[1:] + ".", (support(statement), *_likewise(statement, evidence)))


ALIKE_WORDS = 0.5
"""Share of the shorter sentence's words that two sentences telling the same thing have in common."""


def _likewise(statement: Statement, evidence: Evidence) -> list[Support]:
    """Another story's sentence that tells the same."""
    mine = features(statement.text)
    for other in evidence.sentences:
        theirs = features(other.statement.text)
        same = len(mine & theirs) / (min(len(mine), len(theirs)) or 1)
        if (
            other.statement.voice != statement.voice
            and other.coverage >= ENOUGH
            and same >= ALIKE_WORDS
            and _facts_agree(statement, other.statement)
        ):
            return [support(other.statement)]
    return []


def _facts_agree(mine: Statement, theirs: Statement) -> bool:
    """Whether of two sentences one has all numbers, years too, that the other has, and theirs names no other province."""
    numbers, others = set(_NUMBER.findall(mine.text)), set(_NUMBER.findall(theirs.text))
    about = {*mine.article.provinces, *(m.name for m in find_provinces(mine.text))}
    return (numbers <= others or others <= numbers) and about.issuperset(m.name for m in find_provinces(theirs.text))


_NUMBER = re.compile(r"\d+(?:[.,/]\d+)*")


def _province(statement: Statement) -> str:
    return statement.article.provinces[0] if statement.article.provinces else ""


def _of_province(scored: Scored, evidence: Evidence) -> bool:
    """A sentence answers for a province when it names it, or when an article about it goes on without naming another as
    its subject."""
    wanted = evidence.query.provinces
    if not wanted:
        return True
    mentions = find_provinces(scored.statement.text)
    if any(m.name in wanted for m in mentions):
        return True
    about = any(p in wanted for p in scored.statement.article.provinces)
    return about and not any(m.start < SUBJECT_REACH for m in mentions)


def _of_time(statement: Statement, evidence: Evidence) -> bool:
    """With a year asked: the sentence or its lead-in names it, or its article came out in it."""
    years = {y for p in evidence.query.periods for y in range(p.since or p.year, p.year + 1)}
    published = statement.article.published
    said = f"{statement.around} {before(statement)}"
    return not years or any(str(y) in said for y in years) or (published is not None and published.year in years)


SUBJECT_REACH = 40
"""Characters from its start within which a sentence names its subject."""

# What a sentence holds (folded) that answers with that kind of thing.
_HOLDS = {
    Expect.DATE: re.compile(r"\d{1,2}/\d{1,2}|\d{1,2}/\d{4}|\b(?:nam|thang|ngay|quy) \d|\b20\d\d\b"),
    Expect.DOCUMENT: re.compile(r"\d+[/-][\w/-]*[a-z]{2}|\bso \d+"),
    Expect.MONEY: re.compile(r"\d[\d.,]*\s*(?:nghin|trieu|ty|ti|dong|usd)"),
    Expect.PERCENT: re.compile(r"\d\s*(?:%|phan tram)"),
    Expect.COUNT: re.compile(r"\d"),
    Expect.RANK: re.compile(
        r"(?:thu|hang|top|nhom|vi tri)\s+(?:so\s+)?\d|dung dau|dan dau|thu (?:nhat|hai|ba|tu|nam|bay|tam|chin|muoi)"
    ),
    Expect.SCORE: re.compile(r"\d\s*(?:/\s*\d+\s*)?diem|0,\d"),
    Expect.ORGANISATION: re.compile(
        r"tap doan|cong ty|so |bo |vien |truong |vnpt|viettel|fpt|ban chi dao|ubnd|uy ban|ngan hang|trung tam|hiep hoi|cuc |hoi "
    ),
}


def _holds(scored: Scored, expects: Expect) -> bool:
    """Whether a sentence holds the kind of thing that was asked for."""
    pattern = _HOLDS.get(expects)
    return pattern is None or bool(pattern.search(fold(scored.statement.text)))


def _is_statement(statement: Statement) -> bool:
    """A sentence that says something: no heading, no question, no row of a table."""
    text = statement.text
    return not (is_heading(text) or text.rstrip(' ”"').endswith("?") or " | " in text)


def _shortened(statement: Statement, evidence: Evidence) -> Statement:
    """The run of clauses (between ";") that bears the most of the question."""
    text = statement.text
    if len(text) <= LONGEST_SHOWN or ";" not in text:
        return statement
    runs, at = [], statement.span.start
    for part in text.split(";"):
        runs.append((sum(evidence.terms.weights.get(f, 0.0) for f in features(part)), Span(at, at + len(part))))
        at += len(part) + 1
    return replace(statement, span=max(runs, key=lambda run: run[0])[1])
