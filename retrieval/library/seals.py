"""Checksums of Chroma's graph files, so that damage is noticed before they are opened: its core trusts them, and a process
that walks a damaged graph dies of it.

They are written after each change and taken away before it: a writer that is killed in between leaves none, and the graph is
then opened as it is.
"""

import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

SEALS = "seals.json"
_BLOCK = 1 << 20

Seal = tuple[int, int]
"""Size in bytes, CRC-32: against a disk, not against a person."""


class VectorIndexDamaged(Exception):
    """Chroma cannot open, read or write its files, or they are not what was written. Rebuild them."""


def check(folder: Path) -> None:
    """Raises VectorIndexDamaged when the graph in ``folder`` is not as it was sealed. Some 5 ms for 10,000 vectors."""
    try:
        sealed = {name: (size, sum_) for name, (size, sum_) in json.loads((folder / SEALS).read_bytes()).items()}
    except FileNotFoundError:
        return
    except (OSError, ValueError, TypeError, AttributeError):
        sealed = {}
    if sealed != _seals(folder):
        raise VectorIndexDamaged(f"the vector index in {folder} is not as it was written: the disk has damaged it")


@contextmanager
def renewed(folder: Path) -> Iterator[None]:
    """Around a change. A disk without room leaves the index unsealed."""
    (folder / SEALS).unlink(missing_ok=True)
    yield
    with suppress(OSError):
        part = folder / f"{SEALS}.part"
        part.write_text(json.dumps(_seals(folder)))
        part.replace(folder / SEALS)


def _seals(folder: Path) -> dict[str, Seal]:
    """Of the files of every graph, by their names below ``folder``."""
    paths = (path for path in sorted(folder.glob("*/*")) if path.suffix in (".bin", ".pickle"))
    return {path.relative_to(folder).as_posix(): _seal(path) for path in paths}


def _seal(path: Path) -> Seal:
    size = sum_ = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            size += len(block)
            sum_ = zlib.crc32(block, sum_)
    return size, sum_
