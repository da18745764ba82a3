"""Dates of publication as Vietnamese pages print them: "Thứ 2, 17/07/2023 | 14:15 [GMT +7]", "ngày 3 tháng 5 năm 2024"."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import NamedTuple

_VIETNAM = timezone(timedelta(hours=7))
_FIRST_YEAR, _LAST_YEAR = 1995, 2100  # the country's first online papers; beyond the other lies a misreading

_NUMERIC = r"(?<!\d)(?P<d>\d{1,2})\s?(?P<mark>[/.-])\s?(?P<m>\d{1,2})\s?(?P=mark)\s?(?P<y>\d{4})(?!\d)"
_ISO = r"(?<!\d)(?P<iy>\d{4})[-/](?P<im>\d{1,2})[-/](?P<id>\d{1,2})(?!\d)"
_SPELT = r"(?<!\d)(?P<sd>\d{1,2})\s+tháng\s+(?P<sm>\d{1,2})\s*,?\s+(?:năm\s+)?(?P<sy>\d{4})(?!\d)"
_MONTH_FIRST = r"tháng\s+(?P<tm>\d{1,2})\s+(?P<td>\d{1,2})\s*,\s*(?P<ty>\d{4})(?!\d)"
_DATE = re.compile("|".join((_NUMERIC, _ISO, _SPELT, _MONTH_FIRST)), re.IGNORECASE)

_CLOCK = r"(?<!\d)\d{1,2}\s?(?:[:hg]|giờ)\s?\d{2}(?:\s?(?::|phút)\s?\d{0,2})?(?:\s?(?:am|pm|sa|ch)\b)?"
_WEEKDAY = r"\b(?:thứ\s*(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ\s*nhật|t[2-7]|cn)\b"
_LABEL = (
    r"\b(?:ngày\s+(?:đăng|xuất bản|cập nhật|tạo)|đăng\s+(?:lúc|ngày)|cập nhật(?:\s+(?:lúc|ngày|lần cuối))?|xuất bản)\b"
)
_SIGNS = re.compile(
    f"(?P<label>{_LABEL})|(?P<sign>{_CLOCK}|{_WEEKDAY}|\\(?\\[?\\bGMT\\s*\\+?\\s*\\d*(?::00)?| [•·|] )", re.IGNORECASE
)
_FILLERS = re.compile(
    r"\b(?:ngày|lúc|giờ việt nam|giờ|a a|(?:số\s+)?lượt (?:xem|đọc)\s*:?\s*[\d.]*|[\d.]+ (?:lượt (?:xem|đọc)|phút đọc))\b"
    r"|[^\w\s]",
    re.IGNORECASE,
)
_UPDATED = re.compile(r"\bcập nhật\b", re.IGNORECASE)
_LINE_LIMIT = 120  # characters; a longer line is a sentence
_BARE_WITHIN = 4  # lines below the title; further on, a date alone heads an entry of a timeline
_NAME_LIMIT = 6  # words left beside the date: an author, a paper, a place

_PACKED = re.compile(r"(?<!\d)(20\d{2})(0[1-9]|1[0-2])([0-2]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d[0-5]\d")
_IN_PATH = re.compile(r"/(20\d{2})[/-](\d{1,2})[/-](\d{1,2})(?=[/-])")


class Stamp(NamedTuple):
    """A line that only says when. ``labelled``: it calls itself the date of publication; ``bare``: a date, no more."""

    day: date
    labelled: bool
    bare: bool


def read_date(text: str) -> date | None:
    """The first date in ``text``, day before month; None when there is none that the calendar knows."""
    for match in _DATE.finditer(text):
        parts = match.groupdict()
        for prefix in ("", "i", "s", "t"):
            if parts[f"{prefix}y"]:
                if found := _day(parts[f"{prefix}y"], parts[f"{prefix}m"], parts[f"{prefix}d"]):
                    return found
                break
    return None


def read_stamp(line: str) -> Stamp | None:
    """The stamp that ``line`` is: a date with a clock, a weekday or a label, and at most a name beside it."""
    if len(line) > _LINE_LIMIT or not any(map(str.isdigit, line)) or (day := read_date(line)) is None:
        return None
    rest = _DATE.sub(" ", line)
    signs = list(_SIGNS.finditer(rest))
    words = _FILLERS.sub(" ", _SIGNS.sub(" ", rest)).split()
    if words and (
        not signs or line.endswith(".") or len(words) > _NAME_LIMIT or not all(w[0].isupper() for w in words)
    ):
        return None
    return Stamp(day, labelled=any(sign["label"] for sign in signs), bare=not signs)


def read_machine_date(value: str) -> date | None:
    """The day, in Vietnam, that a meta tag or JSON-LD means: ISO 8601, RFC 2822 or as people write it."""
    value = value.strip()
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        try:
            moment = parsedate_to_datetime(value)
        except (ValueError, IndexError, OverflowError):
            return read_date(value)
    if moment.tzinfo is not None and _FIRST_YEAR < moment.year <= _LAST_YEAR:  # "0001-01-01", "9999-12-31" say nothing
        moment = moment.astimezone(_VIETNAM)
    return _day(moment.year, moment.month, moment.day)


def date_in_address(address: str) -> date | None:
    """The day in ".../2024/10/17/..." or in a content system's stamp such as "...-20241017104512345.htm"."""
    match = _PACKED.search(address) or _IN_PATH.search(address)
    return _day(match[1], match[2], match[3]) if match else None


def published_on(lines: Sequence[str], title: int, ends: int) -> date | None:
    """The date of the article whose title is ``lines[title]`` and whose body ends before ``lines[ends]``.

    The nearest stamp after the title, else one above that calls itself the date of publication: a bare one above is as
    likely the page's clock, which shows the day of the visit. Stamps past the end belong to other stories.
    """
    for distance, line in enumerate(lines[title + 1 : ends]):
        stamp = read_stamp(line)
        if stamp and (distance < _BARE_WITHIN or not stamp.bare):
            return stamp.day
    above = (read_stamp(line) for line in reversed(lines[: max(title, 0)]))
    return next((stamp.day for stamp in above if stamp and stamp.labelled), None)


def updated_on(lines: Iterable[str], published: date | None) -> date | None:
    """The day of an update that a line names as such, after the day of publication: "Cập nhật: 9/10/2024"."""
    for line in lines:
        stamp = read_stamp(line) if _UPDATED.search(line) else None
        if stamp and published and stamp.day > published:
            return stamp.day
    return None


def _day(year: int | str, month: int | str, day: int | str) -> date | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if _FIRST_YEAR <= found.year <= _LAST_YEAR else None
