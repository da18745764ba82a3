"""What a question names, read once: every other step of understanding starts from this."""

import re
from dataclasses import dataclass
from datetime import date

from retrieval.lexicon.abbreviations import spell_out
from retrieval.lexicon.indicators import IndicatorMention, catalogue, children, find_indicators
from retrieval.lexicon.periods import PeriodMention, Role, find_periods
from retrieval.lexicon.provinces import ProvinceMention, find_provinces
from retrieval.lexicon.tables import words
from retrieval.text import Span, fold, has_diacritics


@dataclass(frozen=True, slots=True)
class LevelMention:
    level: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """``plain`` is what patterns are matched against: folded, abbreviations written out, punctuation gone, and each
    province's name replaced by ``PROVINCE`` ("Điện Biên" is no "diễn biến"). ``accented`` is said of the other words.
    """

    text: str
    plain: str
    accented: bool
    provinces: tuple[ProvinceMention, ...]
    periods: tuple[PeriodMention, ...]
    mentions: tuple[IndicatorMention, ...]
    indicators: tuple[str, ...]
    levels: tuple[LevelMention, ...]

    @property
    def slots(self) -> list[Span]:
        """Where provinces and periods stand."""
        mentions: tuple[ProvinceMention | PeriodMention, ...] = (*self.provinces, *self.periods)
        return [Span(mention.start, mention.end) for mention in mentions]

    def says(self, pattern: re.Pattern[str]) -> bool:
        return pattern.search(self.plain) is not None


PROVINCE = "zz"
"""Stands for a province's name in ``Reading.plain``; no Vietnamese word has a z."""


def read(text: str, today: date | None) -> Reading:
    provinces = tuple(find_provinces(text, loose=True))
    rest = _blanked(text, provinces)
    plain = " ".join(word.folded for word in words(spelled(rest)))
    mentions = tuple(find_indicators(text))
    return Reading(
        text=text,
        plain=plain,
        accented=has_diacritics(rest),
        provinces=provinces,
        periods=tuple(m for m in find_periods(text, today) if m.role is not Role.DOCUMENT),
        mentions=mentions,
        indicators=_indicators(text, plain, mentions),
        levels=_levels(text, mentions),
    )


def _blanked(text: str, provinces: tuple[ProvinceMention, ...]) -> str:
    for mention in reversed(provinces):
        text = f"{text[: mention.start]}{PROVINCE}{text[mention.end :]}"
    return text


def spelled(text: str) -> str:
    """``text`` with abbreviations and "%" written out."""
    return spell_out(text.replace("%", " phần trăm "))


# --- indicators ---------------------------------------------------------------------------------------------------

RANKING = re.compile(
    r"\b(?:xep (?:thu|hang|vi tri|o|cao|thap|cuoi|bao)|thu (?:hang|may)|dung (?:thu|dau|cuoi|hang|o vi|trong|vi)|hang may"
    r"|vi tri|dan dau|cuoi bang|top|chi so|(?:bao nhieu|may|\d) (?:diem(?! (?:phan tram|%))|bac)|diem so|so diem|tut|hang (?:\d|bao|nhat))\b"
)
_PILLARS = re.compile(r"\btru cot\b")
_COMPONENTS = re.compile(r"\b(?:chi so thanh phan|nhom chi so|chi so con|tieu chi thanh phan|chi so chinh)\b")
_UNITS_INSIDE = re.compile(r"\b(?:huyen|xa|(?<!dia )phuong|(?<!chi )so|nganh|so nganh) nao\b")
_OF_GRDP = re.compile(r"\b(?:grdp|gdp|phan tram|ty trong|ti trong)\b")
PILLARS = ("dti-government", "dti-economy", "dti-society")


def _indicators(text: str, plain: str, mentions: tuple[IndicatorMention, ...]) -> tuple[str, ...]:
    """Ids named, then those that the words of ranking make of a topic: "xếp thứ mấy về chuyển đổi số" is the DTI."""
    named = list(dict.fromkeys(mention.id for mention in _without_wholes(text, mentions)))
    if not RANKING.search(plain):
        if "dti-economy" in named and (_OF_GRDP.search(plain) or "%" in text):
            named[named.index("dti-economy")] = "digital-economy-share"
        return tuple(named)
    if named == ["dti"] and _UNITS_INSIDE.search(plain):
        return ("dti-local",)
    if not named or named == ["dti"]:
        if _COMPONENTS.search(plain):
            return tuple(i for i in children("dti") if i not in PILLARS)
        if _PILLARS.search(plain):
            return PILLARS
    if "dti-economy" in named and re.search(r"\bgrdp\b", plain):
        named[named.index("dti-economy")] = "digital-economy-share"
    if not named:
        padded = f" {plain} "
        named = [i.id for i in catalogue().values() if any(f" {fold(topic)} " in padded for topic in i.topics)]
    return tuple(named)


def _without_wholes(text: str, mentions: tuple[IndicatorMention, ...]) -> list[IndicatorMention]:
    """ "Điểm chính quyền số trong DTI" asks for the pillar: a whole beside its part is only where the part is found."""
    parents = {catalogue()[mention.id].parent for mention in mentions}
    kept = []
    for i, mention in enumerate(mentions):
        neighbours = [*mentions[max(0, i - 1) : i], *mentions[i + 1 : i + 2]]
        listed = any(
            _LISTING.fullmatch(text[min(a.end, mention.end) : max(a.start, mention.start)].strip().lower())
            for a in neighbours
        )
        if mention.id not in parents or listed:
            kept.append(mention)
    return kept


_LISTING = re.compile(r",|và|va|,? ?(?:cũng như|cung nhu|lẫn|lan)")

# --- levels -------------------------------------------------------------------------------------------------------

_LEVEL = re.compile(r"\b(?:cap|tuyen) (?P<level>tinh|huyen|xa)\b|\b(?<!dia )(?P<which>huyen|xa|phuong) nao\b")
_LEVEL_NAMES = {"tinh": "tỉnh", "huyen": "huyện", "xa": "xã", "phuong": "xã"}


def _levels(text: str, mentions: tuple[IndicatorMention, ...]) -> tuple[LevelMention, ...]:
    """Levels of government asked about; "DTI cấp tỉnh" is a name and says none."""
    return tuple(
        LevelMention(_LEVEL_NAMES[match["level"] or match["which"]], *match.span())
        for match in _LEVEL.finditer(fold(text))
        if not any(m.start < match.start() and match.end() <= m.end and m.id in _NAMED_BY_LEVEL for m in mentions)
    )


_NAMED_BY_LEVEL = {"dti", "pci", "dti-local", "dti-ministry"}
