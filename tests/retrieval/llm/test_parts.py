"""A question that the chain refuses as a whole may be answered in parts, never with what it did not ask."""

import json

import pytest

from tests.retrieval.answer import news
from tests.retrieval.llm.conftest import Writing
from tests.retrieval.llm.scripted_server import Scripted

LIBRARY = (news.KON_TUM_2023, news.KON_TUM_2022, news.GIA_LAI_2023, news.DAK_NONG_2023)
WHOLE = "Đắk Nông gặp khó khăn gì và Gia Lai xếp thứ mấy về DTI năm 2023?"
PARTS = (
    "Đắk Nông gặp khó khăn gì?",
    "Gia Lai xếp thứ mấy về DTI năm 2023?",
)


def splits(*parts: object) -> str:
    return json.dumps({"questions": parts}, ensure_ascii=False)


@pytest.fixture
def refused(writing: Writing, server: Scripted) -> str:
    """A question of two parts that the chain refuses as a whole."""
    server.script = lambda items: splits()
    assert not writing(*LIBRARY)(WHOLE).answered
    server.asked.clear()
    return WHOLE


def test_each_part_is_answered(writing: Writing, server: Scripted, refused: str) -> None:
    server.script = lambda items: splits(*PARTS)
    answer = writing(*LIBRARY)(refused)
    assert answer.answered and "Khó khăn của tỉnh" in answer.text and "50/63" in answer.text
    assert answer.written_by == "composed"
    assert len({c.source for c in answer.citations}) == 2


@pytest.mark.parametrize(
    "parts",
    [
        PARTS[:1],
        (PARTS[0], PARTS[0]),
        (*PARTS, "Kon Tum xếp thứ mấy về DTI?"),
        (PARTS[0], "Kon Tum xếp thứ mấy về DTI năm 2023?"),
        (PARTS[0], "Gia Lai xếp thứ mấy về DTI năm 2022?"),
        (PARTS[0], "Đắk Nông có bao nhiêu tổ công nghệ số cộng đồng?"),
        (PARTS[0], "Gia Lai có bao nhiêu trạm 5G?"),
        (*PARTS, "a", "b"),
        (1, None),
        (),
    ],
)
def test_parts_that_are_not_the_questions_own_leave_the_refusal(
    writing: Writing, server: Scripted, refused: str, parts: tuple[object, ...]
) -> None:
    server.script = lambda items: splits(*parts)
    assert not writing(*LIBRARY)(refused).answered


@pytest.mark.parametrize("reply", ["", "[]", '{"questions": "x"}', "không"])
def test_a_reply_without_parts_leaves_the_refusal(writing: Writing, server: Scripted, refused: str, reply: str) -> None:
    server.script = lambda items: reply
    assert not writing(*LIBRARY)(refused).answered
