"""Pressed buttons."""

from __future__ import annotations

import time
from typing import Any

from telegram import CallbackQuery, Message, Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot import messages
from bot.render.telegram import Page, quote_pages, rest_pages, text_pages
from bot.telegram import buttons
from bot.telegram.addressing import talk_of
from bot.telegram.buttons import Pressed
from bot.telegram.coverage import sources_text
from bot.telegram.database import forget_person
from bot.telegram.desk import Desk
from bot.telegram.questions import Questions
from bot.telegram.talks import Asked


class Callbacks:
    def __init__(self, desk: Desk, questions: Questions) -> None:
        self._desk = desk
        self._questions = questions

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        return [CallbackQueryHandler(self.pressed)]

    async def pressed(self, update: Update, _: object) -> None:
        query = update.callback_query
        pressed = Pressed.read(query.data) if query else None
        if query is None:
            return
        if pressed is None or not isinstance(query.message, Message):
            await self._desk.outbox.toast(query.id, messages.GONE)
            return
        message = query.message
        match pressed.action:
            case buttons.EXAMPLE:
                await self._follow_up(update, message, buttons.EXAMPLES[pressed.n % len(buttons.EXAMPLES)])
            case buttons.FORGET_ALL:
                forget_person(self._desk.database, query.from_user.id)
                await self._desk.outbox.toast(query.id)
                await self._desk.outbox.replace(
                    message.chat_id, message.message_id, text_pages(messages.FORGOTTEN_ALL)[0]
                )
            case buttons.SOURCES:
                listing = await self._desk.pool.run(lambda: sources_text(self._desk.library, pressed.id))
                await self._desk.outbox.toast(query.id)
                await self._desk.outbox.replace(
                    message.chat_id, message.message_id, listing.page, keyboard=listing.keyboard
                )
            case _:
                asked = self._desk.talks.by_id(pressed.id)
                if asked is None or asked.talk.chat_id != message.chat_id:
                    await self._desk.outbox.toast(query.id, messages.GONE)
                    return
                await self._of_answer(update, query, message, asked, pressed)

    async def _of_answer(
        self, update: Update, query: CallbackQuery, message: Message, asked: Asked, pressed: Pressed
    ) -> None:
        """A button under an answer."""
        outbox, n = self._desk.outbox, pressed.n
        match pressed.action:
            case buttons.VOTE:
                self._desk.talks.vote(asked, query.from_user.id, up=bool(n))
                await outbox.toast(query.id, messages.NOTED if n else messages.NOTED_DOWN)
            case buttons.COMPARE:
                await outbox.toast(query.id)
                await outbox.change_buttons(message.chat_id, message.message_id, buttons.comparisons(asked))
            case buttons.BACK:
                await outbox.toast(query.id)
                await outbox.change_buttons(message.chat_id, message.message_id, buttons.under_answer(asked))
            case buttons.COMPARE_WITH if n < len(asked.compare):
                await self._follow_up(update, message, asked.compare[n])
            case buttons.NEAR if n < len(asked.near):
                await self._follow_up(update, message, asked.near[n])
            case buttons.TREND if asked.trend:
                await self._follow_up(update, message, asked.trend)
            case buttons.WHOLE if rest := rest_pages(asked.text, asked.citations):
                await self._send(query, message, asked, rest)
            case buttons.QUOTE if cited := [c for c in asked.citations if c.n == n]:
                await self._send(query, message, asked, quote_pages(cited[0]))
            case _:
                await outbox.toast(query.id, messages.GONE)

    async def _send(self, query: CallbackQuery, message: Message, asked: Asked, pages: list[Page]) -> None:
        """Pages under an answer, as replies to it."""
        outbox = self._desk.outbox
        await outbox.toast(query.id)
        for page in pages:
            await outbox.send(message.chat_id, page, thread_id=asked.talk.thread_id, reply_to=message.message_id)

    async def _follow_up(self, update: Update, message: Message, question: str) -> None:
        """A question that a button asks; it stands by itself and needs no history."""
        query = update.callback_query
        assert query is not None  # the handler's own
        await self._desk.outbox.toast(query.id)
        talk = talk_of(message, query.from_user.id)
        asked = Asked(talk=talk, message_id=message.message_id, question=question, asked=time.time())
        await self._questions.ask(update.update_id, asked, heading=question)
