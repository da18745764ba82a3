"""When a figure was so: the period that stands nearest to it, and how that lies to the day of publication."""

import re

from ingest.clauses import Clause
from ingest.figures.sentence import CLOSED, Sentence, reach
from ingest.numbers import Number
from retrieval.lexicon.periods import PeriodMention
from retrieval.text import fold
from retrieval.types import Period

TIED_RIGHT = 14
"""Characters behind a figure within which a period is bound to it ("38,5% năm 2021 lên 71,2% năm 2023")."""

NEAR_RIGHT = 40
"""Characters behind a figure within which a period belongs to it ("hạng 3 Chỉ số DTI năm 2022")."""


def period_of(sentence: Sentence, number: Number, clause: Clause) -> tuple[Period | None, bool]:
    """The period of a figure, and whether it is a deadline ("đến năm 2025")."""
    if tied := _tied(sentence, number):
        return _dated(tied)
    if is_start(sentence, number):
        return None, False
    left = _left_of(sentence, number)
    right = [
        p for p in sentence.periods if number.end <= p.start < reach(clause) and not _in_aside(sentence, number, p)
    ]
    near = [p for p in right if p.start - number.end <= NEAR_RIGHT and not left]
    for group in ([p for p in left if p.start >= clause.start][-1:], near[:1], left[-1:]):
        if group:
            return _dated(group[0])
    if sentence.carried.period and not _is_now(sentence):
        return sentence.carried.period, sentence.carried.until
    if sentence.carried.heading.period:
        return sentence.carried.heading.period, sentence.carried.heading.until
    following = next((n.start for n in sentence.numbers if n.start >= number.end), len(sentence.text))
    right = [p for p in right if p.start <= following]
    later = [
        p for p in sentence.periods if p.start >= number.end and p.role == "at" and not _in_aside(sentence, number, p)
    ]
    last = right or later[-1:]
    return _dated(last[0]) if last else (None, False)


# "từ hạng 12 lên hạng 7": where it began was so at some time before
_BEGAN = re.compile(r"\btu (?:muc |hang |thu |vi tri |vi thu |thu hang |so |khoang |gan |hon )*$")
_TO = re.compile(
    r"(?:/\d+)?\s?(?:%|diem|tinh|dia phuong|[a-z]+)?,? (?:len|xuong|tut xuong|vuot len|nhay len|tang len|giam con|giam xuong|con) "
)


def is_start(sentence: Sentence, number: Number) -> bool:
    """Whether a figure is where a rise or fall began, at some time before the one spoken of."""
    return bool(_BEGAN.search(sentence.folded[: number.start]) and _TO.match(sentence.folded, number.end))


# "Toàn tỉnh còn 87 thôn …", "mới đạt 35%": so on the day of writing.
_NOW = re.compile(
    r"\b(?:hien(?: nay| tai| co| con)?|den nay|(?:van |chi |moi )?con \d|chi con|moi (?:dat|co|chi|duoc))\b"
)


def _is_now(sentence: Sentence) -> bool:
    """Whether a sentence that names no time tells of the day of writing, past the year that the one before speaks of."""
    period, published = sentence.carried.period, sentence.published
    return bool(period and published and period.year < published.year and _NOW.search(sentence.folded))


def _dated(mention: PeriodMention) -> tuple[Period, bool]:
    return mention.period, mention.role == "until"


def _in_aside(sentence: Sentence, number: Number, period: PeriodMention) -> bool:
    """Whether a period dates another figure, in a bracket of its own: "67,2% (6 tháng đầu năm mới 52,9%)"."""
    opened = sentence.text.rfind("(", number.end, period.start)
    if opened < 0:
        return False
    closed = sentence.text.find(")", period.end)
    inside = range(period.end, closed if closed >= 0 else len(sentence.text))
    return any(n.start in inside for n in sentence.numbers)


def _left_of(sentence: Sentence, number: Number) -> list[PeriodMention]:
    """Periods that stand before a number, outside brackets that are closed again."""
    closed = [m.span() for m in CLOSED.finditer(sentence.folded[: number.start])]
    opened = sentence.text.rfind("(", 0, number.start)
    if opened >= 0 and ")" not in sentence.text[opened : number.start]:  # "(năm 2023: 22,1%; kế hoạch 26%)"
        closed.append((opened, max(sentence.text.rfind(";", opened, number.start), opened)))
    return [
        p for p in sentence.periods if p.end <= number.start and not any(a <= p.start and p.end <= b for a, b in closed)
    ]


_CUT = re.compile(
    r"[,;()]|\bso voi\b|\b(?:va|con|den|toi|from|than|compared)\b"
)  # what parts a figure from the period behind it
_BY_THEN = re.compile(
    r" tinh (?:den|toi)(?: het| cuoi| ngay| thang| thoi diem)* "
)  # "84,6% tính đến hết tháng 11/2024"
# "41.2% in the same period of 2022"
_THEN = re.compile(r"(?: of [a-z]+)? (?:in|during) the same period (?:of|in) $")
# What may stand between a period and a figure that touches it: "(năm 2022: 10,2%)", "năm 2022 (hạng 12)".
_TOUCHING = re.compile(r"\s*[(:]\s*(?:hang|thu|vi tri|dat|la|:)?\s*(?:thu|hang)?\s*")


def _tied(sentence: Sentence, number: Number) -> PeriodMention | None:
    """The period that touches a number, also one compared with: "38,5% năm 2021", "(năm 2022: 10,2%)", "so với năm 2022
    (hạng 12)", "vị trí 29 của năm 2022"."""
    for p in sentence.mentions:
        if p.role == "document":
            continue
        after, before = sentence.folded[number.end : p.start], sentence.folded[p.end : number.start]
        after = after.removeprefix(f" {fold(number.unit)}")
        if p.start >= number.end and _BY_THEN.fullmatch(after):
            return p
        if p.start >= number.end and p.role == "compared" and _THEN.match(after):
            return p
        if p.start >= number.end and len(after) <= TIED_RIGHT and not _CUT.search(after):
            return p
        if p.end <= number.start and _TOUCHING.fullmatch(before):
            return p
    return None


def is_carried(sentence: Sentence, number: Number, clause: Clause) -> bool:
    """Whether the number's period comes from the sentence before."""
    return not any(p.end <= number.start or number.end <= p.start < reach(clause) for p in sentence.periods)


_LAST_MONTH = {"Q1": 3, "Q2": 6, "Q3": 9, "H1": 6, "9M": 9}


def _last_month(part: str) -> int:
    """The month in which a part of a year (types.Period.part) ends."""
    return int(part[1:]) if part.startswith("M") else _LAST_MONTH.get(part, 12)


def is_ahead(sentence: Sentence, period: Period) -> bool:
    """Whether a period had not begun, or its part of a year not ended, in the month in which the article came out."""
    published = sentence.published
    if published is None:
        return False
    if not period.part:
        return period.year > published.year
    return (period.year, _last_month(period.part)) > (published.year, published.month)
