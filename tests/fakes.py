"""Stand-ins that implement the product's own protocols: small, deterministic, honest about what they do."""

import zlib
from collections.abc import Sequence

import numpy as np

from retrieval.text import fold, nfc, syllables
from retrieval.types import Vectors


class FakeEmbedder:
    """A hashed bag of folded syllables: texts that share words lie near each other, with diacritics or without."""

    name = "fake/bag-of-syllables"
    dimension = 64

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self.embed_query(text) for text in texts]) if texts else np.empty((0, 64), np.float32)

    def embed_query(self, text: str) -> Vectors:
        vector = np.zeros(self.dimension, np.float32)
        vector[0] = 1e-3  # a text without words has a direction too
        for syllable in syllables(fold(nfc(text))):
            code = zlib.crc32(syllable.encode())
            vector[code % self.dimension] += 1 if code & 0x8000_0000 else -1
        unit: Vectors = vector / np.linalg.norm(vector)
        return unit
