"""CSV tables of figures, each row with the page it was read from: one document a page, with the page's rows.

Such tables lie side by side (ranks in one, other figures in another) and share pages. So that a page is one article however
the tables are given, its document holds its rows of all tables of the folder. The form: data/reference/README.md.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ingest.sources.raw import Kind, RawDocument
from retrieval.errors import ReadError
from retrieval.text import nfc

Row = dict[str, str]

RANK_COLUMNS = frozenset({"year", "province", "rank", "denominator", "source_url"})
FIGURE_COLUMNS = frozenset({"province", "indicator", "value", "unit", "period", "kind", "source_url"})

_WEAK = frozenset({"derived", "disputed"})
"""Rows that a page does not state: told only where no page states the fact."""


def is_figure_table(path: Path) -> bool:
    """Whether the first line of a CSV file names the columns of ranks or of figures."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            columns = {name.strip() for name in next(csv.reader(file), [])}
    except (OSError, UnicodeDecodeError, csv.Error):
        return False
    return columns >= RANK_COLUMNS or columns >= FIGURE_COLUMNS


def read_pages(path: Path) -> Iterator[RawDocument]:
    """A document for each page that the rows of ``path`` name, in their order; ``data`` is the rows as a JSON list.

    ``source`` is the page's URL, ``address`` the folder and the URL. Raises ReadError.
    """
    if not is_figure_table(path):
        raise ReadError(
            f"{path} is no table of figures: its first line must name the columns "
            f"{', '.join(sorted(FIGURE_COLUMNS))} (or those of ranks, see data/reference/README.md)."
        )
    beside = sorted(p for p in path.parent.glob("*.csv") if not p.samefile(path) and is_figure_table(p))
    tables = {table: _rows(table) for table in sorted([path, *beside])}
    told = _firmest([row for rows in tables.values() for row in rows])
    folder = path.absolute().resolve().parent
    for url in dict.fromkeys(row["source_url"] for row in tables[path]):
        if rows := [row for row in told if row["source_url"] == url]:
            data = json.dumps(rows, ensure_ascii=False).encode()
            yield RawDocument(url, f"{folder}#{url}", data, Kind.FIGURES)


def _rows(path: Path) -> list[Row]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
        read = list(csv.DictReader(io.StringIO(text, newline="")))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ReadError(f"Cannot read {path} ({error}): save it as CSV in UTF-8.") from error
    rows = [{name: nfc(cell or "").strip() for name, cell in row.items() if name} for row in read]
    for number, row in enumerate(rows, 2):
        if not row["source_url"] or not row["province"]:
            raise ReadError(f"{path}, row {number}: province and source_url must be given.")
    return rows


def _firmest(rows: Sequence[Row]) -> list[Row]:
    """Rows without those derived or disputed where another row states the fact."""
    firm = {_fact(row) for row in rows if row.get("basis") not in _WEAK and (row.get("rank") or row.get("value"))}
    return [row for row in rows if row.get("basis") not in _WEAK or _fact(row) not in firm]


def _fact(row: Mapping[str, str]) -> tuple[str, ...]:
    if row.keys() >= RANK_COLUMNS:
        return row["year"], row["province"]  # by old borders or new ones: a year has one assessment
    return row["province"], row["indicator"], row["period"], row["kind"]
