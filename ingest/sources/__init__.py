"""Where articles come from. Each source yields raw bytes with an address, or the reason why it could not."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.sources.files import find_files
from ingest.sources.given import find_local, is_url, read_list
from ingest.sources.raw import Kind, PassedOver, RawDocument, Unchanged, Unreadable, WebPage

if TYPE_CHECKING:
    from ingest.sources.web import Web

__all__ = [
    "Found",
    "Kind",
    "PassedOver",
    "RawDocument",
    "Unchanged",
    "Unreadable",
    "WebPage",
    "find",
    "find_files",
    "is_url",
    "read_list",
]


Found = RawDocument | Unreadable | Unchanged | PassedOver


def find(sources: Sequence[str | Path], open_web: Callable[[], "Web"]) -> Iterator[Found]:
    """Documents of files, folders, patterns, pages, feeds and sitemaps, in a fixed order: what is local comes first.

    The web is opened only when an address is among the sources.
    """
    yield from find_local(source for source in sources if not is_url(source))
    if urls := [str(source) for source in sources if is_url(source)]:
        yield from open_web().documents(urls)
