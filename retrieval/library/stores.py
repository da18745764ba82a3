"""The two stores kept in step: SQLite's file and Chroma's folder, under one lock.

Vectors go to Chroma first, under ids that SQLite has marked as doomed; one SQLite transaction then makes the article
live and spares them. Wherever a process is killed, an article is there whole or not at all, and the next writer
deletes from Chroma what is still doomed.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TypeVar

from retrieval.errors import LibraryError
from retrieval.library import chunk_rows, manifest, migration, vector_index, vector_rows, word_rows
from retrieval.library.files import (
    DATABASE,
    LOCK,
    VECTORS,
    Connections,
    explained,
    is_full,
    locked,
    rebuild_command,
    transaction,
)
from retrieval.library.records import Hit
from retrieval.library.seals import VectorIndexDamaged
from retrieval.library.vector_index import VectorIndex
from retrieval.types import Vectors

Result = TypeVar("Result")


class Stores:
    """Both stores of one folder, for every thread of this process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._connections = Connections(folder / DATABASE)
        self._index = vector_index.acquire(folder / VECTORS)
        self._closed = False

    def close(self) -> None:
        if not self._closed:
            self._closed = True
            self._connections.close()
            vector_index.release(self.folder / VECTORS)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        if self._closed:
            raise LibraryError(f"The library in {self.folder} has been closed.")
        with explained(self.folder):
            try:
                yield self._connections.get()
            except VectorIndexDamaged as error:
                if is_full(self.folder, error):
                    raise LibraryError(
                        f"{error}. The disk is full: free some space, then try again; no article is lost."
                    ) from error
                raise LibraryError(
                    f"{error}. Rebuilding it failed too. Build the library anew: {rebuild_command(self.folder)}"
                ) from error

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The only writer of all processes, after what a killed one left behind has been repaired."""
        with self.reading() as connection, self._locked(exclusive=True):
            self.sweep(connection)
            yield connection

    def create_or_migrate(self, embedder: str, dimension: int) -> None:
        """Makes the tables where there are none, and brings older ones up to date."""
        with self.reading() as connection, self._locked(exclusive=True):
            if manifest.is_empty(connection):
                manifest.create(connection, embedder, dimension)
            elif migration.is_possible(manifest.read(connection).get("schema", "")):
                migration.migrate(connection)

    def add_vectors(self, connection: sqlite3.Connection, vectors: Vectors) -> range:
        """Within ``writing``: gives vectors to the index, under new chunk ids that are doomed until they go live."""
        with transaction(connection):
            chunk_ids = vector_rows.reserve_chunk_ids(connection, len(vectors))
        if chunk_ids:
            self._on_index(connection, lambda index: index.add(chunk_ids, vectors))
        return chunk_ids

    @contextmanager
    def going_live(self, connection: sqlite3.Connection) -> Iterator[None]:
        """Within ``writing``: one transaction after which every reader sees the change, and loads the index anew."""
        was_current = self._index.generation == manifest.generation(connection)
        with transaction(connection):
            yield
            generation = manifest.next_generation(connection)
        if was_current:  # what is loaded here has had the change made to it
            self._index.generation = generation

    def sweep(self, connection: sqlite3.Connection) -> None:
        """Within ``writing``: deletes doomed vectors from the index."""
        if doomed := vector_rows.doomed(connection):
            self._on_index(connection, lambda index: index.delete(doomed))
            with transaction(connection):
                vector_rows.spare(connection, doomed)

    def nearest(self, connection: sqlite3.Connection, vector: Vectors, limit: int) -> list[Hit]:
        """Live chunks by cosine."""
        try:
            if self._index.generation != manifest.generation(connection):
                with self._locked(exclusive=False):  # Chroma's files hold still while they are read
                    self._load(connection)
            hits = self._index.nearest(vector, limit)
        except VectorIndexDamaged:
            with self._locked(exclusive=True):
                hits = self._on_index(connection, lambda index: index.nearest(vector, limit))
        live = chunk_rows.chunk_spans(connection, [id_ for id_, _ in hits])
        return [(id_, cosine) for id_, cosine in hits if id_ in live]

    def rebuild(self) -> None:
        """Makes the vector index anew from the vectors in SQLite."""
        with self.writing() as connection:
            self._rebuild(connection)

    def _on_index(self, connection: sqlite3.Connection, use: Callable[[VectorIndex], Result]) -> Result:
        """Under the exclusive lock: what ``use`` returns, from an index that is rebuilt first where it is damaged."""
        try:
            self._load(connection)
            return use(self._index)
        except VectorIndexDamaged:
            self._rebuild(connection)
            return use(self._index)

    def _load(self, connection: sqlite3.Connection) -> None:
        _, probes = vector_rows.vectors_after(connection, 0, 1)
        self._index.load(
            manifest.generation(connection),
            manifest.index_id(connection),
            word_rows.count_all(connection, "chunk"),
            probes[0] if len(probes) else None,
        )

    def _rebuild(self, connection: sqlite3.Connection) -> None:
        """Every live vector is in SQLite too: no article has to be read or embedded again."""
        self._index.wipe()
        with transaction(connection):
            generation = manifest.next_generation(connection)  # other processes let go of the old files
        self._index.load(generation, manifest.index_id(connection), 0, None)
        last = 0
        while (found := vector_rows.vectors_after(connection, last, vector_index.BATCH))[0]:
            self._index.add(*found)
            last = found[0][-1]

    def _locked(self, *, exclusive: bool) -> AbstractContextManager[None]:
        return locked(self.folder / LOCK, exclusive=exclusive)
