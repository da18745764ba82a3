"""How much a person or a chat may ask: so many a minute, so many a day."""

from __future__ import annotations

import time
from collections import defaultdict, deque

from bot import messages
from bot.telegram.talks import Talk, Talks
from retrieval.settings import Settings

MINUTE, DAY = 60.0, 86_400.0


class Limits:
    def __init__(self, settings: Settings, talks: Talks) -> None:
        self._settings = settings
        self._talks = talks
        self._times: dict[tuple[str, int], deque[float]] = defaultdict(deque)

    def refusal(self, talk: Talk) -> str | None:
        """Why another question of this talk has to wait, in words for the person; None counts it as asked."""
        now = time.monotonic()
        held = [
            ("user", talk.user_id, self._settings.telegram_user_per_minute),
            ("chat", talk.chat_id, self._settings.telegram_chat_per_minute),
        ]
        for kind, id_, most in held:
            times = self._times[kind, id_]
            while times and times[0] <= now - MINUTE:
                times.popleft()
            if most and len(times) >= most:
                return messages.TOO_MANY.format(seconds=round(times[0] + MINUTE - now) + 1)
        most = self._settings.telegram_user_per_day
        if most and self._talks.since(talk.user_id, DAY) >= most:
            return messages.TOO_MANY_TODAY
        for kind, id_, most in held:
            if most:
                self._times[kind, id_].append(now)
        if len(self._times) > MANY:
            self._times = defaultdict(
                deque, {key: times for key, times in self._times.items() if times and times[-1] > now - MINUTE}
            )
        return None


MANY = 10_000
"""People and chats that are remembered before those who have been silent for a minute are let go."""
