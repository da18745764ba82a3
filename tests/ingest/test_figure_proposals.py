"""Figures that a model proposes are kept only where the words of the article bear them."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.commands.proposing import propose_figures
from ingest.figures import extract
from ingest.figures.model import PART, ModelProposer
from ingest.figures.proposals import Proposal, accepted
from retrieval.settings import Settings
from retrieval.types import FigureKind, Period
from tests.retrieval.answer.small_library import article, make
from tests.retrieval.llm.conftest import model
from tests.retrieval.llm.scripted_server import Scripted, serving

QUOTE = "Năm 2023, số hóa hồ sơ lưu trữ của Kon Tum đi được 37,5% chặng đường"
NEWS = article(
    "kon-tum",
    "Kon Tum",
    f"""
    {QUOTE}. Tỉnh phấn đấu đến năm 2025 có 80% trạm y tế khám chữa bệnh từ xa. Huyện Đắk Hà có 12 điểm.

    Năm 2023, Kon Tum có 61 cửa hàng dùng mã QR và Gia Lai có 75 cửa hàng dùng mã QR. Sản lượng không đạt 99 tấn năm 2023.
    """,
    published="2024-02-01",
)
RIGHT = Proposal(QUOTE, "37,5%", "Kon Tum", "số hóa hồ sơ lưu trữ", "%", FigureKind.RESULT, 2023)


def kept(proposal: Proposal) -> bool:
    return bool(accepted(NEWS, [], [proposal]))


def test_what_the_text_bears_is_kept_and_marked() -> None:
    (figure,) = accepted(NEWS, [], [RIGHT])
    assert (figure.value, figure.shown, figure.province, figure.period) == (37.5, "37,5%", "Kon Tum", Period(2023))
    assert figure.read_by == "model"
    assert NEWS.text[figure.start : figure.end] == "37,5"
    assert NEWS.text[figure.quote_start : figure.quote_end] == QUOTE


def test_a_target_is_kept_as_one() -> None:
    quote = "Tỉnh phấn đấu đến năm 2025 có 80% trạm y tế khám chữa bệnh từ xa"
    aim = Proposal(quote, "80", "Kon Tum", "trạm y tế khám chữa bệnh từ xa", "%", FigureKind.TARGET, 2025)
    assert kept(aim)
    assert not kept(replace(aim, kind=FigureKind.RESULT))


@pytest.mark.parametrize(
    "changed",
    [
        {"quote": QUOTE.replace("37,5", "73,5"), "shown": "73,5%"},
        {"quote": "Năm 2023, Kon Tum đạt 37,5%"},
        {"quote": ""},
        {"shown": "73,5%"},
        {"shown": "37"},
        {"shown": "5"},
        {"shown": "2023"},
        {"shown": "nhiều"},
        {"shown": ""},
        {"province": "Gia Lai"},
        {"province": "Hà Nội"},
        {"province": ""},
        {"indicator": "DTI"},
        {"indicator": "thanh toán trực tuyến"},
        {"indicator": "dân số"},
        {"indicator": ""},
        {"unit": "điểm"},
        {"unit": "hạng"},
        {"unit": ""},
        {"kind": FigureKind.TARGET},
        {"kind": FigureKind.RANK},
        {"kind": FigureKind.CHANGE},
        {"year": 2022},
        {"year": None},
    ],
)
def test_what_it_does_not_bear_is_left_out(changed: dict[str, object]) -> None:
    assert not kept(replace(RIGHT, **changed))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "proposal",
    [
        Proposal("Huyện Đắk Hà có 12 điểm", "12", "Kon Tum", "điểm", "điểm", FigureKind.RESULT, None),
        Proposal(
            "Năm 2023, Kon Tum có 61 cửa hàng dùng mã QR và Gia Lai có 75 cửa hàng dùng mã QR",
            "75", "Kon Tum", "cửa hàng dùng mã QR", "cửa hàng", FigureKind.RESULT, 2023,
        ),
        Proposal("Sản lượng không đạt 99 tấn năm 2023", "99", "Kon Tum", "sản lượng", "tấn", FigureKind.RESULT, 2023),
    ],
)  # fmt: skip
def test_figures_of_others_and_denials_are_left_out(proposal: Proposal) -> None:
    assert not kept(proposal)


def test_what_the_rules_read_is_not_read_twice() -> None:
    known = [replace(f, read_by="rules") for f in accepted(NEWS, [], [RIGHT])]
    assert accepted(NEWS, known, [RIGHT]) == []
    assert len(accepted(NEWS, [], [RIGHT, RIGHT])) == 1


# --- a model behind a real server ----------------------------------------------------------------------------------


def replies(*entries: object) -> str:
    return json.dumps({"figures": entries}, ensure_ascii=False)


ENTRY = {
    "quote": QUOTE, "shown": "37,5%", "province": "Kon Tum", "indicator": "số hóa hồ sơ lưu trữ", "unit": "%",
    "kind": "result", "year": 2023,
}  # fmt: skip


@pytest.fixture(scope="module")
def one_server() -> Iterator[Scripted]:
    with serving() as scripted:
        yield scripted


@pytest.fixture
def server(one_server: Scripted) -> Scripted:
    one_server.script, one_server.fault = (lambda items: replies(ENTRY)), ""
    one_server.asked.clear()
    return one_server


def test_odd_replies_propose_nothing(server: Scripted, tmp_path: Path) -> None:
    odd = [
        1,
        None,
        {},
        {**ENTRY, "kind": "praise"},
        {**ENTRY, "year": "2023"},
        {**ENTRY, "year": True},
        {**ENTRY, "quote": 5},
    ]
    server.script = lambda items: replies(*odd, ENTRY)
    assert ModelProposer(model(server, tmp_path)).propose(NEWS) == [RIGHT]
    server.script = lambda items: "[]"
    assert ModelProposer(model(server, tmp_path)).propose(NEWS) == []


def test_a_dead_provider_proposes_nothing(server: Scripted, tmp_path: Path) -> None:
    server.fault = "500"
    assert ModelProposer(model(server, tmp_path)).propose(NEWS) == []


def test_a_long_article_is_read_in_parts(server: Scripted, tmp_path: Path) -> None:
    long = replace(NEWS, text="\n\n".join([NEWS.text, "Một đoạn dài. " * (PART // 14), NEWS.text]))
    assert len(ModelProposer(model(server, tmp_path)).propose(long)) == len(server.asked) == 3


def test_proposed_figures_join_the_library(server: Scripted, tmp_path: Path) -> None:
    missed = [f for f in extract(NEWS) if f.value != 37.5]
    settings = Settings.model_validate(
        {"data_dir": tmp_path, "llm": "openai:x", "llm_base_url": server.address, "llm_figures": True}
    )
    with make(tmp_path, [NEWS]) as library:
        stored = library.find(NEWS.source)
        assert stored is not None
        library.put(NEWS, [], np.empty((0, library.dimension), np.float32), missed)
        assert propose_figures(settings.model_copy(update={"llm_figures": False}), library, [NEWS.source]) == 0
        assert propose_figures(settings, library, [NEWS.source, "gone.txt"]) == 1
        assert propose_figures(settings, library, [NEWS.source]) == 0, "nothing is done twice"
        (found,) = [s.figure for s in library.figures(provinces=["Kon Tum"]) if s.figure.value == 37.5]
        assert found.read_by == "model"
