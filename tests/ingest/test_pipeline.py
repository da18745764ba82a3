"""The ingest story over a real library: what is added, what is skipped, what fails, and what that leaves behind."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from ingest import pipeline
from ingest.pipeline import Report, ingest
from retrieval.library import Library
from retrieval.types import Article, Chunk, Vectors
from tests.fakes import FakeEmbedder

RIVER = """Huyện Sông Lam mở lớp kỹ năng số

Huyện Sông Lam mở 14 lớp kỹ năng số cho người cao tuổi trong quý I/2024. Mỗi lớp có 20 học viên.

Phòng Văn hóa huyện cho biết 62% học viên đã tự nộp được hồ sơ qua mạng sau khóa học.
"""
HILL = """Xã Đồi Chè bán hàng qua mạng

Xã Đồi Chè có 37 hộ bán chè qua sàn thương mại điện tử. Doanh thu năm 2023 tăng 18% so với năm trước.
"""
EMPTY_PAGE = "<html><head><title>Trang chủ</title></head><body><nav><a href='/'>Trang chủ</a></nav></body></html>"


class CountingEmbedder(FakeEmbedder):
    """Counts what it is asked for."""

    def __init__(self) -> None:
        self.opened = 0
        self.calls: list[int] = []

    def open(self) -> "CountingEmbedder":
        self.opened += 1
        return self

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        self.calls.append(len(texts))
        return super().embed_passages(texts)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "var", embedder=FakeEmbedder.name, dimension=64, create=True) as library:
        yield library


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "song.txt").write_text(RIVER, encoding="utf-8")
    (folder / "doi.txt").write_text(HILL, encoding="utf-8")
    return folder


def run(library: Library, *paths: Path, embedder: CountingEmbedder | None = None) -> Report:
    return ingest(paths, library, (embedder or CountingEmbedder()).open)


def titles(library: Library) -> set[str]:
    return {stored.article.title for stored in library.articles()}


def test_new_articles_are_added_with_their_chunks_and_figures(library: Library, folder: Path) -> None:
    report = run(library, folder)
    assert report.added == [str(folder / "doi.txt"), str(folder / "song.txt")]
    assert not (report.updated or report.unchanged or report.duplicates or report.failed)
    assert titles(library) == {"Huyện Sông Lam mở lớp kỹ năng số", "Xã Đồi Chè bán hàng qua mạng"}
    assert library.stats().chunks >= 2
    river = library.find(str(folder / "song.txt"))
    assert river is not None
    assert "62%" in {figure.shown for figure in library.figures_of(river.id)}


def test_a_second_run_changes_nothing_and_opens_no_embedder(library: Library, folder: Path) -> None:
    run(library, folder)
    before = library.articles()
    embedder = CountingEmbedder()
    report = run(library, folder, embedder=embedder)
    assert len(report.unchanged) == 2
    assert not (report.added or report.updated or report.duplicates or report.failed)
    assert library.articles() == before
    assert embedder.opened == 0


def test_a_changed_file_replaces_its_article(library: Library, folder: Path) -> None:
    run(library, folder)
    (folder / "song.txt").write_text(RIVER.replace("62%", "71%"), encoding="utf-8")
    report = run(library, folder)
    assert report.updated == [str(folder / "song.txt")]
    assert report.unchanged == [str(folder / "doi.txt")]
    assert len(library.articles()) == 2
    river = library.find(str(folder / "song.txt"))
    assert river is not None
    assert "71%" in river.article.text


def test_a_copy_is_a_duplicate_in_the_same_run_and_in_a_later_one(library: Library, folder: Path) -> None:
    (folder / "xong.txt").write_text(RIVER, encoding="utf-8")
    report = run(library, folder)
    assert report.duplicates == [str(folder / "xong.txt")]
    (folder / "z.txt").write_text(HILL, encoding="utf-8")
    report = run(library, folder)
    assert report.duplicates == [str(folder / "xong.txt"), str(folder / "z.txt")]
    assert len(library.articles()) == 2


def test_a_file_changed_into_a_copy_no_longer_answers_with_its_old_text(library: Library, folder: Path) -> None:
    run(library, folder / "song.txt")
    (folder / "song.txt").write_text(HILL, encoding="utf-8")
    report = run(library, folder)  # doi.txt, the same text, comes first
    assert report.updated == [str(folder / "song.txt")]
    assert all("Sông Lam" not in stored.article.text for stored in library.articles())


def test_bad_files_are_named_with_their_reason_and_the_rest_is_in(library: Library, folder: Path) -> None:
    (folder / "a-trong.txt").write_bytes(b" \n")
    (folder / "b-nhi-phan.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "c-menu.html").write_text(EMPTY_PAGE, encoding="utf-8")
    (folder / "e-cut.html").write_text("<html><body><div><p>Xã", encoding="utf-8")
    (folder / "bang.ods").write_bytes(b"PK")
    empty = folder / "rong"
    empty.mkdir()
    report = run(library, folder, folder / "bang.ods", folder / "khong-co.txt", empty)
    assert len(report.added) == 2
    reasons = {Path(failure.source).name: failure.error for failure in report.failed}
    assert "is empty" in reasons.pop("a-trong.txt")
    assert "not text" in reasons.pop("b-nhi-phan.txt")
    assert "no article" in reasons.pop("c-menu.html")
    assert reasons.pop("e-cut.html")
    assert "only .txt" in reasons.pop("bang.ods")
    assert "There is no file" in reasons.pop("khong-co.txt")
    assert "holds no articles" in reasons.pop("rong")
    assert not reasons
    for failure in report.failed:
        assert "\n" not in failure.error


def test_a_page_that_breaks_a_reader_fails_alone(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def chunk(article: Article) -> list[Chunk]:
        if "Sông Lam" in article.title:
            raise RecursionError("too deep")
        return [Chunk(0, len(article.text), article.text)]

    monkeypatch.setattr("ingest.reading.chunk", chunk)
    report = run(library, folder)
    assert report.added == [str(folder / "doi.txt")]
    assert [failure.source for failure in report.failed] == [str(folder / "song.txt")]
    assert "RecursionError: too deep" in report.failed[0].error


def test_a_changed_file_that_cannot_be_read_keeps_its_article(library: Library, folder: Path) -> None:
    run(library, folder)
    (folder / "song.txt").write_bytes(b"")
    assert [failure.source for failure in run(library, folder).failed] == [str(folder / "song.txt")]
    assert len(library.articles()) == 2


def test_articles_are_embedded_together_and_each_source_is_told_once(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "BATCH_CHUNKS", 4)
    for number in range(9):
        text = HILL.replace("Đồi Chè", f"Đồi Chè {number}")
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    (folder / "trong.txt").write_bytes(b"")
    embedder = CountingEmbedder()
    told: list[str] = []
    report = ingest([folder], library, embedder.open, told.append)
    assert len(report.added) == 11
    assert embedder.opened == 1
    assert embedder.calls == [4, 4, 3]
    assert sorted(told) == sorted(str(path) for path in folder.iterdir())
    assert report.seconds > 0


def test_an_interrupted_run_keeps_what_has_landed(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "BATCH_CHUNKS", 1)

    def stop(source: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest([folder], library, CountingEmbedder, stop)
    assert titles(library) == {"Xã Đồi Chè bán hàng qua mạng"}
    report = run(library, folder)
    assert (len(report.unchanged), len(report.added)) == (1, 1)
