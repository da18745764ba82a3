"""Rows of earlier versions: what an address said before. They are kept to be looked at, and never searched."""

import json
import sqlite3
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from retrieval.library import article_rows, figure_rows
from retrieval.library.records import StoredArticle, Version
from retrieval.types import Figure, FigureKind, Period


def keep(connection: sqlite3.Connection, older: StoredArticle) -> None:
    """Before an article is replaced: its text and figures go into the history of its address."""
    article = older.article
    connection.execute(
        "INSERT INTO article_versions (address, title, published, hash, ingested_at, replaced_at, figures, text)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            article.address,
            article.title,
            article.published.isoformat() if article.published else None,
            article_rows.article_hash(article),
            older.ingested_at.isoformat(timespec="seconds"),
            article_rows.now(),
            json.dumps([asdict(f) for f in figure_rows.of_article(connection, older.id, 0, None)], ensure_ascii=False),
            article.text,
        ),
    )


def of_address(connection: sqlite3.Connection, address: str) -> list[Version]:
    """Earlier versions, oldest first."""
    rows = connection.execute(
        "SELECT title, published, hash, ingested_at, replaced_at, figures, text FROM article_versions"
        " WHERE address = ? ORDER BY id",
        (address,),
    )
    return [
        Version(
            title,
            date.fromisoformat(published) if published else None,
            hash_,
            datetime.fromisoformat(ingested_at),
            datetime.fromisoformat(replaced_at),
            [figure_of(fields) for fields in json.loads(figures)],
            text,
        )
        for title, published, hash_, ingested_at, replaced_at, figures, text in rows
    ]


def move(connection: sqlite3.Connection, old: str, new: str) -> None:
    """The history goes along with an article to its new address."""
    connection.execute("UPDATE article_versions SET address = ? WHERE address = ?", (new, old))


def forget(connection: sqlite3.Connection, address: str) -> None:
    connection.execute("DELETE FROM article_versions WHERE address = ?", (address,))


def figure_of(fields: dict[str, Any]) -> Figure:
    """From its fields as JSON keeps them."""
    period = fields["period"]
    return Figure(**fields | {"kind": FigureKind(fields["kind"]), "period": Period(**period) if period else None})
