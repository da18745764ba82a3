"""The last look before a user sees an answer: a line whose figure its quotes do not bear, for the same province and
period, is removed.

Works on the text as it will be read, so that it judges our own lines and a model's alike. A line passes when each number
in it stands in one of its quotes (or is marked as computed), when each province it names is one that its quotes, its
figures or its articles speak of, and when each year in it stands in a quote or is the period of one of its figures. A
number that is the value of a ledger figure must be bound to the province and year that the line names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from retrieval.answer.draft import Draft, Line, Support
from retrieval.lexicon.provinces import ProvinceMention, canonical, find_provinces
from retrieval.text import nfc
from retrieval.types import Figure

_NUMBER = re.compile(r"\d+(?:[.,/]\d+)*")
_YEAR = re.compile(r"(?:19|20)\d{2}$")


def verify(draft: Draft) -> Draft:
    """The draft without the lines that fail; unanswered when no line with a source is left."""
    kept = tuple(line for line in draft.lines if holds(line))
    if not draft.answered:
        return draft
    sourced = any(line.supports for line in kept)
    return replace(draft, lines=kept, answered=sourced) if sourced else Draft(False, ())


def holds(line: Line) -> bool:
    """Whether a line says nothing that its supports do not bear."""
    text = nfc(line.text)
    if not line.supports:
        return all(n in line.computed for n in _NUMBER.findall(text)) and not (
            find_provinces(text) and _NUMBER.search(text) and not line.computed
        )
    quotes = [nfc(s.text) for s in line.supports]
    named = find_provinces(text)
    for period in {str(f.period) for s in line.supports for f in s.figures if f.period}:
        text = text.replace(period, "")
    return (
        all(_number_holds(n, quotes, line) for n in _NUMBER.findall(text))
        and all(_province_holds(p, quotes, line.supports) for p in named)
        and all(_bound(f, text, named, line.supports) for s in line.supports for f in s.figures if f.shown in text)
    )


def _number_holds(number: str, quotes: Sequence[str], line: Line) -> bool:
    if number in line.computed:
        return True
    if _YEAR.fullmatch(number):
        periods = {
            str(y) for s in line.supports for f in s.figures if f.period for y in (f.period.year, f.period.since)
        }
        return number in periods or any(
            number in _NUMBER.findall(q) or re.search(rf"(?<!\d){number}(?!\d)", q) for q in quotes
        )
    return any(number in _NUMBER.findall(q) for q in quotes)


def _province_holds(mention: ProvinceMention, quotes: Sequence[str], supports: Sequence[Support]) -> bool:
    known = {f.province for s in supports for f in s.figures} | {
        p for s in supports for p in s.statement.article.provinces
    }
    return mention.name in known or any(p.name == mention.name for q in quotes for p in find_provinces(q))


def _bound(figure: Figure, text: str, named: Sequence[ProvinceMention], supports: Sequence[Support]) -> bool:
    """A ledger figure that the line shows belongs to the province and the year that the line names."""
    names = {p.name for p in named}
    known = canonical(figure.province) or figure.province
    if (
        names
        and known not in names
        and not any(known in {f.province} and f.province in names for s in supports for f in s.figures)
    ):
        return False
    years = {int(n) for n in _NUMBER.findall(text) if _YEAR.fullmatch(n)}
    if figure.period is None or not years:
        return True
    said = {figure.period.year, figure.period.since or figure.period.year}
    quoted = {int(n) for s in supports for n in _NUMBER.findall(s.text) if _YEAR.fullmatch(n)}
    return bool(years & said) or years <= quoted
