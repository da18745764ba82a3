"""An empty library on disk."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval.library import Library
from tests.retrieval.library.samples import DIMENSION


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def library(folder: Path) -> Iterator[Library]:
    with Library.open(folder, embedder="fake", dimension=DIMENSION, create=True) as opened:
        yield opened
