"""Weights that ``python -m training`` made, and the arithmetic that uses them: hashed features, linear models, and one
hidden layer over dense features. numpy is all that is needed at run time.

A file of weights is an .npz under data/weights; every array in it is float16 to keep it small and is widened on loading.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from zipfile import BadZipFile
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from retrieval.errors import LibraryError

WEIGHTS = Path(__file__).resolve().parents[1] / "data" / "weights"

Array = NDArray[np.float32]


def hashed(features: Iterable[str], dimension: int) -> list[int]:
    """The columns of string features, each once: crc32, so that they are the same on every machine."""
    return sorted({crc32(feature.encode()) % dimension for feature in features})


_IN_USE: Mapping[str, Mapping[str, Array]] | None = None


def use(weights: Mapping[str, Mapping[str, Array]] | None) -> None:
    """Takes weights by name from ``weights`` in place of the files: for training, whose parts judge one another."""
    global _IN_USE  # noqa: PLW0603
    _IN_USE = weights


def load(name: str) -> Mapping[str, Array]:
    """The arrays of data/weights/``name``.npz. Raises LibraryError when the file is missing or damaged."""
    return _read(name) if _IN_USE is None else _IN_USE[name]


@cache
def _read(name: str) -> Mapping[str, Array]:
    path = WEIGHTS / f"{name}.npz"
    try:
        with np.load(path, allow_pickle=False) as file:
            return {
                key: file[key].astype(np.float32) if file[key].dtype == np.float16 else file[key] for key in file.files
            }
    except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
        raise LibraryError(f"{path}: the weights cannot be read ({error}). Restore them, or run: make train") from None


def linear(columns: Sequence[int], weights: Array, bias: Array) -> Array:
    """Scores of a linear model, shape (classes,): ``weights`` is (dimension, classes), the features are 0 or 1 and
    divided by the root of their number, so that long questions do not shout."""
    if not columns:
        return bias.copy()
    return np.asarray(weights[list(columns)].sum(axis=0) / np.float32(len(columns) ** 0.5) + bias, np.float32)


def softmax(scores: Array) -> Array:
    exponents = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(exponents / exponents.sum(axis=-1, keepdims=True), np.float32)


def sigmoid(scores: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-np.clip(scores, -30, 30))), np.float32)


def hidden(rows: Array, weights: Mapping[str, Array], name: str) -> Array:
    """One score a row from dense features, shape (rows,): standardise, one layer of tanh, and a linear path beside it.

    The arrays are ``name``.mean, .scale (features,), .w1 (features, units), .b1 (units,), .w2 (units,), .linear
    (features,), .bias ().
    """
    x = (rows - weights[f"{name}.mean"]) / weights[f"{name}.scale"]
    np.clip(x, -6, 6, out=x)
    units = np.tanh(x @ weights[f"{name}.w1"] + weights[f"{name}.b1"])
    return np.asarray(
        units @ weights[f"{name}.w2"] + x @ weights[f"{name}.linear"] + weights[f"{name}.bias"], np.float32
    )
