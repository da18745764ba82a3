"""How likely a stretch of text holds each kind of answer: a date, a person, a reason. Learned from sentences that answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np

from retrieval.learned import Array, hashed, linear, load, softmax
from retrieval.query import Expects, Query
from retrieval.text import fold

DIMENSION = 1 << 13

_ORDER = tuple(Expects)


def shape_features(text: str) -> list[str]:
    """Words and pairs of a text with facts and numbers by their kind, and whether words are capitalised."""
    tokens = _shape(text)
    keys = [key for key, _ in tokens]
    found = [f"1 {key}" for key in keys]
    found += [f"2 {a} {b}" for a, b in pairwise(keys)]
    found += [f"c {key}" for key, capital in tokens if capital]
    found += [f"cc {a[0] if not a[1] else 'Aa'} {b[0] if not b[1] else 'Aa'}" for a, b in pairwise(tokens)]
    return found


_PIECE = re.compile(r"\d+(?:[.,/-]\d+)*%?(?:[/-][A-ZĐ][\wĐđ-]*)?|[^\W\d_]+|[;:()]")
LONGEST = 700
"""Characters of a text that are looked at."""


def _shape(text: str) -> list[tuple[str, bool]]:
    """Pieces of a text, numbers by their kind, and whether each begins with a capital."""
    return [(_key(piece), piece[0].isupper()) for piece in _PIECE.findall(text[:LONGEST])]


def _key(piece: str) -> str:
    if not piece[0].isdigit():
        return fold(piece)
    if piece[-1:].isalpha():
        return "<document>"
    if piece.endswith("%"):
        return "<%>"
    if piece.isdigit() and len(piece) == 4 and piece[:2] in ("19", "20"):
        return "<year>"
    return "<a/b/c>" if piece.count("/") > 1 else "<a/b>" if "/" in piece else "<a,b>" if "," in piece else "<n>"


@lru_cache(maxsize=8192)
def _columns(text: str) -> tuple[int, ...]:
    return tuple(hashed(shape_features(text), DIMENSION))


def _likely(text: str) -> Array:
    weights = load("kinds")
    return softmax(linear(_columns(text), weights["weights"], weights["bias"]))


def holds(texts: Sequence[str], query: Query) -> list[float]:
    """For each text, how well the kinds that it likely holds agree with those that the query likely expects, 0..1."""
    wanted = np.zeros(len(_ORDER), np.float32)
    for kind, likelihood in query.kinds:
        wanted[_ORDER.index(kind)] = likelihood
    return [float(_likely(text) @ wanted) for text in texts]
