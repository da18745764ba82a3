"""An HTML tree as lines of text: a block a line, list items with a mark, rows of data tables as "a | b | c"."""

from dataclasses import dataclass
from typing import Any

from ingest.clean import squeeze
from ingest.readers.grid import Cell, numbered_lines
from retrieval.text import nfc

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form h1 h2 "
    "h3 h4 h5 h6 header hr html legend li main nav ol option p pre section summary table tbody td tfoot th thead tr "
    "ul".split()
)
_UNSEEN = frozenset("script style noscript template head iframe svg button select textarea".split())
_TABLE_PARTS = frozenset("table thead tbody tfoot tr td th colgroup col".split())
_CELL_LIMIT = 300  # characters; a cell that says more lays out the page
_LINKED = 0.8  # of a line's characters in links: an entry of a menu or of a list of stories


@dataclass(frozen=True, slots=True)
class Block:
    """One line of the page. ``element`` is the lxml element that holds it; ``linked``: it is hardly more than links."""

    text: str
    element: Any
    linked: bool


def blocks(tree: Any) -> list[Block]:
    """Lines of a parsed page in reading order, menus and all, in the project's normal form."""
    collector = _Collector()
    collector.walk(tree, linked=False)
    return collector.found


def flatten_layout_tables(tree: Any) -> None:
    """Turns tables that lay out the page into plain blocks, innermost first; tables of data stay."""
    for table in reversed(list(tree.iter("table"))):
        if _lays_out(table):
            for part in table.iter(*_TABLE_PARTS):
                if next(part.iterancestors("table"), table) is table:
                    part.tag = "div"


def _lays_out(table: Any) -> bool:
    rows = list(table.iter("tr"))
    cells = list(table.iter("td", "th"))
    if len(rows) < 2 or len(cells) == len(rows) or next(table.iterdescendants("table"), None) is not None:
        return True
    return any(len(cell.text_content()) > _CELL_LIMIT for cell in cells)


class _Collector:
    """The lines found so far, and the one that is being put together."""

    def __init__(self) -> None:
        self.found: list[Block] = []
        self._parts: list[str] = []
        self._linked = 0
        self._mark = ""

    def walk(self, element: Any, linked: bool) -> None:
        tag = element.tag
        if not isinstance(tag, str) or tag in _UNSEEN:  # comments have no name
            return
        if tag == "table":
            self._table(element)
            return
        is_block = tag in _BLOCKS or tag == "br"
        if is_block:
            self._close(element.getparent())
        if tag == "li":
            self._mark = _mark_of(element)
        linked = linked or tag == "a"
        self._add(element.text, linked)
        for child in element:
            self.walk(child, linked)
            self._add(child.tail, linked)
        if is_block:
            self._close(element)

    def _add(self, text: str | None, linked: bool) -> None:
        if text:
            self._parts.append(text)
            self._linked += len(text.strip()) if linked else 0

    def _close(self, element: Any) -> None:
        text = squeeze(nfc("".join(self._parts)).replace("\n", " "))
        if text:
            self.found.append(Block(self._mark + text, element, self._linked >= _LINKED * len(text)))
            self._mark = ""
        self._parts, self._linked = [], 0

    def _table(self, table: Any) -> None:
        self._close(table.getparent())
        for caption in table.iter("caption"):
            if text := _words(caption):
                self.found.append(Block(text, caption, linked=False))
        rows = list(table.iter("tr"))
        cells = [[_cell(cell) for cell in row.iterchildren("td", "th")] for row in rows]
        self.found += [Block(line, rows[at], linked=False) for line, at in numbered_lines(cells)]


def _words(element: Any) -> str:
    return squeeze(nfc(" ".join(element.itertext())))


def _cell(cell: Any) -> Cell:
    return Cell(_words(cell), _span(cell.get("colspan")), _span(cell.get("rowspan")), cell.tag == "th")


def _span(said: str | None) -> int:
    return int(said) if said and said.strip().isdecimal() and int(said) > 0 else 1


def _mark_of(item: Any) -> str:
    parent = item.getparent()
    if parent is not None and parent.tag == "ol":
        return f"{1 + sum(1 for _ in item.itersiblings('li', preceding=True))}. "
    return "- "
