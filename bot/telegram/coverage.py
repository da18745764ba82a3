"""What the library covers, for people: its articles, newest first, and the indicators that can be asked for."""

from __future__ import annotations

from typing import NamedTuple

from telegram import InlineKeyboardMarkup

from bot import messages
from bot.render.telegram import Block, Page, Span, blocks_page, shorten
from bot.telegram import buttons
from retrieval.lexicon.indicators import catalogue
from retrieval.library import Library
from retrieval.text import format_number
from retrieval.types import Article

ON_A_PAGE = 10
MOST_INDICATORS = 40
LONGEST_TITLE = 110
MOST_YEARS = 5


class Listing(NamedTuple):
    page: Page
    keyboard: InlineKeyboardMarkup | None


def sources_text(library: Library, first: int) -> Listing:
    """Articles from the ``first`` on (0: the newest), with buttons to newer and older ones."""
    stats = library.stats()
    found = library.newest(first, ON_A_PAGE)
    if not found:
        return Listing(blocks_page([Block((Span(messages.NO_SOURCES),))]), None)
    head = messages.SOURCES.format(first=first + 1, last=first + len(found), total=format_number(stats.articles))
    counts = messages.COVERED.format(articles=format_number(stats.articles), figures=format_number(stats.figures))
    blocks = [Block((Span(head, "b"),)), *(article_block(stored.article) for stored in found)]
    if first == 0:
        blocks += [Block((Span(""),)), Block((Span(counts, "i"),))]
    return Listing(blocks_page(blocks), buttons.turn_pages(first, ON_A_PAGE, stats.articles))


def article_block(article: Article) -> Block:
    day = article.published.strftime("%d/%m/%Y") if article.published else ""
    rest = ", ".join(part for part in (article.publisher, day) if part)
    title = Span(shorten(article.title, LONGEST_TITLE), url=article.url)
    return Block((Span("• "), title, Span(f" — {rest}" if rest else "")))


def indicators_text(library: Library) -> str:
    """The indicators that have figures, those of most provinces first."""
    counts = library.provinces_by_indicator()
    known = [(catalogue()[id_].name, n) for id_, n in counts.items() if id_ in catalogue()]
    known.sort(key=lambda pair: -pair[1])
    lines = [f"# {messages.INDICATORS}", *(f"• {name} ({n})" for name, n in known[:MOST_INDICATORS])]
    if known:
        lines += ["", messages.INDICATORS_EXAMPLE.format(name=known[0][0])]
    covered = library.stats().years
    if years := sorted(sorted(covered, key=covered.__getitem__)[-MOST_YEARS:]):
        lines.append(messages.COVERED_YEARS.format(years=", ".join(map(str, years))))
    return "\n".join(lines)
