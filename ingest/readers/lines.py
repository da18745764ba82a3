"""From the lines of a document to its article, for readers whose format knows no page around the story."""

import re
from collections.abc import Sequence
from datetime import date

from ingest.clean import clean, end_of_article
from ingest.furniture import is_document_number
from ingest.readers.authors import author_in
from ingest.readers.headline import find_headline, tells_before, title_from
from ingest.readers.publisher import publisher_of
from ingest.stamps import published_on, read_date, updated_on
from retrieval.text import fold
from retrieval.types import Article

_DATELINE = re.compile(r"[^\W\d_][^\d,]{1,40}, ngày \d{1,2} tháng \d{1,2} năm \d{4}$")
_DATELINE_WITHIN = 12  # lines of an official document's head


def article_of(lines: Sequence[str], title: str, source: str, address: str, *, official: bool = False) -> Article:
    """Article of lines of text; ``title`` is what the format says, "" when it says nothing.

    ``official``: the line "Hà Nội, ngày 5 tháng 8 năm 2024" above the title dates the document, as it does in paper files.
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
    published = published_on(lines, start - 1, ends) or (_dateline(lines) if official else None)
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


def _dateline(lines: Sequence[str]) -> date | None:
    for line in lines[:_DATELINE_WITHIN]:
        for cell in line.split(" | "):
            if _DATELINE.fullmatch(cell.strip()):
                return read_date(cell)
    return None
