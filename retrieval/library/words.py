"""Text as the lexical index sees it. We cut the words, SQLite only stores them: its own tokenisers break "56,83" and
"09-nq/tu", and know neither "đ" nor syllable pairs.
"""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
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
10,000 chunks that is 15%. Leaving out the words in 10% of XQuAD-vi's paragraphs costs the lexical side .006 of R@1 and
the fused search nothing (.957).
"""
ALWAYS = 3
"""The rarest words of a column that are looked up however common they are."""


def indexed(text: str) -> tuple[str, str, str]:
    """The row of ``COLUMNS`` for a text."""
    accented, folded, pairs = _columns(text)
    return " ".join(accented), " ".join(folded), " ".join(pairs)


def folded_words(text: str) -> list[str]:
    return _columns(text)[1]


def one_word(name: str) -> str:
    """A name as a single word of the index: "Bắc Ninh" -> "bac_ninh"."""
    return "_".join(folded_words(name))


def asked_words(question: str) -> dict[str, list[str]]:
    """Words to look up, by column. Without diacritics there is nothing to find among accented syllables."""
    asked = dict(zip(COLUMNS, _columns(question), strict=True))
    if not has_diacritics(question):
        del asked["accented"]
    return asked


def match_any(
    asked: Mapping[str, Sequence[str]], count: Callable[[str, Sequence[str]], Mapping[str, int]]
) -> str | None:
    """FTS5 expression for rows that hold any telling word of a column; None when no word was asked for.

    ``count`` gives the number of rows in which each word of a column stands.
    """
    parts = []
    for column, words in asked.items():
        distinct = list(dict.fromkeys(words))[:LONGEST_QUERY]
        if distinct:
            parts.append(f"{column} : ({any_of(_telling(distinct, count(column, distinct)))})")
    return " OR ".join(parts) or None


def any_of(words: Sequence[str]) -> str:
    return " OR ".join(f'"{word}"' for word in words)


def _telling(words: Sequence[str], counts: Mapping[str, int]) -> list[str]:
    rarest = sorted(words, key=lambda word: counts.get(word, 0))
    return [word for i, word in enumerate(rarest) if i < ALWAYS or counts.get(word, 0) <= COMMON]


class WordCounts:
    """In how many rows of "chunk" or "figure" a word of a column stands, remembered until the library changes.

    Asking SQLite takes 0.2 ms for a common word of 10,000 chunks.
    """

    def __init__(self) -> None:
        self._generation = -1
        self._known: dict[tuple[str, str, str], int] = {}

    def of(
        self, connection: sqlite3.Connection, generation: int, rows: str, column: str, words: Sequence[str]
    ) -> dict[str, int]:
        """Counts of those of ``words`` that stand anywhere."""
        if self._generation != generation:
            self._known, self._generation = {}, generation
        known = self._known  # this generation's, whatever other threads begin
        missing = [word for word in dict.fromkeys(words) if (rows, column, word) not in known]
        if missing:
            marks = ", ".join("?" * len(missing))
            select = f"SELECT term, doc FROM {rows}_vocabulary WHERE term IN ({marks}) AND col = ?"
            known |= {(rows, column, word): count for word, count in connection.execute(select, (*missing, column))}
        return {word: known[rows, column, word] for word in words if (rows, column, word) in known}


def _columns(text: str) -> tuple[list[str], list[str], list[str]]:
    accented = syllables(nfc(text))
    folded = fold(" ".join(accented)).split(" ") if accented else []
    return accented, folded, [f"{first}_{second}" for first, second in pairwise(folded)]
