"""Who published a page, from what the page says of itself; nothing is guessed."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

_DOMAIN = re.compile(
    r"(?<![\w/.-])(?:https?://)?(?:www\.)?((?:[a-z0-9-]+\.){1,3}(?:vn|com|net|org))(?![\w.-]*@)(?=[/\s,;:)\]]|$)",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[\w.+-]+@((?:[\w-]+\.)+\w{2,})")
_FREE_MAIL = frozenset("gmail.com yahoo.com yahoo.com.vn hotmail.com outlook.com icloud.com".split())
_NOT_PUBLISHERS = re.compile(
    r"(?:facebook|youtube|google|zalo|tiktok|twitter|instagram|apple|dichvucong\.gov)\b", re.IGNORECASE
)
_FOLLOW = re.compile(r"Theo dõi\s+((?:Báo|Tạp chí|Đài|Cổng|Trang)\s.{2,50}?)\s+trên\b")
_RIGHTS = re.compile(
    r"(?:©|®|[Bb]ản quyền|Copyright)[\s\d©]*(?:by|của|thuộc(?: về)?|về)?\s*:?\s*((?:Báo|Tạp chí|Đài|Cổng|Trang) [^.,;|©-]{2,60})"
)
_OWN_NAME = re.compile(r"((?:Báo(?: điện tử)?|Tạp chí(?: điện tử)?|Thông tấn xã) (?=[^\W\d_])[^.,;:|©]{2,50})")
_DATELINE = re.compile(r"^\W{0,2}([A-ZĐ][\w.]{1,14}(?: Online)?)\)?\s*[-–—]\s*\S")
# The marks under which the national papers open their stories.
_MARKS = {
    "NDO": "Báo Nhân Dân",
    "TTXVN": "Thông tấn xã Việt Nam",
    "BNEWS": "BNEWS (TTXVN)",
    "VOV": "VOV",
    "TTO": "Báo Tuổi Trẻ",
    "TNO": "Báo Thanh Niên",
    "NLĐO": "Báo Người Lao Động",
    "SGGPO": "Báo Sài Gòn Giải Phóng",
    "HNMO": "Báo Hànộimới",
    "QĐND": "Báo Quân đội nhân dân",
    "CAND": "Báo Công an nhân dân",
    "PLO": "Báo Pháp luật TP. Hồ Chí Minh",
    "ĐCSVN": "Báo điện tử Đảng Cộng sản Việt Nam",
}
_LINE_LIMIT = 160  # characters; longer lines are sentences, which name other bodies


def publisher_of(page: Iterable[str], first_line: str) -> str | None:
    """The publisher that the lines around the story name, else its domain, else the mark that opens the story.

    ``page`` must not hold the story itself: the papers and sites that a story names did not publish it.
    """
    lines = [line for line in page if line and len(line) <= _LINE_LIMIT]
    for pattern in (_FOLLOW, _RIGHTS):
        for line in lines:
            if match := pattern.search(line):
                return match[1].strip()
    papers = {line for line in lines if _OWN_NAME.fullmatch(line) and _is_proper(line)}
    if len(papers) == 1:  # several are links to others
        return papers.pop()
    for line in lines:
        if domain := _domain_in(line):
            return domain
    return _dateline_mark(first_line)


def domain_of(url: str) -> str | None:
    """ "https://www.baobacninh.vn/x.html" -> "baobacninh.vn"."""
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname
    except ValueError:  # "http://[" and the like
        return None
    return host.removeprefix("www.").removeprefix("m.") if host and "." in host else None


def _is_proper(name: str) -> bool:
    """ "Báo Quảng Ninh", not "Báo in" or "Tạp chí của các bộ"."""
    words = name.removeprefix("Báo điện tử ").removeprefix("Tạp chí điện tử ").split()
    return words[-1][0].isupper() or (len(words) > 1 and words[1][0].isupper())


def _domain_in(line: str) -> str | None:
    found = [match[1].lower() for match in _EMAIL.finditer(line)] + [
        match[1].lower() for match in _DOMAIN.finditer(line)
    ]
    usable = (name for name in found if name not in _FREE_MAIL and not _NOT_PUBLISHERS.search(name))
    return next((domain_of(name) for name in usable), None)


def _dateline_mark(line: str) -> str | None:
    if not (match := _DATELINE.match(line)):
        return None
    mark = match[1].removesuffix(" Online")
    if "." in mark and _DOMAIN.fullmatch(mark):
        return mark.lower()
    return _MARKS.get(mark)
