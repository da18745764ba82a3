"""The times that a text speaks of, and what each does in its sentence.

"tăng 4 bậc so với năm 2021" compares with 2021; "Nghị quyết 52-NQ/TU ngày 18/3/2022" bears the date of a document.
Years inside document numbers (202/2025/QH15) are no times at all. All patterns are read over folded text.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from retrieval.lexicon.documents import find_document_numbers
from retrieval.text import Span, fold
from retrieval.types import Period


class Role(StrEnum):
    AT = "at"
    UNTIL = "until"
    SPAN = "span"
    SINCE = "since"
    COMPARED = "compared"
    DOCUMENT = "document"
    LATEST = "latest"


class PeriodMention(NamedTuple):
    """``text[start:end]`` says ``period``; its words of role ("so với", "đến") stand before ``start``."""

    period: Period
    start: int
    end: int
    role: Role


def find_periods(text: str, today: date | None = None) -> list[PeriodMention]:
    """Periods of NFC ``text`` in reading order, never overlapping.

    ``today`` (the day of the question, or an article's date) resolves "năm nay", "năm ngoái", "6 tháng đầu năm" and
    "mới nhất"; without it these are passed over.
    """
    folded = fold(_THEY.sub("ta", text))
    documents = find_document_numbers(text)
    taken: list[tuple[int, int]] = list(documents)
    mentions: list[PeriodMention] = []
    for needs, pattern, read in _READERS:
        if not any(word in folded for word in needs):
            continue
        for match in pattern.finditer(folded):
            start, end = match.span()
            if any(start < right and left < end for left, right in taken):
                continue
            for period, (a, b), given in read(match, today):
                compared = given is Role.SPAN and _COMPARED.search(folded[max(0, a - _REACH) : a])
                role = Role.COMPARED if compared else given or _role(folded, a, b, documents)
                mentions.append(PeriodMention(period, a, b, role))
                taken.append((a, b))
    return sorted(mentions, key=lambda mention: mention.start)


# --- roles --------------------------------------------------------------------------------------------------------

_OF_DOCUMENT = re.compile(
    r"(?:nghi quyet|quyet dinh|ke hoach|chi thi|thong tu|nghi dinh|cong van|thong bao|van ban|cong dien|luat|de an)"
    r"(?: so \S+)?[^.;:,\d]{0,40}[,(]?\s*(?:ban hanh |ky |co hieu luc )?$"
)
_AFTER_NUMBER = re.compile(r"[^.;:,\d\"“”]{0,45}|, ?")
_COMPARED = re.compile(
    r"(?:so voi|so sanh voi|cung ky|so cung ky)(?: [^\W\d]+){0,5}(?: \d[\d.,]*\s?%?(?: [^\W\d]+){0,4})? ?$"
    r"|\b(?:(?:cao|thap|nhieu|it|lon|nho|tot|kem|nhanh|cham) hon|hon|kem)"
    r"(?: (?:muc|so voi|ty le|ket qua|diem so|diem|cua|ca|cung ky|cung thoi diem|con so|cuoi|dau|nam|thang|quy))* ?$"
    r"|\b(?:than(?: in)?|compared (?:to|with)[^.;]{0,60}|same period (?:of|in)|from(?: in)?|over) $"
)
_UNTIL = re.compile(r"(?:(?:den|toi|truoc)(?: (?:het|cuoi|thang))?|het|(?<!tu )den)(?: nam)? ?$|\bby(?: the end of)? $")
_SINCE = re.compile(r"(?:tu|ke tu|sau)(?: (?:dau|thang|khi))?(?: nam)? ?$")
_REACH = 80


def _role(folded: str, start: int, end: int, documents: list[Span]) -> Role:
    before = folded[max(0, start - _REACH) : start]
    if _COMPARED.search(before):
        return Role.COMPARED
    is_day = folded.startswith("ngay", start) or before.endswith("ngay ") or folded[start:end].count("/") == 2
    numbered = any(
        right <= start and start - right <= _REACH and _is_document_date(folded[right:start], is_day)
        for _, right in documents
    )
    if numbered or (is_day and _OF_DOCUMENT.search(before.removesuffix("ngay "))):
        return Role.DOCUMENT
    if _UNTIL.search(before):
        return Role.UNTIL
    return Role.SINCE if _SINCE.search(before) else Role.AT


def _is_document_date(between: str, is_day: bool) -> bool:
    """Whether a date stands to a document's number as "533-NQ/TU năm 2019" or "59/KH-UBND của UBND tỉnh (ngày …)"."""
    if is_day:
        return _AFTER_NUMBER.fullmatch(between) is not None
    return between.strip(" ,(") in {"", "nam"}


# --- what periods look like ---------------------------------------------------------------------------------------

_Read = tuple[Period, tuple[int, int], Role | None]

_YEAR = r"(?<![\d.,:/])(?P<year>(?:19[9]|20[0-6])\d)(?![\d%]|[.,/]\d)"
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
# A bare number before one of these is an amount ("2022 hồ sơ"), not a year.
_COUNTED = (
    r"(?! (?:dich vu|thu tuc|ho so|tai khoan|nguoi|ho|doanh nghiep|tram|to|thon|van ban|tthc|dvc|dvctt|trieu|ty|ti|"
    r"dong|thue bao|luot|san pham|co quan|don vi|can bo|hoc sinh|giao dich|phan anh|lan|km|ha)\b)"
)
_THEY = re.compile(r"(?<!\w)họ(?!\w)")  # "2025 họ phấn đấu": no households
_PARTS = {
    "6 thang dau": "H1", "sau thang dau": "H1", "nua dau": "H1", "6 thang cuoi": "H2", "sau thang cuoi": "H2",
    "nua cuoi": "H2", "9 thang dau": "9M", "chin thang dau": "9M", "9 thang": "9M", "3 thang dau": "Q1",
    "ba thang dau": "Q1", "6 thang": "H1",
}  # fmt: skip


def _one(match: re.Match[str], period: Period, role: Role | None = None) -> Iterator[_Read]:
    yield period, match.span(), role


def _year_of(match: re.Match[str], today: date | None) -> int | None:
    """The year that a match says, or the one it leans on: "năm nay", "năm ngoái", or nothing at all."""
    said = match["year"] if "year" in match.re.groupindex else None
    if said:
        return int(said)
    if today is None:
        return None
    relative = (match["relative"] or "") if "relative" in match.re.groupindex else ""
    return today.year + _RELATIVE.get(relative, 0)


_RELATIVE = {"nam nay": 0, "nam ngoai": -1, "nam truoc": -1, "nam kia": -2, "nam toi": 1, "sang nam": 1, "nam sau": 1}
_SOME_YEAR = rf"(?:(?:(?:cua |trong )?nam )?{_YEAR}|(?P<relative>{'|'.join(_RELATIVE)})|nam\b(?! \d))"


def _span(match: re.Match[str], today: date | None) -> Iterator[_Read]:
    first, last = int(match["first"]), int(match["last"])
    if first < last:
        yield Period(last, since=first), match.span(), Role.SPAN
    elif first == last:
        yield Period(last), match.span(), None


def _last_years(match: re.Match[str], today: date | None) -> Iterator[_Read]:
    if today is not None:
        count = _NUMERALS.get(match["count"]) or int(match["count"])
        yield Period(today.year, since=today.year - count + 1), match.span(), Role.SPAN


_NUMERALS = {"hai": 2, "ba": 3, "bon": 4, "nam": 5, "muoi": 10}


def _part(match: re.Match[str], today: date | None) -> Iterator[_Read]:
    bare = not match["part"].endswith(("dau", "cuoi")) and match["part"][0].isdigit()
    if bare and not match["year"]:
        return  # "trong 6 tháng" is a length of time
    if year := _year_of(match, today):
        yield from _one(match, Period(year, _PARTS[match["part"]]))


def _quarter(match: re.Match[str], today: date | None) -> Iterator[_Read]:
    quarter = match["quarter"]
    if year := _year_of(match, today):
        yield from _one(match, Period(year, f"Q{_ROMAN.get(quarter) or quarter}"))


def _month(match: re.Match[str], today: date | None) -> Iterator[_Read]:
    month = int(match["month"])
    if 1 <= month <= 12 and (year := _year_of(match, today)):
        yield from _one(match, Period(year, f"M{month:02}"))


_MONTHS = tuple("january february march april may june july august september october november december".split())
_ENGLISH_PARTS = {"first half": "H1", "second half": "H2"}


def _english_month(match: re.Match[str], today: date | None) -> Iterator[_Read]:
    yield from _one(match, Period(int(match["year"]), f"M{1 + _MONTHS.index(match['name']):02}"))


def _english_part(match: re.Match[str], today: date | None) -> Iterator[_Read]:
    said = match["english"]
    yield from _one(match, Period(int(match["year"]), _ENGLISH_PARTS.get(said) or ("9M" if "nine" in said else "H1")))


def _relative_year(match: re.Match[str], today: date | None) -> Iterator[_Read]:
    if year := _year_of(match, today):
        yield from _one(match, Period(year))


def _latest(match: re.Match[str], today: date | None) -> Iterator[_Read]:
    if today is not None:
        yield from _one(match, Period(today.year), Role.LATEST)


def _year(match: re.Match[str], today: date | None) -> Iterator[_Read]:
    yield from _one(match, Period(int(match["year"])))


_FIRST_LAST = r"(?<![\d.,/])(?P<first>20[0-6]\d)\s*[-–—]\s*(?P<last>20[0-6]\d)(?![\d/])"
_DAY = r"(?:ngay )?(?<![\d/])\d{1,2}[/.-](?P<month>\d{1,2})[/.-](?P<year>(?:19|20)\d\d)(?!\d)"

_LATEST = ("moi nhat", "gan nhat", "gan day nhat", "hien nay", "hien tai", "bay gio", "den nay", "hien gio", "luc nay")


class _Reader(NamedTuple):
    """``needs`` are words of which a text must hold one for ``pattern`` to be found there: looking for them is ten times as fast."""

    needs: tuple[str, ...]
    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], date | None], Iterator[_Read]]


_READERS: tuple[_Reader, ...] = tuple(
    _Reader(needs, re.compile(pattern), read)
    for needs, pattern, read in (
        (("19", "20"), _DAY, _month),
        ((" thang ",), rf"(?:ngay )?\d{{1,2}} thang (?P<month>\d{{1,2}})(?: nam|,)? {_YEAR}", _month),
        (("20",), rf"(?:giai doan |nhiem ky |nam hoc |thoi ky |cac nam |nhung nam )?{_FIRST_LAST}", _span),
        (
            ("20",),
            r"(?:tu|giai doan|giua)(?: nam)? (?P<first>20[0-6]\d)(?: den| toi| sang| va| -)(?: het| cuoi)?(?: nam)? "
            r"(?P<last>20[0-6]\d)(?![\d/])",
            _span,
        ),
        (
            (" nam ",),
            r"\b(?P<count>\d|hai|ba|bon|nam|muoi) nam (?:qua|gan day|vua qua|tro lai day)",
            _last_years,
        ),
        (
            ("thang", "nua"),
            rf"\b(?P<part>{'|'.join(sorted(_PARTS, key=len, reverse=True))})\b(?:,? {_SOME_YEAR})?",
            _part,
        ),
        (("quy ",), r"\bquy (?P<quarter>iv|iii|ii|i|[1-4])\s?[/-]\s?(?P<year>20[0-6]\d)(?!\d)", _quarter),
        (_MONTHS, rf"\b(?P<name>{'|'.join(_MONTHS)})(?: \d{{1,2}},?)? {_YEAR}", _english_month),
        (
            (" of 20",),
            rf"\b(?P<english>first half|second half|(?:first )?nine months|(?:first )?six months) of {_YEAR}",
            _english_part,
        ),
        (("20",), r"\b(?:thang |t)(?P<month>\d{1,2})\s?[/-]\s?(?P<year>20[0-6]\d)(?!\d)", _month),
        (("quy ",), rf"\bquy (?P<quarter>iv|iii|ii|i|[1-4])\b(?:,? {_SOME_YEAR})?", _quarter),
        (("thang ",), rf"(?<!\d )\bthang (?P<month>\d{{1,2}})(?![\d/.%])(?:,? {_SOME_YEAR})?", _month),
        (("ngay ",), r"\bngay \d{1,2}/(?P<month>\d{1,2})(?![\d/])", _month),
        (("/20",), r"(?<![\d/.,-])(?P<month>0?[1-9]|1[0-2])/(?P<year>20[0-6]\d)(?![\d/])", _month),
        (("nam 19", "nam 20"), rf"\b(?:(?:(?<!dan )(?<!dung )dau|giua|(?<!dung )cuoi) )?nam {_YEAR}", _year),
        (("19", "20"), rf"{_YEAR}{_COUNTED}", _year),
        # "2 năm sau", "những năm trước" count years from elsewhere
        (
            tuple(_RELATIVE),
            rf"(?<!\d )(?<!hai )(?<!ba )(?<!vai )(?<!may )(?<!nhieu )(?<!nhung )(?<!cac )\b(?P<relative>{'|'.join(_RELATIVE)})\b",
            _relative_year,
        ),
        (_LATEST, rf"\b(?:{'|'.join(_LATEST)})\b", _latest),
    )
)
"""Patterns over folded text, the more telling first: a later one never reads what an earlier one has."""
