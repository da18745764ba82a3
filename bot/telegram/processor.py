"""Which update is worked on when: those of one conversation in turn, conversations beside one another."""

import asyncio
from collections.abc import Awaitable, Coroutine
from typing import Any, cast
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor

from bot.telegram.inbox import Inbox

MOST_AT_ONCE = 4096
"""Updates in work; nearly all of them wait: for the answering pool, for Telegram, or, late ones, for their turn. What is
asked now must not wait behind a day's late questions."""


class InTurn(BaseUpdateProcessor):
    """Marks an update as done in the inbox when its handlers have returned."""

    __slots__ = ("_closing", "_inbox", "_turns")

    def __init__(self, inbox: Inbox) -> None:
        super().__init__(MOST_AT_ONCE)
        self._inbox = inbox
        self._turns: WeakValueDictionary[object, asyncio.Lock] = WeakValueDictionary()
        self._closing = False

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to end."""

    def close(self) -> None:
        """What has not begun is left in the inbox for the next start."""
        self._closing = True

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        async with self._turn(update):
            known = isinstance(update, Update)
            if self._closing or (known and not self._inbox.begin(cast(Update, update).update_id)):
                cast(Coroutine[Any, Any, Any], coroutine).close()
                return
            await coroutine
            if known:
                self._inbox.done(cast(Update, update).update_id)

    def _turn(self, update: object) -> asyncio.Lock:
        return self._turns.setdefault(_conversation(update), asyncio.Lock())


def _conversation(update: object) -> object:
    """What updates must not overtake one another in; /huy and what is typed inline overtake everything."""
    if not isinstance(update, Update):
        return update
    message = update.effective_message
    if message is None or update.effective_user is None or (message.text or "").startswith("/huy"):
        return update.update_id
    return message.chat_id, message.message_thread_id, update.effective_user.id
