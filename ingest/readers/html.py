"""Saved web pages. Trafilatura finds the main text; what the page declares of itself gives title, source and date."""

import re
from collections.abc import Iterator
from typing import Any

from ingest.clean import clean, squeeze
from ingest.readers.headline import find_headline, title_from
from ingest.readers.metadata import read_metadata
from ingest.readers.publisher import publisher_of
from ingest.stamps import published_on
from retrieval.errors import ReadError
from retrieval.text import fold, nfc
from retrieval.types import Article

_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_OPENED_TAG = re.compile(r"<[a-z/!][^<>]*$", re.IGNORECASE)
_CONTAINERS = ("div", "article", "section", "main", "p", "span", "table", "ul", "script", "style", "head")
# Class and id names under which content systems put captions and other stories inside the body.
_ASIDE = re.compile(
    r"caption|relat(?:ed|ion)|lien-?quan|tin-?khac|cung-?chuyen-?muc|\bcomments?\b|binh-?luan|share|social|breadcrumb"
    r"|most-?read|doc-?nhieu|box-?tags?|tags?-?list",
    re.IGNORECASE,
)
_ASIDE_SHARE = 0.3  # of the page's words; a larger element is the page itself under an odd name
_BLOCKS = frozenset(
    "address article aside blockquote body br dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li "
    "main nav ol option p pre section table td th title tr ul".split()
)
_UNSEEN = frozenset("script style noscript template head".split())
_TABLE_RULE = re.compile(r"\|[\s|:-]*\|?")
_LEAD_MATCH = 40  # characters of the description that a lead left outside the body begins with


def read_html(text: str, source: str, address: str) -> Article:
    """Article of a web page; its text is empty when the page holds none. Raises ReadError for half a page."""
    import trafilatura

    if _is_cut_short(text):
        raise ReadError("the page breaks off in the middle: save it again")
    tree = trafilatura.load_html(_XML_DECLARATION.sub("", text))
    if tree is None:
        raise ReadError("it is not HTML: save the page again, or as .txt")
    metadata = read_metadata(tree)
    page = [nfc(line) for line in _visible_lines(tree)]
    _prune(tree)
    main = trafilatura.extract(tree, output_format="txt", include_comments=False, include_tables=True) or ""
    lines = [_table_row(squeeze(line)) for line in nfc(main).split("\n")]
    lines = _with_lead([line for line in lines if not _TABLE_RULE.fullmatch(line)], page, metadata.description)
    heading = None if metadata.title else find_headline(lines)
    title = metadata.title or ("" if heading is None else lines[heading])
    body = clean(_below(lines, title), title)
    story = set(body.split("\n"))
    place = next((i for i, line in enumerate(page) if fold(line) == fold(title)), None)
    return Article(
        source=source,
        address=address,
        title=title or title_from(body),
        text=body,
        publisher=metadata.publisher
        or publisher_of((line for line in page if line not in story), body.split("\n", 1)[0]),
        url=metadata.url,
        published=metadata.published or (published_on(page, place, len(page)) if place is not None else None),
    )


def _is_cut_short(text: str) -> bool:
    """A download that stopped: the page ends inside a tag, or never closes its body nor what it opened there.

    HTML lets a page leave out </body> and </html>, and </p> throughout; a page that writes an end tag at all does not
    leave another of that kind open.
    """
    lowered = text.lower()
    if _OPENED_TAG.search(lowered[-2000:]):
        return True
    if "</html" in lowered or "</body" in lowered or not ("<html" in lowered or "<body" in lowered):
        return False
    for name in _CONTAINERS:
        opened = len(re.findall(rf"<{name}\b", lowered))
        if opened > lowered.count(f"</{name}") and (name != "p" or f"</{name}" in lowered):
            return True
    return False


def _visible_lines(tree: Any) -> Iterator[str]:
    """Text of the page by blocks, menus and all."""
    parts: list[str] = []

    def walk(element: Any) -> None:
        block = not isinstance(element.tag, str) or element.tag in _BLOCKS
        if block:
            parts.append("\n")
        if isinstance(element.tag, str) and element.tag not in _UNSEEN:
            parts.append((element.text or "").replace("\n", " "))
            for child in element:
                walk(child)
        if block:
            parts.append("\n")
        parts.append((element.tail or "").replace("\n", " "))

    walk(tree)
    return (line for line in map(squeeze, "".join(parts).split("\n")) if line)


def _prune(tree: Any) -> None:
    """Takes captions and boxes of other stories out of the page before its main text is looked for."""
    whole = len(tree.text_content())
    for element in [e for e in tree.iter() if isinstance(e.tag, str) and _is_aside(e)]:
        if element.getparent() is not None and len(element.text_content()) <= _ASIDE_SHARE * whole:
            element.drop_tree()


def _is_aside(element: Any) -> bool:
    if element.tag == "figcaption":
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('type') or ''}"
    return element.tag not in ("html", "body", "article", "main", "head") and _ASIDE.search(names) is not None


def _table_row(line: str) -> str:
    """ "| Bắc Ninh | 7 |" -> "Bắc Ninh | 7"."""
    if not (line.startswith("| ") and line.endswith("|")):
        return line
    return " | ".join(cell.strip() for cell in line.strip("|").split("|"))


def _with_lead(lines: list[str], page: list[str], description: str) -> list[str]:
    """Puts the lead back where the page keeps it outside the body; the description begins with its words."""
    start = fold(description[:_LEAD_MATCH])
    if len(start) < _LEAD_MATCH or any(start in fold(line) for line in lines):
        return lines
    lead = next((line for line in page if fold(line).startswith(start) and len(line) > len(start)), None)
    return [lead, *lines] if lead else lines


def _below(lines: list[str], title: str) -> list[str]:
    """Lines after the title where the main text repeats it near its top."""
    place = next((i for i, line in enumerate(lines[:10]) if fold(line) == fold(title)), None)
    return lines if place is None else lines[place + 1 :]
