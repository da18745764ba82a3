"""`tinhso ask --explain`: the question as understood, what was found and chosen and why, then the answer."""

import json
from typing import Any

from tests.bot.conftest import Run
from tests.bot.test_cli_ask import ANSWER, RANK_OF_QUANG_NINH


def explained(done_out: str) -> dict[str, Any]:
    (line,) = done_out.splitlines()
    return dict(json.loads(line))


def test_the_way_to_an_answer_is_told_in_order(tinhso: Run) -> None:
    done = tinhso("ask", "--explain", RANK_OF_QUANG_NINH)
    assert (done.status, done.err) == (0, "")
    heads = [line for line in done.out.splitlines() if line.isupper() and not line.startswith(" ")]
    assert heads == ["QUERY", "LEDGER", "WINDOWS", "ANSWER"]
    assert "  provinces    Quảng Ninh\n  periods      năm 2022\n" in done.out
    assert "threshold of" in done.out
    way, _, answer = done.out.partition("\nANSWER\n")
    assert "seed-001-quang-ninh" in way and "inherits Quảng Ninh" in way
    assert "[1]" in answer and "\nNguồn\n" in answer


def test_the_answer_is_the_one_that_is_given_without_it(tinhso: Run) -> None:
    plain = json.loads(tinhso("ask", RANK_OF_QUANG_NINH, "--json").out)
    told = explained(tinhso("ask", RANK_OF_QUANG_NINH, "--explain", "--json").out)
    assert {key: told[key] for key in ANSWER - {"took_ms"}} == {key: plain[key] for key in ANSWER - {"took_ms"}}


def test_what_is_told_is_marked_and_what_is_not_has_its_reason(tinhso: Run) -> None:
    told = explained(tinhso("ask", RANK_OF_QUANG_NINH, "--explain", "--json").out)
    assert told["query"]["act"] == "question"
    assert told["query"]["indicators"] == ["dti"]
    assert 0 < told["choice"]["sure"] <= 1
    windows = told["choice"]["windows"]
    assert all(window["verdict"] for window in windows)
    ranked = [window for window in windows if window["share"] is not None]
    assert ranked[0]["reasons"], "what speaks for the best window, and against it"
    assert [w["share"] for w in ranked] == sorted((w["share"] for w in ranked), reverse=True)
    others = [w for w in windows if w["verdict"] == "speaks of others only"]
    assert others and all(w["share"] is None for w in others)
    sources = {citation["source"] for citation in told["citations"]}
    assert {f["source"] for f in told["ledger"]["figures"] if f["verdict"] == "told"} <= sources
    late = [f for f in told["ledger"]["figures"] if f["period"] not in ("năm 2022", None)]
    assert all(f["verdict"] == "of another time" for f in late)


def test_a_message_that_asks_nothing_has_no_way_to_tell(tinhso: Run) -> None:
    told = explained(tinhso("ask", "cảm ơn bạn nhiều nhé", "--explain", "--json").out)
    assert told["query"] == {"text": "cảm ơn bạn nhiều nhé", "act": "thanks"}
    assert told["choice"]["windows"] == told["ledger"]["figures"] == []
    assert told["made"] == "thanks" and told["citations"] == []
    page = tinhso("ask", "--explain", "cảm ơn bạn nhiều nhé").out
    assert "LEDGER" not in page and "Không có gì" in page


def test_a_conversation_is_explained_line_by_line(tinhso: Run) -> None:
    line = json.dumps({"id": 7, "q": "Còn Thái Nguyên năm 2024?", "history": [RANK_OF_QUANG_NINH]})
    told = explained(tinhso("ask", "--explain", "--jsonl", "-", stdin=line).out)
    assert told["id"] == 7
    assert told["query"]["provinces"] == ["Thái Nguyên"]
    assert "Thái Nguyên" in told["query"]["standalone"]
