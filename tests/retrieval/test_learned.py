"""The arithmetic of weights: the same columns everywhere, shares that are shares, and files that say what is wrong."""

from pathlib import Path

import numpy as np
import pytest

from retrieval import learned
from retrieval.errors import LibraryError
from retrieval.learned import Array, hashed, hidden, linear, sigmoid, softmax


def test_columns_are_the_same_on_every_machine() -> None:
    assert hashed(["1 dti", "1 hang", "1 dti"], 1 << 14) == [4071, 5766]
    assert hashed([], 8) == []
    assert all(0 <= column < 8 for column in hashed(map(str, range(100)), 8))


def test_a_long_question_does_not_shout() -> None:
    weights, bias = np.ones((16, 2), np.float32), np.array([0.5, 0.0], np.float32)
    assert linear([], weights, bias).tolist() == [0.5, 0.0]
    assert linear([1, 2, 3, 4], weights, bias).tolist() == pytest.approx([2.5, 2.0])


def test_no_features_give_the_bias_and_leave_it_alone() -> None:
    bias = np.zeros(2, np.float32)
    linear([], np.ones((4, 2), np.float32), bias)[0] = 9
    assert bias.tolist() == [0, 0]


def test_shares_sum_to_one_and_stand_any_scores() -> None:
    for scores in ([1.0, 2.0, 3.0], [1e4, -1e4, 0.0], [-1e4, -1e4, -1e4]):
        shares = softmax(np.array(scores, np.float32))
        assert shares.sum() == pytest.approx(1) and shares.min() >= 0
    rows = softmax(np.zeros((3, 4), np.float32))
    assert rows.sum(axis=1).tolist() == pytest.approx([1, 1, 1])
    likely = sigmoid(np.array([-1e6, 0, 1e6], np.float32))
    assert likely.tolist() == pytest.approx([0, 0.5, 1])


def test_one_hidden_layer_gives_one_score_a_row() -> None:
    weights: dict[str, Array] = {
        "x.mean": np.zeros(3, np.float32), "x.scale": np.ones(3, np.float32), "x.w1": np.zeros((3, 2), np.float32),
        "x.b1": np.zeros(2, np.float32), "x.w2": np.zeros(2, np.float32), "x.linear": np.array([1, 0, 0], np.float32),
        "x.bias": np.array(0.5, np.float32),
    }  # fmt: skip
    rows = np.array([[1, 9, 9], [-2, 9, 9], [1e9, 0, 0]], np.float32)
    assert hidden(rows, weights, "x").tolist() == pytest.approx([1.5, -1.5, 6.5]), "what is far out is clipped"


@pytest.mark.parametrize("damage", [None, b"", b"no weights", b"PK\x03\x04 cut off"])
def test_weights_that_cannot_be_read_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: bytes | None
) -> None:
    monkeypatch.setattr(learned, "WEIGHTS", tmp_path)
    if damage is not None:
        (tmp_path / "odd.npz").write_bytes(damage)
    with pytest.raises(LibraryError, match=r"odd\.npz.*make train"):
        learned.load("odd")


def test_weights_may_be_tried_in_the_place_of_the_files() -> None:
    mine = {"question": {"bias": np.ones(2, np.float32)}}
    learned.use(mine)
    try:
        assert learned.load("question")["bias"].tolist() == [1, 1]
    finally:
        learned.use(None)
    assert "tag.steps" in learned.load("question")


@pytest.mark.parametrize("name", ["question", "choosing", "kinds"])
def test_the_weights_that_ship_are_small_and_sound(name: str) -> None:
    assert (learned.WEIGHTS / f"{name}.npz").stat().st_size < 3_000_000
    for key, array in learned.load(name).items():
        assert array.dtype == np.float32, key
        assert np.isfinite(array).all(), key
