"""So many questions a minute and a day, by person and by chat."""

import time
from pathlib import Path

import pytest

from bot.telegram.database import open_database
from bot.telegram.limits import Limits
from bot.telegram.talks import Asked, Talk, Talks
from retrieval.settings import Settings

ME, OTHER = Talk(-5, None, 1), Talk(-5, None, 2)


@pytest.fixture
def talks(tmp_path: Path) -> Talks:
    return Talks(open_database(tmp_path))


def limits(talks: Talks, *, minute: int = 0, chat: int = 0, day: int = 0) -> Limits:
    settings = Settings(telegram_user_per_minute=minute, telegram_chat_per_minute=chat, telegram_user_per_day=day)
    return Limits(settings, talks)


def test_a_person_waits_and_another_does_not(talks: Talks, monkeypatch: pytest.MonkeyPatch) -> None:
    held = limits(talks, minute=2)
    assert [held.refusal(ME), held.refusal(ME)] == [None, None]
    assert "giây" in (held.refusal(ME) or "")
    assert held.refusal(OTHER) is None
    later = time.monotonic() + 61
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert held.refusal(ME) is None


def test_a_chat_waits_for_all_its_people(talks: Talks) -> None:
    held = limits(talks, chat=2)
    assert [held.refusal(ME), held.refusal(OTHER)] == [None, None]
    assert held.refusal(Talk(-5, None, 3)) is not None
    assert held.refusal(Talk(-6, None, 3)) is None


def test_a_day_is_counted_over_restarts(talks: Talks) -> None:
    for update in range(3):
        talks.begin(update, Asked(ME, 1, "?", time.time() - 3600))
    assert "Mai" in (limits(talks, day=3).refusal(ME) or "")
    assert limits(talks, day=4).refusal(ME) is None
    assert limits(talks, day=3).refusal(OTHER) is None


def test_no_limit_is_no_limit(talks: Talks) -> None:
    assert all(limits(talks).refusal(ME) is None for _ in range(100))
