"""A story counts once, however many publishers carry it."""

from dataclasses import replace

import pytest

from retrieval.search import search
from tests.fakes import FakeEmbedder
from tests.retrieval.answer import news
from tests.retrieval.answer.conftest import Open
from tests.retrieval.answer.small_library import article

COPY = replace(
    news.KON_TUM_2023,
    source="chep-lai.txt",
    address="/articles/chep-lai.txt",
    title="Kon Tum tăng ba bậc",
    publisher="Trang Tin Chép Lại",
    text="Tin từ Kon Tum. " + news.KON_TUM_2023.text,
)
INDEPENDENT = article(
    "ban-tin",
    "Kon Tum",
    "Bản tin tháng sáu nhắc lại rằng Kon Tum xếp thứ 41/63 về Chỉ số chuyển đổi số (DTI) năm 2023.",
    published="2024-06-30",
    publisher="Bản tin Số",
)
QUESTIONS = (
    "DTI năm 2023 của Kon Tum xếp thứ mấy?",
    "Tỷ lệ hồ sơ nộp trực tuyến của Kon Tum năm 2023?",
    "Kon Tum có bao nhiêu tổ công nghệ số cộng đồng?",
)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_copy_is_no_second_source(over: Open, question: str) -> None:
    answer = over(news.KON_TUM_2023, COPY)(question)
    assert answer.answered
    assert len({citation.publisher for citation in answer.citations}) == 1


def test_another_story_is(over: Open) -> None:
    answer = over(news.KON_TUM_2023, COPY, INDEPENDENT)(QUESTIONS[0])
    publishers = {citation.publisher for citation in answer.citations}
    assert "Bản tin Số" in publishers
    assert len(publishers) == 2


def test_search_gives_a_story_once(over: Open) -> None:
    library = over(news.KON_TUM_2023, COPY, INDEPENDENT).answerer.library
    passages = search(library, FakeEmbedder(), "DTI năm 2023 của Kon Tum", limit=10)
    assert len({passage.article.source for passage in passages}) == len({passage.story_id for passage in passages}) == 2
