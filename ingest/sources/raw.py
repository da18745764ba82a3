"""What a source hands to the readers."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """How the bytes are to be read."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    MHTML = "mhtml"
    PDF = "pdf"
    DOCX = "docx"
    RECORD = "record"  # one article as a JSON object: a line of .jsonl
    FIGURES = "figures"  # rows of a table of figures, of one page, as JSON


@dataclass(frozen=True, slots=True)
class WebPage:
    """Where a document of the web came from, and what is known of it besides its bytes.

    ``asked`` is the address that was asked for, ``url`` the one that answered, after redirects. ``charset`` is the
    server's word, ``etag`` and ``modified`` its marks of this version; ``title`` and ``published`` are those of the feed
    or sitemap that led here.
    """

    asked: str
    url: str
    charset: str | None = None
    etag: str | None = None
    modified: str | None = None
    title: str = ""
    published: date | None = None


@dataclass(frozen=True, slots=True)
class RawDocument:
    """The bytes of one article. ``source`` is what people call it, ``address`` what makes two readings the same."""

    source: str
    address: str
    data: bytes
    kind: Kind
    page: WebPage | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A source that gave nothing. ``error`` is one line: what happened, to which file, what to do; the others go on."""

    source: str
    error: str
    gone: str = ""
    """The address of a page that its server says is no more."""


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A file of a folder or an archive that is none to be read; ``kind`` says what it is ("``.pptx``", "``.csv`` of no figures")."""

    source: str
    kind: str


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A page that its server says is as it was read last. ``address`` is its article's; None: no article was made of it."""

    source: str
    address: str | None = None
