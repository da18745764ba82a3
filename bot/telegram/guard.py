"""What is looked at before any handler: whether this person may ask, and what kind of update it was."""

from __future__ import annotations

from typing import Any

import structlog
from telegram import Update
from telegram.error import TelegramError
from telegram.ext import ApplicationHandlerStop, BaseHandler, ContextTypes, TypeHandler

from bot import messages
from bot.render.telegram import text_pages
from bot.telegram.addressing import is_private, thread_of
from bot.telegram.desk import Desk
from bot.telegram.outbox import Unreachable

FIRST = -1
"""The handler group of the guard; all others are in group 0."""

_log = structlog.get_logger()


class Guard:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        return [TypeHandler(Update, self.admit)]

    async def admit(self, update: Update, _: object) -> None:
        """Ends the update here when the operator has allowed others only; in private the person is told."""
        kind = next((name for name in Update.ALL_TYPES if getattr(update, name, None) is not None), "other")
        self._desk.metrics.updates.labels(kind).inc()
        settings, user, chat = self._desk.settings, update.effective_user, update.effective_chat
        allowed = settings.telegram_allowed
        ids = {party.id for party in (user, chat) if party is not None}
        if not allowed or ids & (allowed | settings.telegram_admins):
            return
        if update.message is not None and is_private(update.message):
            await self._desk.outbox.send(update.message.chat_id, text_pages(messages.NOT_ALLOWED)[0])
        if update.callback_query is not None:
            await self._desk.outbox.toast(update.callback_query.id, messages.NOT_ALLOWED)
        raise ApplicationHandlerStop

    async def failed(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """The one error handler: log first, then tell the person, with a code that finds the line in the log."""
        error = context.error
        known = update if isinstance(update, Update) else None
        if isinstance(error, Unreachable):
            _log.info("chat.unreachable", reason=str(error))
            return
        self._desk.metrics.errors.inc()
        code = known.update_id if known else 0
        _log.error("update.failed", update=code, exc_info=error)
        message = known.effective_message if known else None
        if message is None or (known and known.inline_query):
            return
        try:
            page = text_pages(messages.FAILED.format(code=code))[0]
            await self._desk.outbox.send(message.chat_id, page, thread_id=thread_of(message))
        except (TelegramError, Unreachable) as second:
            _log.warning("update.failure_untold", error=str(second))
