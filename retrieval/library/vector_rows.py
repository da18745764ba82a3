"""Rows of vectors: chunk ids, the vectors of live chunks, and those kept because their text may come again."""

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence

import numpy as np

from retrieval.library.rows import marks
from retrieval.types import Vectors

MOST_SPARE = 20_000
"""Vectors kept of chunks that are gone, 30 MB of them."""


def hash_of(text: str) -> bytes:
    """What a text that was embedded is known by."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:16]


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


def insert(connection: sqlite3.Connection, chunk_ids: Sequence[int], vectors: Vectors, embedded: Sequence[str]) -> None:
    """The vectors of chunks that are there already; ``embedded`` holds a text for each, or none."""
    hashes: list[bytes | None] = [hash_of(text) for text in embedded]
    hashes = hashes or [None] * len(chunk_ids)
    connection.executemany(
        "INSERT INTO chunk_vectors VALUES (?, ?, ?)",
        ((id_, v.astype("<f4").tobytes(), h) for id_, v, h in zip(chunk_ids, vectors, hashes, strict=True)),
    )


_KEEP = (
    "INSERT OR IGNORE INTO spare_vectors (embedder, text_hash, vector)"
    " SELECT manifest.value, text_hash, vector FROM chunk_vectors JOIN manifest ON manifest.key = 'embedder'"
    " WHERE text_hash IS NOT NULL"
)


def keep_spare(connection: sqlite3.Connection, article_id: int) -> None:
    """Before an article is deleted: its vectors are kept for when a text comes again, the newest ones of all."""
    connection.execute(f"{_KEEP} AND chunk_id IN (SELECT id FROM chunks WHERE article_id = ?)", (article_id,))
    _drop_oldest_spare(connection)


def keep_all_spare(connection: sqlite3.Connection) -> None:
    """The same for every article."""
    connection.execute(f"{_KEEP} ORDER BY chunk_id DESC LIMIT ?", (MOST_SPARE,))
    _drop_oldest_spare(connection)


def _drop_oldest_spare(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM spare_vectors WHERE id <= (SELECT max(id) FROM spare_vectors) - ?", (MOST_SPARE,))


def lacking(connection: sqlite3.Connection) -> list[int]:
    """Chunks whose vector is lost: never by us, but a file can be damaged."""
    select = "SELECT id FROM chunks WHERE id NOT IN (SELECT chunk_id FROM chunk_vectors) ORDER BY id"
    return [id_ for (id_,) in connection.execute(select)]


# --- reading -------------------------------------------------------------------------------------------------------


def known(connection: sqlite3.Connection, embedder: str, texts: Sequence[str]) -> dict[str, Vectors]:
    """Vectors of those of the texts that this embedder has embedded before."""
    hashes = {hash_of(text): text for text in texts}
    found: dict[str, Vectors] = {}
    selects = {
        "SELECT text_hash, vector FROM spare_vectors WHERE embedder = ? AND text_hash IN": [embedder],
        "SELECT text_hash, vector FROM chunk_vectors JOIN manifest ON manifest.key = 'embedder' AND manifest.value = ?"
        " WHERE text_hash IN": [embedder],
    }
    for select, values in selects.items():
        for hash_, blob in connection.execute(f"{select} {marks(hashes)}", (*values, *hashes)):
            found[hashes[hash_]] = np.frombuffer(blob, "<f4")
    return found


def only_within(connection: sqlite3.Connection, chunk_ids: Sequence[int], provinces: Sequence[str]) -> set[int]:
    """Those of the chunks that name one of the provinces or stand in an article about one."""
    rows = connection.execute(
        f"SELECT chunk_id FROM chunk_provinces WHERE chunk_id IN {marks(chunk_ids)} AND province IN {marks(provinces)}",
        (*chunk_ids, *provinces),
    )
    return {chunk_id for (chunk_id,) in rows}


def vectors_of(connection: sqlite3.Connection, chunk_ids: Sequence[int]) -> tuple[list[int], Vectors]:
    """Ids, of those given, that are live, and their vectors by row."""
    return _vectors(
        connection.execute(
            f"SELECT chunk_id, vector FROM chunk_vectors WHERE chunk_id IN {marks(chunk_ids)}", chunk_ids
        )
    )


def vectors_within(connection: sqlite3.Connection, provinces: Sequence[str]) -> tuple[list[int], Vectors]:
    return _vectors(
        connection.execute(
            "SELECT chunk_id, vector FROM chunk_vectors WHERE chunk_id IN"
            f" (SELECT chunk_id FROM chunk_provinces WHERE province IN {marks(provinces)})",
            provinces,
        )
    )


def vectors_after(connection: sqlite3.Connection, chunk_id: int, limit: int) -> tuple[list[int], Vectors]:
    """The next ``limit`` ids after ``chunk_id``, in order: a walk over all of them."""
    return _vectors(
        connection.execute(
            "SELECT chunk_id, vector FROM chunk_vectors WHERE chunk_id > ? ORDER BY chunk_id LIMIT ?", (chunk_id, limit)
        )
    )


def _vectors(rows: Iterable[tuple[int, bytes]]) -> tuple[list[int], Vectors]:
    ids, blobs = [], []
    for id_, blob in rows:
        ids.append(id_)
        blobs.append(blob)
    return ids, np.frombuffer(b"".join(blobs), dtype="<f4").reshape(len(ids), -1 if ids else 0)
