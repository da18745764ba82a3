"""The judgements of understanding, each a linear model over hashed words: what a message does, what is asked, which of its
words name the measure, and which of them evidence is likely to say. ``training/question.py`` makes the weights.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from retrieval.learned import Array, hashed, linear, load, sigmoid, softmax
from retrieval.query import Act, Expects, Operation
from retrieval.question.tokens import PERIOD, PROVINCE, REGION, Token
from retrieval.text import Span

DIMENSION, TOKEN_DIMENSION = 1 << 16, 1 << 17
"""Columns of the hashed features of a message, and of a token: with 2^14 for both, words that met in a column cost a point."""

TAGS = ("around", "asking", "measure")
"""What a token is: around the question (thanks, reasons), of the question, or of what is measured in it."""

HEADS: Mapping[str, tuple[str, ...]] = {
    "operation": tuple(Operation),
    "expects": tuple(Expects),
    "wants": ("", "target", "both"),
    "end": ("", "best", "worst"),
    "everything": ("no", "yes"),
    "level": ("", "huyện", "xã", "sở", "trụ cột"),
    "several": ("no", "yes"),
}
ACTS = tuple(Act)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the models say of a question. ``tags`` and ``likely`` (0..1, that evidence says it) have one entry a token;
    ``heads`` are the likelihoods of each head's classes."""

    tags: tuple[str, ...]
    likely: tuple[float, ...]
    heads: Mapping[str, Array]

    def best(self, head: str) -> str:
        return HEADS[head][int(self.heads[head].argmax())]

    def likelihood(self, head: str, value: str) -> float:
        return float(self.heads[head][HEADS[head].index(value)])


# --- features -----------------------------------------------------------------------------------------------------


def message_features(tokens: Sequence[Token]) -> list[str]:
    """Words, pairs and triples of a message with its ends, gapped pairs, and how many facts of each kind it names."""
    keys = ["<s>", *(t.key for t in tokens), "</s>"]
    found = [f"1 {key}" for key in keys]
    found += [f"2 {a} {b}" for a, b in pairwise(keys)]
    found += [f"3 {a} {b} {c}" for a, b, c in zip(keys, keys[1:], keys[2:], strict=False)]
    found += [f"g {a} {c}" for a, c in zip(keys, keys[2:], strict=False)]
    for kind in (PROVINCE, REGION, PERIOD):
        number = keys.count(kind)
        found.append(f"n {kind} {min(number, 3)}")
    found.append(f"l {min(len(keys) // 4, 6)}")
    return found


def act_features(tokens: Sequence[Token], has_history: bool) -> list[str]:
    found = message_features(tokens)
    return [*found, f"h {has_history}", *(f"h{has_history} {f}" for f in found if f[0] in "n1l")]


def token_features(tokens: Sequence[Token], i: int) -> list[str]:
    """A token by itself and by its neighbours, its place, and the marks around it."""
    keys = [t.key for t in tokens]

    def at(j: int) -> str:
        return keys[j] if 0 <= j < len(keys) else "<s>" if j < 0 else "</s>"

    found = [f"{d} {at(i + d)}" for d in range(-4, 5)]
    found += [f"{d}{d + 1} {at(i + d)} {at(i + d + 1)}" for d in range(-3, 3)]
    found += [f"t{d} {at(i + d)} {at(i + d + 1)} {at(i + d + 2)}" for d in (-2, -1, 0)]
    before = [k for k in keys[:i] if not k[0].isalnum() and k[0] != "<"]
    after = [k for k in keys[i + 1 :] if not k[0].isalnum() and k[0] != "<"]
    facts_before = sum(k in (PROVINCE, PERIOD, REGION) for k in keys[:i])
    facts_after = sum(k in (PROVINCE, PERIOD, REGION) for k in keys[i + 1 :])
    found += [
        f"mb {before[-1] if before else ''}",
        f"ma {after[0] if after else ''}",
        f"fb {min(facts_before, 2)}",
        f"fa {min(facts_after, 2)}",
        f"p {min(i, 6)}",
        f"e {min(len(keys) - i, 6)}",
        f"w {len(keys[i]) if keys[i][0].isalnum() else 0}",
        f"digit {any(c.isdigit() for c in tokens[i].word)}",
        f"name {tokens[i].name}",
    ]
    return found


# --- models -------------------------------------------------------------------------------------------------------


def act_of(tokens: Sequence[Token], has_history: bool) -> tuple[Act, float]:
    """The likeliest act and its likelihood."""
    weights = load("question")
    scores = linear(hashed(act_features(tokens, has_history), DIMENSION), weights["act.weights"], weights["act.bias"])
    shares = softmax(scores)
    return ACTS[int(shares.argmax())], float(shares.max())


def tag(tokens: Sequence[Token]) -> tuple[tuple[str, ...], tuple[float, ...], tuple[float, ...]]:
    """Tags (the likeliest row, by Viterbi), and by token the likelihoods that evidence says it and that it stands around."""
    if not tokens:
        return (), (), ()
    weights = load("question")
    columns = [hashed(token_features(tokens, i), TOKEN_DIMENSION) for i in range(len(tokens))]
    scores = np.array([linear(c, weights["tag.weights"], weights["tag.bias"]) for c in columns])
    said = np.array([linear(c, weights["said.weights"], weights["said.bias"]) for c in columns])[:, 0]
    shares = softmax(scores)
    tags = _best_row(np.log(shares + 1e-9), weights["tag.steps"])
    return tags, tuple(sigmoid(said).tolist()), tuple(shares[:, TAGS.index("around")].tolist())


def _best_row(scores: Array, steps: Array) -> tuple[str, ...]:
    """Viterbi: the row of tags with the highest sum of scores (tokens, tags) and of steps between neighbours."""
    total = scores[0]
    back = []
    for row in scores[1:]:
        ways = total[:, None] + steps
        back.append(ways.argmax(axis=0))
        total = ways.max(axis=0) + row
    at = int(total.argmax())
    path = [at]
    for came in reversed(back):
        at = int(came[at])
        path.append(at)
    return tuple(TAGS[i] for i in reversed(path))


def classify(tokens: Sequence[Token]) -> dict[str, Array]:
    """Likelihoods of every head's classes for the tokens of a question without what stands around it."""
    weights = load("question")
    columns = hashed(message_features(tokens), DIMENSION)
    return {head: softmax(linear(columns, weights[f"{head}.weights"], weights[f"{head}.bias"])) for head in HEADS}


def read(tokens: Sequence[Token], named: Sequence[Span] = ()) -> Reading:
    """All judgements but the act: the tags first, then the heads over what is left without the words around. What is
    ``named`` (indicators) is of the question."""
    tags, likely, outside = tag(tokens)
    tags = _with_asking(tokens, tags, likely, outside, named)
    inner = [t for t, tagged in zip(tokens, tags, strict=True) if tagged != "around"]
    return Reading(tags, likely, classify(inner or tokens))


_ASKS = frozenset({("bao", "nhieu"), ("khi", "nao"), ("co", "may"), ("hang", "may"), ("thu", "may")})
_SHORT_RUN = 4
_FACTS = (PROVINCE, REGION, PERIOD)


SAID = 0.5
"""Mean likelihood that evidence says its words from which a run is of the question after all."""


CLEAR_AROUND = 0.85
"""Mean likelihood of its words from which a run is cut away: a word too many costs less than one too few. Of held-out
questions 2% then lose a word that evidence says (6% at 0.5), and 24% keep one that says nothing (14%)."""


def _with_asking(
    tokens: Sequence[Token],
    tags: Sequence[str],
    likely: Sequence[float],
    outside: Sequence[float],
    named: Sequence[Span],
) -> tuple[str, ...]:
    """The tags with the runs taken back into the question that do not clearly stand around it."""
    found = list(tags)
    kept = [t for t, tagged in zip(tokens, tags, strict=True) if tagged != "around"]
    start = 0
    while start < len(found):
        end = start
        while end < len(found) and found[end] == "around":
            end += 1
        run = tokens[start:end]
        said = [p for t, p in zip(run, likely[start:end], strict=True) if t.is_word]
        borne = len(said) > 1 and sum(said) / len(said) >= SAID
        unclear = bool(run) and sum(outside[start:end]) / len(run) < CLEAR_AROUND
        if borne or unclear or _asks(run) or _names(run, kept, named):
            found[start:end] = ["asking"] * (end - start)
        start = max(end, start + 1)
    for i in range(len(found) - 3, -1, -1):  # "Bến Tre và Trà Vinh": neither without the other
        if found[i] == "around" != found[i + 2] and tokens[i].key == tokens[i + 2].key in _FACTS:
            found[i : i + 2] = ["asking", "asking"]
    return tuple(found)


def _asks(run: Sequence[Token]) -> bool:
    """Whether a run asks something itself: of two questions in one message, both count."""
    return len(run) >= _SHORT_RUN and any((a.key, b.key) in _ASKS for a, b in pairwise(run))


def _names(run: Sequence[Token], kept: Sequence[Token], named: Sequence[Span]) -> bool:
    """Whether a run names a fact of a kind that nothing else in the question names."""
    kinds = {t.key for t in kept}

    def inside(tokens: Sequence[Token]) -> bool:
        return any(a < t.end and t.start < b for t in tokens for a, b in named)

    return any(t.key in _FACTS and t.key not in kinds for t in run) or (inside(run) and not inside(kept))
