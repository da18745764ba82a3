"""One figure (or a few neighbours) of one province: value, period and kind in the words of the article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from retrieval.answer.draft import Draft, Line, Support, dated, named, shown, support, told
from retrieval.answer.evidence import ENOUGH, ENOUGH_NAMED, NUMERIC, Evidence, Scored, enough
from retrieval.answer.statements import is_heading, sentence_at
from retrieval.answer.terms import features
from retrieval.answer.wording import ONLY_RESULT, ONLY_TARGET
from retrieval.lexicon.indicators import is_index
from retrieval.text import Span, fold
from retrieval.types import Figure, FigureKind, Intent, Query

ALIKE = 0.1
"""Two facts whose scores are this near answer the question equally well; the newer one is taken."""

GAIN = 0.08
"""Share of the question that a neighbouring clause must add to be shown too."""


def lookup(evidence: Evidence) -> Draft | None:
    """The best fact, with its neighbours where the question asks for two things; None when nothing answers."""
    best = best_fact(evidence)
    if best is None:
        return None
    query = evidence.query
    brackets = query.intent in (Intent.TREND, Intent.TARGET_VS_RESULT) or query.wants == "both"
    lines = [_line(s, query, brackets, evidence) for s in _with_neighbours(best, evidence)]
    lines += other_voices(best, evidence)
    if _only_aimed_at(best, query):
        lines.insert(0, Line(ONLY_TARGET))
    if query.wants == "target" and not any(f.kind is FigureKind.TARGET for f in best.figures):
        lines.insert(0, Line(ONLY_RESULT))
    return Draft(True, tuple(lines))


def by_period(evidence: Evidence) -> Draft | None:
    """ "… vào năm 2025 và năm 2030?": the best fact of each year asked about, one line a year; None for one year only."""
    lines: list[Line] = []
    for asked in evidence.query.periods:
        of_year = [
            s
            for s in evidence.facts
            if s.coverage >= ENOUGH and any(f.period and f.period.year == asked.year for f in s.figures)
        ]
        if of_year:
            found = max(of_year, key=lambda s: s.score)
            figure = next(f for f in found.figures if f.period and f.period.year == asked.year)
            lines.append(fact_line(replace(found, figures=(figure,)), evidence))
    lines = list(dict.fromkeys(lines))
    return Draft(True, tuple(lines)) if len(lines) > 1 else None


def _only_aimed_at(best: Scored, query: Query) -> bool:
    """A target where a result was asked for, and no year that would make the target the answer."""
    aims = all(f.kind is FigureKind.TARGET for f in best.figures)
    timely = query.periods and any(f.period for f in best.figures)
    measured = all(f.unit in ("%", "hạng", "điểm") for f in best.figures)
    return aims and measured and query.wants in ("", "result") and not timely and query.expects in NUMERIC


def best_fact(evidence: Evidence) -> Scored | None:
    """The fact that answers best, or the newest of those that state the same measure as well; None when none answers."""
    query = evidence.query
    good = [s for s in evidence.facts if s.figures and enough(s, query) and _dated_enough(s, query)]
    if not good:
        return None
    lead = max(good, key=lambda s: s.score)
    mine = lead.figures[0]
    near = [
        s
        for s in good
        if s.score >= lead.score - ALIKE
        and (f := s.figures[0]).indicator
        and (f.indicator, f.unit, f.kind) == (mine.indicator, mine.unit, mine.kind)
    ]
    return max(near, key=lambda s: (recency(s), s.score)) if near else lead


def recency(scored: Scored) -> int:
    """Year that a fact speaks of; for an undated one the year before its article came out."""
    figure = scored.figures[0] if scored.figures else None
    if figure is not None and figure.period is not None:
        return figure.period.year if figure.kind is not FigureKind.TARGET else 0
    published = scored.statement.article.published
    return published.year - 1 if published else 0


def _dated_enough(scored: Scored, query: Query) -> bool:
    """With a year asked, an undated figure counts only in an article of that year or the next, and never as the rank or
    score of an index, which belongs to an assessment year."""
    if not query.periods:
        return True
    figure = scored.figures[0]
    if figure.period is not None:
        return True
    published = scored.statement.article.published
    years = {p.year for p in query.periods}
    if is_index(figure.indicator) and figure.unit in ("hạng", "điểm"):
        return False
    return published is None or any(published.year in (y, y + 1) for y in years)


_ASKS = re.compile(r"\b(?:bao nhieu|bao nhiu|bn|may|nao|gi|ai|(?<!phan )(?<!dan )(?<!dung )(?<!ban )dau|ra sao|the nao)\b")


def asks(query: Query) -> int:
    """How many things a question asks for, by its question words."""
    return len(_ASKS.findall(fold(query.standalone)))


def _with_neighbours(best: Scored, evidence: Evidence) -> list[Scored]:
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
        and s.statement.article_id == best.statement.article_id
        and s.statement.sentence == best.statement.sentence
        and not any(f in best.statement.figures for f in s.statement.figures)
        and not (_overlap(s, best) and s.statement.span.start < best.statement.span.start)  # the clause around it
    ]
    for other in sorted(rest, key=lambda s: -s.score):
        own = {t for t in features(other.statement.text) if t in terms.weights}
        gain = sum(terms.weights[t] for t in own - covered) / terms.total
        changes = any(f.kind is FigureKind.CHANGE for f in other.statement.figures)
        changed = query.intent is Intent.TREND and changes and _same_measure(other, best)
        if gain >= GAIN or (wanted > len(chosen) and gain > GAIN / 4) or (_overlap(other, best) and (changed or (wanted > len(chosen) and _same_measure(other, best)))):
            chosen.append(other)
            covered |= own
    if wanted > len(chosen):
        chosen += _also_asked(chosen, rest, evidence, covered)[: wanted - len(chosen)]
    if wanted > len(chosen):
        taken = {id(s) for s in chosen}
        touching = [s for s in rest if id(s) not in taken and _overlap(s, best)]
        chosen += touching[: wanted - len(chosen)]
    return _joined(sorted(chosen, key=lambda s: (s.statement.span.start, s.statement.span.end)))


def _same_measure(a: Scored, b: Scored) -> bool:
    return bool({f.indicator for f in a.statement.figures if f.indicator} & {f.indicator for f in b.statement.figures})


NEAR_BY = 2
"""Sentences away at which a second question is still answered."""


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
        if s.statement.article_id != best.statement.article_id or s.statement.sentence == best.statement.sentence:
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


MOST_SOURCES = 3
"""Articles cited for one figure that several state alike."""


def agreeing(scored: Scored, evidence: Evidence) -> list[Support]:
    """Other articles that state the same value of the same thing."""
    mine = scored.figures[0]
    found: dict[int, Support] = {}
    for other in evidence.facts:
        if other.statement.article_id == scored.statement.article_id or len(found) == MOST_SOURCES - 1:
            continue
        if other.statement.article.url and other.statement.article.url == scored.statement.article.url:
            continue  # one page, told twice
        near = other.coverage >= scored.coverage - 2 * ALIKE
        alike = next((f for f in other.figures if f.value == mine.value and _agree(mine, f, near=near)), None)
        if alike:
            found.setdefault(other.statement.article_id, support(other.statement, (alike,)))
    return list(found.values())


def _agree(a: Figure, b: Figure, *, near: bool) -> bool:
    """Whether equal values are said of one thing: by the ledger's fields, or, ``near``, by the words of the question."""
    if same_thing(a, b, same_part=False):
        return bool(a.indicator) or near
    years = {f.period.year for f in (a, b) if f.period}
    return near and len(years) < 2 and (a.province, a.unit, a.kind) == (b.province, b.unit, b.kind)


def other_voices(best: Scored, evidence: Evidence) -> list[Line]:
    """Where another article states another value for the same thing and time: both are shown, with who says so."""
    mine = best.figures[0]
    if not mine.indicator:
        return []
    for other in evidence.facts:
        if other.statement.article_id == best.statement.article_id:
            continue
        theirs = next(
            (f for f in other.figures if same_thing(mine, f) and f.value != mine.value and _timely(mine, f, other)),
            None,
        )
        if (
            theirs
            and theirs.kind is not FigureKind.TARGET
            and other.coverage >= best.coverage - ALIKE
            and is_index(mine.indicator)
        ):
            if (theirs.value > 1) != (mine.value > 1) and mine.unit == "điểm":
                continue  # other scales
            line = fact_line(replace(other, figures=(theirs,)))
            return [Line(f"Nguồn khác ghi: {line.text.removeprefix('- ')}.", line.supports)]
    return []


def _timely(mine: Figure, theirs: Figure, scored: Scored) -> bool:
    """An undated figure may contradict a dated one unless its article came out neither in that year nor in the next."""
    published = scored.statement.article.published
    if mine.period is None or theirs.period is not None:
        return mine.period == theirs.period
    return published is None or published.year in (mine.period.year, mine.period.year + 1)


def same_thing(a: Figure, b: Figure, *, same_part: bool = True) -> bool:
    """Whether two figures speak of one measure and time: an undated one may be of any; with ``same_part`` False, half a
    year and the whole year are one."""
    timely = a.period is None or b.period is None or a.period == b.period
    if not timely and not same_part and a.period and b.period:
        timely = a.period.year == b.period.year
    return timely and (a.province, a.indicator, a.unit, a.kind, a.scope) == (
        b.province,
        b.indicator,
        b.unit,
        b.kind,
        b.scope,
    )


def _line(scored: Scored, query: Query, brackets: bool, evidence: Evidence) -> Line:
    figures = scored.figures or scored.statement.figures
    if not figures:
        about = scored.statement.article.provinces[:1] or ("",)
        return Line(named(shown(scored.statement), about[0]) + ".", (support(scored.statement),))
    joined = len({f.clause_start for f in scored.statement.figures}) > 1
    said = shown(scored.statement) if joined else told(scored.statement, figures[0], brackets=brackets)
    text = dated(said, figures[0])
    also = agreeing(scored, evidence) if scored.figures else []
    return Line(named(text, figures[0].province) + ".", (support(scored.statement, figures), *also))


def fact_line(scored: Scored, evidence: Evidence | None = None) -> Line:
    """A fact as one line of a list, with the articles of ``evidence`` that say the same."""
    figure = scored.figures[0] if scored.figures else scored.statement.figures[0]
    text = dated(told(scored.statement, figure, brackets=False), figure)
    also = agreeing(scored, evidence) if evidence and scored.figures else []
    return Line(f"- {named(text, figure.province)}", (support(scored.statement, (figure,)), *also))
