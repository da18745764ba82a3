"""One figure (or a few neighbours) of one province: value, period and kind in the words of the article."""

from __future__ import annotations

import re
from dataclasses import replace

from retrieval.answer.draft import Draft, Line, dated, named, shown, support, told
from retrieval.answer.evidence import ENOUGH, Evidence, Scored, enough
from retrieval.answer.facts import ALIKE, fact_item, recency
from retrieval.answer.fitting import NUMERIC
from retrieval.answer.neighbours import with_neighbours
from retrieval.answer.voices import agreeing, other_voices
from retrieval.answer.wording import ONLY_RESULT, ONLY_TARGET, UNDATED, no_figure_of
from retrieval.lexicon.indicators import is_index
from retrieval.text import fold
from retrieval.types import FigureKind, Intent, Query


def lookup(evidence: Evidence) -> Draft | None:
    """The best fact, with its neighbours where the question asks for two things; None when nothing answers."""
    best = best_fact(evidence)
    if best is None:
        return None
    query = evidence.query
    brackets = query.intent in (Intent.TREND, Intent.TARGET_VS_RESULT) or query.wants == "both"
    lines = [_line(s, query, brackets, evidence) for s in with_neighbours(best, evidence)]
    lines += other_voices(best, evidence)
    undated = best.figures and not any(f.period for f in best.figures)
    if query.periods and undated and best.statement.article.published is None:
        lines.append(Line(UNDATED))
    if _only_aimed_at(best, query):
        lines.insert(0, Line(ONLY_TARGET))
    if query.wants == "target" and not any(f.kind is FigureKind.TARGET for f in best.figures):
        lines.insert(0, Line(ONLY_RESULT))
    return Draft(True, tuple(lines))


def by_period(evidence: Evidence) -> Draft | None:
    """ "… vào năm 2025 và năm 2030?": the best fact of each year asked about, one line a year, and the years that have none;
    None where one year only is known and the other may have been said of something else."""
    lines: list[Line] = []
    missing: list[str] = []
    for asked in evidence.query.periods:
        of_year = [
            s
            for s in evidence.facts
            if s.coverage >= ENOUGH and any(f.period and f.period.year == asked.year for f in s.figures)
        ]
        if of_year:
            found = max(of_year, key=lambda s: s.score)
            figure = next(f for f in found.figures if f.period and f.period.year == asked.year)
            lines.append(fact_item(replace(found, figures=(figure,)), evidence))
        else:
            missing.append(str(asked.year))
    apart = tuple(dict.fromkeys(lines))
    side_by_side = bool(_YEARS_TOGETHER.search(fold(evidence.query.standalone)))
    if len(apart) < (1 if missing and side_by_side else 2):
        return None
    if missing and side_by_side:
        apart = (*apart, Line(no_figure_of(missing), (), tuple(missing)))
    return Draft(True, apart)


_YEARS_TOGETHER = re.compile(r"20\d\d(?:,| va| voi| lan|, va) (?:nam )?20\d\d")


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
