"""Flood control by chat: a chat that Telegram asks to be left alone waits, the others do not."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Any

import structlog
from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

MOST_TRIES = 5
SLACK = 0.1
"""Seconds on top of what Telegram asks for."""

PASSING = frozenset({"sendChatAction", "sendMessageDraft"})
"""Calls that are worth nothing later."""

_log = structlog.get_logger()


class ChatLimiter(BaseRateLimiter[None]):
    """Waits as long as a 429 says before the next call to the same chat (a call to no chat waits by itself)."""

    def __init__(self) -> None:
        self._until: dict[int | str, float] = {}

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to end."""

    async def process_request(  # noqa: PLR0917 (the library's form)
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,
    ) -> Any:
        chat = data.get("chat_id", endpoint)
        for attempt in range(1, MOST_TRIES + 1):
            await self._turn(chat)
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as error:
                seconds = error._retry_after.total_seconds() + SLACK
                self._until[chat] = max(self._until.get(chat, 0), time.monotonic() + seconds)
                _log.warning("telegram.flood", endpoint=endpoint, seconds=round(seconds, 1))
                if attempt == MOST_TRIES or endpoint in PASSING:
                    raise
        raise AssertionError("unreachable")

    async def _turn(self, chat: int | str) -> None:
        while (seconds := self._until.get(chat, 0) - time.monotonic()) > 0:
            await asyncio.sleep(seconds)
        self._until.pop(chat, None)
