"""What a library says about itself: the version of its tables, the embedder that made its vectors, its generation."""

import sqlite3
from pathlib import Path

from retrieval.errors import EmbedderMismatch, LibraryError
from retrieval.library import schema
from retrieval.library.files import rebuild_command, transaction


def create(connection: sqlite3.Connection, embedder: str, dimension: int) -> None:
    """Makes the tables, all or none. The caller holds the writers' lock."""
    connection.execute("PRAGMA journal_mode = WAL")  # readers go on while somebody writes
    with transaction(connection):
        for statement in filter(str.strip, schema.TABLES.split(";")):
            connection.execute(statement)
        connection.executemany(
            "INSERT INTO manifest VALUES (?, ?)",
            {
                "schema": str(schema.VERSION),
                "embedder": embedder,
                "dimension": str(dimension),
                "generation": "0",
                "next_chunk_id": "1",
            }.items(),
        )


def is_empty(connection: sqlite3.Connection) -> bool:
    """Whether nobody has made the tables yet."""
    return connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone() is None


def read(connection: sqlite3.Connection) -> dict[str, str]:
    return dict(connection.execute("SELECT key, value FROM manifest"))


def check(manifest: dict[str, str], folder: Path, embedder: str | None, dimension: int | None) -> None:
    """Raises LibraryError for tables of another version and EmbedderMismatch for vectors of another embedder."""
    if manifest["schema"] != str(schema.VERSION):
        raise LibraryError(
            f"The library in {folder} has format {manifest['schema']}, this program reads {schema.VERSION}. "
            f"Build it anew: {rebuild_command(folder)}"
        )
    ours = embedder or manifest["embedder"], str(dimension or manifest["dimension"])
    theirs = manifest["embedder"], manifest["dimension"]
    if ours != theirs:
        raise EmbedderMismatch(
            f"The library in {folder} was built with the embedder {theirs[0]} ({theirs[1]} dimensions), but "
            f"TINHSO_EMBEDDER now gives {ours[0]} ({ours[1]} dimensions): their vectors cannot be compared. "
            f"Set TINHSO_EMBEDDER back, or build the library anew: {rebuild_command(folder)}"
        )


def generation(connection: sqlite3.Connection) -> int:
    """How often the vector index has changed."""
    (value,) = connection.execute("SELECT value FROM manifest WHERE key = 'generation'").fetchone()
    return int(value)


def next_generation(connection: sqlite3.Connection) -> int:
    value = generation(connection) + 1
    connection.execute("UPDATE manifest SET value = ? WHERE key = 'generation'", (str(value),))
    return value
