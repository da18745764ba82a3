"""The evidence that a model may write from: what bears the composed answer, then what else answers well, numbered."""

from __future__ import annotations

from collections.abc import Iterator

from retrieval.answer.draft import Draft, Line, Support, statement, support
from retrieval.answer.figure_claims import Numbered
from retrieval.choosing.ranker import Choice
from retrieval.library import Library

MORE = 4
"""Quotes beside those of the composed answer."""


def numbered(draft: Draft, choice: Choice, library: Library) -> tuple[Numbered, ...]:
    """Each quote once, under numbers from 1; the first support of a line carries the line."""
    items: list[Numbered] = []
    seen: set[tuple[int, int]] = set()

    def add(found: Support, line: Line | None) -> None:
        article_id, quote = found.statement.article_id, found.quote
        if line is None and (article_id, quote.start) in seen:
            return
        seen.add((article_id, quote.start))
        known = library.figures_of(article_id, quote.start, quote.end)
        rest = (f for f in known if f not in found.figures)
        items.append(Numbered(len(items) + 1, found, (*found.figures, *rest), line))

    for line in draft.lines:
        for i, found in enumerate(line.supports):
            add(found, line if i == 0 else None)
    most = len(items) + MORE
    for found in _further(choice):
        if len(items) == most:
            break
        add(found, None)
    return tuple(items)


def _further(choice: Choice) -> Iterator[Support]:
    for chosen in choice.ranked[:MORE]:
        yield support(statement(chosen.window), chosen.window.figures[:1])
