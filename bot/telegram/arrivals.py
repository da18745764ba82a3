"""Tells followers of new articles: once for each story and chat, however often and by whomever it was ingested."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence

import structlog
from telegram.error import TelegramError

from bot import messages
from bot.render.telegram import Block, Page, Span, blocks_page
from bot.telegram import follows
from bot.telegram.coverage import article_block
from bot.telegram.database import mark, set_mark, transaction
from bot.telegram.desk import Desk
from bot.telegram.outbox import Unreachable
from retrieval.errors import LibraryError
from retrieval.library import Arrival

LOOK_EVERY = 3.0
"""Seconds between two looks into the library; a look costs one row."""

PACE = 0.05
"""Seconds between messages: Telegram takes about 30 a second from a bot (core.telegram.org/bots/faq)."""

MOST_TITLES = 8
SEEN = "last_article"

_log = structlog.get_logger()


async def watch_arrivals(desk: Desk) -> None:
    """Runs until it is cancelled."""
    if mark(desk.database, SEEN) is None:  # what was there before the first start is nobody's news
        set_mark(desk.database, SEEN, await desk.pool.run(desk.library.last_article_id))
    while True:
        try:
            await tell_followers(desk)
        except LibraryError as error:
            _log.warning("arrivals.unreadable", error=str(error))
        await asyncio.sleep(LOOK_EVERY)


async def tell_followers(desk: Desk) -> None:
    """Sends what has arrived since the last look. A message that may have been sent is not sent again."""
    seen = mark(desk.database, SEEN) or 0
    arrived = await desk.pool.run(lambda: desk.library.arrivals(seen))
    if not arrived:
        return
    news: dict[tuple[int, int], list[tuple[Arrival, list[str]]]] = defaultdict(list)
    for arrival in arrived:
        if arrival.is_new_story:
            for chat, provinces in follows.followers(desk.database, arrival.article.provinces).items():
                news[chat].append((arrival, provinces))
    for (chat_id, thread_id), items in news.items():
        fresh = [item for item in items if _note(desk, chat_id, thread_id, item[0].story_id)]
        if not fresh:
            continue
        try:
            await desk.outbox.send(chat_id, news_page(fresh), thread_id=thread_id or None)
            desk.metrics.notices.inc()
        except Unreachable:
            follows.unfollow_chat(desk.database, chat_id)
        except TelegramError as error:
            _log.warning("arrivals.unsent", error=error.message)
        await asyncio.sleep(PACE)
    set_mark(desk.database, SEEN, arrived[-1].article_id)


def news_page(items: Sequence[tuple[Arrival, Sequence[str]]]) -> Page:
    provinces = ", ".join(sorted({name for _, names in items for name in names}))
    said = messages.NEWS_ONE if len(items) == 1 else messages.NEWS_MANY
    blocks = [Block((Span(said.format(provinces=provinces, count=len(items)), "b"),))]
    blocks += [article_block(arrival.article) for arrival, _ in items[:MOST_TITLES]]
    if len(items) > MOST_TITLES:
        blocks.append(Block((Span(messages.AND_MORE.format(count=len(items) - MOST_TITLES)),)))
    return blocks_page(blocks)


def _note(desk: Desk, chat_id: int, thread_id: int, story_id: int) -> bool:
    """Writes down that a chat hears of a story; False when it has."""
    with transaction(desk.database):
        noted = desk.database.execute("INSERT OR IGNORE INTO notices VALUES (?, ?, ?)", (chat_id, thread_id, story_id))
    return noted.rowcount == 1
