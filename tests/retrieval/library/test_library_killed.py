"""A writer that is killed, wherever, leaves the old article or the new one, and the next writer cleans up."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from retrieval.library import Library, vector_rows
from retrieval.settings import PROJECT
from tests.retrieval.library.killed_writer import MOMENTS, NEW, OLD
from tests.retrieval.library.samples import DIMENSION, article, chunks_of, put, texts, vectors_of

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are killed the POSIX way")
LIVE_SINCE = "new-is-live"


def run(*arguments: str) -> None:
    command = [sys.executable, "-m", "tests.retrieval.library.killed_writer", *arguments]
    subprocess.run(command, check=True, cwd=PROJECT, timeout=60)


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("killed")
    run(str(folder), *MOMENTS)
    return folder


def vectors_in_index(library: Library) -> int:
    """All of them, those that must not be there too."""
    collection = library._stores._index._collection
    assert collection is not None
    return collection.count()


@pytest.mark.parametrize("moment", MOMENTS)
def test_an_article_is_there_whole_or_not_at_all(killed: Path, moment: str) -> None:
    order = list(MOMENTS)
    expected = NEW if order.index(moment) >= order.index(LIVE_SINCE) else OLD
    sentences = sorted(chunk.text for chunk in chunks_of(expected))
    with Library.open(killed / moment) as reader:  # before any repair
        assert [stored.article for stored in reader.articles()] == [expected]
        assert sorted(texts(reader, [id_ for id_, _ in reader.dense(vectors_of(NEW)[0], 20)])) == sentences
        assert sorted(texts(reader, [id_ for id_, _ in reader.lexical("xếp hạng số", 20)])) == sentences
    with Library.open(killed / moment, embedder="fake", dimension=DIMENSION, create=True) as writer:
        with writer._stores.reading() as connection:
            assert vector_rows.doomed(connection) == []
        assert sorted(texts(writer, [id_ for id_, _ in writer.dense(vectors_of(NEW)[0], 20)])) == sentences
        assert vectors_in_index(writer) == len(sentences)
        put(writer, NEW)
        assert [stored.article for stored in writer.articles()] == [NEW]
        assert vectors_in_index(writer) == len(chunks_of(NEW))


def test_writers_killed_at_any_time_lose_nothing_that_was_there(tmp_path: Path) -> None:
    run(str(tmp_path), "--rounds", "5")
    with Library.open(tmp_path, embedder="fake", dimension=DIMENSION, create=True) as library:
        put(library, article("Câu cuối.", "/last.txt"))
        articles = library.articles()
        chunks = sum(stored.chunks for stored in articles)
        assert len(articles) > 5
        assert all(stored.chunks == len(chunks_of(stored.article)) for stored in articles)
        assert len(library.dense(np.eye(DIMENSION, dtype=np.float32)[0], chunks)) > 0.9 * chunks
        assert vectors_in_index(library) == chunks
        for stored in articles[:10]:
            first = chunks_of(stored.article)[0].text
            nearest = library.dense(vectors_of(stored.article)[0], 1)
            assert texts(library, [nearest[0][0]]) == [first]
