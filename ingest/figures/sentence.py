"""A sentence as it is read for figures: its text, whom, what and when it names, and what the one before hands on to it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ingest.clauses import Clause
from ingest.english import find_english_numbers, is_english
from ingest.numbers import Number, find_numbers
from retrieval.lexicon.indicators import IndicatorMention, find_indicators
from retrieval.lexicon.periods import PeriodMention, find_periods
from retrieval.lexicon.provinces import ProvinceMention, find_provinces
from retrieval.text import fold
from retrieval.types import Article, Period

COMPARED = re.compile(r"so voi[^,;.]*$")
"""Matches what stands before a name or a year that a figure is only compared with."""

CLOSED = re.compile(r"\([^()]*\)")
"""A bracket that is closed again: what it says binds no figure outside it."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What the lines above a sentence say of it; "" and None where they say nothing."""

    province: str = ""
    period: Period | None = None
    until: bool = False
    target: bool | None = None
    index: str = ""


@dataclass(frozen=True, slots=True)
class Carried:
    """What a sentence hands on to the one that continues it."""

    province: str = ""
    period: Period | None = None
    until: bool = False  # the period is a deadline
    target: bool | None = None
    indicator: str = ""  # the last one named that is a percentage
    index: str = ""  # the last one that has ranks and scores
    named: tuple[tuple[str, str], ...] = ()  # (folded words, id) of the indicators that the sentence before names
    assessed: tuple[str, Period] | None = (
        None  # family of indexes and year of the assessment that the article speaks of
    )
    goal: bool = False  # a goal was announced without a number: "Khi đó" and "trong đó" tell what is aimed at
    bodies: bool = False  # departments or districts of one province are ranked
    heading: Heading = Heading()


@dataclass(frozen=True, slots=True)
class Sentence:
    """Offsets of all its parts are of the sentence; ``base`` is where it starts in the article."""

    text: str
    folded: str
    cues: str  # folded, but "đặt" is written "set"
    base: int
    published: date | None
    main: str  # the province that the article is about, "" where it is about several
    carried: Carried
    numbers: tuple[Number, ...]
    places: tuple[ProvinceMention, ...]  # every province named
    provinces: tuple[ProvinceMention, ...]  # without those that it only compares with
    mentions: tuple[PeriodMention, ...]  # every time named
    periods: tuple[PeriodMention, ...]  # those that say when a figure was so
    indicators: tuple[IndicatorMention, ...]


def read(text: str, base: int, article: Article, carried: Carried, main: str) -> Sentence:
    """The sentence of an article that starts at ``base``; ``main`` is whose its figures are where nothing says so."""
    folded = fold(text)
    mentions = tuple(find_periods(text, article.published))
    places = tuple(find_provinces(text))
    return Sentence(
        text,
        folded,
        _cues(text, folded),
        base,
        article.published,
        main,
        carried,
        tuple(_stated(text, folded)),
        places,
        tuple(_subjects(places, folded)),
        mentions,
        tuple(p for p in mentions if _tells_time(p, folded)),
        tuple(find_indicators(text)),
    )


def reach(clause: Clause) -> int:
    """Where a clause's words end, with those of a predicate that it shares with later clauses."""
    return max(clause.end, clause.tail)


_SET = re.compile("đặt", re.IGNORECASE)


def _cues(text: str, folded: str) -> str:
    """ "đặt mục tiêu" sets a target, "đạt mục tiêu" reaches it: folding must not make them one."""
    for match in _SET.finditer(text):
        folded = f"{folded[: match.start()]}set{folded[match.end() :]}"
    return folded


_ORDER = re.compile(r"\b[Hh]ãy\b")  # "hãy nói X xếp thứ nhất" states nothing


def _stated(text: str, folded: str) -> list[Number]:
    if is_english(folded):
        return find_english_numbers(folded)
    order = _ORDER.search(text)
    return [n for n in find_numbers(text, folded) if order is None or n.start < order.start()]


# What stands before a province that is only compared or met with.
_BESIDE = re.compile(
    r"(?:so voi|nhu|cung voi|hop tac voi|giap|(?:cao|thap|nhieu|it|lon|nho|tot|kem|nhanh|cham|sau|tren|duoi) hon|\bhon|\bkem"
    r"|(?:chi|dung|xep|ngay) (?:sau|tren|duoi))(?: muc| ty le)?(?: cua)?(?: tinh| thanh pho)? $"
)


def _subjects(found: Sequence[ProvinceMention], folded: str) -> list[ProvinceMention]:
    """Provinces that a sentence speaks of, without those it only compares with ("so với Hà Nội")."""
    return [p for p in found if not _BESIDE.search(folded[: p.start])]


# "phiên họp thứ ba năm 2024", "công bố tháng 3/2024": when people met or spoke, not what the figure is of.
_EVENT_BEFORE = re.compile(
    r"(?:phien hop|hoi nghi|ky hop|hoi thao|dien dan|ngay hoi|tuan le|ngay chuyen doi so|toa dam|phat dong|hop bao|phong trao|cuoc thi"
    r"|giai thuong)[^,;.]{0,60}$"
)
_SAID_ON = re.compile(
    r"(?:cong bo|ban hanh|ky ket|khoi dong|khai truong|phat bieu|dien ra|to chuc|ky)(?: (?:vao|hom|sang|chieu|ngay|tu))*[ (]*$"
)
_NOW = re.compile(r"hien|moi nhat|gan day|nay\b")  # a mention so worded is the day of writing, no period
# "định hướng đến năm 2030", "đến năm 2025, định hướng …": both years of a plan's name.
_OUTLOOK_BEFORE = re.compile(r"(?:dinh huong|tam nhin)(?: den)?(?: nam)? $")
_OUTLOOK_AFTER = re.compile(r",? (?:va )?(?:dinh huong|tam nhin)")


def _tells_time(mention: PeriodMention, folded: str) -> bool:
    """Not a document's date, a year compared with, "hiện nay", the day from which something is ("từ ngày 1/7/2025"), or the
    formula of plans' names ("Chương trình … đến năm 2025, định hướng đến năm 2030")."""
    if mention.role in ("document", "compared", "latest") or _NOW.match(folded, mention.start):
        return False
    if mention.role == "since" and mention.period.part.startswith("M"):
        return False
    before, after = folded[: mention.start], folded[mention.end :]
    if _EVENT_BEFORE.search(before) or (mention.period.part.startswith("M") and _SAID_ON.search(before)):
        return False
    return not (_OUTLOOK_BEFORE.search(before) or _OUTLOOK_AFTER.match(after) or COMPARED.search(before))
