"""Raw scraped pages: lines of text with the page's menus, captions and footers still among them."""

from collections.abc import Sequence
from itertools import pairwise

from ingest.clean import clean, end_of_article, squeeze
from ingest.furniture import is_list_item, is_sentence
from ingest.readers.headline import find_headline, title_from
from ingest.readers.publisher import publisher_of
from ingest.stamps import published_on
from retrieval.types import Article

_WRAP_SHORTEST, _WRAP_LONGEST = 50, 115  # characters of a line that an editor or a mailer broke
_WRAP_SHARE = 0.6


def read_text(text: str, source: str, address: str) -> Article:
    """Article of a scraped page. Its text is empty when the page holds no story; the caller refuses that."""
    lines = _unwrapped([squeeze(line) for line in text.split("\n")])
    title = find_headline(lines)
    start = 0 if title is None else title + 1
    headline = "" if title is None else lines[title]
    body = clean(lines[start:], headline)
    story = set(body.split("\n"))
    return Article(
        source=source,
        address=address,
        title=headline or title_from(body),
        text=body,
        publisher=publisher_of((line for line in lines if line not in story), body.split("\n", 1)[0]),
        published=published_on(lines, start - 1, start + end_of_article(lines[start:])),
    )


def _unwrapped(lines: Sequence[str]) -> list[str]:
    """Lines with the breaks taken out that fall inside sentences.

    Two signs: a line that begins in lower case goes on from the one above; and in a text broken at a fixed width, whole
    blocks between empty lines are paragraphs.
    """
    wrapped = _is_wrapped(lines)
    joined: list[str] = []
    above = ""
    for line in lines:
        continues = line[:1].islower() and not is_list_item(line) and not is_sentence(above)
        filled = wrapped and len(above) >= _WRAP_SHORTEST and not is_list_item(line)
        if joined and line and above and (continues or filled):
            joined[-1] += " " + line
        else:
            joined.append(line)
        above = line
    return joined


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Whether most lines inside blocks are about as long as each other and hardly one closes a sentence."""
    inside = [line for line, below in pairwise(lines) if line and below]
    if len(inside) < 4 or max(map(len, lines)) > _WRAP_LONGEST:
        return False
    filled = [line for line in inside if len(line) >= _WRAP_SHORTEST and not line.endswith((".", ";", ":"))]
    return len(filled) >= _WRAP_SHARE * len(inside)
