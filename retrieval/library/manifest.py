"""What a library says about itself: the version of its tables, the embedder that made its vectors, its generation."""

import sqlite3
import uuid
from pathlib import Path

from retrieval.errors import EmbedderMismatch, LibraryError
from retrieval.library import migration, schema
from retrieval.library.files import rebuild_command, transaction


def create(connection: sqlite3.Connection, embedder: str, dimension: int) -> None:
    """Makes the tables, all or none. The caller holds the writers' lock."""
    connection.execute("PRAGMA journal_mode = WAL")  # readers go on while somebody writes
    with transaction(connection):
        for statement in schema.statements():
            connection.execute(statement)
        connection.executemany(
            "INSERT INTO manifest VALUES (?, ?)",
            {
                "schema": str(schema.VERSION),
                "embedder": embedder,
                "dimension": str(dimension),
                "generation": "0",
                "index": uuid.uuid4().hex,
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
        way = "Bring it up to date: tinhso doctor --repair"
        if not migration.is_possible(manifest["schema"]):
            way = f"Build it anew: {rebuild_command(folder)}"
        raise LibraryError(
            f"The library in {folder} has format {manifest['schema']}, this program reads {schema.VERSION}. {way}"
        )
    ours = embedder or manifest["embedder"], str(dimension or manifest["dimension"])
    theirs = manifest["embedder"], manifest["dimension"]
    if ours != theirs:
        raise EmbedderMismatch(
            f"The library in {folder} was built with the embedder {theirs[0]} ({theirs[1]} dimensions), but "
            f"TINHSO_EMBEDDER now gives {ours[0]} ({ours[1]} dimensions): their vectors cannot be compared. "
            "Set TINHSO_EMBEDDER back, or embed the stored articles anew: tinhso reindex"
        )


def check_unchanged(connection: sqlite3.Connection, folder: Path, opened: dict[str, str]) -> None:
    """Raises EmbedderMismatch when the library was re-indexed with, or restored from, another embedder meanwhile."""
    (now,) = connection.execute("SELECT value FROM manifest WHERE key = 'embedder'").fetchone()
    if now != opened["embedder"]:
        raise EmbedderMismatch(
            f"The library in {folder} has been embedded anew with {now}, this process still uses {opened['embedder']}: "
            "set TINHSO_EMBEDDER accordingly and start it again."
        )


def generation(connection: sqlite3.Connection) -> int:
    """How often the vector index has changed."""
    (value,) = connection.execute("SELECT value FROM manifest WHERE key = 'generation'").fetchone()
    return int(value)


def index_id(connection: sqlite3.Connection) -> str:
    """What the vector index that belongs to this database is marked with."""
    (value,) = connection.execute("SELECT value FROM manifest WHERE key = 'index'").fetchone()
    return str(value)


def next_generation(connection: sqlite3.Connection) -> int:
    value = generation(connection) + 1
    connection.execute("UPDATE manifest SET value = ? WHERE key = 'generation'", (str(value),))
    return value
