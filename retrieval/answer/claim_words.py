"""The words, names and numbers of a sentence, as claims are held against quotes by them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from retrieval.lexicon.abbreviations import expand
from retrieval.text import fold, nfc, syllables

CONNECTING = frozenset(
    "la cua o tai trong va voi cung nam theo dat duoc co tinh thanh pho khi do con thi da dang ve voi rieng cu the nay tren bai bao nguon"
    " so lieu ty le chi muc ket qua gom nhu vay dong thoi ben canh ngoai ra trong do den".split()
)
"""Folded syllables that join words and claim nothing by themselves."""

_NUMBER = re.compile(r"\d+(?:[.,/-]\d+)*")
_WORD = re.compile(r"[^\W\d_][\w-]*")


class Number(NamedTuple):
    """``text[start:end]`` is a number as printed; ``behind`` and ``ahead`` the folded words around it, or ""."""

    start: int
    end: int
    behind: str
    shown: str
    ahead: str


def numbers_of(text: str) -> frozenset[str]:
    return frozenset(_NUMBER.findall(nfc(text)))


def words(text: str) -> list[str]:
    """Folded tokens, abbreviations written out; figures and document numbers stay whole."""
    return expand(fold(" ".join(syllables(nfc(text)))).split())


def names_of(text: str) -> set[str]:
    """Words with a capital that do not stand first."""
    return {m[0] for m in _WORD.finditer(text) if m[0][0].isupper() and text[: m.start()].strip(" -–•*+")}


def numbers_in(text: str) -> list[Number]:
    """Every number, in reading order."""
    return [
        Number(*m.span(), _word_before(text, m.start()), m[0], _word_after(text, m.end()))
        for m in _NUMBER.finditer(text)
    ]


def _word_before(text: str, at: int) -> str:
    before = syllables(text[max(0, at - 30) : at])
    return fold(before[-1]) if before else ""


def _word_after(text: str, at: int) -> str:
    after = syllables(text[at : at + 30])
    return fold(after[0]) if after else ""


# "chưa", "không" that deny, without "không chỉ", "không gian", "không dùng tiền mặt" and the like.
_DENIAL = re.compile(r"\b(?:chua|khong)(?! (?:chi|nhung|ngung|dung tien mat|gian|khi|ke|gioi han))\b")


@lru_cache(maxsize=4096)
def denies(text: str) -> bool:
    """ "2 mục tiêu chưa hoàn thành" does not answer how many were reached."""
    return bool(_DENIAL.search(fold(text)))
