"""The durable inbox: an update is on disk before Telegram is told that it has arrived, and stays until it is done.

The library asks Telegram for the next updates, or answers its webhook, only when ``InboxQueue.put`` has returned; that
is the acknowledgement.
"""

import asyncio
import sqlite3
import time

import structlog
from telegram import Update

from bot.telegram.database import mark, set_mark, transaction

MOST_ATTEMPTS = 50
"""Starts of work on one update. One that has ended the process that often is set aside; so many, because it need not be
the one to blame: whatever was in work when the process was killed is begun anew."""

BOT = "bot"
KEPT_DAYS = 2
"""Telegram hands an update over for at most 24 hours."""

_log = structlog.get_logger()


class Inbox:
    """``synced`` is a connection whose commits outlive a power cut: Telegram forgets an update once we have it."""

    def __init__(self, connection: sqlite3.Connection, synced: sqlite3.Connection) -> None:
        self._db = connection
        self._synced = synced

    def add(self, update: Update) -> bool:
        """Stores an update; False when it was handed over before."""
        row = (update.update_id, time.time(), update.to_json())
        added = self._synced.execute("INSERT OR IGNORE INTO inbox (update_id, received, body) VALUES (?, ?, ?)", row)
        return added.rowcount == 1

    def belong_to(self, bot_id: int) -> None:
        """Empties it of what another bot was handed: its numbers mean something else."""
        if mark(self._db, BOT) != bot_id:
            with transaction(self._db):
                self._db.execute("DELETE FROM inbox")
                self._db.execute("UPDATE questions SET update_id = NULL")
                set_mark(self._db, BOT, bot_id)

    def pending(self) -> list[str]:
        """The bodies, as JSON, of updates that are not done, oldest first."""
        return [body for (body,) in self._db.execute("SELECT body FROM inbox WHERE done = 0 ORDER BY update_id")]

    def waiting(self) -> int:
        (count,) = self._db.execute("SELECT COUNT(*) FROM inbox WHERE done = 0").fetchone()
        return int(count)

    def begin(self, update_id: int) -> bool:
        """Counts a start of work; False when the update is done, or has been begun too often."""
        self._db.execute("UPDATE inbox SET attempts = attempts + 1 WHERE update_id = ?", (update_id,))
        row = self._db.execute("SELECT attempts, done FROM inbox WHERE update_id = ?", (update_id,)).fetchone()
        if row is None or row["done"]:
            return False
        if row["attempts"] > MOST_ATTEMPTS:
            _log.error("update.set_aside", update=update_id, attempts=MOST_ATTEMPTS)
            self.done(update_id)
            return False
        return True

    def done(self, update_id: int) -> None:
        """What a person wrote is not kept here any longer."""
        with transaction(self._db):
            self._db.execute("UPDATE inbox SET done = 1, body = '' WHERE update_id = ?", (update_id,))
            self._db.execute("UPDATE questions SET update_id = NULL WHERE update_id = ?", (update_id,))

    def prune(self) -> None:
        before = time.time() - KEPT_DAYS * 86_400
        with transaction(self._db):
            self._db.execute("DELETE FROM inbox WHERE done = 1 AND received < ?", (before,))


class InboxQueue(asyncio.Queue[object]):
    """What the library takes for its queue of updates."""

    def __init__(self, inbox: Inbox) -> None:
        super().__init__()
        self._inbox = inbox

    async def put(self, item: object) -> None:
        """Returns when the update is stored, however long the disk is full: Telegram keeps it until then."""
        while isinstance(item, Update):
            try:
                if not self._inbox.add(item):
                    return
                break
            except sqlite3.Error as error:
                _log.error("inbox.unwritable", error=str(error))
                await asyncio.sleep(1)
        await super().put(item)
