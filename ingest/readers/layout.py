"""Lines on the pages of a printed document, in the order in which people read them, then joined into paragraphs.

Coordinates are points from the page's upper left corner. Pure: knows nothing of the format that the lines came from.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.furniture import is_list_item, is_table_row
from ingest.spelling import is_syllable


@dataclass(frozen=True, slots=True)
class Line:
    """A line of one column; ``size`` is the height of its letters, 0 for a row of a table; ``right`` the column's edge."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    page: int = 0
    left: float = 0.0
    right: float = 0.0

    @property
    def is_row(self) -> bool:
        return self.size == 0


_FEWEST = 4  # lines on both sides that make a gap between them one of columns
_CROSSED = 0.5  # of the smaller side's lines may run across: titles, tables, captions over both columns
_STEP = 3.0  # points between the places that are tried
_MARGIN = 0.18  # of the width, at both sides, where no gap of columns lies
_EDGE = 0.1  # of the page's height, where running heads and feet stand
_REPEATED = 0.5  # of the pages
_PAGE_NUMBER = re.compile(r"(?:trang|page)?\s*[-–—|]?\s*\d{1,4}\s*(?:/\s*\d{1,4})?\s*[-–—|]?", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")


# --- tables without rules ----------------------------------------------------------------------------------------

_CELL = 26  # characters; what stands beside in two columns of text is longer on most lines
_FEWEST_ROWS = 3
_FIGURES = 0.6  # of the cells beside the first
_CODE = 4  # characters: "Có", "A", "-"


def with_unruled_tables(heights: Sequence[Sequence[Line]]) -> Iterator[Line]:
    """The lines of a page, given by the heights that they stand on; rows of short cells below each other become table rows.

    Read as columns of text, such rows would part figures from what they measure.
    """
    run: list[Sequence[Line]] = []
    for lines in (*heights, ()):
        if run and not (_is_cells(lines) and len(lines) == len(run[0])):
            yield from map(_row, run) if _is_run_of_figures(run) else (line for row in run for line in row)
            run = []
        if _is_cells(lines):
            run.append(lines)
        else:
            yield from lines


def _is_cells(lines: Sequence[Line]) -> bool:
    return len(lines) > 1 and all(len(line.text) <= _CELL for line in lines[1:])


def _is_run_of_figures(rows: Sequence[Sequence[Line]]) -> bool:
    """Narrow columns of text have short lines, too, but hardly a figure on each."""
    cells = [line.text for row in rows for line in row[1:]]
    figures = sum(any(map(str.isdigit, cell)) or len(cell) <= _CODE for cell in cells)
    return len(rows) >= _FEWEST_ROWS and figures >= _FIGURES * len(cells)


def _row(cells: Sequence[Line]) -> Line:
    first, last = cells[0], cells[-1]
    text = " | ".join(cell.text for cell in cells)
    return Line(text, first.x0, last.x1, first.top, first.bottom, 0.0, first.page)


# --- reading order -----------------------------------------------------------------------------------------------


def in_order(lines: Sequence[Line]) -> list[Line]:
    """Lines of one page in reading order: columns from left to right between the lines that run across them.

    Each line gets the edges of its column.
    """
    if not lines:
        return []
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    gap = _gap(lines, left, right)
    if gap is None:
        return [_with_edges(line, left, right) for line in sorted(lines, key=lambda line: (line.top, line.x0))]
    ordered: list[Line] = []
    band: list[Line] = []
    for line in sorted(lines, key=lambda line: line.top):
        if line.x0 < gap < line.x1:
            ordered += _columns(band, gap)
            ordered.append(_with_edges(line, left, right))
            band = []
        else:
            band.append(line)
    return ordered + _columns(band, gap)


def _columns(band: Sequence[Line], gap: float) -> list[Line]:
    return in_order([line for line in band if line.x1 <= gap]) + in_order([line for line in band if line.x0 >= gap])


def _gap(lines: Sequence[Line], left: float, right: float) -> float | None:
    """Where the fewest lines run across, with enough on both sides; None for a single column."""
    width = right - left
    best: tuple[int, float] | None = None
    place = left + _MARGIN * width
    while place < right - _MARGIN * width:
        before = sum(line.x1 <= place and not line.is_row for line in lines)
        after = sum(line.x0 >= place and not line.is_row for line in lines)
        across = len(lines) - sum(line.x1 <= place or line.x0 >= place for line in lines)
        enough = min(before, after) >= _FEWEST and across <= _CROSSED * min(before, after)
        if enough and (best is None or across < best[0]):
            best = across, place
        place += _STEP
    return None if best is None else best[1]


def _with_edges(line: Line, left: float, right: float) -> Line:
    return Line(line.text, line.x0, line.x1, line.top, line.bottom, line.size, line.page, left, right)


# --- running heads and feet --------------------------------------------------------------------------------------


def without_running_lines(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> list[list[Line]]:
    """Pages without what stands at the edge of most of them, and without page numbers."""
    seen: Counter[str] = Counter()
    for page, height in zip(pages, heights, strict=True):
        seen.update({_key(line) for line in page if _at_edge(line, height)})
    repeated = {key for key, count in seen.items() if count >= max(2, _REPEATED * len(pages))}
    return [
        [
            line
            for line in page
            if not (_at_edge(line, height) and (_key(line) in repeated or _PAGE_NUMBER.fullmatch(line.text)))
        ]
        for page, height in zip(pages, heights, strict=True)
    ]


def _at_edge(line: Line, height: float) -> bool:
    return not line.is_row and (line.bottom < _EDGE * height or line.top > (1 - _EDGE) * height)


def _key(line: Line) -> str:
    return _DIGITS.sub("#", line.text.lower())


# --- paragraphs --------------------------------------------------------------------------------------------------

_SAME_SIZE = 0.8  # points
_LEADING = 0.9  # of the letters' height; a wider gap parts paragraphs
_INDENT = 6.0  # points
_CLOSED = re.compile(r"[.!?…:;][\"”’»)\]]*$")
_SLACK = 0.02  # of the column's width; ragged edges


def paragraphs(lines: Sequence[Line]) -> Iterator[str]:
    """Lines joined where a paragraph only wrapped, over the ends of columns and pages, too."""
    text = ""
    last: Line | None = None
    for line in lines:
        if last is not None and text and _continues(last, line, text):
            text = joined(text, line.text)
        else:
            if text:
                yield text
            text = line.text
        last = line
    if text:
        yield text


def _continues(last: Line, line: Line, text: str) -> bool:
    if last.is_row or line.is_row or is_list_item(line.text) or is_table_row(line.text):
        return False
    if abs(last.size - line.size) > _SAME_SIZE:
        return False
    filled = _is_full(last, line)
    together = last.page == line.page and line.top >= last.top
    if not together:  # the next column or page
        return not _CLOSED.search(text) and (line.text[:1].islower() or filled)
    if line.top - last.bottom > _LEADING * line.size:
        return False
    if line.text[:1].islower() and not text.endswith((".", ":", ";")):
        return True
    hangs = is_list_item(text)  # what follows a list item's first line stands further in
    indented = not hangs and line.x0 - last.x0 > _INDENT
    return filled and not indented


def _is_full(line: Line, following: Line) -> bool:
    """Whether the first word of the following line would not have stood in the space left at the end of this one."""
    letter = (following.x1 - following.x0) / max(len(following.text), 1)
    word = letter * (len(following.text.split(" ", 1)[0]) + 1)
    return line.x1 + word >= line.right - _SLACK * (line.right - line.left)


def joined(text: str, following: str) -> str:
    """Two lines as one. A hyphen that parted a word goes; one that belongs to it ("2021-", "COVID-") stays."""
    if text.endswith("\xad"):
        return text[:-1] + following
    match = re.search(r"([^\W\d_]+)-$", text)
    if match is None or not following[:1].isalpha():
        return (
            text + following
            if text.endswith(("-", "–", "/")) and not text.endswith((" -", " –"))
            else f"{text} {following}"
        )
    after = re.match(r"[^\W\d_]+", following)
    first, second = match[1], after[0] if after else ""
    whole = following[:1].islower() and is_syllable(first + second)
    foreign = following[:1].islower() and not is_syllable(first) and not is_syllable(second)
    return (text[:-1] if whole or foreign else text) + following


def title_of(lines: Sequence[Line]) -> str:
    """The lines in the largest letters near the top of the first page, where those are larger than the body's."""
    sizes: defaultdict[float, int] = defaultdict(int)
    for line in lines:
        if not line.is_row:
            sizes[round(line.size, 1)] += len(line.text)
    if not sizes:
        return ""
    body = max(sizes, key=lambda size: sizes[size])
    first = [line for line in lines if line.page == 0 and not line.is_row][:_HEAD]
    largest = max((line.size for line in first), default=0.0)
    if largest < _LARGER * body:
        return ""
    title: list[str] = []
    for line in first:
        if abs(line.size - largest) <= _SAME_SIZE:
            title.append(line.text)
        elif title:
            break
    return " ".join(title)


_HEAD = 25  # lines
_LARGER = 1.15
