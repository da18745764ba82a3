"""Sources as people give them: paths, patterns, addresses of the web, lists of these."""

import glob
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from ingest.sources.files import Found, find_files, is_wanted
from ingest.sources.isolation import isolated, printable
from ingest.sources.raw import Unreadable

_URL = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def is_url(source: str | Path) -> bool:
    """Whether ``source`` is to be fetched, or refused, as an address; a path has no "://"."""
    return isinstance(source, str) and _URL.match(source) is not None


def read_list(lines: Iterable[str]) -> list[str]:
    """The sources of a list: one a line, lines that begin with # are comments."""
    stripped = (line.strip().removeprefix("\ufeff") for line in lines)
    return [line for line in stripped if line and not line.startswith("#")]


def find_local(sources: Iterable[str | Path]) -> Iterator[Found]:
    """Articles of files, folders and patterns ("bai/**/*.html"), as ``find_files`` finds them.

    Of the files that a pattern matches those are taken that would be taken from a folder. One that is the name of a
    file, as "bai[1].txt", names this.
    """
    paths: list[str | Path] = []
    refused: list[Unreadable] = []
    for source in sources:
        for path in isolated(str(source), _matches(source)):
            (refused if isinstance(path, Unreadable) else paths).append(path)  # type: ignore[arg-type]
    yield from find_files(paths)
    yield from refused


def _matches(source: str | Path) -> Iterator[str | Path | Unreadable]:
    if not glob.has_magic(str(source)) or os.path.lexists(source):
        yield source
        return
    matches = sorted(glob.glob(str(source), recursive=True))  # noqa: PTH207 (takes absolute ones too)
    wanted = [path for path in map(Path, matches) if not path.is_dir() and is_wanted(path)]
    yield from wanted
    if not wanted:
        name = printable(str(source))
        yield Unreadable(name, f"No article matches {name}: check the pattern, and the endings.")
