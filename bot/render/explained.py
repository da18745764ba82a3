"""`tinhso ask --explain`: what was understood, what was found and chosen and why, then the answer; one page, or JSON.

JSON is the whole of it; the page has the first few of each list.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.render.json import answer_json
from retrieval.explanation import Explanation, FigureSeen, WindowSeen
from retrieval.query import ASKING, Operation, Query
from retrieval.types import Answer, Article, Figure

SHOWN_FIGURES, SHOWN_WINDOWS, SHOWN_DROPPED = 12, 4, 2
"""Figures, ranked windows and dropped windows on the page; JSON has them all."""

LONGEST = 220
"""Characters of a window on the page."""

MOST_FIGURES = 3
LEAST_TERM, LEAST_FIGURE = 0.3, 0.05
"""Figures of a window on the page; weight of a word, and likelihood of a figure, that are worth their place there."""


def explained_json(explanation: Explanation, answer: Answer) -> dict[str, Any]:
    e = explanation
    return {
        "query": query_json(e.query),
        "ledger": {
            "measure": _measure_json(e),
            "table": _table_json(e),
            "without_table": e.without_table,
            "figures": [_figure_seen_json(seen) for seen in e.figures],
        },
        "choice": {
            "sure": _rounded(e.sure),
            "threshold": e.threshold,
            "candidates": e.candidates,
            "windows": [_window_json(seen) for seen in e.windows],
        },
        "made": e.draft.made,
        "cut_by_verification": list(e.cut),
        **answer_json(answer),
    }


def query_json(query: Query) -> dict[str, Any]:
    """Every field that says something, in the order in which a reader asks for them."""
    ordered = query.operation in (Operation.ORDER, Operation.EXTREME, Operation.COUNT) or query.bound or query.count
    bound = query.bound
    said = {
        "text": query.text,
        "standalone": query.standalone if query.standalone != query.text else "",
        "act": str(query.act),
        "operation": str(query.operation) if query.act in ASKING else "",
        "expects": {str(kind): round(likely, 3) for kind, likely in query.kinds},
        "measure": query.measure,
        "terms": {term.word: round(term.weight, 3) for term in query.terms},
        "provinces": list(query.provinces),
        "regions": list(query.regions),
        "periods": [str(period) for period in query.periods],
        "compared": [str(period) for period in query.compared],
        "latest": query.latest,
        "indicators": list(query.indicators),
        "wants": query.wants,
        "end": ("best" if query.best else "worst") if ordered or not query.best else "",
        "count": query.count,
        "everything": query.everything,
        "bound": f"{'over' if bound.over else 'under'} {bound.value:g} {bound.unit}".strip() if bound else "",
        "level": query.level,
        "national": query.national,
        "documents": list(query.documents),
        "without_diacritics": not query.accented,
    }
    return {name: value for name, value in said.items() if value not in ("", None, False, [], {})}


def _measure_json(e: Explanation) -> dict[str, str] | None:
    if e.measure is None:
        return None
    m = e.measure
    named = {"indicator": m.indicator, "label": m.label, "unit": m.unit, "scope": m.scope}
    return {name: value for name, value in named.items() if value}


def _table_json(e: Explanation) -> dict[str, Any] | None:
    table = e.table
    if table is None:
        return None
    return {
        "operation": str(table.operation),
        "period": str(table.period) if table.period else None,
        "rows": len(table.rows),
        "whole": table.whole,
        "missing": list(table.missing),
    }


def _figure_json(figure: Figure) -> dict[str, Any]:
    return {
        "shown": figure.shown,
        "unit": figure.unit,
        "kind": str(figure.kind),
        "province": figure.province,
        "period": str(figure.period) if figure.period else None,
        "indicator": figure.indicator,
        "label": figure.label,
        "scope": figure.scope,
        "bound_by": figure.bound,
    }


def _figure_seen_json(seen: FigureSeen) -> dict[str, Any]:
    return {**_figure_json(seen.figure), **_article_json(seen.article), "verdict": seen.verdict}


def _article_json(article: Article) -> dict[str, Any]:
    published = article.published.isoformat() if article.published else None
    return {"source": article.source, "title": article.title, "published": published}


def _window_json(seen: WindowSeen) -> dict[str, Any]:
    window = seen.window
    return {
        "verdict": seen.verdict,
        "share": _rounded(seen.share),
        "found_by": seen.found_by,
        "kind": window.kind,
        **_article_json(window.article),
        "text": window.text,
        "lead": window.context.lead,
        "provinces_inherited": list(window.context.provinces),
        "years_inherited": list(window.context.years),
        "figures": [{**_figure_json(f), "likelihood": _rounded(likely)} for f, likely in seen.figures],
        "reasons": {name: round(gain, 2) for name, gain in seen.reasons},
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


# --- the page -----------------------------------------------------------------------------------------------------


def page(explanation: Explanation) -> str:
    """All but the answer itself, which the terminal prints in its own way."""
    parts = [_query(explanation.query)]
    if explanation.sure is not None:
        parts += [_ledger(explanation), _windows(explanation, explanation.sure)]
    return "\n\n".join("\n".join(part) for part in (*parts, _answer(explanation)))


def _query(query: Query) -> Iterator[str]:
    yield "QUERY"
    for name, value in query_json(query).items():
        yield _row(name, _said(name, value))


def _row(name: str, said: str) -> str:
    return f"  {name:<12} {said}"


def _said(name: str, value: Any) -> str:
    if isinstance(value, dict):
        least = LEAST_TERM if name == "terms" else 0.0
        return " · ".join(f"{key} {share:.2f}" for key, share in value.items() if share >= least)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "yes" if value is True else str(value)


def _ledger(e: Explanation) -> Iterator[str]:
    yield "LEDGER"
    measure = _measure_json(e) or {}
    yield _row("measure", " · ".join(f"{name} {value}" for name, value in measure.items()) or "none")
    if table := e.table:
        when = f", {table.period}" if table.period else ""
        missing = f", missing {', '.join(table.missing)}" if table.missing else ""
        among = table.whole or len(table.rows)
        yield _row("table", f"{table.operation}: {len(table.rows)} rows of {among}{when}{missing}")
    else:
        yield _row("table", f"none: {e.without_table}")
    for seen in e.figures[:SHOWN_FIGURES]:
        yield f"  {_mark(seen)} {_figure(seen.figure):<44} {seen.article.source}: {seen.verdict}"
    if len(e.figures) > SHOWN_FIGURES:
        yield f"    and {len(e.figures) - SHOWN_FIGURES} more (--json has all)"


def _mark(seen: FigureSeen | WindowSeen) -> str:
    return "+" if seen.verdict == "told" else "-"


def _figure(figure: Figure) -> str:
    unit = "" if figure.unit in figure.shown else f" {figure.unit}"
    return f"{figure.shown}{unit}, {figure.province or 'nobody'}, {figure.period or 'no time'}, {figure.kind}"


def _windows(e: Explanation, sure: float) -> Iterator[str]:
    ranked = [w for w in e.windows if w.share is not None]
    dropped = [w for w in e.windows if w.share is None]
    yield "WINDOWS"
    held = "at least" if sure >= e.threshold else "under"
    by_ledger = sure < e.threshold and e.draft.made == "told"
    anyway = "; told all the same: the ledger states the very figure" if by_ledger else ""
    yield _row("sure", f"{sure:.2f}, {held} the threshold of {e.threshold:.2f}{anyway}")
    yield _row("candidates", f"{e.candidates}, of them {len(ranked)} ranked; {len(dropped)} dropped")
    for place, seen in enumerate(ranked[:SHOWN_WINDOWS], 1):
        yield f"  {_mark(seen)} {place}. share {seen.share:.2f}, {_window(seen)}: {seen.verdict}"
        yield f"       “{_short(seen.window.text)}”"
        figures = [f"{likely:.2f} {_figure(f)}" for f, likely in seen.figures[:MOST_FIGURES] if likely >= LEAST_FIGURE]
        if figures:
            yield f"       figures {' · '.join(figures)}"
        for word, sign in (("for", 1), ("against", -1)):
            gains = [f"{name} {gain:+.1f}" for name, gain in seen.reasons if gain * sign > 0]
            if gains:
                yield f"       {word:<7} {' · '.join(gains)}"
    for seen in dropped[:SHOWN_DROPPED]:
        yield f"  - dropped, {_window(seen)}: {seen.verdict}"
        yield f"       “{_short(seen.window.text)}”"


def _window(seen: WindowSeen) -> str:
    window, context = seen.window, seen.window.context
    inherited = ", ".join([*context.provinces[:3], *map(str, context.years[:3])]) or "nothing"
    published = f" ({window.article.published})" if window.article.published else ""
    return f"{window.kind} found by {seen.found_by}, {window.article.source}{published}, inherits {inherited}"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _answer(e: Explanation) -> Iterator[str]:
    yield "ANSWER"
    yield _row("made by", e.draft.made or "nothing")
    for line in e.cut:
        yield _row("cut", f"{_short(line)} (its quotes do not bear it)")
