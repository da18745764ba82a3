"""From a message to a Query: the facts in it hold whatever the weights say; a few judgements that no weights may lose."""

from datetime import date

import pytest

from retrieval.query import Act, Expects, Operation, Query
from retrieval.question import understand
from retrieval.question.understanding import LONGEST
from retrieval.text import fold
from retrieval.types import Period

TODAY = date(2026, 11, 22)
RANK = "Điện Biên xếp thứ mấy về DTI năm 2022?"


def read(text: str, *history: str) -> Query:
    return understand(text, history, TODAY)


# --- facts ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("folded", [False, True])
@pytest.mark.parametrize(
    ("text", "provinces", "periods", "indicators"),
    [
        (RANK, ("Điện Biên",), (Period(2022),), ("dti",)),
        ("Điểm PAPI của Phú Yên năm 2023", ("Phú Yên",), (Period(2023),), ("papi",)),
        ("So sánh DTI của Cà Mau và Hậu Giang năm 2022", ("Cà Mau", "Hậu Giang"), (Period(2022),), ("dti",)),
        ("DTI của Thanh Hóa từ 2021 đến 2023?", ("Thanh Hóa",), (Period(2023, since=2021),), ("dti",)),
        ("Tỷ lệ hồ sơ nộp trực tuyến ở Cà Mau là bao nhiêu?", ("Cà Mau",), (), ("online-files",)),
        ("DTI Hà Nam năm ngoái", ("Hà Nam",), (Period(2025),), ("dti",)),
    ],
)
def test_places_times_and_indicators(
    text: str, provinces: tuple[str, ...], periods: tuple[Period, ...], indicators: tuple[str, ...], folded: bool
) -> None:
    query = read(fold(text) if folded else text)
    assert (query.provinces, query.indicators) == (provinces, indicators)
    asked = {y for p in query.periods for y in range(p.since or p.year, p.year + 1)}
    assert asked == {y for p in periods for y in range(p.since or p.year, p.year + 1)}


@pytest.mark.parametrize(
    "text",
    [
        RANK,
        pytest.param(
            "DTI Hà Nam năm ngoái", marks=pytest.mark.xfail(reason="names and times are not looked at (reported)")
        ),
    ],
)
def test_whether_diacritics_were_typed(text: str) -> None:
    assert read(text).accented and not read(fold(text)).accented


def test_what_is_compared_with_is_not_what_is_asked_about() -> None:
    query = read("Năm 2023 DTI Hà Nam tăng bao nhiêu bậc so với năm 2022, kết quả mới nhất?")
    assert query.periods == (Period(2023),) and query.compared == (Period(2022),) and query.latest


def test_the_country_and_regions() -> None:
    assert read("Kinh tế số cả nước chiếm bao nhiêu GDP?").national
    assert not read("Hà Nam đứng thứ mấy cả nước?").national
    assert read("Các tỉnh Tây Nguyên xếp thứ mấy về DTI?").regions == ("Tây Nguyên",)


def test_documents_as_typed() -> None:
    assert read("Nghị quyết 57-NQ/TW nói gì?").documents == ("57-NQ/TW",)


@pytest.mark.parametrize(
    ("text", "provinces", "words"),
    [
        ("Anh chị so giúp em Bến Tre và Trà Vinh: phần kinh tế số của mỗi tỉnh", ("Bến Tre", "Trà Vinh"), "kinh tế số"),
        ("Chữ ký số cho người lớn ở TP Cần Thơ năm 2025: giao bao nhiêu?", ("Cần Thơ",), "Chữ ký số"),
        ("Về xã hội số, Bắc Ninh hay Bắc Kạn xếp cao hơn?", ("Bắc Ninh", "Bắc Kạn"), "xã hội số"),
    ],
)
def test_what_a_question_names_is_never_cut_away(text: str, provinces: tuple[str, ...], words: str) -> None:
    query = read(text)
    assert query.provinces == provinces and words in query.standalone


def test_a_named_place_inside_a_province_is_its_level() -> None:
    assert read("Xã Hải Hậu (Nam Định) có bao nhiêu hồ sơ trực tuyến?").level == "xã"
    assert read("Tỷ lệ hồ sơ trực tuyến của phường Nha Trang là bao nhiêu?").level == "xã"
    assert read("Tỷ lệ hồ sơ trực tuyến của Khánh Hòa là bao nhiêu?").level == ""


def test_a_pillar_is_asked_for_itself() -> None:
    assert read("Điểm trụ cột xã hội số DTI 2023 của Hải Phòng là bao nhiêu?").indicators == ("dti-society",)


def test_thanks_around_a_question_are_not_of_it() -> None:
    query = read(f"Chào bạn, {RANK} Cảm ơn bạn!")
    assert query.provinces == ("Điện Biên",) and query.periods == (Period(2022),)
    assert query.act is Act.QUESTION and query.expects is Expects.RANK
    assert "cam" not in {t.folded for t in query.terms} and "on" not in {t.folded for t in query.terms}


def test_likelihoods_are_in_order_and_the_first_is_expected() -> None:
    query = read(RANK)
    likely = [value for _, value in query.kinds]
    assert likely == sorted(likely, reverse=True) and query.expects is query.kinds[0][0]
    assert all(0 < t.weight <= 1 for t in query.terms)


@pytest.mark.parametrize("text", ["", "   ", "?", "🙂", "\ud800", "%%%", "(((", "a" * 5000, "bao nhiêu", "mấy", "năm"])
def test_anything_is_understood_somehow(text: str) -> None:
    assert read(text, "còn gì nữa", text).text == read(text).text
    assert len(read(text).text) <= LONGEST


def test_the_same_message_is_understood_the_same() -> None:
    assert read(RANK) == read(RANK)


# --- judgements that any weights must get right --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Xin chào", Act.GREETING),
        ("cảm ơn bạn nhé", Act.THANKS),
        ("Bạn làm được gì?", Act.CAPABILITIES),
        (RANK, Act.QUESTION),
        ("điện biên xếp thứ mấy", Act.QUESTION),
    ],
)
def test_acts(text: str, act: Act) -> None:
    assert read(text).act is act


@pytest.mark.parametrize("text", ["Điện Biên", "thời tiết Kon Tum", "DTI", "chán quá Hà Nội ơi", "hạng dti huế"])
def test_what_names_a_province_or_an_indicator_is_never_small_talk(text: str) -> None:
    assert read(text).act not in (Act.SMALLTALK, Act.OFFTOPIC)


def test_nothing_follows_up_on_nothing() -> None:
    assert read("Còn Lai Châu?").act is Act.QUESTION
    assert read("không phải 2022 mà 2023").act is not Act.CORRECTION


def test_small_talk_is_never_the_context_of_the_next_question() -> None:
    assert read("Còn Lai Châu?", RANK, "Cảm ơn bạn!").standalone.startswith("Lai Châu xếp thứ mấy về DTI năm 2022")
    assert read("Còn Lai Châu?", RANK, "Còn Sơn La?").standalone.startswith("Lai Châu xếp thứ mấy về DTI năm 2022")


@pytest.mark.parametrize(
    ("text", "operation"),
    [
        ("So sánh DTI của Cà Mau và Hậu Giang", Operation.COMPARE),
        ("Tỉnh nào đứng đầu về DTI năm 2022?", Operation.EXTREME),
        ("Top 5 tỉnh dẫn đầu DTI 2022", Operation.ORDER),
        ("DTI là gì?", Operation.DEFINITION),
        ("Thứ hạng DTI của Nghệ An qua các năm", Operation.TREND),
        ("Huế đã đạt mục tiêu kinh tế số chưa?", Operation.AGAINST_TARGET),
        ("Tình hình chuyển đổi số của Bình Phước", Operation.OVERVIEW),
        (RANK, Operation.VALUE),
    ],
)
def test_operations(text: str, operation: Operation) -> None:
    assert read(text).operation is operation
