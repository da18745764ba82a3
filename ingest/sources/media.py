"""What the bytes of an address are: a list of pages (feed, sitemap), or a document and how to read it."""

import re
import zlib
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Protocol
from urllib.parse import urlsplit

from ingest.sources.contents import ENDINGS, MAX_BYTES
from retrieval.errors import ReadError

_ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "multipart/related": ".mhtml",
    "message/rfc822": ".mhtml",
    "text/markdown": ".md",
    "text/csv": ".csv",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/jsonl": ".jsonl",
    "application/x-ndjson": ".jsonl",
    "application/zip": ".zip",
    "application/x-zip-compressed": ".zip",
}
_UNTOLD = frozenset({"", "text/plain", "application/octet-stream", "binary/octet-stream", "application/download"})
"""Types that servers give to what they do not know: the ending of the address knows better."""

_XML = frozenset({"application/xml", "text/xml", "application/rss+xml", "application/atom+xml", "application/rdf+xml"})
_GZIP = frozenset({"application/gzip", "application/x-gzip"})
_MARKS = ((b"%PDF-", ".pdf"), (b"\x1f\x8b", ".gz"))
_ROOT = re.compile(
    r"(?:\s|<\?.*?\?>|<!--.*?-->|<!doctype[^>\[]*(?:\[.*?\])?\s*>)*+<(?:\w+:)?(\w+)", re.DOTALL | re.IGNORECASE
)
_ROOT_WITHIN = 4096  # bytes


class Listing(StrEnum):
    """A document that names pages and is none itself."""

    FEED = "feed"
    SITEMAP = "sitemap"


_LISTINGS = {
    "rss": Listing.FEED,
    "feed": Listing.FEED,
    "rdf": Listing.FEED,
    "urlset": Listing.SITEMAP,
    "sitemapindex": Listing.SITEMAP,
}


def is_readable(media_type: str) -> bool:
    """Whether a body of this type is worth fetching."""
    return media_type in _ENDINGS or media_type in _UNTOLD or media_type in _XML or media_type in _GZIP


class _Plain:
    """What is not packed."""

    def decompress(self, data: bytes, most: int) -> bytes:
        return data[:most]


class _Deflate:
    """Some servers leave out the header that the standard asks for."""

    def __init__(self) -> None:
        self._unpack = zlib.decompressobj()
        self._begun = False

    def decompress(self, data: bytes, most: int) -> bytes:
        try:
            part = self._unpack.decompress(data, most)
        except zlib.error:
            if self._begun:
                raise
            self._unpack = zlib.decompressobj(-zlib.MAX_WBITS)
            part = self._unpack.decompress(data, most)
        self._begun = True
        return part


class Unpacking(Protocol):
    """Takes packed bytes as they come, and gives at most so many of what they hold. Raises zlib.error."""

    def decompress(self, data: bytes, most: int, /) -> bytes: ...


def unpacking(encoding: str) -> Unpacking:
    """Of a Content-Encoding. Raises ReadError for one that we did not ask for, or for several around each other."""
    match encoding.strip().lower():
        case "" | "identity":
            return _Plain()
        case "gzip" | "x-gzip":
            return zlib.decompressobj(wbits=31)
        case "deflate":
            return _Deflate()
    raise ReadError(f"it is packed as {encoding[:40]!r}, which nobody asked for: save the page by hand")


def unpacked(data: bytes) -> bytes:
    """``data`` without the gzip around it, if there is one ("sitemap.xml.gz"). Raises ReadError."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    unpack = zlib.decompressobj(wbits=31)
    try:
        plain = unpack.decompress(data, MAX_BYTES + 1)
    except zlib.error as error:
        raise ReadError(f"its compression is damaged ({error}): try again later") from error
    if len(plain) > MAX_BYTES:
        raise ReadError(f"unpacked it is larger than {MAX_BYTES / 1e6:.0f} MB: give the parts of it")
    if not unpack.eof:
        raise ReadError("its compression breaks off: try again later")
    return plain


def listing_of(data: bytes) -> Listing | None:
    """Told by the root element, whatever the server calls it."""
    name = _root(data)
    return _LISTINGS.get(name) if name else None


def ending_of(media_type: str, url: str, data: bytes) -> str:
    """The file ending that fits: by type, then by the address, then by content. Raises ReadError for what none fits."""
    if ending := _ENDINGS.get(media_type):
        return ending
    named = PurePosixPath(urlsplit(url).path).suffix.lower()
    if media_type in _UNTOLD and named in ENDINGS:
        return named
    if marked := next((ending for mark, ending in _MARKS if data.startswith(mark)), None):
        return marked
    if _root(data) == "html":
        return ".html"
    if media_type == "text/plain":
        return ".txt"
    raise ReadError(
        f"it is {media_type or 'of no stated type'}, and no page, document, feed or sitemap: save it by hand"
    )


def _root(data: bytes) -> str | None:
    head = data[:_ROOT_WITHIN]
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    match = _ROOT.match(head.decode(encoding, "replace"))
    return match[1].lower() if match else None
