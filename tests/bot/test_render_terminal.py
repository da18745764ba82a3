"""What a terminal shows: text as it is, weight only where there is a terminal, and no colour against NO_COLOR."""

from datetime import date

import pytest

from bot.render.terminal import print_answer, print_passages
from retrieval.types import Answer, Article, Chunk, Citation, Passage

ODD = "Tỷ lệ [bold]đạt[/bold] 85% :key: [/x] \\[1] " + "rất dài " * 30
CITATION = Citation(
    1, "a.txt", "[red]Tiêu đề[/red] :tada:", None, "https://so.vn/a?b=[1]", date(2024, 3, 5), "Đạt\n85% [u]x"
)
ANSWER = Answer("?", "?", True, ODD + "[1]", (CITATION,), 1.0)


@pytest.fixture(autouse=True)
def no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


def test_text_is_printed_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    print_answer(ANSWER)
    answer, _, sources = capsys.readouterr().out.partition("\n\nNguồn\n")
    assert answer == ODD + "[1]"
    assert sources == "[1] [red]Tiêu đề[/red] :tada: — 05/03/2024 — https://so.vn/a?b=[1]\n    “Đạt 85% [u]x”\n"


def test_a_source_without_an_address_is_named_by_its_file(capsys: pytest.CaptureFixture[str]) -> None:
    citation = Citation(1, "bai/a.txt", "Tiêu đề", "Báo X", None, None, "Đạt 85%")
    print_answer(Answer("?", "?", True, "85% [1]", (citation,), 1.0))
    assert "[1] Tiêu đề — Báo X — bai/a.txt\n" in capsys.readouterr().out


def test_a_refusal_is_its_text_alone(capsys: pytest.CaptureFixture[str]) -> None:
    print_answer(Answer("?", "?", False, "Chưa có thông tin.", (), 1.0))
    assert capsys.readouterr().out == "Chưa có thông tin.\n"


def test_passages(capsys: pytest.CaptureFixture[str]) -> None:
    article = Article("a.txt", "/a.txt", "Tiêu đề [x]", "Một.\nHai.")
    print_passages([Passage(1, article, Chunk(0, 9, "Một.\nHai."), 0.875)])
    assert capsys.readouterr().out == "1. Tiêu đề [x] (0.88) a.txt\n   Một. Hai.\n\n"
    print_passages([])
    assert capsys.readouterr().out == "Không tìm thấy đoạn nào.\n"


def test_a_terminal_gets_weight_and_no_colour_against_its_wish(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    print_answer(ANSWER)
    assert "\x1b[1mNguồn" in capsys.readouterr().out
    monkeypatch.setenv("NO_COLOR", "1")
    print_answer(ANSWER)
    assert not any(f"\x1b[{code}" in capsys.readouterr().out for code in ("3", "4", "9"))
