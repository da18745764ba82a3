"""Commands in a private chat."""

import base64

import pytest

from tests.bot.telegram.peer import Peer
from tests.bot.telegram.served import ADMIN


def test_start_says_what_this_is_and_offers_examples(bot: Peer, chat: int) -> None:
    after = len(bot.calls)
    bot.say("/start", chat)
    hello = bot.wait("sendMessage", after=after, chat=chat, text="Tỉnh Số")
    assert len(hello.buttons) == 3
    bot.press(hello, "Quảng Ninh", chat)
    assert "Nguồn:" in bot.answer(after=after, chat=chat, text="Quảng Ninh").text


@pytest.mark.parametrize(
    "payload",
    ["tinh-thai-nguyen", "hoi-" + base64.urlsafe_b64encode(b"DTI cua Thai Nguyen nam 2024").decode().rstrip("=")],
)
def test_a_deep_link_asks(payload: str, bot: Peer, chat: int) -> None:
    after = len(bot.calls)
    bot.say(f"/start {payload}", chat)
    assert "Thái Nguyên" in bot.answer(after=after, chat=chat).text


def test_a_deep_link_of_somebody_elses_making_says_hello(bot: Peer, chat: int) -> None:
    after = len(bot.calls)
    bot.say("/start hoi-%%%", chat)
    bot.wait("sendMessage", after=after, chat=chat, text="Tỉnh Số")


def test_help_names_every_command(bot: Peer, chat: int) -> None:
    after = len(bot.calls)
    bot.say("/help", chat)
    said = bot.wait("sendMessage", after=after, chat=chat, text="Các lệnh").text
    for command in ("tinh", "sosanh", "xuhuong", "hoi", "chiso", "nguon", "theodoi", "botheodoi", "huy", "xoa"):
        assert f"/{command}" in said


@pytest.mark.parametrize(
    ("command", "text"),
    [
        ("/tinh thai nguyen", "Thái Nguyên"),
        ("/sosanh Hải Phòng, Thái Nguyên DTI", "So sánh DTI của Hải Phòng và Thái Nguyên"),
        ("/sosanh hai phong, thai nguyen", "So sánh Chỉ số chuyển đổi số (DTI) của Hải Phòng và Thái Nguyên"),
        ("/xuhuong Quảng Ninh DTI", "DTI của Quảng Ninh qua các năm"),
        ("/hoi Thái Nguyên xếp thứ mấy về DTI năm 2024?", "Thái Nguyên"),
        ("/hoi@testbot Thái Nguyên xếp thứ mấy về DTI năm 2024?", "Thái Nguyên"),
    ],
)
def test_a_question_by_form(command: str, text: str, bot: Peer, chat: int) -> None:
    after = len(bot.calls)
    bot.say(command, chat)
    assert "Nguồn:" in bot.answer(after=after, chat=chat, text=text).text


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("/tinh", "Ví dụ: /tinh Quảng Ninh"),
        ("/tinh Quãng Nin", "Quảng Ninh"),
        ("/tinh Atlantis", "không thấy tên tỉnh"),
        ("/sosanh Hải Phòng", "Ví dụ: /sosanh"),
        ("/xuhuong", "Ví dụ: /xuhuong"),
        ("/hoi", "Ví dụ: /hoi"),
        ("/chiso", "Chỉ số chuyển đổi số (DTI)"),
        ("/theodoi", "chưa theo dõi"),
        ("/botheodoi", "chưa theo dõi"),
        ("/huy", "Không có câu hỏi nào"),
    ],
)
def test_a_command_without_what_it_needs_says_how(command: str, said: str, bot: Peer, chat: int) -> None:
    after = len(bot.calls)
    bot.say(command, chat)
    bot.wait("sendMessage", after=after, chat=chat, text=said)


def test_articles_are_listed_newest_first(bot: Peer, chat: int) -> None:
    after = len(bot.calls)
    bot.say("/nguon", chat)
    listing = bot.wait("sendMessage", after=after, chat=chat, text="Các bài đã thu thập")
    assert "1–6 trên 6" in listing.text and listing.labels == []
    assert any(e["type"] == "text_link" for e in listing.result["entities"])


def test_following_is_kept_until_it_is_ended(bot: Peer, chat: int) -> None:
    after = len(bot.calls)
    bot.say("/theodoi bac giang, Huế", chat)
    bot.wait("sendMessage", after=after, chat=chat, text="Bắc Giang, Thừa Thiên Huế")
    bot.say("/theodoi", chat)
    bot.wait("sendMessage", after=after, chat=chat, text="Bạn đang theo dõi: Bắc Giang, Thừa Thiên Huế")
    bot.say("/botheodoi Huế", chat)
    bot.wait("sendMessage", after=after, chat=chat, text="Đã thôi theo dõi Thừa Thiên Huế")
    bot.say("/botheodoi Cà Mau", chat)
    bot.wait("sendMessage", after=after, chat=chat, text="không theo dõi Cà Mau")
    bot.say("/botheodoi tất cả", chat)
    bot.wait("sendMessage", after=after, chat=chat, text="Đã thôi theo dõi Bắc Giang")


def test_a_conversation_is_forgotten(bot: Peer, chat: int) -> None:
    after = len(bot.calls)
    bot.say("Thái Nguyên xếp thứ mấy về DTI năm 2024?", chat)
    answer = bot.answer(after=after, chat=chat)
    bot.say("/xoa", chat)
    forgotten = bot.wait("sendMessage", after=after, chat=chat, text="Đã xóa cuộc trò chuyện")
    bot.press(answer, "[1]", chat)
    gone = bot.wait("answerCallbackQuery", after=bot.calls.index(forgotten))
    assert "không còn được lưu" in gone.fields["text"]
    bot.say("/theodoi Thái Nguyên", chat)
    bot.wait("sendMessage", after=after, chat=chat, text="báo khi có bài mới")
    bot.press(forgotten, "🗑", chat)
    bot.answer(after=after, chat=chat, text="Đã xóa mọi thứ")
    bot.say("/theodoi", chat)
    bot.wait("sendMessage", after=after, chat=chat, text="chưa theo dõi tỉnh nào")


def test_only_admins_see_statistics(bot: Peer, chat: int) -> None:
    after = len(bot.calls)
    bot.say("/thongke", chat)
    bot.say("/thongke", ADMIN)
    told = bot.wait("sendMessage", after=after, chat=ADMIN, text="Thống kê")
    assert "24 giờ" in told.text and "Đánh giá" in told.text
    assert not [call for call in bot.calls[after:] if call.chat == chat]


def test_menus_are_set_by_place_and_language(bot: Peer) -> None:
    set_ = [call for call in bot.calls if call.method == "setMyCommands"]
    scopes = [call.fields["scope"] for call in set_]
    assert [any(kind in scope for scope in scopes) for kind in ("all_private_chats", "all_group_chats", '"chat"')]
    assert all("thongke" not in call.fields["commands"] for call in set_ if '"chat"' not in call.fields["scope"])
    assert {call.fields.get("language_code") for call in set_} == {None, "vi", "en"}
    assert any(call.method == "setMyDescription" for call in bot.calls)
