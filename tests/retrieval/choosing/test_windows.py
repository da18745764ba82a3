"""Stretches of text that may answer, and what each takes over from above it."""

from dataclasses import replace
from pathlib import Path

import pytest

from retrieval.choosing.windows import (
    LONGEST_BLOCK,
    Window,
    collected,
    from_figures,
    from_passages,
    list_at,
    sentences_back,
    sentences_between,
    window_at,
)
from retrieval.settings import PROJECT
from retrieval.text import Span, nfc, sentences
from retrieval.types import Article, Chunk, Passage
from tests.retrieval.answer import news
from tests.retrieval.answer.small_library import make

TABLE = """Kết quả năm 2023 của các huyện
Đơn vị | Hồ sơ trực tuyến | Hạng
Huyện Đắk Hà | 71,5% | 2
Huyện Sa Thầy | 60,1% | 5"""

LIST = """Đến năm 2025, tỉnh Gia Lai phấn đấu:
- 80% hồ sơ được xử lý trên mạng;
- 50% dân số có chữ ký số;
- Kinh tế số chiếm 15% GRDP.
Câu sau không thuộc danh sách."""


def about(text: str, *provinces: str) -> Article:
    return Article("a.txt", "/a.txt", "Bài", text, provinces=provinces)


def window(article: Article, words: str) -> Window:
    """The window of the line or sentence that begins with ``words``."""
    at = article.text.index(words)
    span = next(s for s in sentences_between(article.text, at, at + 1) if s.start <= at < s.end)
    return window_at(1, article, span)


def passages(article: Article) -> list[Passage]:
    return [Passage(1, article, Chunk(0, len(article.text), article.text), 0.9, 0.8, 0.7)]


def texts() -> list[str]:
    found = ["Một dòng.", "Tiêu đề\n\n  - Mục một: 56,83%;\n - TP. Huế đạt 7/63. Câu sau…\nPGS.TS. An nói vậy.\n"]
    return found + [nfc(p.read_text(encoding="utf-8")) for p in sorted((PROJECT / "tests" / "dev").glob("d*.txt"))]


@pytest.mark.parametrize("text", texts())
def test_sentences_near_a_place_are_those_of_the_whole_text(text: str) -> None:
    whole = [Span(s.start, s.end) for s in sentences(text)]
    for offset in range(0, len(text), 37):
        before = [span for span in whole if span.end <= offset]
        assert list(sentences_back(text, offset)) == before[::-1]
        touched = [span for span in whole if span.end > offset and span.start < offset + 300]
        assert [s for s in sentences_between(text, offset, offset + 300) if s in touched] == touched


def test_a_sentence_knows_the_ones_around_it() -> None:
    one = about("Trước đó. Kon Tum đạt 61,5%. Sau đó còn nữa. Hết.", "Kon Tum")
    found = window(one, "Kon Tum đạt")
    assert (found.kind, found.text, found.context.previous, found.following) == (
        "sentence", "Kon Tum đạt 61,5%.", "Trước đó.", "Sau đó còn nữa.",
    )  # fmt: skip


def test_nothing_follows_the_end_of_a_line() -> None:
    one = about("Kon Tum đạt 61,5%.\nĐoạn khác.")
    assert window(one, "Kon Tum").following == ""


@pytest.mark.parametrize("row", ["Huyện Đắk Hà", "Huyện Sa Thầy"])
def test_a_row_has_its_tables_head_and_the_heading_over_it(row: str) -> None:
    found = window(about(TABLE, "Kon Tum"), row)
    assert found.kind == "row"
    assert "Đơn vị | Hồ sơ trực tuyến | Hạng" in found.context.lead
    assert "Kết quả năm 2023" in found.context.lead
    assert found.context.years == (2023,)


def test_an_item_has_its_lead_with_province_and_year() -> None:
    found = window(about(LIST), "- 50% dân số")
    assert found.kind == "item"
    assert found.context.lead.startswith("Đến năm 2025, tỉnh Gia Lai phấn đấu:")
    assert found.context.provinces == ("Gia Lai",) and found.context.years == (2025,)


def test_a_lead_with_its_whole_list_is_a_window_too() -> None:
    article = about(LIST)
    blocks = [w for w in from_passages(None, passages(article)) if w.kind == "block"]  # type: ignore[arg-type]
    (block,) = blocks
    assert block.text.startswith("Đến năm 2025") and block.text.endswith("15% GRDP.")
    assert "Câu sau" not in block.text


def test_a_lead_without_a_list_is_no_block() -> None:
    article = about("Ông An nói:\nTỉnh sẽ làm tốt hơn.")
    assert not [w for w in from_passages(None, passages(article)) if w.kind == "block"]  # type: ignore[arg-type]


def test_a_list_of_any_length_makes_no_endless_block() -> None:
    article = about("Tỉnh có:\n" + "\n".join(f"- Mục thứ {n} của danh sách rất dài;" for n in range(200)))
    (block,) = [w for w in from_passages(None, passages(article)) if w.kind == "block"]  # type: ignore[arg-type]
    assert len(block.text) < LONGEST_BLOCK + 100


@pytest.mark.parametrize("words", ["Đến năm 2025", "- 50% dân số", "- Kinh tế số"])
def test_a_list_is_found_from_its_lead_and_from_any_item(words: str) -> None:
    found = list_at(window(about(LIST, "Gia Lai"), words))
    assert found is not None and found.kind == "block"
    assert found.text == LIST.rpartition("\n")[0]


def test_a_sentence_far_from_any_list_is_no_part_of_one() -> None:
    assert list_at(window(about(LIST, "Gia Lai"), "Câu sau")) is None
    assert list_at(window(about("Một câu.\nHai câu.\nBa câu.\nBốn.\n- Mục;\n- Mục hai."), "Một câu")) is None


def test_the_nearest_above_gives_province_and_year_else_the_article() -> None:
    article = about("Bắc Ninh\nNăm 2022, tỉnh đứng đầu.\nTỷ lệ ấy đạt 9%.", "Hà Nam")
    found = window(article, "Tỷ lệ ấy")
    assert found.context.provinces == ("Bắc Ninh",) and found.context.years == (2022,)
    alone = window(about("Tỷ lệ ấy đạt 9%.", "Hà Nam"), "Tỷ lệ ấy")
    assert alone.context.provinces == ("Hà Nam",) and alone.context.years == ()


def test_windows_stay_within_their_passage() -> None:
    text = "Câu một ở đây. Câu hai ở đây. Câu ba ở đây."
    article = about(text)
    start = text.index("Câu hai")
    end = text.index("Câu ba")
    passage = Passage(1, article, Chunk(start, end, text[start:end]), 0.9)
    assert [w.text for w in from_passages(None, [passage])] == ["Câu hai ở đây."]  # type: ignore[arg-type]


def test_copies_of_one_story_are_one_voice() -> None:
    one = window(about("Kon Tum đạt 9%."), "Kon Tum")
    assert replace(one, story_id=5).voice == replace(one, article_id=9, story_id=5).voice == 5
    assert one.voice != replace(one, article_id=9).voice


def test_each_window_once_with_its_figures(tmp_path: Path) -> None:
    with make(tmp_path, (news.KON_TUM_2023, news.KON_TUM_2022)) as library:
        stored = library.figures(provinces=("Kon Tum",), limit=200)
        windows = collected(library, [*from_figures(library, stored), *from_figures(library, stored)])
        assert len({(w.article_id, w.span) for w in windows}) == len(windows)
        for one in windows:
            assert one.figures
            assert all(one.span.start <= f.start < one.span.end for f in one.figures)
            assert one.article.text[one.span.start : one.span.end] == one.text
