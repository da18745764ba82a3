"""Passages for a question: dense and lexical candidates, their scores brought to one scale, weighed and added.

Measured on XQuAD-vi through this very path (benchmarks/search.py): from 0.4 to 0.7 the dense share hardly matters for
a question with diacritics. Without them an embedder reads noise (R@1 .26 instead of .90), so they are restored from
the best lexical passages first; the lexical side leads then, because restoring errs in one syllable of sixteen.
Reciprocal rank fusion is worse throughout: ranks forget by how much one passage beats the next.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from retrieval.library import Library
from retrieval.restoration import restore
from retrieval.text import has_diacritics, nfc
from retrieval.types import Embedder, Passage, Reranker, Vectors

DENSE_SHARE = 0.5
"""Weight of the dense score when the question has diacritics; the lexical score has the rest."""
DENSE_SHARE_RESTORED = 0.4
"""The same when its diacritics had to be restored."""
CANDIDATES = 100
"""Chunks taken from each side at least: what a cap or a removed article leaves out must not empty the list."""
RESTORED_FROM = 10
"""Lexical passages that lend their diacritics to a question without any."""

RERANKED = 30
"""Passages that a reranker judges."""


class Asked(NamedTuple):
    """A question ready to search with."""

    text: str
    vector: Vectors
    dense_share: float


class Signals(NamedTuple):
    """What speaks for a chunk: a cosine, a bm25 score (0 when no word is shared), and both fused into 0..1."""

    dense: float
    lexical: float
    score: float


def search(
    library: Library,
    embedder: Embedder,
    text: str,
    *,
    limit: int = 10,
    provinces: Sequence[str] = (),
    per_article: int = 3,
    reranker: Reranker | None = None,
) -> list[Passage]:
    """At most ``limit`` passages, best first; at most ``per_article`` of one article while others can fill the list.

    With ``provinces``, passages that name one of them, or whose article is about one, come before all others. A
    ``reranker`` puts the best of each of these two groups in its own order, and its scores in the place of ours.
    """
    asked = _asked(library, embedder, nfc(text))

    def found(among: Sequence[str], most: int) -> list[Passage]:
        most = most if reranker is None else max(most, RERANKED)
        passages = _passages(library, _signals(library, asked, most, among), most, per_article)
        return passages if reranker is None else _reranked(reranker, asked.text, passages)

    passages = found(provinces, limit)
    if provinces and len(passages) < limit:
        passages += _below(passages, found((), limit + len(passages)))
    return passages[:limit]


def _reranked(reranker: Reranker, question: str, passages: Sequence[Passage]) -> list[Passage]:
    scores = reranker.scores(question, [passage.chunk.text for passage in passages])
    judged = [replace(passage, score=score) for passage, score in zip(passages, scores, strict=True)]
    return sorted(judged, key=lambda passage: -passage.score)


def fuse(dense: Mapping[int, float], lexical: Mapping[int, float], dense_share: float) -> dict[int, Signals]:
    """Signals of every chunk of either side. Each side is scaled so that its range over all of them is 0..1."""
    chunk_ids = dense.keys() | lexical.keys()
    all_dense = {id_: dense.get(id_, 0.0) for id_ in chunk_ids}
    all_lexical = {id_: lexical.get(id_, 0.0) for id_ in chunk_ids}
    scaled_dense, scaled_lexical = scaled(all_dense), scaled(all_lexical)
    return {
        id_: Signals(
            all_dense[id_],
            all_lexical[id_],
            dense_share * scaled_dense[id_] + (1 - dense_share) * scaled_lexical[id_],
        )
        for id_ in chunk_ids
    }


def scaled(scores: Mapping[int, float]) -> dict[int, float]:
    """Min-max to 0..1. Scores that are all alike tell nothing apart: 1 when above zero, else 0."""
    low, high = min(scores.values(), default=0.0), max(scores.values(), default=0.0)
    if high == low:
        return dict.fromkeys(scores, float(high > 0))
    return {id_: (score - low) / (high - low) for id_, score in scores.items()}


def capped(ranked: Sequence[int], owners: Mapping[int, int], limit: int, per_article: int) -> list[int]:
    """The first ``limit`` chunks, in order, at most ``per_article`` of one article unless the list falls short."""
    kept: list[int] = []
    spare: list[int] = []
    taken: dict[int, int] = {}
    for chunk_id in ranked:
        owner = owners[chunk_id]
        taken[owner] = taken.get(owner, 0) + 1
        (kept if taken[owner] <= per_article else spare).append(chunk_id)
    chosen = {*kept[:limit], *spare[: max(0, limit - len(kept))]}
    return [chunk_id for chunk_id in ranked if chunk_id in chosen]


def _asked(library: Library, embedder: Embedder, text: str) -> Asked:
    share = DENSE_SHARE
    if not has_diacritics(text):
        nearest = [chunk_id for chunk_id, _ in library.lexical(text, RESTORED_FROM)]
        text = restore(text, [stored.chunk.text for stored in library.chunks(nearest).values()])
        share = DENSE_SHARE_RESTORED
    return Asked(text, embedder.embed_query(text), share)


def _signals(library: Library, asked: Asked, limit: int, provinces: Sequence[str]) -> dict[int, Signals]:
    candidates = max(CANDIDATES, 4 * limit)
    lexical = dict(library.lexical(asked.text, candidates, provinces=provinces))
    dense = dict(library.dense(asked.vector, candidates, provinces=provinces))
    # a chunk found by its words alone has a cosine too, and 0 would be a wrong one
    dense |= library.cosines(asked.vector, [id_ for id_ in lexical if id_ not in dense])
    return fuse(dense, lexical, asked.dense_share)


def _passages(library: Library, signals: Mapping[int, Signals], limit: int, per_article: int) -> list[Passage]:
    ranked = sorted(signals, key=lambda id_: (-signals[id_].score, id_))
    owners = library.owners(ranked)
    told = _told_once([id_ for id_ in ranked if id_ in owners], owners, library.stories(set(owners.values())))
    chosen = capped(told, owners, limit, per_article)
    chunks = library.chunks(chosen)
    articles = library.articles_by_id({stored.article_id for stored in chunks.values()})
    passages = []
    for chunk_id in chosen:
        stored = chunks.get(chunk_id)
        owner = articles.get(stored.article_id) if stored else None
        if stored is None or owner is None:
            continue  # removed while we looked
        dense, lexical, score = signals[chunk_id]
        passages.append(Passage(stored.article_id, owner.article, stored.chunk, score, dense, lexical, owner.story_id))
    return passages


def _told_once(ranked: Sequence[int], owners: Mapping[int, int], stories: Mapping[int, int]) -> list[int]:
    """Chunks of one article a story, the one whose chunk comes first: copies by other publishers say the same again."""
    teller: dict[int, int] = {}
    return [
        chunk_id
        for chunk_id in ranked
        if teller.setdefault(stories.get(owners[chunk_id], -owners[chunk_id]), owners[chunk_id]) == owners[chunk_id]
    ]


def _below(passages: Sequence[Passage], others: Sequence[Passage]) -> list[Passage]:
    """Those of ``others`` that are not in ``passages``, their scores pressed under the lowest there."""
    ceiling = passages[-1].score if passages else 1.0
    known = {(passage.article_id, passage.chunk.start) for passage in passages}
    return [
        replace(other, score=other.score * ceiling)
        for other in others
        if (other.article_id, other.chunk.start) not in known
    ]
