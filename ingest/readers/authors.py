"""Who wrote an article, from what the page says in words or declares; nothing is guessed."""

import re
from collections.abc import Iterable

from ingest.furniture import BODY_WORDS, is_name

_WORKED = re.compile(
    r"(?:tác giả|(?:tin|bài|bài viết|tin bài|nội dung|thực hiện|phóng viên|pv)(?:\s?[,/&+-]\s?(?:ảnh|clip|video|bài))*)\s*:\s*",
    re.IGNORECASE,
)
_ROLE = re.compile(r"\s*\((?:thực hiện|ghi|lược ghi|tổng hợp|t/h|th)\)$", re.IGNORECASE)
_END = re.compile(r"\s+[|•·]\s+.*$")  # "Nội dung: Mai Lam | Thiết kế: Tú Anh"
_BODIES = re.compile(
    rf"\b(?:{BODY_WORDS}|ttxvn|bbt|btv|admin|administrator|biên tập|tổng hợp|quản trị)\b", re.IGNORECASE
)


def author_in(lines: Iterable[str]) -> str | None:
    """The author whom a line names as such: "Tác giả: Minh Hà", "Tin, ảnh: Hồng Vân"."""
    for line in lines:
        if (match := _WORKED.match(line)) and (name := person(_END.sub("", line[match.end() :]))):
            return name
    return None


def person(words: str) -> str | None:
    """A person's name or several; None for a body, an account, an address or a sentence."""
    name = _ROLE.sub("", words).strip(" .,;()")
    usable = 1 < len(name) <= 60 and "@" not in name and "/" not in name and "." not in name
    return name if usable and is_name(name) and not _BODIES.search(name) else None
