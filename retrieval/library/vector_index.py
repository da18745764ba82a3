"""The vector index: Chroma in a folder of its own. It is derived from the SQLite file and may be thrown away.

A Chroma client loads the index into memory once and sees neither what another process adds later nor what it deletes
(seen with chromadb 1.5.9, tests/retrieval/library/test_library_processes.py). So the library counts generations, and a client
of an older generation is opened anew: some 10 ms, and 20 ms to load 10,000 vectors.
"""

import shutil
import threading
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from retrieval.library import seals
from retrieval.library.records import Hit
from retrieval.library.seals import VectorIndexDamaged
from retrieval.types import Vectors

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection

NAME = "chunks"
SYNC_THRESHOLD = 100
"""Vectors that Chroma keeps in its log before it writes the graph. What is in the log is indexed again at each start:
with Chroma's own 1,000 that costs up to 0.5 s, with 100 at most 0.05 s, and adding is no slower (7,000 vectors).
"""
BATCH = 1000
"""Vectors given to Chroma at once; its limit is some 5,000."""


PROBED = 2 * SYNC_THRESHOLD
"""Neighbours asked for when the files are opened: more than the log can hold, so that a lost graph is noticed."""


MARK = "of-"
"""Begins the name of the empty file that says to which database an index belongs."""


class VectorIndex:
    """Chroma's collection of chunk vectors. Safe from several threads; between processes the caller holds the lock."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._mutex = threading.Lock()
        self._client: Client | None = None
        self._collection: Collection | None = None
        self.generation = -1
        """Generation of the library that is loaded; -1 when none is. The library sets it after its own writes."""

    def load(self, generation: int, index_id: str, expected: int, probe: Vectors | None) -> None:
        """Opens the files as they are now, and reads them: only here, so that the caller's lock covers it.

        ``index_id`` is the mark of the index that belongs to the database, ``expected`` how many vectors there must be at
        least, ``probe`` one of them. Raises VectorIndexDamaged when the mark is another's, when they are not found, or when a process died while it was reading: a broken graph crashes it, and would again.
        """
        with self._mutex, _guarded(self._folder):
            if self.generation == generation:
                return
            self._close()
            self._folder.mkdir(parents=True, exist_ok=True)
            _require_own(self._folder, index_id)
            seals.check(self._folder)
            with _marked(self._folder):
                self._client = _open_client(self._folder)
                self._collection = self._client.get_or_create_collection(
                    NAME,
                    embedding_function=None,
                    configuration={"hnsw": {"space": "cosine", "sync_threshold": SYNC_THRESHOLD}},
                )
                _require_whole(self._collection, expected, probe)
            self.generation = generation

    def add(self, ids: Sequence[int], vectors: Vectors) -> None:
        with self._use() as collection, seals.renewed(self._folder):
            for first in range(0, len(ids), BATCH):
                some = slice(first, first + BATCH)
                # upsert: after a restored backup of the SQLite file, ids may be here already
                collection.upsert(ids=[str(id_) for id_ in ids[some]], embeddings=vectors[some])

    def delete(self, ids: Sequence[int]) -> None:
        with self._use() as collection, seals.renewed(self._folder):
            for first in range(0, len(ids), BATCH):
                collection.delete(ids=[str(id_) for id_ in ids[first : first + BATCH]])

    def nearest(self, vector: Vectors, limit: int) -> list[Hit]:
        """Ids of at most ``limit`` vectors with their cosine, nearest first."""
        with self._use() as collection:
            found = collection.query(query_embeddings=vector, n_results=limit, include=["distances"])
        distances = found["distances"]
        assert distances is not None  # it was asked for
        return [(int(id_), 1 - distance) for id_, distance in zip(found["ids"][0], distances[0], strict=True)]

    def wipe(self) -> None:
        """Throws the files away; ``load`` makes new ones."""
        with self._mutex:
            self._close()
            if self._folder.is_dir():
                shutil.rmtree(self._folder)
            else:
                self._folder.unlink(missing_ok=True)

    def close(self) -> None:
        with self._mutex:
            self._close()

    def _close(self) -> None:
        client, self._client, self._collection, self.generation = self._client, None, None, -1
        if client is not None:
            with _guarded(self._folder):
                client.close()

    @contextmanager
    def _use(self) -> "Iterator[Collection]":
        with self._mutex:
            try:
                with _guarded(self._folder):
                    if self._collection is None:
                        raise VectorIndexDamaged(f"the vector index in {self._folder} is not open")
                    yield self._collection
            except VectorIndexDamaged:
                self._close()  # the next ``load`` opens it anew
                raise


# Chroma itself keeps one system for each path in a process, so that a second client would be as stale as the first.
_shared: dict[Path, tuple[VectorIndex, int]] = {}
_shared_guard = threading.Lock()


def acquire(folder: Path) -> VectorIndex:
    """The process's one index over ``folder``; give it back with ``release``."""
    with _shared_guard:
        index, users = _shared.get(folder) or (VectorIndex(folder), 0)
        _shared[folder] = index, users + 1
        return index


def release(folder: Path) -> None:
    with _shared_guard:
        index, users = _shared.pop(folder)
        if users > 1:
            _shared[folder] = index, users - 1
        else:
            index.close()


def _open_client(folder: Path) -> "Client":
    from chromadb.api.client import Client
    from chromadb.config import Settings

    return Client(settings=Settings(persist_directory=str(folder), is_persistent=True, anonymized_telemetry=False))


def _require_own(folder: Path, index_id: str) -> None:
    """An index is marked when it is made: with a restored or re-indexed database, what lies here may be another's."""
    mark = folder / f"{MARK}{index_id}"
    if not mark.exists():
        if any(folder.iterdir()):
            raise VectorIndexDamaged(f"the vector index in {folder} belongs to another database")
        mark.touch()


def _require_whole(collection: "Collection", expected: int, probe: Vectors | None) -> None:
    count = collection.count()
    found = 0
    if count and probe is not None:
        found = len(collection.query(query_embeddings=probe, n_results=min(count, PROBED), include=[])["ids"][0])
    if count < expected or found < min(expected, PROBED) * 3 // 4:  # a graph may miss a few, never a quarter
        raise VectorIndexDamaged(f"{count} vectors counted and {found} found where {expected} belong")


@contextmanager
def _marked(folder: Path) -> Iterator[None]:
    """A file stands beside Chroma's while they are read, and outlives a process that dies of it."""
    if any(folder.glob("reading-*")):
        raise VectorIndexDamaged(f"the vector index in {folder} is being read by a process, or has crashed one")
    marker = folder / f"reading-{uuid.uuid4().hex}"
    marker.touch()
    try:
        yield
    finally:
        marker.unlink(missing_ok=True)


@contextmanager
def _guarded(folder: Path) -> Iterator[None]:
    """Chroma fails in as many ways as its files can; a panic of its Rust core is not even an Exception."""
    try:
        yield
    except VectorIndexDamaged:
        raise
    except BaseException as error:
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise VectorIndexDamaged(f"the vector index in {folder} cannot be used: {_one_line(error)}") from error
        raise


def _one_line(error: Any) -> str:
    return " ".join(str(error).split())[:300]
