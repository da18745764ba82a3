"""A library that is open: its folder, its stores, and the embedder that it was built with."""

from pathlib import Path

from retrieval.library import manifest
from retrieval.library.stores import Stores


class Opened:
    """What every part of a Library stands on."""

    def __init__(self, stores: Stores) -> None:
        """For ``Library.open``."""
        self._stores = stores
        with stores.reading() as connection:
            self._manifest = manifest.read(connection)

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
