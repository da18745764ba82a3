"""A chart as a PNG that reads well on a phone: large letters on an opaque ground of its own, so that Telegram's light and
dark themes show the same picture; every figure as printed in its source, with the number of its citation.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.render.lettering import Block, Lettering
from bot.render.plots import GROUND, MUTED, TEXT, Bars, Line
from retrieval.types import Chart, Citation

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DPI = 100
WIDTH = 1000
MARGIN = 36
"""Pixels; Telegram shows a photo of 1000 px at about 40 % on a phone."""

EDGE = "#c9d1d9"
MOST_SOURCES = 4
"""Lines of sources."""

_DRAWING = threading.Lock()  # matplotlib is not safe from several threads; drawing holds the GIL anyway


def draw(chart: Chart, citations: Sequence[Citation]) -> bytes:
    """PNG of a chart, 1000 px wide; ``citations`` are those of its answer. Safe from several threads."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with _DRAWING:
        figure = Figure(figsize=(WIDTH / DPI, 1), dpi=DPI, facecolor=GROUND, edgecolor=EDGE, linewidth=2)
        canvas = FigureCanvasAgg(figure)
        letters = Lettering(canvas.get_renderer(), DPI)  # type: ignore[no-untyped-call]
        _Picture(figure, letters, chart, citations).draw()
        png = BytesIO()
        figure.savefig(png, format="png", facecolor=GROUND, edgecolor=EDGE)
    return png.getvalue()


class _Picture:
    """One picture, laid out in pixels from the top: title, what to know of it, legend, plot, sources."""

    def __init__(self, figure: Figure, letters: Lettering, chart: Chart, citations: Sequence[Citation]) -> None:
        self.figure, self.chart = figure, chart
        room = WIDTH - 2 * MARGIN
        title, self.small = letters.style(25, bold=True), letters.style(15)
        self.title = Block(letters.wrap(letters.drawable(chart.title), title, room), title)
        self.note = Block(letters.wrap(letters.drawable(_note(chart)), self.small, room), self.small)
        self.sources = Block(_sources(chart, citations, letters, room), self.small)
        self.legend = 40 if any(p.target for p in chart.points) else 0
        self.plot = Bars(chart, letters, room) if chart.kind == "bars" else Line(chart, letters, room)
        self.top = MARGIN + self.title.height + 6 + self.note.height + self.legend + 18
        self.height = self.top + self.plot.height + 24 + self.sources.height + MARGIN

    def draw(self) -> None:
        self.figure.set_size_inches(WIDTH / DPI, self.height / DPI)
        y = self._write(self.title, MARGIN, TEXT) + 6
        y = self._write(self.note, y, MUTED)
        if self.legend:
            self._legend(y + self.legend / 2)
        self.plot.draw(self._axes())
        self._write(self.sources, self.height - MARGIN - self.sources.height, MUTED)

    def _write(self, block: Block, y: float, colour: str) -> float:
        """Writes lines downwards from ``y``; returns where they end."""
        for i, line in enumerate(block.lines):
            self.figure.text(
                MARGIN / WIDTH,
                1 - (y + (i + 0.5) * block.style.line) / self.height,
                line,
                fontproperties=block.style.font,
                color=colour,
                va="center",
                parse_math=False,
            )
        return y + block.height

    def _axes(self) -> Axes:
        left, width = self.plot.span
        where = (
            (MARGIN + left) / WIDTH,
            1 - (self.top + self.plot.axes_height) / self.height,
            width / WIDTH,
            self.plot.axes_height / self.height,
        )
        axes = self.figure.add_axes(where, facecolor=GROUND, xticks=[], yticks=[])
        axes.spines[:].set_visible(False)
        axes.tick_params(length=0, pad=12)
        return axes

    def _legend(self, y: float) -> None:
        kinds = sorted({p.target for p in self.chart.points})
        self.figure.legend(
            [self.plot.sample(target) for target in kinds],
            ["mục tiêu" if target else "kết quả" for target in kinds],
            loc="center left",
            bbox_to_anchor=(MARGIN / WIDTH, 1 - y / self.height),
            ncols=2,
            frameon=False,
            borderpad=0,
            borderaxespad=0,
            handlelength=2.5,
            prop=self.small.font,
            labelcolor=TEXT,
        )


def _note(chart: Chart) -> str:
    """What the figures are counted in, and which end is the better."""
    if chart.unit == "hạng":
        among = f" trong {chart.out_of:.0f} tỉnh, thành phố" if chart.out_of else ""
        how = "thanh dài hơn là hạng tốt hơn" if chart.kind == "bars" else "càng lên cao hạng càng tốt"
        return f"Thứ hạng{among}: {how}"
    unit = "" if all(chart.unit in p.shown for p in chart.points) else f"Đơn vị: {chart.unit}"
    low = "càng thấp càng tốt" if chart.lower_is_better else ""
    axis = "trục đứng không bắt đầu từ 0" if chart.kind == "line" else ""
    said = "; ".join(part for part in (unit, low, axis) if part)
    return said[:1].upper() + said[1:]


def _sources(chart: Chart, citations: Sequence[Citation], letters: Lettering, room: float) -> list[str]:
    """ "Nguồn: [1][3] Báo Kon Tum, 10/06/2024; …": those that bear the points, as many as fit."""
    style = letters.style(15)
    drawn = {p.n for p in chart.points}
    numbers: dict[str, str] = {}
    for citation in citations:
        if citation.n in drawn:
            name = letters.drawable(_publication(citation))
            numbers[name] = f"{numbers.get(name, '')}[{citation.n}]"
    said = [f"{marks} {name}" for name, marks in numbers.items()]
    for fit in range(len(said), 0, -1):
        rest = len(said) - fit
        text = "Nguồn: " + "; ".join((*said[:fit], *([f"và {rest} nguồn khác"] if rest else [])))
        lines = letters.wrap(text, style, room, most=MOST_SOURCES + 1)
        if len(lines) <= MOST_SOURCES:
            return lines
    return letters.wrap(f"Nguồn: {said[0]}", style, room, most=MOST_SOURCES) if said else []


def _publication(citation: Citation) -> str:
    host = (urlsplit(citation.url).hostname or "").removeprefix("www.") if citation.url else ""
    name = citation.publisher or host or citation.title
    short = name if len(name) <= 60 else f"{name[:60].rsplit(' ', 1)[0]}…"
    return f"{short}, {citation.published:%d/%m/%Y}" if citation.published else short
