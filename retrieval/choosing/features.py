"""What speaks for and against a window as the answer to a question: one row of numbers, the ranker's only view of both."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

import numpy as np

from retrieval.choosing.answer_kinds import holds
from retrieval.choosing.terms import Terms, Weighed, accented, borne, features
from retrieval.choosing.windows import Window, provinces_in, years_in
from retrieval.learned import Array
from retrieval.lexicon.provinces import NATION, current_name
from retrieval.query import NUMERIC, Expects, Operation, Query
from retrieval.text import fold
from retrieval.types import Figure, FigureKind

NAMES = (
    # words
    "own", "own+next", "own+lead", "own+above", "all+title", "pairs_own", "pairs_all", "accent", "missing_most", "missing_second",
    "missing_measure", "measure_own", "measure_all", "density", "documents", "documents_missing",
    "no_name_asked", "names_own", "names_near", "names_missing",
    # search
    "score", "dense", "lexical", "found_by_search",
    # province
    "province_own", "province_inherited", "province_conflict", "province_article", "no_province_asked", "province_new_name", "extra_provinces",
    "nation_asked_told", "nation_asked_province",
    # period
    "year_own", "year_figure", "year_inherited", "year_article", "year_conflict", "no_year_asked", "undated", "extra_years",
    # kind of answer
    "kind_likely", "kind_next", "unit_fits", "unit_conflict", "kind_text", "has_figure", "numeric_without_figure", "figures",
    # target and result
    "target_wanted_has", "target_wanted_not", "plain_target", "both_has_both", "change_unasked", "change_asked",
    # indicator and level
    "indicator_same", "indicator_other", "level_same", "level_other", "level_asked_missing",
    # form
    "row", "item", "block", "length", "short", "place", "handbook", "heading", "question_mark", "list_asked_block",
    "end_same", "end_other", "end_missing", "explain", "definition_asked", "value_asked", "trend_asked_change", "compare_many", "age",
)  # fmt: skip

RELATIVE = (
    "own", "own+next", "own+lead", "own+above", "all+title", "pairs_own", "pairs_all", "measure_own", "measure_all", "density",
    "score", "dense", "lexical", "kind_likely",
)  # fmt: skip
"""Features of which a window's distance behind the best of the question is a feature too."""

ALL_NAMES = (*NAMES, *(f"{name} behind" for name in RELATIVE))

_RELATIVE_COLUMNS = [NAMES.index(name) for name in RELATIVE]

_UNITS = {
    Expects.PERCENT: ("%",),
    Expects.RANK: ("hạng", "bậc"),
    Expects.SCORE: ("điểm",),
    Expects.MONEY: ("đồng", "USD"),
}
_LEVELS = {"huyện": "huyen", "xã": "xa", "sở": "so"}


def rows(query: Query, terms: Terms, windows: Sequence[Window]) -> Array:
    """Shape (windows, features), in the order of ALL_NAMES."""
    if not windows:
        return np.zeros((0, len(ALL_NAMES)), np.float32)
    measure = _measure_keys(query)
    newest = max((w.article.published.toordinal() for w in windows if w.article.published), default=0)
    likely = holds([w.text for w in windows], query)
    after = holds([w.following for w in windows], query)
    found = [
        _row(query, terms, measure, w, newest=newest, likely_kinds=kinds)
        for w, kinds in zip(windows, zip(likely, after, strict=True), strict=True)
    ]
    return beside_best(np.array(found, dtype=np.float32))


def beside_best(found: Array) -> Array:
    """Rows of NAMES with, behind them, how far each falls behind the best in RELATIVE."""
    relative = found[:, _RELATIVE_COLUMNS]
    return np.concatenate([found, relative - relative.max(axis=0)], axis=1)


def _measure_keys(query: Query) -> frozenset[str]:
    return features(query.measure) if query.measure else frozenset()


def fits_unit(figure: Figure, expects: Expects) -> bool:
    """Whether a figure is of the unit that a kind of answer has."""
    if expects in _UNITS:
        return figure.unit in _UNITS[expects]
    return expects is not Expects.NUMBER or figure.unit not in ("%", "hạng", "bậc", "điểm")


def _share(terms: Sequence[Weighed], layer: frozenset[str]) -> float:
    total = sum(t.weight for t in terms)
    return sum(t.weight for t in terms if borne(t, layer)) / total if total else 0.0


def _row(
    query: Query, terms: Terms, measure: frozenset[str], w: Window, *, newest: int, likely_kinds: tuple[float, float]
) -> list[float]:
    text, context = w.text, w.context
    own = features(text)
    following, lead, previous, title = (
        features(t) for t in (w.following, context.lead, context.previous, w.article.title)
    )
    both = (*terms.words, *terms.pairs)
    above = own | lead | previous
    everything = above | following | title
    missing = sorted((t.weight for t in terms.words if not borne(t, everything)), reverse=True)
    missing = [*missing[:2], 0.0, 0.0]
    scale = max((t.weight for t in terms.words), default=1.0) or 1.0
    of_measure = [t for t in terms.words if t.key in measure]
    names = [t for t in terms.words if t.name]
    typed = accented(text) | accented(context.lead) | accented(w.article.title)
    folded_text = ""
    documents = 0.0
    if query.documents:
        folded_text = fold(f"{text} {context.lead} {context.previous}")
        documents = sum(fold(d) in folded_text for d in query.documents) / len(query.documents)
    row = [
        _share(both, own),
        _share(both, own | following),
        _share(both, own | lead),
        _share(both, above),
        _share(both, everything),
        _share(terms.pairs, own),
        _share(terms.pairs, everything),
        _accent(terms, own, typed) if query.accented else 1.0,
        missing[0] / scale,
        missing[1] / scale,
        max((t.weight for t in of_measure if not borne(t, everything)), default=0.0) / scale,
        _share(of_measure, own),
        _share(of_measure, everything),
        sum(1 for t in terms.words if borne(t, own)) / (len(own) ** 0.5 + 1),
        documents,
        float(bool(query.documents)) - documents,
        float(not names),
        _share(names, own),
        _share(names, everything),
        max((t.weight for t in names if not borne(t, everything)), default=0.0) / scale,
        w.signals.score,
        w.signals.dense,
        min(w.signals.lexical / 40, 2.0),
        float(w.signals.score > 0),
    ]
    return [
        *row,
        *_places(query, w),
        *_times(query, w),
        *_kinds(query, w, likely_kinds),
        *_aims(query, w),
        *_measures(query, w, own | lead),
        *_form(query, w, newest, text),
    ]


def _accent(terms: Terms, own: frozenset[str], typed: frozenset[str]) -> float:
    """Of the words that the window bears without diacritics, the share that it bears with them: "bạn" is not "bán"."""
    said = [t for t in terms.words if t.key in own]
    total = sum(t.weight for t in said)
    return sum(t.weight for t in said if t.word in typed) / total if total else 1.0


def _places(query: Query, w: Window) -> list[float]:
    own = {f.province for f in w.figures if f.province} | set(provinces_in(w.text))
    asked = set(query.provinces)
    if not asked:
        nation = query.national and not query.regions
        return [
            0.0,
            0.0,
            0.0,
            0.0,
            1.0,
            0.0,
            min(len(own), 5) / 5,
            float(nation and NATION in own),
            float(nation and bool(own) and NATION not in own),
        ]
    now = {current_name(p) for p in asked}
    inherited = set(w.context.provinces)
    is_own = bool(own & asked)
    return [
        float(is_own),
        float(not own and bool(inherited & asked)),
        float(
            (bool(own) and not is_own and own != {NATION}) or (not own and bool(inherited) and not inherited & asked)
        ),
        float(bool(set(w.article.provinces[:1]) & asked)),
        0.0,
        float(not is_own and bool((own or inherited) & now)),
        min(len(own - asked), 5) / 5,
        0.0,
        0.0,
    ]


def _times(query: Query, w: Window) -> list[float]:
    own = set(years_in(w.text))
    of_figures = {f.period.year for f in w.figures if f.period}
    asked = {y for p in query.periods for y in range(p.since or p.year, p.year + 1)}
    published = w.article.published.year if w.article.published else None
    if not asked:
        return [0.0, 0.0, 0.0, 0.0, 0.0, 1.0, float(not own), min(len(own), 5) / 5]
    stated = own | of_figures
    inherited = set(w.context.years)
    hit = bool(asked & stated)
    return [
        float(bool(asked & own)),
        float(bool(asked & of_figures)),
        float(not stated and bool(asked & inherited)),
        float(published is not None and published in asked | {y + 1 for y in asked}),
        float((bool(stated) and not hit) or (not stated and bool(inherited) and not asked & inherited)),
        0.0,
        float(not stated and not inherited),
        min(len(own - asked), 5) / 5,
    ]


def _kinds(query: Query, w: Window, likely_kinds: tuple[float, float]) -> list[float]:
    fitting = sum(p for kind, p in query.kinds if any(fits_unit(f, kind) for f in w.figures) and kind in NUMERIC)
    numeric = sum(p for kind, p in query.kinds if kind in NUMERIC)
    return [
        *likely_kinds,
        fitting,
        numeric - fitting,
        1 - numeric,
        float(bool(w.figures)),
        numeric * float(not any(c.isdigit() for c in w.text)),
        min(len(w.figures), 8) / 8,
    ]


def _aims(query: Query, w: Window) -> list[float]:
    targets = any(f.kind is FigureKind.TARGET for f in w.figures)
    done = any(f.kind in (FigureKind.RESULT, FigureKind.RANK) for f in w.figures)
    only_target = targets and not done
    change = any(f.kind is FigureKind.CHANGE for f in w.figures)
    of_change = query.operation in (Operation.TREND, Operation.DIFFERENCE)
    return [
        float(query.wants == "target" and targets),
        float(query.wants == "target" and not targets),
        float(query.wants == "" and only_target),
        float(query.wants == "both" and targets and done),
        float(change and not of_change),
        float(change and of_change),
    ]


def _measures(query: Query, w: Window, words: frozenset[str]) -> list[float]:
    named = {f.indicator for f in w.figures if f.indicator}
    asked = set(query.indicators)
    level = _LEVELS.get(query.level, "")
    others = {folded for folded in _LEVELS.values() if folded != level and folded in words and folded != "so"}
    return [
        float(bool(named & asked)),
        float(bool(asked) and bool(named) and not named & asked),
        float(bool(level) and level in words),
        float(not level and bool(others)),
        float(bool(level) and level not in words),
    ]


_BEST = re.compile(r"cao nhat|dan dau|dung dau|nhieu nhat|tot nhat|thu nhat|hang nhat|lon nhat|vi tri 1\b|top 1\b")
_WORST = re.compile(r"thap nhat|xep cuoi|dung cuoi|cuoi bang|cuoi cung|kem nhat|it nhat|cham nhat|yeu nhat")


def _says(text: str, end: re.Pattern[str]) -> bool:
    return end.search(fold(text)) is not None


def _form(query: Query, w: Window, newest: int, text: str) -> list[float]:
    operation = query.operation
    best, worst = _says(text, _BEST), _says(text, _WORST)
    same, other = (best, worst) if query.best else (worst, best)
    age = (newest - w.article.published.toordinal()) / 365 if w.article.published and newest else 1.0
    return [
        float(w.kind == "row"),
        float(w.kind == "item"),
        float(w.kind == "block"),
        math.log(max(len(text), 8)) - 4.5,
        float(len(text) < 40),
        w.span.start / max(len(w.article.text), 1),
        float(w.article_id < 0),
        float(len(text) < 120 and text[-1:] not in ".!?…;,:)" and w.kind == "sentence"),
        float(text.endswith("?")),
        float(operation is Operation.LIST and w.kind == "block"),
        float(query.ended and same),
        float(query.ended and other and not same),
        float(query.ended and not same and not other),
        float(operation is Operation.EXPLAIN),
        float(operation is Operation.DEFINITION),
        float(operation is Operation.VALUE),
        float(operation is Operation.TREND and any(f.kind is FigureKind.CHANGE for f in w.figures)),
        float(operation is Operation.COMPARE and len(set(provinces_in(text))) > 1),
        min(age, 6.0),
    ]
