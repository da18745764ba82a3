"""Weights of choosing (data/weights/choosing.npz and kinds.npz): which window answers, which figure in it, or none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from retrieval.choosing import answer_kinds, clauses, features
from retrieval.choosing.ranker import doubt_row
from retrieval.choosing.select import select
from retrieval.choosing.windows import Window
from retrieval.learned import Array, hashed, hidden, sigmoid
from retrieval.library import Library
from retrieval.query import ASKING, Expects, Query
from retrieval.question import understand
from retrieval.text import Span
from retrieval.types import Embedder
from training.data import Labelled
from training.question import fit

UNITS = 32
"""Units of the hidden layer."""


@dataclass(frozen=True, slots=True)
class Group:
    """The candidates of one question: rows (candidates, features), and which of them answer."""

    question: Labelled
    rows: Array
    right: NDArray[np.bool_]

    @property
    def answerable(self) -> bool:
        return bool(self.right.any())


# --- the hidden layer ---------------------------------------------------------------------------------------------

EPOCHS = 20
RATE = 3e-3
BATCH = 64
"""Groups (or 4 times as many single rows) of one step of Adam."""

MOST_WRONG = 48
"""Wrong rows of a group that are learned from, drawn by the seed."""

Loss = Callable[[Array, NDArray[np.int64]], Array]
"""Scores of the rows of a batch, and which groups (or rows) it is of -> slope of the loss by score."""


def fit_listwise(groups: Sequence[Group], name: str, *, l2: float, seed: int, units: int = UNITS) -> dict[str, Array]:
    """Weights of ``retrieval.learned.hidden`` that make right rows likeliest within their group (softmax over rows)."""
    rng = np.random.default_rng(seed)
    kept = [_thinned(g, rng) for g in groups if g.answerable and not g.right.all()]
    x = np.concatenate([rows for rows, _ in kept])
    right = np.concatenate([flags for _, flags in kept]).astype(np.float32)
    ends = np.cumsum([len(rows) for rows, _ in kept])
    begins = np.concatenate([[0], ends[:-1]])

    def rows_of(batch: NDArray[np.int64]) -> NDArray[np.int64]:
        return np.concatenate([np.arange(begins[i], ends[i]) for i in batch])

    def slope(scores: Array, batch: NDArray[np.int64]) -> Array:
        lengths = ends[batch] - begins[batch]
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        owner = np.repeat(np.arange(len(batch)), lengths)
        e = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
        good = e * right[rows_of(batch)]
        shares = e / np.add.reduceat(e, starts)[owner]
        wanted = good / (np.add.reduceat(good, starts) + 1e-20)[owner]
        return np.asarray((shares - wanted) / len(batch), np.float32)

    return _fit(
        x, items=len(kept), batch_size=BATCH, rows_of=rows_of, slope=slope, name=name, l2=l2, units=units, rng=rng
    )


def _thinned(group: Group, rng: np.random.Generator) -> tuple[Array, NDArray[np.bool_]]:
    right = np.flatnonzero(group.right)
    wrong = np.flatnonzero(~group.right)
    if len(wrong) > MOST_WRONG:
        wrong = rng.choice(wrong, MOST_WRONG, replace=False)
    kept = np.concatenate([right, wrong])
    return group.rows[kept], group.right[kept]


def fit_binary(rows: Array, labels: Array, name: str, *, l2: float, seed: int, units: int = UNITS) -> dict[str, Array]:
    """Weights of ``retrieval.learned.hidden`` whose sigmoid is the likelihood of the label."""

    def slope(scores: Array, batch: NDArray[np.int64]) -> Array:
        return np.asarray((sigmoid(scores) - labels[batch]) / len(batch), np.float32)

    rng = np.random.default_rng(seed)
    return _fit(
        rows,
        items=len(rows),
        batch_size=BATCH * 4,
        rows_of=lambda batch: batch,
        slope=slope,
        name=name,
        l2=l2,
        units=units,
        rng=rng,
    )


def _fit(
    x: Array,
    *,
    items: int,
    batch_size: int,
    rows_of: Callable[[NDArray[np.int64]], NDArray[np.int64]],
    slope: Loss,
    name: str,
    l2: float,
    units: int,
    rng: np.random.Generator,
) -> dict[str, Array]:
    """Adam with decoupled decay (Loshchilov and Hutter, 2019) and a rate that falls to zero."""
    mean, scale = x.mean(axis=0), x.std(axis=0)
    scale[scale < 1e-6] = 1.0
    z = np.clip((x - mean) / scale, -6, 6).astype(np.float32)
    n = z.shape[1]
    values = {
        "w1": rng.normal(0, 1 / np.sqrt(n), (n, units)).astype(np.float32),
        "b1": np.zeros(units, np.float32),
        "w2": rng.normal(0, 0.1, units).astype(np.float32),
        "linear": np.zeros(n, np.float32),
        "bias": np.zeros(1, np.float32),
    }
    first = {key: np.zeros_like(value) for key, value in values.items()}
    second = {key: np.zeros_like(value) for key, value in values.items()}
    steps = EPOCHS * -(-items // batch_size)
    step = 0
    for _ in range(EPOCHS):
        order = rng.permutation(items)
        for at in range(0, items, batch_size):
            batch = order[at : at + batch_size]
            rows = z[rows_of(batch)]
            out = np.tanh(rows @ values["w1"] + values["b1"])
            back = slope(out @ values["w2"] + rows @ values["linear"] + values["bias"][0], batch)
            inner = np.outer(back, values["w2"]) * (1 - out * out)
            gradients = {
                "w1": rows.T @ inner,
                "b1": inner.sum(axis=0),
                "w2": out.T @ back,
                "linear": rows.T @ back,
                "bias": back.sum(keepdims=True),
            }
            step += 1
            rate = RATE * (1 - step / (steps + 1))
            for key, gradient in gradients.items():
                first[key] += 0.1 * (gradient - first[key])
                second[key] += 0.001 * (gradient * gradient - second[key])
                move = first[key] / (1 - 0.9**step) / (np.sqrt(second[key] / (1 - 0.999**step)) + 1e-8)
                values[key] -= rate * (move + (l2 * values[key] if key in ("w1", "w2", "linear") else 0))
    found = {"mean": mean, "scale": scale, **values, "bias": values["bias"][0]}
    return {f"{name}.{key}": np.asarray(value, np.float32) for key, value in found.items()}


def averaged(fits: Sequence[Mapping[str, Array]]) -> dict[str, Array]:
    """Several fits of one layer as one: their units side by side, so that the scores are the mean of theirs. They differ by
    their seed only, and so in what chance had them learn."""
    joined = {}
    for key in fits[0]:
        values = [fit[key] for fit in fits]
        match key.rpartition(".")[2]:
            case "w1":
                joined[key] = np.concatenate(values, axis=1)
            case "b1":
                joined[key] = np.concatenate(values)
            case "w2":
                joined[key] = np.concatenate(values) / np.float32(len(fits))
            case _:
                joined[key] = np.mean(values, axis=0, dtype=np.float32)
    return joined


# --- kinds of answer ----------------------------------------------------------------------------------------------


def train_kinds(questions: Sequence[Labelled]) -> dict[str, Array]:
    """What sentences that answer look like, by what was expected of them."""
    rows, labels = [], []
    for q in questions:
        if q.answers and q.expects:
            for text in dict.fromkeys((q.answers[0], q.clause or q.answers[0])):
                rows.append(hashed(answer_kinds.shape_features(text), answer_kinds.DIMENSION))
                labels.append(q.expects)
    weights, bias = fit(rows, labels, tuple(Expects), answer_kinds.DIMENSION, strength=6, balanced=True)
    return {"weights": weights, "bias": bias}


# --- which spans answer -------------------------------------------------------------------------------------------


def answer_spans(question: Labelled, text: str) -> list[Span]:
    """Where the labelled answers stand in ``text``, their article as ingest read it: by their words, since the marks of
    lists and tables are read away."""
    return [span for answer in question.answers if (span := place_of(answer, text))]


def place_of(words: str, text: str, within: Span | None = None) -> Span | None:
    """The first place of words in a text, whatever stands between them."""
    pattern = _pattern(words)
    if pattern is None:
        return None
    match = pattern.search(text, *(within or (0, len(text))))
    return Span(*match.span()) if match else None


@lru_cache(maxsize=8192)
def _pattern(words: str) -> re.Pattern[str] | None:
    parts = re.findall(r"\w+", words)
    return re.compile(r"\W+".join(map(re.escape, parts))) if parts else None


def is_right(window: Window, question: Labelled) -> bool:
    """Whether a window is (or, of a list that was asked for, holds) a labelled answer."""
    if window.kind == "block" and question.operation not in ("list", "explain", "overview", "definition"):
        return False
    if question.article.startswith("handbook:"):
        return window.article.address == question.article
    if not window.article.source.endswith(f"{question.article}.md"):
        return False
    spans = answer_spans(question, window.article.text)
    return any(s.start < window.span.end and window.span.start < s.end for s in spans)


def may_answer(window: Window, question: Labelled) -> bool:
    """Whether a window that nobody labelled may answer all the same: it bears a figure that is the answer, or is a list
    around an answer. Such windows are left out of training."""
    if window.kind == "block":
        return window.article.source.endswith(f"{question.article}.md")
    return any(len(f) > 2 and f in window.text for f in question.figures)


def right_figures(window: Window, question: Labelled) -> list[bool]:
    """For each figure of a right window, whether it is one that the label names."""
    text = window.article.text
    places: list[Span] = []
    for span in answer_spans(question, text):
        clause = place_of(question.clause, text, span) if question.clause else None
        for shown in question.figures:
            place = (clause and place_of(shown, text, clause)) or place_of(shown, text, span)
            if place:
                places.append(place)
    return [any(p.start < f.end and f.start < p.end for p in places) for f in window.figures]


# --- groups -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Collected:
    """The groups of one question: its windows, and the figures of its right windows."""

    windows: Group
    figures: tuple[Group, ...]
    query: Query
    elsewhere: NDArray[np.bool_]
    """Windows of other articles than the one that the question was written over."""


def collect(library: Library, embedder: Embedder, questions: Iterable[Labelled]) -> Iterator[Collected]:
    """Candidates of each question by the product's own understanding and selection, with the present weights."""
    for question in questions:
        query = understand(question.q, question.history)
        if query.act not in ASKING:
            query = replace(understand(question.core), text=question.q)
        found = select(library, embedder, query)
        right = [is_right(w, question) for w in found.windows]
        kept = [i for i, w in enumerate(found.windows) if right[i] or not may_answer(w, question)]
        windows = [found.windows[i] for i in kept]
        if not windows:
            continue
        rows = features.rows(query, found.terms, windows)
        group = Group(question, rows, np.array([right[i] for i in kept]))
        figures = []
        for window, is_gold in zip(windows, group.right, strict=True):
            if is_gold and len(window.figures) > 1:
                flags = np.array(right_figures(window, question))
                if flags.any():
                    figures.append(Group(question, clauses.rows(query, found.terms, window, window.figures), flags))
        elsewhere = np.array([not w.article.source.endswith(f"{question.article}.md") for w in windows])
        yield Collected(group, tuple(figures), query, elsewhere)


def doubt_examples(found: Collected, weights: Mapping[str, Array]) -> Iterator[tuple[Array, bool]]:
    """Rows of the doubt with whether the best window answers: with all candidates, with the right ones taken away, and with
    their whole article taken away, as a library has it that never held it.

    Hard questions give none: those that can be answered share few words with their answers on purpose, and those that cannot
    share many, so that the doubt would learn to trust what speaks of something else.
    """
    group = found.windows
    if group.question.hard:
        return
    scores = hidden(group.rows, weights, "window")
    top = int(scores.argmax())
    yield doubt_row(group.rows, scores, top, found.query), bool(group.right[top])
    for kept in (~group.right, found.elsewhere) if group.answerable else ():
        if not kept.any():
            continue
        rest = group.rows[kept]
        scores = hidden(rest, weights, "window")
        yield doubt_row(rest, scores, int(scores.argmax()), found.query), False


def hits(groups: Sequence[Group], weights: Mapping[str, Array], name: str = "window") -> dict[str, float]:
    """hit@1 and hit@3 over groups that hold a right row, and the share of questions that do."""
    asked = [g for g in groups if g.answerable]
    places = []
    for g in asked:
        order = np.argsort(-hidden(g.rows, weights, name), kind="stable")
        places.append(int(np.argmax(g.right[order])))
    return {
        "groups": float(len(asked)),
        "hit@1": float(np.mean([p < 1 for p in places])) if places else 0.0,
        "hit@3": float(np.mean([p < 3 for p in places])) if places else 0.0,
    }
