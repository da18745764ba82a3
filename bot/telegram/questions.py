"""From a question to its answer in the chat, in steps that may each be done again after a crash."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import structlog
from telegram.error import TelegramError

from bot import messages
from bot.render.telegram import Page, answer_pages, text_pages
from bot.telegram import buttons, follows
from bot.telegram.desk import Desk
from bot.telegram.outbox import Unreachable
from bot.telegram.pool import Answered
from bot.telegram.progress import Progress
from bot.telegram.talks import HISTORY, Asked, Talk
from retrieval.lexicon.indicators import catalogue
from retrieval.question import understand

LONGEST_QUESTION = 1_000
CROWD = 20
LATE_PAUSE = 1.0
"""Seconds after each late answer before the next one: a stop of a day must not end in a burst."""

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")

_log = structlog.get_logger()


class Questions:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._late = asyncio.Semaphore()

    async def ask(self, update_id: int, asked: Asked, *, heading: str = "") -> None:
        """Answers a question under the message that asked it, unless limits or its age say otherwise.

        ``heading`` repeats a question that no message of the person's says. An update that comes again after a crash
        goes on where it was.
        """
        desk = self._desk
        if desk.cancelled_before.get(asked.talk, 0) > update_id:
            return
        known = desk.talks.begun(update_id)
        if known is None:
            if refusal := desk.limits.refusal(asked.talk):
                await self.say(asked.talk, refusal, reply_to=asked.message_id)
                return
            if len(asked.question) > LONGEST_QUESTION:
                said = messages.TOO_LONG.format(most=LONGEST_QUESTION)
                await self.say(asked.talk, said, reply_to=asked.message_id)
                return
            if desk.settings.telegram_skip_late and self._is_late(asked):
                _log.info("question.skipped", update=update_id)
                return
            known = desk.talks.begin(update_id, asked)
        if not known.delivered:
            await self._in_time(known, heading)

    async def ask_anew(self, asked: Asked, question: str) -> None:
        """Answers an edited question where the old answer stands."""
        desk = self._desk
        if question != asked.question:
            if refusal := desk.limits.refusal(asked.talk):
                await self.say(asked.talk, refusal, reply_to=asked.message_id)
                return
            if asked.picture:
                await desk.outbox.delete(asked.talk.chat_id, asked.picture)
            desk.talks.pictured(asked, None)
            asked = desk.talks.ask_anew(asked, question[:LONGEST_QUESTION])
        if not asked.delivered:
            await self._answer(asked)

    async def say(self, talk: Talk, text: str, *, reply_to: int | None = None) -> None:
        """A sentence of our own."""
        for page in text_pages(text):
            await self._desk.outbox.send(talk.chat_id, page, thread_id=talk.thread_id, reply_to=reply_to)

    def _is_late(self, asked: Asked) -> bool:
        return time.time() - asked.asked > 60 * self._desk.settings.telegram_late_minutes

    async def _in_time(self, asked: Asked, heading: str) -> None:
        if not self._is_late(asked):
            await self._answer(asked, heading)
            return
        when = datetime.fromtimestamp(asked.asked, HANOI).strftime("%H:%M ngày %d/%m")
        async with self._late:
            await self._answer(asked, heading, messages.LATE.format(when=when))
            await asyncio.sleep(LATE_PAUSE)

    async def _answer(self, asked: Asked, heading: str = "", note: str = "") -> None:
        """Runs one question to its end; whatever goes wrong, the person is told and the log has it under its id."""
        with structlog.contextvars.bound_contextvars(question=asked.id):
            try:
                await self._run(asked, heading, note)
            except Unreachable as error:
                _log.info("question.unreachable", reason=str(error))
                self._desk.metrics.questions.labels("unreachable").inc()
                follows.unfollow_chat(self._desk.database, asked.talk.chat_id)
                self._desk.talks.delivered(asked)

    async def _run(self, asked: Asked, heading: str, note: str) -> None:
        desk, talk = self._desk, asked.talk
        _log.info("question.received", waited=round(time.time() - asked.asked, 1))
        cancel = desk.running[talk] = asyncio.Event()
        progress = Progress(desk.outbox, talk.chat_id)
        ask = desk.pool.ask(asked.question, asked.history, user=str(talk.user_id), on_sentence=progress.hear)
        computing = asyncio.create_task(ask)
        typing = asyncio.create_task(self._typing(talk))
        giving_up = asyncio.create_task(cancel.wait())
        try:
            asked = await self._with_place(asked)
            progress.begin(asked.message_ids[0])
            await asyncio.wait((computing, giving_up), return_when=asyncio.FIRST_COMPLETED)
            await progress.end()
            if cancel.is_set():
                await self._settle(asked, text_pages(messages.CANCELLED), "cancelled")
                return
            await self._give(asked, await computing, heading, note)
        except (Unreachable, TelegramError, asyncio.CancelledError):
            raise
        except Exception:
            _log.exception("question.failed")
            desk.metrics.errors.inc()
            await self._settle(asked, text_pages(messages.FAILED.format(code=asked.id)), "failed")
        finally:
            await progress.end()
            del desk.running[talk]
            giving_up.cancel()
            computing.cancel()
            with suppress(TelegramError):
                await typing

    async def _typing(self, talk: Talk) -> None:
        """ "đang gõ", unless so many wait that a call for it would only make them wait longer."""
        if len(self._desk.running) <= CROWD:
            await self._desk.outbox.typing(talk.chat_id, talk.thread_id)

    async def _with_place(self, asked: Asked) -> Asked:
        """With a message in which the answer is going to stand."""
        if asked.message_ids:
            return asked
        page = text_pages(await asyncio.to_thread(searching, asked))[0]
        talk = asked.talk
        sent = await self._desk.outbox.send(
            talk.chat_id, page, thread_id=talk.thread_id, reply_to=asked.message_id, again=True
        )
        return self._stands_in(asked, (sent,))

    async def _give(self, asked: Asked, answered: Answered, heading: str, note: str) -> None:
        desk, answer = self._desk, answered.answer
        desk.talks.answer(asked, answer, answered.following)
        pages = answer_pages(answer, heading=heading, note=note)
        asked = desk.talks.by_id(asked.id) or asked
        outcome = "answered" if answer.answered else "refused"
        await self._settle(asked, pages, outcome)
        desk.metrics.answering.observe(answer.took_ms / 1000)
        desk.metrics.delivery.observe(max(0.0, time.time() - asked.asked))
        _log.info(
            "question.answered", outcome=outcome, took_ms=round(answer.took_ms, 1), citations=len(answer.citations)
        )
        if asked.picture is None and (png := await desk.pool.draw(answer)) is not None:
            desk.talks.pictured(asked, 0)  # once at most: a picture that may have arrived is not sent again
            sent = await desk.outbox.picture(
                asked.talk.chat_id,
                png,
                caption=answer.standalone_question[:200],
                thread_id=asked.talk.thread_id,
                reply_to=asked.message_ids[0],
            )
            desk.talks.pictured(asked, sent)

    async def _settle(self, asked: Asked, pages: list[Page], outcome: str) -> None:
        """Puts the pages into the messages of the question: one is there already, the others are made first."""
        desk, talk = self._desk, asked.talk
        while len(asked.message_ids) < len(pages):
            more = await desk.outbox.send(
                talk.chat_id, text_pages(messages.SEARCHING)[0], thread_id=talk.thread_id, again=True
            )
            asked = self._stands_in(asked, (*asked.message_ids, more))
        for left_over in asked.message_ids[len(pages) :]:
            await desk.outbox.delete(talk.chat_id, left_over)
        places = []
        for place, page in zip(asked.message_ids, pages, strict=False):
            keyboard = buttons.under_answer(asked) if page is pages[-1] and outcome in ("answered", "refused") else None
            places.append(
                await desk.outbox.replace(talk.chat_id, place, page, thread_id=talk.thread_id, keyboard=keyboard)
            )
        self._stands_in(asked, tuple(places))
        desk.talks.delivered(asked)
        desk.metrics.questions.labels(outcome).inc()

    def _stands_in(self, asked: Asked, message_ids: tuple[int, ...]) -> Asked:
        if message_ids != asked.message_ids:
            self._desk.talks.stands_in(asked, message_ids)
        return replace(asked, message_ids=message_ids)


def searching(asked: Asked) -> str:
    """That work goes on, and on what: the person sees at once which province and period were understood (2 ms; 15 after a
    conversation)."""
    query = understand(asked.question, asked.history, date.today())
    names = [catalogue()[id_].name for id_ in query.indicators]
    what = [*names, *query.provinces, *map(str, query.periods)]
    return messages.SEARCHING_FOR.format(what=" · ".join(what)) if what else messages.SEARCHING


def earlier(desk: Desk, talk: Talk, replied_to: int | None) -> tuple[str, ...]:
    """The questions that a new one of the talk may lean on: those behind the answer it replies to, else the talk's own."""
    behind = desk.talks.answered_in(talk.chat_id, replied_to) if replied_to else None
    return (*behind.history, behind.question)[-HISTORY:] if behind else desk.talks.history(talk)
