"""What Telegram refuses, and what the bot does about it."""

import time

from tests.bot.telegram.peer import Peer

RANK = "Thái Nguyên xếp thứ mấy về DTI năm 2024?"


def test_a_flooded_chat_waits_and_the_others_do_not(bot: Peer, chat: int) -> None:
    after, other = len(bot.calls), chat + 500_000
    bot.shelf.flooded[chat] = time.monotonic() + 1.5
    bot.say(RANK, chat)
    bot.until(lambda: [c for c in bot.calls[after:] if c.chat == chat and not c.ok] or None, "refusal")
    bot.say(RANK, other)
    first = bot.answer(after=after, chat=other)
    later = bot.answer(after=after, chat=chat)
    assert bot.calls.index(first) < bot.calls.index(later)
    assert bot.shelf.flooded[chat] < time.monotonic()
    refused = [c for c in bot.calls[after:] if c.chat == chat and not c.ok]
    assert len(refused) <= 3  # it does not keep knocking


def test_html_that_telegram_cannot_read_goes_as_plain_text_with_the_addresses(bot: Peer, chat: int) -> None:
    after = len(bot.calls)
    bot.fail_next("editMessageText", "Bad Request: can't parse entities: Unsupported start tag")
    bot.say(RANK, chat)
    answer = bot.answer(after=after, chat=chat)
    assert "parse_mode" not in answer.fields and "\n[1] https://" in answer.text


def test_an_edit_that_changes_nothing_is_a_success(bot: Peer, chat: int) -> None:
    after = len(bot.calls)
    bot.fail_next("editMessageText", "Bad Request: message is not modified: specified new message content is the same")
    bot.say(RANK, chat)
    bot.say("/theodoi", chat)
    bot.wait("sendMessage", after=after, chat=chat, text="chưa theo dõi")
    assert len([c for c in bot.calls[after:] if c.chat == chat and c.method == "sendMessage"]) == 2


def test_an_answer_whose_place_was_deleted_is_sent_anew(bot: Peer, chat: int) -> None:
    after = len(bot.calls)
    bot.fail_next("editMessageText", "Bad Request: message to edit not found")
    bot.say(RANK, chat)
    answer = bot.wait("sendMessage", after=after, chat=chat, text="Nguồn:")
    bot.press(answer, "[1]", chat)
    bot.wait("sendMessage", after=bot.calls.index(answer) + 1, chat=chat, text="“")


def test_who_has_blocked_the_bot_is_left_alone(bot: Peer, chat: int) -> None:
    after = len(bot.calls)
    bot.say("/theodoi Thái Nguyên", chat)
    bot.wait("sendMessage", after=after, chat=chat, text="báo khi có bài mới")
    bot.shelf.blocked.add(chat)
    bot.say(RANK, chat)
    bot.until(
        lambda: [c for c in bot.calls[after:] if (c.chat, c.method, c.ok) == (chat, "sendMessage", False)] or None,
        "refusal",  # of the message: "đang gõ" may be refused before it
    )
    bot.shelf.blocked.discard(chat)
    bot.say("/theodoi", chat)
    bot.wait("sendMessage", after=after, chat=chat, text="chưa theo dõi")


def test_a_group_that_became_a_supergroup_is_answered_there(bot: Peer, chat: int) -> None:
    after, old, new = len(bot.calls), -chat, -1_000_000 - chat
    bot.shelf.moved[old] = new
    bot.say(f"@testbot {RANK}", old, user=5)
    assert "Thái Nguyên" in bot.answer(after=after, chat=new).text


def test_a_line_that_breaks_is_tried_again(bot: Peer, chat: int) -> None:
    after = len(bot.calls)
    for method in ("sendMessage", "editMessageText"):
        bot.fail_next(method, "Bad Gateway", 502)
    bot.say(RANK, chat)
    bot.answer(after=after, chat=chat)
    assert len([c for c in bot.calls[after:] if c.chat == chat and c.ok and c.method == "editMessageText"]) == 1


def test_a_server_error_loses_no_button(bot: Peer, chat: int) -> None:
    after = len(bot.calls)
    bot.say(RANK, chat)
    answer = bot.answer(after=after, chat=chat)
    bot.fail_next("answerCallbackQuery", "Bad Request: query is too old and response timeout expired")
    bot.press(answer, "[1]", chat)
    bot.wait("sendMessage", after=after, chat=chat, text="“")


def test_what_goes_wrong_is_told_with_a_code(bot: Peer, chat: int) -> None:
    after = len(bot.calls)
    bot.fail_next("sendMessage", "Bad Request: wrong something")
    bot.say("/help", chat)
    bot.wait("sendMessage", after=after, chat=chat, text="báo người vận hành mã")
