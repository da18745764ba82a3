"""What Word puts around text, taken away: tracked changes, content controls, smart tags, text boxes.

python-docx reads paragraphs and runs that lie directly in each other; in the files of offices they hardly ever do.
"""

from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_GONE = frozenset(f"{_W}{name}" for name in ("del", "moveFrom"))
_WRAPPERS = frozenset(
    f"{_W}{name}" for name in ("ins", "moveTo", "smartTag", "customXml", "fldSimple", "dir", "bdo", "sdt", "sdtContent")
)
_PROPERTIES = frozenset(f"{_W}{name}" for name in ("sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr"))
_ROWS_AND_CELLS = frozenset(f"{_W}{name}" for name in ("trPr", "rPr", "pPr", "tblPr", "tcPr", "numPr"))


def flatten(body: Any) -> None:
    """Changes the lxml tree of a document in place: as it would be printed with all changes accepted."""
    for choice in list(body.iter(f"{_MC}AlternateContent")):
        _choose(choice)
    _lift_text_boxes(body)
    for element in list(body.iter(*_GONE, *_PROPERTIES)):
        if not _is_mark(element):
            _remove(element)
    for element in list(body.iter(*_WRAPPERS)):
        if not _is_mark(element):
            _unwrap(element)


def _is_mark(element: Any) -> bool:
    """Of a paragraph, a row or a style: it says that this was inserted or deleted, and holds nothing."""
    parent = element.getparent()
    return parent is None or parent.tag in _ROWS_AND_CELLS


def _choose(alternate: Any) -> None:
    """The same twice, for new programs and old ones: the first that holds text is kept."""
    ways = list(alternate)
    kept = next((way for way in ways if next(way.iter(f"{_W}t"), None) is not None), None)
    for way in ways:
        if way is not kept:
            alternate.remove(way)


def _lift_text_boxes(body: Any) -> None:
    """What stands in a box comes after the paragraph that the box hangs on."""
    for box in list(body.iter(f"{_W}txbxContent")):
        paragraph = next(box.iterancestors(f"{_W}p"), None)
        if paragraph is not None:
            for block in reversed(list(box)):
                paragraph.addnext(block)


def _remove(element: Any) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _unwrap(element: Any) -> None:
    parent = element.getparent()
    at = parent.index(element)
    for offset, child in enumerate(list(element)):
        parent.insert(at + offset, child)
    parent.remove(element)
