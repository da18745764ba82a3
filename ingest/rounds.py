"""The same sources again and again."""

import re
import threading
import time
from collections.abc import Iterator

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_DURATION = re.compile(r"(\d+)([smhd])")


def seconds_of(duration: str) -> int:
    """Of "30s", "10m", "2h", "1d". Raises ValueError."""
    match = _DURATION.fullmatch(duration.strip())
    if match is None or not int(match[1]):
        raise ValueError(f"{duration!r} is no duration: write 30s, 10m, 2h or 1d")
    return int(match[1]) * _UNITS[match[2]]


def rounds(every: float, stop: threading.Event) -> Iterator[int]:
    """The number of each round, one every ``every`` seconds from beginning to beginning, until ``stop`` is set.

    A round that takes longer puts the next one off: none is begun beside another.
    """
    number, due = 0, time.monotonic()
    while not stop.wait(max(0.0, due - time.monotonic())):
        number, due = number + 1, time.monotonic() + every
        yield number
