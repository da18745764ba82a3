"""The bot's own file, bot.sqlite beside the library: what was asked, what was answered, who follows what."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from retrieval.errors import TinhSoError

NAME = "bot.sqlite"
VERSION = 2

# inbox: every update that Telegram has handed over. The body of one that is done is emptied; its id stays a while, so
# that Telegram's handing it over again is noticed.
# questions: one row for each message, button or command that is answered from the library. answer and next are JSON.
# update_id is kept while the update is in work: Telegram may use a number again after a week of silence.
# A row is delivered once its answer stands in the chat; message_ids are the messages that it stands in, made beforehand.
TABLES = """
CREATE TABLE inbox (
    update_id INTEGER PRIMARY KEY,
    received REAL NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    done INTEGER NOT NULL DEFAULT 0,
    body TEXT NOT NULL
);
CREATE INDEX inbox_pending ON inbox (update_id) WHERE done = 0;
CREATE TABLE questions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    update_id INTEGER UNIQUE,
    chat_id INTEGER NOT NULL,
    thread_id INTEGER,
    user_id INTEGER NOT NULL,
    message_id INTEGER NOT NULL,
    asked REAL NOT NULL,
    question TEXT NOT NULL,
    history TEXT NOT NULL DEFAULT '[]',
    message_ids TEXT NOT NULL DEFAULT '[]',
    picture INTEGER,
    standalone TEXT NOT NULL DEFAULT '',
    answered INTEGER,
    answer TEXT,
    next TEXT,
    took_ms REAL,
    delivered INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX questions_of_talk ON questions (chat_id, thread_id, user_id, id);
CREATE INDEX questions_by_user ON questions (user_id, asked);
CREATE INDEX questions_by_time ON questions (asked);
CREATE TABLE votes (
    question_id INTEGER NOT NULL REFERENCES questions ON DELETE CASCADE,
    user_id INTEGER NOT NULL,
    up INTEGER NOT NULL,
    cast_at REAL NOT NULL,
    PRIMARY KEY (question_id, user_id)
) WITHOUT ROWID;
CREATE TABLE follows (
    chat_id INTEGER NOT NULL,
    thread_id INTEGER NOT NULL DEFAULT 0,
    province TEXT NOT NULL,
    user_id INTEGER NOT NULL,
    PRIMARY KEY (chat_id, thread_id, province)
) WITHOUT ROWID;
CREATE TABLE notices (
    chat_id INTEGER NOT NULL,
    thread_id INTEGER NOT NULL DEFAULT 0,
    story_id INTEGER NOT NULL,
    PRIMARY KEY (chat_id, thread_id, story_id)
) WITHOUT ROWID;
CREATE TABLE marks (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
"""


class BotDatabaseError(TinhSoError):
    pass


def open_database(folder: Path, *, synced: bool = False) -> sqlite3.Connection:
    """The bot's database in ``folder``, made if absent. The connection is for one thread at a time.

    A commit outlives the process; one that is ``synced`` outlives the machine's power, too (0.2 ms on an idle disk,
    several times that on a busy one). Raises BotDatabaseError when the file cannot be used.
    """
    path = folder / NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA synchronous = {'FULL' if synced else 'NORMAL'}")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.row_factory = sqlite3.Row
        with transaction(connection):
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version == 0:
                for statement in TABLES.split(";"):
                    connection.execute(statement)
            elif version == 1:
                _order_columns_of_follows(connection)
            elif version != VERSION:
                raise BotDatabaseError(
                    f"{path} was made by another version of tinhso ({version}, not {VERSION}): move it away to begin anew."
                )
            connection.execute(f"PRAGMA user_version = {VERSION}")
    except (OSError, sqlite3.Error) as error:
        raise BotDatabaseError(f"Cannot use {path} ({error}): check its permissions and the free space.") from error
    return connection


def _order_columns_of_follows(connection: sqlite3.Connection) -> None:
    """Brings version 1 up to date: SQLite's quick check takes a key that passes over a column for damage."""
    connection.execute("ALTER TABLE follows RENAME TO follows_of_version_1")
    (statement,) = [s for s in TABLES.split(";") if "CREATE TABLE follows " in s]
    connection.execute(statement)
    columns = "chat_id, thread_id, province, user_id"
    connection.execute(f"INSERT INTO follows ({columns}) SELECT {columns} FROM follows_of_version_1")
    connection.execute("DROP TABLE follows_of_version_1")


def open_existing(folder: Path) -> sqlite3.Connection:
    """For those who only read. Raises BotDatabaseError where no bot has run."""
    if not (folder / NAME).is_file():
        raise BotDatabaseError(f"No bot has run on {folder} yet: start one with `tinhso serve`.")
    return open_database(folder)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of it or none."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def mark(connection: sqlite3.Connection, name: str) -> int | None:
    """A number kept under a name."""
    row = connection.execute("SELECT value FROM marks WHERE name = ?", (name,)).fetchone()
    return None if row is None else int(row[0])


def set_mark(connection: sqlite3.Connection, name: str, value: int) -> None:
    connection.execute("INSERT OR REPLACE INTO marks VALUES (?, ?)", (name, value))


def forget_person(connection: sqlite3.Connection, user_id: int) -> None:
    """Deletes all that is kept of a person, in every chat."""
    with transaction(connection):
        for table in ("votes", "questions", "follows"):
            connection.execute(f"DELETE FROM {table} WHERE user_id = ?", (user_id,))


def move_chat(connection: sqlite3.Connection, old: int, new: int) -> None:
    """A group that became a supergroup keeps its questions and what it follows."""
    with transaction(connection):
        for table in ("questions", "follows", "notices"):
            connection.execute(f"UPDATE OR REPLACE {table} SET chat_id = ? WHERE chat_id = ?", (new, old))
