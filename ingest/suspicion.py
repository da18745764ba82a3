"""Pages that answer as if all were well, and are not the article any more: soft 404s, captchas, logins, home pages.

The article that the library holds is better than any of them. An update is believed unless it says hardly anything of what
was there before *and* looks like something else; who means it all the same removes the article first.
"""

from ingest.topic import why_off_topic
from retrieval.library.stories import contained, shingles
from retrieval.text import fold
from retrieval.types import Article

UNLIKE = 0.2
"""Share of the shorter text's shingles that the other holds: an article that was worked over keeps more."""
MOVED = 0.5
"""The same, of a page that leads to another address: the home page of a site uses the same words as its articles."""
TEASER = 0.33
"""Of the length: what is left of an article behind a wall."""
LONG = 600
"""Characters of an article that can be cut to a teaser; a shorter one may be cut by its authors."""

_NOTICES = (
    "khong tim thay trang",
    "trang khong ton tai",
    "khong ton tai hoac da",
    "da bi go bo",
    "da bi xoa",
    "duong dan khong dung",
    "page not found",
    "error 404",
    "loi 404",
    "kiem tra trinh duyet",
    "bat javascript",
    "enable javascript",
    "verify you are human",
    "khong phai la robot",
    "khong phai robot",
    "ma xac nhan",
    "captcha",
    "truy cap bi tu choi",
    "access denied",
    "dang nhap de",
    "vui long dang nhap",
    "dang bao tri",
    "tam ngung phuc vu",
)
_NOTICE_WITHIN = 1500  # characters; a longer text is an article that speaks of such things


def why_suspicious(held: Article, came: Article) -> str:
    """Why ``came``, which was found where ``held`` stood, is not believed to be its update; "" when it is."""
    likeness = contained(shingles(held.text), shingles(came.text))
    if likeness >= UNLIKE:
        if len(held.text) >= LONG and len(came.text) < TEASER * len(held.text):
            return f"only {len(came.text)} of {len(held.text)} characters are left: a wall, or a page cut short"
        return ""
    if notice := _notice(came):
        return f'it says "{notice}" and nothing of the article'
    if not why_off_topic(held.title, held.text) and why_off_topic(came.title, came.text):
        return "it is on something else, and not about digital transformation"
    if len(came.text) < len(held.text) / 2:
        return "it says nothing of the article, and is much shorter"
    if fold(came.title) != fold(held.title):
        return "it is another text under another title"
    return ""


def why_another(held: Article, came: Article) -> str:
    """Why ``came``, to which the address of ``held`` leads now, is not the same story moved; "" when it is."""
    if contained(shingles(held.text), shingles(came.text)) >= MOVED:
        return ""
    return f'it leads to another page now, "{came.title}" ({came.address})'


def _notice(article: Article) -> str:
    if len(article.text) > _NOTICE_WITHIN:
        return ""
    said = fold(f"{article.title}\n{article.text}")
    return next((notice for notice in _NOTICES if notice in said), "")
