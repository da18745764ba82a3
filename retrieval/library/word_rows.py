"""Rows of word counts: in how many chunks or figures a word of a column stands, kept up with every change.

SQLite can count from its word index too, but reads every place where a common word stands: 10 ms a word at 100,000 chunks.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from retrieval.library.rows import marks

ALL = "all"
"""The column of the empty word, which stands in every row."""
PROVINCE = "province"
"""The column of the provinces that a chunk speaks of."""


def change(connection: sqlite3.Connection, kind: str, rows: Iterable[Mapping[str, Iterable[str]]], by: int) -> None:
    """Rows of ``kind`` ("chunk" or "figure") come (``by`` 1) or go (-1), each given as its words by column."""
    counts: Counter[tuple[str, str]] = Counter()
    for row in rows:
        counts[ALL, ""] += 1
        for column, words in row.items():
            counts.update((column, word) for word in set(words))
    connection.executemany(
        "INSERT INTO word_counts VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count",
        ((kind, column, word, by * count) for (column, word), count in sorted(counts.items())),
    )


def count(connection: sqlite3.Connection, kind: str, column: str, words: Sequence[str]) -> dict[str, int]:
    """Those in none are left out."""
    distinct = list(dict.fromkeys(words))
    select = f"SELECT word, count FROM word_counts WHERE kind = ? AND field = ? AND word IN {marks(distinct)}"
    return {word: count for word, count in connection.execute(select, (kind, column, *distinct)) if count > 0}


def count_all(connection: sqlite3.Connection, kind: str) -> int:
    return count(connection, kind, ALL, [""]).get("", 0)
