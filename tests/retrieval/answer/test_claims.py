"""Free prose is held to its evidence: every figure, year, province and unit of many sentences is changed, one at a time."""

from collections.abc import Callable, Iterator
from itertools import islice

import pytest

from ingest.figures import extract
from ingest.pipeline import ingest
from retrieval.answer.claims import borne_by
from retrieval.answer.draft import Line, Statement, Support
from retrieval.answer.figure_claims import Numbered
from retrieval.ask import Answerer
from retrieval.evaluation import load_questions
from retrieval.library import Library
from retrieval.llm import prompts
from retrieval.llm.numbering import numbered
from retrieval.settings import PROJECT
from retrieval.text import Span
from retrieval.types import Article
from tests.fakes import FakeEmbedder
from tests.retrieval.answer import news
from tests.retrieval.answer.alterations import ALTERATIONS
from tests.retrieval.answer.small_library import article
from tests.retrieval.llm import scripted_server as scripts

INVENTED = PROJECT / "tests" / "dev"

TRUE_STILL = 0.005
"""Share of altered sentences that may pass: "thứ 9/63" in the place of "nhóm 10" is a figure that the quotes state too,
and a figure that ingest misread is misread here as well ("ba trụ cột này lần lượt xếp thứ 35, thứ 40 và thứ 33")."""

MOST = 20
"""Alterations of one kind of one sentence."""

Told = tuple[str, tuple[Numbered, ...], str]
"""A sentence, the evidence that it cites, the province asked about."""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[Told]:
    """What a model might write of the invented articles, that holds: composed lines, and sentences in other words."""
    embedder = FakeEmbedder()
    found: list[Told] = []
    folder = tmp_path_factory.mktemp("invented")
    with Library.open(folder, embedder=embedder.name, dimension=embedder.dimension, create=True) as library:
        ingest(sorted(INVENTED.glob("*.txt")), library, FakeEmbedder)
        answerer = Answerer(library, embedder)
        for question in (q for path in sorted(INVENTED.glob("questions*.jsonl")) for q in load_questions(path)):
            trace = answerer.explain(question.q, question.history)
            if trace.choice is None or trace.draft is None or not trace.draft.answered:
                continue
            items = numbered(trace.draft, trace.choice, library)
            if not items:
                continue
            about = trace.query.provinces[0] if len(trace.query.provinces) == 1 else ""
            shown = scripts.items_of(prompts.writing(question.q, items)[1][1])
            sentences = {s for item in shown if item.draft for s in (item.draft, scripts.in_own_words(item)) if s}
            found += [(s, items, about) for s in sorted(sentences) if borne_by(s, items, extract, about)]
    return found


@pytest.mark.parametrize("alter", ALTERATIONS, ids=lambda alter: alter.__name__)
def test_altered_sentences_are_cut(told: list[Told], alter: Callable[[Line], Iterator[str]]) -> None:
    tried, missed = 0, []
    for text, items, about in told:
        for changed in islice(alter(Line(text, tuple(item.support for item in items))), MOST):
            if changed != text:
                tried += 1
                missed += [changed] if borne_by(changed, items, extract, about) else []
    assert tried >= ALTERATIONS[alter]
    assert len(missed) <= TRUE_STILL * tried + 1, "\n".join(missed[:20])


def test_many_sentences_in_other_words_hold(told: list[Told]) -> None:
    assert sum(not any(i.line and i.line.text.endswith(text) for i in items) for text, items, _ in told) >= 30


# --- one article, sentence by sentence ----------------------------------------------------------------------------


def evidence(one: Article) -> tuple[Numbered, ...]:
    """The whole article as one quote."""
    whole = Span(0, len(one.text))
    return (Numbered(1, Support(Statement(1, one, whole, whole), whole), tuple(extract(one))),)


KON_TUM = evidence(news.KON_TUM_2023)
DAK_NONG = evidence(news.DAK_NONG_2023)


@pytest.mark.parametrize(
    "text",
    [
        "Năm 2023, Kon Tum xếp thứ 41/63 về DTI.",
        "Kon Tum xếp hạng 41 về Chỉ số chuyển đổi số năm 2023, đạt 0,5712 điểm.",
        "Theo Báo Kon Tum, năm 2023 tỷ lệ hồ sơ nộp trực tuyến của Kon Tum đạt 61,5%.",
        "Kon Tum phấn đấu đến năm 2025 kinh tế số đạt 15% GRDP.",
        "Năm 2023, Kon Tum xếp thứ 41/63 về DTI, tăng 3 bậc so với năm 2022.",
        "Năm 2023, Kon Tum xếp thứ 38 về chính quyền số.",
    ],
)
def test_what_the_article_states_holds(text: str) -> None:
    assert borne_by(text, KON_TUM, extract, "Kon Tum")


@pytest.mark.parametrize(
    "text",
    [
        "Năm 2023, Kon Tum xếp thứ 14/63 về DTI.",
        "Năm 2023, Kon Tum xếp thứ 41/34 về DTI.",
        "Năm 2022, Kon Tum xếp thứ 41/63 về DTI.",
        "Năm 2023, Gia Lai xếp thứ 41/63 về DTI.",
        "Năm 2023, Kon Tum xếp thứ 41/63 về PCI.",
        "Năm 2023, Kon Tum xếp thứ 41/63 về kinh tế số.",
        "Năm 2023, Kon Tum xếp thứ 41/63 về DTI, giảm 3 bậc so với năm 2022.",
        "Năm 2023, Kon Tum xếp thứ 41/63 về DTI, tăng 3 bậc so với năm 2021.",
        "Năm 2023, Kon Tum xếp thứ 41/63 về DTI, đứng đầu Tây Nguyên.",
        "Năm 2023, Kon Tum xếp thứ 41/63 về DTI, cao nhất cả nước.",
        "Năm 2023, Kon Tum chỉ xếp thứ 41/63 về DTI vì thiếu kinh phí.",
        "Kon Tum xếp thứ 41/63 về DTI.",
        "Năm 2025, kinh tế số của Kon Tum đạt 15% GRDP.",
        "Kinh tế số của Kon Tum đã đạt 15% GRDP vào năm 2025.",
        "Năm 2023, tỷ lệ hồ sơ nộp trực tuyến của Kon Tum đạt 60%.",
        "Năm 2023, tỷ lệ hồ sơ nộp trực tuyến của Kon Tum đạt trên 61,5%.",
        "Năm 2023, tỷ lệ hồ sơ nộp trực tuyến của Kon Tum không đạt 61,5%.",
        "Năm 2023, tỷ lệ thanh toán trực tuyến của Kon Tum đạt 61,5%.",
        "Tỷ lệ hồ sơ công việc xử lý trên môi trường mạng ở cấp xã của Kon Tum đạt 96,1%.",
        "Toàn tỉnh Kon Tum có 4.210 tổ công nghệ số cộng đồng.",
        "Kon Tum đã hoàn thành 42 nhiệm vụ năm 2023.",
        "Kon Tum đứng đầu cả nước về chuyển đổi số.",
        "Kon Tum thực hiện theo Nghị quyết 57-NQ/TW.",
        "Báo Tuổi Trẻ cho biết Kon Tum xếp thứ 41/63 về DTI năm 2023.",
        "In 2023 Kon Tum ranked 41/63 in DTI.",
        "Kon Tum",
        "Theo đó là như vậy.",
        "…",
        "",
        "Năm 2023, Kon Tum xếp thứ 41/63 về DTI. <script>alert(1)</script>",
        "Năm 2023, Kon Tum xếp thứ 41/63 về DTI. [Xem thêm](http://example.com)",
        "HACKED",
    ],
)  # fmt: skip
def test_what_it_does_not_state_falls(text: str) -> None:
    assert not borne_by(text, KON_TUM, extract, "Kon Tum")


@pytest.mark.parametrize(
    "text",
    [
        "Tiểu thương nhận tiền qua mã QR, ban quản lý chợ thu phí bằng ví điện tử.",
        "Tại Chợ 4.0, tiểu thương nhận tiền qua mã QR.",
        "Thiếu cán bộ chuyên trách ở xã.",
    ],
)
def test_an_abridgement_holds(text: str) -> None:
    assert borne_by(text, DAK_NONG, extract, "Đắk Nông")


@pytest.mark.parametrize(
    "text",
    [
        "Ban quản lý chợ nhận tiền qua mã QR, tiểu thương thu phí bằng ví điện tử.",
        "Tiểu thương không nhận tiền qua mã QR.",
        "Máy chủ đã cũ, có kinh phí thay.",
        "Tiểu thương nhận tiền qua ví MoMo.",
        "Tiểu thương Gia Lai nhận tiền qua mã QR.",
        "Máy chủ ở xã đã cũ.",
        "Từ tháng 3/2023, tỉnh mở Chợ 4.0 tại 5.",
    ],
)
def test_what_is_put_together_otherwise_falls(text: str) -> None:
    assert not borne_by(text, DAK_NONG, extract, "Đắk Nông")


def test_two_figures_of_one_clause_keep_their_order() -> None:
    lined = evidence(
        article(
            "lined", "Kon Tum", "Năm 2023, điểm DTI của ba huyện ở Kon Tum lần lượt đạt 71, 65 và 52 điểm.", published="2024-01-01"
        )
    )  # fmt: skip
    assert not borne_by("Năm 2023, điểm DTI của ba huyện ở Kon Tum lần lượt đạt 65, 71 và 52 điểm.", lined, extract)
    assert not borne_by("Năm 2023, điểm DTI của ba huyện ở Kon Tum lần lượt đạt 71, 71 và 52 điểm.", lined, extract)
