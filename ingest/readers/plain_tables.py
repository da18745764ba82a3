"""Tables in plain text, whose columns are parted by blanks: made lines "a | b | c" as in every other format."""

import re
from collections.abc import Iterator, Sequence

from ingest.readers.grid import Cell, lines_of
from retrieval.lexicon.provinces import find_provinces

_GAP = re.compile(r"\s{2,}|\t")
_FIGURE = re.compile(r"[-−–+≥≤><~]?\s?\d[\d.,]*(?:\s?%|/\d+)?")
# "1 Đà Nẵng 0,8002": a row whose columns one blank parts, told by the province in its middle.
_RANKED = re.compile(
    r"(?:(?P<at>\d{1,2})[.)]?\s+)?(?P<name>[^\W\d][^\d:;|]*?)\s+(?P<figures>\d[\d.,]*%?(?:\s+\d[\d.,]*%?)*)"
)
_FEWEST_ROWS = 3


def with_tables(lines: Sequence[str]) -> list[str]:
    """The lines of a text (blanks still in them), runs of rows replaced by the lines of a table."""
    kept: list[str] = []
    run: list[list[str]] = []
    raw: list[str] = []
    for line in [*lines, ""]:
        cells = _cells(line)
        # blank lines part the rows of none: a table set with empty lines is told apart from columns of a page
        if cells and (not run or abs(len(cells) - len(run[-1])) <= 1):
            run.append(cells)
            raw.append(line)
            continue
        kept += _closed(run, raw)
        run, raw = ([cells], [line]) if cells else ([], [])
        if not cells:
            kept.append(line)
    return kept[:-1]


def _closed(run: Sequence[Sequence[str]], raw: Sequence[str]) -> Iterator[str]:
    """A run of rows as a table, if it holds enough figures; else as it stood."""
    figures = [row for row in run if any(_FIGURE.fullmatch(cell) for cell in row)]
    if len(run) >= _FEWEST_ROWS and len(figures) >= _FEWEST_ROWS - 1 and 2 * len(figures) >= len(run):
        width = max(map(len, run))
        yield from lines_of([[Cell(cell) for cell in (*row, *[""] * (width - len(row)))] for row in run])
    else:
        yield from raw


def _cells(line: str) -> list[str]:
    """The columns of a line that may be a row; [] for a line of words."""
    stripped = line.strip()
    cells = [cell.strip() for cell in _GAP.split(stripped) if cell.strip()]
    if len(cells) > 1 and "|" not in stripped:
        return cells
    ranked = _RANKED.fullmatch(stripped)
    if ranked and len(find_provinces(ranked["name"])) == 1:
        return [*([ranked["at"]] if ranked["at"] else []), ranked["name"], *ranked["figures"].split()]
    return []
