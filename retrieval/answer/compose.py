"""From a choice to a draft: what the operation asks of the ledger, else the window that answers, else nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from retrieval import algebra, ledger
from retrieval.algebra import Table
from retrieval.answer import tables, told, wording
from retrieval.answer.draft import Draft, Line
from retrieval.answer.overview import overview
from retrieval.choosing.features import fits_unit
from retrieval.choosing.ranker import Choice, Chosen
from retrieval.choosing.select import asked_provinces
from retrieval.choosing.windows import provinces_in
from retrieval.ledger import Measure, Told
from retrieval.lexicon.indicators import children, find_indicators, is_index
from retrieval.library import Library
from retrieval.query import NUMERIC, TOPIC, Expects, Operation, Query
from retrieval.types import Figure, FigureKind

SURE = 0.23
"""Likelihood from which the best window is told; under it the answer is that nothing is known. Chosen on the development
sets, where nine in ten questions that cannot be answered are refused (``python -m benchmarks.refusals`` draws the curve)."""

SURE_OF = {
    Operation.DEFINITION: 0.02,
    Operation.LIST: 0.06,
    Operation.EXPLAIN: 0.15,
    Operation.AGAINST_TARGET: 0.09,
    Operation.TREND: 0.12,
}
"""The same for what is told in words, of which there is less to be sure by."""

SURE_MEASURE = 0.3
"""The same for a table whose measure is known by the best windows only."""


PARTICULAR = 3.5
"""Sum of the likelihoods of its words from which a question about a province as a whole asks for something in it."""

Again = Callable[[Query], Choice]
"""Chooses for a narrower question."""


def compose(library: Library, choice: Choice, again: Again) -> Draft | None:
    """A draft that answers, or None. ``again`` is asked of each province where several are asked about."""
    query = choice.query
    if query.operation is Operation.OVERVIEW and len(query.provinces) == 1 and not query.level:
        if sum(t.weight for t in query.terms if t.folded not in TOPIC) >= PARTICULAR and choice.sure >= SURE:
            return told.draft(choice)
        if draft := overview(library, query, choice):
            return draft
    choice = of_the_index(choice)
    table = computed(library, choice)
    if table is not None and not table.missing:
        beside = _by_other_unit(library, choice, table)
        return tables.draft(table) if beside is None else _joined(tables.draft(table), tables.draft(beside))
    if 1 < len(query.provinces) <= MOST_APART:
        if query.operation is not Operation.LIST and (rows := _rows_of_one_table(choice)):
            return tables.draft(rows)
        if each := _each(query, choice, again):
            return each
    if table is not None:
        return tables.draft(table)
    if ledger.states(library, query):
        first = _stated_first(choice)
        if _is_stated(first) and (query.periods or first.sure >= SURE_STATED):
            return told.draft(first)
    return told.draft(choice) if choice.sure >= SURE_OF.get(query.operation, SURE) else None


SURE_STATED = 0.12
"""The same for what the ledger states of the province and indicator asked for, where no year was asked."""


def of_the_index(choice: Choice) -> Choice:
    """Without windows that tell the rank or score of other indexes only, where one index was named: a component is not the
    index, nor is the PAR Index the DTI."""
    query = choice.query
    if query.expects not in (Expects.RANK, Expects.SCORE) or not (query.indicators and query.provinces) or query.level:
        return choice
    if not all(map(is_index, query.indicators)) or query.operation in (Operation.LIST, Operation.EXPLAIN):
        return choice
    kept = [c for c in choice.ranked if not _is_of_others(c, query)]
    if kept[:1] == list(choice.ranked[:1]):
        return replace(choice, ranked=tuple(kept))
    return replace(choice, ranked=tuple(kept), sure=choice.sure * RUNNER_UP)


RUNNER_UP = 0.3
"""What is left of the likelihood where the best window spoke of another index."""


def _is_of_others(chosen: Chosen, query: Query) -> bool:
    asked, window = set(query.indicators), chosen.window
    if any(f.indicator in asked for f in window.figures):
        return False
    said = f"{window.text}\n{window.context.lead}\n{window.context.previous}"
    return not asked & {m.id for m in find_indicators(said)}


def _stated_first(choice: Choice) -> Choice:
    """What tells the very figure asked for goes before what tells another indicator's."""
    query = choice.query
    if query.level or (query.periods and _is_stated(choice)):
        return choice
    ranked = sorted(choice.ranked, key=lambda chosen: not _tells(query, chosen))
    if query.periods or query.operation is not Operation.VALUE:
        return replace(choice, ranked=tuple(ranked))
    newest = max((year for chosen in ranked for year in _years_told(query, chosen)), default=0)
    ranked.sort(key=lambda chosen: newest not in _years_told(query, chosen))  # where no year was asked, the newest
    return replace(choice, ranked=tuple(ranked))


def _years_told(query: Query, chosen: Chosen) -> set[int]:
    """The years of the figures of the very indicator and province that a window tells, results unless a target is wanted."""
    return {f.period.year for f in chosen.window.figures if f.period and _is_asked(query, f)}


MOST_APART = 4
"""Provinces that are asked about one by one where no table answers."""


def _each(query: Query, choice: Choice, again: Again) -> Draft | None:
    """What answers for each province, where no one window speaks of them all; None where it is known of none or one.

    Figures of one unit and kind are set side by side, in whatever words their articles tell them.
    """
    asked = set(query.provinces)
    if choice.ranked and choice.sure >= SURE and asked <= set(provinces_in(choice.ranked[0].window.text)):
        return None
    found: list[Choice] = []
    missing: list[str] = []
    for province in query.provinces:
        one = again(replace(query, provinces=(province,), operation=Operation.VALUE))
        if one.sure >= SURE_EACH:
            found.append(one)
        else:
            missing.append(province)
    if not found or (len(found) == 1 and missing and choice.sure >= SURE):
        return None
    if table := _beside(query, found, missing):
        return tables.draft(table)
    drafts = [d for one in found if (d := told.draft(one))]
    lines = [told.of_province(line) for d in drafts for line in d.lines]
    return Draft(True, (*lines, *(Line(f"{p}: {wording.NO_FIGURE}.") for p in missing)), "each province")


def _rows_of_one_table(choice: Choice) -> Table | None:
    """The provinces asked about beside one another, where one table has a row for each, and the likeliest figures of the rows
    are of one column."""
    asked = set(choice.query.provinces)
    tables_found: dict[tuple[int, str], dict[str, Chosen]] = {}
    for chosen in choice.ranked:
        about = {f.province for f in chosen.window.figures} & asked
        if chosen.window.kind == "row" and len(about) == 1:
            rows = tables_found.setdefault((chosen.window.article_id, chosen.window.context.lead), {})
            rows.setdefault(about.pop(), chosen)
    for rows in tables_found.values():
        likeliest = [rows[p].figures[0][0] for p in choice.query.provinces if p in rows]
        if len(likeliest) == len(asked) and len({f.label.rpartition(" › ")[2] for f in likeliest}) == 1:
            tolds = [Told(f, rows[f.province].window) for f in likeliest]
            return algebra.beside(tolds, ledger.measure_of(likeliest[0]), ())
    return None


def _beside(query: Query, found: Sequence[Choice], missing: Sequence[str]) -> Table | None:
    """The likeliest figures of several provinces as one table; None where they are not of one unit and kind."""
    likeliest = [(one.ranked[0], one.ranked[0].figure) for one in found]
    tolds = [Told(f, chosen.window) for chosen, f in likeliest if f and chosen.figures[0][1] >= told.CLEAR]
    if len(tolds) < 2 or len(tolds) < len(found) or query.expects not in NUMERIC:
        return None
    if len({(t.figure.unit, t.figure.kind) for t in tolds}) > 1:
        return None
    measure = ledger.measure_of(tolds[0].figure)
    return algebra.beside(tolds, measure, missing)


SURE_EACH = 0.08


def _is_stated(choice: Choice) -> bool:
    """Whether the best window tells the very figure that the ledger has: of the indicator, province and year asked for."""
    return bool(choice.ranked) and _tells(choice.query, choice.ranked[0])


def _tells(query: Query, chosen: Chosen) -> bool:
    return any(_is_asked(query, f) for f in chosen.window.figures)


def _is_asked(query: Query, f: Figure) -> bool:
    """Whether a figure is of the very indicator, province and time that are asked about, and of the unit."""
    return (
        f.indicator in query.indicators
        and f.province in query.provinces
        and (not query.periods or (f.period is not None and any(f.period.meets(p) for p in query.periods)))
        and f.kind is not FigureKind.CHANGE
        and (query.wants != "" or f.kind is not FigureKind.TARGET)
        and (query.expects not in NUMERIC or fits_unit(f, query.expects))
    )


# --- what is worked out -------------------------------------------------------------------------------------------


def computed(library: Library, choice: Choice) -> Table | None:
    """The table that the question's operation gives, None where it asks for none or the ledger cannot bear it."""
    query = choice.query
    operation = _operation(query)
    if operation is None or query.documents or (query.expects in _IN_WORDS and query.kinds[0][1] >= 0.5):
        return None
    if query.level == "trụ cột" and len(query.provinces) == 1:
        return _pillars(library, query)
    measure = ledger.anchor(library, query, choice)
    if query.level and not (measure and ledger.scope_of(query) and ledger.scope_of(query) in measure.scope):
        return None  # units within a province are told by the articles, not by the ledger
    if query.level and operation in (Operation.ORDER, Operation.EXTREME, Operation.COUNT):
        return None
    if measure is None or (measure.indicator not in query.indicators and choice.sure < SURE_MEASURE):
        return None
    match operation:
        case Operation.ORDER | Operation.EXTREME | Operation.COUNT:
            return _ordered(library, query, measure, operation)
        case Operation.COMPARE | Operation.DIFFERENCE if len(query.provinces) > 1:
            return _compared(library, query, measure, operation)
        case Operation.AGAINST_TARGET if len(query.provinces) == 1:
            return _against_target(library, query, measure)
        case Operation.TREND | Operation.DIFFERENCE | Operation.COMPARE if len(query.provinces) == 1:
            return _series(library, query, measure, operation)
    return None


def _operation(query: Query) -> Operation | None:
    """The operation as the facts of the question have it: several provinces or years are set side by side whatever else."""
    operation = query.operation
    numeric = query.expects in NUMERIC or (bool(query.indicators) and operation is not Operation.LIST)
    if operation is Operation.COUNT:
        return operation if query.bound is not None or query.regions else None
    if operation in (Operation.ORDER, Operation.EXTREME):
        return operation
    if query.ended and not query.provinces and query.indicators and query.expects in (Expects.PLACE, Expects.NAME):
        return Operation.EXTREME
    if query.regions and not query.provinces and operation in (Operation.VALUE, Operation.LIST, Operation.COMPARE):
        return Operation.ORDER
    if operation in (Operation.VALUE, Operation.LIST) and numeric:
        if query.wants == "both":
            return Operation.AGAINST_TARGET
        if len(query.provinces) > 1:
            return Operation.COMPARE
        if len({p.year for p in query.periods}) > 1 and len(query.provinces) == 1:
            return Operation.TREND
        return None
    if operation is Operation.AGAINST_TARGET and query.compared and not query.wants:
        return Operation.TREND  # held against another year, not against an aim
    if operation in (Operation.COMPARE, Operation.DIFFERENCE, Operation.TREND, Operation.AGAINST_TARGET):
        return operation
    return None


def _ordered(library: Library, query: Query, measure: Measure, operation: Operation) -> Table | None:
    among = asked_provinces(query)
    found = ledger.alike(library, measure, among, query.periods)
    count = query.count
    if operation is Operation.EXTREME and count is None and not query.everything:
        count = 1
    if operation is Operation.COUNT or query.bound is not None or query.everything:
        count = None
    table = algebra.ordered(
        found,
        measure,
        operation=operation,
        periods=query.periods,
        wants=query.wants,
        best=query.best,
        count=count,
        bound=query.bound,
        among=among,
    )
    if table is None or table.whole < (1 if query.regions else 2):
        return None
    if query.best and measure.unit == "hạng" and not among and table.rows and query.bound is None:
        first = min(r.figure.value for r in table.rows)
        if first > 1 and count == 1:
            return None  # nobody of those known leads
    return table


_IN_WORDS = frozenset(
    {Expects.DOCUMENT, Expects.PERSON, Expects.DATE, Expects.REASON, Expects.MANNER, Expects.DEFINITION}
)
"""Kinds of answer that no figure is."""

PILLARS = ("dti-government", "dti-economy", "dti-society")


def _pillars(library: Library, query: Query) -> Table | None:
    """The pillars of one province in order, of the newest assessment (or the one asked about) that ranks them apart."""
    named = any(t.folded == "cot" for t in query.terms)
    parts = PILLARS if named else tuple(children("dti"))
    found = library.figures(provinces=query.provinces, indicators=parts, limit=200)
    tolds = ledger.told(library, [s for s in found if s.figure.kind is FigureKind.RANK])
    count = 1 if query.operation is Operation.EXTREME else None
    return algebra.pillars(tolds, query.provinces[0], periods=query.periods, best=query.best, count=count)


def _compared(library: Library, query: Query, measure: Measure, operation: Operation) -> Table | None:
    best: Table | None = None
    for one in _measures(measure, query):
        found = ledger.alike(library, one, query.provinces)
        periods = (*query.periods, *query.compared)
        table = algebra.compared(found, one, query.provinces, periods=periods, wants=query.wants, operation=operation)
        if table is not None and (best is None or len(table.rows) > len(best.rows)):
            best = table
    if best is None or (len(best.rows) < 2 and measure.indicator not in query.indicators):
        return None
    return best


OTHER_UNIT = {"hạng": "điểm", "điểm": "hạng"}
"""An index tells both."""


def _by_other_unit(library: Library, choice: Choice, table: Table) -> Table | None:
    """The scores beside the ranks of an index (or the other way round), where the comparison asked for neither."""
    query, other = choice.query, OTHER_UNIT.get(table.measure.unit)
    asked = max((likely for kind, likely in query.kinds if kind in (Expects.RANK, Expects.SCORE)), default=0.0)
    if not other or table.operation is not Operation.COMPARE or asked > ledger.CLEAR_UNIT or ledger.unit_said(query):
        return None
    measure = replace(table.measure, unit=other)
    found = ledger.alike(library, measure, query.provinces)
    beside = algebra.compared(
        found, measure, query.provinces, periods=query.periods, wants=query.wants, operation=table.operation
    )
    return beside if beside is not None and not beside.missing and len(beside.rows) > 1 else None


def _joined(first: Draft, second: Draft) -> Draft:
    return replace(first, lines=tuple(dict.fromkeys((*first.lines, *second.lines))))


def _measures(measure: Measure, query: Query) -> list[Measure]:
    """The measure, then the same indicator's score for its rank and the other way round, where neither was asked for."""
    if query.expects in NUMERIC and query.kinds[0][1] > 0.8:
        return [measure]
    other = OTHER_UNIT.get(measure.unit)
    return [measure, replace(measure, unit=other)] if other and measure.indicator else [measure]


def _series(library: Library, query: Query, measure: Measure, operation: Operation) -> Table | None:
    province = query.provinces[0]
    periods = (*query.periods, *query.compared)
    found = ledger.alike(library, measure, query.provinces)
    table = algebra.series(found, measure, province, periods=periods, wants=query.wants, operation=operation)
    if table is not None and table.missing and query.wants != "target":
        table = algebra.with_targets(table, found)
    return table if table is not None and len(table.rows) > 1 else None


def _against_target(library: Library, query: Query, measure: Measure) -> Table | None:
    found = ledger.alike(library, measure, query.provinces)
    table = algebra.against_target(found, measure, query.provinces[0], periods=query.periods)
    if table is None or len(table.rows) < 2:
        return None
    kinds = {r.figure.kind is FigureKind.TARGET for r in table.rows}
    return table if len(kinds) == 2 else None
