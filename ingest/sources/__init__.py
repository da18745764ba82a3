"""Where articles come from. Each source yields raw bytes with an address, or the reason why it could not."""

from ingest.sources.files import find_files
from ingest.sources.raw import Kind, RawDocument, Unreadable

__all__ = ["Kind", "RawDocument", "Unreadable", "find_files"]
