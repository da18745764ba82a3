"""What may be done to a line of an answer to make it false: each figure, year, province and unit changed, one at a time."""

import re
from collections.abc import Callable, Iterator

from retrieval.answer.draft import Line
from retrieval.lexicon.provinces import find_provinces
from retrieval.text import Span

NUMBER = re.compile(r"\d+(?:[.,/]\d+)*")
YEAR = re.compile(r"(?:19|20)\d\d")
STRANGERS = ("Hà Giang", "Kiên Giang")
"""Provinces that the invented articles say nothing of."""


def figures(line: Line) -> Iterator[tuple[Span, str]]:
    """Numbers of a line that are no years, were not worked out, and do not count the lines of an order ("2. ...")."""
    for match in NUMBER.finditer(line.text):
        if line.typed and match.start() == 0 and line.text[match.end() : match.end() + 2] == ". ":
            continue
        if match[0] not in line.computed and not YEAR.fullmatch(match[0]):
            yield Span(*match.span()), match[0]


def put(text: str, span: Span, other: str) -> str:
    return text[: span.start] + other + text[span.end :]


def digits_changed(line: Line) -> Iterator[str]:
    for span, figure in figures(line):
        for i, char in enumerate(figure):
            if char.isdigit():
                yield put(line.text, span, figure[:i] + str((int(char) + 1) % 10) + figure[i + 1 :])


def digits_dropped_or_doubled(line: Line) -> Iterator[str]:
    for span, figure in figures(line):
        yield put(line.text, span, figure + figure[-1])
        if len(figure) > 1 and figure[:-1][-1].isdigit():
            yield put(line.text, span, figure[:-1])


def decimals_moved(line: Line) -> Iterator[str]:
    for span, figure in figures(line):
        whole, comma, decimals = figure.partition(",")
        if not comma:
            yield put(line.text, span, f"{figure},5")
            continue
        yield put(line.text, span, whole + decimals)
        if len(decimals) > 1:
            yield put(line.text, span, f"{whole}{decimals[0]},{decimals[1:]}")


def denominators_changed(line: Line) -> Iterator[str]:
    for span, figure in figures(line):
        if figure.endswith("/63"):
            yield put(line.text, span, f"{figure[:-3]}/34")


def neighbours_taken(line: Line) -> Iterator[str]:
    """Each figure replaced by each other figure that the same quotes hold: of another pillar, province or year."""
    neighbours = {n for s in line.supports for n in NUMBER.findall(s.text) if not YEAR.fullmatch(n)}
    for span, figure in figures(line):
        for other in sorted(neighbours - {figure}):
            yield put(line.text, span, other)


def years_changed(line: Line) -> Iterator[str]:
    quoted = {n for s in line.supports for n in re.findall(r"(?:19|20)\d\d", s.text)}
    for match in re.finditer(r"(?<!\d)(?:19|20)\d\d(?!\d)", line.text):
        near = {str(int(match[0]) + step) for step in (-1, 1)}
        for other in sorted((quoted | near | {"2016"}) - {match[0]}):
            yield put(line.text, Span(*match.span()), other)


def provinces_changed(line: Line) -> Iterator[str]:
    quoted = {p.name for s in line.supports for p in find_provinces(s.text)}
    for mention in find_provinces(line.text):
        for other in sorted((quoted | set(STRANGERS)) - {mention.name}):
            yield put(line.text, Span(mention.start, mention.end), other)


def units_changed(line: Line) -> Iterator[str]:
    for span, _ in figures(line):
        if line.text.startswith("%", span.end):
            yield put(line.text, Span(span.end, span.end + 1), " điểm")


ALTERATIONS: dict[Callable[[Line], Iterator[str]], int] = {
    digits_changed: 400,
    digits_dropped_or_doubled: 200,
    decimals_moved: 150,
    denominators_changed: 5,
    neighbours_taken: 500,
    years_changed: 250,
    provinces_changed: 100,
    units_changed: 30,
}
"""What is done to a line, and of how many lines at least (a test that alters nothing would pass)."""
