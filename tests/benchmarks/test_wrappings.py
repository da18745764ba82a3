"""What a wrapping may and may not do to a question."""

import json
import re

import pytest

from benchmarks.wrappings import NO_DIACRITICS, WRAPPINGS, Wrapping
from retrieval.settings import PROJECT
from retrieval.text import fold, nfc

BY_NAME = {wrapping.name: wrapping for wrapping in WRAPPINGS}
QUESTION = "Tỷ lệ hồ sơ trực tuyến của Quảng Ninh, theo Kế hoạch 59/KH-UBND, năm 2023 có đạt 61,5% không?"
FIGURE = re.compile(r"\d+(?:[.,/]\d+)*")


def test_there_are_enough_and_each_has_its_own_name() -> None:
    assert len(BY_NAME) == len(WRAPPINGS) >= 24


@pytest.mark.parametrize("wrapping", WRAPPINGS, ids=BY_NAME)
def test_a_wrapping_alters_the_question_and_neither_figures_nor_names(wrapping: Wrapping) -> None:
    put = wrapping(QUESTION)
    assert put != QUESTION
    assert FIGURE.findall(put)[-4:] == FIGURE.findall(QUESTION)
    assert "quang ninh" in " ".join(fold(nfc(put)).split())


@pytest.mark.parametrize("wrapping", WRAPPINGS, ids=BY_NAME)
def test_the_same_seed_gives_the_same(wrapping: Wrapping) -> None:
    assert wrapping(QUESTION, 7) == wrapping(QUESTION, 7)
    wrapping("")  # nothing to take hold of is no error


@pytest.mark.parametrize(
    ("name", "question", "put"),
    [
        ("hearsay", "Tỉnh nào đứng đầu?", "Nghe báo chí đưa tin thì tỉnh nào đứng đầu?"),
        ("hearsay", "Huế xếp thứ mấy?", "Nghe báo chí đưa tin thì Huế xếp thứ mấy?"),
        ("hearsay", "DTI là gì?", "Nghe báo chí đưa tin thì DTI là gì?"),
        ("be short, before", "Tỉnh nào đứng đầu?", "Nói ngắn gọn trong một câu: Tỉnh nào đứng đầu?"),
        ("be short", "Huế hạng mấy?", "Huế hạng mấy? Trả lời ngắn gọn thôi, đừng dài dòng."),
        ("hearsay", "Hue hang may?", "Nghe bao chi dua tin thi Hue hang may?"),
        ("particles: vậy hở bạn", "Huế hạng mấy?", "Huế hạng mấy vậy hở bạn?"),
        ("no mark at the end", "Huế hạng mấy?", "Huế hạng mấy"),
        ("marks doubled", "Huế hạng mấy?", "Huế hạng mấy???"),
        ("no marks at all", "Năm 2023, Huế đạt 56,83% hay 1.385?", "Năm 2023 Huế đạt 56,83% hay 1.385"),
        (NO_DIACRITICS, "Đà Nẵng hạng mấy?", "Da Nang hang may?"),
        ("hỏi for ngã", "Huế chỉ có 2 xã", "Huế chĩ có 2 xã"),
        ("telex left behind", "Huế mấy", "Huế mâys"),
        ("spelled as heard", "Huế sao", "Huế xao"),
    ],
)
def test_wrapped(name: str, question: str, put: str) -> None:
    wrapped = {BY_NAME[name](question, seed) for seed in range(20)}
    assert put in wrapped


def test_one_word_is_mistyped_and_no_more() -> None:
    for name in ("letters swapped", "a letter missing", "a letter doubled", "hỏi for ngã", "spelled as heard"):
        for seed in range(20):
            before, after = QUESTION.split(), BY_NAME[name](QUESTION, seed).split()
            assert sum(a != b for a, b in zip(before, after, strict=True)) == 1


def test_none_was_learned_from() -> None:
    learned = {
        (fold(row["before"]).strip(" ,.:!"), fold(row["after"]).strip(" ,.:!"))
        for line in (PROJECT / "training" / "wrappers.jsonl").read_text(encoding="utf-8").splitlines()
        if line.strip()
        for row in [json.loads(line)]
    }
    for wrapping in WRAPPINGS:
        before, _, after = wrapping("đại lượng ấy").partition("đại lượng ấy")
        pair = (fold(before).strip(" ,.:!"), fold(after).strip(" ,.:!"))
        assert pair == ("", "") or pair not in learned, wrapping.name
