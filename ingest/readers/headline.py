"""Which line of a page is the headline: the one above the story whose words the story takes up again."""

import re
from collections.abc import Collection, Sequence
from itertools import pairwise, takewhile

from ingest.furniture import (
    BODY_WORDS,
    credit_start,
    is_byline,
    is_label,
    is_list_item,
    is_picture,
    is_sentence,
    is_table_row,
)
from ingest.stamps import read_date, read_stamp
from retrieval.text import sentences, syllables

_SHORTEST, _LONGEST = 15, 220  # characters
_FEWEST_WORDS = 4
_SAMPLE = 4000  # characters of the story that are compared with the candidates
_NEAR = 3  # lines between a headline and its date or author
_BLOCK = 6  # lines under a headline without an empty one between them
_STAMP_BONUS, _REPEAT_BONUS, _HEADING_BONUS = 0.3, 0.15, 0.2
_BODY_LOSS = 0.4  # who published it stands near its date as the headline does
_LATER_LOSS = 0.06  # a lead under the headline shares as many words with the story
_BODY = re.compile(rf"(?:{BODY_WORDS})\s[^:?!.\d]+", re.IGNORECASE)
"""A line that may be the name of a body and no more."""
_TELLS = 40  # characters of a sentence; a shorter one is a motto
_CUT = 120  # characters of a title made from the first sentence


def find_headline(lines: Sequence[str], headings: Collection[int] = ()) -> int | None:
    """Index of the headline among ``lines`` (no blanks around, empty ones allowed); None when the page has none.

    ``headings`` are those that the page marks as such.
    """
    start = next((i for i, line in enumerate(lines) if _is_story(line)), len(lines))
    candidates = [i for i in range(start) if _like_headline(lines[i])]
    if not candidates:
        return None
    story = _pairs("\n".join(line for line in lines[start:] if is_sentence(line))[:_SAMPLE])

    page = "\n".join(lines).lower()

    def score(index: int) -> float:
        pairs = _pairs(lines[index])
        value = len(pairs & story) / max(len(pairs), 1) - _LATER_LOSS * candidates.index(index)
        if any(read_stamp(line) for line in lines[index + 1 : index + 1 + _NEAR]) or _heads_block(lines, index, start):
            value += _STAMP_BONUS
        if _BODY.fullmatch(lines[index]):
            value -= _BODY_LOSS
        if index in headings:
            value += _HEADING_BONUS
        if page.count(lines[index].lower()) > 1:
            value += _REPEAT_BONUS
        return value

    return max(candidates, key=score)


def tells_before(lines: Sequence[str]) -> bool:
    """Whether the story has begun in ``lines``: a heading below them is that of a part, not of all."""
    return any(_is_story(line) and len(line) >= _TELLS and read_stamp(line) is None for line in lines)


def title_from(text: str) -> str:
    """A title for a text without one: its first sentence, cut at a word."""
    spans = sentences(text)
    first = text[spans[0].start : spans[0].end] if spans else ""
    if len(first) <= _CUT:
        return first
    return first[:_CUT].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def _is_story(line: str) -> bool:
    return is_sentence(line) and not is_label(line) and credit_start(line) is None and not _is_question(line)


def _is_question(line: str) -> bool:
    """ "Vì sao … tụt hạng?": a headline closed by its mark."""
    return line.endswith(("?", "!")) and _like_headline(line)


def _heads_block(lines: Sequence[str], index: int, story: int) -> bool:
    """Whether the line begins the block, to the next empty line, that says who, where and when, with the story right below."""
    if index and lines[index - 1]:
        return False
    block = list(takewhile(bool, lines[index + 1 : index + 1 + _BLOCK]))
    below = any(lines[index + 1 + len(block) : story])
    return not below and any(read_date(line) and not is_sentence(line) for line in block)


def _like_headline(line: str) -> bool:
    return (
        _SHORTEST <= len(line) <= _LONGEST
        and line.count(" ") + 1 >= _FEWEST_WORDS
        and not line.endswith((".", ",", ";", ":", "…"))
        and not (is_label(line) or is_byline(line) or is_picture(line) or is_list_item(line) or is_table_row(line))
        and credit_start(line) is None
        and read_stamp(line) is None
    )


def _pairs(text: str) -> set[tuple[str, str]]:
    """Neighbouring syllables: single ones are too common in Vietnamese to tell stories apart."""
    words = syllables(text)
    return set(pairwise(words))
