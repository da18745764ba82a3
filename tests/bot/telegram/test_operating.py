"""What the operator sees: limits kept, logs with ids, health and metrics, feedback."""

import json
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bot.conftest import run_main
from tests.bot.telegram.conftest import free_port
from tests.bot.telegram.peer import TOKEN, Peer
from tests.bot.telegram.served import Served

RANK = "Thái Nguyên xếp thứ mấy về DTI năm 2024?"
UNKNOWN = "Giá vàng hôm nay bao nhiêu?"


def test_an_operators_day(
    serve: Callable[..., Served], peer: Peer, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = free_port()
    with serve(metrics_listen=f"127.0.0.1:{port}", telegram_user_per_minute=3) as served:
        peer.say(RANK, 42)
        answer = peer.answer(after=0, chat=42)
        peer.press(answer, "👎", 42)
        peer.say(UNKNOWN, 42)
        peer.answer(after=0, chat=42, text="chưa có")
        peer.say("Còn Hải Phòng?", 42)
        peer.say("Còn Hà Nội?", 42)
        peer.wait("sendMessage", chat=42, text="hỏi nhanh quá")
        peer.say(RANK, 43)  # somebody else's limit is their own
        peer.answer(after=0, chat=43)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz") as health:
            assert json.load(health)["ok"] is True
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as shown:
            metrics = shown.read().decode()
        assert 'tinhso_questions_total{outcome="answered"}' in metrics
        assert 'tinhso_updates_total{kind="message"} 5.0' in metrics
        assert served.stop() == 0
    received, answered = served.events("question.received"), served.events("question.answered")
    assert [line["question"] for line in received] == [line["question"] for line in answered]
    assert not any(TOKEN in line or "Thái Nguyên" in line for line in served.lines)

    monkeypatch.setenv("TINHSO_DATA_DIR", str(folder))
    listed = run_main("feedback").out
    assert UNKNOWN in listed and "👎" in listed
    exported = [json.loads(line) for line in run_main("feedback", "--json").out.splitlines()]
    assert {(line["question"], line["answered"], line["down"]) for line in exported} >= {
        (RANK, True, 1),
        (UNKNOWN, False, 0),
    }
    assert run_main("feedback", "--unanswered").out.count("\n") < len(exported)


def test_feedback_of_a_bot_that_never_ran_is_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TINHSO_DATA_DIR", str(tmp_path))
    done = run_main("feedback")
    assert (done.status, done.out) == (1, "") and "tinhso serve" in done.err
