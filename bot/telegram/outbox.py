"""Messages to Telegram, and what is done about each way in which it refuses one.

An answer is sent in two steps: a message that says that work goes on, then an edit of it. An edit may be repeated as
often as need be, so that a crash or a broken line between the two loses no answer and gives none twice.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog
from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.render.telegram import Page
from bot.telegram.database import move_chat
from bot.telegram.request import Unsent

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
"""Seconds between tries while Telegram cannot be reached."""

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_log = structlog.get_logger()
Sent = TypeVar("Sent")


class Unreachable(Exception):
    """The person has blocked the bot, or the bot may not write in the chat."""


class Outbox:
    def __init__(self, bot: Bot, connection: sqlite3.Connection) -> None:
        self._bot = bot
        self._db = connection
        self._moved: dict[int, int] = {}

    async def send(
        self,
        chat_id: int,
        page: Page,
        *,
        thread_id: int | None = None,
        reply_to: int | None = None,
        keyboard: InlineKeyboardMarkup | None = None,
        again: bool = False,
    ) -> int:
        """The id of a new message. ``again``: a second copy does no harm, so it is sent anew when it is not known
        whether the first one arrived. Raises Unreachable, or TimedOut when that is not known."""

        async def send(chat: int, text: str, mode: str | None) -> Message:
            return await self._bot.send_message(
                chat,
                text,
                parse_mode=mode,
                message_thread_id=thread_id,
                reply_parameters=_reply(reply_to),
                reply_markup=keyboard,
                link_preview_options=_NO_PREVIEW,
            )

        return (await self._written(chat_id, page, send, again=again)).message_id

    async def replace(
        self,
        chat_id: int,
        message_id: int,
        page: Page,
        *,
        thread_id: int | None = None,
        keyboard: InlineKeyboardMarkup | None = None,
    ) -> int:
        """Edits a message of ours; the id of the one that holds the text now, which is another if it was deleted."""

        async def edit(chat: int, text: str, mode: str | None) -> object:
            return await self._bot.edit_message_text(
                text, chat, message_id, parse_mode=mode, reply_markup=keyboard, link_preview_options=_NO_PREVIEW
            )

        try:
            await self._written(chat_id, page, edit, again=True)
        except BadRequest as error:
            if "not modified" in error.message.lower():
                return message_id
            if not _is_gone(error):
                raise
            return await self.send(chat_id, page, thread_id=thread_id, keyboard=keyboard)
        return message_id

    async def change_buttons(self, chat_id: int, message_id: int, keyboard: InlineKeyboardMarkup | None) -> None:
        await self.attempt(self._bot.edit_message_reply_markup(chat_id, message_id, reply_markup=keyboard))

    async def picture(
        self, chat_id: int, png: bytes, *, caption: str, thread_id: int | None = None, reply_to: int | None = None
    ) -> int | None:
        """The id of the picture's message; None when it could not be sent, which is no loss of words."""
        sent = await self.attempt(
            self._bot.send_photo(
                chat_id,
                png,
                caption=caption,
                message_thread_id=thread_id,
                reply_parameters=_reply(reply_to),
                filename="tinh-so.png",
            )
        )
        return sent.message_id if sent else None

    async def delete(self, chat_id: int, message_id: int) -> None:
        await self.attempt(self._bot.delete_message(chat_id, message_id))

    async def typing(self, chat_id: int, thread_id: int | None = None) -> None:
        await self.attempt(self._bot.send_chat_action(chat_id, ChatAction.TYPING, message_thread_id=thread_id))

    async def toast(self, callback_id: str, text: str = "") -> None:
        """The short word over a pressed button; Telegram takes it for a few minutes only."""
        await self.attempt(self._bot.answer_callback_query(callback_id, text or None))

    async def attempt(self, call: Awaitable[Sent]) -> Sent | None:
        """A call whose failing is worth a line in the log and no more."""
        try:
            return await call
        except TelegramError as error:
            _log.info("telegram.refused", error=error.message)
            return None

    async def _written(
        self, chat_id: int, page: Page, call: Callable[[int, str, str | None], Awaitable[Sent]], *, again: bool
    ) -> Sent:
        """What Telegram returns, in the end. HTML that it cannot read goes as plain text with the addresses listed."""
        mode: str | None = ParseMode.HTML
        text, pause = page.html, FIRST_PAUSE
        while True:
            try:
                return await call(self._moved.get(chat_id, chat_id), text, mode)
            except ChatMigrated as moved:
                self._moved[chat_id] = moved.new_chat_id
                move_chat(self._db, chat_id, moved.new_chat_id)
            except Forbidden as error:
                raise Unreachable(error.message) from error
            except RetryAfter:
                await asyncio.sleep(pause)  # the limiter has waited as told, several times
            except BadRequest as error:
                if "can't parse" in error.message.lower() and mode:
                    _log.error("telegram.broken_html", error=error.message)
                    text, mode = page.plain, None
                    continue
                if _is_closed(error):
                    raise Unreachable(error.message) from error
                raise
            except NetworkError as error:
                if not again and not isinstance(error, Unsent):
                    raise
                _log.warning("telegram.unreachable", error=error.message, pause=pause)
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE)


def _reply(message_id: int | None) -> ReplyParameters | None:
    return ReplyParameters(message_id, allow_sending_without_reply=True) if message_id else None


def _is_gone(error: BadRequest) -> bool:
    """The message to edit was deleted, or is too old to be edited."""
    said = error.message.lower()
    return "to edit not found" in said or "can't be edited" in said or "message_id_invalid" in said


def _is_closed(error: BadRequest) -> bool:
    """Nothing can be written in this chat or topic."""
    said = error.message.lower()
    return any(
        reason in said
        for reason in ("chat not found", "not enough rights", "topic_closed", "topic_deleted", "thread not found")
    )
