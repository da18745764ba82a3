"""Starting, stopping, being killed: nothing asked is lost, nothing is answered twice."""

import json
import signal
import time
from collections import Counter
from collections.abc import Callable

from tests.bot.telegram.conftest import free_port
from tests.bot.telegram.peer import TOKEN, Peer
from tests.bot.telegram.served import Served

RANK = "Thái Nguyên xếp thứ mấy về DTI năm 2024?"
Serve = Callable[..., Served]


def answers(peer: Peer) -> Counter[int]:
    """Messages that hold an answer, by chat."""
    held = {(c.chat, c.result["message_id"]) for c in peer.calls if c.ok and c.method == "editMessageText" and c.text}
    return Counter(chat for chat, _ in held)


def test_without_a_token_one_line_says_what_to_do(serve: Serve) -> None:
    served = serve(telegram_token="")
    assert served.wait() == 1
    assert served.lines == [
        "tinhso: There is no Telegram token: get one from @BotFather and set TINHSO_TELEGRAM_TOKEN."
    ]


def test_a_refused_token_ends_it_and_is_not_shown(serve: Serve, peer: Peer) -> None:
    peer.fail_next("getMe", "Unauthorized", 401)
    served = serve()
    assert served.wait() == 1
    assert "refuses this token" in served.lines[-1]
    assert not any(TOKEN in line for line in served.lines)


def test_it_waits_for_the_network(serve: Serve, peer: Peer) -> None:
    for _ in range(2):
        peer.fail_next("getMe", "Bad Gateway", 502)
    with serve() as served:
        assert len(served.events("telegram.unreachable")) == 2


def test_a_second_bot_on_the_same_folder_says_so(serve: Serve) -> None:
    with serve():
        second = serve()
        assert second.wait() == 1
        assert "Another `tinhso serve` is running" in second.lines[-1]


def test_another_program_that_takes_the_updates_is_told_of_once(serve: Serve, peer: Peer) -> None:
    with serve() as served:
        peer.fail_next("getUpdates", "Conflict: terminated by other getUpdates request", 409)
        peer.say("/huy", 42)  # ends the poll that is open
        assert served.wait() == 1
    assert len([line for line in served.lines if "409" in line and line.startswith("tinhso:")]) == 1


def test_a_question_asked_while_it_was_down_is_answered_when_it_is_up(serve: Serve, peer: Peer) -> None:
    peer.say(RANK, 42)
    with serve():
        peer.answer(after=0)


def test_what_was_begun_before_a_kill_is_ended_after_it(serve: Serve, peer: Peer) -> None:
    chats = range(100, 130)
    with serve() as served:
        for chat in chats:
            peer.say(RANK, chat)
        peer.wait("editMessageText")
        served.kill()
    with serve() as served:
        peer.until(lambda: answers(peer).total() >= len(chats) or None, "answer for everybody", timeout=20)
        assert served.stop() == 0
    assert answers(peer) == Counter(chats)
    # and it remembers them: a follow-up of before the kill is understood
    with serve():
        after = len(peer.calls)
        peer.say("Còn Hải Phòng?", 100)
        assert "DTI" in peer.answer(after=after, chat=100, text="Hải Phòng").text


def test_a_stop_ends_what_is_running(serve: Serve, peer: Peer) -> None:
    with serve() as served:
        for chat in range(100, 120):
            peer.say(RANK, chat)
        peer.wait("sendMessage")
        assert served.stop() == 0
    begun = {call.chat for call in peer.calls if call.ok and call.method == "sendMessage"}
    assert set(answers(peer)) == begun  # nobody is left with a word that work goes on


def test_a_stop_does_not_wait_for_a_flood_to_end(serve: Serve, peer: Peer) -> None:
    peer.shelf.flooded[42] = time.monotonic() + 60
    with serve(telegram_stop_seconds=1) as served:
        peer.say(RANK, 42)
        peer.until(lambda: [c for c in peer.calls if c.chat == 42] or None, "refusal")
        began = time.monotonic()
        assert served.stop() == 0
        assert time.monotonic() - began < 30
    peer.shelf.flooded.clear()
    with serve():
        peer.answer(after=0)
    assert answers(peer) == Counter([42])


def test_late_questions_are_answered_with_a_word_about_it(serve: Serve, peer: Peer) -> None:
    hour_ago = int(time.time()) - 3600
    for chat in (42, 43):
        peer.say(RANK, chat, date=hour_ago)
    with serve():
        first = peer.answer(after=0, text="Xin lỗi vì trả lời muộn")
        peer.answer(after=0, chat=43, text="Xin lỗi vì trả lời muộn")
    times = [c.time for c in peer.calls if c.method == "editMessageText"]
    assert first.ok and times[1] - times[0] > 0.5  # one after the other, never in a burst


def test_late_questions_are_left_alone_where_the_operator_says_so(serve: Serve, peer: Peer) -> None:
    peer.say(RANK, 42, date=int(time.time()) - 3600)
    peer.say(RANK, 43)
    with serve(telegram_skip_late="true"):
        peer.answer(after=0, chat=43)
    assert 42 not in answers(peer)


def test_by_webhook(serve: Serve, peer: Peer) -> None:
    port = free_port()
    hook = {"telegram_mode": "webhook", "telegram_webhook_url": f"http://127.0.0.1:{port}/hook"}
    with serve(**hook, telegram_listen=f"127.0.0.1:{port}", telegram_webhook_secret="bi-mat_1") as served:
        peer.say(RANK, 42)
        answer = peer.answer(after=0)
        peer.press(answer, "[1]", 42)
        peer.wait("sendMessage", text="“")
        (hooked,) = [call for call in peer.calls if call.method == "setWebhook"]
        assert hooked.fields["secret_token"] == "bi-mat_1"
        assert json.loads(hooked.fields["allowed_updates"])
        for chat in range(100, 110):
            peer.say(RANK, chat)
        served.kill()
    with serve(**hook, telegram_listen=f"127.0.0.1:{port}") as served:
        peer.until(lambda: answers(peer).total() >= 11 or None, "answer for everybody", timeout=20)
        assert served.stop(signal.SIGINT) == 0
    assert answers(peer) == Counter([42, *range(100, 110)])
    assert not any("bi-mat_1" in line for line in served.lines)


def test_a_webhook_needs_an_address(serve: Serve) -> None:
    served = serve(telegram_mode="webhook")
    assert served.wait() == 1
    assert "TINHSO_TELEGRAM_WEBHOOK_URL" in served.lines[-1]


def test_only_those_whom_the_operator_allows_are_served(serve: Serve, peer: Peer) -> None:
    with serve(telegram_allowed="5, 43"):
        peer.say(RANK, 42)
        peer.wait("sendMessage", chat=42, text="chỉ phục vụ những người")
        peer.say(RANK, 43)
        peer.answer(after=0, chat=43)
    assert 42 not in answers(peer)
