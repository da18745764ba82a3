"""What a message becomes beside the question before it, where facts decide.

The act is given here, so that only the words of the message matter; whether a message is a follow-up at all is a
judgement (test_understanding.py).
"""

from datetime import date

import pytest

from retrieval.query import Act
from retrieval.question.conversation import completed
from retrieval.question.tokens import read_facts

TODAY = date(2026, 11, 22)
RANK = "Điện Biên xếp thứ mấy về DTI năm 2022?"
SHARE = "Tỷ lệ hồ sơ số hóa ở Yên Bái năm 2024 là bao nhiêu?"


def after(earlier: str, text: str, act: Act = Act.FOLLOWUP) -> str:
    return completed(read_facts(text, TODAY), earlier, act)


@pytest.mark.parametrize("act", [Act.FOLLOWUP, Act.CORRECTION])
@pytest.mark.parametrize(
    ("earlier", "text", "standalone"),
    [
        (RANK, "Còn Lai Châu?", "Lai Châu xếp thứ mấy về DTI năm 2022?"),
        (RANK, "con son la thi sao", "Sơn La xếp thứ mấy về DTI năm 2022?"),
        (RANK, "Lai Châu?", "Lai Châu xếp thứ mấy về DTI năm 2022?"),
        (RANK, "thế năm 2021?", "Điện Biên xếp thứ mấy về DTI năm 2021?"),
        (RANK, "2021 thì sao", "Điện Biên xếp thứ mấy về DTI năm 2021?"),
        (RANK, "Thế Lào Cai năm 2023?", "Lào Cai xếp thứ mấy về DTI năm 2023?"),
        (RANK, "thế năm trước đó thì sao", "Điện Biên xếp thứ mấy về DTI năm 2021?"),
        (RANK, "còn năm sau?", "Điện Biên xếp thứ mấy về DTI năm 2023?"),
        ("Huyện Ninh Sơn có bao nhiêu tổ?", "ý tôi là huyện Ninh Hải", "huyện Ninh Hải có bao nhiêu tổ?"),
        ("Điện Biên xếp thứ mấy về DTI?", "còn năm 2021?", "Điện Biên xếp thứ mấy về DTI năm 2021"),
        ("DTI Điện Biên 2022", "còn năm 2021?", "DTI Điện Biên 2021"),
        ("Tỉnh nào dẫn đầu về DTI?", "còn Tây Nguyên?", "Tỉnh nào dẫn đầu về DTI Tây Nguyên"),
        ("So sánh DTI của Huế và Đà Nẵng", "còn Kon Tum?", "So sánh DTI của Kon Tum và"),
    ],
)
def test_a_place_or_a_time_takes_the_place_of_the_earlier_one(
    earlier: str, text: str, standalone: str, act: Act
) -> None:
    assert after(earlier, text, act).startswith(standalone)


def test_a_question_of_its_own_stays_as_it_is() -> None:
    assert after(RANK, "Bắc Kạn có bao nhiêu trạm 5G?", Act.QUESTION) == "Bắc Kạn có bao nhiêu trạm 5G?"


@pytest.mark.parametrize(("earlier", "place", "year"), [(RANK, "Điện Biên", "2022"), (SHARE, "Yên Bái", "2024")])
def test_a_measure_of_its_own_borrows_place_and_time(earlier: str, place: str, year: str) -> None:
    made = after(earlier, "Vậy còn tỷ lệ thanh toán trực tuyến?")
    assert "thanh toán trực tuyến" in made and place in made and year in made
    assert "DTI" not in made and "số hóa" not in made


def test_a_measure_with_its_own_place_borrows_the_time_only() -> None:
    made = after(RANK, "Tỷ lệ thanh toán trực tuyến của Sơn La?")
    assert "Sơn La" in made and "Điện Biên" not in made and "2022" in made


@pytest.mark.parametrize(
    ("text", "has", "lacks"),
    [
        ("không phải 2022, tôi cần năm 2023", "2023", "2022"),
        ("ý tôi là Sơn La chứ không phải Điện Biên", "Sơn La", "Điện Biên"),
        ("không phải Điện Biên mà là Sơn La", "Sơn La", "Điện Biên"),
    ],
)
def test_what_is_denied_is_not_asked_about(text: str, has: str, lacks: str) -> None:
    made = after(RANK, text, Act.CORRECTION)
    assert has in made and lacks not in made and "DTI" in made


@pytest.mark.parametrize("text", ["", "?", "🙂", "năm", "còn", "a" * 2000])
def test_anything_is_completed_somehow(text: str) -> None:
    assert after(RANK, text)
    assert after("", text) is not None


def test_a_message_that_only_aims_asks_for_the_target() -> None:
    made = after("Kinh tế số chiếm bao nhiêu GRDP của Yên Bái năm 2024?", "vậy 2025 họ phấn đấu bao nhiêu ạ?")
    assert "năm 2025" in made and "mục tiêu" in made and "2024" not in made


def test_another_question_is_never_the_earlier_one_again() -> None:
    earlier = "Yên Bái ký thỏa thuận với đối tác khi nào?"
    assert after(earlier, "Đã hoàn thành được mấy nội dung rồi?") != earlier
