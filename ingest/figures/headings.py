"""Lines that head what stands below them: "Vĩnh Long", "II. PHƯƠNG HƯỚNG NĂM 2025", "1. Chính quyền số", "Mục tiêu đến năm 2030:".

A line rules until one of its own level or above: Roman numerals above numbers above letters above plain lines above heads that end in ":",
which rule the list below them.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.figures.sentence import Heading, Sentence
from retrieval.lexicon.indicators import is_index
from retrieval.text import fold

LONGEST = 120
"""Characters of a line that may head others."""

LIST_HEAD = 9
"""The level of a line that ends in ":"."""

_LEVELS = (
    (1, re.compile(r"(?:phan |muc |chuong )?(?:[ivx]{1,4}|thu \w+)[.)/:-]\s|phan \w+[.:]? ")),
    (2, re.compile(r"\d{1,2}[.)]\s")),
    (3, re.compile(r"(?:\d{1,2}\.\d{1,2}[.)]?|[a-z][.)])\s")),
)
_PLAIN = 4
_CLOSED = (".", "!", "?", ";", ",", "…", '"', "”", ")")
_BULLETS = ("-", "–", "+", "•", "*")
_AIMS = re.compile(
    r"\b(?:muc tieu|phuong huong|dinh huong|phan dau|tam nhin|lo trinh|chi tieu (?:den|nam|phan dau|chu yeu)|ke hoach (?:den|nam))\b"
)
_TELLS = re.compile(r"\b(?:ket qua|thuc trang|hien trang|thanh tuu|da dat|tinh hinh|han che|ton tai|thuc hien nam)\b")


Headings = tuple[tuple[int, Heading], ...]
"""The lines that rule a place, by level, outermost first."""


def level_of(line: str, *, is_whole: bool) -> int:
    """The level at which a line heads what follows, 0 when it heads nothing. ``is_whole``: the line is one sentence."""
    if not is_whole or len(line) > LONGEST or line.startswith(_BULLETS) or "|" in line:
        return 0
    if line.endswith(":"):
        return LIST_HEAD
    if line.endswith(_CLOSED):
        return 0
    folded = fold(line)
    return next((level for level, mark in _LEVELS if mark.match(folded)), _PLAIN)


def heading_of(sentence: Sentence) -> Heading:
    """What a heading names: one province, one time, what is aimed at or told, one index."""
    provinces = {p.name for p in sentence.provinces}
    periods = [p for p in sentence.mentions if p.role not in ("document", "compared", "latest", "since")]
    aims, tells = _AIMS.search(sentence.folded), _TELLS.search(sentence.folded)
    indexes = [m.id for m in sentence.indicators if is_index(m.id)]
    return Heading(
        province=provinces.pop() if len(provinces) == 1 else "",
        period=periods[-1].period if len({p.period for p in periods}) == 1 else None,
        until=bool(periods) and periods[-1].role == "until",
        target=False if tells else True if aims else None,
        index=indexes[0] if len(set(indexes)) == 1 else "",
    )


def put_under(headings: Headings, level: int, heading: Heading) -> Headings:
    """The headings in force after one more."""
    return (*((at, known) for at, known in headings if at < level), (level, heading))


def without_lists(headings: Headings) -> Headings:
    """The headings in force where a list has ended."""
    return tuple((at, known) for at, known in headings if at < LIST_HEAD)


def in_force(headings: Sequence[tuple[int, Heading]]) -> Heading:
    """What they say together, the innermost first."""
    whole = Heading()
    for _, heading in headings:
        whole = replace(
            whole,
            province=heading.province or whole.province,
            period=heading.period or whole.period,
            until=heading.until if heading.period else whole.until,
            target=whole.target if heading.target is None else heading.target,
            index=heading.index or whole.index,
        )
    return whole
