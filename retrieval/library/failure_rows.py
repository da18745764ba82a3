"""Rows of failures: sources that could not be read when ingest last tried, until it can."""

import sqlite3
from collections.abc import Iterable
from datetime import datetime

from retrieval.library.article_rows import now
from retrieval.library.records import FailedSource


def remember(connection: sqlite3.Connection, failures: Iterable[tuple[str, str]]) -> None:
    connection.executemany(
        "INSERT OR REPLACE INTO failures VALUES (?, ?, ?)", ((source, error, now()) for source, error in failures)
    )


def forget(connection: sqlite3.Connection, sources: Iterable[str]) -> int:
    """How many of the sources had failed."""
    return connection.executemany("DELETE FROM failures WHERE source = ?", ((source,) for source in sources)).rowcount


def all_failures(connection: sqlite3.Connection) -> list[FailedSource]:
    """In the order of time."""
    rows = connection.execute("SELECT source, error, failed_at FROM failures ORDER BY failed_at, source")
    return [FailedSource(source, error, datetime.fromisoformat(failed_at)) for source, error, failed_at in rows]
