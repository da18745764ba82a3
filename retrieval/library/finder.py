"""What the library is searched for: chunks by words and by vectors, figures by what they measure."""

from collections.abc import Sequence
from functools import partial

import numpy as np

from retrieval.library import chunk_rows, figure_rows, manifest, vector_rows, word_rows
from retrieval.library.opened import Opened
from retrieval.library.records import Hit, StoredChunk, StoredFigure
from retrieval.library.words import asked_words, folded_words, match_any
from retrieval.types import Figure, FigureKind, Vectors

ALL_FIGURES = 1_000_000
EXACT_UNDER = 1_000
"""Chunks of a province that are compared one by one (2 ms). Of more, the index finds some near enough."""


class Finder(Opened):
    """The part of a Library that is asked what bears on a question."""

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
