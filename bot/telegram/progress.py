"""An answer while it is written: its verified sentences so far, in the place where the answer is going to stand."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from telegram.error import TelegramError

from bot.render.telegram import text_pages
from bot.telegram.outbox import Outbox

EVERY = 1.0
"""Seconds between two edits: Telegram takes about one a second in a chat (core.telegram.org/bots/faq)."""


class Progress:
    """Heard from any thread; shown by one task, which ``end`` lets finish, so that no late edit covers the answer."""

    def __init__(self, outbox: Outbox, chat_id: int) -> None:
        self._outbox = outbox
        self._chat_id = chat_id
        self._sentences: list[str] = []
        self._more = asyncio.Event()
        self._ended = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._task: asyncio.Task[None] | None = None

    def hear(self, sentence: str) -> None:
        self._sentences.append(sentence)
        self._loop.call_soon_threadsafe(self._more.set)

    def begin(self, message_id: int) -> None:
        self._task = asyncio.create_task(self._show(message_id))

    async def end(self) -> None:
        self._ended.set()
        self._more.set()
        if self._task is not None:
            await self._task

    async def _show(self, message_id: int) -> None:
        while True:
            await self._more.wait()
            self._more.clear()
            if self._ended.is_set():
                return
            page = text_pages(f"{' '.join(self._sentences)} …")[0]
            with suppress(TelegramError):
                await self._outbox.replace(self._chat_id, message_id, page)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._ended.wait(), EVERY)
