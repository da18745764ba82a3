"""Text as the lexical index sees it. We cut the words, SQLite only stores them: its own tokenisers break "56,83" and
"09-nq/tu", and know neither "đ" nor syllable pairs.
"""

from itertools import pairwise

from retrieval.text import fold, has_diacritics, nfc, syllables

TOKENIZER = "ascii tokenchars '.,/-&_'"
"""Cuts at the blanks that ``indexed`` puts in, and nowhere else."""

COLUMNS = ("accented", "folded", "pairs")
"""Syllables as written, without diacritics, and two neighbours without diacritics: Vietnamese words are mostly two
syllables, so pairs stand in for a word segmenter (XQuAD-vi R@1 .920, benchmarks/README.md).
"""

LONGEST_QUERY = 64
"""Distinct syllables of a question that are looked up; more only costs time."""


def indexed(text: str) -> tuple[str, str, str]:
    """The row of ``COLUMNS`` for a text."""
    accented = syllables(nfc(text))
    folded = [fold(syllable) for syllable in accented]
    return " ".join(accented), " ".join(folded), " ".join(_pairs(folded))


def folded_words(text: str) -> str:
    return " ".join(fold(syllable) for syllable in syllables(nfc(text)))


def match_chunks(question: str) -> str | None:
    """FTS5 expression that finds any word of the question; None when it has no words."""
    question = nfc(question)
    accented = syllables(question)
    folded = [fold(syllable) for syllable in accented]
    wanted = {"folded": folded, "pairs": _pairs(folded)}
    if has_diacritics(question):
        wanted["accented"] = accented
    return " OR ".join(f"{column} : ({any_of})" for column, words in wanted.items() if (any_of := _any(words))) or None


def match_figures(text: str) -> str | None:
    return _any(folded_words(text).split()) or None


def _pairs(words: list[str]) -> list[str]:
    return [f"{first}_{second}" for first, second in pairwise(words)]


def _any(words: list[str]) -> str:
    return " OR ".join(f'"{word}"' for word in list(dict.fromkeys(words))[:LONGEST_QUERY])
