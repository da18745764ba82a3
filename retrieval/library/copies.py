"""A library copied whole while it is in use, and one library put in the place of another.

SQLite copies a database page by page in one transaction: whoever reads goes on with the old content until the new one is
there, in whatever process. The vector index is moved beside it, and marked as the database's own: killed in between,
the next reader builds it anew.
"""

import re
import shutil
import sqlite3
import time
import uuid
from contextlib import closing
from pathlib import Path

from retrieval.errors import LibraryError
from retrieval.library import manifest, vector_rows
from retrieval.library.files import DATABASE, LOCK, VECTORS, explained, locked, transaction

BOT_DATABASE = "bot.sqlite"
"""The bot's own, if it keeps one: it travels with the library."""


_MOST_TOLD = 10_000  # lines of the check: one for each row that it is mistaken in
_EMPTY_COLUMN = re.compile(r"NULL value in (?P<table>\w+)\.(?P<column>\w+)")


def copy_database(source: Path, target: Path) -> None:
    """A copy of the database as it is at one moment, in one file of its own."""
    with closing(sqlite3.connect(source)) as reader, closing(sqlite3.connect(target)) as writer:
        reader.backup(writer)
        writer.execute("PRAGMA journal_mode = DELETE")


def damage(database: Path) -> str | None:
    """What is wrong with a database's pages; None when nothing is."""
    try:
        with closing(sqlite3.connect(database)) as connection:
            told = [str(line) for (line,) in connection.execute(f"PRAGMA quick_check({_MOST_TOLD})")]
            found = [line for line in told if not _is_mistaken(connection, line)]
    except sqlite3.DatabaseError as error:
        return str(error)
    return None if found in ([], ["ok"]) else " ".join(found[0].split())


def _is_mistaken(connection: sqlite3.Connection, line: str) -> bool:
    """Whether the check reports an empty column where none is: SQLite does so of a table WITHOUT ROWID whose key passes
    over a column."""
    if (match := _EMPTY_COLUMN.fullmatch(line.strip())) is None:
        return False
    count = f'SELECT count(*) FROM "{match["table"]}" WHERE "{match["column"]}" IS NULL'
    return bool(connection.execute(count).fetchone() == (0,))


def stage(folder: Path, staging: Path, embedder: str, dimension: int) -> None:
    """Makes ``staging`` a library with the articles of the one in ``folder``, without any chunk, for that embedder."""
    shutil.rmtree(staging, ignore_errors=True)
    with explained(folder):
        staging.mkdir()
        copy_database(folder / DATABASE, staging / DATABASE)
        with closing(sqlite3.connect(staging / DATABASE, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA foreign_keys = ON")
            with transaction(connection):
                vector_rows.keep_all_spare(connection)
                for table in ("chunk_words", "chunks", "doomed_vectors", "word_counts WHERE kind = 'chunk'"):
                    connection.execute(f"DELETE FROM {table}")
                told = {"embedder": embedder, "dimension": str(dimension), "index": uuid.uuid4().hex}
                connection.executemany("UPDATE manifest SET value = ? WHERE key = ?", ((v, k) for k, v in told.items()))


def swap_in(staging: Path, folder: Path) -> None:
    """Puts the library of ``staging`` in the place of the one in ``folder``, if there is one, and removes ``staging``.

    A database that cannot be read any more is moved aside, not overwritten.
    """
    with explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with locked(folder / LOCK, exclusive=True):
            present = _generation(folder / DATABASE)
            if present is None and (folder / DATABASE).exists():
                _move_aside(folder)
            _newer_than(staging / DATABASE, present or 0)
            if (staging / VECTORS).is_dir():
                if (folder / VECTORS).exists():
                    (folder / VECTORS).rename(staging / "replaced")
                (staging / VECTORS).rename(folder / VECTORS)
            with (
                closing(sqlite3.connect(staging / DATABASE)) as new,
                closing(sqlite3.connect(folder / DATABASE)) as old,
            ):
                old.execute("PRAGMA journal_mode = WAL")
                new.backup(old)
                old.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()  # the log now holds all of it once more
        shutil.rmtree(staging, ignore_errors=True)


def _generation(database: Path) -> int | None:
    """Of a library that can be read."""
    if not database.is_file() or damage(database):
        return None
    try:
        with closing(sqlite3.connect(database)) as connection:
            return manifest.generation(connection)
    except (sqlite3.DatabaseError, TypeError, ValueError):
        return None


def _newer_than(database: Path, generation: int) -> None:
    """Gives the staged library a generation by which every open reader notices that it is another one."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection, transaction(connection):
        value = max(generation, manifest.generation(connection)) + 1
        connection.execute("UPDATE manifest SET value = ? WHERE key = 'generation'", (str(value),))


def _move_aside(folder: Path) -> None:
    aside = folder / f"damaged-{time.strftime('%Y%m%d-%H%M%S')}"
    aside.mkdir()
    for path in folder.glob(f"{DATABASE}*"):
        path.rename(aside / path.name)


def require_library(folder: Path) -> None:
    if not (folder / DATABASE).is_file():
        raise LibraryError(f"There is no library in {folder} yet. Make one: tinhso ingest data/articles")
