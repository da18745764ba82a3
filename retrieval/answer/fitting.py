"""Whether a figure is of the kind, time and province that a question asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from retrieval.answer.statements import Statement
from retrieval.text import fold
from retrieval.types import Expect, Figure, FigureKind, Intent, Period, Query

NUMERIC = frozenset({Expect.PERCENT, Expect.RANK, Expect.SCORE, Expect.COUNT, Expect.MONEY})
"""Kinds of answer that are figures."""


def fits(figure: Figure, query: Query) -> bool:
    """Whether a figure is of the kind, period and province that the question asks for."""
    timely = query.intent is Intent.TREND or fits_period(figure, query.periods)
    return timely and fits_kind(figure, query) and _fits_province(figure, query)


# Before a rank that is only bounded: "nhóm 10 địa phương dẫn đầu".
_GROUP = re.compile(r"(?:nhom|top|trong so)\s*$")


def is_group(statement: Statement, figure: Figure) -> bool:
    """ "nhóm 10 địa phương dẫn đầu": a bound on the rank, not the rank."""
    text = statement.article.text
    return figure.unit == "hạng" and bool(_GROUP.search(fold(text[max(0, figure.start - 10) : figure.start])))


def fits_kind(figure: Figure, query: Query) -> bool:
    match query.expects:
        case Expect.PERCENT:
            return figure.unit == "%"
        case Expect.RANK:
            return figure.unit == "hạng" or (figure.unit == "bậc" and of_change(query))
        case Expect.SCORE:
            return figure.unit in ("điểm", "%") and (figure.kind is not FigureKind.CHANGE or of_change(query))
        case Expect.MONEY:
            return figure.unit in ("đồng", "USD")
        case Expect.COUNT:
            if query.counted and figure.unit not in ("%", "hạng", "bậc", "điểm"):
                noun = fold(query.counted)
                unit = fold(figure.unit)
                return unit.startswith(noun) or noun.startswith(unit) or noun in fold(figure.label)
            # "nhóm 15 tỉnh": a bound on the rank is a count of provinces
            group = re.search(rf"\b(?:nhom|top) {re.escape(figure.shown)}\b", fold(figure.label))
            return figure.unit != "bậc" and (figure.unit != "hạng" or bool(group and query.counted))
    return True


# Words of a question that ask for a unit.
_UNITS = (
    ("điểm", re.compile(r"\bdiem\b(?! phan tram)")),
    ("hạng", re.compile(r"\b(?:hang|xep|thu may|vi tri|dung dau|dan dau|dung cuoi)\b")),
    ("%", re.compile(r"%|\b(?:ty le|ti le|ty trong|ti trong|phan tram)\b")),
)


def asked_unit(query: Query) -> str:
    """ "tỉnh nào có điểm DTI cao nhất" compares scores, "… xếp cao nhất" ranks."""
    return _unit_in(query.standalone)


@lru_cache(maxsize=256)
def _unit_in(question: str) -> str:
    asked = fold(question)
    return next((unit for unit, words in _UNITS if words.search(asked)), "")


# Words of a question that ask for a change.
_CHANGE = re.compile(r"\b(?:tang|giam|thay doi|bac|tut|chenh|bien dong|cai thien|dien bien)\b")


@lru_cache(maxsize=256)
def _speaksof_change(question: str) -> bool:
    return bool(_CHANGE.search(fold(question)))


def of_change(query: Query) -> bool:
    return query.intent is Intent.TREND or bool(query.compared) or _speaksof_change(query.standalone)


def fits_period(figure: Figure, periods: Sequence[Period]) -> bool:
    """An undated figure fits any period here; the answer says when its article came out."""
    if not periods or figure.period is None:
        return True
    return any(_meets(figure.period, asked) for asked in periods)


def _meets(stated: Period, asked: Period) -> bool:
    if asked.since is not None and stated.since is None:
        return asked.since <= stated.year <= asked.year
    return stated.year == asked.year and (not asked.part or not stated.part or asked.part == stated.part)


def _fits_province(figure: Figure, query: Query) -> bool:
    return not query.provinces or figure.province in query.provinces
