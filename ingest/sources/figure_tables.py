"""Tables of figures in CSV or Excel files, each row with the page it was read from: one document a page, with the page's rows.

Such tables lie side by side (ranks in one, other figures in another) and share pages. So that a page is one article however
the tables are given, its document holds its rows of all tables of the folder. The form: data/reference/README.md.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence

from ingest.encoding import decode
from ingest.sources.raw import Kind, RawDocument
from ingest.sources.workbook import read_sheets
from retrieval.errors import ReadError
from retrieval.text import nfc

Row = dict[str, str]

RANK_COLUMNS = frozenset({"year", "province", "rank", "denominator", "source_url"})
FIGURE_COLUMNS = frozenset({"province", "indicator", "value", "unit", "period", "kind", "source_url"})

_WEAK = frozenset({"derived", "disputed"})
"""Rows that a page does not state: told only where no page states the fact."""


def is_figure_table(name: str, data: bytes) -> bool:
    """Whether the first line of a CSV file, or of a sheet, names the columns of ranks or of figures."""
    try:
        return bool(_tables(name, data, first_line_only=True))
    except ReadError:
        return not name.lower().endswith(".csv")  # a workbook is not passed over for want of a library


def read_pages(name: str, data: bytes, folder: str, beside: Mapping[str, bytes]) -> Iterator[RawDocument]:
    """A document for each page that the rows of ``name`` name, in their order; ``data`` is the rows as a JSON list.

    ``beside`` are the other tables of ``folder``. ``source`` is the page's URL, ``address`` the folder and the URL. Raises
    ReadError.
    """
    own = _tables(name, data)
    if not own:
        raise ReadError(
            f"{name} is no table of figures: its first line must name the columns "
            f"{', '.join(sorted(FIGURE_COLUMNS))} (or those of ranks, see data/reference/README.md)."
        )
    tables = {name: own, **{other: _readable(other, content) for other, content in beside.items()}}
    told = _firmest([row for table in sorted(tables) for row in tables[table]])
    for url in dict.fromkeys(row["source_url"] for row in own):
        if rows := [row for row in told if row["source_url"] == url]:
            yield RawDocument(url, f"{folder}#{url}", json.dumps(rows, ensure_ascii=False).encode(), Kind.FIGURES)


def _readable(name: str, data: bytes) -> list[Row]:
    """Rows of a table that lies beside; what is wrong with it is told when its own turn comes."""
    try:
        return _tables(name, data)
    except ReadError:
        return []


def _tables(name: str, data: bytes, *, first_line_only: bool = False) -> list[Row]:
    """Rows by column, of all sheets that are tables of figures; with ``first_line_only`` a row says that one is there."""
    found: list[Row] = []
    for sheet in read_sheets(name, data) if name.lower().endswith(".xlsx") else [_csv_rows(name, data)]:
        columns = [column.strip().lower() for column in sheet[0]] if sheet else []
        if not (set(columns) >= RANK_COLUMNS or set(columns) >= FIGURE_COLUMNS):
            continue
        if first_line_only:
            return [dict.fromkeys(columns, "")]
        for number, cells in enumerate(sheet[1:], 2):
            padded = [*cells, *[""] * len(columns)]
            row = {column: nfc(cell).strip() for column, cell in zip(columns, padded, strict=False) if column}
            if not row["source_url"] or not row["province"]:
                raise ReadError(f"{name}, row {number}: province and source_url must be given.")
            found.append(row)
    return found


def _csv_rows(name: str, data: bytes) -> list[list[str]]:
    """Excel writes ";" between the cells where the comma begins decimals, and tabs into "Unicode text"."""
    try:
        text = decode(data)
        first = text.partition("\n")[0]
        delimiter = max(",;\t", key=first.count)
        return [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if row]
    except (ReadError, csv.Error) as error:
        raise ReadError(f"Cannot read {name} ({error}): save it as CSV in UTF-8.") from error


def _firmest(rows: Sequence[Row]) -> list[Row]:
    """Rows without those derived or disputed where another row states the fact."""
    firm = {_fact(row) for row in rows if row.get("basis") not in _WEAK and (row.get("rank") or row.get("value"))}
    return [row for row in rows if row.get("basis") not in _WEAK or _fact(row) not in firm]


def _fact(row: Mapping[str, str]) -> tuple[str, ...]:
    if row.keys() >= RANK_COLUMNS:
        return row["year"], row["province"]  # by old borders or new ones: a year has one assessment
    return row["province"], row["indicator"], row["period"], row["kind"]
