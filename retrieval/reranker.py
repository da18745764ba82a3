"""Found passages in a better order: a cross-encoder reads the question and each passage together.

It costs a run of the model for every passage, so it judges only what search has found, and only when the operator names
a model of sentence-transformers (``TINHSO_RERANKER``).
"""

import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from retrieval.errors import EmbedderError
from retrieval.settings import Settings
from retrieval.text import nfc

BATCH = 16
_CHARACTERS = 4000
"""Of a passage that are read: more than the 512 tokens of most cross-encoders hold."""


class CrossEncoderReranker:
    """Safe from several threads."""

    def __init__(self, model: Any) -> None:
        self._model = model
        self._one_at_a_time = threading.Lock()  # a fast tokeniser is changed by each call

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        """How well each passage answers the question: 0..1, higher is better."""
        if not passages:
            return []
        pairs = [(nfc(question)[:_CHARACTERS], passage[:_CHARACTERS]) for passage in passages]
        with self._one_at_a_time:
            found = self._model.predict(pairs, batch_size=BATCH, activation_fn=_sigmoid(), show_progress_bar=False)
        return [float(score) for score in found]


def _sigmoid() -> Any:
    from torch import nn

    return nn.Sigmoid()


def open_reranker(settings: Settings) -> CrossEncoderReranker | None:
    """The cross-encoder of the settings; None where none is named. Raises EmbedderError."""
    name = settings.reranker.strip()
    if not name:
        return None
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # as for the embedders: torch's threads must not wait spinning
    try:
        from sentence_transformers import CrossEncoder
    except ImportError as error:
        raise EmbedderError(
            f"TINHSO_RERANKER={name} needs a package that is not installed ({error}). "
            'Install it: pip install "tinhso[st]"'
        ) from error
    try:
        model = CrossEncoder(name, device=settings.embedder_device, num_labels=1, local_files_only=Path(name).is_dir())
    except Exception as error:  # the hub, the files, the device: each has its own classes
        raise EmbedderError(
            f"TINHSO_RERANKER={name} cannot be loaded on device {settings.embedder_device!r}: {error}. "
            "Is it the id, or a complete folder, of a cross-encoder with one label?"
        ) from error
    return CrossEncoderReranker(model)
