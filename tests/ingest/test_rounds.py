"""Durations, and rounds by the clock."""

import threading

import pytest

from ingest.rounds import rounds, seconds_of


@pytest.mark.parametrize(("duration", "seconds"), [("30s", 30), ("10m", 600), ("2h", 7200), ("1d", 86400)])
def test_durations(duration: str, seconds: int) -> None:
    assert seconds_of(duration) == seconds


@pytest.mark.parametrize("duration", ["", "10", "m", "0m", "-5m", "1.5h", "10 m", "10M", "mười phút"])
def test_what_is_no_duration(duration: str) -> None:
    with pytest.raises(ValueError, match="30s, 10m, 2h or 1d"):
        seconds_of(duration)


def test_rounds_follow_until_they_are_stopped() -> None:
    stop = threading.Event()
    met = []
    for number in rounds(0.001, stop):
        met.append(number)
        if number == 3:
            stop.set()
    assert met == [1, 2, 3]


def test_none_is_begun_after_the_end() -> None:
    stop = threading.Event()
    stop.set()
    assert list(rounds(1, stop)) == []
