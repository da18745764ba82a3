"""Fusion by tables, and the whole search over a small real library with the fake embedder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval.library import Library
from retrieval.search import capped, fuse, scaled, search
from retrieval.text import sentences
from retrieval.types import Article, Chunk, Passage
from tests.fakes import FakeEmbedder

EMBEDDER = FakeEmbedder()
ARTICLES = {
    "bac-ninh": (
        ("Bắc Ninh",),
        "Tỷ trọng kinh tế số của tỉnh là 56,83%. Chỉ số cải cách hành chính đứng thứ 55. Chợ 4.0 được mở ở Từ Sơn. "
        "Kinh tế số tăng nhanh. Kinh tế số được ưu tiên. Kinh tế số cần nhân lực.",
    ),
    "quang-ninh": (("Quảng Ninh",), "Kinh tế số của Quảng Ninh chiếm 12%. Bắc Ninh cũng được nhắc ở đây."),
    "chung": ((), "Kinh tế số là gì thì nhiều người hỏi. Lương hưu được chi trả qua tài khoản."),
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder: Path = tmp_path_factory.mktemp("search")
    with Library.open(folder, embedder=EMBEDDER.name, dimension=EMBEDDER.dimension, create=True) as opened:
        for name, (provinces, text) in ARTICLES.items():
            chunks = [Chunk(span.start, span.end, text[span.start : span.end]) for span in sentences(text)]
            article = Article(source=name, address=name, title="", text=text, provinces=provinces)
            opened.put(article, chunks, EMBEDDER.embed_passages([chunk.text for chunk in chunks]))
        yield opened


def found(passages: list[Passage]) -> list[str]:
    return [passage.chunk.text for passage in passages]


def test_scores_are_brought_to_one_scale() -> None:
    assert scaled({1: -2.0, 2: 0.0, 3: 2.0}) == {1: 0.0, 2: 0.5, 3: 1.0}
    assert scaled({1: 3.0, 2: 3.0}) == {1: 1.0, 2: 1.0}
    assert scaled({1: 0.0, 2: 0.0}) == {1: 0.0, 2: 0.0}
    assert scaled({}) == {}


def test_each_side_has_its_share() -> None:
    signals = fuse({1: 0.9, 2: 0.8, 3: 0.7}, {2: 10.0, 3: 5.0}, 0.4)
    assert {id_: round(signal.score, 3) for id_, signal in signals.items()} == {1: 0.4, 2: 0.8, 3: 0.3}
    assert (signals[1].dense, signals[1].lexical) == (0.9, 0.0)


@pytest.mark.parametrize(
    ("limit", "per_article", "expected"),
    [
        (3, 1, [1, 3, 5]),
        (4, 1, [1, 2, 3, 5]),  # three articles cannot fill four places: the best of the rest comes in, at its rank
        (3, 2, [1, 2, 3]),
        (10, 1, [1, 2, 3, 4, 5]),
        (2, 5, [1, 2]),
    ],
)
def test_one_article_does_not_fill_the_list(limit: int, per_article: int, expected: list[int]) -> None:
    owners = {1: 10, 2: 10, 3: 20, 4: 10, 5: 30}
    assert capped([1, 2, 3, 4, 5], owners, limit, per_article) == expected


@pytest.mark.parametrize("question", ["tỷ trọng kinh tế số của tỉnh", "ty trong kinh te so cua tinh"])
def test_the_right_passage_comes_first_with_or_without_diacritics(library: Library, question: str) -> None:
    passages = search(library, EMBEDDER, question, limit=3)
    assert found(passages)[0] == "Tỷ trọng kinh tế số của tỉnh là 56,83%."
    assert len(passages) == 3
    assert [p.score for p in passages] == sorted((p.score for p in passages), reverse=True)
    assert all(0 <= p.score <= 1 and -1 <= p.dense <= 1.001 and p.lexical >= 0 for p in passages)


def test_every_passage_is_a_span_of_its_article(library: Library) -> None:
    for passage in search(library, EMBEDDER, "kinh tế số", limit=20):
        assert passage.article.text[passage.chunk.start : passage.chunk.end] == passage.chunk.text


def test_passages_of_one_article_are_capped(library: Library) -> None:
    passages = search(library, EMBEDDER, "kinh tế số", limit=5, per_article=2)
    assert {p.article.source for p in passages} == set(ARTICLES)


def test_the_named_province_comes_first_and_others_after(library: Library) -> None:
    passages = search(library, EMBEDDER, "kinh tế số chiếm bao nhiêu", limit=20, provinces=["Quảng Ninh"])
    assert found(passages)[0] == "Kinh tế số của Quảng Ninh chiếm 12%."
    assert {p.article.source for p in passages[:2]} == {"quang-ninh"}
    assert len(passages) == len(set(found(passages))) == 10
    assert [p.score for p in passages] == sorted((p.score for p in passages), reverse=True)


def test_a_province_that_nobody_writes_of_gives_the_others(library: Library) -> None:
    assert len(search(library, EMBEDDER, "kinh tế số của Cà Mau", limit=3, provinces=["Cà Mau"])) == 3


@pytest.mark.parametrize("question", ["", "  ", "?!", "\0", "xyzzy", "a" * 5000, 'kinh" OR "tế', "ﷺ"])
def test_any_question_is_survived(library: Library, question: str) -> None:
    assert len(search(library, EMBEDDER, question, limit=3)) <= 3
