"""What a term means: the sentence that introduces it, its abbreviation spelled out, and what is said of it next."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.answer.draft import Line, shown, support
from retrieval.answer.evidence import Scored
from retrieval.answer.statements import Statement, sentence_at, sentence_spans
from retrieval.lexicon.abbreviations import meaning
from retrieval.text import fold

INTRODUCES = 0.6
"""Score that a sentence gains by saying what the term is."""

# How a term is followed where it is explained: "là", "nghĩa là", "(", ":".
_SAYS_WHAT = re.compile(r"\s*(?:là|chính là|được hiểu|nghĩa là|[-–(:])\s*")
# A sentence that ranks goes on about the province, not the term.
_RANKS = re.compile(r"\b(?:xep|dung|hang) (?:thu|hang|o)\b")
# How a sentence of a new paragraph begins that goes on about the term.
_FOLLOWS = re.compile(r"(?:Với|Đây|Mô hình|Ứng dụng|Theo đó|Hệ thống|Nền tảng|Ngay cả|Hiện nay|Người dân)\b")


def introduction(good: Sequence[Scored], term: str) -> Statement:
    """The sentence that answers best what a term (folded) is."""
    return max(good, key=lambda s: s.score + (INTRODUCES if _defines(s.statement.text, term) else 0.0)).statement


def spelled_out(term: str) -> list[Line]:
    """What an abbreviation stands for, where the lexicon knows it."""
    full = meaning(term.upper())
    return [Line(f"{term.upper()}: {full}.")] if full else []


def continuation(statement: Statement) -> list[Line]:
    """The sentence behind one, when it goes on about the same."""
    text = statement.article.text
    spans = sentence_spans(text)
    at = sentence_at(text, statement.span.start)
    if at + 1 == len(spans):
        return []
    span = spans[at + 1]
    following = Statement(statement.article_id, statement.article, span, span, story_id=statement.story_id)
    goes_on = "\n" not in text[spans[at].end : span.start] and not _RANKS.search(fold(following.text))
    if not (goes_on or _FOLLOWS.match(following.text)):
        return []
    return [Line(shown(following) + ".", (support(following),))]


def _defines(text: str, term: str) -> bool:
    folded = fold(text)
    at = folded.find(term)
    return at >= 0 and bool(_SAYS_WHAT.match(text, at + len(term)) or text[max(0, at - 1) : at] == "(")
