"""Facts that a question names, and the row of tokens that the models see instead of them."""

from datetime import date

import pytest

from retrieval.question.tokens import DOCUMENT, LONGEST, NUMBER, PERIOD, PROVINCE, REGION, Facts, read_facts
from retrieval.text import nfc
from retrieval.types import Period

TODAY = date(2026, 11, 22)


def facts(text: str) -> Facts:
    return read_facts(nfc(text), TODAY)


def keys(text: str) -> str:
    return " ".join(token.key for token in facts(text).tokens)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kon Tum xếp thứ mấy năm 2023?", f"{PROVINCE} xep thu may {PERIOD} ?"),
        ("kon tum xep thu may nam 2023 ?", f"{PROVINCE} xep thu may {PERIOD} ?"),
        ("Top 5 tỉnh Tây Nguyên", f"top {NUMBER} tinh {REGION}"),
        ("Nghị quyết 57-NQ/TW nói gì?", f"nghi quyet {DOCUMENT} noi gi ?"),
        ("tỷ lệ DVCTT ở Huế", f"ty le dich vu cong truc tuyen o {PROVINCE}"),
        ("CĐS", "chuyen doi so"),
        ("trên 80%, dưới 1.385", f"tren {NUMBER} , duoi {NUMBER}"),
        ("phủ sóng 5G", "phu song 5g"),
        ("", ""),
        ("?!", "? !"),
        ("🙂", ""),
    ],
)
def test_what_the_models_see(text: str, expected: str) -> None:
    assert keys(text) == expected


def test_diacritics_and_their_form_make_no_difference_to_the_models() -> None:
    import unicodedata

    said = "Tỉnh Đắk Lắk đạt bao nhiêu điểm DTI năm 2022?"
    assert (
        keys(said) == keys(unicodedata.normalize("NFD", said)) == keys("tinh dak lak dat bao nhieu diem dti nam 2022?")
    )


def test_every_province_and_year_looks_alike() -> None:
    asked = {keys(f"{p} xếp thứ mấy về DTI năm {y}?") for p in ("Huế", "TP. Hồ Chí Minh", "Bà Rịa - Vũng Tàu") for y in (2020, 2025)}  # fmt: skip
    assert len(asked) == 1


def test_each_token_stands_where_it_is_said() -> None:
    text = "Tỷ lệ DVCTT ở Kon Tum đạt 61,5% năm 2023, theo 57-NQ/TW?"
    at = 0
    for token in facts(text).tokens:
        assert token.start >= at or text[token.start : token.end] == "DVCTT"
        said = text[token.start : token.end].lower()
        assert said in {token.word, "dvctt"}
        at = token.start


def test_facts_of_a_question() -> None:
    found = facts("So với năm 2022, DTI của Huế và các tỉnh Tây Nguyên năm 2023 ra sao theo Quyết định 749/QĐ-TTg?")
    assert [m.name for m in found.provinces] == ["Thừa Thiên Huế"]
    assert [m.name for m in found.regions] == ["Tây Nguyên"]
    assert {m.period for m in found.periods} == {Period(2022), Period(2023)}
    assert [m.id for m in found.indicators] == ["dti"]
    assert [found.text[s.start : s.end] for s in found.documents] == ["749/QĐ-TTg"]


def test_last_year_is_a_year_where_today_is_known() -> None:
    assert [m.period for m in facts("DTI Huế năm ngoái").periods] == [Period(2025)]
    assert not read_facts("DTI Huế năm ngoái", None).periods


def test_a_province_inside_a_region_is_the_region_or_the_province_never_both() -> None:
    found = facts("Tây Ninh và miền Tây")
    assert [m.name for m in found.provinces] == ["Tây Ninh"] and len(found.regions) == 1


def test_no_question_is_read_without_end() -> None:
    assert len(facts("bao nhiêu " * 1000).tokens) == LONGEST


@pytest.mark.parametrize("text", ["\ud800", "%%%", "(((", "a" * 5000, "\x00\n\t", "1" * 400, "năm", "tỉnh"])
def test_anything_has_facts_somehow(text: str) -> None:
    assert read_facts(text, TODAY).text == text
