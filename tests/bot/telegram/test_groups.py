"""Groups and topics: the bot answers only those who speak to it, where they speak."""

import pytest

from tests.bot.telegram.peer import Json, Peer

RANK = "Thái Nguyên xếp thứ mấy về DTI năm 2024?"


@pytest.fixture
def group(chat: int) -> int:
    return -100_000 - chat


def test_talk_among_people_is_left_alone(bot: Peer, group: int) -> None:
    after = len(bot.calls)
    question = bot.say(RANK, group, user=5)
    bot.say("@nguoikhac " + RANK, group, user=5, entities=[{"type": "mention", "offset": 0, "length": 10}])
    bot.say(RANK, group, user=5, edit=question)
    bot.say("/hoi@otherbot " + RANK, group, user=5)
    bot.say("/huy", group, user=5)
    bot.wait("sendMessage", after=after, chat=group, text="Không có câu hỏi nào")
    assert len([call for call in bot.calls[after:] if call.chat == group]) == 1


@pytest.mark.parametrize("text", [f"@testbot {RANK}", f"Nhờ @testbot: {RANK}", f"/hoi {RANK}"])
def test_a_question_to_the_bot_is_answered(text: str, bot: Peer, group: int) -> None:
    after = len(bot.calls)
    question = bot.say(text, group, user=5)
    assert "Thái Nguyên" in bot.answer(after=after, chat=group).text
    (placed,) = [c for c in bot.calls[after:] if c.chat == group and c.method == "sendMessage"]
    assert f'"message_id": {question["message_id"]}' in placed.fields["reply_parameters"]


def test_a_reply_leans_on_the_answer_it_replies_to(bot: Peer, group: int) -> None:
    after = len(bot.calls)
    bot.say(f"@testbot {RANK}", group, user=5)
    answer = bot.answer(after=after, chat=group)
    bot.say("@testbot Tỷ lệ hồ sơ trực tuyến của Khánh Hòa năm 2025?", group, user=5)
    bot.answer(after=bot.calls.index(answer) + 1, chat=group)
    bot.say("Còn Hải Phòng?", group, user=6, reply_to_message=answer.result)
    other = bot.answer(after=after, chat=group, text="Hải Phòng")
    assert "DTI" in other.text


def test_two_people_in_one_group_have_conversations_of_their_own(bot: Peer, group: int) -> None:
    after = len(bot.calls)
    bot.say(f"@testbot {RANK}", group, user=5)
    bot.answer(after=after, chat=group)
    bot.say("@testbot Còn Hải Phòng?", group, user=6)  # 6 has asked nothing yet
    placed = bot.wait("sendMessage", after=after, chat=group, text="Hải Phòng…")
    assert "2024" not in placed.text


def test_an_answer_stays_in_its_topic(bot: Peer, group: int) -> None:
    after = len(bot.calls)
    topic: Json = {"message_thread_id": 77, "is_topic_message": True}
    bot.say(f"@testbot {RANK}", group, user=5, **topic)
    answer = bot.answer(after=after, chat=group)
    sent = [c for c in bot.calls[after:] if c.chat == group and c.method in ("sendMessage", "sendChatAction")]
    assert {c.fields["message_thread_id"] for c in sent} == {"77"}
    bot.press(answer, "[1]", 5)
    assert bot.wait("sendMessage", after=after, chat=group, text="“").fields["message_thread_id"] == "77"


def test_a_chain_of_replies_is_no_topic(bot: Peer, group: int) -> None:
    after = len(bot.calls)
    bot.say(f"@testbot {RANK}", group, user=5, message_thread_id=78)
    bot.answer(after=after, chat=group)
    assert not [c for c in bot.calls[after:] if c.chat == group and "message_thread_id" in c.fields]


def test_the_bot_introduces_itself_where_it_is_added(bot: Peer, group: int) -> None:
    after = len(bot.calls)
    me = {"id": 7, "is_bot": True, "first_name": "Fixture"}
    change = {
        "chat": {"id": group, "type": "supergroup", "title": "G"},
        "from": {"id": 5, "is_bot": False, "first_name": "A"},
        "date": 1,
        "old_chat_member": {"user": me, "status": "left"},
        "new_chat_member": {"user": me, "status": "member"},
    }
    bot.hand_over({"my_chat_member": change})
    bot.wait("sendMessage", after=after, chat=group, text="@testbot")
