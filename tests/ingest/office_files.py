"""Files of office programs for the tests, built by the libraries that write them."""

import io
import zipfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

A4 = (595.0, 842.0)


@cache
def _font() -> str:
    """DejaVu Sans, which matplotlib carries, has every Vietnamese letter."""
    import matplotlib
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    path = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
    pdfmetrics.registerFont(TTFont("Body", str(path)))
    return "Body"


def pdf(*pages: Callable[[Any], object], password: str | None = None) -> bytes:
    """A PDF file; each page draws on a reportlab canvas."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, encrypt=password)
    for draw in pages:
        canvas.setFont(_font(), 10)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def wrap(text: str, width: float, size: float = 10) -> list[str]:
    from reportlab.lib.utils import simpleSplit

    return list(simpleSplit(text, _font(), size, width))


def column(
    canvas: Any, x: float, y: float, width: float, texts: Sequence[str], *, size: float = 10, indent: float = 0.0
) -> float:
    """Paragraphs from ``y`` (up from the page's foot) downwards; returns where the next would begin."""
    canvas.setFont(_font(), size)
    for text in texts:
        for number, line in enumerate(wrap(text, width - indent, size)):
            canvas.drawString(x + (indent if number == 0 else 0), y, line)
            y -= 1.3 * size
        y -= 0.0 if indent else 0.7 * size
    return y


def grid(canvas: Any, x: float, y: float, rows: Sequence[Sequence[str]], widths: Sequence[float]) -> float:
    """A table with ruled lines; returns the place below it."""
    from reportlab.platypus import Table, TableStyle

    table = Table([list(row) for row in rows], colWidths=list(widths))
    table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black"), ("FONT", (0, 0), (-1, -1), _font(), 9)]))
    _, height = table.wrapOn(canvas, *A4)
    table.drawOn(canvas, x, y - height)
    return float(y - height - 20)


def docx(build: Callable[[Any], None]) -> bytes:
    from docx import Document

    document = Document()
    build(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def xlsx(*sheets: Sequence[Sequence[object]], percent: Sequence[str] = ()) -> bytes:
    """A workbook; cells named in ``percent`` ("D2") are shown as percentages."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(list(row))
        for name in percent:
            sheet[name].number_format = "0.00%"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()
