"""Rows of articles. As in every module of rows, functions take a connection and leave transactions to their caller."""

import hashlib
import json
import sqlite3
from collections.abc import Sequence
from datetime import UTC, date, datetime

from retrieval.library.publication import Publication, is_further_source
from retrieval.library.records import Standing, Stats, StoredArticle
from retrieval.library.rows import marks
from retrieval.types import Article

# --- what an article is known by -----------------------------------------------------------------------------------


def text_hash(article: Article) -> str:
    return _digest(article.text)


def article_hash(article: Article) -> str:
    """Changes with anything that an answer shows or a search filters by. The day of update is none of these: many sites
    declare the day of the visit."""
    published = article.published.isoformat() if article.published else ""
    fields = (article.text, article.title, article.publisher or "", article.url or "", published, *article.provinces)
    return _digest("\x1f".join(fields))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def standing(connection: sqlite3.Connection, article: Article) -> Standing:
    if (known := hash_of(connection, article.address)) is not None:
        return Standing.UNCHANGED if known == article_hash(article) else Standing.CHANGED
    same_text = "SELECT address, url, publisher FROM articles WHERE text_hash = ?"
    tellers = [Publication(*row) for row in connection.execute(same_text, (text_hash(article),))]
    return Standing.NEW if not tellers or is_further_source(article, tellers) else Standing.DUPLICATE


def hash_of(connection: sqlite3.Connection, address: str) -> str | None:
    row = connection.execute("SELECT hash FROM articles WHERE address = ?", (address,)).fetchone()
    return row[0] if row else None


# --- writing -------------------------------------------------------------------------------------------------------


def insert(connection: sqlite3.Connection, article: Article, story_id: int | None) -> int:
    """Adds an article whose address is free, to a story or as the first of its own. Returns its id."""
    cursor = connection.execute(
        "INSERT INTO articles"
        " (address, source, title, publisher, url, published, author, updated, text_hash, hash, ingested_at, rendered,"
        " story_id, text)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            article.address,
            article.source,
            article.title,
            article.publisher,
            article.url,
            article.published.isoformat() if article.published else None,
            article.author,
            article.updated.isoformat() if article.updated else None,
            text_hash(article),
            article_hash(article),
            now(),
            article.rendered,
            story_id or 0,
            article.text,
        ),
    )
    article_id = cursor.lastrowid
    assert article_id is not None  # SQLite sets it after every insert
    if story_id is None:
        connection.execute("UPDATE articles SET story_id = id WHERE id = ?", (article_id,))
    connection.executemany(
        "INSERT INTO article_provinces VALUES (?, ?, ?)",
        ((article_id, position, province) for position, province in enumerate(article.provinces)),
    )
    return article_id


def move(connection: sqlite3.Connection, article_id: int, address: str, source: str) -> None:
    """Gives an article another address, which is free."""
    connection.execute("UPDATE articles SET address = ?, source = ? WHERE id = ?", (address, source, article_id))


def delete(connection: sqlite3.Connection, article_id: int) -> None:
    """Removes an article with all that hangs on it. Its chunks must be gone."""
    connection.execute("DELETE FROM articles WHERE id = ?", (article_id,))


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


# --- reading -------------------------------------------------------------------------------------------------------

_ARTICLE = (
    "SELECT id, source, address, title, text, publisher, url, published, author, updated, ingested_at, rendered,"
    " story_id, (SELECT count(*) FROM chunks WHERE article_id = articles.id) FROM articles"
)


def all_articles(connection: sqlite3.Connection) -> list[StoredArticle]:
    return _articles(connection, f"{_ARTICLE} ORDER BY id")


def newest(connection: sqlite3.Connection, offset: int, limit: int) -> list[StoredArticle]:
    """By the day they came out, the latest first; those of unknown date last."""
    return _articles(connection, f"{_ARTICLE} ORDER BY published DESC, id DESC LIMIT ? OFFSET ?", limit, offset)


def all_ids(connection: sqlite3.Connection) -> list[int]:
    return [id_ for (id_,) in connection.execute("SELECT id FROM articles ORDER BY id")]


def addresses(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """With their sources."""
    return [(address, source) for address, source in connection.execute("SELECT address, source FROM articles")]


def by_text(connection: sqlite3.Connection, article: Article) -> list[StoredArticle]:
    return _articles(connection, f"{_ARTICLE} WHERE text_hash = ? ORDER BY id", text_hash(article))


def after(connection: sqlite3.Connection, article_id: int) -> list[StoredArticle]:
    return _articles(connection, f"{_ARTICLE} WHERE id > ? ORDER BY id", article_id)


def last_id(connection: sqlite3.Connection) -> int:
    (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM articles").fetchone()
    return int(last)


def by_id(connection: sqlite3.Connection, article_id: int) -> StoredArticle | None:
    return next(iter(_articles(connection, f"{_ARTICLE} WHERE id = ?", article_id)), None)


def by_ids(connection: sqlite3.Connection, article_ids: Sequence[int]) -> list[StoredArticle]:
    return _articles(connection, f"{_ARTICLE} WHERE id IN {marks(article_ids)}", *article_ids)


def of_story(connection: sqlite3.Connection, story_id: int) -> list[StoredArticle]:
    return _articles(connection, f"{_ARTICLE} WHERE story_id = ? ORDER BY id", story_id)


def stories(connection: sqlite3.Connection, article_ids: Sequence[int]) -> dict[int, int]:
    rows = connection.execute(f"SELECT id, story_id FROM articles WHERE id IN {marks(article_ids)}", article_ids)
    return dict(rows.fetchall())


def by_address(connection: sqlite3.Connection, address: str) -> StoredArticle | None:
    return next(iter(_articles(connection, f"{_ARTICLE} WHERE address = ?", address)), None)


def tells(connection: sqlite3.Connection, url: str) -> bool:
    return bool(connection.execute("SELECT 1 FROM articles WHERE url = ? AND NOT rendered", (url,)).fetchone())


def by_source(connection: sqlite3.Connection, source: str) -> list[StoredArticle]:
    """Articles given to ingest under this name, or published at this URL."""
    return _articles(connection, f"{_ARTICLE} WHERE source = ? OR url = ? ORDER BY id", source, source)


def _articles(connection: sqlite3.Connection, select: str, *values: object) -> list[StoredArticle]:
    rows = connection.execute(select, values).fetchall()
    ids = [row[0] for row in rows]
    provinces: dict[int, list[str]] = {id_: [] for id_ in ids}
    for id_, name in connection.execute(
        "SELECT article_id, province FROM article_provinces"
        " WHERE article_id IN (SELECT value FROM json_each(?)) ORDER BY position",
        (json.dumps(ids),),  # of any length: there may be more than marks can take
    ):
        provinces[id_].append(name)
    found = []
    for row in rows:
        id_, source, address, title, text, publisher, url, published, author, updated, *kept = row
        ingested_at, rendered, story_id, chunks = kept
        article = Article(
            source=source,
            address=address,
            title=title,
            text=text,
            publisher=publisher,
            url=url,
            published=date.fromisoformat(published) if published else None,
            provinces=tuple(provinces[id_]),
            author=author,
            updated=date.fromisoformat(updated) if updated else None,
            rendered=bool(rendered),
        )
        found.append(StoredArticle(id_, article, chunks, datetime.fromisoformat(ingested_at), story_id))
    return found


def stats(connection: sqlite3.Connection) -> Stats:
    def count(table: str) -> int:
        (number,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        return int(number)

    return Stats(
        articles=count("articles"),
        chunks=count("chunks"),
        figures=count("figures"),
        provinces=dict(
            connection.execute(
                "SELECT province, count(*) AS n FROM article_provinces GROUP BY province ORDER BY n DESC, province"
            )
        ),
        years=dict(
            connection.execute("SELECT year, count(*) FROM figures WHERE year IS NOT NULL GROUP BY year ORDER BY year")
        ),
        published=dict(
            connection.execute(
                "SELECT CAST(substr(published, 1, 4) AS INTEGER) AS y, count(*) FROM articles"
                " WHERE published IS NOT NULL GROUP BY y ORDER BY y"
            )
        ),
    )
