"""PDF files with text: columns in reading order, tables as rows "a | b | c", running heads and page numbers left out."""

import io
import logging
from collections.abc import Iterator
from statistics import median
from typing import Any

from ingest.clean import squeeze
from ingest.encoding import from_glyphs
from ingest.extras import need
from ingest.readers.layout import (
    Line,
    in_order,
    joined,
    paragraphs,
    title_of,
    with_unruled_tables,
    without_running_lines,
)
from ingest.readers.lines import article_of
from retrieval.errors import ReadError
from retrieval.text import nfc
from retrieval.types import Article

MAX_PAGES = 300

_MOST_DRAWN = 3000  # lines and boxes on a page; a map or a plan has more, and no table that could be found in time
_WORD_GAP = 1.1  # of the letters' height; a wider one parts columns
_SAME_LINE = 0.5  # of the letters' height
_FEWEST_LETTERS = 20  # in the whole file; fewer are a stamp on a scanned page
_UNMAPPED = "(cid:"
_UNMAPPED_SHARE = 0.02  # of the characters: letters of a font that does not say which they are


def read_pdf(data: bytes, source: str, address: str) -> tuple[Article, str]:
    """Article of a PDF file and the old encoding that its letters were in, if any. Raises ReadError.

    The dates in a file's properties are those of its making, never the article's.
    """
    pages, heights = _pages(data)
    kept = without_running_lines(pages, heights)
    lines = [line for page in kept for line in in_order(page)]
    _refuse_without_text("".join(line.text for line in lines))
    title = squeeze(nfc(from_glyphs(title_of(lines)).text))
    text = from_glyphs("\n".join(paragraphs(lines)))
    body = [squeeze(nfc(line)) for line in text.text.split("\n")]
    return article_of(body, title, source, address, official=True), text.encoding


def _pages(data: bytes) -> tuple[list[list[Line]], list[float]]:
    pdfplumber = need("pdfplumber", "a .pdf file")
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of every oddity of a font
    pages: list[list[Line]] = []
    heights: list[float] = []
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            if len(pdf.pages) > MAX_PAGES:
                raise ReadError(f"it has {len(pdf.pages)} pages, the limit is {MAX_PAGES}: split it")
            for number, page in enumerate(pdf.pages):
                pages.append(list(_lines(page, number)))
                heights.append(float(page.height))
                page.close()
    except ReadError:
        raise
    except Exception as error:  # pdfminer lets whatever it stumbled over through
        told = f"{type(error).__name__} {error!r} {error.__cause__!r}"
        if "Password" in told or "Encrypt" in told:
            raise ReadError("it is protected by a password: save it again without one") from error
        raise ReadError(f"it is damaged, or no PDF ({type(error).__name__}): save or download it again") from error
    return pages, heights


def _refuse_without_text(text: str) -> None:
    letters = sum(map(str.isalpha, text))
    if letters < _FEWEST_LETTERS:
        raise ReadError(
            "it holds pictures of pages and no text: it needs OCR first (for instance `ocrmypdf -l vie in.pdf out.pdf`)"
        )
    if text.count(_UNMAPPED) > _UNMAPPED_SHARE * letters:
        raise ReadError("its fonts do not tell which letters they draw: it needs OCR first, or save it as .docx")


def _lines(page: Any, number: int) -> Iterator[Line]:
    drawn = len(page.lines) + len(page.rects) + len(page.curves)
    tables = [table for table in page.find_tables() if _is_table(table)] if drawn <= _MOST_DRAWN else []
    for table in tables:
        yield from _rows(table, number)
    boxes = [table.bbox for table in tables]
    words = [word for word in page.extract_words(extra_attrs=["size"]) if not any(_inside(word, box) for box in boxes)]
    row: list[Any] = []
    rows: list[list[Line]] = []
    for word in sorted(words, key=_middle):
        if row and abs(_middle(word) - _middle(row[0])) > _SAME_LINE * (word["bottom"] - word["top"]):
            rows.append(list(_segments(row, number)))
            row = []
        row.append(word)
    rows.append(list(_segments(row, number)))
    yield from with_unruled_tables(rows)


def _middle(word: Any) -> float:
    return float(word["top"] + word["bottom"]) / 2


def _inside(word: Any, box: tuple[float, float, float, float]) -> bool:
    x, y = (word["x0"] + word["x1"]) / 2, _middle(word)
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _segments(row: list[Any], number: int) -> Iterator[Line]:
    """Words on one height, parted where the gap is too wide for a blank."""
    segment: list[Any] = []
    for word in sorted(row, key=lambda word: float(word["x0"])):
        if segment and word["x0"] - segment[-1]["x1"] > _WORD_GAP * word["size"]:
            yield _line(segment, number)
            segment = []
        segment.append(word)
    if segment:
        yield _line(segment, number)


def _line(words: list[Any], number: int) -> Line:
    return Line(
        " ".join(word["text"] for word in words),
        float(words[0]["x0"]),
        float(words[-1]["x1"]),
        min(float(word["top"]) for word in words),
        max(float(word["bottom"]) for word in words),
        median(float(word["size"]) for word in words),
        number,
    )


def _is_table(table: Any) -> bool:
    """At least two rows and columns with words in them; a box drawn around a paragraph is none."""
    rows = [[cell for cell in row if cell and cell.strip()] for row in table.extract()]
    return sum(len(row) > 1 for row in rows) >= 2


def _rows(table: Any, number: int) -> Iterator[Line]:
    left, _, right, _ = table.bbox
    for cells, row in zip(table.extract(), table.rows, strict=True):
        texts = [_cell(cell) for cell in cells if cell is not None]
        if any(texts):
            _, top, _, bottom = row.bbox
            yield Line(" | ".join(texts), float(left), float(right), float(top), float(bottom), 0.0, number)


def _cell(text: str) -> str:
    whole = ""
    for line in text.split("\n"):
        whole = joined(whole, line.strip()) if whole else line.strip()
    return squeeze(whole)
