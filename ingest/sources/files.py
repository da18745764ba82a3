"""Files and folders on disk."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from ingest.sources.contents import ENDINGS, OLD_OFFICE, RECORDS, TABLES, check_ending, check_size, documents
from ingest.sources.contents import is_wanted as is_wanted_with
from ingest.sources.raw import Kind, RawDocument, Unreadable
from retrieval.errors import ReadError

_ENDINGS = ", ".join(ENDINGS)


def find_files(paths: Iterable[str | Path]) -> Iterator[RawDocument | Unreadable]:
    """Articles of files and folders in a fixed order, each file once, read when it is asked for.

    A folder is walked whole, without hidden files and folders, links to folders, READMEs, CSV or Excel files that are no
    tables of figures, and .jsonl files that are not of articles. ``source`` is the path as given (below a folder: the folder as given and the path within it), ``address``
    the absolute path. A table of figures gives a document for each page that it was read from.
    """
    seen: set[str] = set()
    for given in paths:
        path = Path(given)
        found = _walk(path) if path.is_dir() else iter([path])
        empty = True
        for file in found:
            empty = False
            if isinstance(file, Unreadable):
                yield file
            elif (address := str(file.absolute().resolve())) not in seen:
                seen.add(address)
                yield from (d for d in _read(file, address) if _is_first(d, seen))
        if empty:
            yield _unread(path, f"The folder {path} holds no articles: put {_ENDINGS} files there.")


def _is_first(document: RawDocument | Unreadable, seen: set[str]) -> bool:
    """False for a page that an earlier table gave."""
    if isinstance(document, Unreadable) or document.kind is not Kind.FIGURES:
        return True
    again = document.address in seen
    seen.add(document.address)
    return not again


def _walk(folder: Path) -> Iterator[Path | Unreadable]:
    refused: list[Unreadable] = []

    def refuse(error: OSError) -> None:
        place = error.filename or folder
        refused.append(_unread(place, f"Cannot open the folder {place} ({error.strerror}): check its permissions."))

    for parent, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if is_wanted(Path(parent) / name):
                yield Path(parent) / name
    yield from refused


def is_wanted(path: Path) -> bool:
    """Whether a file of a folder is to be read. A README speaks of the folder; it is no article."""
    if path.name.startswith(".") or path.stem.lower() == "readme":
        return False
    ending = path.suffix.lower()
    if ending not in (*TABLES, RECORDS):
        return ending in ENDINGS or ending in OLD_OFFICE  # of which it is told how to save them
    try:
        return is_wanted_with(path.name, _bytes_of(path))
    except ReadError:
        return ending == RECORDS  # too large, or not to be opened: that is to be told


def _read(path: Path, address: str) -> Iterator[RawDocument | Unreadable]:
    try:
        data = _bytes_of(path)
        beside = _tables_beside(path) if path.suffix.lower() in TABLES else {}
    except ReadError as error:
        yield Unreadable(str(path), str(error))
    else:
        yield from documents(str(path), address, data, beside)


def _tables_beside(path: Path) -> dict[str, bytes]:
    others = (p for p in sorted(path.parent.iterdir()) if p.suffix.lower() in TABLES and not p.samefile(path))
    return {str(p): p.read_bytes() for p in others if is_wanted(p)}


def _bytes_of(path: Path) -> bytes:
    if not path.exists():
        raise ReadError(f"There is no file or folder {path}: check the path.")
    check_ending(str(path))  # a wrong ending is told before the content is looked at
    if not path.is_file():
        raise ReadError(f"{path} is not a regular file: give a file or a folder of {_ENDINGS} files.")
    try:
        check_size(str(path), path.stat().st_size)
        return path.read_bytes()
    except OSError as error:
        raise ReadError(f"Cannot open {path} ({error.strerror}): check its permissions.") from error


def _unread(source: str | Path, message: str) -> Unreadable:
    return Unreadable(str(source), message)
