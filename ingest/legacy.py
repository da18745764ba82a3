"""Text of the fonts that Việt Nam wrote with before Unicode: TCVN3 (ABC, ".VnTime") and VNI-Windows ("VNI-Times").

Such a font draws Vietnamese letters in the places of Western ones: "ViÖt Nam", "Vieät Nam". The bytes of an old file are read
as Western first; a Word file or a page converted without care holds the Western letters themselves. Both are told by their
spelling: hardly a word with such letters is Vietnamese as it stands, and nearly all are once converted.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from ingest.spelling import is_syllable


class Legacy(StrEnum):
    TCVN3 = "TCVN3"
    VNI = "VNI-Windows"


_CONVERTED, _AS_IS = 0.8, 0.5
"""Shares of the words that a conversion changes: at least so many syllables after it, at most so many before."""
_FEWEST = 3  # such words; fewer prove nothing
_WORD = re.compile(r"(?:[^\W\d_]|[\u00a1-\u00bf\u00d7\u00f7])+")  # glyphs of letters stand in places of signs, too
_UNICODE_ONLY = re.compile("[ăđĩũơưĂĐĨŨƠƯ\u1ea0-\u1ef9]")  # no Western font has them


def legacy_of(text: str) -> Legacy | None:
    """The font encoding that a text's letters are those of; None for what is right as it stands, Vietnamese or not.

    The text must not have been normalised: in TCVN3 the soft hyphen is the letter ư.
    """
    words = set(_WORD.findall(text))  # once each: a long article says the same ones again and again
    judged = [(_judge(words, way), way) for way in Legacy]
    best, way = max(judged, key=lambda pair: pair[0].gain)
    return way if best.proves else None


def converter(way: Legacy) -> Callable[[str], str]:
    """Converts the lines of one document, given in their order.

    A line that is Vietnamese already (a menu, a quoted page) stays. One that could be either ("cã", which is "có" or "cã")
    goes as the line before it went.
    """
    converts = True

    def convert(line: str) -> str:
        nonlocal converts
        found = _judge(_WORD.findall(line), way)
        if _UNICODE_ONLY.search(line):
            converts = False
        elif found.before != found.after:
            converts = found.after > found.before
        return _whole(line, way) if converts else line

    return convert


def convert(text: str, way: Legacy) -> str:
    """The text in Unicode, line by line."""
    one = converter(way)
    return "".join(one(line) for line in text.splitlines(keepends=True))


def _whole(line: str, way: Legacy) -> str:
    """TCVN3 has no capitals with tones: in "TØNH" another font drew the small one as a capital."""
    in_capitals = _in_capitals(line)

    def letters(match: re.Match[str]) -> str:
        word = _CONVERT[way](match[0])
        return word.upper() if in_capitals or _in_capitals(match[0]) else word

    return _WORD.sub(letters, line)


def _in_capitals(glyphs: str) -> bool:
    plain = [char for char in glyphs if char.isascii() and char.isalpha()]
    return len(plain) > 1 and all(char.isupper() for char in plain)


@dataclass(frozen=True, slots=True)
class _Judgement:
    """Of ``count`` words that conversion changes: shares that are syllables before and after it."""

    count: int
    before: float
    after: float

    @property
    def gain(self) -> float:
        return self.count * (self.after - self.before)

    @property
    def proves(self) -> bool:
        return self.count >= _FEWEST and self.after >= _CONVERTED and self.before <= _AS_IS


def _judge(words: Iterable[str], way: Legacy) -> _Judgement:
    pairs = [(word, _CONVERT[way](word)) for word in words if not word.isascii()]
    pairs = [(word, unicodedata.normalize("NFC", after)) for word, after in pairs if word != after]
    if not pairs:
        return _Judgement(0, 0.0, 0.0)
    before = sum(is_syllable(unicodedata.normalize("NFC", word)) for word, _ in pairs)
    return _Judgement(len(pairs), before / len(pairs), sum(is_syllable(after) for _, after in pairs) / len(pairs))


# --- the tables --------------------------------------------------------------------------------------------------

# TCVN 5712:1993, set VN3, from place A1 on; a blank is no letter of Vietnamese.
_VN3 = "ĂÂÊÔƠƯĐăâêôơưđ      àảãáạ ằẳẵắ       ặầẩẫấậè ẻẽéẹềểễếệìỉ   ĩíịò ỏõóọồổỗốộờởỡớợù ủũúụừửữứựỳỷỹýỵ"
# VNI-Windows writes a mark after its letter; letters with a place of their own follow.
_VNI_MARKS = {
    "a": "áù àø ảû ãõ ạï ââ ấá ầà ẩå ẫã ậä ăê ắé ằè ẳú ẵü ặë",
    "e": "éù èø ẻû ẽõ ẹï êâ ếá ềà ểå ễã ệä",
    "o": "óù òø ỏû õõ ọï ôâ ốá ồà ổå ỗã ộä",
    "u": "úù ùø ủû ũõ ụï",
    "y": "ýù ỳø ỷû ỹõ",
    "ô": "ớù ờø ởû ỡõ ợï",  # ô itself is ơ
    "ö": "ứù ừø ửû ữõ ựï",  # ö itself is ư
}
_VNI_LETTERS = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


@cache
def _vn3_table() -> dict[int, str]:
    return {0xA1 + place: letter for place, letter in enumerate(_VN3) if letter != " "}


@cache
def _vni_table() -> dict[str, str]:
    table = dict(_VNI_LETTERS)
    for letter, marks in _VNI_MARKS.items():
        table |= {letter + pair[1]: pair[0] for pair in marks.split()}
    capitals = {glyphs.upper(): letter.upper() for glyphs, letter in table.items()}
    mixed = {g[0].upper() + g[1]: letter.upper() for g, letter in table.items() if len(g) == 2}
    return table | capitals | mixed


@cache
def _vni_pattern() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, _vni_table()), key=len, reverse=True)))


def _from_vni(text: str) -> str:
    return _vni_pattern().sub(lambda match: _vni_table()[match[0]], text)


def _from_vn3(text: str) -> str:
    return text.translate(_vn3_table())


_CONVERT: dict[Legacy, Callable[[str], str]] = {Legacy.TCVN3: _from_vn3, Legacy.VNI: _from_vni}
