"""What a source hands to the readers."""

from dataclasses import dataclass
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
class RawDocument:
    """The bytes of one article. ``source`` is what people call it, ``address`` what makes two readings the same."""

    source: str
    address: str
    data: bytes
    kind: Kind


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A source that gave nothing. ``error`` is one line: what happened, to which file, what to do; the others go on."""

    source: str
    error: str
