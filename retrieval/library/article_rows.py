"""Rows of articles and chunks. Each function takes a connection and leaves transactions to its caller."""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

import numpy as np

from retrieval.lexicon.provinces import find_provinces
from retrieval.library.records import Hit, Standing, Stats, StoredArticle, StoredChunk
from retrieval.library.words import COLUMNS, indexed
from retrieval.types import Article, Chunk, Vectors

WORD_WEIGHTS = (2.0, 2.0, 1.0)
"""bm25 weights of accented, folded, pairs: flat near the best on XQuAD-vi (benchmarks/search.py)."""


# --- what an article is known by -----------------------------------------------------------------------------------


def text_hash(article: Article) -> str:
    return _digest(article.text)


def article_hash(article: Article) -> str:
    """Changes with anything that an answer shows or a search filters by."""
    published = article.published.isoformat() if article.published else ""
    fields = (article.text, article.title, article.publisher or "", article.url or "", published, *article.provinces)
    return _digest("\x1f".join(fields))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def standing(connection: sqlite3.Connection, article: Article) -> Standing:
    row = connection.execute("SELECT hash FROM articles WHERE address = ?", (article.address,)).fetchone()
    if row is not None:
        return Standing.UNCHANGED if row[0] == article_hash(article) else Standing.CHANGED
    same_text = "SELECT 1 FROM articles WHERE text_hash = ?"
    return Standing.DUPLICATE if connection.execute(same_text, (text_hash(article),)).fetchone() else Standing.NEW


# --- writing -------------------------------------------------------------------------------------------------------


def reserve_chunk_ids(connection: sqlite3.Connection, count: int) -> range:
    """Ids never handed out before, doomed until their article is live."""
    (value,) = connection.execute("SELECT value FROM manifest WHERE key = 'next_chunk_id'").fetchone()
    ids = range(int(value), int(value) + count)
    connection.execute("UPDATE manifest SET value = ? WHERE key = 'next_chunk_id'", (str(ids.stop),))
    doom(connection, ids)
    return ids


def doom(connection: sqlite3.Connection, chunk_ids: Iterable[int]) -> None:
    connection.executemany("INSERT INTO doomed_vectors VALUES (?)", ((id_,) for id_ in chunk_ids))


def spare(connection: sqlite3.Connection, chunk_ids: Iterable[int]) -> None:
    connection.executemany("DELETE FROM doomed_vectors WHERE chunk_id = ?", ((id_,) for id_ in chunk_ids))


def doomed(connection: sqlite3.Connection) -> list[int]:
    return [row[0] for row in connection.execute("SELECT chunk_id FROM doomed_vectors")]


def insert(
    connection: sqlite3.Connection, article: Article, chunks: Sequence[Chunk], chunk_ids: range, vectors: Vectors
) -> int:
    """Adds an article whose address is free. Returns its id."""
    cursor = connection.execute(
        "INSERT INTO articles (address, source, title, publisher, url, published, text_hash, hash, ingested_at, text)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            article.address,
            article.source,
            article.title,
            article.publisher,
            article.url,
            article.published.isoformat() if article.published else None,
            text_hash(article),
            article_hash(article),
            datetime.now(UTC).isoformat(timespec="seconds"),
            article.text,
        ),
    )
    article_id = cursor.lastrowid
    assert article_id is not None  # SQLite sets it after every insert
    connection.executemany(
        "INSERT INTO article_provinces VALUES (?, ?, ?)",
        ((article_id, position, province) for position, province in enumerate(article.provinces)),
    )
    rows = list(zip(chunk_ids, chunks, strict=True))
    connection.executemany(
        "INSERT INTO chunks VALUES (?, ?, ?, ?)", ((id_, article_id, chunk.start, chunk.end) for id_, chunk in rows)
    )
    connection.executemany(
        "INSERT INTO chunk_vectors VALUES (?, ?)",
        ((id_, vector.astype("<f4").tobytes()) for id_, vector in zip(chunk_ids, vectors, strict=True)),
    )
    connection.executemany(
        "INSERT INTO chunk_provinces VALUES (?, ?)",
        ((id_, province) for id_, chunk in rows for province in _relevant_provinces(article, chunk)),
    )
    connection.executemany(
        f"INSERT INTO chunk_words (rowid, {', '.join(COLUMNS)}) VALUES (?, ?, ?, ?)",
        ((id_, *indexed(chunk.text)) for id_, chunk in rows),
    )
    return article_id


def _relevant_provinces(article: Article, chunk: Chunk) -> list[str]:
    """Those that the article is about, and those that the chunk names."""
    return list(dict.fromkeys([*article.provinces, *(mention.name for mention in find_provinces(chunk.text))]))


def delete(connection: sqlite3.Connection, article_id: int) -> None:
    """Removes an article with all that hangs on it, and dooms its vectors in the index."""
    rows = connection.execute("SELECT id FROM chunks WHERE article_id = ?", (article_id,)).fetchall()
    doom(connection, (id_ for (id_,) in rows))
    connection.executemany("DELETE FROM chunk_words WHERE rowid = ?", rows)
    connection.execute(
        "DELETE FROM figure_words WHERE rowid IN (SELECT id FROM figures WHERE article_id = ?)", (article_id,)
    )
    connection.execute("DELETE FROM articles WHERE id = ?", (article_id,))


# --- reading -------------------------------------------------------------------------------------------------------

_ARTICLE = (
    "SELECT id, source, address, title, text, publisher, url, published, ingested_at,"
    " (SELECT count(*) FROM chunks WHERE article_id = articles.id) FROM articles"
)


def all_articles(connection: sqlite3.Connection) -> list[StoredArticle]:
    return _articles(connection, f"{_ARTICLE} ORDER BY id")


def after(connection: sqlite3.Connection, article_id: int) -> list[StoredArticle]:
    return _articles(connection, f"{_ARTICLE} WHERE id > ? ORDER BY id", article_id)


def last_id(connection: sqlite3.Connection) -> int:
    (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM articles").fetchone()
    return int(last)
