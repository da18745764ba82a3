"""Raw scraped pages: lines of text with the page's menus, captions and footers still among them."""

from collections.abc import Sequence
from itertools import pairwise

from ingest.clean import squeeze
from ingest.furniture import is_list_item, is_sentence, is_table_row
from ingest.readers.lines import article_of
from ingest.readers.plain_tables import with_tables
from retrieval.types import Article

_WRAP_SHORTEST, _WRAP_LONGEST = 50, 115  # characters of a line that an editor or a mailer broke
_WRAP_SHARE = 0.6


def read_text(text: str, source: str, address: str) -> Article:
    """Article of a scraped page. Its text is empty when the page holds no story; the caller refuses that."""
    lines = with_tables(text.split("\n"))
    return article_of(unwrapped([squeeze(line) for line in lines]), "", source, address)


def unwrapped(lines: Sequence[str]) -> list[str]:
    """Lines with the breaks taken out that fall inside sentences.

    Two signs: a line that begins in lower case goes on from the one above; and in a text broken at a fixed width, whole
    blocks between empty lines are paragraphs.
    """
    wrapped = _is_wrapped(lines)
    joined: list[str] = []
    above = ""
    for line in lines:
        is_row = is_table_row(line) or is_table_row(above)
        continues = line[:1].islower() and not is_list_item(line) and not is_sentence(above) and not is_row
        filled = wrapped and len(above) >= _WRAP_SHORTEST and not is_list_item(line) and not is_row
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
