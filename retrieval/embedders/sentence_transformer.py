"""Any model of sentence-transformers, from a hub or a folder, with the prompts that the model itself declares."""

import os
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from retrieval.errors import EmbedderError
from retrieval.text import nfc
from retrieval.types import Vectors

KIND = "sentence-transformers"
_CHARACTERS_A_TOKEN = 16  # more than any vocabulary's longest common piece: what is cut would not have been read
_MAXIMUM_TOKENS = 8192  # taken for a model that names no limit


class SentenceTransformerEmbedder:
    def __init__(self, model: Any, name: str, batch_size: int) -> None:
        self.name = f"{KIND}:{name}"
        # sentence-transformers 5 has the longer name only, 6 deprecates it.
        dimension = getattr(model, "get_embedding_dimension", None) or model.get_sentence_embedding_dimension
        self.dimension: int = dimension()
        self._model = model
        self._batch_size = batch_size
        self._characters = _CHARACTERS_A_TOKEN * min(model.max_seq_length or _MAXIMUM_TOKENS, _MAXIMUM_TOKENS)
        # A fast tokeniser is changed by each call (its padding and truncation): two at once raise "Already borrowed".
        self._one_at_a_time = threading.Lock()

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        return self._encode(self._model.encode_document, [self._cut(text) for text in texts])

    def embed_query(self, text: str) -> Vectors:
        vector: Vectors = self._encode(self._model.encode_query, [self._cut(text)])[0]
        return vector

    def _cut(self, text: str) -> str:
        return nfc(text)[: self._characters]

    def _encode(self, encode: Callable[..., Any], texts: list[str]) -> Vectors:
        """sentence-transformers itself sorts by length and restores the order."""
        with self._one_at_a_time:
            vectors = encode(
                texts,
                batch_size=self._batch_size,
                normalize_embeddings=True,
                convert_to_numpy=True,
                show_progress_bar=False,
            )
        return np.asarray(vectors, dtype=np.float32)


def open_sentence_transformer(
    name: str, device: str, batch_size: int, progress: Callable[[str], None]
) -> SentenceTransformerEmbedder:
    """``name`` is a folder or an id of the Hugging Face hub. Raises EmbedderError."""
    # Torch's threads wait spinning unless told otherwise before it is loaded: under other load a question took
    # 1,044 ms instead of 26.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    progress(f"Loading {name} with sentence-transformers ...")
    try:
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging
    except ImportError as error:
        raise EmbedderError(
            f"TINHSO_EMBEDDER={KIND}:{name} needs a package that is not installed ({error}). "
            'Install it: pip install "tinhso[st]"'
        ) from error
    logging.disable_progress_bar()  # of reading the weights; a download keeps its own
    is_folder = Path(name).is_dir()
    try:
        model = SentenceTransformer(name, device=device, local_files_only=is_folder)
    except Exception as error:  # the hub, the files, the device: each has its own classes
        hint = "Is it a complete sentence-transformers folder?" if is_folder else "Is it a model id or a folder?"
        raise EmbedderError(
            f"TINHSO_EMBEDDER={KIND}:{name} cannot be loaded on device {device!r}: {error}. {hint}"
        ) from error
    return SentenceTransformerEmbedder(model, name, batch_size)
