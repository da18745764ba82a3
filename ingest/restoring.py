"""A retired article brought back as it was."""

from collections.abc import Callable

from ingest.chunk import chunk, embedding_text
from ingest.vectors import Vectoriser
from retrieval.errors import LibraryError
from retrieval.library import Entry, Library
from retrieval.types import Article, Embedder


def restore(library: Library, name: str, open_embedder: Callable[[], Embedder]) -> Article:
    """Puts the retired article that ``name`` names back into the library, with its figures. The embedder is opened only
    where its vectors are not kept any more. Raises LibraryError when there is none of that name, or several."""
    found = library.find_retired(name)
    if not found:
        raise LibraryError(f"No retired article is called {name}. `tinhso articles list --retired` shows them.")
    if len(found) > 1:
        addresses = "\n  ".join(one.article.address for one in found)
        raise LibraryError(f"{name} names {len(found)} retired articles. Name one by its address:\n  {addresses}")
    (retired,) = found
    article = retired.article
    chunks = chunk(article)
    embedded = [embedding_text(article, one) for one in chunks]
    vectors = Vectoriser(open_embedder, library).vectors(embedded)
    library.put_all([Entry(article, chunks, retired.figures, embedded)], vectors)
    return article
