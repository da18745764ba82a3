"""Words in a picture: one font that has every Vietnamese letter, measured and wrapped in pixels. Imports matplotlib."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.text import nfc

if TYPE_CHECKING:
    from matplotlib.backends.backend_agg import RendererAgg
    from matplotlib.font_manager import FontProperties

_REGULAR, _BOLD = "DejaVuSans.ttf", "DejaVuSans-Bold.ttf"  # both come with matplotlib


@dataclass(frozen=True, slots=True)
class Style:
    """``size`` is in points, ``line`` the height of a line in pixels."""

    font: FontProperties
    size: float
    line: float


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of text in one style; ``height`` in pixels."""

    lines: list[str]
    style: Style

    @property
    def height(self) -> float:
        return len(self.lines) * self.style.line


class Lettering:
    """Measures text for one picture of ``dpi``; for one thread."""

    def __init__(self, renderer: RendererAgg, dpi: float) -> None:
        self._renderer = renderer
        self._dpi = dpi
        self._widths: dict[tuple[str, Style], float] = {}

    def style(self, size: float, *, bold: bool = False) -> Style:
        import matplotlib as mpl
        from matplotlib.font_manager import FontProperties

        path = Path(mpl.get_data_path(), "fonts", "ttf", _BOLD if bold else _REGULAR)
        return Style(FontProperties(fname=path, size=size), size, size * self._dpi / 72 * 1.3)

    def drawable(self, text: str) -> str:
        """In NFC, on one line, without what the font has no sign for (emoji, other scripts)."""
        return " ".join("".join(c for c in " ".join(nfc(text).split()) if ord(c) in self._glyphs).split())

    def width(self, text: str, style: Style) -> float:
        """In pixels, of one line."""
        if (text, style) not in self._widths:
            measure = self._renderer.get_text_width_height_descent
            self._widths[text, style] = float(measure(text, style.font, False)[0])  # type: ignore[no-untyped-call]
        return self._widths[text, style]

    def wrap(self, text: str, style: Style, room: float, most: int = 3) -> list[str]:
        """Lines of at most ``room`` pixels, at most ``most`` of them; what does not fit ends in "…". None of no text."""
        lines: list[list[str]] = []
        words, blank, used = text.split(), self.width("n n", style) - self.width("nn", style), 0.0
        for i, word in enumerate(words):
            if lines and used + blank + self.width(word, style) <= room:
                lines[-1].append(word)
                used += blank + self.width(word, style)
            elif len(lines) < most:
                lines.append([word])
                used = self.width(word, style)
            else:
                lines[-1] += words[i:]
                break
        return [self.cut(" ".join(line), style, room) for line in lines]

    def cut(self, text: str, style: Style, room: float) -> str:
        """The text, ended with "…" where it is wider than ``room``."""
        if self.width(text, style) <= room:
            return text
        longest = bisect_left(range(len(text)), room, key=lambda n: self.width(f"{text[: n + 1]}…", style))
        return f"{text[:longest].rstrip(' ,;(')}…"

    @cached_property
    def _glyphs(self) -> frozenset[int]:
        from matplotlib.font_manager import get_font

        files = (str(self.style(10, bold=bold).font.get_file()) for bold in (False, True))
        both = (get_font(file).get_charmap() for file in files)
        regular, bold = (frozenset(charmap) for charmap in both)
        return regular & bold
