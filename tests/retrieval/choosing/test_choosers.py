"""What every chooser owes, whatever it judges by: run over the trained one and over one that follows a script."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from retrieval.choosing.ranker import Choice, Chooser, Chosen, Ranker
from retrieval.choosing.select import Candidates, select, told_once
from retrieval.library import Library
from retrieval.query import Act, Query
from retrieval.question import understand
from tests.fakes import FakeEmbedder
from tests.retrieval.answer import news
from tests.retrieval.answer.small_library import make

COPY = replace(news.KON_TUM_2023, source="chep.txt", address="/chep.txt", publisher="Trang chép")
QUESTIONS = (
    "Kon Tum xếp thứ mấy về DTI năm 2023?",
    "Tỷ lệ hồ sơ nộp trực tuyến của Gia Lai là bao nhiêu?",
    "Khó khăn của Đắk Nông gồm những gì?",
    "Tỉnh nào có nhiều tổ công nghệ số cộng đồng nhất?",
    "Giá vàng hôm nay?",
    "",
)


class Shortest:
    """Takes the shortest window for the answer: a chooser that learned nothing."""

    def choose(self, candidates: Candidates) -> Choice:
        windows = told_once(sorted(candidates.windows, key=lambda w: (len(w.text), w.article_id, w.span.start)))
        total = sum(1 / (1 + len(w.text)) for w in windows)
        ranked = tuple(
            Chosen(
                w,
                score=-float(len(w.text)),
                share=1 / (1 + len(w.text)) / total,
                figures=tuple((f, 1 / len(w.figures)) for f in w.figures),
            )
            for w in windows
        )
        return Choice(candidates.query, ranked, 0.5 if ranked else 0.0)


CHOOSERS: dict[str, Callable[[], Chooser]] = {"trained": Ranker, "scripted": Shortest}


@pytest.fixture(params=CHOOSERS, ids=str)
def chooser(request: pytest.FixtureRequest) -> Chooser:
    return CHOOSERS[request.param]()


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder: Path = tmp_path_factory.mktemp("choosers")
    return make(folder, (news.KON_TUM_2023, COPY, news.KON_TUM_2022, news.GIA_LAI_2023, news.DAK_NONG_2023))


@pytest.fixture(scope="module")
def candidates(library: Library) -> list[Candidates]:
    asked = [replace(understand(q, (), date(2026, 11, 22)), act=Act.QUESTION) for q in QUESTIONS]
    return [select(library, FakeEmbedder(), query) for query in asked]


def test_windows_are_in_order_of_score_and_share(chooser: Chooser, candidates: list[Candidates]) -> None:
    for one in candidates:
        choice = chooser.choose(one)
        for values in ([c.score for c in choice.ranked], [c.share for c in choice.ranked]):
            assert values == sorted(values, reverse=True)


def test_shares_and_likelihoods_are_such(chooser: Chooser, candidates: list[Candidates]) -> None:
    for one in candidates:
        choice = chooser.choose(one)
        assert 0 <= choice.sure <= 1
        assert all(0 <= c.share <= 1 for c in choice.ranked)
        assert sum(c.share for c in choice.ranked) <= 1 + 1e-4
        for chosen in choice.ranked:
            likely = [likelihood for _, likelihood in chosen.figures]
            assert all(0 <= x <= 1 for x in likely) and likely == sorted(likely, reverse=True)
            assert sum(likely) == pytest.approx(1 if likely else 0, abs=1e-4)


def test_what_is_chosen_was_offered(chooser: Chooser, candidates: list[Candidates]) -> None:
    for one in candidates:
        choice = chooser.choose(one)
        assert choice.query is one.query
        assert bool(choice.ranked) is bool(one.windows)
        for chosen in choice.ranked:
            assert chosen.window in one.windows
            assert {f for f, _ in chosen.figures} == set(chosen.window.figures)
            assert chosen.figure == (chosen.figures[0][0] if chosen.figures else None)


def test_a_story_is_told_once(chooser: Chooser, candidates: list[Candidates]) -> None:
    for one in candidates:
        told = [(c.window.voice, c.window.text, c.window.article_id) for c in chooser.choose(one).ranked]
        by_story: dict[tuple[int, str], set[int]] = {}
        for voice, text, article_id in told:
            by_story.setdefault((voice, text), set()).add(article_id)
        assert all(len(articles) == 1 for articles in by_story.values())


def test_nothing_offered_is_nothing_chosen(chooser: Chooser, candidates: list[Candidates]) -> None:
    none = replace(candidates[0], windows=(), passages=())
    assert chooser.choose(none) == Choice(none.query, (), 0.0)


def test_one_window_alone_is_chosen(chooser: Chooser, candidates: list[Candidates]) -> None:
    for window in candidates[0].windows[:5]:
        choice = chooser.choose(replace(candidates[0], windows=(window,)))
        assert [c.window for c in choice.ranked] == [window] and 0 <= choice.sure <= 1


def test_a_query_that_says_nothing_is_no_error(chooser: Chooser, candidates: list[Candidates]) -> None:
    blank = replace(candidates[0], query=Query("", ""))
    assert 0 <= chooser.choose(blank).sure <= 1


def test_the_same_is_chosen_again(chooser: Chooser, candidates: list[Candidates]) -> None:
    for one in candidates:
        assert chooser.choose(one) == chooser.choose(one)


def test_the_order_of_what_is_offered_decides_nothing(chooser: Chooser, candidates: list[Candidates]) -> None:
    for one in candidates:
        forward = chooser.choose(one)
        backward = chooser.choose(replace(one, windows=one.windows[::-1]))
        assert backward.sure == pytest.approx(forward.sure, abs=1e-3)
        assert [c.score for c in backward.ranked] == pytest.approx([c.score for c in forward.ranked], abs=1e-3)


def test_from_several_threads_at_once(chooser: Chooser, candidates: list[Candidates]) -> None:
    alone = [chooser.choose(one) for one in candidates]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(chooser.choose, candidates * 8))
    assert together == alone * 8
