"""One source that breaks something costs one line of the report, and none of those after it."""

from collections.abc import Iterator
from typing import TypeVar

from ingest.sources.raw import Unreadable
from retrieval.errors import ReadError, TinhSoError

T = TypeVar("T")
_LONGEST = 200  # characters of an error's own words


def isolated(source: str, found: Iterator[T]) -> Iterator[T | Unreadable]:
    """What ``found`` gives of ``source``; what it raises comes last, as Unreadable. Errors of the library go through."""
    try:
        yield from found
    except ReadError as error:
        yield Unreadable(printable(source), str(error))
    except TinhSoError:
        raise
    except Exception as error:  # whatever a file made a library of others, or us, stumble over
        yield Unreadable(printable(source), told(source, error))


def told(source: str, error: Exception) -> str:
    """A sentence for an error that nobody foresaw."""
    if isinstance(error, OSError) and error.filename is not None:
        return f"Cannot open {printable(source)} ({error.strerror or error}): check its name and its permissions."
    words = " ".join(f"{type(error).__name__}: {error}".split())[:_LONGEST]
    return printable(f"tinhso stumbled over {source} ({words}): report this with the file.")


def printable(name: str) -> str:
    """A name as it may be printed and stored: a file's need not be UTF-8."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace") if _is_escaped(name) else _whole(name)


def is_printable(name: str) -> bool:
    return printable(name) == name


def _is_escaped(name: str) -> bool:
    """Whether its odd characters are bytes that a file system gave."""
    return all(not "\ud800" <= char <= "\udfff" or "\udc80" <= char <= "\udcff" for char in name)


def _whole(name: str) -> str:
    return name.encode("utf-8", "replace").decode()
