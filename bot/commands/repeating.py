"""`tinhso ingest` that goes on: by the clock, or as files arrive, until it is stopped."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import typer

from bot.commands.opening import note

if TYPE_CHECKING:
    import threading


class Round(Protocol):
    """Ingests sources, files that are gone among them, and reports on it. Once the event is set it reads no more, lands what it has read, and returns."""

    def __call__(self, sources: Sequence[str | Path], stop: threading.Event, gone: Sequence[Path] = (), /) -> None: ...


def go_on(
    round_of: Round, sources: Sequence[str], *, feeds: Path | None, every: str, watch: bool, prune: bool = False
) -> None:
    """Rounds over the sources and the list, or over what arrives in folders. Returns after Ctrl-C or SIGTERM."""
    from ingest.rounds import rounds, seconds_of
    from ingest.watching import watch as arrivals

    if watch:
        if feeds is not None or every:
            raise typer.BadParameter("--watch goes with folders, not with --feeds or --every")
        with _until_stopped() as stop:
            for arrived in arrivals([Path(folder) for folder in sources], stop):
                if arrived.files or prune:
                    with _carrying_on():
                        round_of(arrived.files, stop, arrived.gone if prune else ())
        return
    try:
        seconds = seconds_of(every)
    except ValueError as error:
        raise typer.BadParameter(f"--every: {error}") from error
    listed(feeds)  # one that cannot be read is told before the first round
    with _until_stopped() as stop:
        for _ in rounds(seconds, stop):
            with _carrying_on():
                round_of([*sources, *listed(feeds)], stop)


def with_lists(sources: Sequence[str]) -> list[str]:
    """The sources, with those that standard input lists in the place of each "-"."""
    from ingest.sources import read_list

    return [source for given in sources for source in (read_list(sys.stdin) if given == "-" else [given])]


def listed(feeds: Path | None) -> list[str]:
    """The sources that a file lists. Raises ReadError."""
    from ingest.sources import read_list
    from retrieval.errors import ReadError

    if feeds is None:
        return []
    try:
        return read_list(feeds.read_text(encoding="utf-8-sig").splitlines())
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(f"Cannot read the list {feeds} ({error}): check the path; it must be UTF-8 text.") from error


@contextmanager
def _carrying_on() -> Iterator[None]:
    """What goes wrong in one round does not end those after it."""
    from retrieval.errors import TinhSoError

    try:
        yield
    except TinhSoError as error:
        note(f"this round failed: {error}")
    except Exception as error:
        note(f"this round failed: tinhso stumbled ({type(error).__name__}: {error}): report this.")


@contextmanager
def _until_stopped() -> Iterator[threading.Event]:
    """An event that Ctrl-C or SIGTERM sets, so that what has begun can be finished. A second one ends at once."""
    import signal
    import threading

    stop = threading.Event()

    def on_signal(number: int, frame: object) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    before = {number: signal.signal(number, on_signal) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
