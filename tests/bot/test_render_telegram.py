"""Messages within Telegram's limits: 4,096 UTF-16 units, 100 entities, HTML that is ours alone."""

from dataclasses import replace
from datetime import date

import pytest

from bot.render.telegram import (
    MOST_ENTITIES,
    MOST_UNITS,
    Block,
    Page,
    Span,
    answer_pages,
    blocks_page,
    pack,
    quote_pages,
    rest_pages,
    text_pages,
    units,
)
from retrieval.types import Answer, Citation
from tests.bot.telegram.peer import parse_html

CITATION = Citation(
    n=1,
    source="bai.md",
    title="Bắc Ninh <đứng đầu> & dẫn dắt",
    publisher="Báo A & B",
    url='https://bao.vn/?a=1&b="2"',
    published=date(2023, 7, 17),
    quote="Kinh tế số chiếm 56,83% GRDP\n\ncủa tỉnh <Bắc Ninh>.",
)
ANSWER = Answer("?", "?", True, "Kinh tế số Bắc Ninh: 56,83% < 60% & hơn. [1]\n- Dòng hai [1][9]", (CITATION,), 1.0)


def read(page: Page) -> tuple[str, list[dict[str, object]]]:
    """As Telegram reads it; within its limits."""
    text, entities = parse_html(page.html)
    assert 0 < units(text) <= MOST_UNITS and units(page.plain) <= MOST_UNITS
    assert len(entities) <= MOST_ENTITIES
    return text, entities


def test_an_answer_is_text_sources_and_folded_quotes() -> None:
    (page,) = answer_pages(ANSWER)
    text, entities = read(page)
    assert text == (
        "Kinh tế số Bắc Ninh: 56,83% < 60% & hơn. [1]\n• Dòng hai [1][9]\n\nNguồn: [1] Báo A & B, 17/07/2023\n"
        "[1] Bắc Ninh <đứng đầu> & dẫn dắt: “Kinh tế số chiếm 56,83% GRDP của tỉnh <Bắc Ninh>.”"
    )
    assert [e["type"] for e in entities].count("expandable_blockquote") == 1
    assert {e["url"] for e in entities if e["type"] == "text_link"} == {CITATION.url}


def test_plain_text_lists_the_addresses() -> None:
    (page,) = answer_pages(ANSWER)
    assert page.plain.endswith(f"\n[1] {CITATION.url}") and "<b>" not in page.plain


def test_a_heading_and_a_note_stand_above() -> None:
    (page,) = answer_pages(ANSWER, heading="So sánh <A>", note="Trả lời muộn")
    assert page.html.startswith("<b>So sánh &lt;A&gt;</b>\n<i>Trả lời muộn</i>\nKinh tế số")


def test_a_source_without_an_address_is_named_and_not_linked() -> None:
    (page,) = answer_pages(replace(ANSWER, citations=(replace(CITATION, url=None, publisher=None, published=None),)))
    text, entities = read(page)
    assert "Nguồn: [1] Bắc Ninh <đứng đầu> & dẫn dắt\n" in text
    assert not [e for e in entities if e["type"] == "text_link"]


def test_sources_of_one_page_are_named_once() -> None:
    twice = replace(ANSWER, citations=(CITATION, replace(CITATION, n=2, quote="Câu khác.")))
    assert "Nguồn: [1][2] Báo A & B, 17/07/2023\n" in read(answer_pages(twice)[0])[0]


def test_quotes_shrink_before_an_answer_takes_two_messages() -> None:
    many = tuple(replace(CITATION, n=n, title=f"Bài {n}", quote="trích dẫn dài " * 50) for n in range(1, 12))
    (page,) = answer_pages(replace(ANSWER, citations=many))
    text, _ = read(page)
    assert "trích dẫn…”" in text


def test_an_answer_longer_than_a_message_is_split_between_lines_with_the_sources_last() -> None:
    many = tuple(replace(CITATION, n=n, title=f"Bài {n}", publisher=f"Báo {n}") for n in range(1, 70))
    lines = "\n".join(f"- Tỉnh {n}: {'số liệu ' * 12}{n}% [{n}]" for n in range(1, 70))
    pages = answer_pages(replace(ANSWER, text=lines, citations=many))
    assert len(pages) > 1
    texts = [read(page)[0] for page in pages]
    assert [line for text in texts for line in text.splitlines()][:69] == [
        f"• Tỉnh {n}: {'số liệu ' * 12}{n}% [{n}]" for n in range(1, 70)
    ]
    assert "Nguồn: [1] Báo 1" in texts[-1] and texts[-1].count("“") < 69


@pytest.mark.parametrize("text", ["😀" * 5000, "a" * 9000, "từ " * 4000, "<b>&" * 3000])
def test_a_line_longer_than_a_message_is_cut(text: str) -> None:
    pages = text_pages(text)
    assert len(pages) > 1
    assert "".join("".join(read(page)[0].split()) for page in pages) == "".join(text.split())


def test_no_message_has_more_entities_than_telegram_keeps() -> None:
    blocks = [Block((Span("x", "b", "https://a.vn"),)) for _ in range(130)]
    assert [sum(b.entities for b in group) <= MOST_ENTITIES for group in pack(blocks)] == [True] * 3
    read(blocks_page(blocks))


def test_a_quote_by_itself_is_whole() -> None:
    long = replace(CITATION, quote="một câu rất dài " * 40)
    (page,) = quote_pages(long)
    text, _ = read(page)
    assert " ".join(long.quote.split()) in text and "Báo A & B, 17/07/2023" in text


def test_lines_of_our_own_may_be_bold() -> None:
    assert text_pages("# Đầu đề\nDòng")[0].html == "<b>Đầu đề</b>\nDòng"


def ranking(rows: int) -> Answer:
    lines = [line for i in range(1, rows + 1) for line in (f"{i}. Tỉnh {i}: hạng {i}/63. [{i}]",)]
    lines.insert(4, "Nguồn khác ghi: hạng 17/63. [64]")
    text = "\n".join(["Thứ hạng DTI năm 2022:", *lines, "Xếp trong 63 tỉnh, thành phố."])
    cited = tuple(replace(CITATION, n=n, title=f"Bài {n}", quote=f"hạng {n}") for n in (*range(1, rows + 1), 64))
    return Answer("?", "?", True, text, cited, 1.0)


def test_ten_rows_of_a_ranking_are_shown_with_their_own_sources() -> None:
    (page,) = answer_pages(ranking(63))
    text, _ = read(page)
    assert "10. Tỉnh 10: hạng 10/63." in text and "11. Tỉnh" not in text
    assert "4. Tỉnh 4: hạng 4/63. [4]\nNguồn khác ghi: hạng 17/63. [64]\n5. " in text
    assert "… còn 53 dòng nữa: bấm “📋 Xem cả bảng” ở dưới.\nXếp trong 63 tỉnh, thành phố.\n" in text
    assert "[11]" not in text and "Bài 10" in text


def test_the_rest_of_a_ranking_has_what_was_left_out_and_nothing_twice() -> None:
    answer = ranking(63)
    text = "\n".join(read(page)[0] for page in rest_pages(answer.text, answer.citations))
    assert [i for i in range(1, 64) if f"\n{i}. Tỉnh" in "\n" + text] == list(range(11, 64))


def test_a_short_ranking_is_shown_whole() -> None:
    (page,) = answer_pages(ranking(10))
    assert "dòng nữa" not in page.plain and "Tỉnh 10" in page.plain
    assert rest_pages(ranking(10).text, ()) == []
