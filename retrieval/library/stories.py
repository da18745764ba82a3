"""Stories: near-copies of one text by several publishers are one story, told by several sources.

Candidates come from MinHash signatures over word shingles, cut into bands that SQLite looks up (``story_bands``); the texts
themselves then decide. Shingles say whether the words are the same; numbers and provinces, whether they speak of the same:
what two provinces report in one form, or one province in two years, differs in little else.
"""

import hashlib
import re
from collections.abc import Set
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from retrieval.text import fold, nfc, syllables
from retrieval.types import Article

if TYPE_CHECKING:
    from datasketch import MinHash

SHINGLE = 3
"""Syllables of a shingle: a word that is changed costs three or four of them."""
PERMUTATIONS, BANDS = 128, 32
"""At a similarity of .5 a pair is found with 87%, of .6 with 99%, of .2 with 5% (1 - (1 - s^4)^32)."""
ALIKE = 0.5
"""Share of the shingles of both texts that near-copies have in common at least (benchmarks/stories.py)."""
NUMBERS_ALIKE = 0.8
"""Share of the numbers of the text with fewer of them that stand in the other one too."""
SUCCESSOR = 0.3
"""Likeness to its earlier version at which a text under the same address still tells the same story."""

_NUMBER = re.compile(r"\d+(?:[.,/:-]\d+)*")


def bands(article: Article) -> list[int]:
    """Pieces of the MinHash of an article's shingles: articles that share one are candidates. None for a text that
    nobody wrote."""
    found = () if article.rendered else shingles(article.text)
    if not found:
        return []
    minhash = _blank().copy()
    minhash.update_batch([shingle.encode() for shingle in found])
    values = np.asarray(minhash.hashvalues, "<u4").reshape(BANDS, -1)
    return [_whole_number(bytes([number]) + row.tobytes()) for number, row in enumerate(values)]


@cache
def _blank() -> "MinHash":
    """Of no shingle: its permutations take longer to draw than a signature to make."""
    from datasketch import MinHash

    # the scheme is named, so that signatures stay comparable whatever becomes datasketch's default
    return MinHash(PERMUTATIONS, seed=1, scheme="affine32")


def _whole_number(piece: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(piece, digest_size=8).digest(), signed=True)


def is_successor(article: Article, older: Article) -> bool:
    """Whether the text that an address now has is a correction of the one it had, and not another article."""
    return jaccard(shingles(article.text), shingles(older.text)) >= SUCCESSOR


def likeness(a: Article, b: Article) -> float:
    """Share of shingles in common, 0 where numbers or provinces tell the two stories apart."""
    if a.provinces and b.provinces and not set(a.provinces) & set(b.provinces):
        return 0.0
    if contained(numbers(a.text), numbers(b.text)) < NUMBERS_ALIKE:
        return 0.0
    return jaccard(shingles(a.text), shingles(b.text))


def jaccard(a: Set[str], b: Set[str]) -> float:
    return len(a & b) / len(a | b) if a or b else 1.0


def contained(a: Set[str], b: Set[str]) -> float:
    """Share of the smaller set that the other one holds."""
    return len(a & b) / min(len(a), len(b)) if a and b else float(len(a) == len(b))


@lru_cache(maxsize=64)
def shingles(text: str) -> frozenset[str]:
    words = fold(" ".join(syllables(nfc(text)))).split()
    return (
        frozenset(" ".join(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1)))
        if words
        else frozenset()
    )


@lru_cache(maxsize=64)
def numbers(text: str) -> frozenset[str]:
    return frozenset(_NUMBER.findall(text))
