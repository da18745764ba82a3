"""Floors of what is read from pages in the styles of unlike sites (benchmarks/pages.py prints the whole table)."""

from statistics import mean

import pytest

from ingest.readers import read_article
from ingest.sources import Kind, RawDocument
from tests.ingest.styles import HELD_OUT, PAGES, StyledPage
from tests.ingest.styles.measure import Score, measure


@pytest.fixture(scope="module")
def scores() -> list[Score]:
    return [measure(page) for page in PAGES]


def test_at_least_twenty_unlike_styles() -> None:
    assert len({page.style for page in PAGES}) == len(PAGES) >= 20


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.style)
def test_each_page_gives_its_story(page: StyledPage) -> None:
    score = measure(page)
    assert score.recall >= 0.97, score
    assert score.precision >= 0.97, score


def test_titles_dates_and_publishers(scores: list[Score]) -> None:
    assert mean(score.f1 for score in scores) >= 0.99
    assert mean(score.title for score in scores) >= 0.95
    assert mean(score.published for score in scores) >= 0.95
    assert mean(score.publisher for score in scores) >= 0.9


def test_no_page_is_dated_by_the_day_of_the_visit() -> None:
    """Clocks and days of printing stand on these pages, all of 2026; no story is."""
    for page in (*PAGES, *HELD_OUT):
        article = read_article(RawDocument("trang.html", "/tmp/trang.html", page.html.encode(), Kind.HTML))
        assert article.published is None or article.published.year < 2026, page.style
