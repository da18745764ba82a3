"""Chunks: exact spans, bounded, whole sentences, lists with their introductions."""

import random
from itertools import pairwise

import pytest

from ingest.chunk import LIMIT, TARGET, chunk, embedding_text
from retrieval.types import Article, Chunk

SENTENCE = "Tỉnh đã hoàn thành {} mục tiêu của kế hoạch chuyển đổi số, đạt {},5% chỉ tiêu được giao trong năm."


def article(text: str) -> Article:
    return Article(source="a", address="/a", title="Lai Châu lên mạng", text=text)


def paragraph(count: int, start: int = 0) -> str:
    return " ".join(SENTENCE.format(i, i) for i in range(start, start + count))


def check(text: str) -> list[Chunk]:
    """Exact, in order, bounded, and nothing but blanks outside them."""
    chunks = chunk(article(text))
    covered = [False] * len(text)
    for piece in chunks:
        assert text[piece.start : piece.end] == piece.text
        assert piece.text == piece.text.strip()
        assert 0 < len(piece.text) <= LIMIT
        covered[piece.start : piece.end] = [True] * len(piece.text)
    assert not "".join(char for char, inside in zip(text, covered, strict=True) if not inside).strip()
    assert [piece.start for piece in chunks] == sorted(piece.start for piece in chunks)
    return chunks


def test_nothing_gives_nothing() -> None:
    assert check("") == []


def test_short_paragraphs_are_merged_and_never_repeated() -> None:
    text = "\n".join(paragraph(2, 2 * i) for i in range(20))
    chunks = check(text)
    assert all(TARGET / 2 < len(piece.text) <= TARGET for piece in chunks[:-1])
    assert all(a.end <= b.start for a, b in pairwise(chunks))


def test_a_long_paragraph_is_cut_at_sentences_with_one_repeated() -> None:
    chunks = check(paragraph(40))
    assert len(chunks) > 2
    assert all(piece.text.endswith("trong năm.") for piece in chunks)
    for before, after in pairwise(chunks):
        repeated = before.text[after.start - before.start :]
        assert repeated.count("trong năm.") == 1
        assert repeated.startswith("Tỉnh đã")


def test_a_list_stays_with_its_introduction() -> None:
    items = "\n".join(f"+ Chỉ tiêu {i} của ngành đạt {i}0% kế hoạch." for i in range(1, 9))
    text = f"{paragraph(6)}\nKết quả cụ thể như sau:\n{items}\n{paragraph(6, 6)}"
    (holder,) = [piece for piece in check(text) if "như sau:" in piece.text]
    assert "Chỉ tiêu 8" in holder.text


def test_a_heading_stays_with_what_follows() -> None:
    text = f"{paragraph(8)}\nHạ tầng đi trước\n{paragraph(3, 8)}"
    (holder,) = [piece for piece in check(text) if "Hạ tầng đi trước" in piece.text]
    assert holder.text.startswith("Hạ tầng đi trước\nTỉnh đã")


def test_a_sentence_over_the_limit_is_cut_at_semicolons() -> None:
    clauses = "; ".join(f"chỉ tiêu thứ {i} đạt {i},25% (mục tiêu là {i}%)" for i in range(1, 70))
    chunks = check(f"Kết quả: {clauses}.")
    assert all(piece.text.endswith(";") for piece in chunks[:-1])


@pytest.mark.parametrize("text", ["a" * 5000, "một " * 2000, "- mục\n" * 800, "Dòng mở\n" * 800, "x. " * 3000])
def test_odd_texts_stay_bounded(text: str) -> None:
    check(text.strip())


def test_random_texts_stay_exact() -> None:
    chooser = random.Random(7)
    for _ in range(60):
        lines = [
            chooser.choice(["- ", "+ ", "", ""])
            + paragraph(chooser.randint(1, 14))
            + chooser.choice(["", "", ":", ";"])
            if chooser.random() < 0.7
            else "Tiêu đề nhỏ"
            for _ in range(chooser.randint(1, 12))
        ]
        check("\n".join(lines))


def test_embedding_text_names_the_article() -> None:
    (piece,) = chunk(article("Tỉnh xếp thứ 50."))
    assert embedding_text(article("Tỉnh xếp thứ 50."), piece) == "Lai Châu lên mạng\nTỉnh xếp thứ 50."
