"""What every library knows without an article: terms, and what became of the provinces in July 2025."""

import pytest

from retrieval.handbook import entries
from retrieval.query import Query, Term
from retrieval.text import fold


def asking(words: str = "", *provinces: str) -> Query:
    terms = tuple(Term(fold(word), word, 1.0) for word in words.lower().split())
    return Query(words, words, terms=terms, provinces=provinces)


def texts(query: Query) -> list[str]:
    return [window.text for window in entries(query, query.standalone)]


@pytest.mark.parametrize(
    ("words", "begins"),
    [
        ("dti là gì", "DTI"),
        ("dti la gi", "DTI"),
        ("chỉ số đánh giá dti", "DTI"),
        ("đề án 06 gồm những gì", "Đề án 06"),
        ("de an 06", "Đề án 06"),
        ("nghị quyết 57 nói gì", "Nghị quyết 57"),
        ("nq 57", "Nghị quyết 57"),
        ("tổ công nghệ số cộng đồng làm gì", "Tổ công nghệ số cộng đồng"),
    ],
)
def test_a_term_that_is_named_has_its_entry(words: str, begins: str) -> None:
    assert any(text.startswith(begins) for text in texts(asking(words)))


@pytest.mark.parametrize("words", ["", "thời tiết hôm nay", "đề án 07", "đề án", "57"])
def test_what_is_not_named_has_none(words: str) -> None:
    assert texts(asking(words)) == []


def test_an_entry_under_two_names_is_given_once() -> None:
    found = texts(asking("dti chỉ số chuyển đổi số"))
    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    ("province", "said"),
    [
        ("Bắc Kạn", "nay thuộc tỉnh, thành phố mới tên là Thái Nguyên"),
        ("Bình Dương", "nay thuộc tỉnh, thành phố mới tên là TP. Hồ Chí Minh"),
        ("Hà Nội", "không sáp nhập"),
        ("Cao Bằng", "không sáp nhập"),
    ],
)
def test_what_became_of_a_province(province: str, said: str) -> None:
    (text,) = texts(asking("nay thuộc tỉnh nào sau sáp nhập", province))
    assert said in text and province in text and "01/7/2025" in text


def test_a_new_province_names_all_it_is_made_of() -> None:
    (text,) = texts(asking("tỉnh mới gồm những tỉnh nào", "Thái Nguyên"))
    assert "Bắc Kạn" in text and "Thái Nguyên" in text and "mới" in text


def test_a_question_that_names_no_merger_is_not_told_of_it() -> None:
    assert texts(asking("bao nhiêu trạm 5g", "Thái Nguyên")) == []


def test_a_province_without_a_word_of_mergers_has_none() -> None:
    assert texts(asking("dti xếp thứ mấy", "Bắc Kạn")) == []


def test_entries_look_like_windows_of_an_article_of_their_own() -> None:
    found = list(entries(asking("sáp nhập", "Hà Nội", "Bắc Kạn"), "sáp nhập"))
    assert len({w.article_id for w in found}) == len(found) == 2
    for window in found:
        assert window.article_id < 0, "no article of the library"
        assert window.article.text[window.span.start : window.span.end] == window.text
        assert window.article.url and window.article.publisher
    (merged,) = entries(asking("nay thuộc tỉnh nào", "Bắc Kạn"), "nay thuộc tỉnh nào")
    assert merged.context.provinces == ("Bắc Kạn",)
