"""One article as a JSON object: ``text`` and whatever of the other fields is known (docs/cli.md)."""

import json
from collections.abc import Mapping
from datetime import date

from ingest.clean import clean, squeeze
from ingest.readers.headline import title_from
from ingest.readers.markdown import provinces_of
from ingest.stamps import read_machine_date
from retrieval.errors import ReadError
from retrieval.text import nfc
from retrieval.types import Article


def read_record(text: str, source: str, address: str) -> Article:
    """Article of a JSON object. Raises ReadError for a field that cannot be used."""
    record: Mapping[str, object] = json.loads(text)
    title = _words(record, "title")
    body = record.get("text")
    if not isinstance(body, str) or not body.strip():
        raise ReadError('it has no "text": give the article\'s text as a string')
    kept = clean(nfc(body).split("\n"), title)
    return Article(
        source=source,
        address=address,
        title=title or title_from(kept),
        text=kept,
        publisher=_words(record, "publisher") or None,
        url=_words(record, "url") or None,
        published=_day(record, "published"),
        provinces=provinces_of(record.get("provinces")),
        author=_words(record, "author") or None,
        updated=_day(record, "updated"),
    )


def _words(record: Mapping[str, object], field: str) -> str:
    value = record.get(field)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ReadError(f'"{field}" is no string: put it in quotes')
    return squeeze(nfc(value))


def _day(record: Mapping[str, object], field: str) -> date | None:
    words = _words(record, field)
    day = read_machine_date(words) if words else None
    if words and day is None:
        raise ReadError(f'"{field}" is no date: write it as 2024-10-17, or leave it out')
    return day
