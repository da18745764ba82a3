"""Saved web pages. Trafilatura finds where the story stands; what the page declares gives title, source and date."""

import re
from collections import Counter
from collections.abc import Sequence
from copy import deepcopy
from datetime import date
from typing import Any

from ingest.clean import clean, end_of_article, squeeze
from ingest.furniture import is_sentence
from ingest.legacy import converter, legacy_of
from ingest.readers.authors import author_in
from ingest.readers.blocks import Block, blocks, flatten_layout_tables
from ingest.readers.headline import find_headline, tells_before, title_from
from ingest.readers.metadata import PageMetadata, read_metadata, site_in_title
from ingest.readers.publisher import publisher_of
from ingest.readers.unseen import drop_unseen, write_marks
from ingest.stamps import published_on, updated_on
from retrieval.errors import ReadError
from retrieval.text import fold
from retrieval.types import Article

_WEB = re.compile(r"https?://")
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_OPENED_TAG = re.compile(r"<[a-z/!][^<>]*$", re.IGNORECASE)
_CONTAINERS = ("div", "article", "section", "main", "p", "span", "table", "ul", "script", "style", "head")
# Class, id and type names under which content systems put captions and other stories inside the body.
_ASIDE = re.compile(
    r"caption|related|relate-news|lien-?quan|tin-?khac|cung-?chuyen-?muc|\bcomments?\b|binh-?luan|\bshar(?:e|ing)\b"
    r"|social-(?:share|network|link)|breadcrumb|most-?read|doc-?nhieu|box-?tags?|tags?-?list"
    r"|newsletter|subscri|sign-?up|\bpoll|tham-?do|binh-?chon|donat|next-?(?:post|article)",
    re.IGNORECASE,
)
_BOXES = ("div", "p", "aside", "section", "blockquote", "table")
_BOX_LIMIT = 500  # characters
_CAPTION = re.compile(r"(?:img|image|photo|pic)[-_]?(?:desc|note|title|text)|chu-?thich", re.IGNORECASE)
_CAPTION_LIMIT = 420  # characters; photo essays write long ones
_SEE_ALSO = re.compile(r"(?:xem them|doc them|moi xem|(?:tin |bai |bai viet )lien quan)")
_ASIDE_SHARE = 0.3  # of the page's characters; a larger element is the page itself under an odd name
_STORY_SHARE = 0.8  # of the main text in one element: the story's own
_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
_SIGNS = re.compile(r"[\W_]+")
_MATCH = 20  # letters and digits; a shorter line may stand by chance inside the main text
_TITLE_WITHIN = 10  # lines of the story
_LEAD = 60  # characters of a sentence between title and story
_LEAD_MATCH = 40  # characters of the description with which a lead outside the body begins


def read_html(text: str, source: str, address: str, saved_from: str | None = None) -> tuple[Article, str]:
    """Article of a web page, and the old encoding that its letters were in, if any.

    Its text is empty when the page holds none. ``saved_from`` is its URL where that is known besides the page and
    ``address``. ``text`` need not be in normal form. Raises ReadError for half a page.
    """
    import trafilatura

    if _is_cut_short(text):
        raise ReadError("the page breaks off in the middle: save it again")
    text = _XML_DECLARATION.sub("", text)
    tree = trafilatura.load_html(text if "<html" in text.lower() else f"<html><body>{text}</body></html>")
    if tree is None:
        raise ReadError("it is not HTML: save the page again, or as .txt")
    encoding = _convert_glyphs(tree)
    metadata = read_metadata(tree, saved_from or (address if _WEB.match(address) else None))
    drop_unseen(tree)
    write_marks(tree)
    flatten_layout_tables(tree)
    shown = blocks(tree)
    page = [block.text for block in shown]
    _prune(tree)
    main = trafilatura.extract(deepcopy(tree), output_format="txt", include_comments=False) or ""
    title, place = _title(metadata, shown, tree)
    story = _with_lead(_story(blocks(tree), main, title), page, metadata.description)
    if title in story[:_TITLE_WITHIN]:
        place_in_story = story.index(title)
        if tells_before(story[:place_in_story]):  # it heads a part
            headline = find_headline(story[:place_in_story])
            title, story = (title, story) if headline is None else (story[headline], story[headline + 1 :])
        else:
            story = story[place_in_story + 1 :]
    body = clean(story, title)
    kept = set(body.split("\n"))
    around = (line for line in page if line not in kept)
    published = metadata.published or _printed_date(page, place)
    updated = metadata.updated or updated_on(page, published)
    article = Article(
        source=source,
        address=address,
        title=title or title_from(body),
        text=body,
        publisher=metadata.publisher or site_in_title(tree, title) or publisher_of(around, body.split("\n", 1)[0]),
        url=metadata.url,
        published=published,
        author=metadata.author or author_in(line for line in page if line not in kept),
        updated=updated if updated and (published is None or updated > published) else None,
    )
    return article, encoding


def _convert_glyphs(tree: Any) -> str:
    """Text in the letters of an old Vietnamese font, converted in place; the name of its encoding, or ""."""
    shown = [e for e in tree.iter() if isinstance(e.tag, str) and e.tag not in ("script", "style")]
    if (way := legacy_of("\n".join(part for e in shown for part in (e.text, e.tail) if part))) is None:
        return ""
    convert = converter(way)
    for element in shown:
        if element.text:
            element.text = convert(element.text)
        if element.tail:
            element.tail = convert(element.tail)
        for name in ("content", "alt") if element.tag == "meta" else ():
            if value := element.get(name):
                element.set(name, convert(value))
    return way.value


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
        opened, closed = len(re.findall(rf"<{name}\b", lowered)), lowered.count(f"</{name}>")
        if opened > closed and (name != "p" or closed):
            return True
    return False


def _prune(tree: Any) -> None:
    """Takes captions and boxes of other stories out of the page before its main text is looked for."""
    whole = len(tree.text_content())
    for element in [e for e in tree.iter() if isinstance(e.tag, str) and _is_aside(e)]:
        if element.getparent() is not None and len(element.text_content()) <= _ASIDE_SHARE * whole:
            element.drop_tree()
    for element in [e for e in tree.iter(*_BOXES) if _tells_of_another(e) or _asks(e, whole) or _is_caption(e)]:
        if element.getparent() is not None:
            element.drop_tree()


def _tells_of_another(element: Any) -> bool:
    """A box dropped into the story: "Xem thêm" and a link, with or without a summary of what it leads to."""
    words = squeeze(element.text_content())
    return (
        len(words) <= _BOX_LIMIT
        and _SEE_ALSO.match(fold(words)) is not None
        and next(element.iterdescendants("a"), None) is not None
    )


def _asks(element: Any, whole: int) -> bool:
    """A box with fields to fill in: a poll, a sign-up, a search."""
    fields = element.iterdescendants("input", "textarea", "select")
    shown = (field for field in fields if field.get("type") != "hidden")
    return len(element.text_content()) <= min(_BOX_LIMIT, _ASIDE_SHARE * whole) and next(shown, None) is not None


def _is_caption(element: Any) -> bool:
    """What follows a picture and is named a caption, or is an open line in italics."""
    above = element.getprevious()
    if above is None or above.text_content().strip() or next(above.iter("img", "picture", "amp-img"), None) is None:
        return False
    words = squeeze(element.text_content())
    slanted = squeeze("".join(e.text_content() for e in element.iterchildren("em", "i")))
    named = _CAPTION.search(element.get("class") or "") is not None
    return 0 < len(words) <= _CAPTION_LIMIT and (named or (slanted == words and not is_sentence(words)))


def _is_aside(element: Any) -> bool:
    if element.tag in ("figcaption", "nav"):
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('type') or ''}"
    return element.tag not in ("html", "body", "article", "main", "head") and _ASIDE.search(names) is not None


def _story(page: Sequence[Block], main: str, title: str) -> list[str]:
    """Lines of the page from the first one of the main text to the end of the element that holds nearly all of it.

    Trafilatura finds the story but loses some of its lines (text beside <br>, boxes, heads of tables), so that they are
    taken from the page itself; only lists of links that it left out stay out. A lead between the title and them is theirs.
    """
    whole = _SIGNS.sub("", main.lower())
    exact = {_SIGNS.sub("", line.lower()) for line in main.split("\n")}
    keys = [_SIGNS.sub("", block.text.lower()) for block in page]
    found = [key in exact or (len(key) >= _MATCH and key in whole) for key in keys]
    if not any(found):
        return [block.text for block in page]
    sizes: Counter[Any] = Counter()
    for block, key, is_main in zip(page, keys, found, strict=True):
        if is_main:
            for element in (block.element, *block.element.iterancestors()):
                sizes[element] += len(key)
    enough = _STORY_SHARE * max(sizes.values())
    holder = max((e for e, size in sizes.items() if size >= enough), key=lambda e: sum(1 for _ in e.iterancestors()))
    first = found.index(True)
    last = max(i for i, block in enumerate(page) if found[i] or _within(block.element, holder))
    headline = fold(title)
    above = next((i for i in reversed(range(first)) if fold(page[i].text) == headline), first)
    lead = [b.text for b in page[above + 1 : first] if not b.linked and is_sentence(b.text) and len(b.text) >= _LEAD]
    return lead + [
        b.text for b, is_main in zip(page[first : last + 1], found[first:], strict=False) if is_main or not b.linked
    ]


def _within(element: Any, holder: Any) -> bool:
    return element is holder or any(ancestor is holder for ancestor in element.iterancestors())


def _with_lead(lines: list[str], page: list[str], description: str) -> list[str]:
    """Puts the lead back where the page keeps it outside the body; the description begins with its words."""
    start = fold(description[:_LEAD_MATCH])
    if len(start) < _LEAD_MATCH or any(start in fold(line) for line in lines):
        return lines
    lead = next((line for line in page if fold(line).startswith(start) and len(line) > len(start)), None)
    return [lead, *lines] if lead else lines


def _title(metadata: PageMetadata, page: Sequence[Block], tree: Any) -> tuple[str, int | None]:
    """The title and its place among the lines of the page.

    Without a heading of its own, a page whose declared title stands nowhere in it declares the site's: the headline is
    then looked for as in plain text.
    """
    declared = fold(metadata.title)
    place = next((i for i, block in enumerate(page) if fold(block.text) == declared), None)
    if metadata.title and (place is not None or next(tree.iter("h1"), None) is not None):
        return metadata.title, place
    headings = {i for i, block in enumerate(page) if _is_heading(block.element)}
    place = find_headline([block.text for block in page], headings)
    return (metadata.title, None) if place is None else (page[place].text, place)


def _is_heading(element: Any) -> bool:
    return element.tag in _HEADINGS or any(parent.tag in _HEADINGS for parent in element.iterancestors())


def _printed_date(page: Sequence[str], title: int | None) -> date | None:
    if title is None:
        return None
    return published_on(page, title, title + 1 + end_of_article(page[title + 1 :]))
