"""Where knowledge lives: SQLite (articles, chunks, words, figures) and Chroma (vectors) behind one door."""

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import partial
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Self

import numpy as np

from retrieval.errors import LibraryError
from retrieval.library import (
    article_rows,
    chunk_rows,
    failure_rows,
    figure_rows,
    manifest,
    stories,
    story_rows,
    vector_rows,
    version_rows,
    word_rows,
)
from retrieval.library.article_rows import article_hash
from retrieval.library.files import DATABASE, explained, transaction, turn
from retrieval.library.records import (
    Arrival,
    Entry,
    FailedSource,
    Hit,
    Standing,
    Stats,
    StoredArticle,
    StoredChunk,
    StoredFigure,
    Version,
)
from retrieval.library.shelf import Shelf
from retrieval.library.stores import Stores
from retrieval.library.words import asked_words, folded_words, match_any
from retrieval.types import Article, Chunk, Figure, FigureKind, Vectors

__all__ = [
    "Arrival",
    "Entry",
    "FailedSource",
    "Hit",
    "Library",
    "Standing",
    "Stats",
    "StoredArticle",
    "StoredChunk",
    "StoredFigure",
    "Version",
    "article_hash",
]

NO_LIBRARY = "There is no library in {folder} yet. Make one: tinhso ingest data/articles"
ALL_FIGURES = 1_000_000
MOST_FILLED = 1_000
"""Chunks without a vector that are given at once."""
EXACT_UNDER = 1_000
"""Chunks of a province that are compared one by one (2 ms). Of more, the index finds some near enough."""


class Library(Shelf):
    """Articles with their chunks, vectors and figures. Safe from several threads; many readers beside one writer.

    A writer waits up to 30 s for another one. Every method raises LibraryError, saying what to do, when the files
    cannot be used. Chroma is imported when vectors are first needed.
    """

    def __init__(self, stores: Stores) -> None:
        """For ``Library.open``."""
        self._stores = stores
        with stores.reading() as connection:
            self._manifest = manifest.read(connection)

    @classmethod
    def open(
        cls, folder: Path, *, embedder: str | None = None, dimension: int | None = None, create: bool = False
    ) -> Self:
        """The library in ``folder``; ``create`` makes an empty one where there is none, and repairs one that is there.

        ``embedder`` and ``dimension`` are the Embedder's own; without them nothing is checked, which serves those who
        only list or remove. Raises EmbedderMismatch when the library was built with another embedder.
        """
        folder = folder.expanduser().absolute()
        with explained(folder):
            if create:
                folder.mkdir(parents=True, exist_ok=True)
            elif not (folder / DATABASE).is_file():
                raise LibraryError(NO_LIBRARY.format(folder=folder))
        stores = Stores(folder)
        try:
            if create:
                if embedder is None or dimension is None:
                    raise ValueError("a library is created for an embedder: give its name and dimension")
                stores.create_or_migrate(embedder, dimension)
            with stores.reading() as connection:
                if manifest.is_empty(connection):
                    raise LibraryError(NO_LIBRARY.format(folder=folder))
                manifest.check(manifest.read(connection), folder, embedder, dimension)
            library = cls(stores)
            if create:
                library.repair()
        except BaseException:
            stores.close()
            raise
        return library

    @staticmethod
    def is_in(folder: Path) -> bool:
        """Whether there is one, sound or not."""
        return (folder.expanduser() / DATABASE).is_file()

    def close(self) -> None:
        self._stores.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def folder(self) -> Path:
        return self._stores.folder

    @property
    def embedder(self) -> str:
        """Name of the embedder that made the vectors."""
        return self._manifest["embedder"]

    @property
    def dimension(self) -> int:
        return int(self._manifest["dimension"])

    def revision(self) -> int:
        """A number that grows with every change, by whichever process."""
        with self._stores.reading() as connection:
            return manifest.generation(connection)

    # --- writing ---------------------------------------------------------------------------------------------------

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
        article_ids = []
        with self._stores.writing() as connection:
            chunk_ids = self._stores.add_vectors(connection, vectors)
            with self._stores.going_live(connection):
                for entry, (start, end) in zip(entries, pairwise(starts), strict=True):
                    article_id = place(connection, entry)
                    ids = chunk_ids[start:end]
                    chunk_rows.insert(connection, article_id, entry.article, entry.chunks, ids)
                    vector_rows.insert(connection, ids, vectors[start:end], entry.embedded)
                    figure_rows.insert(connection, article_id, entry.figures)
                    vector_rows.spare(connection, ids)
                    article_ids.append(article_id)
            self._stores.sweep(connection)
        return article_ids

    def add_figures(self, article_id: int, figures: Sequence[Figure]) -> bool:
        """Adds figures to an article that is in already; False when it is there no more."""
        with self._stores.writing() as connection, self._stores.going_live(connection):
            if article_rows.by_id(connection, article_id) is None:
                return False
            figure_rows.insert(connection, article_id, figures)
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

    # --- reading ---------------------------------------------------------------------------------------------------

    def chunks(self, chunk_ids: Sequence[int]) -> dict[int, StoredChunk]:
        """Those of the ids that are live."""
        with self._stores.reading() as connection:
            return chunk_rows.chunks(connection, chunk_ids)

    def owners(self, chunk_ids: Sequence[int]) -> dict[int, int]:
        """The article id of each chunk that is live."""
        with self._stores.reading() as connection:
            spans = chunk_rows.chunk_spans(connection, chunk_ids)
        return {chunk_id: article_id for chunk_id, (article_id, _, _) in spans.items()}

    def lexical(self, text: str, limit: int, *, provinces: Sequence[str] = ()) -> list[Hit]:
        """Chunks that share words with ``text``, best first, by bm25 (above 0, without an upper bound).

        ``provinces`` keeps to chunks that name one of them or whose article is about one.
        """
        with self._stores.reading() as connection:
            match = match_any(asked_words(text), partial(word_rows.count, connection, "chunk"))
            return chunk_rows.matching(connection, match, limit, provinces) if match else []

    def dense(self, vector: Vectors, limit: int, *, provinces: Sequence[str] = ()) -> list[Hit]:
        """Chunks nearest to a unit vector, best first, by cosine. ``provinces`` as in ``lexical``."""
        with self._stores.reading() as connection:
            manifest.check_unchanged(connection, self.folder, self._manifest)
            if not provinces:
                return self._stores.nearest(connection, vector, limit)
            among = sum(word_rows.count(connection, "chunk", word_rows.PROVINCE, provinces).values())
            size = word_rows.count_all(connection, "chunk")
            if among > EXACT_UNDER:
                # so many of the nearest that an even share of them lies within; of a question on the province it is more
                wider = min(size, limit * size // among)
                hits = self._stores.nearest(connection, vector, wider)
                within = vector_rows.only_within(connection, [id_ for id_, _ in hits], provinces)
                return [(id_, cosine) for id_, cosine in hits if id_ in within][:limit]
            exact = _cosines(vector, *vector_rows.vectors_within(connection, provinces))
        return sorted(exact.items(), key=lambda hit: -hit[1])[:limit]

    def cosines(self, vector: Vectors, chunk_ids: Sequence[int]) -> dict[int, float]:
        """Cosine of a unit vector to each of the chunks that are live."""
        with self._stores.reading() as connection:
            manifest.check_unchanged(connection, self.folder, self._manifest)
            return _cosines(vector, *vector_rows.vectors_of(connection, chunk_ids))

    def document_frequencies(self, words: Sequence[str]) -> dict[str, int]:
        """How many chunks hold each folded syllable, or each pair of neighbours "a_b"; words in none are left out."""
        with self._stores.reading() as connection:
            count = partial(word_rows.count, connection, "chunk")
            return count("folded", words) | count("pairs", words)

    def warm(self) -> None:
        """Loads the vector index now, so that the first question does not wait for it."""
        self.dense(np.zeros(self.dimension, np.float32), 1)

    def figures_of(self, article_id: int, start: int = 0, end: int | None = None) -> list[Figure]:
        """The figures of one article that begin within start..end of its text, in reading order."""
        with self._stores.reading() as connection:
            return figure_rows.of_article(connection, article_id, start, end)

    def provinces_by_indicator(self) -> dict[str, int]:
        """Of how many provinces there are figures, for each indicator of the catalogue that has any."""
        with self._stores.reading() as connection:
            return figure_rows.provinces_by_indicator(connection)

    def figures(
        self,
        *,
        provinces: Sequence[str] = (),
        indicators: Sequence[str] = (),
        years: Sequence[int] = (),
        kinds: Sequence[FigureKind] = (),
        text: str = "",
        undated: bool = False,
        limit: int = ALL_FIGURES,
    ) -> list[StoredFigure]:
        """Figures that meet every condition given; within one condition any of its values will do.

        With ``text``, those whose label or scope shares a word with it, nearest first; else newest period first. With
        ``undated``, figures without a period pass the filter on years too.
        """
        with self._stores.reading() as connection:
            asked = {"words": folded_words(text)}
            return figure_rows.find(
                connection,
                provinces=provinces,
                indicators=indicators,
                years=years,
                kinds=kinds,
                match=match_any(asked, partial(word_rows.count, connection, "figure")),
                undated=undated,
                limit=limit,
            )


def _cosines(vector: Vectors, ids: list[int], vectors: Vectors) -> dict[int, float]:
    return dict(zip(ids, (vectors @ vector).tolist(), strict=True)) if ids else {}


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
