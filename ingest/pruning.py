"""Articles that are gone at their source: files deleted from a folder, members and lines taken out, pages answered with 404."""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from ingest.sources.given import is_url
from retrieval.library import Library

_LINE = re.compile(r"(.+\.jsonl):\d+$", re.IGNORECASE)
MOST_ASKED = 100
"""Pages that no list names any more and that are asked for in a run: the longest not asked for come first."""


@dataclass(slots=True)
class Met:
    """What a run came across: addresses of documents, failed sources, and pages that their server says are gone."""

    addresses: set[str] = field(default_factory=set)
    failed: set[str] = field(default_factory=set)
    gone: dict[str, str] = field(default_factory=dict)
    """By address, with the reason."""


@dataclass(frozen=True, slots=True)
class Held:
    """An article of the library. ``file`` is where it was read from: a file, or a folder of tables."""

    address: str
    file: str


def held_below(library: Library, source: str | Path) -> list[Held]:
    """Articles of the library that were read from the file or folder ``source``."""
    root = os.path.realpath(source)
    found = []
    for address, name in library.addresses():
        file = _file_of(address, name)
        if file and (file == root or file.startswith(root + os.sep)):
            found.append(Held(address, file))
    return found


def gone_below(held: Sequence[Held], source: str | Path, met: Met) -> Iterator[tuple[str, str]]:
    """Addresses of ``held`` that are gone, each with the reason.

    None is where the folder cannot be looked at, or is empty: a disk that is not mounted looks so.
    """
    root = Path(os.path.realpath(source))
    if not _can_be_trusted(root):
        return
    for one in held:
        if os.path.lexists(one.address) or one.address in met.addresses:
            continue
        if not os.path.lexists(one.file):
            carrier = _nearest(Path(one.file))
            if carrier.is_dir():
                yield one.address, f"{one.file} is there no more"
            elif _was_read(str(carrier), met):
                yield one.address, f"{carrier} holds it no more"
        elif _was_read(one.file, met) or (Path(one.file).is_dir() and not _failed(one.file, met)):
            yield one.address, f"{one.file} holds it no more"


def has_no_file(address: str) -> bool:
    """Whether an article's file is there no more, under that name; a member of an archive has one as long as that is there."""
    return (
        not is_url(address) and not os.path.lexists(address) and "#" not in address and _nearest(Path(address)).is_dir()
    )


def _file_of(address: str, source: str) -> str:
    """Of an article that was read from a disk; "" for one of the web."""
    if is_url(address):
        line = _LINE.match(source)
        return os.path.realpath(line[1]) if line and not is_url(source) else ""
    if os.path.lexists(address):
        return address
    heads = [address[: sign.start()] for sign in re.finditer("#", address)]
    return next((head for head in heads if os.path.lexists(head)), heads[0] if heads else address)


def _can_be_trusted(root: Path) -> bool:
    """Whether what is not to be seen there is gone."""
    if root.is_dir():
        return any(root.iterdir())
    return root.parent.is_dir() and (root.exists() or any(root.parent.iterdir()))


def _nearest(path: Path) -> Path:
    """The file or folder above ``path`` that is there."""
    while not os.path.lexists(path) and path != path.parent:
        path = path.parent
    return path


def _was_read(file: str, met: Met) -> bool:
    """Whether the run read the file, and nothing of it failed."""
    return not _failed(file, met) and any(_is_of(name, file) for name in met.addresses)


def _failed(file: str, met: Met) -> bool:
    return any(_is_of(name, file) for name in met.failed)


def _is_of(name: str, file: str) -> bool:
    return name == file or name.startswith((f"{file}{os.sep}", f"{file}:", f"{file}#"))


def unlisted(library: Library, urls: Sequence[str], met: Met) -> list[str]:
    """Addresses of the pages of the same sites as ``urls`` that the library holds and the run has not met."""
    sites = {urlsplit(url).netloc.lower() for url in urls}
    held = (address for address, _ in library.addresses() if is_url(address))
    return [a for a in held if urlsplit(a).netloc.lower() in sites and a not in met.addresses and a not in met.gone]
