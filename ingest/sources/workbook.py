"""Cells of an .xlsx as a page would print them: decimals with a comma, dates as YYYY-MM-DD."""

import io
import zipfile
from contextlib import closing
from datetime import date, datetime
from typing import Any

from ingest.confined import LimitExceeded, confined
from ingest.extras import need
from retrieval.errors import ReadError
from retrieval.text import nfc

MAX_UNPACKED = 200_000_000
MAX_ROWS = 200_000
MAX_COLUMNS = 200


def read_sheets(name: str, data: bytes) -> list[list[list[str]]]:
    """Rows of each sheet, empty ones left out. Raises ReadError, also for what takes more time or memory than it may."""
    need("openpyxl", name)
    try:
        return confined(_sheets, name, data)
    except LimitExceeded as error:
        raise ReadError(f"Cannot read {name}: {error}.") from error


def _sheets(name: str, data: bytes) -> list[list[list[str]]]:
    openpyxl = need("openpyxl", name)
    check_office_file(name, data)
    try:
        with closing(openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)) as book:
            return [_rows(sheet) for sheet in book.worksheets]
    except ReadError as error:
        raise ReadError(f"Cannot read {name}: {error}.") from error
    except MemoryError:
        raise
    except Exception as error:  # openpyxl lets whatever its parser stumbled over through
        raise ReadError(f"{name} is damaged ({error or type(error).__name__}): save it again as .xlsx.") from error


def _rows(sheet: Any) -> list[list[str]]:
    """Raises ReadError. A cell far to the right is not read: the row would be filled with blanks up to it."""
    rows: list[list[str]] = []
    blank: object = None  # the one row that stands for all that a far cell leaves between
    for row in sheet.iter_rows(max_col=MAX_COLUMNS):
        if row is blank:
            continue
        cells = [_shown(cell) for cell in row]
        if any(cells):
            rows.append(cells)
        else:
            blank = row
        if len(rows) > MAX_ROWS:
            raise ReadError(f"it has more than {MAX_ROWS} rows: split it")
    return rows


def check_office_file(name: str, data: bytes) -> None:
    """Raises ReadError for an Office file that is encrypted, damaged or a bomb: such a file is a ZIP archive of XML."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise ReadError(
            f"{name} is protected by a password, or of an old Office: save it without one, in today's form."
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(info.file_size for info in archive.infolist())
    except Exception as error:  # a damaged directory of names raises whatever it leads to
        raise ReadError(f"{name} is damaged or no Office file ({error}): save it again.") from error
    if size > MAX_UNPACKED:
        raise ReadError(f"{name} unpacks to {size / 1e6:.0f} MB, the limit is {MAX_UNPACKED / 1e6:.0f}: split it.")


def _shown(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, float):
        return _number(value, str(cell.number_format or ""))
    return nfc(str(value)).strip()


def _number(value: float, form: str) -> str:
    """0.5683 shown as a percentage is 56,83; a float keeps the decimals that it has, never those of its binary form."""
    if "%" in form:
        value *= 100
    shown = f"{value:.10g}"
    if "e" in shown:
        shown = f"{value:.4f}".rstrip("0").rstrip(".")
    if "." not in shown and (decimals := form.partition(".")[2]) and decimals.startswith("0"):
        shown += "." + "0" * (len(decimals) - len(decimals.lstrip("0")))
    return shown.replace(".", ",")
