"""What is remembered of a model's work between runs: tokens spent, by user and day, and the sentences that held.

Both lie in ``model.sqlite3`` of the data folder. Each call opens it anew: it is asked once or twice a question.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

Told = tuple[str, tuple[int, ...]]
"""A sentence with the numbers of its evidence."""

MOST_KEPT = 2000
"""Answers kept; the oldest make room."""

_TABLES = """
CREATE TABLE IF NOT EXISTS spent (
    day TEXT NOT NULL, user TEXT NOT NULL, tokens INTEGER NOT NULL, PRIMARY KEY (day, user)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS answers (id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, told TEXT NOT NULL);
"""


class Ledger:
    """Raises sqlite3.Error when the file cannot be used."""

    def __init__(self, folder: Path, tokens_per_day: int) -> None:
        self._path = folder / "model.sqlite3"
        self._tokens_per_day = tokens_per_day

    def reserve(self, user: str, tokens: int) -> bool:
        """Sets tokens aside for one question; False when they would exceed what the user may spend today."""
        today = date.today().isoformat()
        with self._open() as connection:
            connection.execute("DELETE FROM spent WHERE day < ?", (today,))
            connection.execute("INSERT OR IGNORE INTO spent VALUES (?, ?, 0)", (today, user))
            changed = connection.execute(
                "UPDATE spent SET tokens = tokens + ? WHERE day = ? AND user = ? AND tokens + ? <= ?",
                (tokens, today, user, tokens, self._tokens_per_day),
            )
            return changed.rowcount == 1

    def settle(self, user: str, reserved: int, used: int) -> None:
        """Puts what was really used in the place of what was set aside."""
        with self._open() as connection:
            connection.execute(
                "UPDATE spent SET tokens = max(0, tokens + ?) WHERE day = ? AND user = ?",
                (used - reserved, date.today().isoformat(), user),
            )

    def spent(self, user: str) -> int:
        """Tokens that a user has spent today."""
        with self._open() as connection:
            row = connection.execute(
                "SELECT tokens FROM spent WHERE day = ? AND user = ?", (date.today().isoformat(), user)
            ).fetchone()
        return int(row[0]) if row else 0

    def recall(self, key: str) -> list[Told] | None:
        """The sentences kept under a key."""
        with self._open() as connection:
            row = connection.execute("SELECT told FROM answers WHERE key = ?", (key,)).fetchone()
        return [(text, tuple(numbers)) for text, numbers in json.loads(row[0])] if row else None

    def keep(self, key: str, told: Sequence[Told]) -> None:
        with self._open() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO answers (key, told) VALUES (?, ?)", (key, json.dumps(told, ensure_ascii=False))
            )
            connection.execute("DELETE FROM answers WHERE id <= (SELECT max(id) FROM answers) - ?", (MOST_KEPT,))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        connection = sqlite3.connect(self._path, timeout=5)
        try:
            connection.executescript(_TABLES)
            with connection:
                yield connection
        finally:
            connection.close()
