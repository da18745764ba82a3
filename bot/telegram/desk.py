"""What the handlers work with, made once when the bot starts."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from telegram import Bot

from bot.telegram.inbox import Inbox
from bot.telegram.limits import Limits
from bot.telegram.metrics import Metrics
from bot.telegram.outbox import Outbox
from bot.telegram.pool import AnswerPool
from bot.telegram.talks import Talk, Talks
from retrieval.library import Library
from retrieval.settings import Settings


class IngestReport(Protocol):
    """What bot/telegram/admin.py reads of ingest's report; every list holds one entry a source."""

    @property
    def seconds(self) -> float: ...

    def counts(self) -> dict[str, int]: ...

    def failures(self) -> list[str]: ...


Ingest = Callable[[str, Callable[[str], None]], IngestReport]
"""Ingests one path or URL, calling back with each source that is done. Given by the command line, which wires."""


@dataclass(frozen=True, slots=True)
class Desk:
    settings: Settings
    database: sqlite3.Connection
    library: Library
    bot: Bot
    inbox: Inbox
    talks: Talks
    outbox: Outbox
    pool: AnswerPool
    limits: Limits
    metrics: Metrics
    ingest: Ingest
    uploads: Path
    running: dict[Talk, asyncio.Event] = field(default_factory=dict)
    """Set to give up the question that is being answered in a talk."""
    cancelled_before: dict[Talk, int] = field(default_factory=dict)
    """Updates of a talk older than this one were given up by /huy."""
