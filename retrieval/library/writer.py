"""What changes the library: articles come, are replaced and go, each whole or not at all."""

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from itertools import accumulate, pairwise

import numpy as np

from retrieval.library import (
    article_rows,
    chunk_rows,
    failure_rows,
    figure_rows,
    retired_rows,
    stories,
    story_rows,
    vector_rows,
    version_rows,
)
from retrieval.library.files import transaction, turn
from retrieval.library.records import Entry, Standing, StoredChunk
from retrieval.library.shelf import Shelf
from retrieval.library.word_rows import Tally
from retrieval.types import Article, Chunk, Figure, Vectors

MOST_FILLED = 1_000
"""Chunks without a vector that are given at once."""


class Writer(Shelf):
    """The part of a Library that changes it, or is asked by those who will."""

    def standing(self, article: Article) -> Standing:
        with self._stores.reading() as connection:
            return article_rows.standing(connection, article)

    def put(self, article: Article, chunks: Sequence[Chunk], vectors: Vectors, figures: Sequence[Figure] = ()) -> int:
        """Adds an article, or replaces the one under the same address: whole or not at all. Returns its id.

        ``vectors`` has shape (len(chunks), dimension), rows of length 1, in the order of ``chunks``.
        """
        (article_id,) = self.put_all([Entry(article, chunks, figures)], vectors)
        return article_id

    def put_all(self, entries: Sequence[Entry], vectors: Vectors) -> list[int]:
        """Several at once, all or none: the vector index takes 8 ms for each call, however little it is given.

        ``vectors`` are those of all their chunks, in order.
        """
        bands = [stories.bands(entry.article) for entry in entries]  # before anybody has to wait for us
        waiting = iter(bands)

        def place(connection: sqlite3.Connection, entry: Entry) -> int:
            found = next(waiting)
            older = article_rows.by_address(connection, entry.article.address)
            story_id = story_rows.find(connection, entry.article, found, older)
            if older:
                if article_rows.article_hash(older.article) != article_rows.article_hash(entry.article):
                    version_rows.keep(connection, older)
                _empty(connection, older.id)
                article_rows.delete(connection, older.id)
            retired_rows.forget(connection, entry.article.address)
            article_id = article_rows.insert(connection, entry.article, story_id)
            story_rows.insert(connection, article_id, found)
            return article_id

        return self._write(entries, vectors, place)

    def rewrite(self, entries: Sequence[Entry], vectors: Vectors) -> list[int]:
        """New chunks and figures for articles that are there: ids, stories and history stay."""

        def place(connection: sqlite3.Connection, entry: Entry) -> int:
            stored = article_rows.by_address(connection, entry.article.address)
            if stored is None:
                raise ValueError(f"{entry.article.address} is not in the library")
            _empty(connection, stored.id)
            return stored.id

        return self._write(entries, vectors, place)

    def _write(
        self, entries: Sequence[Entry], vectors: Vectors, place: Callable[[sqlite3.Connection, Entry], int]
    ) -> list[int]:
        """``place`` makes the row of an article ready to be filled, and gives its id."""
        starts = [0, *accumulate(len(entry.chunks) for entry in entries)]
        if vectors.shape != (starts[-1], self.dimension):
            raise ValueError(f"vectors of shape {vectors.shape} for {starts[-1]} chunks of dimension {self.dimension}")
        for entry, (start, end) in zip(entries, pairwise(starts), strict=True):
            _require_fit(entry, vectors[start:end])
        article_ids, tally = [], Tally()
        with self._stores.writing() as connection:
            chunk_ids = self._stores.add_vectors(connection, vectors)
            with self._stores.going_live(connection):
                for entry, (start, end) in zip(entries, pairwise(starts), strict=True):
                    article_id = place(connection, entry)
                    ids = chunk_ids[start:end]
                    chunk_rows.insert(connection, article_id, entry, ids, tally)
                    vector_rows.insert(connection, ids, vectors[start:end], entry.embedded)
                    figure_rows.insert(connection, article_id, entry.figures, tally)
                    vector_rows.spare(connection, ids)
                    article_ids.append(article_id)
                tally.write(connection, 1)
            self._stores.sweep(connection)
        return article_ids

    def add_figures(self, article_id: int, figures: Sequence[Figure]) -> bool:
        """Adds figures to an article that is in already; False when it is there no more."""
        with self._stores.writing() as connection, self._stores.going_live(connection):
            if article_rows.by_id(connection, article_id) is None:
                return False
            tally = Tally()
            figure_rows.insert(connection, article_id, figures, tally)
            tally.write(connection, 1)
        return True

    def retire(self, address: str, reason: str) -> bool:
        """Takes the article under ``address``, which is gone at its source, out of search; it stays among the ``retired``,
        and its history with it. False when there is none."""
        with self._stores.writing() as connection:
            stored = article_rows.by_address(connection, address)
            if stored is None:
                return False
            with self._stores.going_live(connection):
                retired_rows.keep(connection, stored, reason)
                _empty(connection, stored.id)
                article_rows.delete(connection, stored.id)
            self._stores.sweep(connection)
        return True

    def move(self, old: str, new: str, source: str) -> bool:
        """Gives the article under the address ``old`` another one, with its history: its file was renamed, its page moved.
        False when there is none, or when the new address is taken."""
        with self._stores.writing() as connection:
            stored = article_rows.by_address(connection, old)
            if stored is None or article_rows.hash_of(connection, new) is not None:
                return False
            with self._stores.going_live(connection):
                article_rows.move(connection, stored.id, new, source)
                version_rows.move(connection, old, new)
                retired_rows.forget(connection, new)
        return True

    def remove(self, name: str) -> bool:
        """Removes the article that ``find`` finds under ``name``, with its history; False when there is none."""
        with self._stores.writing() as connection:
            stored = self.find(name)
            if stored is None:
                return False
            with self._stores.going_live(connection):
                _empty(connection, stored.id)
                article_rows.delete(connection, stored.id)
                version_rows.forget(connection, stored.article.address)
            self._stores.sweep(connection)
        return True

    def known_vectors(self, texts: Sequence[str]) -> dict[str, Vectors]:
        """Vectors of those of the texts that this library's embedder has embedded before and that are still kept."""
        with self._stores.reading() as connection:
            return vector_rows.known(connection, self.embedder, texts)

    def note_failures(self, failed: Mapping[str, str], read: Iterable[str]) -> None:
        """Remembers the sources that failed, with the reason, and forgets those that could be read."""
        with self._stores.reading() as connection:
            before = {failure.source for failure in failure_rows.all_failures(connection)}
            mended = before.intersection(read)
            if not failed and not mended:
                return
            with self._stores.writing(), transaction(connection):
                failure_rows.forget(connection, mended)
                failure_rows.remember(connection, failed.items())

    def turn(self, on_wait: Callable[[], None] = lambda: None) -> AbstractContextManager[None]:
        """Held for one long piece of work: an ingest, a reindex. Others wait, and say so by ``on_wait``."""
        return turn(self.folder, on_wait)

    def lacking_vectors(self) -> dict[int, StoredChunk]:
        """Chunks whose vector is lost, which only damage can do."""
        with self._stores.reading() as connection:
            return chunk_rows.chunks(connection, vector_rows.lacking(connection)[:MOST_FILLED])

    def fill_vectors(self, chunk_ids: Sequence[int], vectors: Vectors, embedded: Sequence[str]) -> None:
        """Vectors of chunks that lack theirs; ``rebuild_index`` then brings them into the index."""
        with self._stores.writing() as connection, transaction(connection):
            vector_rows.insert(connection, chunk_ids, vectors, embedded)

    def rebuild_index(self) -> None:
        """Makes the vector index anew, from the vectors in SQLite."""
        self._stores.rebuild()

    def forget_failure(self, source: str) -> bool:
        """False when that source had not failed."""
        with self._stores.writing() as connection, transaction(connection):
            return failure_rows.forget(connection, [source]) > 0

    def repair(self) -> None:
        """Deletes what a killed writer left behind. Costs nothing when there is nothing."""
        with self._stores.reading() as connection:
            if not vector_rows.doomed(connection):
                return
        with self._stores.writing():
            pass  # every writer begins with this repair


def _require_fit(entry: Entry, vectors: Vectors) -> None:
    """Chunks and vectors that do not belong together are a bug of the caller's, stopped before it is stored."""
    if not np.isfinite(vectors).all():
        raise ValueError(f"vectors of {entry.article.source} hold NaN or infinity")
    for chunk in entry.chunks:
        if entry.article.text[chunk.start : chunk.end] != chunk.text:
            raise ValueError(f"chunk {chunk.start}:{chunk.end} of {entry.article.source} is not a span of its text")


def _empty(connection: sqlite3.Connection, article_id: int) -> None:
    chunk_rows.delete(connection, article_id)
    figure_rows.delete(connection, article_id)
