"""Answers over several figures: two provinces side by side, the highest and lowest, the same thing over the years, a
target beside its result. Each cell is cited; what is worked out from them says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from retrieval.answer.draft import Draft, Line, dated, named, support, told
from retrieval.answer.evidence import ENOUGH, NUMERIC, Evidence, Scored, enough, is_group
from retrieval.answer.lookup import ALIKE, agreeing, fact_line, lookup, other_voices, recency
from retrieval.answer.prose import prose
from retrieval.answer.terms import coverage
from retrieval.answer.wording import NO_FIGURE
from retrieval.text import fold, format_number
from retrieval.types import Expect, Figure, FigureKind, Query

# --- two provinces and more --------------------------------------------------------------------------------------


def compare(parts: Sequence[Evidence]) -> Draft | None:
    """One line a province, then who is ahead and by how much where both figures are of one kind."""
    numeric = parts[0].query.expects in (*NUMERIC, Expect.ANY, Expect.PROVINCE)
    chosen = _comparable([_candidates(e) if numeric else [] for e in parts])
    lines: list[Line] = []
    for evidence, scored in zip(parts, chosen, strict=True):
        province = evidence.query.provinces[0]
        if scored is not None:
            lines.append(fact_line(scored, evidence))
        elif not (numeric and evidence.query.indicators) and (draft := prose(evidence)):
            lines += [
                Line(f"- {line.text}" if not line.text.startswith("-") else line.text, line.supports)
                for line in draft.lines[:1]
            ]
        else:
            lines.append(Line(f"- {province}: {NO_FIGURE}."))
    if not any(line.supports for line in lines):
        return None
    figures = [s.figures[0] for s in chosen if s is not None and s.figures]
    if len(figures) == len(parts) and (said := difference(figures)):
        lines.append(said)
    return Draft(True, tuple(lines))


def _candidates(evidence: Evidence) -> list[Scored]:
    province = evidence.query.provinces[0]
    good = [
        s
        for s in evidence.facts
        if s.figures and enough(s, evidence.query) and any(f.province == province for f in s.figures)
    ]
    asked = evidence.query.indicators
    good = [s for s in good if any(f.indicator in asked for f in s.figures)] or good
    if not good:
        return []
    top = max(s.score for s in good)
    return [s for s in good if s.score >= top - 4 * ALIKE][:8]


def _comparable(groups: Sequence[Sequence[Scored]]) -> list[Scored | None]:
    """One fact of each group, chosen together: same unit, kind and indicator weigh more than a slightly better match."""
    filled = [g for g in groups if g]
    if not filled:
        return [None] * len(groups)

    def worth(chosen: Sequence[Scored]) -> float:
        first = [s.figures[0] for s in chosen]
        alike = sum(
            0.2 * (a.unit == b.unit)
            + 0.1 * (a.kind == b.kind)
            + 0.2 * (a.indicator == b.indicator)
            + 0.05 * (a.period == b.period)
            for a, b in product(first, first)
        ) / len(first)
        return sum(s.score + 0.01 * (recency(s) % 100) for s in chosen) + alike

    choices = list(product(*filled))
    best = iter(max(choices, key=lambda chosen: worth(list(chosen))))
    return [next(best) if g else None for g in groups]


def compare_within(evidence: Evidence) -> Draft | None:
    """Two bodies of one province ("Cái Bè với Chợ Gạo"): the facts that name each, and the difference worked out."""
    names = evidence.query.entities
    chosen = [
        next((s for s in evidence.facts if s.figures and s.coverage >= ENOUGH - 0.2 and fold(n) in fold(_own(s))), None)
        for n in names
    ]
    found = [s for s in chosen if s is not None]
    if len(found) < 2 or found[0].statement.span == found[1].statement.span:
        return None
    a, b = (s.figures[0] for s in found[:2])
    lines = [fact_line(s, evidence) for s in found[:2]]
    if a.unit == b.unit and a.value != b.value:
        lines.append(_gap(a, b))
    return Draft(True, tuple(lines))


def with_gap(draft: Draft | None) -> Draft | None:
    """Two figures of one unit that were set against one another, with the difference worked out."""
    figures = (
        [line.supports[0].figures[0] for line in draft.lines if line.supports and line.supports[0].figures]
        if draft
        else []
    )
    if draft is None or len(figures) != 2 or figures[0].unit != figures[1].unit or figures[0].value == figures[1].value:
        return draft
    return replace(draft, lines=(*draft.lines, _gap(*figures)))


def _gap(a: Figure, b: Figure) -> Line:
    gap = format_number(abs(a.value - b.value))
    unit = {"%": "điểm phần trăm", "hạng": "bậc"}.get(a.unit, a.unit)
    return Line(f"Chênh lệch {gap} {unit} (tính từ nguồn).", (), (gap,))


def difference(figures: Sequence[Figure]) -> Line | None:
    """Who is ahead and by how much, worked out; None where the figures cannot be set against one another."""
    if (
        len(figures) != 2
        or len({f.unit for f in figures}) > 1
        or len({f.kind is FigureKind.TARGET for f in figures}) > 1
    ):
        return None
    a, b = figures
    gap = format_number(abs(a.value - b.value))
    if a.denominator and b.denominator and a.denominator != b.denominator:
        return Line("Hai thứ hạng tính trên số tỉnh khác nhau nên không so trực tiếp được.")
    if a.unit == "hạng":
        if a.value == b.value:
            return Line(f"{a.province} và {b.province} cùng hạng.")
        ahead, behind = (a, b) if a.value < b.value else (b, a)
        return Line(f"{ahead.province} xếp cao hơn {behind.province} {gap} bậc (tính từ nguồn).", (), (gap,))
    if a.unit not in ("%", "điểm"):
        return None
    if a.value == b.value:
        return Line(f"{a.province} và {b.province} bằng nhau.")
    more, less = (a, b) if a.value > b.value else (b, a)
    unit = "điểm phần trăm" if a.unit == "%" else "điểm"
    return Line(f"{more.province} cao hơn {less.province} {gap} {unit} (tính từ nguồn).", (), (gap,))


# --- the highest, the lowest, the first five ---------------------------------------------------------------------


def rank_among(parts: Sequence[Evidence], query: Query) -> Draft | None:
    """The provinces asked about, in order; those without the figure are named."""
    chosen = [s for s in _comparable([_candidates(e) for e in parts]) if s is not None]
    if not chosen:
        return None
    missing = [p for p in query.provinces if p not in {s.figures[0].province for s in chosen}]
    return _ordered(chosen, query, missing, parts)


MEASURES = ("hạng", "%", "điểm")
"""Units by which provinces are put in order; a count is only when it was asked for."""


def rank(evidence: Evidence) -> Draft | None:
    """The provinces (or, within one province, its indicators) in order of one indicator's figures."""
    query = evidence.query
    good = [
        s
        for s in evidence.facts
        if s.figures and s.coverage >= ENOUGH and (query.wants == "target" or not is_group(s.statement, s.figures[0]))
    ]
    if len(query.provinces) == 1:
        among = query.expects in (Expect.ORGANISATION, Expect.PROVINCE)
        return (told_superlative(evidence) if among else None) or (_within(good, evidence) if good or len(query.indicators) > 1 else None)
    good = [s for s in good if s.figures[0].unit in MEASURES or query.expects is Expect.COUNT]
    results = [
        s for s in good if s.figures[0].kind is not FigureKind.TARGET and s.figures[0].kind is not FigureKind.CHANGE
    ]
    good = results if query.wants != "target" and results else good
    good = [s for s in good if s.figures[0].indicator in query.indicators] or good
    if query.periods:
        good = [s for s in good if s.figures[0].period is not None] or good
    if borders := re.search(r"\b(34|63)\b", query.standalone):
        good = [s for s in good if s.figures[0].denominator == float(borders[0])] or good
    if not good:
        return None
    top = max(s.score for s in good)
    lead = max(
        (s for s in good if s.score >= top - ALIKE), key=lambda s: (recency(s), s.figures[0].unit == "hạng", s.score)
    )
    first = lead.figures[0]
    if first.kind is FigureKind.TARGET:
        return lookup(evidence)
    by_province: dict[str, Scored] = {}
    for s in sorted(good, key=lambda s: (recency(s), s.figures[0].shown[0].isdigit(), s.score)):
        if _same_measure(s.figures[0], first) and (first.indicator or s.score >= top - ALIKE) and s.figures[0].province:
            by_province[s.figures[0].province] = s
    newest = max((recency(s) for s in by_province.values()), default=0)
    latest = [s for s in by_province.values() if recency(s) == newest]
    if query.best and first.unit == "hạng" and min(s.figures[0].value for s in latest) > 1 and (said := told_first(evidence)):
        return said  # who is first is known from words only
    return _ordered(latest, query, (), [evidence])


MOST = 5
"""Lines of an ordering whose length was not asked."""


def _ordered(facts: Sequence[Scored], query: Query, missing: Sequence[str], parts: Sequence[Evidence]) -> Draft:
    low_first = (facts[0].figures[0].unit == "hạng") == query.best
    ordered = sorted(facts, key=lambda s: s.figures[0].value, reverse=not low_first)
    of = {s.figures[0].province: next((e for e in parts if s in e.facts), parts[0]) for s in ordered}
    lines = [fact_line(s, of[s.figures[0].province]) for s in ordered[: query.count or MOST]]
    if len(lines) == 1:
        evidence = of[ordered[0].figures[0].province]
        lines = [Line(lines[0].text.removeprefix("- ") + ".", lines[0].supports), *_value_of(ordered[0], evidence)]
        lines += other_voices(ordered[0], evidence)
    lines += [Line(f"- {p}: {NO_FIGURE}.") for p in missing]
    lines.append(Line(_scope(len(ordered), query)))
    return Draft(True, tuple(lines))


def _value_of(ranked: Scored, evidence: Evidence) -> list[Line]:
    """Beside a rank the value that earned it, where the same sentence states it."""
    mine = ranked.figures[0]
    for s in evidence.facts:
        for f in s.statement.figures:
            alike = (f.province, f.indicator, f.period) == (
                mine.province,
                mine.indicator,
                mine.period,
            ) and mine.indicator
            here = (
                s.statement.article_id == ranked.statement.article_id
                and s.statement.sentence == ranked.statement.sentence
            )
            if alike and here and f.unit in ("%", "điểm") and f.kind is FigureKind.RESULT and s is not ranked:
                line = fact_line(replace(s, figures=(f,)))
                return [Line(line.text.removeprefix("- ") + ".", line.supports)]
    return []


def _scope(provinces: int, query: Query) -> str:
    missing = len(query.provinces) - provinces
    if query.provinces and missing <= 0:
        return "Xếp trong số các tỉnh được hỏi, theo các bài đã thu thập."
    if provinces == 1:
        return "Đây là tỉnh duy nhất có số liệu này trong các bài đã thu thập, không phải xếp hạng cả nước."
    return "Chỉ xếp trong số các tỉnh có số liệu này trong các bài đã thu thập."


def _same_measure(a: Figure, b: Figure) -> bool:
    borders = a.denominator is None or b.denominator is None or a.denominator == b.denominator
    return (a.unit, a.indicator, a.kind) == (b.unit, b.indicator, b.kind) and borders


def superlative(query: Query) -> Query | None:
    """The question with the end it asks for, when it has a superlative in it; else None."""
    asked = fold(query.standalone)
    if query.wants == "target" or not re.search(r"\bnao\b|\bai\b|\bdau\b", asked):
        return None
    if _WORST.search(asked):
        return replace(query, best=False)
    return query if _BEST.search(asked) else None


_BEST = re.compile(
    r"\b(?:dan dau|dung dau|cao nhat|nhieu nhat|tot nhat|lon nhat|nhanh nhat|dung nhat|quan quan|manh nhat)\b"
)
_WORST = re.compile(
    r"\b(?:thap nhat|cuoi(?: bang)?|chot(?: bang)?|bet(?: bang)?|it nhat|kem nhat|cham nhat|yeu nhat)\b"
)


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
        and wanted.search(own := fold(_own(s)))
        and not other.search(own)
        and s.coverage >= ENOUGH - 0.15
    ]
    if not found:
        return None
    pick = max(found, key=lambda s: s.score)
    line = fact_line(replace(pick, figures=pick.statement.figures[:1]), evidence)
    return Draft(True, (Line(line.text.removeprefix("- ") + ".", line.supports),))


LIST_OF = 3
"""Figures under one head from which the highest may be told."""


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
    line = fact_line(replace(pick, figures=pick.statement.figures[:1]), evidence)
    return Draft(True, (Line(line.text.removeprefix("- ") + ".", line.supports),))


def _bears(evidence: Evidence, text: str) -> bool:
    return coverage(evidence.terms, ((text, 1.0),))[0] >= ENOUGH


def _own(scored: Scored) -> str:
    figure = scored.statement.figures[0]
    return scored.statement.article.text[figure.clause_start : figure.clause_end]


def _within(good: Sequence[Scored], evidence: Evidence) -> Draft | None:
    """ "Nhóm nào của Bắc Kạn xếp thấp nhất?": the figures of one province in order."""
    top = max((s.coverage for s in good), default=0.0)
    ranked = [s for s in good if s.figures[0].unit == "hạng" and s.coverage >= top - 0.35]
    asked = evidence.query.indicators
    if len(asked) > 1:
        ranked = [
            replace(s, figures=(f,))
            for s in evidence.facts
            for f in s.figures or s.statement.figures
            if f.unit == "hạng" and f.kind is FigureKind.RANK and f.indicator in asked
        ]
        newest = max((recency(s) for s in ranked), default=0)
        ranked = [s for s in ranked if recency(s) == newest]
    if not ranked:
        return None
    lead = max(ranked, key=lambda s: s.score)
    peers = [
        s
        for s in ranked
        if s.statement.sentence == lead.statement.sentence and s.statement.article_id == lead.statement.article_id
    ]
    pool = peers if len(peers) > 1 and len(asked) < 2 else ranked
    pick = (min if evidence.query.best else max)(pool, key=lambda s: s.figures[0].value)
    figure = pick.figures[0]
    text = named(dated(told(pick.statement, figure, brackets=False), figure), figure.province)
    return Draft(
        True,
        (
            Line(
                text + ".", (support(pick.statement, (figure,)), *agreeing(replace(pick, figures=(figure,)), evidence))
            ),
        ),
    )


# --- over the years ----------------------------------------------------------------------------------------------


def trend(evidence: Evidence) -> Draft | None:
    """The same figure of several periods in order, with the change worked out; else the clause that tells the change."""
    facts = [s for s in evidence.facts if enough(s, evidence.query) and s.statement.figures]
    if not facts:
        return None
    series = _series(facts, evidence.query)
    if len(series) >= 2:
        lines = list({line.text: line for line in (fact_line(s, evidence) for s in series)}.values())
        first, last = series[0].figures[0], series[-1].figures[0]
        if said := _change(first, last):
            lines.append(said)
        return Draft(True, tuple(lines))
    return lookup(evidence)


def _series(facts: Sequence[Scored], query: Query) -> list[Scored]:
    """Facts of one province, indicator, unit and kind, one a year, oldest first."""
    top = max(s.score for s in facts)
    dated_ = [s for s in facts if s.figures and s.figures[0].period]
    lead = next((s for s in dated_ if s.score >= top - 2 * ALIKE and s.figures[0].kind is not FigureKind.CHANGE), None)
    if lead is None:
        return []
    first = lead.figures[0]
    years: dict[int, Scored] = {}
    for s in facts:
        for f in s.figures:
            alike = (f.province, f.indicator, f.unit, f.kind) == (
                first.province,
                first.indicator,
                first.unit,
                first.kind,
            )
            if f.period and alike and (first.indicator or s.coverage >= lead.coverage - 0.05):
                years.setdefault(f.period.year, replace(s, figures=(f,)))
    asked = sorted({y for p in (*query.periods, *query.compared) for y in (p.since or p.year, p.year)})
    if len(asked) >= 2:
        years = {y: s for y, s in years.items() if asked[0] <= y <= asked[-1]}
    return [years[y] for y in sorted(years)]


def _change(first: Figure, last: Figure) -> Line | None:
    gap = format_number(abs(last.value - first.value))
    if first.value == last.value:
        return Line("Không đổi giữa hai mốc trên.")
    if first.denominator and last.denominator and first.denominator != last.denominator:
        return Line("Hai thứ hạng tính trên số tỉnh khác nhau nên không so trực tiếp được.")
    if first.unit == "hạng":
        word = "tăng" if last.value < first.value else "giảm"
        return Line(f"Như vậy {word} {gap} bậc (tính từ nguồn).", (), (gap,))
    if first.unit in ("%", "điểm"):
        word = "tăng" if last.value > first.value else "giảm"
        unit = "điểm phần trăm" if first.unit == "%" else "điểm"
        return Line(f"Như vậy {word} {gap} {unit} (tính từ nguồn).", (), (gap,))
    return None


# --- target and result -------------------------------------------------------------------------------------------


def target_against_result(evidence: Evidence) -> Draft | None:
    """Result and target of the same thing, with how far; where only one of the two is known, that one and the lack."""
    facts = [s for s in evidence.facts if enough(s, evidence.query) and s.statement.figures and s.figures]
    if not facts:
        return None
    top = max(s.score for s in facts)
    near = [s for s in facts if s.score >= top - 2 * ALIKE]

    def both(s: Scored) -> bool:
        return len({f.kind is FigureKind.TARGET for f in s.statement.figures}) == 2

    lead = max(near, key=lambda s: (both(s), s.score >= top - ALIKE, recency(s), s.score))
    sentence = [s for s in facts if s.statement.article_id == lead.statement.article_id]
    results = [(s, f) for s in sentence for f in s.statement.figures if f.kind is not FigureKind.TARGET]
    targets = [(s, f) for s in sentence for f in s.statement.figures if f.kind is FigureKind.TARGET]
    pair = next(
        (
            (r, t)
            for r in results
            for t in targets
            if r[1].unit == t[1].unit
            and r[0].statement.sentence == t[0].statement.sentence
            and t[1].quote_start <= r[1].start < t[1].quote_end
            and lead in (r[0], t[0])
        ),
        None,
    )
    if pair is None and (apart := _pair_apart(facts)):
        pair = apart
    if pair is None:
        return lookup(evidence)
    (result, done), (goal, aim) = pair
    text = named(told(result.statement, done, brackets=True), done.province)
    beside = goal.statement.sentence == result.statement.sentence and aim.shown in text
    if beside and " | " not in result.statement.text:
        also = agreeing(replace(result, figures=(done,)), evidence)
        lines = [Line(dated(text, done) + ".", (support(result.statement, (done, aim)), *also))]
    else:
        lines = [fact_line(replace(s, figures=(f,)), evidence) for s, f in ((result, done), (goal, aim))]
    if done.unit == aim.unit and (said := _how_far(done, aim)):
        lines.append(said)
    return Draft(True, tuple(lines))


def _pair_apart(facts: Sequence[Scored]) -> tuple[tuple[Scored, Figure], tuple[Scored, Figure]] | None:
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


def _how_far(done: Figure, aim: Figure) -> Line | None:
    gap = format_number(abs(done.value - aim.value))
    ahead = done.value <= aim.value if done.unit == "hạng" else done.value >= aim.value
    unit = {"%": "điểm phần trăm", "hạng": "bậc"}.get(done.unit, done.unit)
    if done.value == aim.value:
        return Line("Đúng bằng mục tiêu.")
    word = "Vượt" if ahead else "Còn thiếu so với"
    return Line(f"{word} mục tiêu {gap} {unit} (tính từ nguồn).", (), (gap,))
