"""Rows of chunks: where they stand in their articles, their words, and the provinces that they speak of."""

import sqlite3
from collections.abc import Sequence

from retrieval.lexicon.provinces import find_provinces
from retrieval.library import vector_rows
from retrieval.library.records import Entry, Hit, StoredChunk
from retrieval.library.rows import marks
from retrieval.library.word_rows import PROVINCE, Tally
from retrieval.library.words import COLUMNS, indexed
from retrieval.types import Article, Chunk

WORD_WEIGHTS = (2.0, 2.0, 1.0)
"""bm25 weights of accented, folded, pairs: flat near the best on XQuAD-vi (benchmarks/search.py)."""


def insert(connection: sqlite3.Connection, article_id: int, entry: Entry, chunk_ids: range, tally: Tally) -> None:
    """The words are added to ``tally``, which the caller writes."""
    connection.executemany(
        "INSERT INTO chunks VALUES (?, ?, ?, ?)",
        ((id_, article_id, chunk.start, chunk.end) for id_, chunk in zip(chunk_ids, entry.chunks, strict=True)),
    )
    provinces = [_relevant_provinces(entry.article, chunk) for chunk in entry.chunks]
    connection.executemany(
        "INSERT INTO chunk_provinces VALUES (?, ?)",
        ((id_, province) for id_, names in zip(chunk_ids, provinces, strict=True) for province in names),
    )
    texts = [indexed(chunk.text) for chunk in entry.chunks]
    connection.executemany(
        f"INSERT INTO chunk_words (rowid, {', '.join(COLUMNS)}) VALUES (?, ?, ?, ?)",
        ((id_, *text) for id_, text in zip(chunk_ids, texts, strict=True)),
    )
    tally.add("chunk", map(_counted, texts, provinces))


def _relevant_provinces(article: Article, chunk: Chunk) -> list[str]:
    """Those that the article is about, and those that the chunk names."""
    return list(dict.fromkeys([*article.provinces, *(mention.name for mention in find_provinces(chunk.text))]))


def _counted(text: tuple[str, ...], provinces: list[str]) -> dict[str, list[str]]:
    words = {column: words.split(" ") if words else [] for column, words in zip(COLUMNS, text, strict=True)}
    return words | {PROVINCE: provinces}


def delete(connection: sqlite3.Connection, article_id: int) -> None:
    """Removes the chunks of an article, keeps their vectors as spare ones and dooms them in the index."""
    vector_rows.keep_spare(connection, article_id)
    rows = connection.execute("SELECT id FROM chunks WHERE article_id = ?", (article_id,)).fetchall()
    vector_rows.doom(connection, (id_ for (id_,) in rows))
    tally = Tally()
    for (id_,) in rows:
        select = f"SELECT {', '.join(COLUMNS)} FROM chunk_words WHERE rowid = ?"
        text = connection.execute(select, (id_,)).fetchone()
        named = connection.execute("SELECT province FROM chunk_provinces WHERE chunk_id = ?", (id_,)).fetchall()
        tally.add("chunk", [_counted(text, [name for (name,) in named])])
    tally.write(connection, -1)
    connection.executemany("DELETE FROM chunk_words WHERE rowid = ?", rows)
    connection.execute("DELETE FROM chunks WHERE article_id = ?", (article_id,))


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
