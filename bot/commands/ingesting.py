"""`tinhso ingest`: files, folders, pages, feeds and sitemaps into the library, once, by the clock, or as files arrive."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.opening import note, open_embedder, open_library
from bot.commands.progress import progress
from bot.commands.proposing import propose_figures
from bot.commands.repeating import go_on, listed, with_lists
from bot.commands.reporting import tell

if TYPE_CHECKING:
    import threading

    from ingest.report import Report
    from retrieval.settings import Settings

INTERRUPTED = 130
"""What shells give a command that Ctrl-C ends."""


def ingest(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SOURCE...",
            help="Files, folders with all below them, archives, quoted patterns ('bai/**/*.html'), addresses of pages, "
            "feeds and sitemaps; - reads a list of sources, one a line.",
        ),
    ] = None,
    *,
    feeds: Annotated[
        Path | None, typer.Option(help="A file that lists sources, one a line, # for comments; read anew each round.")
    ] = None,
    every: Annotated[str, typer.Option(help="Go on, with a round every 30s, 10m, 2h or 1d.")] = "",
    watch: Annotated[bool, typer.Option("--watch", help="Go on, taking the files that arrive in the folders.")] = False,
    any_topic: Annotated[
        bool, typer.Option("--any-topic", help="Take in articles that are not about digital transformation, too.")
    ] = False,
    prune: Annotated[
        bool,
        typer.Option(
            "--prune",
            help="Retire the articles that are gone at these sources: deleted files, pages that are no more. "
            "They can be brought back: tinhso articles restore.",
        ),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Read the files and say what would be done; embed and write nothing.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as one JSON object.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print nothing but what failed.")] = False,
) -> None:
    """Read articles, cut and embed them, and put them into the library. Run it again at any time: nothing is done twice.

    Exit status 0 when every source was read (or skipped as off-topic), 1 when at least one failed (the others are in all
    the same), 130 when it was interrupted (what has landed stays). With --every or --watch it runs until Ctrl-C or SIGTERM,
    finishes what it has begun, and ends with 0.
    """
    from retrieval.settings import load_settings

    if not sources and feeds is None:
        raise typer.BadParameter("give a source: a file, a folder, an address, or --feeds FILE")
    given = with_lists(sources or [])
    settings = load_settings()

    def round_of(sources: Sequence[str | Path], stop: threading.Event, gone: Sequence[Path] = ()) -> None:
        report = _run(settings, sources, stop, any_topic=any_topic, prune=prune, gone=gone)
        tell(report, as_json=as_json, quiet=quiet, dated=True)

    if prune and dry_run:
        raise typer.BadParameter("--dry-run changes nothing: leave --prune out")

    if watch or every:
        if dry_run:
            raise typer.BadParameter("--dry-run goes with neither --watch nor --every")
        go_on(round_of, given, feeds=feeds, every=every, watch=watch, prune=prune)
        return
    everything = [*given, *listed(feeds)]
    try:
        with progress("Reading" if dry_run else "Ingesting", lambda: _count(everything), quiet=quiet) as advance:
            if dry_run:
                report = _planned(settings, everything, advance, any_topic=any_topic)
            else:
                report = _run(settings, everything, on_source=advance, any_topic=any_topic, prune=prune)
    except KeyboardInterrupt:
        note("interrupted: what has landed is in; the same command carries on from there")
        raise typer.Exit(INTERRUPTED) from None
    tell(report, as_json=as_json, quiet=quiet, dry_run=dry_run)
    if report.failed:
        raise typer.Exit(1)


def waiting() -> None:
    """Said once, by whoever must wait for the turn."""
    note("Another tinhso process is writing to this library: waiting until it has ended (Ctrl-C gives up).")


def _run(
    settings: Settings,
    sources: Sequence[str | Path],
    stop: threading.Event | None = None,
    on_source: Callable[[str], None] = lambda source: None,
    *,
    any_topic: bool,
    prune: bool = False,
    gone: Sequence[Path] = (),
) -> Report:
    from ingest.pipeline import ingest as run

    with open_library(settings, create=True) as library:
        report = run(
            sources,
            library,
            lambda: open_embedder(settings),
            on_source,
            stop,
            any_topic=any_topic,
            prune=prune,
            gone=gone,
            on_wait=waiting,
        )
        with library.turn(waiting):  # a reindex beside it would lose what is proposed
            propose_figures(settings, library, [*report.added, *report.updated])
    return report


def _planned(
    settings: Settings, sources: Sequence[str | Path], on_source: Callable[[str], None], *, any_topic: bool
) -> Report:
    from contextlib import nullcontext

    from ingest.planning import plan
    from ingest.sources import is_url
    from retrieval.library import Library

    if addresses := [source for source in sources if is_url(source)]:
        raise typer.BadParameter(f"--dry-run fetches nothing: leave {addresses[0]} out")
    opened = Library.open(settings.data_dir) if Library.is_in(settings.data_dir) else nullcontext()
    with opened as library:
        return plan(sources, library, on_source, any_topic=any_topic)


def _count(sources: Sequence[str | Path]) -> int | None:
    """How many documents there are; nobody knows what an address gives."""
    from ingest.sources import PassedOver, is_url
    from ingest.sources.given import find_local

    if any(map(is_url, sources)):
        return None
    return sum(not isinstance(found, PassedOver) for found in find_local(sources))
