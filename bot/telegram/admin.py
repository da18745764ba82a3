"""What only admins may do: send an article to be ingested, and see the statistics."""

from __future__ import annotations

import asyncio
import hashlib
import re
from pathlib import Path
from typing import Any

import structlog
from telegram import Message, Update
from telegram.error import BadRequest
from telegram.ext import BaseHandler, CommandHandler, filters

from bot import messages
from bot.render.telegram import text_pages
from bot.telegram.addressing import is_private
from bot.telegram.desk import Desk
from bot.telegram.statistics import statistics_text
from retrieval.errors import TinhSoError

MOST_BYTES = 20_000_000
"""The largest file that the Bot API hands to a bot (core.telegram.org/bots/api#getfile)."""

TOLD_EVERY = 2.0
"""Seconds between two words on how far an ingest is."""

MOST_FAILURES = 10

_LINK = re.compile(r"https?://\S+")
_log = structlog.get_logger()


class Admin:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._one_at_a_time = asyncio.Lock()

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        return [CommandHandler("thongke", self.thongke, filters=filters.UpdateType.MESSAGE)]

    def is_admin(self, message: Message) -> bool:
        return message.from_user is not None and message.from_user.id in self._desk.settings.telegram_admins

    def is_link(self, message: Message) -> bool:
        """Whether an admin has sent an address and nothing else."""
        return is_private(message) and self.is_admin(message) and bool(_LINK.fullmatch((message.text or "").strip()))

    async def thongke(self, update: Update, _: object) -> None:
        message = update.message
        if message is not None and self.is_admin(message):
            text = statistics_text(self._desk.database, self._desk.library.stats())
            for page in text_pages(text):
                await self._desk.outbox.send(message.chat_id, page)

    async def ingest_link(self, message: Message, address: str) -> None:
        await self._ingest(message, address, address)

    async def ingest_file(self, message: Message) -> None:
        """Keeps the file: an article is known by its path, and opened again when it is sent anew."""
        document = message.document
        if document is None:
            return
        name = Path(document.file_name or "bai.txt").name
        if (document.file_size or 0) > MOST_BYTES:
            await self._say(message, messages.INGEST_TOO_LARGE.format(name=name))
            return
        try:
            content = bytes(await (await document.get_file()).download_as_bytearray())
        except BadRequest as error:
            await self._say(message, messages.INGEST_FAILED.format(name=name, error=error.message))
            return
        path = self._desk.uploads / stored_name(name, content)
        path.parent.mkdir(parents=True, exist_ok=True)
        await asyncio.to_thread(path.write_bytes, content)
        await self._ingest(message, str(path), name)

    async def _ingest(self, message: Message, source: str, name: str) -> None:
        """Runs the ingest on a thread, telling how far it is in a message that ends as the report."""
        chat, outbox = message.chat_id, self._desk.outbox
        place = await outbox.send(chat, text_pages(messages.INGESTING.format(name=name))[0], again=True)
        done: list[str] = []
        async with self._one_at_a_time:
            _log.info("ingest.begun", source=source, admin=message.from_user.id if message.from_user else None)
            work = asyncio.create_task(asyncio.to_thread(self._desk.ingest, source, done.append))
            told = 0
            while not (await asyncio.wait((work,), timeout=TOLD_EVERY))[0]:
                if len(done) > told:
                    told = len(done)
                    said = messages.INGESTING_AT.format(name=name, done=told)
                    await outbox.replace(chat, place, text_pages(said)[0])
            try:
                report = work.result()
            except TinhSoError as error:
                _log.warning("ingest.failed", source=source, error=str(error))
                text = messages.INGEST_FAILED.format(name=name, error=error)
            else:
                failures = report.failures()[:MOST_FAILURES]
                text = messages.ingested(name, report.counts(), failures, report.seconds)
                _log.info("ingest.done", source=source, **report.counts())
        for page in text_pages(text)[:1]:
            await outbox.replace(chat, place, page)

    async def _say(self, message: Message, text: str) -> None:
        await self._desk.outbox.send(message.chat_id, text_pages(text)[0], reply_to=message.message_id)


def stored_name(name: str, content: bytes) -> str:
    """The name under which a file is kept: its own, and what tells it from another file of that name."""
    path = Path(re.sub(r"[^\w.\- ]", "_", name))
    return f"{path.stem[:80]}-{hashlib.sha256(content).hexdigest()[:8]}{path.suffix.lower()}"
