"""One library in one process: what goes in comes out, and what was replaced or removed does not."""

import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from retrieval.errors import EmbedderMismatch, LibraryError
from retrieval.library import Library, Standing
from retrieval.types import Chunk, FigureKind, Period
from tests.retrieval.library.samples import DIMENSION, article, chunks_of, figure, put, texts, vectors_of

TEXT = "Bắc Ninh đạt tỷ trọng 56,83% theo Nghị quyết 09-NQ/TU. Đà Nẵng dẫn đầu cả nước."


def lexical_texts(library: Library, question: str, **options: tuple[str, ...]) -> list[str]:
    return texts(library, [id_ for id_, _ in library.lexical(question, 10, **options)])


def test_an_article_comes_back_as_it_went_in(library: Library) -> None:
    given = article(TEXT, provinces=("Bắc Ninh", "Đà Nẵng"))
    stored = library.article(put(library, given))
    assert stored is not None
    assert (stored.article, stored.chunks) == (given, 2)
    assert library.articles() == [stored]


def test_standing_tells_new_unchanged_changed_and_duplicate(library: Library) -> None:
    given = article(TEXT)
    assert library.standing(given) is Standing.NEW
    put(library, given)
    assert library.standing(given) is Standing.UNCHANGED
    assert library.standing(replace(given, source="./a.txt")) is Standing.UNCHANGED
    assert library.standing(replace(given, text=TEXT + " Hết.")) is Standing.CHANGED
    assert library.standing(replace(given, title="Tên khác")) is Standing.CHANGED
    assert library.standing(replace(given, provinces=("Đà Nẵng",))) is Standing.CHANGED
    assert library.standing(replace(given, address="/b.txt")) is Standing.DUPLICATE


def test_a_changed_article_replaces_the_old_one(library: Library) -> None:
    old = article("Tỉnh xếp hạng chín. Kinh tế số tăng.")
    library.put(old, chunks_of(old), vectors_of(old), [figure("hạng chín")])
    new = article("Tỉnh xếp hạng bảy.")
    library.put(new, chunks_of(new), vectors_of(new), [figure("hạng bảy")])
    assert lexical_texts(library, "kinh tế số tăng") == []
    assert lexical_texts(library, "xếp hạng") == ["Tỉnh xếp hạng bảy."]
    assert texts(library, [id_ for id_, _ in library.dense(vectors_of(old)[1], 10)]) == ["Tỉnh xếp hạng bảy."]
    assert [stored.figure.label for stored in library.figures()] == ["hạng bảy"]
    assert library.figures(text="chín") == []
    assert library.stats().articles == 1


@pytest.mark.parametrize("name", ["/articles/a.txt", "a.txt", "https://example.vn/articles/a.txt"])
def test_a_removed_article_stops_answering(library: Library, name: str) -> None:
    given = article(TEXT)
    put(library, given)
    assert library.remove(name)
    assert not library.remove(name)
    assert library.find(name) is None
    assert lexical_texts(library, "Đà Nẵng") == []
    assert library.dense(vectors_of(given)[0], 10) == []
    assert library.stats().chunks == 0


def test_a_name_of_several_articles_is_not_guessed(library: Library) -> None:
    put(library, article("Một.", "/x/a.txt"))
    put(library, article("Hai.", "/y/a.txt"))
    with pytest.raises(LibraryError, match=r"/x/a\.txt\s+/y/a\.txt"):
        library.remove("a.txt")


@pytest.mark.parametrize("question", ["56,83", "09-NQ/TU", "09-nq/tu", "ty trong", "Tỷ trọng", "tỷ trọng"])
def test_words_are_found_whole_with_or_without_diacritics(library: Library, question: str) -> None:
    put(library, article(TEXT))
    assert lexical_texts(library, question) == [TEXT[: TEXT.index(" Đà Nẵng")]]


@pytest.mark.parametrize("question", ["", "?!", '"', "NEAR(", "56", "83", "nq", 'đà" OR "nẵng*', "a:b", "\0"])
def test_no_question_breaks_the_index_or_finds_parts_of_words(library: Library, question: str) -> None:
    put(library, article(TEXT))
    assert all("Nẵng" in text for text in lexical_texts(library, question))


def test_dense_gives_cosines_best_first(library: Library) -> None:
    given = article("Một câu. Hai câu. Ba câu.")
    put(library, given)
    hits = library.dense(vectors_of(given)[1], 2)
    assert texts(library, [hits[0][0]]) == ["Hai câu."]
    assert hits[0][1] == pytest.approx(1, abs=1e-5)
    assert len(hits) == 2
    assert hits[1][1] < hits[0][1]
    assert library.cosines(vectors_of(given)[1], [hits[1][0]])[hits[1][0]] == pytest.approx(hits[1][1], abs=1e-5)


def test_an_empty_library_finds_nothing(library: Library) -> None:
    assert library.dense(np.eye(DIMENSION, dtype=np.float32)[0], 10) == []
    assert library.lexical("Bắc Ninh", 10) == []
    assert library.figures() == []
    assert library.articles() == []


def test_an_article_without_chunks_is_kept(library: Library) -> None:
    library.put(article(""), [], np.empty((0, DIMENSION), np.float32))
    assert library.stats().articles == 1


@pytest.mark.parametrize("exact_under", [0, 1000])
def test_provinces_keep_to_chunks_that_name_them_or_stand_in_their_articles(
    library: Library, monkeypatch: pytest.MonkeyPatch, exact_under: int
) -> None:
    monkeypatch.setattr("retrieval.library.finder.EXACT_UNDER", exact_under)  # by the vectors, and by the index
    given = article(TEXT, provinces=("Bắc Ninh",))
    other = article("Sơn La đạt 40%.", "/b.txt", provinces=("Sơn La",))
    put(library, given)
    put(library, other)
    assert lexical_texts(library, "đạt", provinces=("Sơn La",)) == ["Sơn La đạt 40%."]
    assert lexical_texts(library, "dẫn đầu", provinces=("Đà Nẵng",)) == ["Đà Nẵng dẫn đầu cả nước."]
    assert lexical_texts(library, "đạt", provinces=("Cà Mau",)) == []
    near = library.dense(vectors_of(given)[0], 10, provinces=("Đà Nẵng", "Sơn La"))
    assert sorted(texts(library, [id_ for id_, _ in near])) == ["Sơn La đạt 40%.", "Đà Nẵng dẫn đầu cả nước."]


def test_figures_are_found_by_what_they_are_bound_to(library: Library) -> None:
    given = [
        figure("DTI › hạng", period=Period(2022)),
        figure("DTI › kinh tế số", period=Period(2023, "H1")),
        figure("hộ kinh doanh nộp thuế điện tử", province="Sơn La", period=Period(2025, since=2021)),
        figure("chợ 4.0", period=None),
    ]
    library.put(article("Không có gì."), [], np.empty((0, DIMENSION), np.float32), given)

    def labels(**conditions: object) -> list[str]:
        return [stored.figure.label for stored in library.figures(**conditions)]  # type: ignore[arg-type]

    assert {stored.figure for stored in library.figures()} == set(given)
    assert labels(provinces=["Sơn La"]) == ["hộ kinh doanh nộp thuế điện tử"]
    assert labels(years=[2022]) == ["DTI › hạng"]
    assert labels(years=[2022], undated=True) == ["DTI › hạng", "chợ 4.0"]
    assert labels(indicators=["dti"], limit=2) == ["hộ kinh doanh nộp thuế điện tử", "DTI › kinh tế số"]
    assert labels(kinds=[FigureKind.TARGET]) == []
    assert labels(text="kinh te so")[0] == "DTI › kinh tế số"
    assert labels(text="4.0") == ["chợ 4.0"]
    assert labels(text="thuế", provinces=["Bắc Ninh"]) == []


def test_stats_count_what_is_covered(library: Library) -> None:
    first = article(TEXT, provinces=("Bắc Ninh",))
    library.put(first, chunks_of(first), vectors_of(first), [figure(), figure(period=None)])
    put(library, article("Hai.", "/b.txt", provinces=("Bắc Ninh", "Sơn La")))
    stats = library.stats()
    assert (stats.articles, stats.chunks, stats.figures) == (2, 3, 2)
    assert stats.provinces == {"Bắc Ninh": 2, "Sơn La": 1}
    assert stats.years == {2022: 1}
    assert stats.published == {2024: 2}


def test_what_does_not_fit_is_refused_before_it_is_stored(library: Library) -> None:
    given = article(TEXT)
    with pytest.raises(ValueError, match="2 chunks of dimension 8"):
        library.put(given, chunks_of(given), vectors_of(given)[:1])
    with pytest.raises(ValueError, match="NaN"):
        library.put(given, chunks_of(given), vectors_of(given) * np.float32("nan"))
    with pytest.raises(ValueError, match="not a span"):
        library.put(given, [Chunk(0, 3, "khác")], vectors_of(given)[:1])
    assert library.articles() == []


def test_another_embedder_is_named_with_the_way_out(folder: Path, library: Library) -> None:
    with pytest.raises(EmbedderMismatch) as raised:
        Library.open(folder, embedder="other/model", dimension=1024)
    for part in ("fake", "other/model", "1024", "tinhso reindex", "TINHSO_EMBEDDER"):
        assert part in str(raised.value)
    with Library.open(folder) as unchecked:
        assert (unchecked.embedder, unchecked.dimension) == ("fake", DIMENSION)


def test_threads_read_while_one_writes(library: Library) -> None:
    """Each reader always sees a whole number of articles of two chunks."""
    given = [article(f"Câu một của bài {n}. Câu hai của bài {n}.", f"/{n}.txt") for n in range(12)]
    put(library, given[0])
    failures: list[object] = []
    done = threading.Event()

    def read() -> None:
        try:
            while not done.is_set():
                if not library.dense(vectors_of(given[0])[0], 50):
                    failures.append("nothing near")
                if len(library.lexical("câu", 50)) % 2:
                    failures.append("half an article")
        except Exception as error:
            failures.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for each in given[1:]:
        put(library, each)
    done.set()
    for reader in readers:
        reader.join()
    assert failures == []
    assert len(library.dense(vectors_of(given[0])[0], 50)) == 24


def test_two_doors_to_one_folder_in_one_process_see_the_same(folder: Path, library: Library) -> None:
    given = article(TEXT)
    with Library.open(folder) as reader:
        assert reader.dense(vectors_of(given)[0], 5) == []
        put(library, given)
        assert len(reader.dense(vectors_of(given)[0], 5)) == 2
    library.remove("a.txt")
    assert library.dense(vectors_of(given)[0], 5) == []


def test_a_closed_library_says_so(folder: Path) -> None:
    library = Library.open(folder, embedder="fake", dimension=DIMENSION, create=True)
    library.close()
    library.close()
    with pytest.raises(LibraryError, match="closed"):
        library.articles()
