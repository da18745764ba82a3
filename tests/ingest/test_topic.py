"""What is about digital transformation and what is not, with and without diacritics."""

from pathlib import Path

import pytest

from benchmarks.made_up import made_up_article
from ingest.readers import read_article
from ingest.sources import RawDocument, find_files
from ingest.topic import judge, why_off_topic
from retrieval.settings import PROJECT
from retrieval.text import fold
from tests.ingest.styles import HELD_OUT, PAGES
from tests.ingest.topic_cases import OFF, ON

SEEDS = PROJECT.parent / "shared" / "seeds"


def test_there_are_enough_cases() -> None:
    assert len(ON) + len(OFF) >= 30


@pytest.mark.parametrize(("title", "text"), ON, ids=[title for title, _ in ON])
def test_on_topic(title: str, text: str) -> None:
    assert why_off_topic(title, text) == ""
    assert why_off_topic(fold(title), fold(text)) == ""


@pytest.mark.parametrize(("title", "text"), OFF, ids=[title for title, _ in OFF])
def test_off_topic(title: str, text: str) -> None:
    assert "--any-topic" in why_off_topic(title, text)
    assert judge(fold(title), fold(text)) == judge(title, text)


def test_a_passing_mention_is_named_in_the_reason() -> None:
    economy = next(case for case in OFF if case[0].startswith("GRDP"))
    assert "it names chuyen doi so in passing" in why_off_topic(*economy)
    assert "none of the field's words" in why_off_topic(*OFF[2])


@pytest.mark.parametrize(
    "folder", [PROJECT / "data" / "articles", PROJECT / "tests" / "dev", SEEDS], ids=lambda p: p.name
)
def test_every_known_article_is_kept(folder: Path) -> None:
    if not folder.is_dir():
        pytest.skip(f"{folder} is not at hand")
    for raw in find_files([folder]):
        if isinstance(raw, RawDocument):
            article = read_article(raw)
            assert why_off_topic(article.title, article.text) == "", raw.source


def test_the_stories_of_the_pages_are_kept() -> None:
    for page in (*PAGES, *HELD_OUT):
        assert why_off_topic(page.story.title, " ".join(page.story.words())) == "", page.style


def test_made_up_articles_are_kept() -> None:
    for number in range(60):
        article = made_up_article(number)
        assert why_off_topic(article.title, article.text) == ""
