"""The stored articles cut, read for figures and embedded anew, without their sources: for another embedder, or after our
own rules have changed. The old index serves until the new one is whole."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from ingest.chunk import chunk, embedding_text
from ingest.figures import extract
from ingest.pipeline import BATCH_CHUNKS
from ingest.vectors import Vectoriser
from retrieval.errors import LibraryError
from retrieval.library import Entry, Library
from retrieval.library.copies import stage, swap_in
from retrieval.types import Embedder

STAGING, LEFT = "reindexing", "reindexing-left"


@dataclass(frozen=True, slots=True)
class Reindexed:
    articles: int
    chunks: int
    figures: int


def reindex(
    folder: Path,
    embedder: Embedder,
    on_article: Callable[[str], None] = lambda source: None,
    on_wait: Callable[[], None] = lambda: None,
) -> Reindexed:
    """Makes a second library beside the one in ``folder`` and swaps them. Killed before that, the old one is as it was,
    and what was embedded is not embedded again. Raises LibraryError."""
    with ExitStack() as opened:
        present = opened.enter_context(Library.open(folder))
        opened.enter_context(present.turn(on_wait))
        staging = present.folder / STAGING
        sources = [present] if present.embedder == embedder.name else []
        if left := _left_behind(staging, embedder.name):
            sources.append(opened.enter_context(left))
        stage(present.folder, staging, embedder.name, embedder.dimension)
        with Library.open(staging, embedder=embedder.name, dimension=embedder.dimension, create=True) as new:
            vectoriser = Vectoriser(lambda: embedder, new, *sources)
            for batch in _batches(present):
                vectors = vectoriser.vectors([text for entry in batch for text in entry.embedded])
                new.rewrite(batch, vectors)
                for entry in batch:
                    on_article(entry.article.source)
            new.warm()
            stats = new.stats()
        swap_in(staging, present.folder)
    shutil.rmtree(present.folder / LEFT, ignore_errors=True)
    return Reindexed(stats.articles, stats.chunks, stats.figures)


def _left_behind(staging: Path, embedder: str) -> Library | None:
    """What a killed run had done, as a source of vectors. Whatever is wrong with it, it is only left aside."""
    aside = staging.with_name(LEFT)
    if staging.exists():
        shutil.rmtree(aside, ignore_errors=True)
        staging.rename(aside)
    try:
        left = Library.open(aside)
    except LibraryError:
        return None
    if left.embedder == embedder:
        return left
    left.close()
    return None


def _batches(library: Library) -> Iterator[list[Entry]]:
    batch: list[Entry] = []
    for article_id in library.article_ids():
        batch.append(_entry(library, article_id))
        if sum(len(entry.chunks) for entry in batch) >= BATCH_CHUNKS:
            yield batch
            batch = []
    if batch:
        yield batch


def _entry(library: Library, article_id: int) -> Entry:
    stored = library.article(article_id)
    assert stored is not None  # nobody else has the turn
    article = stored.article
    chunks = chunk(article)
    kept = library.figures_of(article_id)
    figures = extract(article)
    if article.rendered:  # its figures come from the rows of tables, which its text does not bear alone
        figures = kept
    else:  # what a chat model proposed stays where the rules still find nothing
        found = {figure.start for figure in figures}
        figures += [figure for figure in kept if figure.read_by == "model" and figure.start not in found]
    return Entry(article, chunks, figures, [embedding_text(article, one) for one in chunks])
