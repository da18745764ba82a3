"""Vietnamese text: one normal form, folding, syllables, sentences, numbers. Pure; all offsets are characters."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple


class Span(NamedTuple):
    start: int
    end: int


# --- one normal form ---------------------------------------------------------------------------------------------

_INVISIBLE = dict.fromkeys(
    [
        *range(9),
        0x0B,
        *range(0x0E, 0x20),
        0x7F,
        0xAD,
        0x200B,
        0x200C,
        0x200D,
        0x2060,
        0xFEFF,
        *range(0xD800, 0xE000),
    ]
)
_SPACES = dict.fromkeys(map(ord, "\t\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000"), " ")


def nfc(text: str) -> str:
    """NFC without invisible characters or lone surrogates; every kind of blank becomes a space, CRLF a newline."""
    if not text.replace("\n", "").isprintable():  # none of those characters is; most texts have none of them
        text = text.replace("\r\n", "\n").translate(_SPACES | {0x0D: "\n", 0x0C: "\n", 0x2028: "\n", 0x2029: "\n"})
        text = text.translate(_INVISIBLE)
    return unicodedata.normalize("NFC", text)


class _FoldTable(dict[int, str]):
    """Maps each character to exactly one, so that offsets survive; "đ" is a letter of its own in Unicode."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        base = unicodedata.normalize("NFD", char)[0].lower()
        folded = {"đ": "d"}.get(base, base if len(base) == 1 else char)
        self[code] = folded
        return folded


_FOLD = _FoldTable()


def fold(text: str) -> str:
    """Lower case without diacritics, the same length as ``text`` (NFC): "Đà Nẵng" -> "da nang"."""
    return text.translate(_FOLD)


def has_diacritics(text: str) -> bool:
    """Whether the writer typed Vietnamese letters at all."""
    return fold(text) != text.lower()


# --- syllables ---------------------------------------------------------------------------------------------------

# A figure or a document number is one token: 56,83  1.385  7/63  09-NQ/TU  59/KH-UBND  20/11/2024  QN_DTI
_TOKEN = re.compile(r"\d+(?:[.,/-]\d+)*(?:[/-][^\W\d_]+)*|[^\W\d_]+(?:_[^\W_]+)*\d*(?:[/&][^\W\d_]+)*")


def syllables(text: str) -> list[str]:
    """Lower-case tokens of NFC text in reading order; figures and document numbers stay whole."""
    return _TOKEN.findall(text.lower())


# --- sentences ---------------------------------------------------------------------------------------------------

# Abbreviations that a full stop closes without closing the sentence. No Vietnamese syllable is among them.
_ABBREVIATIONS = frozenset(
    "tp tx tt p q h x ths ts tskh pgs gs bs ks cn kts mr mrs ms dr st vol nxb tr vd stt đt".split()
)
# Before a single capital they make it the initial of a name: "bà H. Anh", but not "xếp loại A."
_PERSONS = frozenset("ông bà anh chị cô chú bác em".split())
_BREAK = re.compile(r"[.!?…]+[\"”’')\]]*|\n")
_LIST_MARK = re.compile(r"\s*(?:\d{1,2}|[a-zđ]|[ivx]{1,4})[.)]?$", re.IGNORECASE)
_LONGEST_WORD = 40  # letters before a full stop that are looked at: enough for any abbreviation or name
_LAST_WORD = re.compile(r"[^\s(\[\"“‘'/,;]*$")


def sentences(text: str) -> list[Span]:
    """Spans of the sentences of NFC text, blanks trimmed. A line break always ends one; ";" never does."""
    return list(_sentences(text))


def _sentences(text: str) -> Iterator[Span]:
    start = 0
    for match in _BREAK.finditer(text):
        if match.start() < start or not _ends_sentence(text, start, match):
            continue
        if span := _trim(text, start, match.end()):
            yield span
        start = match.end()
    if span := _trim(text, start, len(text)):
        yield span


def _ends_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    mark, after = match[0], text[match.end() : match.end() + 2]
    if mark == "\n" or not after.strip():
        return True
    before = text[start : match.start()]
    word = _LAST_WORD.search(before[-_LONGEST_WORD:])
    last = word[0].rpartition(".")[2] if word else ""  # "PGS.TS" -> "TS"
    if mark == "." and (last.lower() in _ABBREVIATIONS or _LIST_MARK.fullmatch(before) or _is_initial(before, last)):
        return False
    if after[0] not in " \n":
        # "điểm.Tuy nhiên", "85%.Kết quả": a blank was lost in scraping. "vnexpress.net", "3.0", "T.Hoa" were not.
        lost = before[-1:].islower() or before[-1:].isdigit() or before[-1:] in ("%", ")")
        return mark == "." and lost and after[0].isupper() and after[1:2].islower()
    follower = text[match.end() :].lstrip(" ")[:1]
    if mark[0] in "…" or mark.startswith(".."):
        return not follower.islower()
    return not (follower.islower() and mark[0] == ".")


def _is_initial(before: str, last: str) -> bool:
    """Whether ``before`` ends with the initial of a name, which a capital or a word for a person precedes."""
    if len(last) != 1 or not last.isupper():
        return False
    preceding = before[-_LONGEST_WORD:-1].split()[-1:]
    return not preceding or preceding[0].lstrip('(“"')[:1].isupper() or preceding[0] in _PERSONS


def _trim(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


# --- numbers -----------------------------------------------------------------------------------------------------

NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
"""Regular expression of a Vietnamese number: "." groups thousands, "," begins decimals."""

_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_PLAIN = re.compile(r"\d+(?:,\d+)?")
_ENGLISH_DECIMAL = re.compile(r"\d+\.\d+")


def parse_number(text: str) -> float:
    """Value of a number as printed: "56,83" -> 56.83, "1.385" -> 1385, "0,7804" -> 0.7804.

    "0.7804" and "76.2", in which the point cannot group thousands, are read as decimals (translated pages print them
    so). Raises ValueError for anything else.
    """
    text = text.strip()
    if _GROUPED.fullmatch(text) and not text.startswith("0."):
        return float(text.replace(".", "").replace(",", "."))
    if _PLAIN.fullmatch(text):
        return float(text.replace(",", "."))
    if _ENGLISH_DECIMAL.fullmatch(text):
        return float(text)
    raise ValueError(f"not a Vietnamese number: {text!r}")


def format_number(value: float, decimals: int | None = None) -> str:
    """ "56,83", "1.385", "0,7804": Vietnamese style; ``decimals`` None keeps what the value has, up to 4."""
    shown = f"{value:z,.{4 if decimals is None else decimals}f}"
    if decimals is None:
        shown = shown.rstrip("0").rstrip(".")
    return shown.translate(str.maketrans(",.", ".,"))
