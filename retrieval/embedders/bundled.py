"""The bundled embedder: multilingual-e5-small in int8 under ONNX Runtime, on the CPU, without torch."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from retrieval.embedders.conversion import GRAPH, VOCABULARY, Progress, convert_once
from retrieval.embedders.onnx_graph import INPUT
from retrieval.embedders.unigram import UnigramTokenizer, load_vocabulary
from retrieval.errors import EmbedderError
from retrieval.text import nfc
from retrieval.types import Vectors

NAME = "multilingual-e5-small/int8"
DIMENSION = 384
MAXIMUM_TOKENS = 512


class BundledEmbedder:
    """A text is one run of the graph on one thread; passages go over all cores, the longest first.

    A vector depends on its text alone, whatever is embedded beside it.
    """

    name = NAME
    dimension = DIMENSION

    def __init__(self, folder: Path) -> None:
        """``folder`` holds a converted model."""
        self._session = _open_session(folder / GRAPH)
        self._tokenizer = UnigramTokenizer(load_vocabulary(folder / VOCABULARY), MAXIMUM_TOKENS)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        ids = [self._tokenizer.encode(f"passage: {nfc(text)}") for text in texts]
        # The longest first, so that no core is left with a long text at the end.
        order = sorted(range(len(ids)), key=lambda number: -len(ids[number]))
        vectors = np.empty((len(ids), DIMENSION), np.float32)
        with ThreadPoolExecutor(max(1, min(_usable_cores(), len(ids)))) as threads:
            for number, vector in zip(order, threads.map(self._run, (ids[n] for n in order)), strict=True):
                vectors[number] = vector
        return vectors

    def embed_query(self, text: str) -> Vectors:
        return self._run(self._tokenizer.encode(f"query: {nfc(text)}"))

    def _run(self, ids: list[int]) -> Vectors:
        (vectors,) = self._session.run(None, {INPUT: np.array([ids], np.int64)})
        vector: Vectors = vectors[0]
        return vector


def open_bundled(cache_dir: Path, progress: Progress) -> BundledEmbedder:
    """The embedder, its model converted now if this is the first time. Raises EmbedderError."""
    return BundledEmbedder(convert_once(cache_dir, progress))


def _open_session(graph: Path) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # One thread a run: over a short text, two wait for one another longer than they work (3.8 ms a question, not 5.1),
    # and several texts keep all cores busy by themselves. Nothing ever spins.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # ONNX Runtime raises classes of its own, without a common base
        raise EmbedderError(
            f"ONNX Runtime cannot open {graph}: {error}. Delete {graph.parent} and start again."
        ) from error


def _usable_cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
