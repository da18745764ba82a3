"""How much of a question a stretch of text bears: weighted by how rare each word is, without diacritics.

Vietnamese words are mostly two syllables, so pairs of neighbouring syllables count beside the syllables themselves:
"kinh tế số" is not three common syllables anywhere in a sentence.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from retrieval.lexicon.abbreviations import expand
from retrieval.text import fold, syllables

PAIR_WEIGHT = 0.6
"""A pair weighs this part of its two syllables' mean."""

TOPIC = ("chuyen", "doi", "so")
TOPIC_WEIGHT = 0.3
"""Every article here is about "chuyển đổi số": a statement need not say so."""


_SYNONYMS = {"app": ("ung", "dung"), "apps": ("ung", "dung"), "web": ("trang",), "sep": ("lanh", "dao")}
"""Words of chat and what articles write instead (folded)."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The content words of a question with their weights."""

    weights: Mapping[str, float]
    words: tuple[str, ...]

    @property
    def total(self) -> float:
        return sum(self.weights.values()) or 1.0


def weigh(words: Sequence[str], frequency: Callable[[Sequence[str]], Mapping[str, int]], size: int) -> Terms:
    """Weights of folded syllables and their pairs by inverse document frequency, log(1 + N / (1 + df))."""
    words = [part for word in words for part in _SYNONYMS.get(word, (word,))]
    pairs = [f"{a}_{b}" for a, b in pairwise(words)]
    frequencies = frequency([*words, *pairs])
    idf = {w: math.log(1 + (size + 1) / (1 + frequencies.get(w, 0))) for w in words}
    if " ".join(TOPIC) in " ".join(words):
        idf |= {w: idf[w] * TOPIC_WEIGHT for w in TOPIC}
    weights = dict(idf)
    for pair in pairs:
        a, _, b = pair.partition("_")
        if frequencies.get(pair, 0):
            weights[pair] = PAIR_WEIGHT * (idf[a] + idf[b]) / 2
    return Terms(weights, tuple(words))


@lru_cache(maxsize=8192)
def features(text: str) -> frozenset[str]:
    """Folded syllables of a text, abbreviations spelled out as well, and their pairs."""
    words = expand(fold(" ".join(syllables(text))).split())
    return frozenset(words) | frozenset(f"{a}_{b}" for a, b in pairwise(words))


def coverage(
    terms: Terms, layers: Sequence[tuple[str, float]], given: frozenset[str] = frozenset()
) -> tuple[float, frozenset[str]]:
    """Share (0..1) of the question's weight that the layers bear, each counted by its factor; and what none bears.

    ``layers`` are (text, factor): the text itself, and what stands around it. ``given`` are terms known to be
    borne though worded otherwise (the indicator under another of its names).
    """
    found = [(features(text), factor) for text, factor in sorted(layers, key=lambda layer: -layer[1]) if text]
    got = 0.0
    missing = []
    for term, weight in terms.weights.items():
        if term in given:
            got += weight
            continue
        for words, factor in found:
            if term in words:
                got += weight * factor
                break
        else:
            if "_" not in term:
                missing.append(term)
    return got / terms.total, frozenset(missing)
