"""The library's Application, built of our parts: a durable queue, conversations in turn, flood control by chat."""

from __future__ import annotations

from typing import Any

from telegram.ext import Application, ApplicationBuilder

from bot.telegram.admin import Admin
from bot.telegram.callbacks import Callbacks
from bot.telegram.commands import Commands
from bot.telegram.conversation import Conversation
from bot.telegram.desk import Desk
from bot.telegram.guard import FIRST, Guard
from bot.telegram.inbox import Inbox, InboxQueue
from bot.telegram.inline import Inline
from bot.telegram.limiter import ChatLimiter
from bot.telegram.processor import InTurn
from bot.telegram.questions import Questions
from bot.telegram.request import AiohttpRequest
from retrieval.settings import Settings

App = Application[Any, Any, Any, Any, Any, Any]

UPDATES = ["message", "edited_message", "callback_query", "inline_query", "my_chat_member"]
"""Told to Telegram at each start, for it keeps what it was told last."""

CONNECTIONS = 64
"""To Telegram: over 300 calls a second at 200 ms each."""


def build_application(settings: Settings, inbox: Inbox, processor: InTurn, polling: AiohttpRequest) -> App:
    """Without handlers yet: these need the bot that is made here. ``polling`` asks for updates."""
    return (
        ApplicationBuilder()
        .token(settings.telegram_token.get_secret_value())
        .base_url(settings.telegram_base_url)
        .base_file_url(settings.telegram_base_file_url)
        .update_queue(InboxQueue(inbox))
        .concurrent_updates(processor)
        .rate_limiter(ChatLimiter())
        .request(AiohttpRequest(CONNECTIONS))
        .get_updates_request(polling)
        .build()
    )


def add_handlers(application: App, desk: Desk) -> None:
    questions, guard, admin = Questions(desk), Guard(desk), Admin(desk)
    application.add_handlers(guard.handlers(), FIRST)
    application.add_handlers(
        [
            *admin.handlers(),
            *Commands(desk, questions).handlers(),
            *Callbacks(desk, questions).handlers(),
            *Inline(desk).handlers(),
            *Conversation(desk, questions, admin).handlers(),
        ]
    )
    application.add_error_handler(guard.failed)
