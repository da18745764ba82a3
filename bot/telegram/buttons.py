"""Buttons under messages: what each carries back when it is pressed, at most 64 bytes of it."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot import messages
from bot.render.telegram import ranking_of
from bot.telegram.talks import Asked

MOST_QUOTES = 8
QUOTES_IN_A_ROW = 4
LONGEST_LABEL = 60
EXAMPLES = (
    "Quảng Ninh xếp thứ mấy về DTI năm 2022?",
    "So sánh kinh tế số của Bắc Ninh và Bắc Kạn",
    "Tỉnh nào dẫn đầu chuyển đổi số năm 2024?",
)


@dataclass(frozen=True, slots=True)
class Pressed:
    """``action`` is a word of this module; ``id`` a question's, or a page's first line; ``n`` which of several."""

    action: str
    id: int = 0
    n: int = 0

    def __str__(self) -> str:
        return f"{self.action}:{self.id}:{self.n}"

    @classmethod
    def read(cls, data: str | None) -> Pressed | None:
        """None for what is none of our buttons."""
        action, _, numbers = (data or "").partition(":")
        id_, _, n = numbers.partition(":")
        if action not in ACTIONS or not id_.isdigit() or not n.isdigit():
            return None
        return cls(action, int(id_), int(n))


QUOTE, COMPARE, COMPARE_WITH, TREND, BACK, WHOLE = "quote", "compare", "with", "trend", "back", "whole"
VOTE, NEAR, EXAMPLE, FORGET_ALL, SOURCES = "vote", "near", "example", "forget", "sources"
ACTIONS = frozenset({QUOTE, COMPARE, COMPARE_WITH, TREND, BACK, WHOLE, VOTE, NEAR, EXAMPLE, FORGET_ALL, SOURCES})


def under_answer(asked: Asked) -> InlineKeyboardMarkup | None:
    """The rest of a long ranking, sources, ways on, thumbs; under a refusal the near questions in their place; nothing under
    a greeting."""
    if asked.answered and not asked.citations:
        return None
    numbers = [c.n for c in asked.citations[:MOST_QUOTES]]
    quotes = [_button(f"[{n}]", Pressed(QUOTE, asked.id, n)) for n in numbers]
    rows = [[_button(messages.WHOLE_TABLE, Pressed(WHOLE, asked.id))]] if ranking_of(asked.text) else []
    rows += [quotes[i : i + QUOTES_IN_A_ROW] for i in range(0, len(quotes), QUOTES_IN_A_ROW)]
    onward = [_button(messages.COMPARE, Pressed(COMPARE, asked.id))] if asked.compare else []
    onward += [_button(messages.TREND, Pressed(TREND, asked.id))] if asked.trend else []
    rows += [onward] if onward else []
    rows += [[_button(near, Pressed(NEAR, asked.id, i))] for i, near in enumerate(asked.near)]
    thumbs = [_button(messages.UP, Pressed(VOTE, asked.id, 1)), _button(messages.DOWN, Pressed(VOTE, asked.id, 0))]
    if asked.answered:
        thumbs.append(InlineKeyboardButton(messages.SHARE, switch_inline_query=asked.standalone[:256]))
    return InlineKeyboardMarkup([*rows, thumbs])


def comparisons(asked: Asked) -> InlineKeyboardMarkup:
    rows = [[_button(question, Pressed(COMPARE_WITH, asked.id, i))] for i, question in enumerate(asked.compare)]
    return InlineKeyboardMarkup([*rows, [_button(messages.BACK, Pressed(BACK, asked.id))]])


def examples() -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[_button(text, Pressed(EXAMPLE, 0, i))] for i, text in enumerate(EXAMPLES)])


def forget_all() -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[_button(messages.FORGET_ALL, Pressed(FORGET_ALL))]])


def turn_pages(first: int, length: int, total: int) -> InlineKeyboardMarkup | None:
    """Newer and older, where there are any."""
    row = [_button(messages.NEWER, Pressed(SOURCES, first - length))] if first >= length else []
    row += [_button(messages.OLDER, Pressed(SOURCES, first + length))] if first + length < total else []
    return InlineKeyboardMarkup([row]) if row else None


def _button(label: str, pressed: Pressed) -> InlineKeyboardButton:
    shown = label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…"
    return InlineKeyboardButton(shown, callback_data=str(pressed))
