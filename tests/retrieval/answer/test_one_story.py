"""A story counts once, however many publishers carry it."""

from dataclasses import replace

import pytest

from retrieval.search import search
from tests.fakes import FakeEmbedder
from tests.retrieval.answer import news
from tests.retrieval.answer.small_library import article
from tests.retrieval.conftest import Open

COPY = replace(
    news.KON_TUM_2023,
    source="chep-lai.txt",
    address="/articles/chep-lai.txt",
    title="Kon Tum tăng ba bậc",
    publisher="Trang Tin Chép Lại",
    text="Tin từ Kon Tum. " + news.KON_TUM_2023.text,
)
EXACT = replace(
    news.KON_TUM_2023,
    source="dang-lai.txt",
    address="https://dang-lai.example/bai",
    url="https://dang-lai.example/bai",
    publisher="Trang Tin Đăng Lại",
)
COPIES = {"a near-copy": COPY, "an exact copy": EXACT}
INDEPENDENT = article(
    "ban-tin",
    "Kon Tum",
    "Bản tin tháng sáu nhắc lại rằng Kon Tum xếp thứ 41/63 về Chỉ số chuyển đổi số (DTI) năm 2023.",
    published="2024-06-30",
    publisher="Bản tin Số",
)
DAK_LAK = article(
    "dak-lak",
    "Đắk Lắk",
    "Năm 2023, kinh tế số của Đắk Lắk chiếm 7,1% GRDP.",
    published="2024-02-01",
    publisher="Báo Đắk Lắk",
)
QUESTIONS = (
    "DTI năm 2023 của Kon Tum xếp thứ mấy?",
    "Tỷ lệ hồ sơ nộp trực tuyến của Kon Tum năm 2023?",
    "Kon Tum có bao nhiêu tổ công nghệ số cộng đồng?",
)
SURVEYS = (
    "Xếp hạng các tỉnh theo tỷ trọng kinh tế số trong GRDP năm 2023",
    "So sánh kinh tế số trong GRDP của Kon Tum và Đắk Lắk năm 2023",
    "Tổng quan chuyển đổi số Kon Tum năm 2023",
)


@pytest.mark.parametrize("copy", COPIES)
@pytest.mark.parametrize("question", QUESTIONS)
def test_a_copy_is_no_second_source(over: Open, question: str, copy: str) -> None:
    answer = over(news.KON_TUM_2023, COPIES[copy])(question)
    assert answer.answered
    assert len({citation.publisher for citation in answer.citations}) == 1


@pytest.mark.parametrize("question", SURVEYS)
def test_an_exact_copy_changes_no_survey(over: Open, question: str) -> None:
    once = over(news.KON_TUM_2023, DAK_LAK)(question)
    assert once.answered
    assert over(news.KON_TUM_2023, EXACT, DAK_LAK)(question).text == once.text


@pytest.mark.parametrize("copy", COPIES)
def test_another_story_is(over: Open, copy: str) -> None:
    answer = over(news.KON_TUM_2023, COPIES[copy], INDEPENDENT)(QUESTIONS[0])
    publishers = {citation.publisher for citation in answer.citations}
    assert "Bản tin Số" in publishers
    assert len(publishers) == 2


@pytest.mark.parametrize("copy", COPIES)
def test_search_gives_a_story_once(over: Open, copy: str) -> None:
    library = over(news.KON_TUM_2023, COPIES[copy], INDEPENDENT).answerer.library
    passages = search(library, FakeEmbedder(), "DTI năm 2023 của Kon Tum", limit=10)
    assert len({passage.article.source for passage in passages}) == len({passage.story_id for passage in passages}) == 2
