"""The weights fit the features of the code that uses them: a feature added or taken away ends in `make train`."""

import numpy as np
import pytest

from retrieval.choosing import clauses, features, ranker
from retrieval.learned import WEIGHTS, load
from retrieval.query import Act
from retrieval.question.model import DIMENSION, HEADS, TAGS, TOKEN_DIMENSION

MOST_BYTES = 4_000_000


@pytest.mark.parametrize(
    ("name", "columns"),
    [("window", features.ALL_NAMES), ("figure", clauses.NAMES), ("doubt", ranker.DOUBT_NAMES)],
)
def test_layers_have_a_row_for_each_feature(name: str, columns: tuple[str, ...]) -> None:
    weights = load("choosing")
    for part in ("mean", "scale", "w1", "linear"):
        assert len(weights[f"{name}.{part}"]) == len(columns), f"{name}.{part}: run make train"


def test_heads_have_a_column_for_each_class() -> None:
    weights = load("question")
    classes = {"act": tuple(Act), "tag": TAGS, **HEADS}
    for name, values in classes.items():
        columns = TOKEN_DIMENSION if name == "tag" else DIMENSION
        assert weights[f"{name}.weights"].shape == (columns, len(values)), f"{name}: run make train"
        assert weights[f"{name}.bias"].shape == (len(values),)


def test_weights_are_finite_and_small_enough_to_ship() -> None:
    files = sorted(WEIGHTS.glob("*.npz"))
    assert {path.stem for path in files} == {"choosing", "kinds", "question"}
    assert sum(path.stat().st_size for path in files) < MOST_BYTES
    assert all(np.isfinite(array).all() for path in files for array in load(path.stem).values())
