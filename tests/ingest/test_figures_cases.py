"""What each turn of phrase states: the extractor against the tables figure_cases_*.py."""

import re
from typing import Any

import pytest

from benchmarks.figures import Mark, context_hashes, parse_period, score
from ingest import figures
from ingest.describe import describe
from retrieval.types import Article, Period
from tests.ingest import figure_cases_amounts, figure_cases_bindings, figure_cases_ranks, figure_cases_subjects
from tests.ingest.figure_cases import NATION, Case, Expected

CASES = [
    *figure_cases_ranks.CASES,
    *figure_cases_amounts.CASES,
    *figure_cases_bindings.CASES,
    *figure_cases_subjects.CASES,
]
_MARKED = re.compile(r"⟦([^⟧]*)⟧")


def read(case: Case) -> tuple[Article, list[Mark]]:
    """The article without its brackets, and a mark for each of them."""
    text, spans = "", []
    for n, part in enumerate(_MARKED.split(case.text)):
        if n % 2:
            spans.append((len(text), len(text) + len(part)))
        text += part
    assert len(spans) == len(case.expected), "brackets and expected figures differ in number"
    provinces = (case.province,) if case.province else describe("", text)
    article = Article(case.name, case.name, "", text, published=case.published, provinces=provinces)
    return article, [_mark(case, text, *span, wanted) for span, wanted in zip(spans, case.expected, strict=True)]


def _mark(case: Case, text: str, start: int, end: int, wanted: Expected) -> Mark:
    before, after = context_hashes(text, start, end)
    return Mark(
        file=case.name,
        province=case.province if wanted.province is None else wanted.province,
        shown=text[start:end],
        start=start,
        end=end,
        before=before,
        after=after,
        indicator=None,
        value=wanted.value,
        unit=_any_of(wanted.unit),
        kind=_any_of(wanted.kind),
        period=tuple(_period(period) for period in _any_of(wanted.period)),
        denominator=_any_of(wanted.of),
        words=wanted.words,
        scope=wanted.scope,
    )


def _any_of(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)


def _period(period: int | str | None) -> Period | None:
    return parse_period(None if period is None else str(period))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_figures(case: Case) -> None:
    article, marks = read(case)
    faults = score({case.name: article}, marks, figures.extract).faults
    assert not faults, "\n" + "\n".join(f"{f.shown} {f.what}: expected {f.expected}, got {f.got}" for f in faults)


@pytest.mark.parametrize(
    "name",
    ["lần lượt over pillars", "pillars in nested parentheses", "hạng after a dash", "two indicators share one rank"],
)
def test_figures_of_unlike_indicators_are_told_apart(name: str) -> None:
    article, _ = read(next(case for case in CASES if case.name == name))
    found = figures.extract(article)
    ranks = [(figure.indicator, figure.value) for figure in found if figure.unit == "hạng"]
    assert "" not in {indicator for indicator, _ in ranks}
    assert len({indicator for indicator, _ in ranks}) == len(ranks) > 1


def test_the_nation_has_one_name() -> None:
    assert figures.NATION == NATION
