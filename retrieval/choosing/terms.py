"""How much of a question a stretch of text bears: each word weighed by how rare it is and how likely evidence says it.

Vietnamese words are mostly two syllables, so pairs of neighbouring syllables count beside the syllables themselves:
"kinh tế số" is not three common syllables anywhere in a sentence.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from retrieval.lexicon.abbreviations import expand
from retrieval.lexicon.synonyms import synonyms_of
from retrieval.query import Term
from retrieval.text import fold, syllables

PAIR_WEIGHT = 0.6
"""A pair weighs this part of its two syllables' mean."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A word or pair ("a_b") of the question: its weight, its rarity (idf), other words that say the same, the word as
    typed ("" for pairs), and whether it was typed as a name."""

    key: str
    weight: float
    rarity: float
    same: frozenset[str]
    word: str
    name: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """The words of a question with their weights."""

    words: tuple[Weighed, ...]
    pairs: tuple[Weighed, ...]

    @property
    def total(self) -> float:
        return sum(w.weight for w in (*self.words, *self.pairs)) or 1.0


Frequencies = Callable[[Sequence[str]], Mapping[str, int]]


def weigh(terms: Sequence[Term], frequency: Frequencies, size: int) -> Terms:
    """Weights by inverse document frequency, log(1 + N / (1 + df)), and by the likelihood that evidence says the word."""
    keys = [t.folded for t in terms]
    pairs = [f"{a}_{b}" for a, b in pairwise(keys)]
    counts = frequency([*keys, *pairs])

    def rarity(key: str) -> float:
        return math.log(1 + (size + 1) / (1 + counts.get(key, 0)))

    same = synonyms_of(keys)
    words: dict[str, Weighed] = {}
    for i, term in enumerate(terms):
        known = words.get(term.folded)
        weight = term.weight * rarity(term.folded)
        if known is None or known.weight < weight:
            words[term.folded] = Weighed(term.folded, weight, rarity(term.folded), same[i], term.word, term.name)
    joined: dict[str, Weighed] = {}
    for (a, b), pair in zip(pairwise(terms), pairs, strict=True):
        if counts.get(pair, 0):
            mean = (a.weight * rarity(a.folded) + b.weight * rarity(b.folded)) / 2
            joined[pair] = Weighed(pair, PAIR_WEIGHT * mean * min(a.weight, b.weight), rarity(pair), frozenset(), "")
    return Terms(tuple(words.values()), tuple(joined.values()))


@lru_cache(maxsize=16384)
def features(text: str) -> frozenset[str]:
    """Folded syllables of a text, abbreviations spelled out as well, and their pairs."""
    words = expand(fold(" ".join(syllables(text))).split())
    return frozenset(words) | frozenset(f"{a}_{b}" for a, b in pairwise(words))


@lru_cache(maxsize=16384)
def accented(text: str) -> frozenset[str]:
    return frozenset(syllables(text))


def borne(weighed: Weighed, layer: frozenset[str]) -> bool:
    return weighed.key in layer or (bool(weighed.same) and any(s in layer for s in weighed.same))
