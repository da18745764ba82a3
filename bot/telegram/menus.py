"""What Telegram shows of the bot before anything is asked: its commands by place and language, its descriptions."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)

from bot import messages
from bot.telegram.desk import Desk

VIETNAMESE, ENGLISH = 0, 1
NOT_IN_GROUPS = {"xoa"}


async def set_menus(desk: Desk) -> None:
    """Sets all of it anew at each start; one that Telegram refuses is logged, and the others go on."""
    bot, settings = desk.bot, desk.settings
    usual = ENGLISH if settings.telegram_language == "en" else VIETNAMESE
    # The menu without a language is for everybody whose Telegram speaks neither.
    languages: list[tuple[str | None, int]] = [(None, usual), ("vi", VIETNAMESE), ("en", ENGLISH)]
    for code, language in languages:
        for scope, commands in _scopes(language, sorted(settings.telegram_admins)):
            await desk.outbox.attempt(bot.set_my_commands(commands, scope, code))
        description = (messages.DESCRIPTION, messages.DESCRIPTION_EN)[language]
        short = (messages.SHORT_DESCRIPTION, messages.SHORT_DESCRIPTION_EN)[language]
        await desk.outbox.attempt(bot.set_my_description(description, code))
        await desk.outbox.attempt(bot.set_my_short_description(short, code))


def _scopes(language: int, admins: Sequence[int]) -> list[tuple[BotCommandScope, list[BotCommand]]]:
    def named(commands: dict[str, tuple[str, str]]) -> list[BotCommand]:
        return [BotCommand(name, words[language]) for name, words in commands.items()]

    private = {"start": messages.START_COMMAND, **messages.COMMANDS}
    group = {name: words for name, words in messages.COMMANDS.items() if name not in NOT_IN_GROUPS}
    admin = {**private, "thongke": messages.STATISTICS_COMMAND}
    return [
        (BotCommandScopeAllPrivateChats(), named(private)),
        (BotCommandScopeAllGroupChats(), named(group)),
        *((BotCommandScopeChat(id_), named(admin)) for id_ in admins),
    ]
