"""Leaves a provider alone for a while when it fails again and again."""

import threading
import time
from collections.abc import Callable


class Breaker:
    """After ``failures`` in a row it is open for ``pause`` seconds; then one caller may try. Safe from several threads."""

    def __init__(self, failures: int, pause: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._failures = failures
        self._pause = pause
        self._clock = clock
        self._lock = threading.Lock()
        self._in_a_row = 0
        self._closed_at = 0.0

    def allows(self) -> bool:
        """Whether the provider may be asked now. The caller then reports ``succeeded`` or ``failed``."""
        with self._lock:
            if self._in_a_row < self._failures:
                return True
            if self._clock() < self._closed_at:
                return False
            self._closed_at = self._clock() + self._pause  # this caller tries, the others wait for what it reports
            return True

    def succeeded(self) -> None:
        with self._lock:
            self._in_a_row = 0

    def failed(self) -> bool:
        """Counts a failure; True when the breaker is open now."""
        with self._lock:
            self._in_a_row += 1
            self._closed_at = self._clock() + self._pause
            return self._in_a_row >= self._failures
