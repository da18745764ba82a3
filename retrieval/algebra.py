"""The algebra over told figures: order, extreme, compare, difference, trend, target against result, count. Pure.

Every operation gives a Table: rows with their figures, who or what year is missing, and what was worked out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from retrieval.ledger import Measure, Told
from retrieval.lexicon.indicators import catalogue
from retrieval.query import Bound, Operation
from retrieval.types import Figure, FigureKind, Period

NEW_BORDERS = 2025
"""From this year ranks are among 34 provinces; those of 2024 were published for both."""

OLD, NEW = 63, 34


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: a figure, and other voices on the same fact: those that agree, those that say otherwise."""

    told: Told
    agreeing: tuple[Told, ...] = ()
    differing: tuple[Told, ...] = ()

    @property
    def figure(self) -> Figure:
        return self.told.figure


@dataclass(frozen=True, slots=True)
class Table:
    """What an operation gives. ``whole`` counts the provinces among which an order is; ``missing`` names provinces (or
    years, as text) without a figure; ``difference`` is the last row's value less the first one's (a trend), or the first
    one's less the second one's (a comparison), None where they cannot be subtracted; ``best`` says which end leads."""

    operation: Operation
    measure: Measure
    rows: tuple[Row, ...]
    whole: int = 0
    missing: tuple[str, ...] = ()
    difference: float | None = None
    best: bool = True
    period: Period | None = None
    bound: Bound | None = None
    scales_differ: bool = False
    asked: tuple[str, ...] = field(default=())


# --- what is one fact ---------------------------------------------------------------------------------------------


def scale_of(figure: Figure) -> int | None:
    """Among how many provinces a rank is: as said, else by its year; None for 2024, which has both, and for no rank."""
    if figure.unit != "hạng":
        return None
    if figure.denominator:
        return int(figure.denominator)
    if figure.period is None or figure.period.year == NEW_BORDERS - 1:
        return None
    return OLD if figure.period.year < NEW_BORDERS else NEW


def lower_is_better(measure: Measure) -> bool:
    known = catalogue().get(measure.indicator)
    return measure.unit == "hạng" or (known is not None and known.better == "low" and measure.unit != "điểm")


def facts(tolds: Iterable[Told]) -> list[Row]:
    """One row a fact (measure, province, period, kind, scale): the most trustworthy telling, with the voices beside it."""
    groups: dict[tuple[object, ...], list[Told]] = defaultdict(list)
    for told in tolds:
        f = told.figure
        groups[f.indicator, f.unit, f.province, f.period, f.kind is FigureKind.TARGET, scale_of(f)].append(told)
    return [_row(group) for group in groups.values()]


def _row(group: Sequence[Told]) -> Row:
    ordered = sorted(group, key=_trust, reverse=True)
    first = ordered[0]
    voices = {first.window.voice}
    agreeing: list[Told] = []
    differing: list[Told] = []
    for other in ordered[1:]:
        if other.window.voice in voices:
            continue
        voices.add(other.window.voice)
        (agreeing if _same_value(first, other) else differing).append(other)
    return Row(first, tuple(agreeing), tuple(differing))


def _same_value(a: Told, b: Told) -> bool:
    return abs(a.value - b.value) <= 1e-9 * max(abs(a.value), abs(b.value), 1)


def _trust(told: Told) -> tuple[bool, bool, bool, int]:
    f = told.figure
    plain = any(c.isdigit() for c in f.shown)
    return f.read_by == "rules", plain, not told.window.article.rendered, told.published


def _timely(rows: Iterable[Row], periods: Sequence[Period]) -> list[Row]:
    if not periods:
        return list(rows)
    return [r for r in rows if r.figure.period and any(r.figure.period.meets(p) for p in periods)]


def _of_kind(rows: Iterable[Row], wants: str) -> list[Row]:
    """Results, unless targets are wanted."""
    return [r for r in rows if (r.figure.kind is FigureKind.TARGET) == (wants == "target")]


# --- order, extreme, count ----------------------------------------------------------------------------------------


def ordered(
    tolds: Iterable[Told],
    measure: Measure,
    *,
    operation: Operation,
    periods: Sequence[Period] = (),
    wants: str = "",
    best: bool = True,
    count: int | None = None,
    bound: Bound | None = None,
    among: Sequence[str] = (),
) -> Table | None:
    """Provinces in the order of one measure; None where no figure is comparable.

    Without a period, ranks are those of the newest whole table (else of the fullest), values the newest of each province.
    """
    rows = _of_kind(facts(tolds), wants)
    if among:
        rows = [r for r in rows if r.figure.province in among]
    rows = _side_by_side(_timely(rows, periods), measure, dated=bool(periods), named=bool(among))
    if not rows:
        return None
    low_first = lower_is_better(measure) == best
    rows.sort(key=lambda r: (r.figure.value if low_first else -r.figure.value, r.figure.province))
    whole = len(rows)
    if bound is not None:
        rows = [r for r in rows if _within(r.figure, bound)]
    if count is not None:
        rows = _with_ties(rows, count)
    present = {r.figure.province for r in rows}
    missing = tuple(p for p in among if p not in present) if bound is None and count is None else ()
    shared = {r.figure.period for r in rows}
    return Table(
        operation,
        measure,
        tuple(rows),
        whole,
        missing,
        best=best,
        period=next(iter(shared)) if len(shared) == 1 else None,
        bound=bound,
    )


def _side_by_side(rows: Sequence[Row], measure: Measure, *, dated: bool, named: bool) -> list[Row]:
    """One row a province, all comparable."""
    if measure.unit == "hạng" or dated:
        tables: dict[tuple[Period | None, int | None], dict[str, Row]] = defaultdict(dict)
        for r in rows:
            tables[r.figure.period, scale_of(r.figure)].setdefault(r.figure.province, r)
        if not tables:
            return []
        if named and not dated and max(map(len, tables.values())) < len({r.figure.province for r in rows}):
            return _newest(rows)  # of provinces that were named, each counts, whatever year it is known for
        return list(max(tables.items(), key=lambda item: _fullness(item[0], item[1], named=named))[1].values())
    return _newest(rows)


def _newest(rows: Sequence[Row]) -> list[Row]:
    newest: dict[str, Row] = {}
    for r in rows:
        known = newest.get(r.figure.province)
        if known is None or _year(r) > _year(known):
            newest[r.figure.province] = r
    return list(newest.values())


WHOLE = 0.9
"""Share of all provinces that makes a table whole."""


def _fullness(key: tuple[Period | None, int | None], table: dict[str, Row], *, named: bool) -> tuple[bool, int, int]:
    period, scale = key
    whole = scale is not None and len(table) >= WHOLE * scale
    year = period.year if period else 0
    return (whole, year, len(table)) if whole and not named else (whole, len(table), year)


def _year(row: Row) -> int:
    return row.figure.period.year if row.figure.period else 0


def _within(figure: Figure, bound: Bound) -> bool:
    """ "Dưới hạng 50" is a larger number; a bound on a rank without the word is one on the number all the same."""
    if figure.unit == "hạng":
        return figure.value <= bound.value if bound.over else figure.value > bound.value
    return figure.value > bound.value if bound.over else figure.value < bound.value


def _with_ties(rows: Sequence[Row], count: int) -> list[Row]:
    if count <= 0 or len(rows) <= count:
        return list(rows)
    last = rows[count - 1].figure.value
    return [r for i, r in enumerate(rows) if i < count or r.figure.value == last]


def pillars(
    tolds: Iterable[Told], province: str, *, periods: Sequence[Period] = (), best: bool = True, count: int | None = None
) -> Table | None:
    """The parts of an index that rank one province, in order; None where fewer than two are ranked in one assessment."""
    by_period: dict[Period | None, dict[str, Row]] = defaultdict(dict)
    for row in _timely(facts(tolds), periods):
        by_period[row.figure.period].setdefault(row.figure.indicator, row)
    whole = [(p, rows) for p, rows in by_period.items() if len(rows) > 1]
    if not whole:
        return None
    period, held = max(whole, key=lambda item: (len(item[1]), item[0].year if item[0] else 0))
    rows = sorted(held.values(), key=lambda r: r.figure.value if best else -r.figure.value)
    shown = rows if count is None else _with_ties(rows, count)
    measure = Measure("", "", "hạng", PARTS)
    return Table(Operation.ORDER, measure, tuple(shown), len(rows), best=best, period=period, asked=(province,))


PARTS = "trụ cột"
"""Scope of a measure whose rows are the parts of one province's index."""


# --- side by side -------------------------------------------------------------------------------------------------


def compared(
    tolds: Iterable[Told],
    measure: Measure,
    provinces: Sequence[str],
    *,
    periods: Sequence[Period] = (),
    wants: str = "",
    operation: Operation = Operation.COMPARE,
) -> Table | None:
    """One row a province, in their order, of one period where all have one in common; None where nobody has a figure."""
    rows = _timely(_of_kind(facts(tolds), wants), periods)
    by_province: dict[str, list[Row]] = {p: [r for r in rows if r.figure.province == p] for p in provinces}
    present = [p for p in provinces if by_province[p]]
    if not present:
        return None
    keys = [{(r.figure.period, scale_of(r.figure)) for r in by_province[p]} for p in present]
    common = set.intersection(*keys)
    if common:
        key = max(common, key=lambda k: (k[0].year if k[0] else 0, k[1] or 0))
        chosen = [next(r for r in by_province[p] if (r.figure.period, scale_of(r.figure)) == key) for p in present]
    else:
        chosen = [max(by_province[p], key=_year) for p in present]
    missing = tuple(p for p in provinces if p not in present)
    scales = {scale_of(r.figure) for r in chosen} - {None}
    difference = None
    if len(chosen) == 2 and len(scales) < 2 and len({r.figure.period for r in chosen} - {None}) < 2:
        difference = chosen[0].figure.value - chosen[1].figure.value
    return Table(
        operation,
        measure,
        tuple(chosen),
        len(chosen),
        missing,
        difference,
        period=chosen[0].figure.period if common else None,
        scales_differ=len(scales) > 1,
        asked=tuple(provinces),
    )


def beside(tolds: Sequence[Told], measure: Measure, missing: Sequence[str]) -> Table:
    """Figures that were chosen one by one, side by side in their order; subtracted only where unit and time allow it."""
    rows = [Row(t) for t in tolds]
    periods = {r.figure.period for r in rows}
    scales = {scale_of(r.figure) for r in rows} - {None}
    alike = len(scales) < 2 and len(periods - {None}) < 2
    difference = rows[0].figure.value - rows[1].figure.value if len(rows) == 2 and alike else None
    period = next(iter(periods)) if len(periods) == 1 else None
    return Table(
        Operation.COMPARE,
        measure,
        tuple(rows),
        len(rows),
        tuple(missing),
        difference,
        period=period,
        scales_differ=len(scales) > 1,
    )


# --- over time ----------------------------------------------------------------------------------------------------


def series(
    tolds: Iterable[Told],
    measure: Measure,
    province: str,
    *,
    periods: Sequence[Period] = (),
    wants: str = "",
    operation: Operation = Operation.TREND,
) -> Table | None:
    """One province's figures, oldest first, one a period; within the years asked about. None where there are none."""
    rows = [r for r in _of_kind(facts(tolds), wants) if r.figure.province == province and r.figure.period]
    rows = [r for r in rows if r.figure.period and r.figure.period.since is None]
    asked = sorted({y for p in periods for y in (p.since or p.year, p.year)})
    if len(asked) >= 2:
        rows = [r for r in rows if asked[0] <= _year(r) <= asked[-1]]
    elif asked:
        rows = [r for r in rows if _year(r) <= asked[0]]
    by_period: dict[Period, Row] = {}
    for r in sorted(rows, key=lambda r: (scale_of(r.figure) or 0, _trust(r.told)), reverse=True):
        assert r.figure.period is not None
        by_period.setdefault(r.figure.period, r)
    chosen = [by_period[p] for p in sorted(by_period, key=lambda p: (p.year, p.part or "Z"))]
    if not chosen:
        return None
    told_years = {_year(r) for r in chosen}
    missing = tuple(str(y) for y in asked if y not in told_years)
    ends = chosen[0].figure, chosen[-1].figure
    comparable = len(chosen) > 1 and len({scale_of(f) for f in ends} - {None}) < 2
    return Table(
        operation,
        measure,
        tuple(chosen),
        len(chosen),
        missing,
        ends[1].value - ends[0].value if comparable else None,
        scales_differ=len({scale_of(r.figure) for r in chosen} - {None}) > 1,
        asked=(province,),
    )


def with_targets(table: Table, tolds: Iterable[Told]) -> Table:
    """A series with the targets of those years that have no result."""
    province = table.asked[0]
    missing = set(table.missing)
    aims = [
        r
        for r in facts(tolds)
        if r.figure.kind is FigureKind.TARGET and r.figure.province == province and str(_year(r)) in missing
    ]
    if not aims:
        return table
    rows = sorted((*table.rows, *aims), key=_year)
    left = tuple(y for y in table.missing if int(y) not in {_year(r) for r in aims})
    return replace(table, rows=tuple(rows), missing=left, difference=None)


# --- target against result ----------------------------------------------------------------------------------------


def against_target(
    tolds: Iterable[Told], measure: Measure, province: str, *, periods: Sequence[Period] = ()
) -> Table | None:
    """The newest result and the target that it is measured by: the one of the period asked about, else the nearest one not
    before the result. Rows are result, target; one of them alone where the other is not known; None where neither is."""
    rows = [r for r in facts(tolds) if r.figure.province == province]
    targets = [r for r in rows if r.figure.kind is FigureKind.TARGET]
    results = [r for r in rows if r.figure.kind in (FigureKind.RESULT, FigureKind.RANK)]
    if periods:
        timely = _timely(targets, periods)
        targets = timely or targets
        last = max(p.year for p in periods)
        results = [r for r in results if not _year(r) or _year(r) <= last] or results
    if not targets and not results:
        return None
    result = max(results, key=lambda r: (_year(r), _trust(r.told)), default=None)
    target = None
    if targets:
        at = _year(result) if result else 0
        target = min(targets, key=lambda r: (_year(r) < at, abs(_year(r) - at), -r.told.published))
    chosen = tuple(r for r in (result, target) if r is not None)
    difference = result.figure.value - target.figure.value if result and target else None
    return Table(Operation.AGAINST_TARGET, measure, chosen, len(chosen), (), difference, asked=(province,))


def reached(table: Table) -> bool | None:
    """Whether the result of ``against_target`` has come to its target; None where one of them is missing."""
    if table.difference is None:
        return None
    return table.difference <= 1e-9 if lower_is_better(table.measure) else table.difference >= -1e-9
