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
    """Changes with anything that an answer shows or a search filters by. The day of update is none of these: many sites
    declare the day of the visit."""
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
        "INSERT INTO articles"
        " (address, source, title, publisher, url, published, author, updated, text_hash, hash, ingested_at, text)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
    "SELECT id, source, address, title, text, publisher, url, published, author, updated, ingested_at,"
    " (SELECT count(*) FROM chunks WHERE article_id = articles.id) FROM articles"
)


def all_articles(connection: sqlite3.Connection) -> list[StoredArticle]:
    return _articles(connection, f"{_ARTICLE} ORDER BY id")


def newest(connection: sqlite3.Connection, offset: int, limit: int) -> list[StoredArticle]:
    """By the day they came out, the latest first; those of unknown date last."""
    return _articles(connection, f"{_ARTICLE} ORDER BY published DESC, id DESC LIMIT ? OFFSET ?", limit, offset)


def after(connection: sqlite3.Connection, article_id: int) -> list[StoredArticle]:
    return _articles(connection, f"{_ARTICLE} WHERE id > ? ORDER BY id", article_id)


def last_id(connection: sqlite3.Connection) -> int:
    (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM articles").fetchone()
    return int(last)


def by_id(connection: sqlite3.Connection, article_id: int) -> StoredArticle | None:
    return next(iter(_articles(connection, f"{_ARTICLE} WHERE id = ?", article_id)), None)


def by_ids(connection: sqlite3.Connection, article_ids: Sequence[int]) -> list[StoredArticle]:
    return _articles(connection, f"{_ARTICLE} WHERE id IN {marks(article_ids)}", *article_ids)


def by_address(connection: sqlite3.Connection, address: str) -> StoredArticle | None:
    return next(iter(_articles(connection, f"{_ARTICLE} WHERE address = ?", address)), None)


def tells(connection: sqlite3.Connection, url: str) -> bool:
    return bool(connection.execute("SELECT 1 FROM articles WHERE url = ? AND source != url", (url,)).fetchone())


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
        id_, source, address, title, text, publisher, url, published, author, updated, ingested_at, chunks = row
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
        )
        found.append(StoredArticle(id_, article, chunks, datetime.fromisoformat(ingested_at)))
    return found


def chunk_spans(connection: sqlite3.Connection, chunk_ids: Sequence[int]) -> dict[int, tuple[int, int, int]]:
    """Article id, start and end of those ids that are live."""
    rows = connection.execute(
        f'SELECT id, article_id, start, "end" FROM chunks WHERE id IN {marks(chunk_ids)}', chunk_ids
    )
    return {id_: (article_id, start, end) for id_, article_id, start, end in rows}


def chunks(connection: sqlite3.Connection, chunk_ids: Sequence[int]) -> dict[int, StoredChunk]:
    spans = chunk_spans(connection, chunk_ids)
    owners = list({article_id for article_id, _, _ in spans.values()})
    texts = dict(connection.execute(f"SELECT id, text FROM articles WHERE id IN {marks(owners)}", owners))
    return {
        id_: StoredChunk(id_, article_id, Chunk(start, end, texts[article_id][start:end]))
        for id_, (article_id, start, end) in spans.items()
        if article_id in texts
    }


def matching(connection: sqlite3.Connection, match: str, limit: int, provinces: Sequence[str]) -> list[Hit]:
    """Chunks that meet an FTS5 expression, by bm25 with its sign turned: higher is nearer."""
    weights = ", ".join(map(str, WORD_WEIGHTS))
    # EXISTS, not rowid IN: SQLite would run the whole match again for each rowid
    within = (
        "AND EXISTS (SELECT 1 FROM chunk_provinces"
        f" WHERE chunk_id = chunk_words.rowid AND province IN {marks(provinces)})"
        if provinces
        else ""
    )
    rows = connection.execute(
        f"SELECT rowid, bm25(chunk_words, {weights}) AS score FROM chunk_words"
        f" WHERE chunk_words MATCH ? {within} ORDER BY score LIMIT ?",
        (match, *provinces, limit),
    )
    return [(id_, -score) for id_, score in rows]


def count_within(connection: sqlite3.Connection, provinces: Sequence[str]) -> int:
    """How many chunks name one of the provinces or stand in an article about one."""
    (count,) = connection.execute(
        f"SELECT count(DISTINCT chunk_id) FROM chunk_provinces WHERE province IN {marks(provinces)}", provinces
    ).fetchone()
    return int(count)


def only_within(connection: sqlite3.Connection, chunk_ids: Sequence[int], provinces: Sequence[str]) -> set[int]:
    """Those of the chunks that name one of the provinces or stand in an article about one."""
    rows = connection.execute(
        f"SELECT chunk_id FROM chunk_provinces WHERE chunk_id IN {marks(chunk_ids)} AND province IN {marks(provinces)}",
        (*chunk_ids, *provinces),
    )
    return {chunk_id for (chunk_id,) in rows}


def count_vectors(connection: sqlite3.Connection) -> int:
    (count,) = connection.execute("SELECT count(*) FROM chunks").fetchone()
    return int(count)


def vectors_of(connection: sqlite3.Connection, chunk_ids: Sequence[int]) -> tuple[list[int], Vectors]:
    """Ids, of those given, that are live, and their vectors by row."""
    return _vectors(connection.execute(f"SELECT * FROM chunk_vectors WHERE chunk_id IN {marks(chunk_ids)}", chunk_ids))


def vectors_within(connection: sqlite3.Connection, provinces: Sequence[str]) -> tuple[list[int], Vectors]:
    return _vectors(
        connection.execute(
            "SELECT * FROM chunk_vectors WHERE chunk_id IN"
            f" (SELECT chunk_id FROM chunk_provinces WHERE province IN {marks(provinces)})",
            provinces,
        )
    )


def vectors_after(connection: sqlite3.Connection, chunk_id: int, limit: int) -> tuple[list[int], Vectors]:
    """The next ``limit`` ids after ``chunk_id``, in order: a walk over all of them."""
    return _vectors(
        connection.execute(
            "SELECT * FROM chunk_vectors WHERE chunk_id > ? ORDER BY chunk_id LIMIT ?", (chunk_id, limit)
        )
    )


def _vectors(rows: Iterable[tuple[int, bytes]]) -> tuple[list[int], Vectors]:
    ids, blobs = [], []
    for id_, blob in rows:
        ids.append(id_)
        blobs.append(blob)
    return ids, np.frombuffer(b"".join(blobs), dtype="<f4").reshape(len(ids), -1 if ids else 0)


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


def marks(values: Sequence[object]) -> str:
    """ "(?, ?, ?)" for an IN clause. SQLite takes 32,766 values at most."""
    return f"({', '.join('?' * len(values))})"
