"""Messages in words: questions, edited questions, and what is no question."""

from __future__ import annotations

import time
from typing import Any

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.ext import BaseHandler, ChatMemberHandler, MessageHandler, filters

from bot import messages
from bot.render.telegram import text_pages
from bot.telegram import follows
from bot.telegram.addressing import is_private, question_in, talk_of
from bot.telegram.admin import Admin
from bot.telegram.desk import Desk
from bot.telegram.questions import Questions, earlier
from bot.telegram.talks import Asked


class Conversation:
    def __init__(self, desk: Desk, questions: Questions, admin: Admin) -> None:
        self._desk = desk
        self._questions = questions
        self._admin = admin

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        words = filters.TEXT & ~filters.COMMAND
        return [
            MessageHandler(filters.UpdateType.EDITED_MESSAGE, self.edited),
            MessageHandler(filters.UpdateType.MESSAGE & words, self.said),
            MessageHandler(filters.UpdateType.MESSAGE & filters.Document.ALL, self.sent_file),
            MessageHandler(
                filters.UpdateType.MESSAGE & filters.ChatType.PRIVATE & ~filters.COMMAND & ~filters.StatusUpdate.ALL,
                self.not_words,
            ),
            ChatMemberHandler(self.membership, ChatMemberHandler.MY_CHAT_MEMBER),
        ]

    async def said(self, update: Update, _: object) -> None:
        message = update.message
        if message is None or message.from_user is None:
            return
        text = question_in(message, self._desk.bot.id, self._desk.bot.username)
        if text is None:
            return
        if self._admin.is_link(message):
            await self._admin.ingest_link(message, text)
            return
        if not text:
            await self._questions.say(talk_of(message, message.from_user.id), messages.ASK_WHAT)
            return
        await self._questions.ask(update.update_id, asked_in(self._desk, message, text))

    async def edited(self, update: Update, context: object) -> None:
        """Only the last question of a talk is answered anew, in place; an older answer may have been acted upon."""
        message = update.edited_message
        if message is None or message.from_user is None:
            return
        asked = self._desk.talks.asked_by(message.chat_id, message.message_id)
        last = self._desk.talks.last(asked.talk) if asked else None
        command, _, rest = (message.text or "").partition(" ")
        if command.partition("@")[0] == "/hoi":
            text: str | None = rest.strip()
        elif command.startswith("/"):
            return  # what other commands make of their words is not edited
        else:
            text = question_in(message, self._desk.bot.id, self._desk.bot.username)
        if asked is None or last is None or last.id != asked.id or not text:
            return
        await self._questions.ask_anew(asked, text)

    async def sent_file(self, update: Update, context: object) -> None:
        message = update.message
        if message is not None and is_private(message):
            if self._admin.is_admin(message):
                await self._admin.ingest_file(message)
                return
            await self.not_words(update, context)

    async def not_words(self, update: Update, _: object) -> None:
        message = update.message
        if message is not None and message.from_user is not None:
            await self._questions.say(talk_of(message, message.from_user.id), messages.ONLY_TEXT)

    async def membership(self, update: Update, _: object) -> None:
        """Blocked, or put out of a group: nothing is sent there any more. Put into one: says how it is asked."""
        change = update.my_chat_member
        if change is None:
            return
        if change.new_chat_member.status in ("left", "kicked"):
            follows.unfollow_chat(self._desk.database, change.chat.id)
        elif change.chat.type != ChatType.PRIVATE and change.old_chat_member.status in ("left", "kicked"):
            said = messages.INTRODUCTION.format(username=self._desk.bot.username)
            await self._desk.outbox.send(change.chat.id, text_pages(said)[0])


def asked_in(desk: Desk, message: Message, text: str) -> Asked:
    """The question that a message asks, with what it may lean on."""
    assert message.from_user is not None  # no question comes from a channel
    talk = talk_of(message, message.from_user.id)
    replied = message.reply_to_message.message_id if message.reply_to_message else None
    return Asked(
        talk=talk,
        message_id=message.message_id,
        question=text,
        asked=min(time.time(), message.date.timestamp()),
        history=earlier(desk, talk, replied),
    )
