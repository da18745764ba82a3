"""`tinhso` with a chat model named: what programs and people are shown, over a scripted server on loopback."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from bot.render import terminal
from tests.bot.conftest import Run
from tests.retrieval.llm import scripted_server as scripts
from tests.retrieval.llm.scripted_server import Scripted, serving

RANK_OF_QUANG_NINH = "Quảng Ninh xếp thứ mấy về chỉ số chuyển đổi số DTI năm 2022?"
KEY = "sk-not-to-be-told"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, small_library: Path) -> Iterator[Scripted]:
    with serving() as scripted:
        monkeypatch.setenv("TINHSO_LLM", "openai:scripted")
        monkeypatch.setenv("TINHSO_LLM_BASE_URL", scripted.address)
        monkeypatch.setenv("TINHSO_LLM_API_KEY", KEY)
        yield scripted
    (small_library / "model.sqlite3").unlink(missing_ok=True)


def test_json_says_who_wrote_and_what_was_cut(tinhso: Run, server: Scripted) -> None:
    invented = "Quảng Ninh dẫn đầu cả nước nhờ Tập đoàn FPT."
    server.script = lambda items: [(invented, [1]), *scripts.well(items)]
    answer = json.loads(tinhso("ask", RANK_OF_QUANG_NINH, "--json").out)
    assert answer["written_by"] == "model:openai:scripted"
    assert answer["cut"] == [invented]
    assert "thứ 3" in answer["answer"] and invented not in answer["answer"]


def test_a_dead_provider_costs_one_line(tinhso: Run, server: Scripted) -> None:
    server.fault = "500"
    done = tinhso("ask", RANK_OF_QUANG_NINH)
    assert done.status == 0 and "thứ 3" in done.out
    assert KEY not in done.out + done.err


def test_doctor_opens_the_model_and_sends_nothing(tinhso: Run, server: Scripted) -> None:
    assert "openai:scripted: can be opened" in tinhso("doctor").out
    assert not server.asked


def test_a_model_that_cannot_be_used_is_named(tinhso: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TINHSO_LLM", "gpt")
    done = tinhso("ask", RANK_OF_QUANG_NINH)
    assert done.status == 1 and "PROVIDER:MODEL" in done.err
    done = tinhso("doctor")
    assert done.status == 1 and "PROBLEM: TINHSO_LLM" in done.out


def test_sentences_are_shown_as_they_come_and_give_way_to_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = io.StringIO()
    monkeypatch.setattr(terminal, "_console", lambda: Console(file=shown, force_terminal=True, soft_wrap=True))
    with terminal.sentences_as_they_come() as show:
        assert show is not None
        show("Câu một.")
        show("Câu hai.")
    assert "Câu một." in shown.getvalue() and "Câu hai." in shown.getvalue()
    assert shown.getvalue().rstrip().endswith("\x1b[2K"), "nothing of them stays"


def test_into_a_pipe_no_sentence_is_shown_before_the_answer() -> None:
    with terminal.sentences_as_they_come() as show:
        assert show is None
