"""Files that arrive in folders, told once they have stopped growing."""

import os
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ingest.sources.contents import ENDINGS
from ingest.sources.files import is_wanted
from retrieval.errors import ReadError

SETTLE = 2.0
"""Seconds for which a file must stay as it is, from when it was first seen so, to be taken for whole."""

_LOOK_UP_EVERY = 0.5  # seconds between two looks while a file is settling
_LOOK_AGAIN = 60.0  # seconds after which a folder is looked through without a sign: some network drives send none

_State = tuple[int, int]  # size, time of change in ns


@dataclass(slots=True)
class Folders:
    """What was seen in the folders: files told as they are now, and files that may still grow, with the time since when."""

    folders: Sequence[Path]
    settle: float
    told: dict[Path, _State] = field(default_factory=dict)
    growing: dict[Path, tuple[_State, float]] = field(default_factory=dict)
    going: dict[Path, float] = field(default_factory=dict)
    """Files told that are there no more, with the time since when: many programs write a file anew by removing it first."""

    def lost(self, now: float) -> list[Path]:
        """Files that were told, or folders with them, that have been gone for as long as a file takes to settle. Called
        after ``settled``."""
        gone = [path for path in self.told if not os.path.lexists(path)]
        self.going = {path: self.going.get(path, now) for path in gone}
        lost = [path for path, since in self.going.items() if now - since >= self.settle and path not in self.growing]
        for path in lost:
            del self.told[path], self.going[path]
        return sorted({_top_of_what_is_gone(path) for path in lost})

    def settled(self, now: float) -> list[Path]:
        """Files that are new or changed, and whole at ``now``, in seconds of any clock."""
        found = dict(self._states())
        before, self.growing = self.growing, {}
        whole = []
        for path, state in found.items():
            if self.told.get(path) == state:
                continue
            seen, since = before.get(path, (None, now))
            if seen != state:
                self.growing[path] = state, now
            elif now - since < self.settle:
                self.growing[path] = state, since
            else:
                whole.append(path)
                self.told[path] = state
        return whole

    def _states(self) -> Iterator[tuple[Path, _State]]:
        for folder in self.folders:
            for parent, below, names in os.walk(folder):
                below[:] = sorted(name for name in below if not name.startswith("."))
                for path in (Path(parent) / name for name in sorted(names)):
                    if path.suffix.lower() in ENDINGS and not path.name.startswith("."):
                        try:
                            status = path.stat()
                        except OSError:
                            continue  # gone again
                        yield path, (status.st_size, status.st_mtime_ns)


def _top_of_what_is_gone(path: Path) -> Path:
    while path.parent != path.parent.parent and not os.path.lexists(path.parent):
        path = path.parent
    return path


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Files that have come or changed, and files that are gone."""

    files: list[Path]
    gone: list[Path]


def watch(folders: Sequence[Path], stop: threading.Event, settle: float = SETTLE) -> Iterator[Arrivals]:
    """The files of the folders, then, as they come, those that are new or changed, each as soon as it is whole, and those
    that are gone.

    Ends once ``stop`` is set. Raises ReadError for what is no folder.
    """
    for folder in folders:
        if not folder.is_dir():
            raise ReadError(f"There is no folder {folder} to watch: make it, or check the path.")
    seen, looked = Folders(folders, settle), -_LOOK_AGAIN
    for changed in _signs(folders, stop, min(_LOOK_UP_EVERY, settle)):
        if not (changed or seen.growing or seen.going or time.monotonic() - looked >= _LOOK_AGAIN):
            continue
        looked = time.monotonic()
        whole = [path for path in seen.settled(looked) if is_wanted(path)]
        if (lost := seen.lost(looked)) or whole:
            yield Arrivals(whole, lost)


def _signs(folders: Sequence[Path], stop: threading.Event, wait: float) -> Iterator[bool]:
    """Whether something may have changed, every ``wait`` seconds, until ``stop`` is set.

    A name that is not UTF-8, a folder that is gone for a while, or too many folders end the system's own signs: then the
    folders are looked through until it gives some again.
    """
    from watchfiles import watch as signs

    milliseconds = int(wait * 1000)
    while not stop.is_set():
        watched = _identities(folders)
        try:
            for changes in signs(
                *folders,
                watch_filter=None,
                stop_event=stop,
                debounce=milliseconds,
                rust_timeout=milliseconds,
                yield_on_timeout=True,
            ):
                yield bool(changes)
                if _identities(folders) != watched:
                    break  # made anew: the system goes on watching what is gone
        except Exception:
            stop.wait(wait)
        yield True


def _identities(folders: Sequence[Path]) -> list[tuple[int, int] | None]:
    found: list[tuple[int, int] | None] = []
    for folder in folders:
        try:
            status = folder.stat()
        except OSError:
            found.append(None)
        else:
            found.append((status.st_dev, status.st_ino))
    return found
