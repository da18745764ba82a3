"""Where knowledge lives: SQLite (articles, chunks, words, figures) and Chroma (vectors) behind one door."""

from pathlib import Path
from typing import Self

from retrieval.errors import LibraryError
from retrieval.library import manifest
from retrieval.library.article_rows import article_hash
from retrieval.library.files import DATABASE, explained
from retrieval.library.finder import Finder
from retrieval.library.records import (
    Arrival,
    Entry,
    FailedSource,
    Hit,
    Retired,
    Standing,
    Stats,
    StoredArticle,
    StoredChunk,
    StoredFigure,
    Version,
)
from retrieval.library.stores import Stores
from retrieval.library.writer import Writer

__all__ = [
    "Arrival",
    "Entry",
    "FailedSource",
    "Hit",
    "Library",
    "Retired",
    "Standing",
    "Stats",
    "StoredArticle",
    "StoredChunk",
    "StoredFigure",
    "Version",
    "article_hash",
]

NO_LIBRARY = "There is no library in {folder} yet. Make one: tinhso ingest data/articles"


class Library(Finder, Writer):
    """Articles with their chunks, vectors and figures. Safe from several threads; many readers beside one writer.

    A writer waits up to 30 s for another one. Every method raises LibraryError, saying what to do, when the files
    cannot be used. Chroma is imported when vectors are first needed.
    """

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
