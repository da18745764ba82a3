"""Who wants to hear of new articles on which province."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from bot.telegram.talks import Talk
from retrieval.lexicon.provinces import current_name


def follow(connection: sqlite3.Connection, talk: Talk, provinces: Iterable[str]) -> None:
    connection.executemany(
        "INSERT OR IGNORE INTO follows (chat_id, thread_id, user_id, province) VALUES (?, ?, ?, ?)",
        [(talk.chat_id, talk.thread_id or 0, talk.user_id, province) for province in provinces],
    )


def unfollow(connection: sqlite3.Connection, talk: Talk, provinces: Iterable[str]) -> list[str]:
    """Those of the provinces that were followed until now."""
    stopped = []
    for province in provinces:
        done = connection.execute(
            "DELETE FROM follows WHERE chat_id = ? AND thread_id = ? AND province = ?",
            (talk.chat_id, talk.thread_id or 0, province),
        )
        if done.rowcount:
            stopped.append(province)
    return stopped


def unfollow_chat(connection: sqlite3.Connection, chat_id: int) -> None:
    connection.execute("DELETE FROM follows WHERE chat_id = ?", (chat_id,))


def followed(connection: sqlite3.Connection, talk: Talk) -> list[str]:
    rows = connection.execute(
        "SELECT province FROM follows WHERE chat_id = ? AND thread_id = ? ORDER BY province",
        (talk.chat_id, talk.thread_id or 0),
    )
    return [province for (province,) in rows]


def followers(connection: sqlite3.Connection, provinces: Iterable[str]) -> dict[tuple[int, int], list[str]]:
    """(chat, topic) to the followed provinces that an article about ``provinces`` concerns.

    Who follows a province of today hears of those that were merged into it, too.
    """
    names = sorted({name for province in provinces for name in (province, current_name(province))})
    found: dict[tuple[int, int], list[str]] = {}
    rows = connection.execute(
        f"SELECT chat_id, thread_id, province FROM follows WHERE province IN ({', '.join('?' * len(names))})", names
    )
    for chat_id, thread_id, province in rows:
        found.setdefault((chat_id, thread_id), []).append(province)
    return found
