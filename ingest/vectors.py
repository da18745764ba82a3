"""Vectors of texts, each embedded once: what a library has embedded before, its chunks or any it kept, is not again."""

from collections.abc import Callable, Sequence

import numpy as np

from retrieval.library import Library
from retrieval.types import Embedder, Vectors


class Vectoriser:
    """Opens the embedder only when a text is new. ``libraries`` are asked first, those made with that embedder."""

    def __init__(self, open_embedder: Callable[[], Embedder], *libraries: Library) -> None:
        self._open = open_embedder
        self._embedder: Embedder | None = None
        self._libraries = libraries

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Shape (len(texts), dimension), rows of length 1."""
        known: dict[str, Vectors] = {}
        for library in self._libraries:
            known |= library.known_vectors([text for text in dict.fromkeys(texts) if text not in known])
        if new := [text for text in dict.fromkeys(texts) if text not in known]:
            self._embedder = self._embedder or self._open()
            known |= zip(new, self._embedder.embed_passages(new), strict=True)
        if not texts:
            return np.empty((0, self._libraries[0].dimension), np.float32)
        return np.stack([known[text] for text in texts])
