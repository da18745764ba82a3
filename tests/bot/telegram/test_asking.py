"""Asking in a private chat: the steps of an answer, what stands in it, its buttons, its picture."""

import re

from tests.bot.telegram.peer import Peer

RANK = "Thái Nguyên xếp thứ mấy về DTI năm 2024?"
COMPARISON = "So sánh DTI năm 2024 của Hải Phòng và Thái Nguyên"
UNKNOWN = "Cà Mau xếp thứ mấy về DTI năm 2024?"
"""Nothing in the small library is of this province."""


def test_an_answer_takes_the_place_of_a_word_that_work_goes_on(bot: Peer, chat: int) -> None:
    after = len(bot.calls)
    question = bot.say(RANK, chat)
    answer = bot.answer(after=after, chat=chat)
    steps = [call for call in bot.calls[after:] if call.chat == chat]
    assert sorted(call.method for call in steps[:2]) == ["sendChatAction", "sendMessage"]  # sent side by side
    (placed,) = [call for call in steps if call.method == "sendMessage"]
    assert placed.text == "⏳ Đang tra cứu: Chỉ số chuyển đổi số (DTI) · Thái Nguyên · năm 2024…"
    assert f'"message_id": {question["message_id"]}' in placed.fields["reply_parameters"]
    assert answer.result["message_id"] == placed.result["message_id"]


def test_an_answer_shows_its_sources(bot: Peer, chat: int) -> None:
    after = len(bot.calls)
    bot.say(RANK, chat)
    answer = bot.answer(after=after, chat=chat)
    assert "Thái Nguyên" in answer.text and "Nguồn: [1]" in answer.text
    entities = answer.result["entities"]
    links = [e for e in entities if e["type"] == "text_link"]
    assert any(re.fullmatch(r"\[\d\]", answer.text[e["offset"] : e["offset"] + e["length"]]) for e in links)
    assert all(e["url"].startswith("https://") for e in links)
    (quoted,) = [e for e in entities if e["type"] == "expandable_blockquote"]
    assert "“" in answer.text[quoted["offset"] : quoted["offset"] + quoted["length"]]
    assert {"[1]", "👍", "👎"} <= set(answer.labels)


def test_a_source_is_quoted_whole_when_its_button_is_pressed(bot: Peer, chat: int) -> None:
    after = len(bot.calls)
    bot.say(RANK, chat)
    answer = bot.answer(after=after, chat=chat)
    bot.press(answer, "[1]", chat)
    quote = bot.wait("sendMessage", after=after, chat=chat, text="“")
    assert quote.text.startswith("[1] ")
    assert f'"message_id": {answer.result["message_id"]}' in quote.fields["reply_parameters"]
    bot.wait("answerCallbackQuery", after=after)


def test_a_comparison_comes_with_a_picture(bot: Peer, chat: int) -> None:
    after = len(bot.calls)
    bot.say(COMPARISON, chat)
    answer = bot.answer(after=after, chat=chat)
    assert "Hải Phòng" in answer.text and "Thái Nguyên" in answer.text
    picture = bot.wait("sendPhoto", after=after, chat=chat)
    assert picture.files == {"photo": "tinh-so.png"} or "tinh-so.png" in str(picture.files)


def test_a_follow_up_is_understood(bot: Peer, chat: int) -> None:
    after = len(bot.calls)
    bot.say(RANK, chat)
    bot.answer(after=after, chat=chat, text="Thái Nguyên")
    bot.say("Còn Hải Phòng?", chat)
    assert "Hải Phòng" in bot.answer(after=after, chat=chat, text="Hải Phòng").text


def test_what_is_not_known_is_said_with_ways_on(bot: Peer, chat: int) -> None:
    after = len(bot.calls)
    bot.say(UNKNOWN, chat)
    refusal = bot.answer(after=after, chat=chat)
    assert "chưa có" in refusal.text.lower()
    assert not any(label.startswith("[") for label in refusal.labels)
    near = [label for label in refusal.labels if label not in ("👍", "👎")]
    assert near
    bot.press(refusal, near[0], chat)
    answered = bot.answer(after=after, chat=chat, text=near[0][:40].rstrip("…"))
    assert "Nguồn:" in answered.text


def test_buttons_lead_on_to_a_comparison_and_back(bot: Peer, chat: int) -> None:
    after = len(bot.calls)
    bot.say(RANK, chat)
    answer = bot.answer(after=after, chat=chat)
    bot.press(answer, "⚖️", chat)
    choices = bot.wait("editMessageReplyMarkup", after=after, chat=chat)
    assert choices.labels[-1] == "« Quay lại" and choices.labels[0].startswith("So sánh")
    bot.press(choices, "«", chat)
    back = bot.wait("editMessageReplyMarkup", after=bot.calls.index(choices) + 1, chat=chat)
    assert back.labels == answer.labels
    bot.press(choices, "So sánh", chat)
    compared = bot.answer(after=bot.calls.index(back), chat=chat)
    assert compared.text.startswith(choices.labels[0][:40].rstrip("…")) and "Nguồn:" in compared.text


def test_thumbs_are_thanked_for(bot: Peer, chat: int) -> None:
    after = len(bot.calls)
    bot.say(RANK, chat)
    answer = bot.answer(after=after, chat=chat)
    bot.press(answer, "👎", chat)
    said = bot.wait("answerCallbackQuery", after=after)
    assert "người vận hành" in said.fields["text"]


def test_an_edited_question_is_answered_anew_where_its_answer_stands(bot: Peer, chat: int) -> None:
    after = len(bot.calls)
    question = bot.say(RANK, chat)
    answer = bot.answer(after=after, chat=chat)
    bot.say("Hải Phòng xếp thứ mấy về DTI năm 2024?", chat, edit=question)
    anew = bot.answer(after=bot.calls.index(answer) + 1, chat=chat, text="Hải Phòng")
    assert anew.result["message_id"] == answer.result["message_id"]


def test_an_edited_command_is_read_as_one(bot: Peer, chat: int) -> None:
    after = len(bot.calls)
    question = bot.say(f"/hoi {RANK}", chat)
    answer = bot.answer(after=after, chat=chat)
    bot.say("/hoi Hải Phòng xếp thứ mấy về DTI năm 2024?", chat, edit=question)
    anew = bot.answer(after=bot.calls.index(answer) + 1, chat=chat, text="Hải Phòng")
    assert anew.result["message_id"] == answer.result["message_id"]
    command = bot.say("/tinh Thái Nguyên", chat)
    glance = bot.answer(after=bot.calls.index(anew) + 1, chat=chat, text="Thái Nguyên")
    bot.say("/tinh Hải Phòng", chat, edit=command)
    bot.say("/huy", chat)
    bot.wait("sendMessage", after=after, chat=chat, text="Không có câu hỏi nào")
    assert not [c for c in bot.calls[bot.calls.index(glance) + 1 :] if c.chat == chat and c.method == "editMessageText"]


def test_an_edit_of_an_older_question_changes_nothing(bot: Peer, chat: int) -> None:
    after = len(bot.calls)
    first = bot.say(RANK, chat)
    bot.answer(after=after, chat=chat)
    bot.say("Còn Hải Phòng?", chat)
    last = bot.answer(after=after, chat=chat, text="Hải Phòng")
    bot.say("Bắc Kạn xếp thứ mấy về DTI năm 2024?", chat, edit=first)
    bot.say("/huy", chat)
    bot.wait("sendMessage", after=after, chat=chat, text="Không có câu hỏi nào")
    assert not [c for c in bot.calls[bot.calls.index(last) + 1 :] if c.chat == chat and c.method == "editMessageText"]


def test_what_is_no_question_is_told_so(bot: Peer, chat: int) -> None:
    after = len(bot.calls)
    bot.say("x " * 600, chat)
    bot.wait("sendMessage", after=after, chat=chat, text="dài quá")
    bot.send_file("thu.txt", b"xin chao", chat)
    bot.wait("sendMessage", after=after, chat=chat, text="câu hỏi bằng chữ")


def test_a_greeting_is_returned_without_buttons(bot: Peer, chat: int) -> None:
    after = len(bot.calls)
    bot.say("xin chào", chat)
    assert bot.answer(after=after, chat=chat, text="Xin chào!").labels == []
