"""Whether an answer keeps to its sources: quotes are literal, and figures stand in quotes. Pure, knows no question set.

An answer is the mapping that ``tinhso ask --json`` prints. This reads answers from outside, as a reader would; what
binds a figure to province, indicator and period before an answer is given is the verifier's work.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

COMPUTED_MARK = "(tính từ nguồn)"
"""Stands behind a figure that the program worked out itself; such a figure need not stand in a quote."""

AnswerJson = Mapping[str, Any]
ArticleText = Callable[[str], str | None]
"""``source`` of a citation -> text of that article, None when there is none."""

FIGURE = re.compile(r"\d+(?:[.,/]\d+)*")
"""A figure as printed, with its denominator: 56,83  1.385  7/63."""

_CITATION_MARK = re.compile(r"\[\d+(?:\s*[,;]\s*\d+)*\]")
_LIST_NUMBER = re.compile(r"^[ \t]*\d{1,2}[.)](?=\s)", re.MULTILINE)
# The clause that the mark of computing closes: back to a stop, a bracket, a table's bar or a spaced comma.
_COMPUTED = re.compile(rf"(?:(?![.,;:](?:\s|$)|[\n|\](]).)*{re.escape(COMPUTED_MARK)}")
_CALENDAR = re.compile(r"(?:\d{1,2}/){0,2}(?:19|20)\d{2}")


def quotes_not_literal(answer: AnswerJson, texts: ArticleText) -> tuple[str, ...]:
    """Quotes that are empty, or no literal span of the article that their citation names."""
    bad: list[str] = []
    for citation in answer["citations"]:
        text = texts(citation["source"])
        if text is None or not citation["quote"] or citation["quote"] not in text:
            bad.append(citation["quote"])
    return tuple(bad)


def figures_not_quoted(
    answer: AnswerJson, asked: Iterable[str] = (), computed: Iterable[str] = ()
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(figures, dates) of the answer's text that stand in none of its quotes, each once, in reading order.

    Citation marks, list numbers and clauses marked as computed are passed over, and so are the figures that the
    strings ``computed`` hold. A denominator counts as quoted by itself ("8 trên 14" is told by "8/14"). A year or date
    may also stand in a citation's title or date, or in ``asked``: the question and those before it.
    """
    citations: Sequence[Mapping[str, Any]] = answer["citations"]
    quoted = {figure for string in computed for figure in FIGURE.findall(string)}
    for citation in citations:
        for figure in FIGURE.findall(citation["quote"]):
            quoted.update((figure, *figure.split("/")))
    around = [*asked, *quoted, *(f"{c.get('title')} {c.get('published')}" for c in citations)]
    known_dates = {number.lstrip("0") for string in around for number in re.findall(r"\d+", string)}
    text = unicodedata.normalize("NFC", answer["answer"])
    for passed_over in (_COMPUTED, _CITATION_MARK, _LIST_NUMBER):
        text = passed_over.sub(" ", text)
    figures: list[str] = []
    dates: list[str] = []
    for figure in dict.fromkeys(FIGURE.findall(text)):
        if figure in quoted:
            continue
        if not _CALENDAR.fullmatch(figure):
            figures.append(figure)
        elif not {part.lstrip("0") for part in figure.split("/")} <= known_dates:
            dates.append(figure)
    return tuple(figures), tuple(dates)
