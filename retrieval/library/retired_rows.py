"""Rows of retired articles: gone at their source, searched no more, kept so that they can be brought back."""

import json
import sqlite3
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from retrieval.library import article_rows, figure_rows, schema, version_rows
from retrieval.library.records import Retired, StoredArticle
from retrieval.types import Article

_COLUMNS = "address, source, reason, retired_at, article, figures"


def make(connection: sqlite3.Connection) -> None:
    """The table, where an earlier program made the library."""
    connection.execute(schema.RETIRED)


def keep(connection: sqlite3.Connection, stored: StoredArticle, reason: str) -> None:
    """Before the article is deleted."""
    make(connection)
    article = stored.article
    figures = [asdict(f) for f in figure_rows.of_article(connection, stored.id, 0, None)]
    connection.execute(
        f"INSERT OR REPLACE INTO retired_articles ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)",
        (
            article.address,
            article.source,
            reason,
            article_rows.now(),
            json.dumps(asdict(article), ensure_ascii=False, default=str),
            json.dumps(figures, ensure_ascii=False),
        ),
    )


def forget(connection: sqlite3.Connection, address: str) -> None:
    """It is back."""
    if _is_there(connection):
        connection.execute("DELETE FROM retired_articles WHERE address = ?", (address,))


def all_retired(connection: sqlite3.Connection) -> list[Retired]:
    """In the order of time."""
    return _retired(connection, "ORDER BY retired_at, address")


def find(connection: sqlite3.Connection, name: str) -> list[Retired]:
    """Those under an address, a source or a URL."""
    where = "WHERE address = ? OR source = ? OR json_extract(article, '$.url') = ?"
    return _retired(connection, where, name, name, name)


def _retired(connection: sqlite3.Connection, which: str, *values: str) -> list[Retired]:
    if not _is_there(connection):
        return []
    rows = connection.execute(f"SELECT reason, retired_at, article, figures FROM retired_articles {which}", values)
    return [
        Retired(
            _article(json.loads(article)),
            [version_rows.figure_of(fields) for fields in json.loads(figures)],
            reason,
            datetime.fromisoformat(at),
        )
        for reason, at, article, figures in rows
    ]


def _is_there(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'retired_articles'").fetchone())


def _article(fields: dict[str, Any]) -> Article:
    days = {name: date.fromisoformat(fields[name]) if fields[name] else None for name in ("published", "updated")}
    return Article(**fields | days | {"provinces": tuple(fields["provinces"])})
