"""Files and folders on disk."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from ingest.sources.contents import ENDINGS, TABLES, check_ending, check_size, documents, passed_over_as
from ingest.sources.figure_tables import TableSet
from ingest.sources.isolation import is_printable, isolated, printable
from ingest.sources.raw import Kind, PassedOver, RawDocument, Unreadable
from retrieval.errors import ReadError

_ENDINGS = ", ".join(ENDINGS)

Found = RawDocument | Unreadable | PassedOver


def find_files(paths: Iterable[str | Path]) -> Iterator[Found]:
    """Articles of files and folders in a fixed order, each file once, read when it is asked for.

    A folder is walked whole, without hidden files and folders, links to folders and READMEs; CSV or Excel files that are
    no tables of figures, .jsonl files that are not of articles, and what has another ending are PassedOver. ``source`` is
    the path as given (below a folder: the folder as given and the path within it), ``address`` the absolute path. A table
    of figures gives a document for each page that it was read from. What one file raises is told of it; the others go on.
    """
    seen: set[str] = set()
    tables = _Folder()
    for given in paths:
        yield from isolated(str(given), _of_path(Path(given), seen, tables))


class _Folder:
    """The tables of the folder that the last file was in: they are put together, and each is read once."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._tables = TableSet((), _load)

    def of(self, path: Path) -> TableSet:
        """The tables beside ``path``, and itself, if it may be one."""
        if path.suffix.lower() in TABLES and not (path.parent == self._folder and str(path) in self._tables):
            self._folder = path.parent
            self._tables = TableSet(_tables_in(path), _load)
        return self._tables


def _load(name: str) -> bytes:
    return _bytes_of(Path(name))


def _tables_in(path: Path) -> list[str]:
    """Of the folder of ``path``, under one name each."""
    names = {os.path.realpath(path): str(path)}
    for other in sorted(path.parent.iterdir()) if path.parent.is_dir() else ():
        if other.suffix.lower() in TABLES and not is_hidden(other.name) and is_printable(other.name):
            names.setdefault(os.path.realpath(other), str(other))
    return list(names.values())


def _of_path(path: Path, seen: set[str], tables: _Folder) -> Iterator[Found]:
    if not path.is_dir():
        yield from isolated(str(path), _once(path, seen, tables))
        return
    empty = True
    for file in _walk(path):
        if isinstance(file, Unreadable):
            empty = False
            yield file
        elif kind := _passed_over_in_folder(file, tables):
            yield PassedOver(printable(str(file)), kind)
        else:
            empty = False
            yield from isolated(str(file), _once(file, seen, tables))
    if empty:
        yield _unread(path, f"The folder {path} holds no articles: put {_ENDINGS} files there.")


def _once(path: Path, seen: set[str], tables: _Folder) -> Iterator[Found]:
    if not is_printable(str(path)):
        raise ReadError(f"The name of {printable(str(path))} is not UTF-8: rename it.")
    address = os.path.realpath(path)
    if address not in seen:
        seen.add(address)
        yield from (d for d in _read(path, address, tables) if _is_first(d, seen))


def _is_first(document: Found, seen: set[str]) -> bool:
    """False for a page that an earlier table gave."""
    if not isinstance(document, RawDocument) or document.kind is not Kind.FIGURES:
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
            if not is_hidden(name):
                yield Path(parent) / name
    yield from refused


def is_hidden(name: str) -> bool:
    """A README speaks of the folder; it is no article."""
    return name.startswith(".") or Path(name).stem.lower() == "readme"


def is_wanted(path: Path) -> bool:
    """Whether a file of a folder is to be read; one that cannot be looked at is, so that this is told."""
    return not is_hidden(path.name) and not _passed_over_in_folder(path, _Folder())


def _passed_over_in_folder(path: Path, tables: _Folder) -> str:
    """What a file is that is not to be read; "" for one that is, or that cannot be looked at."""
    try:
        return passed_over_as(str(path), lambda: _bytes_of(path), tables.of(path))
    except Exception:
        return ""


def _read(path: Path, address: str, tables: _Folder) -> Iterator[Found]:
    if path.suffix.lower() in TABLES:
        yield from tables.of(path).pages(str(path), str(Path(address).parent))
    else:
        yield from documents(str(path), address, _bytes_of(path))


def _bytes_of(path: Path) -> bytes:
    """Raises ReadError."""
    try:
        if not path.exists():
            if path.is_symlink():
                raise ReadError(f"{path} is a link that leads to no file: mend or remove it.")
            raise ReadError(f"There is no file or folder {path}: check the path.")
        check_ending(str(path))  # a wrong ending is told before the content is looked at
        if not path.is_file():
            raise ReadError(f"{path} is not a regular file: give a file or a folder of {_ENDINGS} files.")
        check_size(str(path), path.stat().st_size)
        return path.read_bytes()
    except OSError as error:
        raise ReadError(f"Cannot open {path} ({error.strerror}): check its permissions.") from error


def _unread(source: str | Path, message: str) -> Unreadable:
    return Unreadable(printable(str(source)), printable(message))
