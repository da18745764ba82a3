"""From the lines of a page to the text of its article: captions, menus, other stories and comments stay out.

A figure under a photo or in "Tin liên quan" belongs to another story, so that those lines must go; a body sentence lost
is as bad, so that whatever is not known to be furniture stays.
"""

from collections.abc import Iterable, Iterator, Sequence

from ingest.furniture import (
    closes_article,
    credit_start,
    is_byline,
    is_contact,
    is_document_number,
    is_label,
    is_list_item,
    is_name,
    is_picture,
    is_sentence,
    is_table_row,
    opens_related,
)
from ingest.stamps import read_stamp
from retrieval.lexicon.provinces import find_provinces
from retrieval.text import sentences

_PARAGRAPH = 80  # characters of a closed line that is surely body, not a headline
_CONTACT_LINES = 4  # an address, a telephone number or two, and then the story goes on
_RELATED_LINES = 3  # headlines in a box dropped in the middle of an article
_CAPTION_LIMIT = 420  # characters; photo essays write long ones
_CAPTION_SENTENCES = 2
_CAPTION_WORDS = 10  # below a picture a shorter line may be a sub-heading
_HEADER_WORDS = 3  # "Kinh tế số", "Tin trong tỉnh": a section's name above the story
_LOST_STOP = 60  # characters; a last line this long is a sentence that lost its full stop
_REPEAT = 40  # characters; shorter lines ("Mục tiêu đến năm 2025") may head several parts


def clean(lines: Iterable[str], title: str) -> str:
    """Text of the article that ``lines`` (those below its title) hold, a paragraph a line."""
    body = [line for line in map(squeeze, lines) if line]
    body = body[: end_of_article(body)]
    body = list(_without_photos(_without_related(body)))
    body = _without_header_and_footer(body)
    return "\n".join(_without_repeats(body, title))


def squeeze(line: str) -> str:
    """One blank between words and none around."""
    return " ".join(line.split())


def end_of_article(lines: Sequence[str]) -> int:
    """Index of the line at which the page goes on to comments, other stories or its imprint; len(lines) if never.

    Before the first sentence such a label heads a box beside the title, and ends nothing.
    """
    begun = False
    for index, line in enumerate(lines):
        if begun and closes_article(line) and not (is_contact(line) and _goes_on(lines, index)):
            return index
        if begun and opens_related(line) and _box_end(lines, index) is None:
            return index
        begun = begun or _is_body(line)
    return len(lines)


def _is_body(line: str) -> bool:
    return is_sentence(line) and not is_label(line) and credit_start(line) is None and not closes_article(line)


def _box_end(lines: Sequence[str], label: int) -> int | None:
    """Where the article resumes after a box of related stories; None when it does not.

    A box in the middle holds a few headlines, then paragraphs follow each other. At the end of a page headlines and
    their summaries alternate, or the next story begins with its own date.
    """
    index = label + 1
    while index < len(lines) and not _is_body(lines[index]):
        if closes_article(lines[index]) or read_stamp(lines[index]):
            return None
        index += 1
    following = lines[index : index + 2]
    resumes = len(following) == 2 and all(_is_body(line) and len(line) >= _PARAGRAPH for line in following)
    return index if resumes and index - label - 1 <= _RELATED_LINES else None


def _goes_on(lines: Sequence[str], contact: int) -> bool:
    """Whether a paragraph follows soon: the address was one that the article gives."""
    for line in lines[contact + 1 : contact + 1 + _CONTACT_LINES]:
        if closes_article(line) and not is_contact(line):
            return False
        if _is_body(line) and len(line) >= _PARAGRAPH:
            return True
    return False


def _without_related(lines: Sequence[str]) -> Iterator[str]:
    begun, index = False, 0
    while index < len(lines):
        line = lines[index]
        if begun and opens_related(line):
            index = _box_end(lines, index) or len(lines)
            continue
        if not begun and (closes_article(line) or opens_related(line)):
            index += 1
            while index < len(lines) and not is_sentence(lines[index]):
                index += 1
            continue
        begun = begun or _is_body(line)
        yield line
        index += 1


def _without_photos(lines: Iterable[str]) -> Iterator[str]:
    """Drops pictures and their captions; a caption glued to the end of a paragraph is cut off it."""
    kept: list[str] = []
    after_picture = False
    for line in lines:
        start = credit_start(line)
        if is_picture(line):
            after_picture = True
            continue
        if start is not None:
            if not line[:start].strip(" (.-–|/") and kept and _may_be_caption(kept[-1]):
                kept.pop()  # the credit has a line of its own, below the caption
            elif rest := _before_caption(line, start):
                kept.append(rest)
        elif not (after_picture and _may_be_caption(line) and line.count(" ") + 1 >= _CAPTION_WORDS):
            kept.append(line)
        after_picture = False
    yield from kept


def _may_be_caption(line: str) -> bool:
    return not is_sentence(line) and not is_list_item(line) and not is_table_row(line)


def _before_caption(line: str, credit: int) -> str:
    """What of a line with a photo credit at its end is body: nothing, unless it is too long for a caption alone."""
    spans = sentences(line[:credit])
    if len(line) <= _CAPTION_LIMIT and len(spans) <= _CAPTION_SENTENCES:
        return ""
    return line[: spans[-2].end] if len(spans) > 1 else line[:credit].rstrip(" (-–|")


def _without_header_and_footer(lines: Sequence[str]) -> list[str]:
    first = next((index for index, line in enumerate(lines) if _is_body(line)), len(lines))
    kept = [line for line in lines[:first] if not _is_header(line)]
    kept += [line for line in lines[first:] if not _is_inserted(line)]
    return _without_footer(kept)


def _is_header(line: str) -> bool:
    """Between title and story: author, date, section. A place named there may head the first part: it stays."""
    if is_label(line) or is_byline(line) or read_stamp(line):
        return True
    if is_document_number(line):
        return False
    if is_list_item(line) or is_table_row(line) or is_sentence(line):
        return False
    return (is_name(line) or line.count(" ") < _HEADER_WORDS) and not find_provinces(line)


def _is_inserted(line: str) -> bool:
    """Inside the story: buttons, dates of update, credits. A bare date heads an entry of a timeline: it stays."""
    if is_label(line) or is_byline(line):
        return True
    stamp = read_stamp(line)
    return stamp is not None and not stamp.bare


def _without_footer(lines: list[str]) -> list[str]:
    """Cuts authors and menus after the last sentence; one long line there is a sentence that lost its full stop."""
    last = max((i for i, line in enumerate(lines) if _belongs_at_end(line)), default=-1) + 1
    tail = [line for line in lines[last:] if not is_name(line)]
    if len(tail) == 1 and len(tail[0]) >= _LOST_STOP:
        return [*lines[:last], *tail]
    return lines[:last] if last else lines


def _belongs_at_end(line: str) -> bool:
    return is_sentence(line) or is_list_item(line) or is_table_row(line)


def _without_repeats(lines: Iterable[str], title: str) -> Iterator[str]:
    """Lists and tables may say the same under two heads; a paragraph does not."""
    seen = {_key(title)}
    for line in lines:
        key = _key(line)
        if key in seen:
            continue
        if len(line) >= _REPEAT and not is_list_item(line) and not is_table_row(line):
            seen.add(key)
        yield line


def _key(line: str) -> str:
    return line.lower().rstrip(". ")
