"""What may answer a question: the windows of the passages that search finds, and those that state figures of the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from retrieval.choosing import windows as win
from retrieval.choosing.terms import Terms, weigh
from retrieval.choosing.windows import Window
from retrieval.handbook import entries
from retrieval.lexicon.abbreviations import spell_out
from retrieval.lexicon.provinces import find_provinces
from retrieval.lexicon.regions import provinces_of
from retrieval.library import Library, StoredFigure
from retrieval.query import NUMERIC, Operation, Query
from retrieval.search import search
from retrieval.text import fold
from retrieval.types import Embedder, Passage, Reranker

PASSAGES = 10
PER_ARTICLE = 4
BY_WORDS = 30
BY_INDICATOR = 40
"""Passages found, of one article at most, and figures that the ledger gives by words and by indicator."""

MOST_WINDOWS = 240
LEAD = 4000
"""Characters of an article in which it names several provinces if it is about several."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Everything that may answer one question, unordered; ``passages`` are what search found, best first; ``dropped`` are
    windows that speak of others only."""

    query: Query
    terms: Terms
    windows: tuple[Window, ...]
    passages: tuple[Passage, ...] = ()
    dropped: tuple[Window, ...] = ()


def select(library: Library, embedder: Embedder, query: Query, reranker: Reranker | None = None) -> Candidates:
    """At most MOST_WINDOWS windows, those that search found first."""
    terms = weigh(query.terms, library.document_frequencies, library.size())
    text = spell_out(query.standalone)
    passages = search(
        library,
        embedder,
        text,
        limit=PASSAGES,
        provinces=asked_provinces(query),
        per_article=PER_ARTICLE,
        reranker=reranker,
    )
    found = [*win.from_passages(library, passages), *win.from_figures(library, _figures(library, query))]
    windows = [*win.collected(library, found[:MOST_WINDOWS]), *entries(query, text)]
    kept: list[Window] = []
    dropped: list[Window] = []
    for window in windows:
        (kept if may_speak(window, query) else dropped).append(window)
    kept.sort(key=lambda w: (w.article_id, w.span.start, w.span.end))
    return Candidates(query, terms, tuple(kept), tuple(passages), tuple(dropped))


def asked_provinces(query: Query) -> tuple[str, ...]:
    """The provinces that a question names, by themselves or by their region."""
    named = [*query.provinces, *(p for region in query.regions for p in provinces_of(region))]
    return tuple(dict.fromkeys(named))


def _figures(library: Library, query: Query) -> list[StoredFigure]:
    provinces = asked_provinces(query)
    words = " ".join(t.folded for t in query.terms if t.weight > 0.3)
    found = library.figures(provinces=provinces, text=words, limit=BY_WORDS) if words else []
    if query.indicators:
        years = [p.year for p in query.periods]
        found += library.figures(
            provinces=provinces, indicators=query.indicators, years=years, undated=True, limit=BY_INDICATOR
        )
        if years:
            found += library.figures(provinces=provinces, indicators=query.indicators, limit=BY_INDICATOR // 2)
    return found


def may_speak(window: Window, query: Query) -> bool:
    """Whether a window is not of other things than those asked about: one that names other provinces only, or stands where
    others are spoken of, answers for none of these, however well its words fit; nor does an article on 5G for 6G, or a row of
    a table for a cause."""
    if not all(code in fold(f"{window.article.title} {window.article.text}") for code in _codes(query)):
        return False
    states_only = window.kind == "row" or (window.article.rendered and window.article_id >= 0)
    if not _is_timely(window, query) or (query.operation is Operation.EXPLAIN and states_only):
        return False
    asked = set(asked_provinces(query))
    if not asked:
        return True
    told_of = {f.province for f in window.figures if f.province}
    named = set(win.provinces_in(window.text))
    if (told_of | named) & asked:
        return True
    if told_of or (named and any(c.isdigit() for c in window.text)):
        return False
    around = set(window.context.provinces) | set(window.article.provinces[:1])
    if set(window.context.provinces) - asked and set(window.context.provinces) & asked:
        return False  # "A, B và C … Mức trung bình là 0,63": of none of them in particular
    if around or named:
        return bool(around & asked)
    return not _names_many(window.article.text[:LEAD])  # what an article on many says of none is said of all of them


@lru_cache(maxsize=512)
def _names_many(text: str) -> bool:
    return len({m.name for m in find_provinces(text)}) > 1


def _is_timely(window: Window, query: Query) -> bool:
    """Whether a window that states years states one that was asked about, where one value of a year is asked for."""
    if query.operation is not Operation.VALUE or query.expects not in NUMERIC or not query.periods:
        return True
    asked = {y for p in query.periods for y in range(p.since or p.year, p.year + 1)}
    spans = [f.period for f in window.figures if f.period]
    if spans and any(p.part for p in query.periods) and not any(s.meets(p) for s in spans for p in query.periods):
        return False
    stated = {y for p in spans for y in range(p.since or p.year, p.year + 1)} | set(win.years_in(window.text))
    return not stated or bool(stated & asked)


def _codes(query: Query) -> list[str]:
    """Names of letters and digits ("6g", "ipv6"), folded: nothing else is meant by them."""
    return [t.folded for t in query.terms if any(c.isdigit() for c in t.folded) and any(c.isalpha() for c in t.folded)]


def told_once(windows: Sequence[Window]) -> list[Window]:
    """Without what a copy of the same story says again: what comes first is kept."""
    first: dict[object, int] = {}
    kept = []
    for window in windows:
        key = (window.voice, fold(" ".join(window.text.split())))
        if first.setdefault(key, window.article_id) == window.article_id:
            kept.append(window)
    return kept
