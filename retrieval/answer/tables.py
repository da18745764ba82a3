"""Tables of the algebra as answers: the verdict first, then a line a figure with its source."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from retrieval.algebra import PARTS, Row, Table, lower_is_better, reached, scale_of
from retrieval.answer import wording
from retrieval.answer.draft import Draft, Line, Support, statement
from retrieval.answer.phrasing import measure as measure_said
from retrieval.answer.phrasing import scope_said
from retrieval.ledger import Told, is_bound
from retrieval.lexicon.indicators import catalogue
from retrieval.query import Operation
from retrieval.text import Span, format_number
from retrieval.types import Figure, FigureKind

LONGEST_TABLE = 9000
"""Characters of a stretch of one article that is quoted once for many rows."""

MANY = 4
"""Rows of one article from which on they share a quote."""

_STEPS = {"%": "điểm phần trăm", "hạng": "bậc"}
"""What the difference of two figures is counted in, where it is not their own unit."""

_SCALE = re.compile(r"(?:\s(?:nghìn|ngàn|triệu|tỷ|tỉ)\b)+", re.IGNORECASE)


def draft(table: Table) -> Draft:
    """The answer that a table gives."""
    match table.operation:
        case _ if table.measure.scope == PARTS:
            lines = _of_parts(table)
        case Operation.TREND | Operation.DIFFERENCE if len({r.figure.province for r in table.rows}) == 1:
            lines = _over_time(table)
        case Operation.COMPARE | Operation.DIFFERENCE:
            lines = _side_by_side(table)
        case Operation.AGAINST_TARGET:
            lines = _against_target(table)
        case Operation.COUNT:
            lines = _counted(table)
        case _:
            lines = _in_order(table)
    return Draft(True, tuple(lines), "table")


# --- words for figures --------------------------------------------------------------------------------------------


def value_said(told: Told, *, aim: bool = True) -> str:
    """ "hạng 3/63", "0,8241 điểm", "56,83%", "mục tiêu 80%"."""
    figure = told.figure
    shown = " ".join(figure.shown.split())
    if not any(c.isdigit() for c in shown):
        said = f"hạng {int(figure.value)} (“{shown}”)" if figure.unit == "hạng" else shown
    elif is_bound(told):
        said = f"nhóm {shown}"
    elif figure.unit == "hạng":
        said = f"hạng {shown.lower().removeprefix('hạng').removeprefix('thứ').strip()}"
    elif figure.unit and figure.unit not in shown:
        scale = _SCALE.match(told.window.article.text, figure.end)
        said = f"{shown}{scale[0] if scale else ''} {figure.unit}".replace(" %", "%")
    else:
        said = shown
    return f"mục tiêu {said}" if aim and figure.kind is FigureKind.TARGET else said


def what(figure: Figure) -> str:
    """What is measured, in the words of the catalogue, else of the article."""
    said = measure_said(figure)
    if said:
        return said
    known = catalogue().get(figure.indicator)
    name = known.name if known else figure.label.rpartition(" › ")[2]
    scope = scope_said(figure)
    return f"{name}, {scope}" if scope and scope not in name else name


def _when(figure: Figure) -> str:
    return f" {figure.period}" if figure.period else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# --- lines --------------------------------------------------------------------------------------------------------


def _support(told: Told, shared: dict[int, Span]) -> Support:
    window = told.window
    quote = shared.get(window.article_id, window.span)
    if not (quote.start <= told.figure.start and told.figure.end <= quote.end):
        quote = window.span
    return Support(statement(window, told.figure), quote, (told.figure,))


def _shared_quotes(rows: Sequence[Row]) -> dict[int, Span]:
    """Of an article that states many rows, the one stretch that holds them all."""
    spans: dict[int, list[Span]] = defaultdict(list)
    for row in rows:
        spans[row.told.window.article_id].append(row.told.window.span)
    wide = {
        article_id: Span(min(s.start for s in held), max(s.end for s in held))
        for article_id, held in spans.items()
        if len(held) >= MANY
    }
    return {a: s for a, s in wide.items() if s.end - s.start <= LONGEST_TABLE}


def row_lines(row: Row, head: str, shared: dict[int, Span], *, dated: bool) -> list[Line]:
    """A row's line, and one for what other sources say otherwise."""
    when = f" ({row.figure.period})" if dated and row.figure.period else ""
    supports = (_support(row.told, shared), *(_support(t, {}) for t in row.agreeing[:2]))
    lines = [Line(f"{head}{value_said(row.told)}{when}.", supports, typed=True)]
    for other in row.differing[:2]:
        published = other.window.article.published
        day = f", bài ngày {published.day}/{published.month}/{published.year}" if published else ""
        numbers = tuple(str(n) for n in (published.day, published.month, published.year)) if published else ()
        numbers += (f"{published.day}/{published.month}/{published.year}",) if published else ()
        aims = "mục tiêu " if other.figure.kind is FigureKind.TARGET else ""
        said = f"{wording.OTHER_SOURCE} {aims}{value_said(other, aim=False)}{day}."
        lines.append(Line(said, (_support(other, {}),), numbers, typed=True))
    return lines


def _in_order(table: Table) -> list[Line]:
    rows = table.rows
    first = rows[0].figure if rows else None
    if first is None:
        return [Line(wording.NOBODY_WITHIN)]
    shared = _shared_quotes(rows)
    dated = table.period is None
    if len(rows) == 1 and table.bound is None:
        return _the_one(table, shared)
    title = _capital(f"{what(first)}{'' if dated else _when(first)}")
    lines = [Line(f"{title}:", (), wording.numbers_in(title))]
    for i, row in enumerate(rows, 1):
        place = f"{i}. " if len(rows) > 1 else ""
        lines += row_lines(row, f"{place}{row.figure.province}: ", shared, dated=dated)
    lines += [Line(f"{p}: {wording.NO_FIGURE}.") for p in table.missing]
    return [*lines, Line(*_scope(table))]


def _of_parts(table: Table) -> list[Line]:
    """The parts of one province's index in order, or the one at the end asked for."""
    first = table.rows[0].figure
    shared = _shared_quotes(table.rows)
    if len(table.rows) == 1:
        end = "cao nhất" if table.best else "thấp nhất"
        head = f"{first.province} xếp {end} ở {_part(first)}{_when(first)}: "
        return row_lines(table.rows[0], head, shared, dated=False)
    title = f"Các trụ cột của {first.province}{_when(first)}:"
    lines = [Line(title, (), wording.numbers_in(title))]
    for row in table.rows:
        lines += row_lines(row, f"- {_capital(_part(row.figure))}: ", shared, dated=False)
    return lines


def _part(figure: Figure) -> str:
    return catalogue()[figure.indicator].name.lower()


def _the_one(table: Table, shared: dict[int, Span]) -> list[Line]:
    row = table.rows[0]
    figure = row.figure
    end = ("cao nhất" if table.best else "thấp nhất") if figure.unit == "hạng" else _end_of(table)
    said = f"{figure.province} {end} về {what(figure)}{_when(figure)}: "
    if figure.unit == "hạng":
        said = f"{figure.province} xếp {end} về {what(figure).removeprefix('thứ hạng ')}{_when(figure)}: "
    return [*row_lines(row, said, shared, dated=False), Line(*_scope(table))]


def _end_of(table: Table) -> str:
    low = lower_is_better(table.measure) == table.best
    return "thấp nhất" if low else "cao nhất"


def _scope(table: Table) -> tuple[str, tuple[()], tuple[str, ...]]:
    """Among how many provinces the order is."""
    scale = scale_of(table.rows[0].figure) if table.rows else None
    whole = table.whole
    if scale and whole >= scale:
        said = f"Xếp trong đủ {whole} địa phương (tính từ nguồn)."
    elif whole <= 1:
        return wording.ONLY_ONE, (), ()
    else:
        said = f"Xếp trong {whole} địa phương có số liệu này (tính từ nguồn)."
    return said, (), (str(whole),)


def _counted(table: Table) -> list[Line]:
    number = len(table.rows)
    if not number:
        return [Line(wording.NOBODY_WITHIN)]
    first = table.rows[0].figure
    limit = ""
    computed = [str(number), str(table.whole)]
    if table.bound is not None:
        shown = format_number(table.bound.value)
        computed.append(shown)
        over = "từ" if table.bound.over and first.unit == "hạng" else "trên" if table.bound.over else "dưới"
        mark = "%" if first.unit == "%" else f" {first.unit}" if first.unit != "hạng" else ""
        limit = (
            f" hạng {shown} trở lên"
            if over == "từ"
            else f" {over}{' hạng' if first.unit == 'hạng' else ''} {shown}{mark}"
        )
    said = f"Có {number} trong {table.whole} địa phương có số liệu{limit} (tính từ nguồn):"
    title = Line(said, (), tuple(computed))
    shared = _shared_quotes(table.rows)
    lines = [
        line
        for row in table.rows
        for line in row_lines(row, f"- {row.figure.province}: ", shared, dated=table.period is None)
    ]
    return [title, *lines]


def _side_by_side(table: Table) -> list[Line]:
    rows = table.rows
    first = rows[0].figure
    shared = _shared_quotes(rows)
    lines = [*_leader(table)]
    dated = table.period is None
    title = _capital(f"{what(first)}{'' if dated else _when(first)}")
    lines.append(Line(f"{title}:", (), wording.numbers_in(title)))
    for row in rows:
        lines += row_lines(row, f"- {row.figure.province}: ", shared, dated=dated)
    lines += [Line(f"- {p}: {wording.NO_FIGURE}.") for p in table.missing]
    if table.scales_differ:
        lines.append(wording.other_totals())
    return lines


def _leader(table: Table) -> list[Line]:
    """Who is ahead, and by how much."""
    rows = table.rows
    if len(rows) < 2 or table.scales_differ or (table.period is None and table.difference is None):
        return []
    low = lower_is_better(table.measure)
    ranked = sorted(rows, key=lambda r: r.figure.value if low else -r.figure.value)
    top, second, last = ranked[0].figure, ranked[1].figure, ranked[-1].figure
    if table.difference is None:
        ahead = "xếp cao nhất" if top.unit == "hạng" else "thấp nhất" if low else "cao nhất"
        behind = "xếp thấp nhất" if top.unit == "hạng" else "cao nhất" if low else "thấp nhất"
        if top.value == second.value:
            return []
        return [
            Line(
                f"{top.province} {ahead}, {last.province} {behind} trong {len(rows)} tỉnh có số liệu.",
                (),
                (str(len(rows)),),
            )
        ]
    if table.difference == 0:
        return [Line(f"{top.province} và {second.province} bằng nhau.")]
    apart = format_number(round(abs(table.difference), 6))
    step = _STEPS.get(top.unit, top.unit)
    if top.unit == "hạng":
        said = f"{top.province} xếp cao hơn {second.province} {apart} {step} (tính từ nguồn)."
    else:
        high, under = (second, top) if low else (top, second)
        said = f"{high.province} cao hơn {under.province} {apart} {step} (tính từ nguồn)."
    return [Line(said, (), (apart,))]


def _over_time(table: Table) -> list[Line]:
    rows = table.rows
    first, last = rows[0].figure, rows[-1].figure
    lines: list[Line] = []
    results = all(r.figure.kind is not FigureKind.TARGET for r in rows)
    if table.difference is not None and len(rows) > 1 and results:
        lines.append(_change(table, first, last))
    title = f"{_capital(what(first))} của {first.province}:"
    lines.append(Line(title, (), wording.numbers_in(title)))
    shared = _shared_quotes(rows)
    for row in rows:
        lines += row_lines(row, f"- {_capital(str(row.figure.period))}: ", shared, dated=False)
    if table.missing:
        lines.append(Line(wording.no_figure_of(table.missing), (), table.missing))
    elif len(rows) == 1:
        lines.append(Line(wording.NO_OTHER_YEAR))
    if table.scales_differ:
        lines.append(wording.other_totals())
    return lines


def _change(table: Table, first: Figure, last: Figure) -> Line:
    assert table.difference is not None
    apart = format_number(round(abs(table.difference), 6))
    years = tuple(n for p in (first.period, last.period) for n in wording.numbers_in(str(p)))
    span = f"Từ {first.period} đến {last.period}"
    if table.difference == 0:
        return Line(f"{span}: không đổi.", (), years)
    up = (table.difference < 0) if first.unit == "hạng" else table.difference > 0
    step = _STEPS.get(first.unit, first.unit)
    return Line(f"{span}: {'tăng' if up else 'giảm'} {apart} {step} (tính từ nguồn).", (), (*years, apart))


def _against_target(table: Table) -> list[Line]:
    verdict = reached(table)
    result = next((r for r in table.rows if r.figure.kind is not FigureKind.TARGET), None)
    target = next((r for r in table.rows if r.figure.kind is FigureKind.TARGET), None)
    shared = _shared_quotes(table.rows)
    lines = []
    if verdict is not None and result is not None and target is not None and table.difference is not None:
        apart = format_number(round(abs(table.difference), 6))
        unit = _STEPS.get(table.measure.unit, table.measure.unit)
        if table.difference == 0:
            lines.append(Line("Đạt đúng mục tiêu."))
        elif verdict:
            lines.append(Line(f"Đã đạt, vượt mục tiêu {apart} {unit} (tính từ nguồn).", (), (apart,)))
        else:
            lines.append(Line(f"Chưa đạt, còn thiếu {apart} {unit} so với mục tiêu (tính từ nguồn).", (), (apart,)))
    elif result is None:
        lines.append(Line(wording.ONLY_TARGET))
    else:
        lines.append(Line(wording.ONLY_RESULT))
    for row, name in ((result, "Kết quả"), (target, "Mục tiêu")):
        if row is not None:
            head = f"- {name} của {row.figure.province}, {what(row.figure)}: "
            told = row_lines(row, head, shared, dated=True)
            lines += told
    return lines
