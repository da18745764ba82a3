"""Answers as Telegram messages: blocks of styled spans, packed into messages, then written as HTML or as plain text.

Limits of a message, after its tags are read: 4,096 UTF-16 units (core.telegram.org/bots/api#sendmessage), and about
100 entities, beyond which styles and links are silently dropped (measured; not documented). The HTML is written from
the blocks alone, so that no text of an article is ever read as a tag.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from typing import Literal, NamedTuple

from bot.messages import MORE_ROWS
from retrieval.answer.wording import OTHER_SOURCE
from retrieval.types import Answer, Citation

MOST_UNITS = 4096
MOST_ENTITIES = 100
QUOTE_LENGTHS = (700, 350, 160)
"""Characters of each quote: the longest of these with which all is one message."""

LONGEST_NAME = 60
MOST_ROWS = 10
"""Rows of a ranking that an answer shows; a button sends the others."""

_MARK = re.compile(r"\[(\d+)\]")
_ROW = re.compile(r"\d{1,3}\. ")


@dataclass(frozen=True, slots=True)
class Span:
    text: str
    style: Literal["", "b", "i"] = ""
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A line, or a few that belong together. Neighbours that are ``quoted`` become one foldable quotation."""

    spans: tuple[Span, ...]
    quoted: bool = False

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)

    @property
    def entities(self) -> int:
        return sum(bool(s.style) + bool(s.url) for s in self.spans)


@dataclass(frozen=True, slots=True)
class Page:
    """One message. ``plain`` says the same without any markup, the addresses written out."""

    html: str
    plain: str


def answer_pages(answer: Answer, *, heading: str = "", note: str = "", more: str = MORE_ROWS) -> list[Page]:
    """The messages of an answer, mostly one. ``heading`` repeats the question, ``note`` goes before the answer; ``more``
    says, of the ``{count}`` rows that a long ranking leaves out, where they are."""
    above = [Block((Span(heading, "b"),))] if heading else []
    above += [Block((Span(note, "i"),))] if note else []
    ranking = ranking_of(answer.text)
    if ranking is None:
        return _with_sources(above, answer.text.splitlines(), answer.citations)
    left_out = more.format(count=len(ranking.rows) - MOST_ROWS)
    lines = [*ranking.head, *chain.from_iterable(ranking.rows[:MOST_ROWS]), left_out, *ranking.tail]
    return _with_sources(above, lines, _named(lines, answer.citations))


def rest_pages(text: str, citations: Sequence[Citation]) -> list[Page]:
    """The rows of a long ranking that its answer left out; none of any other text."""
    ranking = ranking_of(text)
    lines = [*chain.from_iterable(ranking.rows[MOST_ROWS:])] if ranking else []
    return _with_sources([], lines, _named(lines, citations)) if lines else []


class Ranking(NamedTuple):
    """A long ranking's lines: what stands above its rows, the rows (each with what other sources say), and what follows."""

    head: list[str]
    rows: list[list[str]]
    tail: list[str]


def ranking_of(text: str) -> Ranking | None:
    """None where a text has no more than MOST_ROWS numbered lines."""
    ranking = Ranking([], [], [])
    for line in text.splitlines():
        if _ROW.match(line):
            ranking.rows.append([line])
        elif not ranking.rows:
            ranking.head.append(line)
        elif line.startswith(OTHER_SOURCE) and not ranking.tail:
            ranking.rows[-1].append(line)
        else:
            ranking.tail.append(line)
    return ranking if len(ranking.rows) > MOST_ROWS else None


def _named(lines: Sequence[str], citations: Sequence[Citation]) -> list[Citation]:
    numbers = {int(n) for line in lines for n in _MARK.findall(line)}
    return [c for c in citations if c.n in numbers]


def _with_sources(above: Sequence[Block], lines: Sequence[str], citations: Sequence[Citation]) -> list[Page]:
    """Lines, their sources, and as much of the quotes as there is room for."""
    by_number = {c.n: c for c in citations}
    body = [*above, *(Block(tuple(_linked(_bulleted(line), by_number))) for line in lines)]
    if not citations:
        return _written(pack(body), citations)
    body += [Block((Span(""),)), Block(tuple(_sources(citations)))]
    for length in QUOTE_LENGTHS:
        groups = pack([*body, *(quoted(c, length) for c in citations)])
        if len(groups) == 1:
            return _written(groups, citations)
    groups = pack(body)
    for citation in citations:  # as many as there is room for; the others are behind the buttons
        grown = pack([*groups[-1], quoted(citation, QUOTE_LENGTHS[-1])])
        groups[-1:] = grown if len(grown) == 1 else groups[-1:]
    return _written(groups, citations)


def text_pages(text: str) -> list[Page]:
    """Messages of our own words: lines; one that begins with "# " is bold."""
    blocks = [
        Block((Span(line.removeprefix("# "), "b"),)) if line.startswith("# ") else Block((Span(line),))
        for line in text.splitlines()
    ]
    return _written(pack(blocks), ())


def blocks_page(blocks: Sequence[Block]) -> Page:
    """The first message that blocks make; for lists that are known to be short."""
    return _written(pack(blocks)[:1], ())[0]


def quote_pages(citation: Citation) -> list[Page]:
    """A source by itself: the whole quote, then what it is from."""
    title = Span(citation.title, "b", citation.url)
    rest = ", ".join(part for part in (citation.publisher, day(citation)) if part)
    blocks = [
        Block((Span(f"[{citation.n}] "), title)),
        *([Block((Span(rest),))] if rest else []),
        *([] if citation.url else [Block((Span(f"Tệp: {citation.source}", "i"),))]),
        Block((Span(f"“{' '.join(citation.quote.split())}”"),), quoted=True),
    ]
    return _written(pack(blocks), (citation,))


def quoted(citation: Citation, length: int) -> Block:
    quote = shorten(" ".join(citation.quote.split()), length)
    return Block((Span(f"[{citation.n}] ", "b"), Span(f"{citation.title}: ", "i"), Span(f"“{quote}”")), quoted=True)


def source_name(citation: Citation) -> str:
    """Publisher and date; the title where no publisher is known."""
    name = shorten(citation.publisher or citation.title, LONGEST_NAME)
    return f"{name}, {day(citation)}" if citation.published else name


def day(citation: Citation) -> str:
    return citation.published.strftime("%d/%m/%Y") if citation.published else ""


def shorten(text: str, length: int) -> str:
    """The text, or as many of its whole words as go into ``length`` characters with the dots behind them."""
    return text if len(text) <= length else f"{text[: length - 1].rsplit(' ', 1)[0]}…"


def units(text: str) -> int:
    """UTF-16 units, in which Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def pack(blocks: Iterable[Block]) -> list[list[Block]]:
    """Blocks in as few messages as hold them. A block that is too long for one message is cut at a blank."""
    groups: list[list[Block]] = []
    length = entities = 0
    for whole in blocks:
        for block in _cut(whole):
            more = units(block.text) + 1, block.entities + block.quoted
            if not groups or length + more[0] > MOST_UNITS or entities + more[1] > MOST_ENTITIES:
                groups.append([])
                length = entities = 0
            groups[-1].append(block)
            length, entities = length + more[0], entities + more[1]
    return groups


def _cut(block: Block) -> Iterator[Block]:
    """The block, or several of its style where it is longer than a message."""
    if units(block.text) < MOST_UNITS:
        yield block
        return
    words = re.split(r"(?<= )", block.text)
    part = ""
    for word in words:
        for piece in (word[i : i + MOST_UNITS // 2 - 1] for i in range(0, len(word), MOST_UNITS // 2 - 1)):
            if units(part) + units(piece) >= MOST_UNITS:
                yield Block((Span(part),), block.quoted)
                part = ""
            part += piece
    yield Block((Span(part),), block.quoted)


def _bulleted(line: str) -> str:
    return f"• {line[2:]}" if line.startswith("- ") else line


def _linked(line: str, citations: dict[int, Citation]) -> Iterator[Span]:
    """A line with its [n] as links."""
    at = 0
    for mark in _MARK.finditer(line):
        cited = citations.get(int(mark[1]))
        if cited is not None:
            yield Span(line[at : mark.start()])
            yield Span(mark[0], url=cited.url)
            at = mark.end()
    yield Span(line[at:])


def _sources(citations: Sequence[Citation]) -> Iterator[Span]:
    """ "Nguồn: [1] Báo A, 01/02/2025 · [2][3] Báo B, …": sources of one name and address are told once."""
    yield Span("Nguồn: ")
    named = groupby(sorted(citations, key=lambda c: _first(c, citations)), key=lambda c: _first(c, citations))
    for i, (_, group) in enumerate(named):
        same = list(group)
        yield Span(f"{' · ' if i else ''}{''.join(f'[{c.n}]' for c in same)} ")
        yield Span(source_name(same[0]), url=same[0].url)


def _first(citation: Citation, citations: Sequence[Citation]) -> int:
    """Number of the first source that has the same name and address."""
    key = source_name(citation), citation.url
    return next(c.n for c in citations if (source_name(c), c.url) == key)


def _written(groups: Iterable[Sequence[Block]], citations: Sequence[Citation]) -> list[Page]:
    return [Page(_html(group), _plain(group, citations)) for group in groups]


def _html(blocks: Sequence[Block]) -> str:
    parts = []
    for is_quoted, group in groupby(blocks, key=lambda b: b.quoted):
        lines = "\n".join("".join(_tagged(span) for span in block.spans) for block in group)
        parts.append(f"<blockquote expandable>{lines}</blockquote>" if is_quoted else lines)
    return "\n".join(parts)


def _tagged(span: Span) -> str:
    text = html.escape(span.text, quote=False)
    if span.url:
        text = f'<a href="{html.escape(span.url)}">{text}</a>'
    return f"<{span.style}>{text}</{span.style}>" if span.style else text


def _plain(blocks: Sequence[Block], citations: Sequence[Citation]) -> str:
    """The blocks' text and the addresses of the sources that they name, as far as they go into one message."""
    text = "\n".join(block.text for block in blocks)
    for c in citations:
        line = f"\n[{c.n}] {c.url}"
        if c.url and f"[{c.n}]" in text and units(text) + units(line) <= MOST_UNITS:
            text += line
    return text
