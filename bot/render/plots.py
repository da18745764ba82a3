"""What a picture shows between its title and its sources: bars for provinces, a line for periods. In pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from bot.render.lettering import Block, Lettering
from retrieval.types import Chart, ChartPoint

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

GROUND, TEXT, MUTED, GRID = "#ffffff", "#1b1f24", "#4b5563", "#e5e7eb"
RESULT, TARGET = "#1d5fa6", "#b45309"

ROW = 66
THICKNESS = 38
PLOT_HEIGHT = 400
NAMES = 0.37
"""Height of a bar's row and of the bar, and of a line's plot; the part of the width that names may take."""

VALUE_SIZE = LABEL_SIZE = 19
"""Points."""


class Bars:
    """A bar a province, its name to the left and its figure to the right of it.

    ``span`` are left edge and width of the axes within the picture's margins, ``height`` is all that is needed.
    """

    def __init__(self, chart: Chart, letters: Lettering, room: float) -> None:
        self.chart = chart
        self.values = letters.style(VALUE_SIZE, bold=True)
        labels = letters.style(LABEL_SIZE)
        self.said = [letters.drawable(_said(p, chart)) for p in chart.points]
        names = [letters.wrap(letters.drawable(p.label), labels, NAMES * room) for p in chart.points]
        self.rows = [Block(lines, replace(labels, line=max(labels.line + 9, ROW / len(lines)))) for lines in names]
        left = 18 + max(letters.width(line, labels) for lines in names for line in lines)
        right = 18 + max(letters.width(text, self.values) for text in self.said)
        self.span = left, room - left - right
        self.height = self.axes_height = sum(row.height for row in self.rows)

    def draw(self, axes: Axes) -> None:
        lengths = _lengths(self.chart)
        axes.set_xlim(min(0.0, *lengths), max(0.0, *lengths) or 1.0)
        axes.set_ylim(self.height, 0)
        axes.axvline(0, color=MUTED, linewidth=2)
        y = 0.0
        for point, row, length, said in zip(self.chart.points, self.rows, lengths, self.said, strict=True):
            middle = y + row.height / 2
            axes.barh(middle, length, THICKNESS, **_paint(point.target))
            axes.annotate(
                "\n".join(row.lines),
                (0, middle),
                (-self.span[0], 0),
                xycoords=("axes fraction", "data"),
                textcoords="offset pixels",
                fontproperties=row.style.font,
                color=TEXT,
                va="center",
                parse_math=False,
            )
            axes.annotate(
                said,
                (max(length, 0), middle),
                (10, 0),
                textcoords="offset pixels",
                fontproperties=self.values.font,
                color=TEXT,
                va="center",
                parse_math=False,
            )
            y += row.height

    def sample(self, target: bool) -> Artist:
        """For the legend."""
        from matplotlib.patches import Patch

        return Patch(**_paint(target))


class Line:
    """A point a period, the better end up; ``span`` and ``height`` as of Bars, the periods stand below the axes."""

    axes_height = PLOT_HEIGHT

    def __init__(self, chart: Chart, letters: Lettering, room: float) -> None:
        self.chart = chart
        self.values, self.labels = letters.style(VALUE_SIZE, bold=True), letters.style(LABEL_SIZE)
        self.said = [letters.drawable(_said(p, chart)) for p in chart.points]
        widest = max(letters.width(text, self.values) for text in self.said)
        self.span = widest / 2, room - widest
        self.places = _places(chart.points, room - widest, widest)
        self.periods = [
            letters.wrap(letters.drawable(p.label), self.labels, max(widest, 0.17 * room), most=2) for p in chart.points
        ]
        self.height = PLOT_HEIGHT + 16 + max(len(lines) for lines in self.periods) * self.labels.line

    def draw(self, axes: Axes) -> None:
        values = [p.value for p in self.chart.points]
        low, high = min(values), max(values)
        spare = 0.35 * (high - low) or max(abs(high) * 0.1, 1.0)
        ends = (low - spare, high + spare)
        axes.set_ylim(*(reversed(ends) if self.chart.lower_is_better else ends))
        axes.set_xlim(self.places[0], self.places[-1])
        axes.set_xticks(
            self.places,
            ["\n".join(lines) for lines in self.periods],
            fontproperties=self.labels.font,
            color=TEXT,
            parse_math=False,
        )
        for x in self.places:
            axes.axvline(x, color=GRID, linewidth=2, zorder=0, clip_on=False)
        axes.plot(self.places, values, clip_on=False, **_pen(self.chart.points[0].target))
        for i, (x, value, said) in enumerate(zip(self.places, values, self.said, strict=True)):
            beneath = _is_valley(self.chart, i)
            axes.annotate(
                said,
                (x, value),
                (0, -18 if beneath else 18),
                textcoords="offset pixels",
                fontproperties=self.values.font,
                color=TEXT,
                ha="center",
                va="top" if beneath else "bottom",
                bbox={"facecolor": GROUND, "edgecolor": "none", "pad": 1},  # where the line is steep, it goes behind
                parse_math=False,
            )

    def sample(self, target: bool) -> Artist:
        """For the legend."""
        from matplotlib.lines import Line2D

        return Line2D([], [], **_pen(target))


def _said(point: ChartPoint, chart: Chart) -> str:
    """The figure as printed, with "hạng" before a bare rank, and the number of its citation."""
    rank = "hạng " if chart.unit == "hạng" and point.shown[:1].isdigit() else ""
    return f"{rank}{point.shown} [{point.n}]"


def _paint(target: bool) -> dict[str, Any]:
    """Bars of targets are hatched and framed, those of results filled."""
    if target:
        return {"facecolor": GROUND, "edgecolor": TARGET, "hatch": "//", "linewidth": 2.5}
    return {"facecolor": RESULT, "edgecolor": RESULT, "linewidth": 2.5}


def _pen(target: bool) -> dict[str, Any]:
    """A line through targets is dashed and its points are hollow."""
    look = {"linewidth": 4, "marker": "o", "markersize": 13, "markeredgewidth": 3}
    if target:
        return look | {"color": TARGET, "linestyle": "--", "markerfacecolor": GROUND}
    return look | {"color": RESULT}


def _lengths(chart: Chart) -> list[float]:
    """How long the bars are: as much as the value, for ranks as many places as are behind it."""
    if chart.unit != "hạng":
        return [p.value for p in chart.points]
    highest = max(p.value for p in chart.points)
    last = max(chart.out_of or highest + 1, highest)
    return [last + 1 - p.value for p in chart.points]


def _places(points: Sequence[ChartPoint], room: float, widest: float) -> list[float]:
    """Where the points of a line stand: by time, or evenly where their words would run into one another."""
    at = [p.at for p in points if p.at is not None]
    if len(at) == len(points) and at[-1] > at[0]:
        scale = room / (at[-1] - at[0])
        if all((b - a) * scale >= widest + 12 for a, b in pairwise(at)):
            return at
    return [float(i) for i in range(len(points))]


def _is_valley(chart: Chart, i: int) -> bool:
    """Whether the line comes down to this point from each side, so that its words belong beneath it."""
    up = -1 if chart.lower_is_better else 1
    heights = [up * p.value for p in chart.points]
    beside = [heights[j] for j in (i - 1, i + 1) if 0 <= j < len(heights)]
    return all(heights[i] < other for other in beside)
