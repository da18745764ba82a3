"""Rows of stories: which articles tell one, and the bands by which the next near-copy finds them."""

import sqlite3
from collections import Counter

from retrieval.library import article_rows, stories
from retrieval.library.records import StoredArticle
from retrieval.library.rows import marks
from retrieval.types import Article

MOST_COMPARED = 10
"""Candidates whose texts are compared: those that share most bands."""


def find(
    connection: sqlite3.Connection, article: Article, bands: list[int], older: StoredArticle | None = None
) -> int | None:
    """The story that an article tells: of its nearest near-copy, else of its ``older`` version; None for a new one."""
    candidates = Counter(
        id_
        for (id_,) in connection.execute(f"SELECT article_id FROM story_bands WHERE band IN {marks(bands)}", bands)
        if older is None or id_ != older.id
    )
    best, story_id = stories.ALIKE, None
    nearest = [id_ for id_, _ in candidates.most_common(MOST_COMPARED)]
    for stored in sorted(article_rows.by_ids(connection, nearest), key=lambda stored: stored.id):
        likeness = stories.likeness(article, stored.article)
        if likeness > best or (likeness == best and story_id is None):
            best, story_id = likeness, stored.story_id
    if story_id is None and older and stories.is_successor(article, older.article):
        return older.story_id
    return story_id


def insert(connection: sqlite3.Connection, article_id: int, bands: list[int]) -> None:
    connection.executemany("INSERT OR IGNORE INTO story_bands VALUES (?, ?)", ((band, article_id) for band in bands))
