"""How a province stands: latest rank, pillars, strongest results, weak points, targets; at most 1,500 characters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from retrieval.answer import statements as st
from retrieval.answer.draft import Draft, Line, Support, dated, shown, support, told
from retrieval.answer.facts import year_of
from retrieval.answer.fitting import fits_period
from retrieval.answer.statements import Statement
from retrieval.lexicon.indicators import catalogue
from retrieval.library import Library
from retrieval.text import Span
from retrieval.types import Figure, FigureKind, Query

LONGEST = 1300
"""Characters of the lines; what is said of mergers (wording.borders) and the marks of sources come on top."""

PILLARS = ("dti", "dti-government", "dti-economy", "dti-society")

MINISTRIES = "cap bo"
"""Scope of figures that are no province's, though an article on one tells them."""


def overview(library: Library, query: Query) -> Draft | None:
    """A line a figure under a title of its kind, the period asked about first; None where the ledger has none."""
    province = query.provinces[0]
    stored = library.figures(provinces=(province,), limit=400)
    statements = [
        s
        for s in st.from_figures(library, stored)
        if _timely(s, query) and not any(f.scope == MINISTRIES for f in s.figures)
    ]
    if not statements:
        return None
    statements.sort(key=lambda s: (not _asked_for(s, query), _weight(s), -_year(s), s.span.start))
    newest = st.once_a_story(statements, lambda s: s)
    groups: list[tuple[str, list[Statement]]] = [
        ("Thứ hạng", _pick(newest, lambda f: f.kind is FigureKind.RANK and f.indicator in PILLARS, 4)),
        (
            "Kết quả",
            _pick(newest, lambda f: f.kind is FigureKind.RESULT and f.unit in ("%", "điểm") and f.value < 99.995, 4),
        ),
        ("Chỉ số khác", _pick(newest, lambda f: f.kind is FigureKind.RANK and f.indicator not in PILLARS, 2)),
        ("Tiến độ", _pick(newest, lambda f: f.indicator in ("goals-met", "tasks-done"), 1)),
        (
            "Quy mô",
            _pick(newest, lambda f: f.kind is FigureKind.RESULT and f.unit not in ("%", "điểm", "hạng", "bậc"), 2),
        ),
        ("Mục tiêu", _pick(newest, lambda f: f.kind is FigureKind.TARGET, 2)),
    ]
    lines = [Line(f"Chuyển đổi số của {province}, theo các bài đã thu thập:")]
    used: set[tuple[int, Span]] = set()
    length = len(lines[0].text)
    for title, group in groups:
        for statement in group:
            key = (statement.article_id, statement.span)
            figure = statement.figures[0]
            said = (
                shown(statement, brackets=False)
                if figure.indicator in PILLARS and " | " not in statement.text
                else told(statement, figure, brackets=False)
            )
            text = f"- {title}: {dated(said, figure)}"
            if key in used or figure.shown not in said or length + len(text) > LONGEST:
                continue
            used.add(key)
            length += len(text) + 5
            lines.append(Line(text, (_support(statement),)))
    return Draft(True, tuple(lines)) if len(lines) > 1 else None


def _weight(statement: Statement) -> int:
    """Place of the statement's indicator in the catalogue, which begins with what matters most."""
    order = list(catalogue())
    return min((order.index(f.indicator) for f in statement.figures if f.indicator), default=len(order))


def _support(statement: Statement) -> Support:
    return support(statement, statement.figures[:1])


def _year(statement: Statement) -> int:
    return year_of(statement, statement.figures[0] if statement.figures else None)


def _asked_for(statement: Statement, query: Query) -> bool:
    """Whether a figure is of the very period asked about."""
    return any(f.period in query.periods for f in statement.figures)


def _timely(statement: Statement, query: Query) -> bool:
    """Of the year asked for: the figure's own, else the article's."""
    if not query.periods:
        return True
    published = statement.article.published
    return any(
        fits_period(f, query.periods)
        and (
            f.period is not None
            or published is None
            or any(published.year in (p.year, p.year + 1) for p in query.periods)
        )
        for f in statement.figures
    ) or (published is not None and any(published.year == p.year for p in query.periods))


def _pick(statements: Sequence[Statement], wanted: Callable[[Figure], bool], most: int) -> list[Statement]:
    chosen: list[Statement] = []
    said: set[str] = set()
    for s in statements:
        figure = next((f for f in s.figures if wanted(f)), None)
        if figure is None:
            continue
        key = figure.indicator or figure.label[-60:]
        if figure.indicator == "dti" and f"dti {figure.value}" not in said:
            key = f"dti {figure.value}"  # sources that disagree on the main rank are both shown
        if key in said:
            continue
        said.add(key)
        chosen.append(replace(s, figures=(figure, *(f for f in s.figures if f is not figure))))
        if len(chosen) == most:
            break
    return chosen
