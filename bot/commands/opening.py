"""What several commands open: settings, library, embedder, answer chain."""

from __future__ import annotations

import sys
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retrieval.answer.chain import Answerer
    from retrieval.library import Library
    from retrieval.settings import Settings
    from retrieval.types import Embedder


def note(line: str) -> None:
    """A line for the person at the terminal; standard output stays for results."""
    sys.stderr.write(line + "\n")


def open_library(settings: Settings, *, create: bool = False) -> Library:
    """The library. A sentence-transformers model must be loaded to tell its dimension; the bundled one need not be."""
    from retrieval.embedders import embedder_identity
    from retrieval.library import Library

    identity = embedder_identity(settings)
    if identity is None:
        embedder = open_embedder(settings)
        identity = embedder.name, embedder.dimension
    name, dimension = identity
    return Library.open(settings.data_dir, embedder=name, dimension=dimension, create=create)


@cache
def open_embedder(settings: Settings) -> Embedder:
    """The embedder, loaded once."""
    from retrieval.embedders import open_embedder as opened

    return opened(settings, progress=note)


def open_answerer(settings: Settings) -> Answerer:
    """Library, embedder and chain. The embedder loads on a thread of its own beside the other imports."""
    from concurrent.futures import ThreadPoolExecutor

    library = open_library(settings)  # first: without one no model need be converted
    try:
        with ThreadPoolExecutor(1) as pool:
            embedder = pool.submit(open_embedder, settings)
            from retrieval.answer.chain import Answerer

            library.warm()
            return Answerer(library, embedder.result())
    except BaseException:
        library.close()
        raise
