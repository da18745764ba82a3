"""Figures of the ledger for a question: which measure is meant, who has it, when; and the only judge of absence.

A figure is handed out as ``Told``: with the window of the article that states it, so that it can be quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from retrieval.choosing.features import fits_unit
from retrieval.choosing.ranker import Choice
from retrieval.choosing.select import asked_provinces
from retrieval.choosing.windows import Window, collected, from_figures
from retrieval.lexicon.indicators import catalogue, is_index
from retrieval.lexicon.provinces import NATION
from retrieval.library import Library, StoredFigure
from retrieval.query import NUMERIC, Expects, Query
from retrieval.text import fold
from retrieval.types import Figure, FigureKind, Period

NEAR_TOP = 8
"""Windows, best first, whose figures may say which measure is meant."""

ALIKE = 900
"""Figures of one measure that are looked at."""


@dataclass(frozen=True, slots=True)
class Told:
    """A figure and where it is told."""

    figure: Figure
    window: Window

    @property
    def value(self) -> float:
        return self.figure.value

    @property
    def published(self) -> int:
        """Day of the article as an ordinal, 0 where unknown."""
        return self.window.article.published.toordinal() if self.window.article.published else 0


@dataclass(frozen=True, slots=True)
class Measure:
    """What is measured: an id of the catalogue, or the folded label of a figure that has none; its unit and scope."""

    indicator: str
    label: str
    unit: str
    scope: str

    def is_of(self, figure: Figure) -> bool:
        return measure_of(figure) == self


def measure_of(figure: Figure) -> Measure:
    label = "" if figure.indicator else fold(figure.label.rpartition(" › ")[2])
    return Measure(figure.indicator, label, figure.unit, figure.scope)


def anchor(library: Library, query: Query, choice: Choice) -> Measure | None:
    """The measure that a question is about: of the unit expected, of the indicator named, else as the best windows have it."""
    named = _of_named(library, query)
    if named is not None:
        return named
    for chosen in choice.ranked[:NEAR_TOP]:
        for figure, likely in chosen.figures:
            unit_meant = query.expects not in NUMERIC or fits_unit(figure, query.expects)
            if likely > 0.15 and unit_meant and figure.kind is not FigureKind.CHANGE:
                return measure_of(figure)
    return None


def _of_named(library: Library, query: Query) -> Measure | None:
    """The indicator that a question names, in the unit that it expects or that the ledger has most of."""
    if not query.indicators:
        return None
    indicator = query.indicators[0]
    years = [p.year for p in query.periods]
    found = library.figures(provinces=asked_provinces(query), indicators=(indicator,), years=years, limit=ALIKE)
    found = found or library.figures(indicators=(indicator,), years=years, limit=ALIKE)
    usable = [s.figure for s in found if s.figure.kind is not FigureKind.CHANGE and s.figure.unit != "bậc"]
    clear = query.expects in NUMERIC and query.kinds[0][1] >= CLEAR_UNIT and not unit_said(query)
    if clear and not any(fits_unit(f, query.expects) for f in usable):
        return None  # a share of "kinh tế số" is none of its ranks
    expected = [*unit_said(query), *(e for e, likely in query.kinds if e in NUMERIC and likely > 0.2)]
    for expects in expected:
        fitting = [f for f in usable if fits_unit(f, expects)]
        if fitting:
            usable = fitting
            break
    if not usable:
        return None
    if is_index(indicator) and not any(e in (Expects.SCORE, Expects.PERCENT) for e in expected):
        usable = [f for f in usable if f.unit == "hạng"] or usable
    measures = [measure_of(f) for f in usable]
    level = scope_of(query)
    return max(
        dict.fromkeys(measures), key=lambda m: (bool(level) and level in m.scope, measures.count(m), m.scope == "")
    )


CLEAR_UNIT = 0.6
"""Likelihood of the kind of answer from which figures of other units are none."""

_SCOPES = ("cap tinh", "cap huyen", "cap xa")


def scope_of(query: Query) -> str:
    """The level of government that a question names, as scopes of figures have it; "" where it names none."""
    measure = fold(query.measure)
    said = next((scope for scope in _SCOPES if scope in measure), "")
    return said or {"huyện": "cap huyen", "xã": "cap xa"}.get(query.level, "")


_UNIT_WORDS = {"diem": Expects.SCORE, "ty le": Expects.PERCENT, "ty trong": Expects.PERCENT, "phan tram": Expects.PERCENT,
               "hang": Expects.RANK, "thu hang": Expects.RANK}  # fmt: skip


def unit_said(query: Query) -> list[Expects]:
    """The unit that the measure's own words say: "điểm DTI" is a score whatever kind of thing is asked for."""
    measure = f" {fold(query.measure)} "
    return [expects for words, expects in _UNIT_WORDS.items() if f" {words} " in measure]


def alike(
    library: Library, measure: Measure, provinces: Sequence[str] = (), periods: Sequence[Period] = ()
) -> list[Told]:
    """All figures of a measure, of ``provinces`` and ``periods`` where any are given; national figures and averages are
    nobody's."""
    if measure.indicator:
        found = library.figures(provinces=provinces, indicators=(measure.indicator,), limit=ALIKE)
    else:
        found = library.figures(provinces=provinces, text=measure.label, limit=ALIKE // 3)
    wanted = [
        s
        for s in found
        if measure.is_of(s.figure)
        and s.figure.province not in ("", NATION)
        and s.figure.bound != "unsure"
        and (not periods or (s.figure.period is not None and any(s.figure.period.meets(p) for p in periods)))
    ]
    return [t for t in told(library, wanted) if t.figure.kind is FigureKind.TARGET or not is_bound(t)]


# Before a rank that is only bounded: "nhóm 10 địa phương dẫn đầu".
_GROUP = re.compile(r"(?:nhom|top|trong so)\s*$")


def is_bound(one: Told) -> bool:
    """ "nhóm 10 địa phương dẫn đầu": a bound on the rank, not the rank."""
    figure, text = one.figure, one.window.article.text
    return figure.unit == "hạng" and bool(_GROUP.search(fold(text[max(0, figure.start - 10) : figure.start])))


def told(library: Library, found: Iterable[StoredFigure]) -> list[Told]:
    """Figures with their windows, in the order given."""
    found = list(found)
    windows = collected(library, from_figures(library, found))
    places = {(w.article_id, f.start, f.indicator, f.province): Told(f, w) for w in windows for f in w.figures}
    keys = ((s.article_id, s.figure.start, s.figure.indicator, s.figure.province) for s in found)
    return [places[key] for key in dict.fromkeys(keys) if key in places]


# --- absence ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the ledger has near a question it cannot answer: the measure's name, its years for the provinces asked about,
    the provinces that have it (in the years asked about), whether only targets are told, and whether figures of the very
    measure, provinces and years are, of which none was taken for the answer."""

    name: str
    years: tuple[int, ...] = ()
    provinces: tuple[str, ...] = ()
    only_targets: bool = False
    told: bool = False


def holdings(library: Library, query: Query) -> Holdings | None:
    """What is held of the indicator asked about; None where none is named. What was asked is never listed."""
    if not query.indicators:
        return None
    indicator = query.indicators[0]
    provinces = asked_provinces(query)
    own = [s.figure for s in library.figures(provinces=provinces, indicators=(indicator,), limit=400)]
    own = [f for f in own if f.kind is not FigureKind.CHANGE]
    asked = {y for p in query.periods for y in _years(p)}
    years = sorted({f.period.year for f in own if f.period} - asked) if provinces and asked else []
    timely = [f for f in own if not asked or (f.period and f.period.year in asked)]
    targets = bool(timely) and all(f.kind is FigureKind.TARGET for f in timely)
    others = [
        s.figure.province
        for s in library.figures(indicators=(indicator,), years=sorted(asked), limit=400)
        if s.figure.province not in (*provinces, "", NATION)
    ]
    return Holdings(catalogue()[indicator].name, tuple(years), tuple(dict.fromkeys(others)), targets, bool(timely))


def _years(period: Period) -> range:
    return range(period.since or period.year, period.year + 1)


def states(library: Library, query: Query) -> bool:
    """Whether the ledger has a figure of the very province and indicator, of the period asked about if any, and of the kind
    that was asked for."""
    if query.level or not (query.indicators and query.provinces and query.expects in NUMERIC):
        return False
    found = library.figures(
        provinces=query.provinces, indicators=query.indicators, years=[p.year for p in query.periods], limit=50
    )
    return any(
        f.kind is not FigureKind.CHANGE
        and (not query.periods or (f.period is not None and any(f.period.meets(p) for p in query.periods)))
        and (query.wants != "target" or f.kind is FigureKind.TARGET)
        and fits_unit(f, query.expects)
        for f in (s.figure for s in found)
    )
