"""Where knowledge lives: SQLite (articles, chunks, words, figures) and Chroma (vectors) behind one door."""

from collections.abc import Iterable, Sequence
from functools import partial
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Self

import numpy as np

from retrieval.errors import LibraryError
from retrieval.library import article_rows, figure_rows, manifest
from retrieval.library.files import DATABASE, explained
from retrieval.library.records import Arrival, Entry, Hit, Standing, Stats, StoredArticle, StoredChunk, StoredFigure
from retrieval.library.stores import Stores
from retrieval.library.words import asked_words, folded_words, match_any
from retrieval.types import Article, Chunk, Figure, FigureKind, Vectors

__all__ = ["Arrival", "Entry", "Hit", "Library", "Standing", "Stats", "StoredArticle", "StoredChunk", "StoredFigure"]

NO_LIBRARY = "There is no library in {folder} yet. Make one: tinhso ingest data/articles"
ALL_FIGURES = 1_000_000
EXACT_UNDER = 1_000
"""Chunks of a province that are compared one by one (2 ms). Of more, the index finds some near enough."""


class Library:
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
                stores.create_if_empty(embedder, dimension)
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
        starts = [0, *accumulate(len(entry.chunks) for entry in entries)]
        if vectors.shape != (starts[-1], self.dimension):
            raise ValueError(f"vectors of shape {vectors.shape} for {starts[-1]} chunks of dimension {self.dimension}")
        for entry, (start, end) in zip(entries, pairwise(starts), strict=True):
            self._require_fit(entry, vectors[start:end])
        article_ids = []
        with self._stores.writing() as connection:
            chunk_ids = self._stores.add_vectors(connection, vectors)
            with self._stores.going_live(connection):
                for entry, (start, end) in zip(entries, pairwise(starts), strict=True):
                    if older := article_rows.by_address(connection, entry.article.address):
                        article_rows.delete(connection, older.id)
                    article_ids.append(
                        article_rows.insert(
                            connection, entry.article, entry.chunks, chunk_ids[start:end], vectors[start:end]
                        )
                    )
                    figure_rows.insert(connection, article_ids[-1], entry.figures)
                    article_rows.spare(connection, chunk_ids[start:end])
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
        """Removes the article that ``find`` finds under ``name``; False when there is none."""
        with self._stores.writing() as connection:
            stored = self.find(name)
            if stored is None:
                return False
            with self._stores.going_live(connection):
                article_rows.delete(connection, stored.id)
            self._stores.sweep(connection)
        return True

    def repair(self) -> None:
        """Deletes what a killed writer left behind. Costs nothing when there is nothing."""
        with self._stores.reading() as connection:
            if not article_rows.doomed(connection):
                return
        with self._stores.writing():
            pass  # every writer begins with this repair

    def _require_fit(self, entry: Entry, vectors: Vectors) -> None:
        """Chunks and vectors that do not belong together are a bug of the caller's, stopped before it is stored."""
        if not np.isfinite(vectors).all():
            raise ValueError(f"vectors of {entry.article.source} hold NaN or infinity")
        for chunk in entry.chunks:
            if entry.article.text[chunk.start : chunk.end] != chunk.text:
                raise ValueError(f"chunk {chunk.start}:{chunk.end} of {entry.article.source} is not a span of its text")

    # --- reading ---------------------------------------------------------------------------------------------------

    def articles(self) -> list[StoredArticle]:
        """In the order in which they were ingested."""
        with self._stores.reading() as connection:
            return article_rows.all_articles(connection)

    def newest(self, offset: int, limit: int) -> list[StoredArticle]:
        """Articles by the day they came out, the latest first; those of unknown date last."""
        with self._stores.reading() as connection:
            return article_rows.newest(connection, offset, limit)

    def article(self, article_id: int) -> StoredArticle | None:
        with self._stores.reading() as connection:
            return article_rows.by_id(connection, article_id)

    def articles_by_id(self, article_ids: Iterable[int]) -> dict[int, StoredArticle]:
        """Those of the ids that are live."""
        with self._stores.reading() as connection:
            return {stored.id: stored for stored in article_rows.by_ids(connection, list(article_ids))}

    def last_article_id(self) -> int:
        """Of the article that came last; 0 when there is none. Ids only grow."""
        with self._stores.reading() as connection:
            return article_rows.last_id(connection)

    def arrivals(self, after: int) -> list[Arrival]:
        """The articles that came after the one with that id, oldest first; of each story, the first one is new."""
        with self._stores.reading() as connection:
            came = article_rows.after(connection, after)
        return [Arrival(stored.id, stored.article, stored.id, True) for stored in came]

    def find(self, name: str) -> StoredArticle | None:
        """The article under an address, source, URL or path. LibraryError when a name fits several."""
        with self._stores.reading() as connection:
            for address in (name, str(Path(name).absolute())):
                if stored := article_rows.by_address(connection, address):
                    return stored
            found = article_rows.by_source(connection, name)
        if len(found) > 1:
            addresses = "\n  ".join(stored.article.address for stored in found)
            raise LibraryError(
                f"{name} is the source of {len(found)} articles. Name one by its address:\n  {addresses}"
            )
        return found[0] if found else None

    def at(self, address: str) -> StoredArticle | None:
        """The article under exactly this address."""
        with self._stores.reading() as connection:
            return article_rows.by_address(connection, address)

    def tells(self, url: str) -> bool:
        """Whether an article tells the page at ``url`` (our own rendering of a page's figures is no article)."""
        with self._stores.reading() as connection:
            return article_rows.tells(connection, url)

    def stats(self) -> Stats:
        with self._stores.reading() as connection:
            return article_rows.stats(connection)

    def chunks(self, chunk_ids: Sequence[int]) -> dict[int, StoredChunk]:
        """Those of the ids that are live."""
        with self._stores.reading() as connection:
            return article_rows.chunks(connection, chunk_ids)

    def owners(self, chunk_ids: Sequence[int]) -> dict[int, int]:
        """The article id of each chunk that is live."""
        with self._stores.reading() as connection:
            spans = article_rows.chunk_spans(connection, chunk_ids)
        return {chunk_id: article_id for chunk_id, (article_id, _, _) in spans.items()}

    def lexical(self, text: str, limit: int, *, provinces: Sequence[str] = ()) -> list[Hit]:
        """Chunks that share words with ``text``, best first, by bm25 (above 0, without an upper bound).

        ``provinces`` keeps to chunks that name one of them or whose article is about one.
        """
        with self._stores.reading() as connection:
            match = match_any(asked_words(text), partial(self._stores.count_words, connection, "chunk"))
            return article_rows.matching(connection, match, limit, provinces) if match else []

    def dense(self, vector: Vectors, limit: int, *, provinces: Sequence[str] = ()) -> list[Hit]:
        """Chunks nearest to a unit vector, best first, by cosine. ``provinces`` as in ``lexical``."""
        with self._stores.reading() as connection:
            if not provinces:
                return self._stores.nearest(connection, vector, limit)
            among = article_rows.count_within(connection, provinces)
            if among > EXACT_UNDER:
                # an even share of the nearest, and as much again, should lie within
                wider = min(
                    article_rows.count_vectors(connection), 2 * limit * article_rows.count_vectors(connection) // among
                )
                hits = self._stores.nearest(connection, vector, wider)
                within = article_rows.only_within(connection, [id_ for id_, _ in hits], provinces)
                return [(id_, cosine) for id_, cosine in hits if id_ in within][:limit]
            exact = _cosines(vector, *article_rows.vectors_within(connection, provinces))
        return sorted(exact.items(), key=lambda hit: -hit[1])[:limit]

    def cosines(self, vector: Vectors, chunk_ids: Sequence[int]) -> dict[int, float]:
        """Cosine of a unit vector to each of the chunks that are live."""
        with self._stores.reading() as connection:
            return _cosines(vector, *article_rows.vectors_of(connection, chunk_ids))

    def document_frequencies(self, words: Sequence[str]) -> dict[str, int]:
        """How many chunks hold each folded syllable, or each pair of neighbours "a_b"; words in none are left out."""
        with self._stores.reading() as connection:
            count = partial(self._stores.count_words, connection, "chunk")
            return count("folded", words) | count("pairs", words)

    def size(self) -> int:
        """How many chunks there are."""
        with self._stores.reading() as connection:
            return article_rows.count_vectors(connection)

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
                match=match_any(asked, partial(self._stores.count_words, connection, "figure")),
                undated=undated,
                limit=limit,
            )


def _cosines(vector: Vectors, ids: list[int], vectors: Vectors) -> dict[int, float]:
    return dict(zip(ids, (vectors @ vector).tolist(), strict=True)) if ids else {}
