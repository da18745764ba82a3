"""The picture of an answer: its own verified figures side by side, and none where that would mislead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isclose, prod
from typing import Literal

from retrieval.answer.draft import Draft, Statement, Support, numbered
from retrieval.answer.phrasing import scope_said, small
from retrieval.lexicon.indicators import catalogue
from retrieval.lexicon.provinces import current_name, merged_from
from retrieval.text import fold, parse_number
from retrieval.types import Chart, ChartPoint, Citation, Figure, FigureKind, Period

BORDERS_CHANGED = 2025
"""Year of the mergers: figures of a merged province from before it and from then on are of two areas."""

_MEASURES = ("%", "điểm", "hạng")
_SCALES = {"nghin": 1e3, "ngan": 1e3, "trieu": 1e6, "ty": 1e9, "ti": 1e9}
_SCALE = re.compile(r"(?:\s(?:nghìn|ngàn|triệu|tỷ|tỉ)\b)+", re.IGNORECASE)
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_ENDS = {"H1": 6, "H2": 12, "9M": 9, "Q1": 3, "Q2": 6, "Q3": 9, "Q4": 12}  # last month of a part of a year


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A figure that a line of the answer tells, as printed, with the number of its citation."""

    figure: Figure
    shown: str
    n: int


def chart(draft: Draft) -> Chart | None:
    """Provinces as bars in the answer's order, or one province's periods as a line, of one indicator and unit.

    None for anything else, and wherever the figures cannot be laid side by side: ranks among different numbers of
    provinces, scores on different scales, changes, bounds ("top 10"), targets among results over time.
    """
    if not draft.answered:
        return None
    drawn = _drawn(draft)
    if draft.made == "table":  # ranks with the scores below them: the first of the two is drawn
        drawn = [
            d for d in drawn if (d.figure.indicator, d.figure.unit) == (drawn[0].figure.indicator, drawn[0].figure.unit)
        ]
    figures = [d.figure for d in drawn]
    if len(figures) < 2 or not _of_one_measure(figures) or not _of_one_scale(figures):
        return None
    if len({f.province for f in figures}) == len(figures):
        return _bars(drawn)
    return _line(drawn) if len({f.province for f in figures}) == 1 else None


def renumbered(drawn: Chart | None, old: Sequence[Citation], new: Sequence[Citation]) -> Chart | None:
    """The chart of a draft whose words another one tells, by that one's citations; None when it cites not all of them."""
    if drawn is None:
        return None
    places = {(c.source, c.quote): c.n for c in new}
    numbers = {c.n: places.get((c.source, c.quote)) for c in old}
    points = [replace(p, n=n) for p in drawn.points if (n := numbers.get(p.n)) is not None]
    return replace(drawn, points=tuple(points)) if len(points) == len(drawn.points) else None


def _drawn(draft: Draft) -> list[_Drawn]:
    """The first figure of every line that has a source; nothing where one of those lines tells no figure to draw."""
    numbers = numbered(draft)
    drawn = []
    for line in draft.lines:
        if line.supports:
            first = line.supports[0]
            shown = _told(first, line.text)
            if not shown:
                return []
            drawn.append(_Drawn(first.figures[0], shown, numbers[first]))
    return drawn


def _told(first: Support, text: str) -> str:
    """A line's figure as it stands in the line, "81,5 tỷ" with its scale; "" where there is none to draw."""
    if not first.figures:
        return ""
    figure, article = first.figures[0], first.statement.article.text
    if figure.kind is FigureKind.CHANGE or _is_group(first.statement, figure):
        return ""
    scale = _SCALE.match(article, figure.end)
    shown = f"{figure.shown}{scale[0]}" if scale and figure.unit not in _MEASURES else figure.shown
    if shown not in text or (figure.unit not in _MEASURES and not _is_whole(figure, scale[0] if scale else "")):
        return ""
    return shown


# Before a rank that is only bounded: "nhóm 10 địa phương dẫn đầu".
_GROUP = re.compile(r"(?:nhom|top|trong so)\s*$")


def _is_group(said: Statement, figure: Figure) -> bool:
    """ "nhóm 10 địa phương dẫn đầu": a bound on the rank, not the rank."""
    text = said.article.text
    return figure.unit == "hạng" and bool(_GROUP.search(fold(text[max(0, figure.start - 10) : figure.start])))


def _is_whole(figure: Figure, scale: str) -> bool:
    """Whether the digits and the scale behind them say all of the value; a table's head may scale its cells."""
    digits = _DIGITS.search(figure.shown)
    if not digits:
        return False
    printed = parse_number(digits[0]) * prod(_SCALES[word] for word in fold(scale).split())
    return isclose(printed, figure.value, rel_tol=1e-6)


def _of_one_measure(figures: Sequence[Figure]) -> bool:
    first = figures[0]
    known = first.indicator in catalogue() and bool(first.unit) and bool(first.province)
    return known and len({(f.indicator, f.unit, f.scope) for f in figures}) == 1


def _of_one_scale(figures: Sequence[Figure]) -> bool:
    """Whether ranks are among one number of provinces, and scores out of one number of points."""
    unit, totals = figures[0].unit, {f.denominator for f in figures}
    known = totals - {None}
    if unit == "hạng":
        years = {f.period.year >= BORDERS_CHANGED for f in figures if f.period}
        return len(known) <= 1 and not (34.0 in known and None in totals) and not (not known and len(years) > 1)
    if unit == "điểm":
        return len(totals) == 1 and (bool(known) or len({f.value > 1 for f in figures}) == 1)
    return True


def _bars(drawn: Sequence[_Drawn]) -> Chart:
    periods = {d.figure.period for d in drawn}
    shared = f", {period}" if len(periods) == 1 and (period := next(iter(periods))) else ""
    points = tuple(_point(d, d.figure.province if len(periods) == 1 else _with_period(d.figure)) for d in drawn)
    return _chart("bars", shared, drawn, points)


def _with_period(figure: Figure) -> str:
    return f"{figure.province} ({figure.period or 'chưa rõ năm'})"


def _line(drawn: Sequence[_Drawn]) -> Chart | None:
    """None unless the periods differ, none is a span of years, and all figures are results or all are targets."""
    figures = [d.figure for d in drawn]
    periods = [f.period for f in figures if f.period and f.period.since is None]
    if len(set(periods)) < len(figures) or len({f.kind for f in figures}) > 1:
        return None
    if len({p.part for p in periods}) > 1 and figures[0].unit not in _MEASURES:
        return None  # what was counted in half a year is no step towards a whole one
    merged = len(merged_from(current_name(figures[0].province))) > 1
    if merged and len({p.year >= BORDERS_CHANGED for p in periods}) > 1:
        return None
    points = [
        _point(d, str(p) if p.part else str(p.year), at=_end(p))
        for d, p in sorted(zip(drawn, periods, strict=True), key=lambda pair: _end(pair[1]))
    ]
    return _chart("line", f" của {figures[0].province}", drawn, tuple(points))


def _end(period: Period) -> float:
    month = _ENDS.get(period.part) or int(period.part[1:] or 12)
    return period.year + month / 12


def _point(drawn: _Drawn, label: str, at: float | None = None) -> ChartPoint:
    f = drawn.figure
    return ChartPoint(label, f.value, drawn.shown, drawn.n, f.kind is FigureKind.TARGET, at)


def _chart(kind: Literal["bars", "line"], of: str, drawn: Sequence[_Drawn], points: tuple[ChartPoint, ...]) -> Chart:
    first = drawn[0].figure
    indicator = catalogue()[first.indicator]
    low = first.unit == "hạng" or indicator.better == "low"
    totals = {d.figure.denominator for d in drawn} - {None} if first.unit in ("hạng", "điểm") else set()
    return Chart(
        kind,
        f"{_title(first)}{of}",
        first.unit,
        points,
        low,
        next(iter(totals), None),
    )


def _title(figure: Figure) -> str:
    """ "Điểm chính quyền số", "Phủ sóng 5G, cấp xã": what is measured."""
    name = catalogue()[figure.indicator].name
    if figure.unit in ("hạng", "điểm"):
        name = f"{'Thứ hạng' if figure.unit == 'hạng' else 'Điểm'} {small(name)}"
    scope = scope_said(figure)
    return f"{name}, {scope}" if scope else name
