"""What several benchmarks measure with."""

import time
from collections.abc import Sequence

from retrieval.types import Embedder, Vectors


class TimedEmbedder:
    """An embedder that counts the seconds spent in it, and how many passages it was given."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.name = embedder.name
        self.dimension = embedder.dimension
        self.seconds = 0.0
        self.passages = 0

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        began = time.perf_counter()
        try:
            return self._embedder.embed_passages(texts)
        finally:
            self.seconds += time.perf_counter() - began
            self.passages += len(texts)

    def embed_query(self, text: str) -> Vectors:
        began = time.perf_counter()
        try:
            return self._embedder.embed_query(text)
        finally:
            self.seconds += time.perf_counter() - began


def centile(values: Sequence[float], percent: int) -> float:
    """Nearest rank: the smallest value that at least ``percent`` of them do not exceed."""
    return sorted(values)[max(0, -(-len(values) * percent // 100) - 1)]
