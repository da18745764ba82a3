"""Text as the lexical index sees it. We cut the words, SQLite only stores them: its own tokenisers break "56,83" and
"09-nq/tu", and know neither "đ" nor syllable pairs.
"""

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
"""The rarest words of a column that are looked up however common they are, as far as MOST_ROWS allows."""
MOST_ROWS = 20_000
"""Rows in which the common words of a question stand together at most: 8 ms. Of 100,000 chunks, three words a column would
be in up to 250,000. The rarest word is looked up all the same."""


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
    telling: list[tuple[int, str, str]] = []
    for column, words in asked.items():
        distinct = list(dict.fromkeys(words))[:LONGEST_QUERY]
        counts = count(column, distinct)
        telling += [(counts.get(word, 0), column, word) for word in _telling(distinct, counts)]
    chosen: dict[str, list[str]] = {}
    rows = 0
    for number, column, word in sorted(telling, key=lambda entry: entry[0]):
        if number > COMMON and chosen and rows + number > MOST_ROWS:
            break
        rows += number
        chosen.setdefault(column, []).append(word)
    return " OR ".join(f"{column} : ({any_of(words)})" for column, words in chosen.items()) or None


def any_of(words: Sequence[str]) -> str:
    return " OR ".join(f'"{word}"' for word in words)


def _telling(words: Sequence[str], counts: Mapping[str, int]) -> list[str]:
    rarest = sorted(words, key=lambda word: counts.get(word, 0))
    return [word for i, word in enumerate(rarest) if i < ALWAYS or counts.get(word, 0) <= COMMON]


def _columns(text: str) -> tuple[list[str], list[str], list[str]]:
    accented = syllables(nfc(text))
    folded = fold(" ".join(accented)).split(" ") if accented else []
    return accented, folded, [f"{first}_{second}" for first, second in pairwise(folded)]
