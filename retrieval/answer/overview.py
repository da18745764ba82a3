"""How a province stands: ranks by pillar, strongest and weakest, results against targets, what is planned, newest first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from retrieval import ledger
from retrieval.algebra import facts, scale_of
from retrieval.answer.draft import Draft, Line, dated, shown, statement, support, told
from retrieval.answer.told import window_line
from retrieval.choosing.ranker import Choice
from retrieval.ledger import Told
from retrieval.lexicon.indicators import catalogue
from retrieval.library import Library
from retrieval.query import Operation, Query
from retrieval.types import Figure, FigureKind

LONGEST = 1300
"""Characters of the lines; what is said of mergers (wording.borders) and the marks of sources come on top."""

PILLARS = ("dti-government", "dti-economy", "dti-society")
MAIN = "dti"

MOST_FIGURES = 400
MINISTRIES = "cap bo"
"""Scope of figures that are no province's, though an article on one tells them."""

MOST_TOLD = 3
"""Sentences on documents, plans and programmes."""


def overview(library: Library, query: Query, choice: Choice) -> Draft | None:
    """A line a fact under a title of its kind; None where the ledger has nothing of the province and time asked about."""
    province = query.provinces[0]
    stored = library.figures(provinces=(province,), limit=MOST_FIGURES)
    held = [t for t in ledger.told(library, stored) if t.figure.scope != MINISTRIES and _timely(t, query)]
    held.sort(key=lambda t: (_weight(t.figure), -_year(t), t.window.article.rendered, t.figure.start))
    ranks = _pick(held, lambda f: f.kind is FigureKind.RANK and f.indicator == MAIN, 2)
    pillars = _pick(held, lambda f: f.kind is FigureKind.RANK and f.indicator in PILLARS, 3)
    results = _pick(held, _is_result, 4)
    others = _pick(held, lambda f: f.kind is FigureKind.RANK and f.indicator not in (MAIN, *PILLARS), 2)
    targets = _pick(held, lambda f: f.kind is FigureKind.TARGET, 2)
    lines = [Line(f"Chuyển đổi số của {province}, theo các bài đã thu thập:")]
    lines += _strongest(pillars)
    for title, group in (
        ("Thứ hạng", [*ranks, *pillars]),
        ("Kết quả", results),
        ("Chỉ số khác", others),
        ("Mục tiêu", targets),
    ):
        for one in group:
            _add(lines, _line(title, one))
    for line in _programmes(choice):
        _add(lines, line)
    return Draft(True, tuple(lines), "overview") if any(line.supports for line in lines) else None


def _add(lines: list[Line], line: Line) -> None:
    if line not in lines and sum(len(one.text) + 5 for one in lines) + len(line.text) <= LONGEST:
        lines.append(line)


def _line(title: str, one: Told) -> Line:
    said = statement(one.window, one.figure)
    text = told(said, one.figure, brackets=False)
    if one.figure.shown not in text:
        text = shown(said, brackets=False)
    return Line(f"- {title}: {dated(text, one.figure)}", (support(said, (one.figure,)),))


def _strongest(pillars: Sequence[Told]) -> list[Line]:
    """Which pillar ranks best and which worst, where one assessment ranks them apart."""
    if not pillars:
        return []
    newest = max(_year(t) for t in pillars)
    same = [t for t in pillars if _year(t) == newest]
    first, last = min(same, key=lambda t: t.value), max(same, key=lambda t: t.value)
    if first.value == last.value or len({scale_of(t.figure) for t in same}) > 1:
        return []
    names = [catalogue()[t.figure.indicator].name for t in (first, last)]
    return [Line(f"Mạnh nhất ở {_small(names[0])}, yếu nhất ở {_small(names[1])} (so thứ hạng ba trụ cột).")]


def _small(name: str) -> str:
    return name[:1].lower() + name[1:]


def _programmes(choice: Choice) -> list[Line]:
    """Sentences of the best windows: documents, plans, partners, which no figure of the ledger tells."""
    query = replace(choice.query, operation=Operation.OVERVIEW)
    lines: list[Line] = []
    for chosen in choice.ranked:
        window = chosen.window
        if len(lines) == MOST_TOLD:
            break
        if window.article.rendered or window.kind == "row" or len(window.text) < 60:
            continue
        line = window_line(window, query)
        lines.append(replace(line, text=f"- {line.text}" if not line.text.startswith(("-", "•")) else line.text))
    return lines


def _is_result(figure: Figure) -> bool:
    return figure.kind is FigureKind.RESULT and figure.unit not in ("hạng", "bậc") and bool(figure.indicator)


def _weight(figure: Figure) -> int:
    """Place of the figure's indicator in the catalogue, which begins with what matters most."""
    order = list(catalogue())
    return order.index(figure.indicator) if figure.indicator in order else len(order)


def _year(one: Told) -> int:
    if one.figure.period:
        return one.figure.period.year
    published = one.window.article.published
    return published.year if published else 0


def _timely(one: Told, query: Query) -> bool:
    """Of the period asked about: the figure's own, else its article's year."""
    if not query.periods:
        return True
    if one.figure.period:
        return any(one.figure.period.meets(p) for p in query.periods)
    return any(_year(one) == p.year for p in query.periods)


def _pick(held: Sequence[Told], wanted: Callable[[Figure], bool], most: int) -> list[Told]:
    """The newest of each indicator; of the main rank every value of the newest period that sources state."""
    chosen: list[Told] = []
    seen: set[object] = set()
    for row in facts(t for t in held if wanted(t.figure)):
        f = row.figure
        if f.indicator in seen and (f.indicator, f.kind) in seen:
            continue
        seen |= {f.indicator, (f.indicator, f.kind)} if f.indicator else set()
        chosen.append(row.told)
        if f.indicator == MAIN:
            chosen += [t for t in row.differing[:1] if t.figure.denominator == f.denominator]
        if len(chosen) >= most:
            break
    return chosen[:most]
