"""Tables of any format as lines "a | b | c": spans filled in, head rows joined to paths, rows that head others as plain lines."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

PATH = " - "
"""Between the parts of a column's head: "Tỷ lệ hồ sơ trực tuyến - Năm 2023"."""

_MOST_SPANNED = 60  # columns or rows; pages write any number there
_FIGURE = re.compile(r"[-−–+≥≤><~]?\s*\d[\d.,\s]*(?:%|/\d+)?")
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?")


@dataclass(frozen=True, slots=True)
class Cell:
    """``across`` and ``down`` are the columns and rows that it spans; ``is_head``: the format says that it heads others."""

    text: str
    across: int = 1
    down: int = 1
    is_head: bool = False


def lines_of(rows: Sequence[Sequence[Cell]]) -> list[str]:
    """The lines of a table, one a row; [] for one without words."""
    return [line for line, _ in numbered_lines(rows)]


def numbered_lines(rows: Sequence[Sequence[Cell]]) -> Iterator[tuple[str, int]]:
    """The lines of a table, each with the row that it comes from (the last of joined head rows)."""
    filled = _filled(rows)
    heads = _head_rows(rows, filled)
    first = min(heads, default=0)
    for at, row in enumerate(filled):
        if at in heads:
            if at == max(heads):
                yield " | ".join(_paths([filled[i] for i in sorted(heads)])), at
            continue
        texts = [text for text, _ in row]
        own = {text for text in texts if text}
        if not own:
            continue
        owners = {owner for text, owner in row if text}
        if len(row) > 1 and len(owners) == 1 and (at < first or not _is_figure(next(iter(own)))):
            yield next(iter(own)), at  # a caption, or a row that heads those below it
        else:
            yield " | ".join(_once(row)), at


def _filled(rows: Sequence[Sequence[Cell]]) -> list[list[tuple[str, tuple[int, int]]]]:
    """Every place of the grid with its text and the cell, by row and number, that spans it."""
    width = max((sum(min(c.across, _MOST_SPANNED) for c in row) for row in rows), default=0)
    waiting: dict[int, tuple[str, tuple[int, int], int]] = {}  # by column: text, cell, rows still to fill
    filled = []
    for at, row in enumerate(rows):
        places: list[tuple[str, tuple[int, int]]] = []
        cells = iter(enumerate(row))
        column = 0
        while column < max(width, len(places)) or waiting.get(column):
            if column in waiting:
                text, owner, left = waiting.pop(column)
                places.append((text, owner))
                if left > 1:
                    waiting[column] = (text, owner, left - 1)
                column += 1
                continue
            number, cell = next(cells, (-1, None))
            if cell is None:
                places.append(("", (at, -1)))
                column += 1
                continue
            for _ in range(max(1, min(cell.across, _MOST_SPANNED))):
                places.append((cell.text, (at, number)))
                if cell.down > 1:
                    waiting[column] = (cell.text, (at, number), min(cell.down, _MOST_SPANNED) - 1)
                column += 1
        filled.append(places)
    return filled


def _head_rows(rows: Sequence[Sequence[Cell]], filled: list[list[tuple[str, tuple[int, int]]]]) -> set[int]:
    """The rows of the head: the first with several cells, and those that its spans or the format make part of it."""
    first = next((at for at, row in enumerate(filled) if len({o for t, o in row if t}) > 1), None)
    if first is None or any(_is_figure(text) for text, _ in filled[first]):
        return set()
    last = first + max((cell.down for cell in rows[first] if cell.text), default=1) - 1
    spans = any(cell.across > 1 for cell in rows[first])
    while last + 1 < len(filled):
        below = rows[last + 1]
        is_head = bool(below) and all(cell.is_head for cell in below)
        open_spans = spans and last == first and not any(_is_figure(text) for text, _ in filled[last + 1])
        several = len({o for t, o in filled[last + 1] if t}) > 1
        if not (several and (is_head or open_spans)):
            break
        last += 1
    last = min(last, len(filled) - 2)
    return set(range(first, last + 1)) if last >= first else set()


def _paths(heads: Sequence[Sequence[tuple[str, tuple[int, int]]]]) -> list[str]:
    width = max(map(len, heads))
    paths = []
    for column in range(width):
        texts = [row[column][0] for row in heads if column < len(row)]
        paths.append(PATH.join(dict.fromkeys(text for text in texts if text)))
    return paths


def _once(row: Sequence[tuple[str, tuple[int, int]]]) -> list[str]:
    """A cell that spans columns is said in the first of them."""
    seen: set[tuple[int, int]] = set()
    texts = []
    for text, owner in row:
        texts.append("" if owner in seen else text)
        seen.add(owner)
    while len(texts) > 1 and not texts[-1]:
        texts.pop()
    return texts if len(texts) > 1 else [*texts, ""]


def _is_figure(text: str) -> bool:
    return _FIGURE.fullmatch(text.strip()) is not None and not _YEAR.fullmatch(text.strip())
