"""Whether a message is for the bot, and what it says once the bot's name is taken out."""

from __future__ import annotations

from telegram import Message, MessageEntity
from telegram.constants import ChatType

from bot.telegram.talks import Talk


def talk_of(message: Message, user_id: int) -> Talk:
    return Talk(message.chat_id, thread_of(message), user_id)


def thread_of(message: Message) -> int | None:
    """The topic to answer in. Outside topics the number is of a chain of replies, and writing to it fails."""
    return message.message_thread_id if message.is_topic_message else None


def is_private(message: Message) -> bool:
    return message.chat.type == ChatType.PRIVATE


def question_in(message: Message, bot_id: int, username: str) -> str | None:
    """The question that a message asks the bot; None when it is not for the bot, "" when it says nothing else.

    In a group only a mention, or a reply to a message of the bot, is for the bot.
    """
    text = message.text
    if text is None:
        return None
    mentions = [text_of for entity, text_of in _mentions(message) if _is_ours(entity, text_of, bot_id, username)]
    replied = message.reply_to_message
    to_us = replied is not None and replied.from_user is not None and replied.from_user.id == bot_id
    if not (is_private(message) or mentions or to_us):
        return None
    for mention in mentions:
        text = text.replace(mention, " ")
    return " ".join(text.split()).strip(" ,:;")


def _mentions(message: Message) -> list[tuple[MessageEntity, str]]:
    return list(message.parse_entities([MessageEntity.MENTION, MessageEntity.TEXT_MENTION]).items())


def _is_ours(entity: MessageEntity, text: str, bot_id: int, username: str) -> bool:
    if entity.type == MessageEntity.TEXT_MENTION:
        return entity.user is not None and entity.user.id == bot_id
    return text.lower() == f"@{username}".lower()
