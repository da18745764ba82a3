"""What is worked out from two figures: by how much they differ, who is ahead, whether a target is reached.

Such a line has no source of its own; it says "(tính từ nguồn)" and declares its figure, so that answer/verify.py knows it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from retrieval.answer.draft import Draft, Line
from retrieval.text import format_number
from retrieval.types import Figure, FigureKind

_STEPS = {"%": "điểm phần trăm", "hạng": "bậc"}
"""What the difference of two figures is counted in, where it is not their own unit."""

_OTHER_TOTALS = Line("Hai thứ hạng tính trên số tỉnh khác nhau nên không so trực tiếp được.")


def with_gap(draft: Draft | None) -> Draft | None:
    """Two figures of one unit that were set against one another, with the difference worked out."""
    if draft is None:
        return None
    figures = [line.supports[0].figures[0] for line in draft.lines if line.supports and line.supports[0].figures]
    said = gap(*figures) if len(figures) == 2 else None
    return replace(draft, lines=(*draft.lines, said)) if said else draft


def gap(a: Figure, b: Figure) -> Line | None:
    """How far apart two figures of one unit are; None when they are equal or of two units."""
    if a.unit != b.unit or a.value == b.value:
        return None
    return _worked_out("Chênh lệch", a, b)


def difference(figures: Sequence[Figure]) -> Line | None:
    """Which of two provinces is ahead and by how much; None where the figures cannot be set against one another."""
    if (
        len(figures) != 2
        or len({f.unit for f in figures}) > 1
        or len({f.kind is FigureKind.TARGET for f in figures}) > 1
    ):
        return None
    a, b = figures
    if _of_other_totals(a, b):
        return _OTHER_TOTALS
    low, high = (a, b) if a.value < b.value else (b, a)
    if a.unit == "hạng":
        if a.value == b.value:
            return Line(f"{a.province} và {b.province} cùng hạng.")
        return _worked_out(f"{low.province} xếp cao hơn {high.province}", a, b)
    if a.unit not in ("%", "điểm"):
        return None
    if a.value == b.value:
        return Line(f"{a.province} và {b.province} bằng nhau.")
    return _worked_out(f"{high.province} cao hơn {low.province}", a, b)


def change(first: Figure, last: Figure) -> Line | None:
    """By how much a figure rose or fell between two times; None for counts and sums, whose change says little."""
    if first.value == last.value:
        return Line("Không đổi giữa hai mốc trên.")
    if _of_other_totals(first, last):
        return _OTHER_TOTALS
    if first.unit not in ("hạng", "%", "điểm"):
        return None
    better = last.value < first.value if first.unit == "hạng" else last.value > first.value
    return _worked_out(f"Như vậy {'tăng' if better else 'giảm'}", first, last)


def how_far(done: Figure, aim: Figure) -> Line:
    """How far a result is from its target, or beyond it; both of one unit."""
    if done.value == aim.value:
        return Line("Đúng bằng mục tiêu.")
    ahead = done.value <= aim.value if done.unit == "hạng" else done.value >= aim.value
    return _worked_out(f"{'Vượt' if ahead else 'Còn thiếu so với'} mục tiêu", done, aim)


def _of_other_totals(a: Figure, b: Figure) -> bool:
    """Whether two ranks are among different numbers of provinces (63 before July 2025, 34 since)."""
    return bool(a.denominator and b.denominator and a.denominator != b.denominator)


def _worked_out(said: str, a: Figure, b: Figure) -> Line:
    apart = format_number(abs(a.value - b.value))
    return Line(f"{said} {apart} {_STEPS.get(a.unit, a.unit)} (tính từ nguồn).", (), (apart,))
