"""Text as the lexical index sees it. We cut the words, SQLite only stores them: its own tokenisers break "56,83" and
"09-nq/tu", and know neither "đ" nor syllable pairs.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from itertools import pairwise

from retrieval.text import fold, has_diacritics, nfc, syllables

TOKENIZER = "ascii tokenchars '.,/-&_'"
"""Cuts at the blanks that ``indexed`` puts in, and nowhere else."""

COLUMNS = ("accented", "folded", "pairs")
"""Syllables as written, without diacritics, and two neighbours without diacritics: Vietnamese words are mostly two
syllables, so pairs stand in for a word segmenter (XQuAD-vi R@1 .920, benchmarks/README.md).
"""

LONGEST_QUERY = 64
"""Distinct words of a question that are looked up in a column; more only costs time."""
COMMON = 1_500
"""A word in more rows than this is left out of a question: it tells little, and each such row costs 1 us to score. At
10,000 chunks that is 15%; leaving out even the words in 10% of the paragraphs does not change XQuAD-vi's R@1.
"""
ALWAYS = 3
"""The rarest words of a column that are looked up however common they are."""


def indexed(text: str) -> tuple[str, str, str]:
    """The row of ``COLUMNS`` for a text."""
    accented, folded, pairs = _columns(text)
    return " ".join(accented), " ".join(folded), " ".join(pairs)


def folded_words(text: str) -> list[str]:
    return _columns(text)[1]


def asked_words(question: str) -> dict[str, list[str]]:
    """Words to look up, by column. Without diacritics there is nothing to find among accented syllables."""
    asked = dict(zip(COLUMNS, _columns(question), strict=True))
    if not has_diacritics(question):
        del asked["accented"]
    return asked


def match_any(connection: sqlite3.Connection, rows: str, asked: Mapping[str, Sequence[str]]) -> str | None:
    """FTS5 expression for the ``rows`` ("chunk" or "figure") that hold any telling word; None when there is no word."""
    distinct = {column: list(dict.fromkeys(words))[:LONGEST_QUERY] for column, words in asked.items() if words}
    frequencies = _frequencies(connection, rows, [word for words in distinct.values() for word in words])
    telling = {column: _telling(column, words, frequencies) for column, words in distinct.items()}
    return " OR ".join(f"{column} : ({_any_of(words)})" for column, words in telling.items()) or None


def _frequencies(connection: sqlite3.Connection, rows: str, words: Sequence[str]) -> dict[tuple[str, str], int]:
    """In how many rows each (column, word) stands."""
    marks = ", ".join("?" * len(words))
    found = connection.execute(f"SELECT col, term, doc FROM {rows}_vocabulary WHERE term IN ({marks})", words)
    return {(column, word): count for column, word, count in found}


def _telling(column: str, words: Sequence[str], frequencies: Mapping[tuple[str, str], int]) -> list[str]:
    rarest = sorted(words, key=lambda word: frequencies.get((column, word), 0))
    return [word for i, word in enumerate(rarest) if i < ALWAYS or frequencies.get((column, word), 0) <= COMMON]


def _any_of(words: Sequence[str]) -> str:
    return " OR ".join(f'"{word}"' for word in words)


def _columns(text: str) -> tuple[list[str], list[str], list[str]]:
    accented = syllables(nfc(text))
    folded = [fold(syllable) for syllable in accented]
    return accented, folded, [f"{first}_{second}" for first, second in pairwise(folded)]
