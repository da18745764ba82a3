"""A question as a row of tokens: words without diacritics, abbreviations written out, and one token for each fact named.

What is learned sees "<province> dat <n> diem dti <period>", so that it holds for every province and year alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from retrieval.lexicon.abbreviations import expand_words
from retrieval.lexicon.documents import find_document_numbers
from retrieval.lexicon.indicators import IndicatorMention, find_indicators
from retrieval.lexicon.periods import PeriodMention, Role, find_periods
from retrieval.lexicon.provinces import ProvinceMention, find_provinces
from retrieval.lexicon.regions import RegionMention, find_regions
from retrieval.lexicon.tables import Word
from retrieval.text import Span, fold

PROVINCE, REGION, PERIOD, NUMBER, DOCUMENT = "<province>", "<region>", "<period>", "<n>", "<document>"

LONGEST = 120
"""Tokens of a question that are read: what comes after is no question any more."""


@dataclass(frozen=True, slots=True)
class Token:
    """``key`` is what the models see: a folded word, a mark ("?"), or the name of the fact. ``word`` is lower case as
    typed; ``text[start:end]`` bears it (the words of an abbreviation share its place). ``name``: see query.Term."""

    key: str
    word: str
    start: int
    end: int
    name: bool = False

    @property
    def is_word(self) -> bool:
        return self.key[0].isalnum()


@dataclass(frozen=True, slots=True)
class Facts:
    """What a text names, by hard knowledge: nothing here is a judgement."""

    text: str
    provinces: tuple[ProvinceMention, ...]
    regions: tuple[RegionMention, ...]
    periods: tuple[PeriodMention, ...]
    indicators: tuple[IndicatorMention, ...]
    documents: tuple[Span, ...]
    tokens: tuple[Token, ...]


def read_facts(text: str, today: date | None) -> Facts:
    """Facts and tokens of NFC ``text``, a question."""
    provinces = tuple(find_provinces(text, loose=True))
    regions = tuple(r for r in find_regions(text) if not _overlaps(r.start, r.end, provinces))
    periods = tuple(m for m in find_periods(text, today) if m.role is not Role.DOCUMENT)
    documents = tuple(find_document_numbers(text, loose=True))
    named: list[tuple[int, int, str]] = [(m.start, m.end, PROVINCE) for m in provinces]
    named += [(m.start, m.end, REGION) for m in regions]
    named += [(m.start, m.end, PERIOD) for m in periods]
    named += [(s.start, s.end, DOCUMENT) for s in documents]
    tokens = tuple(_tokens(text, sorted(named)))[:LONGEST]
    return Facts(text, provinces, regions, periods, tuple(find_indicators(text)), documents, tokens)


def _overlaps(start: int, end: int, mentions: Sequence[ProvinceMention]) -> bool:
    return any(start < m.end and m.start < end for m in mentions)


_PIECE = re.compile(r"\d{1,2}[^\W\d_]{1,2}(?![^\W_])|\d+(?:[.,/]\d+)*%?|[^\W\d_]+\d*(?:_[^\W_]+)*|[?!.,;:%…\n]")


def _tokens(text: str, named: Sequence[tuple[int, int, str]]) -> Iterator[Token]:
    at = 0
    for start, end, key in named:
        if start < at:
            continue
        yield from _words(text, at, start)
        yield Token(key, text[start:end].lower(), start, end)
        at = end
    yield from _words(text, at, len(text))


def _words(text: str, start: int, end: int) -> Iterator[Token]:
    run: list[Word] = []
    for match in _PIECE.finditer(text, start, end):
        piece = match[0]
        if piece[-1].isalpha() or piece[0].isalpha():
            run.append(Word(piece, fold(piece), *match.span()))
            continue
        yield from _written_out(text, run)
        run = []
        if piece[0].isdigit():
            yield Token(NUMBER, piece, *match.span())
        else:
            yield Token(piece, piece, *match.span())
    yield from _written_out(text, run)


def _written_out(text: str, run: Sequence[Word]) -> Iterator[Token]:
    for word in expand_words(run):
        yield Token(word.folded, word.text.lower(), word.start, word.end, _is_name(text, word))


_BEGINS = re.compile(r"(?:^|[.?!:;…\n\"“(\-–])\s*$")


def _is_name(text: str, word: Word) -> bool:
    """Whether a word is written as a name: "Ama Số", "Hữu Nghị"; not one that opens a sentence, nor an abbreviation."""
    written = text[word.start : word.end]
    return (
        written[:1].isupper() and written[1:].islower() and not _BEGINS.search(text, max(0, word.start - 4), word.start)
    )
