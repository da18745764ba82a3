"""Stored articles cut and embedded anew: what serves meanwhile, what a kill leaves, and what costs nothing twice."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from ingest import pipeline
from ingest.pipeline import ingest
from ingest.reindex import reindex
from retrieval.errors import EmbedderMismatch
from retrieval.library import Library
from retrieval.types import Vectors
from tests.fakes import FakeEmbedder
from tests.ingest.test_pipeline import HILL, RIVER

TABLE = "province,indicator,value,unit,period,kind,source_url\nSơn La,PCI,7,hạng,2019,rank,https://example.vn/pci\n"


class Other(FakeEmbedder):
    """Another model, which may die in the middle."""

    name = "other"

    def __init__(self, dies_after: int = 1_000) -> None:
        self.embedded: list[str] = []
        self.dies_after = dies_after

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        if len(self.embedded) >= self.dies_after:
            raise KeyboardInterrupt
        self.embedded += texts
        return super().embed_passages(texts)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "song.txt").write_text(RIVER, encoding="utf-8")
    (articles / "doi.txt").write_text(HILL, encoding="utf-8")
    (articles / "bang.csv").write_text(TABLE, encoding="utf-8")
    with Library.open(tmp_path / "var", embedder=FakeEmbedder.name, dimension=64, create=True) as library:
        assert len(ingest([articles], library, FakeEmbedder).added) == 3
    return tmp_path / "var"


def contents(library: Library) -> list[object]:
    return [(stored, library.figures_of(stored.id)) for stored in library.articles()]


def test_the_same_embedder_embeds_nothing_and_changes_nothing(folder: Path) -> None:
    class Idle(FakeEmbedder):
        def embed_passages(self, texts: Sequence[str]) -> Vectors:
            raise AssertionError("all of this has been embedded before")

    with Library.open(folder) as library:
        before = contents(library)
        done = reindex(folder, Idle())
        assert contents(library) == before
        assert (done.articles, done.chunks) == (3, library.stats().chunks)
        vector = FakeEmbedder().embed_query("hồ sơ qua mạng")
        assert len(library.dense(vector, 10)) == done.chunks


def test_another_embedder_takes_over_and_an_open_reader_is_told(folder: Path) -> None:
    with Library.open(folder, embedder=FakeEmbedder.name, dimension=64) as reader:
        before = contents(reader)
        reindex(folder, Other())
        assert contents(reader) == before
        assert reader.lexical("hộ bán chè", 5)
        with pytest.raises(EmbedderMismatch, match=r"embedded anew with other.*start it again"):
            reader.dense(FakeEmbedder().embed_query("chè"), 5)
    with Library.open(folder, embedder="other", dimension=64) as library:
        assert library.dense(FakeEmbedder().embed_query("chè"), 5)


def test_killed_in_the_middle_the_old_index_serves_and_nothing_is_embedded_twice(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.reindex.BATCH_CHUNKS", 1)
    dying = Other(dies_after=2)
    with pytest.raises(KeyboardInterrupt):
        reindex(folder, dying)
    with Library.open(folder, embedder=FakeEmbedder.name, dimension=64) as library:
        assert library.dense(FakeEmbedder().embed_query("chè"), 5)
        chunks = library.stats().chunks
    again = Other()
    reindex(folder, again)
    assert len(dying.embedded) + len(again.embedded) == chunks
    assert not set(dying.embedded) & set(again.embedded)
    assert not list(folder.glob("reindexing*"))


def test_new_chunks_of_old_texts(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from retrieval.types import Article, Chunk

    def halves(article: Article) -> list[Chunk]:
        middle = len(article.text) // 2
        return [Chunk(0, middle, article.text[:middle]), Chunk(middle, len(article.text), article.text[middle:])]

    monkeypatch.setattr("ingest.reindex.chunk", halves)
    assert reindex(folder, FakeEmbedder()).chunks == 6


def test_what_was_removed_comes_back_without_the_embedder(folder: Path, tmp_path: Path) -> None:
    with Library.open(folder, embedder=FakeEmbedder.name, dimension=64, create=True) as library:
        library.remove(str(tmp_path / "articles" / "song.txt"))

        def closed() -> FakeEmbedder:
            raise AssertionError("the vectors were kept")

        assert len(pipeline.ingest([tmp_path / "articles"], library, closed).added) == 1
