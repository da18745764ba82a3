"""What a question takes for granted: "Vì sao X đứng đầu", "có phải Y tụt 4 bậc"."""

import re

from retrieval.question.reading import Reading
from retrieval.types import Premise

_PRESUMES = re.compile(
    r"\b(?:vi sao|tai sao|nguyen nhan|ly do|nho dau|do dau|bang cach nao|sao lai|co phai|phai khong|dung khong|co dung|co that)\b"
)
_TOP = re.compile(
    r"\b(?:dung dau|dan dau|dung (?:thu )?nhat|hang nhat|xep nhat|so 1|so mot|cao nhat|thu nhat|quan quan)\b"
)
_BOTTOM = re.compile(
    r"\b(?:dung cuoi|cuoi bang|xep cuoi|thap nhat|kem nhat|te nhat|(?<!chuyen )doi so|bet bang|cuoi cung|dung chot)\b"
)
_DOWN = re.compile(r"\b(?:bi )?(?:tut|rot|sut|giam|tuot|mat|xuong)\b(?: hang)?(?: (?P<steps>\d{1,2}) (?:bac|hang))?")
_UP = re.compile(r"\b(?:tang|thang|nhay|len|vuot|bat)\b(?: hang)?(?: (?P<steps>\d{1,2}) (?:bac|hang))?")
_MOVES = re.compile(r"\b(?:bac|hang|thu hang|diem|chi so|vi tri|tut|rot)\b")
_RANK = re.compile(
    r"\b(?:xep|dung|o)(?: o)?(?: vi tri)?(?: hang| thu)+(?: thu)? (?P<rank>\d{1,2})\b|\bhang (?P<other>\d{1,2})\b"
)


def premise_of(reading: Reading) -> Premise | None:
    """The claim on which a "vì sao" or a "có phải" rests; None where nothing is claimed."""
    if not reading.says(_PRESUMES):
        return None
    plain = reading.plain
    for direction, pattern, rank in (("top", _TOP, 1), ("bottom", _BOTTOM, None)):
        if match := pattern.search(plain):
            return Premise(direction, rank, None, match[0])
    if match := _RANK.search(plain):
        return Premise("", int(match["rank"] or match["other"]), None, match[0])
    if _MOVES.search(plain):
        for direction, pattern in (("down", _DOWN), ("up", _UP)):
            if match := pattern.search(plain):
                return Premise(direction, None, float(match["steps"]) if match["steps"] else None, match[0])
    return None
