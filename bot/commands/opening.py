"""What several commands open: settings, library, embedder, answer chain."""

from __future__ import annotations

import sys
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retrieval.ask import Answerer
    from retrieval.library import Library
    from retrieval.llm.limited import LimitedChat
    from retrieval.llm.writer import Writer
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
    """Library, embedder, chat model if any, and chain. The embedder loads on a thread of its own beside the other imports."""
    from concurrent.futures import ThreadPoolExecutor

    library = open_library(settings)  # first: without one no model need be converted
    try:
        with ThreadPoolExecutor(1) as pool:
            embedder = pool.submit(open_embedder, settings)
            from retrieval.ask import Answerer
            from retrieval.reranker import open_reranker

            library.warm()
            return Answerer(library, embedder.result(), open_writer(settings), open_reranker(settings))
    except BaseException:
        library.close()
        raise


def open_writer(settings: Settings) -> Writer | None:
    """What puts answers into a chat model's words; None where the settings name no model."""
    model = open_model(settings)
    if model is None:
        return None
    from ingest.figures import extract
    from retrieval.llm.writer import Writer

    return Writer(model, extract)


def open_model(settings: Settings) -> LimitedChat | None:
    """The chat model of the settings within its limits; None where none is named."""
    if not settings.llm.strip():
        return None
    from retrieval.llm.breaker import Breaker
    from retrieval.llm.chat import open_chat
    from retrieval.llm.ledger import Ledger
    from retrieval.llm.limited import LimitedChat

    chat = open_chat(settings)
    if chat is None:
        return None
    return LimitedChat(
        chat,
        Ledger(settings.data_dir, settings.llm_tokens_per_day),
        Breaker(settings.llm_breaker_failures, settings.llm_breaker_pause),
        settings.llm_tokens_per_question,
    )
