"""Vietnamese written in the encodings before Unicode, letter by letter from the standards' own order of tones."""

import unicodedata

TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng
LETTERS = "".join(unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in ("", *TONES)) + "đ"
"""Every small letter that is not of the English alphabet, and the plain vowels."""

_TCVN3 = {
    "ă": 0xA8, "â": 0xA9, "ê": 0xAA, "ô": 0xAB, "ơ": 0xAC, "ư": 0xAD, "đ": 0xAE,
    "Ă": 0xA1, "Â": 0xA2, "Ê": 0xA3, "Ô": 0xA4, "Ơ": 0xA5, "Ư": 0xA6, "Đ": 0xA7,
}  # fmt: skip
for _vowel, _places in {
    "a": (0xB5, 0xB6, 0xB7, 0xB8, 0xB9), "ă": (0xBB, 0xBC, 0xBD, 0xBE, 0xC6), "â": (0xC7, 0xC8, 0xC9, 0xCA, 0xCB),
    "e": (0xCC, 0xCE, 0xCF, 0xD0, 0xD1), "ê": (0xD2, 0xD3, 0xD4, 0xD5, 0xD6), "i": (0xD7, 0xD8, 0xDC, 0xDD, 0xDE),
    "o": (0xDF, 0xE1, 0xE2, 0xE3, 0xE4), "ô": (0xE5, 0xE6, 0xE7, 0xE8, 0xE9), "ơ": (0xEA, 0xEB, 0xEC, 0xED, 0xEE),
    "u": (0xEF, 0xF1, 0xF2, 0xF3, 0xF4), "ư": (0xF5, 0xF6, 0xF7, 0xF8, 0xF9), "y": (0xFA, 0xFB, 0xFC, 0xFD, 0xFE),
}.items():  # fmt: skip
    for _tone, _place in zip(TONES, _places, strict=True):
        _TCVN3[unicodedata.normalize("NFC", _vowel + _tone)] = _place

_VNI_TONES = dict(zip(TONES, "øûõùï", strict=True))
_VNI_HATS = {"\u0302": dict(zip(TONES, "àåãáä", strict=True)), "\u0306": dict(zip(TONES, "èúüéë", strict=True))}
_VNI_WHOLE = {"í": "í", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î", "đ": "ñ", "ơ": "ô", "ư": "ö"}


def tcvn3(text: str) -> bytes:
    """As typed in .VnTime; a capital with a tone is the small letter, which .VnTimeH draws as a capital."""
    return bytes(_TCVN3.get(c) or _TCVN3.get(c.lower()) or ord(c) for c in unicodedata.normalize("NFC", text))


def vni(text: str) -> str:
    """The Western letters that VNI-Times draws as ``text``."""
    return "".join(map(_vni, unicodedata.normalize("NFC", text)))


def _vni(char: str) -> str:
    small = char.lower()
    if char != small:
        return _vni(small).upper()
    if char in _VNI_WHOLE:
        return _VNI_WHOLE[char]
    base, *marks = list(unicodedata.normalize("NFD", char))
    tone = next((mark for mark in marks if mark in TONES), "")
    if "\u031b" in marks:
        return {"o": "ô", "u": "ö"}[base] + _VNI_TONES.get(tone, "")
    hat = next((mark for mark in marks if mark in _VNI_HATS), None)
    if hat:
        return base + (_VNI_HATS[hat][tone] if tone else {"\u0302": "â", "\u0306": "ê"}[hat])
    return base + _VNI_TONES.get(tone, "")


def windows_1258(text: str) -> bytes:
    """Base letters with their hat or horn whole, tones as marks after them."""
    out = b""
    for char in unicodedata.normalize("NFC", text):
        try:
            out += char.encode("cp1258")
        except UnicodeEncodeError:
            marks = unicodedata.normalize("NFD", char)
            tone = next(mark for mark in marks if mark in TONES)
            out += unicodedata.normalize("NFC", marks.replace(tone, "")).encode("cp1258") + tone.encode("cp1258")
    return out
