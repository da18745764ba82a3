"""What every embedder promises, asked of the real ones and of the fake alike."""

import unicodedata
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from retrieval.types import Embedder, Vectors
from tests.fakes import FakeEmbedder

SHORT = "Tỉnh đã số hóa hồ sơ của người dân."
LONG = (
    "Năm nay các xã vùng cao lập tổ công nghệ số để hướng dẫn bà con nộp hồ sơ qua mạng. "
    "Sau sáu tháng, hơn một nửa số thủ tục được nộp trực tuyến; riêng thủ tục đất đai còn chậm. "
) * 3
ODD_TEXTS = {
    "empty": "",
    "blank": " \n\t ",
    "huge": "chuyển đổi số " * 15_000,
    "huge word": "ổ" * 200_000,
    "huge blank": " " * 200_000,
    "NUL": "dân\0số",
    "lone surrogates": "dân \ud800 số \udfff",
    "ligature that grows eighteenfold": "\ufdfa" * 20_000,
    "marks of the model": "<s></s><pad><unk><mask>",
    "many scripts": "中文 ไทย العربية 🇻🇳 \u0301\u0302",
}


@pytest.fixture(scope="module", params=["bundled", "sentence_transformer", "fake"])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    found: Embedder = FakeEmbedder() if request.param == "fake" else request.getfixturevalue(request.param)
    return found


def assert_unit(vectors: Vectors, embedder: Embedder) -> None:
    assert vectors.dtype == np.float32
    assert vectors.shape[-1] == embedder.dimension
    assert np.isfinite(vectors).all()
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=-1), 1, atol=1e-4)


@pytest.mark.parametrize("text", ODD_TEXTS.values(), ids=ODD_TEXTS.keys())
def test_takes_any_text(embedder: Embedder, text: str) -> None:
    query = embedder.embed_query(text)
    passages = embedder.embed_passages([SHORT, text])
    assert query.shape == (embedder.dimension,)
    assert passages.shape == (2, embedder.dimension)
    assert_unit(query, embedder)
    assert_unit(passages, embedder)


def test_no_passages(embedder: Embedder) -> None:
    assert embedder.embed_passages([]).shape == (0, embedder.dimension)


def test_decomposed_text_is_the_same_text(embedder: Embedder) -> None:
    decomposed = unicodedata.normalize("NFD", SHORT)
    assert decomposed != SHORT
    np.testing.assert_array_equal(embedder.embed_query(decomposed), embedder.embed_query(SHORT))


def test_keeps_the_order(embedder: Embedder) -> None:
    texts = [SHORT, LONG, "Hà Nội", LONG[:200], "0,7804 điểm", "Đà Nẵng", LONG[200:420]]
    together = embedder.embed_passages(texts)
    alone = np.stack([embedder.embed_passages([text])[0] for text in texts])
    nearest = (together @ alone.T).argmax(axis=1)
    assert nearest.tolist() == list(range(len(texts)))


def test_a_text_keeps_its_vector_in_any_company(embedder: Embedder) -> None:
    alone = embedder.embed_passages([SHORT])[0]
    beside = embedder.embed_passages([LONG, SHORT, LONG])[1]
    assert alone @ beside >= 0.985


def test_threads_do_not_disturb_one_another(embedder: Embedder) -> None:
    texts = [f"{SHORT} {number}" for number in range(12)]
    expected = [embedder.embed_query(text) for text in texts]
    with ThreadPoolExecutor(6) as threads:
        passages = threads.submit(embedder.embed_passages, texts)
        found = list(threads.map(embedder.embed_query, texts))
    for vector, wanted in zip(found, expected, strict=True):
        assert vector @ wanted >= 0.9999
    assert_unit(passages.result(), embedder)


def test_near_meanings_lie_nearer(embedder: Embedder) -> None:
    question = embedder.embed_query("Hồ sơ của người dân được số hóa chưa?")
    near, far = embedder.embed_passages([SHORT, "Trời mưa to suốt đêm qua."])
    assert question @ near > question @ far


def test_has_a_name(embedder: Embedder) -> None:
    assert embedder.name
    assert embedder.dimension > 0
