"""Markdown with YAML front matter: title, publisher, author, url, published, updated, provinces."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING

from ingest.clean import clean, squeeze
from ingest.furniture import is_sentence
from ingest.readers.lines import article_of
from ingest.stamps import read_date, read_machine_date
from retrieval.errors import ReadError
from retrieval.lexicon.provinces import find_provinces
from retrieval.text import nfc
from retrieval.types import Article

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token


def read_markdown(text: str, source: str, address: str) -> Article:
    """Article of a Markdown file; its marks are taken out, lists and tables kept as lines. Raises ReadError."""
    fields, body = _front_matter(text)
    tokens = _parser().parse(body)
    lines = list(_lines(tokens))
    if title := _words(fields.get("title")):
        plain = Article(source=source, address=address, title=title, text=clean(lines, title))
    else:
        plain = article_of(lines, _heading(tokens), source, address)
    return replace(
        plain,
        publisher=_words(fields.get("publisher")) or plain.publisher,
        url=_words(fields.get("url")) or None,
        published=_day(fields.get("published")) or plain.published,
        provinces=provinces_of(fields.get("provinces")),
        author=_words(fields.get("author")) or plain.author,
        updated=_day(fields.get("updated")) or plain.updated,
    )


def _heading(tokens: "Sequence[Token]") -> str:
    """The heading of the first level that opens a text, "" where none does."""
    first = next((i for i, token in enumerate(tokens) if token.type == "heading_open"), None)
    return _inline(tokens[first + 1].children or ()).strip() if first is not None and tokens[first].tag == "h1" else ""


def _front_matter(text: str) -> tuple[Mapping[str, object], str]:
    import frontmatter
    from frontmatter.default_handlers import YAMLHandler
    from yaml import YAMLError  # type: ignore[import-untyped]

    try:
        fields, body = frontmatter.parse(text.lstrip(), handler=YAMLHandler())
    except (YAMLError, ValueError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        where = f" (line {line + 1})" if line is not None else ""
        raise ReadError(
            f"its front matter is not valid YAML{where}: put values that hold ': ' or '#' in quotes"
        ) from error
    return {str(name).lower(): value for name, value in fields.items()}, body


def _words(value: object) -> str:
    return squeeze(nfc(str(value))) if value is not None else ""


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return read_machine_date(value.isoformat())
    if isinstance(value, date):
        return value
    words = _words(value)
    return read_date(words) or read_machine_date(words) if words else None


def provinces_of(value: object) -> tuple[str, ...]:
    """Canonical names in the order given; what the lexicon does not know ("Cả nước") names no province."""
    given = value if isinstance(value, (list, tuple)) else _words(value).replace(";", ",").split(",")
    found = (mention.name for item in given for mention in find_provinces(_words(item)))
    return tuple(dict.fromkeys(found))


# --- Markdown to lines -------------------------------------------------------------------------------------------


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": True}).enable("table")


def _lines(tokens: "Sequence[Token]") -> Iterator[str]:
    """Blocks as lines: a heading or paragraph each, list items with their marks, table rows as "a | b | c"."""
    marks: list[str] = []  # of the list items that the current block is the first one in
    cells: list[str] | None = None
    for token in tokens:
        if token.type == "list_item_open":
            marks.append(f"{token.info}{token.markup} " if token.info else f"{token.markup} ")
        elif token.type == "tr_open":
            cells = []
        elif token.type == "tr_close" and cells is not None:
            yield " | ".join(cells)
            cells = None
        elif token.type in ("inline", "fence", "code_block"):
            content = _inline(token.children) if token.children is not None else token.content
            if "\n" in token.content and not any(map(is_sentence, token.content.split("\n"))):
                content = _inline(token.children or (), "\n")  # who, where and when, a line each
            if cells is not None:
                cells.append(squeeze(content))
                continue
            for line in content.split("\n"):
                if line.strip():
                    yield (marks.pop() if marks else "") + line.strip()
                    marks.clear()


def _inline(children: "Sequence[Token]", soft: str = " ") -> str:
    """Words of a block. A soft break is a blank or ``soft``, a hard one a new line; pictures and HTML tags say nothing."""
    parts = []
    for token in children:
        if token.type in ("text", "code_inline"):
            parts.append(token.content)
        elif token.type == "softbreak":
            parts.append(soft)
        elif token.type == "hardbreak" or (token.type == "html_inline" and token.content.lower().startswith("<br")):
            parts.append("\n")
    return "".join(parts)
