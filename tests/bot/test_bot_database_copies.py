"""The bot's database in backups, with every table filled, and as earlier programs made it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.telegram.database import NAME, TABLES, open_database
from retrieval.library import Library, archive, copies
from tests.retrieval.library.samples import DIMENSION, article, put

FIRST_VERSION = TABLES.replace(
    "province TEXT NOT NULL,\n    user_id INTEGER NOT NULL,\n    PRIMARY KEY (chat_id, thread_id, province)",
    "user_id INTEGER NOT NULL,\n    province TEXT NOT NULL,\n    PRIMARY KEY (chat_id, thread_id, province)",
)
FOLLOW = "INSERT INTO follows (chat_id, thread_id, user_id, province) VALUES (1, 0, 5, 'Lai Châu')"


def fill(connection: sqlite3.Connection) -> dict[str, int]:
    """A row in every table; how many each has."""
    with connection:
        connection.execute("INSERT INTO inbox (update_id, received, body) VALUES (1, 1.0, '{}')")
        connection.execute(
            "INSERT INTO questions (chat_id, user_id, message_id, asked, question) VALUES (1, 5, 9, 1.0, 'Hỏi?')"
        )
        connection.execute("INSERT INTO votes VALUES (1, 5, 1, 1.0)")
        connection.execute(FOLLOW)
        connection.execute("INSERT INTO notices VALUES (1, 0, 3)")
        connection.execute("INSERT INTO marks VALUES ('last', 4)")
    return counts(connection)


def counts(connection: sqlite3.Connection) -> dict[str, int]:
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    return {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Library.open(tmp_path / "var", embedder="fake", dimension=DIMENSION, create=True) as library:
        put(library, article("Câu.", "/a.txt"))
    return tmp_path / "var"


def test_every_table_comes_back_from_a_backup(folder: Path, tmp_path: Path) -> None:
    with closing(open_database(folder)) as connection:
        filled = fill(connection)
    assert min(filled.values()) == 1
    assert archive.back_up(folder, tmp_path / "a.zip").bot
    archive.restore(tmp_path / "a.zip", tmp_path / "elsewhere")
    with closing(open_database(tmp_path / "elsewhere")) as connection:
        assert counts(connection) == filled


def test_a_database_of_the_first_version_is_backed_up_and_brought_up_to_date(folder: Path, tmp_path: Path) -> None:
    assert FIRST_VERSION != TABLES
    with closing(sqlite3.connect(folder / NAME)) as connection:
        connection.executescript(FIRST_VERSION)
        connection.execute("PRAGMA user_version = 1")
        connection.execute(FOLLOW)
        connection.commit()
        assert "NULL value in follows.user_id" in str(connection.execute("PRAGMA quick_check").fetchall())
    assert archive.back_up(folder, tmp_path / "a.zip").bot
    with closing(open_database(folder)) as connection:
        assert [tuple(row) for row in connection.execute("SELECT * FROM follows")] == [(1, 0, "Lai Châu", 5)]
        assert [tuple(row) for row in connection.execute("PRAGMA quick_check")] == [("ok",)]
    open_database(folder).close()


def test_true_damage_is_still_told(folder: Path) -> None:
    with closing(open_database(folder)) as connection:
        fill(connection)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert copies.damage(folder / NAME) is None
    data = bytearray((folder / NAME).read_bytes())
    data[4096 * 2 : 4096 * 3] = bytes(4096)
    (folder / NAME).write_bytes(data)
    assert copies.damage(folder / NAME)
