"""Rows of word counts: in how many chunks or figures a word of a column stands, kept up with every change.

SQLite can count from its word index too, but reads every place where a common word stands: 10 ms a word at 100,000 chunks.
"""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from retrieval.library.rows import marks

ALL = "all"
"""The column of the empty word, which stands in every row."""
PROVINCE = "province"
"""The column of the provinces that a chunk speaks of."""


class Tally:
    """Rows that come or go together, counted before the table is told: articles share most of their words."""

    def __init__(self) -> None:
        self._counts: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)

    def add(self, kind: str, rows: Iterable[Mapping[str, Iterable[str]]]) -> None:
        """Rows of ``kind`` ("chunk" or "figure"), each given as its words by column."""
        for row in rows:
            self._counts[kind, ALL][""] += 1
            for column, words in row.items():
                self._counts[kind, column].update(set(words))

    def write(self, connection: sqlite3.Connection, by: int) -> None:
        """The rows have come (``by`` 1) or gone (-1)."""
        connection.executemany(
            "INSERT INTO word_counts VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count",
            (
                (kind, column, word, by * count)
                for (kind, column), words in sorted(self._counts.items())
                for word, count in sorted(words.items())
            ),
        )


def count(connection: sqlite3.Connection, kind: str, column: str, words: Sequence[str]) -> dict[str, int]:
    """Those in none are left out."""
    distinct = list(dict.fromkeys(words))
    select = f"SELECT word, count FROM word_counts WHERE kind = ? AND field = ? AND word IN {marks(distinct)}"
    return {word: count for word, count in connection.execute(select, (kind, column, *distinct)) if count > 0}


def count_all(connection: sqlite3.Connection, kind: str) -> int:
    return count(connection, kind, ALL, [""]).get("", 0)
