"""What was fetched before: the marks by which a server tells that a page has not changed since.

A page is asked for conditionally only while the library holds the very text that was made of it, so that a restored,
emptied or half-written library never takes "not modified" for an answer. Losing this file costs only fetching anew.
"""

import hashlib
import json
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib import metadata
from pathlib import Path

from retrieval.errors import LibraryError

FILE = "visits.sqlite3"
LEFT_OUT_FOR = 24 * 3600
"""Seconds for which a page that made no article (a copy) is believed to make none. What it copied may be removed."""

_DEEPEST = 4  # lists within lists
_TABLE = """
CREATE TABLE IF NOT EXISTS visits (
    url TEXT PRIMARY KEY,
    etag TEXT,
    modified TEXT,
    address TEXT,
    text_hash TEXT,
    entries TEXT,
    at REAL NOT NULL,
    version TEXT NOT NULL
) WITHOUT ROWID
"""

TextAt = Callable[[str], str | None]
"""From an article's address to the text that the library holds of it."""


@dataclass(frozen=True, slots=True)
class _Visit:
    etag: str | None
    modified: str | None
    address: str | None
    text_hash: str | None
    entries: str | None  # of a list of pages: their addresses, as JSON
    at: float
    version: str


class Visits:
    """The file in TINHSO_DATA_DIR. Safe from several threads and processes. Raises LibraryError when it cannot be used."""

    def __init__(self, folder: Path, text_at: TextAt, *, left_out: bool = True) -> None:
        """``left_out``: pages of which no article was made are taken for known, for a while."""
        self._path, self._text_at, self._left_out = folder / FILE, text_at, left_out
        self._version = metadata.version("tinhso")  # another one may read more out of the same page
        self._lock = threading.Lock()
        with self._explained():
            self._connection = self._opened()

    def close(self) -> None:
        self._connection.close()

    def conditions(self, url: str) -> Mapping[str, str]:
        """Headers of a conditional request; none where nothing is held that "not modified" could speak of."""
        visit = self._find(url)
        if visit is None or not self._is_held(visit, _DEEPEST):
            return {}
        marks = {"If-None-Match": visit.etag, "If-Modified-Since": visit.modified}
        return {name: mark for name, mark in marks.items() if mark}

    def address(self, url: str) -> str | None:
        """Of the article that was made of the page."""
        visit = self._find(url)
        return visit.address if visit else None

    def asked_at(self, url: str) -> float:
        """When the page was last fetched or confirmed, in seconds of the epoch; 0 if never."""
        visit = self._find(url)
        return visit.at if visit else 0.0

    def is_current(self, url: str, changed: datetime) -> bool:
        """Whether what we hold of a page was fetched after its last change."""
        visit = self._find(url)
        return visit is not None and visit.at > changed.timestamp() and self._is_held(visit, _DEEPEST)

    def keep_page(self, url: str, etag: str | None, modified: str | None, address: str | None) -> None:
        """``address`` None: the page made no article."""
        text = self._text_at(address) if address else None
        if text is not None or address is None:
            self._write(url, etag, modified, address, _hash(text) if text is not None else None, None)

    def keep_listing(self, url: str, etag: str | None, modified: str | None, entries: Iterable[str]) -> None:
        self._write(url, etag, modified, None, None, json.dumps(list(entries)))

    def confirm(self, *urls: str) -> None:
        """A page is now as it was. How long one that made no article is believed does not begin anew."""
        with self._explained(), self._lock, self._connection as connection:
            update = "UPDATE visits SET at = ? WHERE url = ? AND (address IS NOT NULL OR entries IS NOT NULL)"
            connection.executemany(update, [(time.time(), url) for url in urls])

    def _is_held(self, visit: _Visit, deepest: int) -> bool:
        if visit.version != self._version:
            return False
        if visit.entries is not None:
            known = map(self._find, json.loads(visit.entries))
            return deepest > 0 and all(entry is not None and self._is_held(entry, deepest - 1) for entry in known)
        if visit.address is None:
            return self._left_out and time.time() - visit.at < LEFT_OUT_FOR
        text = self._text_at(visit.address)
        return text is not None and _hash(text) == visit.text_hash

    def _find(self, url: str) -> _Visit | None:
        select = "SELECT etag, modified, address, text_hash, entries, at, version FROM visits WHERE url = ?"
        with self._explained(), self._lock:
            row = self._connection.execute(select, (url,)).fetchone()
        return _Visit(*row) if row else None

    def _write(self, url: str, *values: str | None) -> None:
        row = (url, *values, time.time(), self._version)
        with self._explained(), self._lock, self._connection as connection:
            connection.execute(f"INSERT OR REPLACE INTO visits VALUES ({', '.join('?' * len(row))})", row)

    def _opened(self) -> sqlite3.Connection:
        """A damaged file is begun anew."""
        connection = sqlite3.connect(self._path, timeout=30, check_same_thread=False)
        try:
            connection.execute(_TABLE)
            connection.execute("SELECT * FROM visits LIMIT 1").fetchone()
        except sqlite3.OperationalError:
            connection.close()
            raise
        except sqlite3.DatabaseError:
            connection.close()
            self._path.unlink()
            connection = sqlite3.connect(self._path, timeout=30, check_same_thread=False)
            connection.execute(_TABLE)
        return connection

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise LibraryError(
                f"Cannot use {self._path} ({error}): check the space and permissions of TINHSO_DATA_DIR. "
                "The file may be deleted; pages are then fetched once more."
            ) from error


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
