"""Weights of understanding (data/weights/question.npz): acts, heads, tags, and which words evidence says."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from retrieval.choosing.terms import features as words_of
from retrieval.choosing.windows import context_of, kind_of, sentences_between
from retrieval.learned import Array, hashed
from retrieval.lexicon.synonyms import synonyms_of
from retrieval.question import model
from retrieval.question.tokens import Facts, Token, read_facts
from retrieval.text import Span, fold
from training import data
from training.data import Labelled, Wrapper

SEED = 11
Rows = list[list[int]]
Weights = dict[str, Array]


@dataclass(frozen=True, slots=True)
class Example:
    """A question with its tokens, a tag a token, and whether evidence says the token (None: unknown or no word)."""

    question: Labelled
    tokens: tuple[Token, ...]
    tags: tuple[str, ...]
    said: tuple[bool | None, ...]


# --- labels by token ----------------------------------------------------------------------------------------------


def example(question: Labelled) -> Example:
    facts = read_facts(question.q, None)
    return Example(question, facts.tokens, _tags(question, facts), _said(question, facts))


def _tags(question: Labelled, facts: Facts) -> tuple[str, ...]:
    start = max(question.q.find(question.core), 0)
    end = start + len(question.core)
    at = question.q.find(question.measure, start) if question.measure else -1
    tags = []
    for token in facts.tokens:
        if token.end <= start or token.start >= end:
            tags.append("around")
        elif 0 <= at <= token.start < at + len(question.measure):
            tags.append("measure")
        else:
            tags.append("asking")
    return tuple(tags)


@lru_cache(maxsize=4096)
def _evidence(article: str, answers: tuple[str, ...]) -> frozenset[str]:
    """The words of the answers, and of what stands around them."""
    text = data.articles().get(article)
    if text is None:
        return frozenset()
    found: set[str] = set(words_of(text.title))
    for answer in answers:
        at = text.text.find(answer)
        if at < 0:
            continue
        found |= words_of(answer)
        for span in sentences_between(text.text, at, at + 1)[:1]:
            context = context_of(text.text, span.start, kind_of(text.text, Span(span.start, span.end)), ())
            found |= words_of(context.lead) | words_of(context.previous)
    return frozenset(found)


def _said(question: Labelled, facts: Facts) -> tuple[bool | None, ...]:
    evidence = _evidence(question.article, question.answers) if question.answers else frozenset()
    same = synonyms_of([t.key for t in facts.tokens])
    start = max(question.q.find(question.core), 0)
    said: list[bool | None] = []
    for token, others in zip(facts.tokens, same, strict=True):
        inside = start <= token.start < start + len(question.core)
        if not token.is_word or not evidence:
            said.append(None)
        else:
            said.append(inside and (token.key in evidence or any(o in evidence for o in others)))
    return tuple(said)


# --- fitting ------------------------------------------------------------------------------------------------------


def matrix(rows: Sequence[Sequence[int]], dimension: int) -> csr_matrix:
    """Shape (rows, dimension), as ``retrieval.learned.linear`` scales them."""
    lengths = np.array([len(r) for r in rows])
    values = np.repeat(1 / np.sqrt(np.maximum(lengths, 1)), lengths).astype(np.float32)
    columns = np.array([c for r in rows for c in r], dtype=np.int32)
    return csr_matrix((values, columns, np.concatenate([[0], np.cumsum(lengths)])), shape=(len(rows), dimension))


def fit(
    rows: Rows,
    labels: Sequence[str],
    classes: Sequence[str],
    dimension: int,
    *,
    strength: float,
    balanced: bool = False,
) -> tuple[Array, Array]:
    """Weights (dimension, classes) and bias (classes,) of a softmax regression; classes never seen get a low bias."""
    fitted = LogisticRegression(C=strength, max_iter=400, tol=1e-3, class_weight="balanced" if balanced else None)
    fitted.fit(matrix(rows, dimension), list(labels))
    weights = np.zeros((dimension, len(classes)), np.float32)
    bias = np.full(len(classes), -12.0, np.float32)
    found = list(fitted.classes_)
    for i, name in enumerate(found):
        sign = (-0.5 if i == 0 else 0.5) if len(found) == 2 else 1.0
        row = 0 if len(found) == 2 else i
        weights[:, classes.index(name)] = sign * fitted.coef_[row]
        bias[classes.index(name)] = sign * fitted.intercept_[row]
    return weights, bias


def train(questions: Sequence[Labelled], around: Sequence[Wrapper], *, acts: bool = True) -> Weights:
    """All weights of understanding from ``questions`` (and the orders, acts and wrappers of the project)."""
    chance = random.Random(SEED)
    weights: Weights = {}
    asked = (*questions, *data.orders(), *data.phrasings(), *data.handbook())
    examples = [example(v) for q in asked for v in data.variants(q, chance, around)]
    rows: Rows = []
    tags: list[str] = []
    said_rows: Rows = []
    said: list[str] = []
    steps = np.ones((len(model.TAGS), len(model.TAGS)))
    for one in examples:
        found = [hashed(model.token_features(one.tokens, i), model.TOKEN_DIMENSION) for i in range(len(one.tokens))]
        rows += found
        tags += one.tags
        for a, b in zip(one.tags, one.tags[1:], strict=False):
            steps[model.TAGS.index(a), model.TAGS.index(b)] += 1
        for column, flag in zip(found, one.said, strict=True):
            if flag is not None:
                said_rows.append(column)
                said.append("yes" if flag else "no")
    weights["tag.weights"], weights["tag.bias"] = fit(rows, tags, model.TAGS, model.TOKEN_DIMENSION, strength=4)
    weights["tag.steps"] = np.log(steps / steps.sum(axis=1, keepdims=True)).astype(np.float32)
    two, bias = fit(said_rows, said, ("no", "yes"), model.TOKEN_DIMENSION, strength=4)
    weights["said.weights"], weights["said.bias"] = two[:, 1:] - two[:, :1], bias[1:] - bias[:1]
    for head, classes in model.HEADS.items():
        picked = [e for e in examples if getattr(e.question, head) is not None]
        head_rows = [hashed(model.message_features(_inner(e)), model.DIMENSION) for e in picked]
        labels = [getattr(e.question, head) for e in picked]
        weights[f"{head}.weights"], weights[f"{head}.bias"] = fit(
            head_rows, labels, classes, model.DIMENSION, strength=12
        )
    if acts:
        weights["act.weights"], weights["act.bias"] = _acts(asked, around, chance)
    return weights


def _inner(one: Example) -> list[Token]:
    """The tokens of the question itself."""
    inner = [t for t, tag in zip(one.tokens, one.tags, strict=True) if tag != "around"]
    return inner or list(one.tokens)


def _acts(questions: Sequence[Labelled], around: Sequence[Wrapper], chance: random.Random) -> tuple[Array, Array]:
    messages = [(said.q, said.act, bool(said.history)) for said in (*data.acts(), *data.followups())]
    messages += [(fold(q), act, history) for q, act, history in messages]
    for question in questions:
        for variant in data.variants(question, chance, around):
            if not question.history:
                messages.append((variant.q, "question", chance.random() < 0.5))
    rows = [hashed(model.act_features(read_facts(q, None).tokens, h), model.DIMENSION) for q, _, h in messages]
    return fit(rows, [act for _, act, _ in messages], model.ACTS, model.DIMENSION, strength=8, balanced=True)


# --- reporting ----------------------------------------------------------------------------------------------------


def report(questions: Sequence[Labelled]) -> dict[str, float]:
    """Shares right over held-out ``questions``, by the weights in use."""
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for question in questions:
        one = example(question)
        reading = model.read(one.tokens)
        for head in ("operation", "expects", "wants"):
            asked[head] += 1
            right[head] += reading.best(head) == getattr(question, head)
        got = {i for i, t in enumerate(reading.tags) if t == "measure"}
        want = {i for i, t in enumerate(one.tags) if t == "measure"}
        asked["measure (tokens)"] += len(got | want)
        right["measure (tokens)"] += len(got & want)
        asked["around (tokens)"] += len(one.tags)
        right["around (tokens)"] += sum(
            (a == "around") == (b == "around") for a, b in zip(reading.tags, one.tags, strict=True)
        )
        for likely, flag in zip(reading.likely, one.said, strict=True):
            if flag is not None:
                asked["said"] += 1
                right["said"] += (likely > 0.5) == flag
    return {name: right[name] / asked[name] for name in asked}
