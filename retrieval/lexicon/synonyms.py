"""Everyday words and what articles write instead (data/reference/synonyms.csv): "online" is said by "trực tuyến"."""

from collections.abc import Sequence
from functools import cache

from retrieval.lexicon.tables import listed, read_table, words


@cache
def _synonyms() -> dict[tuple[str, ...], frozenset[str]]:
    """Folded words -> other sayings, each a word or, of two syllables and more, its first pair "a_b"."""
    found: dict[tuple[str, ...], frozenset[str]] = {}
    for row in read_table("synonyms.csv"):
        key = tuple(word.folded for word in words(row["words"]))
        said = set()
        for other in listed(row["same"]):
            parts = [word.folded for word in words(other)]
            said.add(parts[0] if len(parts) == 1 else f"{parts[0]}_{parts[1]}")
        found[key] = found.get(key, frozenset()) | frozenset(said)
    return found


def synonyms_of(folded: Sequence[str]) -> list[frozenset[str]]:
    """For each of the words of a question, the sayings that bear it as well; a synonym of two words is given to both."""
    given: list[frozenset[str]] = [frozenset()] * len(folded)
    for size in (1, 2, 3):
        for i in range(len(folded) - size + 1):
            if said := _synonyms().get(tuple(folded[i : i + size])):
                for j in range(i, i + size):
                    given[j] |= said
    return given
