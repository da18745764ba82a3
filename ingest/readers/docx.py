"""Word files: paragraphs, headings, lists and tables in the order of the document."""

import io
from collections import Counter
from collections.abc import Iterator
from typing import Any

from ingest.clean import squeeze
from ingest.encoding import from_glyphs
from ingest.extras import need
from ingest.legacy import Legacy, convert
from ingest.readers.grid import Cell, lines_of
from ingest.readers.lines import article_of
from ingest.readers.word_markup import flatten
from ingest.sources.workbook import check_office_file
from retrieval.errors import ReadError
from retrieval.text import fold, nfc
from retrieval.types import Article

_CELL_LIMIT = 300  # characters; a cell that says more lays out the page
_TITLE_WITHIN = 15  # lines in which the title of the file's properties must stand to be the article's
_DEEPEST = 20  # styles that a style is based on
_STYLED_TITLES = ("title", "heading 1")


def read_docx(data: bytes, source: str, address: str) -> tuple[Article, str]:
    """Article of a Word file and the old encoding that its letters were in, if any. Raises ReadError.

    The dates in a file's properties are those of the file and of its template, never the article's.
    """
    docx = need("docx", "a .docx file")
    check_office_file("the file", data)
    try:
        document = docx.Document(io.BytesIO(data))
        flatten(document.element.body)
    except Exception as error:  # python-docx lets whatever it stumbled over through
        raise ReadError(f"it is damaged, or no Word file ({error}): save it again as .docx") from error
    reading = _Reading()
    lines = list(reading.lines(document))
    joined = from_glyphs("\n".join(lines))
    lines = [squeeze(nfc(line)) for line in joined.text.split("\n")]
    lines = [line for line in lines if line]
    title = _title(squeeze(nfc(from_glyphs(reading.title).text)), document, lines)
    return article_of(lines, title, source, address, official=True), reading.encoding or joined.encoding


def _title(styled: str, document: Any, lines: list[str]) -> str:
    """The line in the style of a title, else the title in the file's properties where the document shows it, too."""
    if styled:
        return styled
    declared = squeeze(nfc(document.core_properties.title or ""))
    shown = {fold(line): line for line in lines[:_TITLE_WITHIN]}
    return shown.get(fold(declared), "") if declared else ""


class _Reading:
    """``title`` is the first line in the style of one, ``encoding`` that of the fonts met."""

    def __init__(self) -> None:
        self.title = ""
        self.encoding = ""
        self._styles: dict[str | None, tuple[str, str]] = {}
        """Names and fonts by id: python-docx looks through all styles of the file for each paragraph."""

    def lines(self, container: Any) -> Iterator[str]:
        for item in container.iter_inner_content():
            if hasattr(item, "rows"):
                yield from self._table(item)
                continue
            text = self._paragraph(item)
            style, _ = self._style(item)
            if not self.title and text.strip() and style in _STYLED_TITLES:
                self.title = text
            bullet = text.strip() and (style.startswith("list") or _is_numbered(item))
            yield from ((f"- {text}" if bullet else text).split("\n"))

    def _table(self, table: Any) -> Iterator[str]:
        """A row with a long cell, or a table of one column, lays out the page; what stands between those is a table of data."""
        grid: list[list[Cell]] = []
        for row in table.rows:
            cells = list(row.cells)  # a merged cell comes once for each column and row
            own = list({id(cell._tc): cell for cell in cells}.values())
            texts = {id(c._tc): squeeze(" ".join(self._paragraph(p) for p in c.paragraphs)) for c in own}
            if len(cells) == 1 or any(len(text) > _CELL_LIMIT for text in texts.values()):
                yield from lines_of(grid)
                grid = []
                for cell in own:
                    yield from self.lines(cell)
            else:
                spans = Counter(id(cell._tc) for cell in cells)
                grid.append([Cell(texts[id(cell._tc)], across=spans[id(cell._tc)]) for cell in own])
        yield from lines_of(grid)

    def _paragraph(self, paragraph: Any) -> str:
        """Runs of one font together: a letter of VNI-Times may be cut in two by them."""
        parts: list[tuple[str, str]] = []
        _, base = self._style(paragraph)
        for piece in paragraph.iter_inner_content():
            for run in piece.runs if hasattr(piece, "runs") else [piece]:
                text = _text_of(run)
                font = run.font.name or base
                if parts and parts[-1][0] == font:
                    parts[-1] = font, parts[-1][1] + text
                else:
                    parts.append((font, text))
        return "".join(self._converted(text, font) for font, text in parts)

    def _style(self, paragraph: Any) -> tuple[str, str]:
        """The name of a paragraph's style in lower case, and its font; "" where there is none."""
        id_ = paragraph._p.style
        if id_ not in self._styles:
            style = paragraph.style
            self._styles[id_] = (getattr(style, "name", None) or "").lower(), _font(style)
        return self._styles[id_]

    def _converted(self, text: str, font: str) -> str:
        way = Legacy.TCVN3 if font.startswith(".Vn") else Legacy.VNI if font.upper().startswith("VNI-") else None
        if way is None or text.isascii():
            return text.upper() if _draws_capitals(font) else text
        self.encoding = way.value
        converted = convert(text, way)
        return converted.upper() if _draws_capitals(font) else converted


def _font(style: Any) -> str:
    seen = 0
    while style is not None and seen < _DEEPEST:  # a damaged file's styles may be based on each other
        if name := style.font.name:
            return str(name)
        style, seen = style.base_style, seen + 1
    return ""


def _is_numbered(paragraph: Any) -> bool:
    properties = paragraph._p.pPr
    return properties is not None and properties.numPr is not None


def _draws_capitals(font: str) -> bool:
    """ ".VnTimeH" draws small letters as capitals."""
    return font.startswith(".Vn") and font.endswith("H")


def _text_of(run: Any) -> str:
    """Text of a run; Word keeps the letter ư of TCVN3, a soft hyphen elsewhere, as an element of its own."""
    if any(child.tag.endswith("}softHyphen") for child in run._r if isinstance(child.tag, str)):
        return "".join(
            "\xad" if child.tag.endswith("}softHyphen") else str(child) if not child.tag.endswith("}rPr") else ""
            for child in run._r
        )
    return str(run.text)
