"""What a question counts and limits: how many provinces ("top 5"), a limit on values ("dưới hạng 50"), how many things are
asked ("bao nhiêu mục tiêu, bao nhiêu nhiệm vụ"), and at which level of government ("cấp xã", "huyện nào")."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.lexicon.levels import LEVELS
from retrieval.query import Bound
from retrieval.question.tokens import NUMBER, Token
from retrieval.text import parse_number

ALL_PROVINCES = frozenset({34, 63})
"""Numbers that say out of how many, not how many are wanted."""

_COUNTED = frozenset("tinh dia thanh don top nhom huyen xa so".split())
_OVER = {"tren": True, "hon": True, "vuot": True, "qua": True, "duoi": False, "kem": False}
_TWO = {("tu",): True, ("it", "nhat"): True, ("toi", "thieu"): True, ("cao", "hon"): True, ("lon", "hon"): True,
        ("thap", "hon"): False, ("nho", "hon"): False, ("khong", "qua"): False, ("toi", "da"): False, ("chua", "den"): False,
        ("chua", "toi"): False, ("chua", "dat"): False}  # fmt: skip
_UNITS = {"diem": "điểm", "hang": "hạng", "thu": "hạng", "vi": "hạng", "phan": "%", "%": "%"}


def count_of(tokens: Sequence[Token]) -> int | None:
    """How many are wanted; None where the question does not say."""
    for i, token in enumerate(tokens):
        if token.key != NUMBER or not token.word.isdigit():
            continue
        number = int(token.word)
        before = tokens[i - 1].key if i else ""
        after = tokens[i + 1].key if i + 1 < len(tokens) else ""
        if before in ("top", "nhom") or (before == "dau" and i > 1 and tokens[i - 2].key == "top"):
            return number
        if after in _COUNTED and number not in ALL_PROVINCES and number < 63 and before not in ("trong", "tren", "so"):
            return number
    return None


def bound_of(tokens: Sequence[Token]) -> Bound | None:
    """The limit on values; None where the question sets none."""
    keys = [t.key for t in tokens]
    for i, token in enumerate(tokens):
        if token.key != NUMBER:
            continue
        direction, at = _direction(keys, i)
        if direction is None:
            continue
        try:
            value = parse_number(token.word.rstrip("%"))
        except ValueError:
            continue
        near = [k for k in (*keys[at : i + 2], "%" if token.word.endswith("%") else "") if k in _UNITS]
        return Bound(direction, value, _UNITS[near[0]] if near else "")
    return None


_REACH = 3


def _direction(keys: Sequence[str], i: int) -> tuple[bool | None, int]:
    """Over or under, said at most three words before the number ("dưới hạng 50"); and where it is said."""
    for back in range(1, _REACH + 1):
        j = i - back
        if j < 0:
            break
        if j and tuple(keys[j - 1 : j + 1]) in _TWO:
            return _TWO[tuple(keys[j - 1 : j + 1])], j - 1
        if (keys[j],) in _TWO and keys[i + 1 : i + 4] and "tro" in keys[i + 1 : i + 4]:
            return _TWO[(keys[j],)], j
        if keys[j] in _OVER:
            return _OVER[keys[j]], j
    return None, 0


_ASKING = frozenset("nhieu may bn nhiu nao gi ai dau".split())
_NO_ASKING = {("nhu", "nao"), ("the", "nao"), ("co", "gi"), ("tinh", "nao"), ("<province>", "may")}


def asks_of(tokens: Sequence[Token]) -> int:
    """How many things are asked, by the words of asking: "bao nhiêu ... và khi nào" asks two."""
    keys = [t.key for t in tokens]
    return sum(key in _ASKING and (keys[i - 1] if i else "", key) not in _NO_ASKING for i, key in enumerate(keys))


def level_of(tokens: Sequence[Token]) -> str:
    """The level of government below the province that is asked about: "xã Hải Hậu", "cấp xã", "huyện nào"; "" for none."""
    for before, token, after in zip((None, *tokens), tokens, (*tokens[1:], None), strict=False):
        asked = (before and before.key == "cap") or (after and (after.name or after.key == "nao"))
        if asked and token.word in LEVELS:
            return LEVELS[token.word]
    return ""
