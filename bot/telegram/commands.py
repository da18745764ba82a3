"""Commands: /start, /help, questions by form, what is covered, following, forgetting."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from rapidfuzz import process
from telegram import Message, Update
from telegram.ext import BaseHandler, CommandHandler, ContextTypes, filters

from bot import messages
from bot.render.telegram import text_pages
from bot.telegram import buttons, follows
from bot.telegram.addressing import is_private, talk_of
from bot.telegram.conversation import asked_in
from bot.telegram.coverage import indicators_text, sources_text
from bot.telegram.desk import Desk
from bot.telegram.questions import Questions
from bot.telegram.talks import Talk
from retrieval.lexicon import provinces as lexicon
from retrieval.lexicon.indicators import find_indicators
from retrieval.lexicon.provinces import ProvinceMention, canonical, find_provinces
from retrieval.text import fold, nfc

Context = ContextTypes.DEFAULT_TYPE

USUAL_INDICATOR = "Chỉ số chuyển đổi số (DTI)"
ALL = "tat ca"
LIKE_ENOUGH = 60
"""Likeness, of 100, from which a province is held out to somebody who misspelt it."""


class Commands:
    def __init__(self, desk: Desk, questions: Questions) -> None:
        self._desk = desk
        self._questions = questions

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        named = {
            "start": self.start,
            "help": self.help,
            "hoi": self.hoi,
            "tinh": self.tinh,
            "sosanh": self.sosanh,
            "xuhuong": self.xuhuong,
            "chiso": self.chiso,
            "nguon": self.nguon,
            "theodoi": self.theodoi,
            "botheodoi": self.botheodoi,
            "huy": self.huy,
            "xoa": self.xoa,
        }
        new = filters.UpdateType.MESSAGE
        return [CommandHandler(name, function, filters=new) for name, function in named.items()]

    async def start(self, update: Update, context: Context) -> None:
        message, talk = _who(update)
        payload = context.args[0] if context.args else ""
        if question := question_of(payload):
            await self._questions.ask(update.update_id, asked_in(self._desk, message, question), heading=question)
            return
        text = messages.START_EN if self._in_english(update) else messages.START
        await self._page(message, talk, text, buttons.examples())

    async def help(self, update: Update, _: Context) -> None:
        message, talk = _who(update)
        await self._page(message, talk, messages.HELP_EN if self._in_english(update) else messages.HELP)

    async def hoi(self, update: Update, context: Context) -> None:
        message, talk = _who(update)
        if not (question := _rest(context)):
            await self._page(message, talk, messages.ASK_WHAT)
            return
        await self._questions.ask(update.update_id, asked_in(self._desk, message, question))

    async def tinh(self, update: Update, context: Context) -> None:
        if named := await self._provinces(update, context, messages.WHICH_PROVINCE.format(command="tinh")):
            await self._ask(update, f"Tổng quan chuyển đổi số của {named[0]}", repeated=False)

    async def sosanh(self, update: Update, context: Context) -> None:
        named = await self._provinces(update, context, messages.WHICH_PROVINCES)
        if len(named) == 1:
            message, talk = _who(update)
            await self._page(message, talk, messages.WHICH_PROVINCES)
            return
        if named:
            listed = f"{', '.join(named[:-1])} và {named[-1]}"
            await self._ask(update, f"So sánh {_measure(_rest(context))} của {listed}")

    async def xuhuong(self, update: Update, context: Context) -> None:
        if named := await self._provinces(update, context, messages.WHICH_PROVINCE.format(command="xuhuong")):
            await self._ask(update, f"{_measure(_rest(context))} của {named[0]} qua các năm")

    async def chiso(self, update: Update, _: Context) -> None:
        message, talk = _who(update)
        text = await self._desk.pool.run(lambda: indicators_text(self._desk.library))
        await self._page(message, talk, text)

    async def nguon(self, update: Update, _: Context) -> None:
        message, talk = _who(update)
        listing = await self._desk.pool.run(lambda: sources_text(self._desk.library, 0))
        await self._desk.outbox.send(
            talk.chat_id, listing.page, thread_id=talk.thread_id, reply_to=message.message_id, keyboard=listing.keyboard
        )

    async def theodoi(self, update: Update, context: Context) -> None:
        message, talk = _who(update)
        if not _rest(context):
            await self._page(message, talk, self._following(talk))
        elif named := await self._provinces(update, context, messages.FOLLOWS_NONE):
            follows.follow(self._desk.database, talk, named)
            text = messages.FOLLOWING.format(provinces=", ".join(named), first=named[0])
            await self._page(message, talk, text)

    async def botheodoi(self, update: Update, context: Context) -> None:
        message, talk = _who(update)
        known = follows.followed(self._desk.database, talk)
        if not known or not _rest(context):
            await self._page(message, talk, self._following(talk))
            return
        everything = fold(_rest(context)) == ALL
        if named := known if everything else await self._provinces(update, context, ""):
            stopped = follows.unfollow(self._desk.database, talk, named)
            text = messages.UNFOLLOWED if stopped else messages.NOT_FOLLOWED
            await self._page(message, talk, text.format(provinces=", ".join(stopped or named)))

    def _following(self, talk: Talk) -> str:
        known = follows.followed(self._desk.database, talk)
        return messages.FOLLOWS.format(provinces=", ".join(known)) if known else messages.FOLLOWS_NONE

    async def huy(self, update: Update, _: Context) -> None:
        message, talk = _who(update)
        running = self._desk.running.get(talk)
        self._desk.cancelled_before[talk] = update.update_id
        if running is not None:
            running.set()
        await self._page(message, talk, messages.CANCELLING if running else messages.NOTHING_TO_CANCEL)

    async def xoa(self, update: Update, _: Context) -> None:
        message, talk = _who(update)
        self._desk.talks.forget(talk)
        await self._page(message, talk, messages.FORGOTTEN, buttons.forget_all())

    async def _ask(self, update: Update, question: str, *, repeated: bool = True) -> None:
        """A question made of a command; ``repeated`` above the answer where the command says less than it."""
        message, _ = _who(update)
        heading = question if repeated else ""
        await self._questions.ask(update.update_id, asked_in(self._desk, message, question), heading=heading)

    async def _page(self, message: Message, talk: Talk, text: str, keyboard: Any = None) -> None:
        for page in text_pages(text):
            await self._desk.outbox.send(
                talk.chat_id,
                page,
                thread_id=talk.thread_id,
                reply_to=None if is_private(message) else message.message_id,
                keyboard=keyboard,
            )

    async def _provinces(self, update: Update, context: Context, usage: str) -> list[str]:
        """The provinces named behind a command; when there are none, the person is told how it is used."""
        said = _rest(context)
        named = [p.name for p in _named(said)]
        if not named:
            message, talk = _who(update)
            await self._page(message, talk, _unknown(said) if said else usage)
        return list(dict.fromkeys(named))

    def _in_english(self, update: Update) -> bool:
        language = self._desk.settings.telegram_language
        user = update.effective_user
        return language == "en" or (
            language == "auto" and user is not None and not (user.language_code or "vi").startswith("vi")
        )


def question_of(payload: str) -> str:
    """The question behind a deep link (t.me/bot?start=PAYLOAD), or "".

    "tinh-quang-ninh" asks for a province at a glance, "hoi-" and a question in base64url asks that.
    """
    kind, _, rest = payload.partition("-")
    if kind == "tinh" and (name := canonical(rest.replace("-", " "))):
        return f"Tổng quan chuyển đổi số của {name}"
    if kind == "hoi":
        try:
            return nfc(base64.urlsafe_b64decode(rest + "=" * (-len(rest) % 4)).decode()).strip()
        except (binascii.Error, UnicodeDecodeError):
            return ""
    return ""


def _who(update: Update) -> tuple[Message, Talk]:
    message, user = update.effective_message, update.effective_user
    assert message is not None and user is not None  # what CommandHandler lets through with these filters
    return message, talk_of(message, user.id)


def _rest(context: Context) -> str:
    return nfc(" ".join(context.args or ()))


def _named(said: str) -> list[ProvinceMention]:
    return find_provinces(said, loose=True)


def _measure(said: str) -> str:
    """The indicator that is asked for, as it was typed."""
    found = find_indicators(said)
    if found:
        return said[found[0].start : found[-1].end]
    for province in reversed(_named(said)):
        said = said[: province.start] + said[province.end :]
    return " ".join(said.strip(" ,;:").split()).removeprefix("và ").strip(" ,") or USUAL_INDICATOR


def _unknown(said: str) -> str:
    near = process.extract(
        fold(said), {name: fold(name) for name in lexicon.PROVINCES}, limit=3, score_cutoff=LIKE_ENOUGH
    )
    text = messages.NO_SUCH_PROVINCE.format(said=said)
    return text + messages.DID_YOU_MEAN.format(names=", ".join(name for _, _, name in near)) if near else text
