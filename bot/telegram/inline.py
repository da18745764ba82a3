"""Inline mode: `@bot câu hỏi` in any chat. Nothing is looked up before the person has stopped typing."""

from __future__ import annotations

import asyncio
from typing import Any

from telegram import (
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    Update,
)
from telegram.constants import ParseMode
from telegram.ext import BaseHandler, InlineQueryHandler

from bot import messages
from bot.render.telegram import answer_pages, shorten
from bot.telegram.desk import Desk

PAUSE = 0.5
"""Seconds without another key after which a question counts as typed."""

SHORTEST = 8
KEPT_SECONDS = 300
"""For which Telegram gives the same answer to the same words by itself."""


class Inline:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._typing: dict[int, str] = {}

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        return [InlineQueryHandler(self.typed)]

    async def typed(self, update: Update, _: object) -> None:
        query = update.inline_query
        if query is None:
            return
        person, text = query.from_user.id, " ".join(query.query.split())
        self._typing[person] = query.id
        await asyncio.sleep(PAUSE)
        if self._typing.get(person) != query.id:
            return  # another key was pressed: Telegram asks anew, and drops this one
        del self._typing[person]
        results = [await self._result(text)] if len(text) >= SHORTEST else []
        await self._desk.outbox.attempt(
            self._desk.bot.answer_inline_query(
                query.id,
                [result for result in results if result],
                cache_time=KEPT_SECONDS,
                is_personal=False,
                button=InlineQueryResultsButton(messages.OPEN_BOT, start_parameter="inline"),
            )
        )

    async def _result(self, question: str) -> InlineQueryResultArticle | None:
        """The answer as one message that the person may send; a refusal is nobody's to send."""
        answer = (await self._desk.pool.ask(question)).answer
        if not answer.answered or not answer.citations:
            return None
        page = answer_pages(answer, heading=question, more=messages.MORE_ROWS_INLINE)[0]
        return InlineQueryResultArticle(
            id="1",
            title=shorten(question, 80),
            description=shorten(" ".join(answer.text.split()), 160),
            input_message_content=InputTextMessageContent(
                page.html, parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)
            ),
        )
