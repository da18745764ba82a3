"""From the lines of a document to its article, for readers whose format knows no page around the story."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import islice, pairwise

from ingest.clean import clean, end_of_article
from ingest.furniture import is_document_number, is_list_item, is_sentence, is_table_row
from ingest.readers.authors import author_in
from ingest.readers.headline import find_headline, tells_before, title_from
from ingest.readers.publisher import publisher_of
from ingest.stamps import published_on, read_date, updated_on
from retrieval.lexicon.documents import find_document_numbers
from retrieval.text import fold
from retrieval.types import Article

_DATELINE = re.compile(r"[^\W\d_][^\d,]{1,40}, ngày \d{1,2} tháng \d{1,2} năm \d{4}$")
_DATELINE_WITHIN = 12  # lines of an official document's head
_ISSUED = re.compile(r"(?:phát hành|[^\W\d_], )(?:ngày )?\d{1,2}(?:/| tháng )", re.IGNORECASE)
_HEAD_WITHIN, _HEAD_LONGEST = 5, 160  # lines under a headline, and characters of one


def article_of(lines: Sequence[str], title: str, source: str, address: str, *, official: bool = False) -> Article:
    """Article of lines of text; ``title`` is what the format says, "" when it says nothing.

    ``official``: the document's number above the title is kept, as it stands in paper files.
    """
    place = next((i for i, line in enumerate(lines) if title and fold(line) == fold(title)), None)
    if place is not None and tells_before(lines[:place]):
        place, title = None, ""
    if place is None and not title:
        place = find_headline(lines)
    headline = title or ("" if place is None else lines[place])
    start = 0 if place is None else place + 1
    head = [cell.strip() for line in lines[:start] for cell in line.split(" | ")] if official else []
    number = [cell for cell in head if is_document_number(cell)]
    body = clean([*number, *lines[start:]], headline)
    story = set(body.split("\n"))
    ends = start + end_of_article(lines[start:])
    published = published_on(lines, start - 1, ends) or _dateline(lines) or _day_in_head(lines[start:ends])
    return Article(
        source=source,
        address=address,
        title=headline or title_from(body),
        text=body,
        publisher=publisher_of((line for line in lines if line not in story), body.split("\n", 1)[0]),
        published=published,
        author=author_in(line for line in lines[:ends] if line not in story),
        updated=updated_on(lines[:ends], published),
    )


def _day_in_head(below: Sequence[str]) -> date | None:
    """The first date between a headline and the first sentence, in whatever words: "Bài và ảnh: Lò Thanh Mai – 26/5/2024". A
    line with the number of a document tells of that."""
    head = list(islice(filter(None, below), _HEAD_WITHIN + 1))
    for line, next_line in pairwise(head):
        in_table = is_table_row(line) and is_table_row(next_line)
        if is_sentence(line) or in_table or is_list_item(line) or len(line) > _HEAD_LONGEST:
            return None
        if (day := read_date(line)) and (not find_document_numbers(line) or _ISSUED.search(line)):
            return day
    return None


def _dateline(lines: Sequence[str]) -> date | None:
    for line in lines[:_DATELINE_WITHIN]:
        for cell in line.split(" | "):
            if _DATELINE.fullmatch(cell.strip()):
                return read_date(cell)
    return None
