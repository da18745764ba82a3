"""RSS and Atom: the articles that a feed names."""

import html
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urljoin

from ingest.sources.signs import possible_xml
from ingest.stamps import read_machine_date
from retrieval.errors import ReadError
from retrieval.text import nfc

_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """A page that a list names, and what the list says of it. ``changed`` is the moment of the page's last change."""

    url: str
    title: str = ""
    published: date | None = None
    changed: datetime | None = None


def read_feed(data: bytes, url: str) -> list[Entry]:
    """The entries of the feed at ``url``, in its order. One without an address has no article behind it: left out.

    Raises ReadError for a feed too damaged to give any.
    """
    import feedparser

    if b"<!ENTITY" in data:
        raise ReadError("the feed defines entities, as attacks do: it is not read")
    headers = {"content-type": "application/xml", "content-location": url}
    try:
        feed = feedparser.parse(io.BytesIO(possible_xml(data)), response_headers=headers)
    except Exception as error:  # feedparser lets whatever it stumbled over through
        raise ReadError(f"the feed is damaged ({type(error).__name__}): tell its publisher") from error
    entries = [entry for given in feed.entries if (entry := readable(_entry, given, url))]
    if not entries and (feed.bozo or feed.entries):
        raise ReadError("the feed is damaged and gives no articles: tell its publisher")
    return entries


def readable(read: Callable[[Any, str], Entry | None], given: Any, url: str) -> Entry | None:
    """One entry of a list; None for one that makes no sense: those beside it do."""
    try:
        return read(given, url)
    except (ValueError, ArithmeticError, LookupError, TypeError, AttributeError):
        return None


def _entry(given: Any, url: str) -> Entry | None:
    link = given.get("feedburner_origlink") or given.get("link")
    if not link or (link == given.get("id") and not urljoin(url, link).startswith("http")):  # "urn:uuid:..."
        return None
    stated = given.get("published") or given.get("created") or given.get("updated") or ""
    return Entry(urljoin(url, link), _plain(given.get("title", "")), read_machine_date(stated) if stated else None)


def _plain(title: str) -> str:
    """Titles may be HTML, escaped once more than they should be."""
    return nfc(" ".join(html.unescape(_TAG.sub(" ", title)).split()))
