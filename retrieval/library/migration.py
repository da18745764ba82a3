"""An older library brought to the present format, in place: all of it or nothing."""

import re
import sqlite3
import uuid

from retrieval.library import article_rows, schema, stories, story_rows
from retrieval.library.files import transaction

OLDER = ("3", "4", "5")

_COLUMNS = (
    ("articles", "author", "TEXT"),
    ("articles", "updated", "TEXT"),
    ("articles", "rendered", "INTEGER NOT NULL DEFAULT 0"),
    ("articles", "story_id", "INTEGER NOT NULL DEFAULT 0"),
    ("chunk_vectors", "text_hash", "BLOB"),
    ("figures", "read_by", "TEXT NOT NULL DEFAULT 'rules'"),
    ("figures", "bound", "TEXT NOT NULL DEFAULT 'clause'"),
)
"""What has been added to tables since then, each where it is missing: several programs wrote format 4."""
_FILLED = (
    "UPDATE articles SET rendered = 1 WHERE source = url AND substr(address, -length(url) - 1) = '#' || url",
    "UPDATE articles SET story_id = id",
    f"INSERT INTO manifest VALUES ('index', '{uuid.UUID(int=0).hex}')",  # of no index: it is built anew, once
)
_NAME = re.compile(r"CREATE (?:VIRTUAL )?(?:TABLE|INDEX) (\w+)")


def is_possible(version: str) -> bool:
    return version in OLDER


def migrate(connection: sqlite3.Connection) -> None:
    """Adds what an older format lacks. The caller holds the writers' lock."""
    with transaction(connection):
        for table, column, declared in _COLUMNS:
            if column not in {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}:
                connection.execute(f"ALTER TABLE {table} ADD COLUMN {column} {declared}")
        there = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}
        if "word_counts" not in there:
            _count_and_gather(connection, there)
        connection.execute("UPDATE manifest SET value = ? WHERE key = 'schema'", (str(schema.VERSION),))


def _count_and_gather(connection: sqlite3.Connection, there: set[str]) -> None:
    """What format 5 added to 3 and 4: words counted as they come, and near-copies gathered into stories."""
    for statement in _FILLED:
        connection.execute(statement)
    for statement in schema.statements():
        name = _NAME.search(statement)
        if name and name[1] not in there:
            connection.execute(statement)
    for kind in ("chunk", "figure"):
        connection.execute(f"INSERT INTO word_counts SELECT '{kind}', col, term, doc FROM {kind}_vocabulary")
        connection.execute(f"INSERT INTO word_counts SELECT '{kind}', 'all', '', count(*) FROM {kind}s")
        connection.execute(f"DROP TABLE {kind}_vocabulary")
    connection.execute(
        "INSERT INTO word_counts SELECT 'chunk', 'province', province, count(*) FROM chunk_provinces GROUP BY province"
    )
    for stored in article_rows.all_articles(connection):
        bands = stories.bands(stored.article)
        story_id = story_rows.find(connection, stored.article, bands)
        story_rows.insert(connection, stored.id, bands)
        connection.execute("UPDATE articles SET story_id = ? WHERE id = ?", (story_id or stored.id, stored.id))
