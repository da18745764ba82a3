"""Tables of figures in CSV or Excel files, each row with the page it was read from: one document a page, with the page's rows.

Such tables lie side by side (ranks in one, other figures in another) and share pages. So that a page is one article however
the tables are given, its document holds its rows of all tables of the folder. The form: data/reference/README.md.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class _Table:
    """Rows by column, and what is wrong with a row, if anything. None of its sheets may be a table of figures."""

    is_one: bool
    rows: Sequence[Row] = ()
    error: str = ""


class TableSet:
    """The tables of one folder, each read once, however many of them are asked for."""

    def __init__(self, names: Iterable[str], load: Callable[[str], bytes]) -> None:
        """``load`` gives the bytes of one, or raises ReadError."""
        self._names, self._load = sorted(names), load
        self._read: dict[str, _Table | ReadError] = {}
        self._pages: dict[str, list[Row]] | None = None

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def is_one(self, name: str) -> bool:
        """Whether the first line of a CSV file, or of a sheet, names the columns of ranks or of figures.

        A file that cannot be read is taken for one, so that this is told; a CSV file that is no text may be anything.
        """
        table = self._table(name)
        if isinstance(table, ReadError):
            return isinstance(table, _Unopened) or not name.lower().endswith(".csv")
        return table.is_one

    def pages(self, name: str, folder: str) -> Iterator[RawDocument]:
        """A document for each page that the rows of ``name`` name, in their order; its data is the page's rows, of all
        tables, as a JSON list.

        ``source`` is the page's URL, ``address`` the folder and the URL. Raises ReadError.
        """
        table = self._table(name)
        if isinstance(table, ReadError):
            raise ReadError(str(table)) from table
        if table.error:
            raise ReadError(table.error)
        if not table.is_one:
            raise ReadError(
                f"{name} is no table of figures: its first line must name the columns "
                f"{', '.join(sorted(FIGURE_COLUMNS))} (or those of ranks, see data/reference/README.md)."
            )
        if not table.rows:
            raise ReadError(f"{name} has no rows below its first line: add them, or remove it.")
        if self._pages is None:
            self._pages = self._together()
        for url in dict.fromkeys(row["source_url"] for row in table.rows):
            if rows := self._pages.get(url):
                yield RawDocument(url, f"{folder}#{url}", json.dumps(rows, ensure_ascii=False).encode(), Kind.FIGURES)

    def _together(self) -> dict[str, list[Row]]:
        """Rows of all tables by page. What is wrong with a table is told when its own turn comes."""
        tables = [table for table in map(self._table, self._names) if isinstance(table, _Table) and not table.error]
        pages: dict[str, list[Row]] = {}
        for row in _firmest([row for table in tables for row in table.rows]):
            pages.setdefault(row["source_url"], []).append(row)
        return pages

    def _table(self, name: str) -> _Table | ReadError:
        if name not in self._read:
            self._read[name] = self._opened(name)
        return self._read[name]

    def _opened(self, name: str) -> _Table | ReadError:
        try:
            data = self._load(name)
        except ReadError as error:
            return _Unopened(str(error))
        if not data.strip():
            return _Unopened(f"{name} is empty: save it again.")
        try:
            return _parsed(name, data)
        except ReadError as error:
            return error


class _Unopened(ReadError):
    """There are no bytes to be looked at."""


def _parsed(name: str, data: bytes) -> _Table:
    """Of all sheets that are tables of figures. Raises ReadError."""
    found: list[Row] = []
    is_one = False
    for sheet in read_sheets(name, data) if name.lower().endswith(".xlsx") else [_csv_rows(name, data)]:
        columns = [column.strip().lower() for column in sheet[0]] if sheet else []
        if not (set(columns) >= RANK_COLUMNS or set(columns) >= FIGURE_COLUMNS):
            continue
        is_one = True
        for number, cells in enumerate(sheet[1:], 2):
            padded = [*cells, *[""] * len(columns)]
            row = {column: nfc(cell).strip() for column, cell in zip(columns, padded, strict=False) if column}
            if not row["source_url"] or not row["province"]:
                return _Table(is_one, error=f"{name}, row {number}: province and source_url must be given.")
            found.append(row)
    return _Table(is_one, found)


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
