"""Questions near to a refused one that this library does answer: written from its ledger, then really asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

from retrieval.answer.draft import Draft
from retrieval.answer.phrasing import leader_question, overview_question, value_question
from retrieval.lexicon.indicators import catalogue
from retrieval.lexicon.provinces import current_name, merged_from
from retrieval.library import Library
from retrieval.query import Expects, Query
from retrieval.text import fold
from retrieval.types import Figure, FigureKind

MOST = 3
TRIES = 5
"""Questions offered, and asked at most to find them: each costs a run of the chain (20 ms)."""

NEAR = 3
"""Candidates of one kind of nearness."""

ENOUGH_PROVINCES = 3
"""Provinces whose figures of one period make "tỉnh nào đứng đầu" worth asking."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """``figure`` is what the answer must tell; of any province where ``anyone``; None for an overview."""

    question: str
    figure: Figure | None = None
    anyone: bool = False

    def is_told_by(self, draft: Draft) -> bool:
        if self.figure is None or not draft.answered:
            return draft.answered
        told = (f for line in draft.lines for s in line.supports for f in s.figures)
        return any(self._measured(f) == self._measured(self.figure) for f in told)

    def _measured(self, figure: Figure) -> tuple[object, ...]:
        province = "" if self.anyone else figure.province
        return province, figure.indicator, figure.unit, figure.kind, figure.scope, figure.period


def suggest(library: Library, query: Query, ask: Callable[[str], Draft]) -> tuple[str, ...]:
    """At most three questions that ``ask`` (the verified draft of a question) answers, best first.

    They keep what the question names: the province, the indicator, or both. Where it names neither, or nothing is near,
    they are typical ones of what the library covers.
    """
    found: list[str] = []
    asked = {fold(query.text), fold(query.standalone)}
    for tries, candidate in enumerate(_distinct(chain(_near(library, query), _typical(library)), asked)):
        if tries == TRIES or len(found) == MOST:
            break
        if candidate.is_told_by(ask(candidate.question)):
            found.append(candidate.question)
    return tuple(found)


def _distinct(candidates: Iterator[_Candidate], asked: set[str]) -> Iterator[_Candidate]:
    for candidate in candidates:
        if fold(candidate.question) not in asked:
            asked.add(fold(candidate.question))
            yield candidate


def _near(library: Library, query: Query) -> Iterator[_Candidate]:
    """The same of another time, the same of another province, something else of this province, in turn."""
    own = library.figures(provinces=query.provinces, indicators=query.indicators, limit=200) if query.indicators else []
    years = [p.year for p in query.periods]
    others = library.figures(indicators=query.indicators, years=years, limit=400) if query.indicators else []
    beside = library.figures(provinces=query.provinces, limit=400) if query.provinces else []
    order = list(catalogue())
    groups = (
        _values(
            sorted((s.figure for s in own if query.provinces), key=lambda f: (_unlike(f, query), _apart(f, query))),
            apart=lambda f: f.period,
        ),
        _values(
            sorted(
                (s.figure for s in others if s.figure.province not in query.provinces),
                key=lambda f: (not _is_sibling(f.province, query), _unlike(f, query), _apart(f, query)),
            ),
            apart=lambda f: f.province,
        ),
        _values(
            sorted(
                (
                    s.figure
                    for s in beside
                    if s.figure.indicator in order and s.figure.indicator not in query.indicators
                ),
                key=lambda f: (f.kind is FigureKind.TARGET, order.index(f.indicator), _apart(f, query)),
            ),
            apart=lambda f: f.indicator,
        ),
    )
    turns = zip_longest(*groups)
    yield from (candidate for turn in turns for candidate in turn if candidate is not None)
    covered = library.stats().provinces
    siblings = [name for p in query.provinces for name in merged_from(current_name(p))]
    yield from (_Candidate(overview_question(p)) for p in (*query.provinces, *siblings) if p in covered)


def _values(figures: Sequence[Figure], apart: Callable[[Figure], object]) -> list[_Candidate]:
    """Questions for the first few of the figures that differ in ``apart``."""
    found: dict[object, _Candidate] = {}
    for figure in figures:
        if apart(figure) not in found and (question := value_question(figure)):
            found[apart(figure)] = _Candidate(question, figure)
        if len(found) == NEAR:
            break
    return list(found.values())


def _unlike(figure: Figure, query: Query) -> bool:
    """Whether a figure is not of the kind that was asked for."""
    unit = {Expects.RANK: "hạng", Expects.SCORE: "điểm", Expects.PERCENT: "%"}.get(query.expects)
    aimed = (figure.kind is FigureKind.TARGET) != (query.wants == "target")
    return aimed or (unit is not None and figure.unit != unit)


def _apart(figure: Figure, query: Query) -> tuple[int, int]:
    """How far a figure's year is from the one asked about; the newer first, undated ones last."""
    if figure.period is None:
        return 9999, 0
    asked = query.periods[0].year if query.periods else figure.period.year
    return abs(figure.period.year - asked), -figure.period.year


def _is_sibling(province: str, query: Query) -> bool:
    """Whether a province was merged with one asked about."""
    return current_name(province) in {current_name(p) for p in query.provinces}


def _typical(library: Library) -> Iterator[_Candidate]:
    """Who leads by the main index, how the province with most articles stands, and a figure of the next one."""
    by_period: dict[object, list[Figure]] = {}
    for stored in library.figures(indicators=("dti",), kinds=(FigureKind.RANK,), limit=400):
        if stored.figure.period and stored.figure.unit == "hạng":
            by_period.setdefault(stored.figure.period, []).append(stored.figure)
    for ranked in by_period.values():
        if len({f.province for f in ranked}) >= ENOUGH_PROVINCES:
            if question := leader_question(ranked[0]):
                yield _Candidate(question, ranked[0], anyone=True)
            break
    covered = list(library.stats().provinces)
    yield from (_Candidate(overview_question(province)) for province in covered[:1])
    for province in covered[1:2] or covered:
        figures = [s.figure for s in library.figures(provinces=(province,), kinds=(FigureKind.RESULT,), limit=100)]
        yield from _values([f for f in figures if f.unit == "%" and f.period], apart=lambda f: f.indicator)
