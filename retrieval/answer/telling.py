"""Whether sentences tell what the composed answer tells."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.answer.claim_words import CONNECTING, numbers_of, words
from retrieval.answer.draft import Draft, Line

ENOUGH_WORDS = 0.5
"""Share of the words of a line without figures that must be told."""


def tells(sentences: Sequence[Line], draft: Draft) -> bool:
    """Whether sentences that hold leave out nothing that the verified draft answers with."""
    return bool(sentences) and all(_is_told(line, sentences) for line in draft.lines if line.supports)


def _is_told(line: Line, sentences: Sequence[Line]) -> bool:
    """Whether sentences borne by the article of a line have the figures that it claims, with their years; or, where it
    claims none, its numbers and most of its words."""
    articles = {s.statement.article_id for s in line.supports}
    near = [s.text for s in sentences if articles & {support.statement.article_id for support in s.supports}]
    told = {part for text in near for number in numbers_of(text) for part in (number, number.partition("/")[0])}
    wanted = _claimed(line)
    if wanted:
        return wanted <= told
    content = set(words(line.text)) - CONNECTING - numbers_of(line.text)
    share = len(content & {word for text in near for word in words(text)}) / (len(content) or 1)
    return bool(near) and share >= ENOUGH_WORDS and {n.partition("/")[0] for n in numbers_of(line.text)} <= told


def _claimed(line: Line) -> set[str]:
    """Numbers of the figures that a line claims, as printed, and their years, as far as the line says them."""
    said = numbers_of(line.text)
    wanted: set[str] = set()
    for figure in line.supports[0].figures:
        shown = numbers_of(figure.shown) & said
        if shown:
            year = str(figure.period.year) if figure.period else ""
            wanted |= {number.partition("/")[0] for number in shown} | ({year} & said)
    return wanted
