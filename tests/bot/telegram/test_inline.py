"""Inline mode: an answer is looked up once, when the person has stopped typing."""

import json

from tests.bot.telegram.peer import Peer

RANK = "Thái Nguyên xếp thứ mấy về DTI năm 2024?"


def test_the_last_of_many_keys_is_answered(bot: Peer, chat: int) -> None:
    after = len(bot.calls)
    for end in (12, 20, 30, len(RANK)):
        bot.type_inline(RANK[:end], chat)
    given = bot.wait("answerInlineQuery", after=after)
    (result,) = json.loads(given.fields["results"])
    assert "Thái Nguyên" in result["input_message_content"]["message_text"]
    assert "<blockquote expandable>" in result["input_message_content"]["message_text"]
    assert int(given.fields["cache_time"]) > 0
    assert len([call for call in bot.calls[after:] if call.method == "answerInlineQuery"]) == 1


def test_what_is_not_known_is_offered_to_nobody(bot: Peer, chat: int) -> None:
    after = len(bot.calls)
    bot.type_inline("Giá vàng hôm nay bao nhiêu?", chat)
    given = bot.wait("answerInlineQuery", after=after)
    assert json.loads(given.fields["results"]) == []
    assert "start_parameter" in given.fields["button"]
