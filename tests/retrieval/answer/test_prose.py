"""Answers that are no figure: persons, lists, definitions, and names that hold a number."""

from retrieval.types import Article
from tests.retrieval.answer import news
from tests.retrieval.answer.conftest import Open
from tests.retrieval.answer.small_library import article

LIBRARY = (news.KON_TUM_2023, news.KON_TUM_2022, news.GIA_LAI_2023, news.DAK_NONG_2023)


def test_a_person_with_the_office(over: Open) -> None:
    text = over(*LIBRARY)("Giám đốc Sở Thông tin và Truyền thông Gia Lai là ai?").text
    assert text.startswith("Rơ Châm Hùng (")


def test_no_person_is_made_up_for_another_province(over: Open) -> None:
    answer = over(*LIBRARY)("Giám đốc Sở Thông tin và Truyền thông Kon Tum là ai?")
    assert "Rơ Châm Hùng" not in answer.text


def test_a_list_is_told_whole(over: Open) -> None:
    text = over(*LIBRARY)("Khó khăn của Đắk Nông là gì?").text
    assert "Thiếu cán bộ chuyên trách" in text and "Máy chủ đã cũ" in text


def test_a_name_with_a_number_is_explained(over: Open) -> None:
    text = over(*LIBRARY)("Chợ 4.0 là gì?").text
    assert "“Chợ 4.0”" in text and "mã QR" in text


def test_where_and_how_many_of_a_named_thing(over: Open) -> None:
    text = over(*LIBRARY)("Đắk Nông mở Chợ 4.0 ở mấy chợ?").text
    assert "5 chợ" in text


def test_a_sentence_of_other_figures_is_no_second_source(over: Open) -> None:
    """Alike in words alone: another year, another class, another province."""
    classes = Article(
        source="a.txt",
        address="a.txt",
        title="Xếp loại an toàn thông tin mạng",
        text="Xếp loại an toàn thông tin mạng năm 2020, loại A: Kon Tum, Gia Lai (2 địa phương loại A).",
    )
    one = Article(
        source="b.txt",
        address="b.txt",
        title="Hậu Giang và an toàn thông tin mạng",
        text="Xếp loại an toàn thông tin mạng của Hậu Giang năm 2018: loại C.",
    )
    answer = over(classes, one)("Những địa phương nào xếp loại A về an toàn thông tin mạng năm 2020?")
    assert "Kon Tum" in answer.text and "Gia Lai" in answer.text
    assert [citation.source for citation in answer.citations] == ["a.txt"]


def test_a_sentence_on_another_province_is_not_put_under_the_articles_own(over: Open) -> None:
    story = """
    Năm 2023, Ninh Thuận có thêm 12 xã dùng nền tảng số. Cũng ở kỳ đánh giá 2023, Bến Tre lần thứ hai được khen thưởng
    toàn vùng về chuyển đổi số.
    """
    ask = over(article("ninh-thuan-khen-thuong", "Ninh Thuận", story, published="2024-08-01"))
    assert ask("Bến Tre được khen thưởng gì về chuyển đổi số năm 2023?").text.startswith("Cũng ở kỳ đánh giá 2023")
