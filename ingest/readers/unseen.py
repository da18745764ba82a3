"""What of a page its reader does not see, or sees as a mark: struck-out and hidden text, footnote marks, powers."""

import re
from typing import Any

_STRUCK = ("del", "s", "strike")
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em|%)?\s*(?:;|$)", re.IGNORECASE
)
_STRIKING = re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.IGNORECASE)
_MOST_HIDDEN = 0.5  # of the page's characters: a script would show what hides more than that
_FOOTNOTE = re.compile(r"\s*[\[(]?\s*(?:\d{1,3}|[*†‡§]+|[a-z])\s*[\])]?\s*")
_DIGITS = str.maketrans("0123456789-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻")
_BASE = re.compile(r"(?<![\d.,])10$")
_UNIT = re.compile(r"(?<![^\W\d_])(?:[kcdm]?m|ha)$")


def drop_unseen(tree: Any) -> None:
    """Takes out what is struck out or hidden."""
    whole = max(len(tree.text_content()), 1)
    for element in [e for e in tree.iter() if isinstance(e.tag, str) and e.tag not in ("html", "body", "head")]:
        if element.getparent() is None:
            continue
        style = element.get("style") or ""
        hidden = "hidden" in element.attrib or bool(_HIDING.search(style))
        struck = element.tag in _STRUCK or bool(_STRIKING.search(style))
        if struck or (hidden and len(element.text_content()) <= _MOST_HIDDEN * whole):
            element.drop_tree()


def write_marks(tree: Any) -> None:
    """ "10<sup>3</sup>" is 10³, "km<sup>2</sup>" km²; a footnote mark behind a number is no digit of it, and goes."""
    for mark in list(tree.iter("sup")):
        words = mark.text_content()
        if mark.getparent() is None or not _FOOTNOTE.fullmatch(words):
            continue
        before = _text_before(mark)
        if words.strip().lstrip("-−").isdigit() and (_BASE.search(before) or _UNIT.search(before)):
            for child in list(mark):
                child.drop_tree()
            mark.text = words.strip().translate(_DIGITS)
            mark.drop_tag()
        else:
            mark.drop_tree()


def _text_before(element: Any) -> str:
    """The text right in front of an element, of its own parent."""
    previous = element.getprevious()
    if previous is None:
        return element.getparent().text or ""
    return f"{previous.text_content() if isinstance(previous.tag, str) else ''}{previous.tail or ''}"
