"""What may answer at all: never another province, a story once, and no more than can be judged in time."""

from dataclasses import replace
from pathlib import Path

import pytest

from retrieval.choosing.select import MOST_WINDOWS, asked_provinces, may_speak, select, told_once
from retrieval.choosing.windows import Context, Window, provinces_in
from retrieval.library import Library
from retrieval.query import Expects, Operation, Query, Term
from retrieval.text import Span, fold
from retrieval.types import Article, Period
from tests.fakes import FakeEmbedder
from tests.retrieval.answer import news
from tests.retrieval.answer.small_library import make
from tests.retrieval.told_figures import share


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder: Path = tmp_path_factory.mktemp("select")
    return make(folder, (news.KON_TUM_2023, news.KON_TUM_2022, news.GIA_LAI_2023, news.DAK_NONG_2023))


def asking(words: str, *provinces: str, regions: tuple[str, ...] = (), indicators: tuple[str, ...] = ()) -> Query:
    terms = tuple(Term(fold(word), word, 1.0) for word in words.split())
    return Query(words, words, terms=terms, provinces=provinces, regions=regions, indicators=indicators)


def window(text: str, *, above: tuple[str, ...] = (), about: tuple[str, ...] = ()) -> Window:
    article = Article("a.txt", "/a.txt", "Bài", text, provinces=about)
    return Window(1, article, Span(0, len(text)), "sentence", Context("", "", above, ()), "")


@pytest.mark.parametrize(
    ("text", "above", "about", "may"),
    [
        ("Tỉnh Kon Tum đạt 61,5%.", (), (), True),
        ("Tỉnh Gia Lai đạt 70,2%.", (), ("Kon Tum",), False),
        ("Kon Tum và Gia Lai cùng đạt 61,5%.", (), (), True),
        ("Tỷ lệ ấy đạt 61,5%.", ("Kon Tum",), ("Kon Tum",), True),
        ("Tỷ lệ ấy đạt 61,5%.", ("Gia Lai",), ("Gia Lai",), False),
        ("Tỷ lệ ấy đạt 61,5%.", ("Gia Lai",), ("Kon Tum",), True),
        ("Tỷ lệ ấy đạt 61,5%.", (), ("Gia Lai",), False),
        ("Tỷ lệ ấy đạt 61,5%.", (), (), True),
    ],
)
def test_another_province_never_answers(text: str, above: tuple[str, ...], about: tuple[str, ...], may: bool) -> None:
    assert may_speak(window(text, above=above, about=about), asking("tỷ lệ", "Kon Tum")) is may


def test_a_figure_of_another_province_speaks_for_it() -> None:
    told = share("Gia Lai", "70,2%", text="Tỷ lệ ấy đạt 70,2%.")
    assert not may_speak(told.window, asking("tỷ lệ", "Kon Tum"))
    assert may_speak(told.window, asking("tỷ lệ", "Gia Lai"))


def test_where_no_province_is_asked_about_all_may_speak() -> None:
    assert may_speak(window("Tỉnh Gia Lai đạt 70,2%."), asking("tỷ lệ"))


def test_tables_state_no_cause() -> None:
    row = replace(window("Kon Tum | 41 | 0,5712"), kind="row")
    asked = asking("tụt hạng", "Kon Tum")
    assert may_speak(row, asked)
    assert not may_speak(row, replace(asked, operation=Operation.EXPLAIN))
    made = replace(
        window("Kon Tum có 41 trạm."), article=Article("a", "/a", "Bài", "Kon Tum có 41 trạm.", rendered=True)
    )
    assert not may_speak(made, replace(asked, operation=Operation.EXPLAIN))


def test_what_an_article_on_many_says_of_none_answers_for_none_of_them() -> None:
    text = "Tỷ lệ chung đạt 57,4%.\nTỉnh Kon Tum và tỉnh Gia Lai đều cao hơn."
    said = replace(window(text), span=Span(0, text.index("\n")))
    assert not may_speak(said, asking("tỷ lệ", "Kon Tum"))
    assert may_speak(said, asking("tỷ lệ"))


def test_a_quarter_answers_for_no_half() -> None:
    told = share("Kon Tum", "70,2%", text="Tỷ lệ ấy đạt 70,2%.")
    of_quarter = replace(told.window, figures=(replace(told.figure, period=Period(2025, "Q3")),))
    asked = replace(asking("tỷ lệ", "Kon Tum"), expects=Expects.PERCENT)
    assert may_speak(of_quarter, replace(asked, periods=(Period(2025),)))
    assert not may_speak(of_quarter, replace(asked, periods=(Period(2025, "H1"),)))


def test_a_region_asks_about_its_provinces() -> None:
    asked = asking("tỷ lệ", "Huế", regions=("Tây Nguyên",))
    assert asked_provinces(asked) == ("Huế", "Kon Tum", "Gia Lai", "Đắk Lắk", "Đắk Nông", "Lâm Đồng")
    assert may_speak(window("Tỉnh Gia Lai đạt 70,2%."), asked)
    assert not may_speak(window("Tỉnh Bắc Ninh đạt 70,2%."), asked)


@pytest.mark.parametrize("province", ["Kon Tum", "Gia Lai", "Đắk Nông"])
def test_what_is_selected_never_names_others_only(library: Library, province: str) -> None:
    found = select(
        library, FakeEmbedder(), asking("tỷ lệ hồ sơ nộp trực tuyến", province, indicators=("online-files",))
    )
    for one in found.windows:
        named = set(provinces_in(one.text)) | {f.province for f in one.figures if f.province}
        assert not named or province in named, one.text


def test_the_windows_of_the_ledger_are_there_beside_those_of_search(library: Library) -> None:
    found = select(library, FakeEmbedder(), asking("dti xếp thứ mấy", "Kon Tum", indicators=("dti",)))
    assert any("41/63" in w.text for w in found.windows) and any("44/63" in w.text for w in found.windows)
    assert found.passages and len({(w.article_id, w.span) for w in found.windows}) == len(found.windows)


def test_of_a_province_without_an_article_the_handbook_alone_speaks(library: Library) -> None:
    found = select(library, FakeEmbedder(), asking("dti xếp thứ mấy", "Hà Giang", indicators=("dti",)))
    assert all(w.article_id < 0 or not set(provinces_in(w.text)) for w in found.windows)


def test_the_order_is_of_place_and_says_nothing_of_worth(library: Library) -> None:
    found = select(library, FakeEmbedder(), asking("dti", "Kon Tum", indicators=("dti",))).windows
    places = [(w.article_id, w.span.start, w.span.end) for w in found]
    assert places == sorted(places)


def test_no_question_makes_more_windows_than_can_be_judged(tmp_path: Path) -> None:
    long = "\n\n".join(
        f"Tỷ lệ hồ sơ nộp trực tuyến của xã thứ {n} ở Kon Tum đạt {n % 90},5% năm 2023." for n in range(900)
    )
    with make(tmp_path, (replace(news.KON_TUM_2023, text=long),)) as library:
        found = select(
            library, FakeEmbedder(), asking("tỷ lệ hồ sơ nộp trực tuyến", "Kon Tum", indicators=("online-files",))
        )
    assert 0 < len(found.windows) <= MOST_WINDOWS + 10


def test_an_empty_library_gives_nothing(tmp_path: Path) -> None:
    with make(tmp_path, ()) as library:
        assert select(library, FakeEmbedder(), asking("")).windows == ()


def test_a_copy_of_a_story_is_told_once_and_a_repetition_of_its_own_stays() -> None:
    one = replace(window("Kon Tum đạt 61,5%."), story_id=3)
    copy = replace(one, article_id=2)
    other = replace(one, article_id=4, story_id=8)
    assert told_once([one, copy, other]) == [one, other]
    again = replace(one, article=replace(one.article, text="Kon Tum đạt 61,5%. Kon Tum đạt 61,5%."), span=Span(19, 37))
    assert told_once([one, again]) == [one, again]
