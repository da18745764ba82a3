"""`tinhso ingest`: files, folders, pages, feeds and sitemaps into the library, once, by the clock, or as files arrive."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.opening import note, open_embedder, open_library
from bot.commands.proposing import propose_figures
from bot.commands.repeating import go_on, listed, with_lists

if TYPE_CHECKING:
    import threading

    from ingest.pipeline import Report
    from retrieval.settings import Settings

MOST_NAMED = 5
"""Duplicates that are named one by one."""


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
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as one JSON object.")] = False,
) -> None:
    """Read articles, cut and embed them, and put them into the library. Run it again at any time: nothing is done twice.

    Exit status 0 when every source was read (or skipped as off-topic), 1 when at least one failed (the others are in all
    the same). With --every or --watch it runs until Ctrl-C or SIGTERM, finishes what it has begun, and ends with 0.
    """
    from retrieval.settings import load_settings

    if not sources and feeds is None:
        raise typer.BadParameter("give a source: a file, a folder, an address, or --feeds FILE")
    given = with_lists(sources or [])
    settings = load_settings()

    def round_of(sources: Sequence[str | Path], stop: threading.Event) -> None:
        _tell(_run(settings, sources, stop, any_topic=any_topic), as_json, dated=True)

    if watch or every:
        go_on(round_of, given, feeds=feeds, every=every, watch=watch)
        return
    everything = [*given, *listed(feeds)]
    with _progress(everything) as advance:
        report = _run(settings, everything, on_source=advance, any_topic=any_topic)
    _tell(report, as_json)
    if report.failed:
        raise typer.Exit(1)


def _run(
    settings: Settings,
    sources: Sequence[str | Path],
    stop: threading.Event | None = None,
    on_source: Callable[[str], None] = lambda source: None,
    *,
    any_topic: bool,
) -> Report:
    from ingest.pipeline import ingest as run

    with open_library(settings, create=True) as library:
        report = run(sources, library, lambda: open_embedder(settings), on_source, stop, any_topic=any_topic)
        propose_figures(settings, library, [*report.added, *report.updated])
    return report


def _tell(report: Report, as_json: bool, dated: bool = False) -> None:
    """``dated``: one of many reports, with the time before it."""
    from datetime import datetime

    if as_json:
        counts = {name: len(getattr(report, name)) for name in ("added", "updated", "unchanged", "duplicates")}
        lists = {name: [asdict(item) for item in getattr(report, name)] for name in ("failed", "skipped", "converted")}
        typer.echo(json.dumps({**counts, **lists, "seconds": report.seconds}, ensure_ascii=False))
    else:
        for source in report.duplicates[:MOST_NAMED]:
            note(f"duplicate: {source}: it is in the library already, from another source")
        if len(report.duplicates) > MOST_NAMED:
            note(f"duplicate: and {len(report.duplicates) - MOST_NAMED} more")
        for skip in report.skipped:
            note(f"skipped: {skip.source}: {skip.reason}")
        for conversion in report.converted:
            note(f"converted: {conversion.source}: {conversion.encoding}")
        for failure in report.failed:
            note(f"failed: {failure.source}: {failure.error}")
        skipped = f", {len(report.skipped)} skipped" if report.skipped else ""
        typer.echo(
            (f"{datetime.now():%Y-%m-%d %H:%M:%S} " if dated else "")
            + f"{len(report.added)} added, {len(report.updated)} updated, {len(report.unchanged)} unchanged, "
            f"{len(report.duplicates)} duplicate, {len(report.failed)} failed{skipped} in {report.seconds:.1f} s"
        )
    if dated:
        sys.stdout.flush()  # into a log, at once


@contextmanager
def _progress(sources: Sequence[str | Path]) -> Iterator[Callable[[str], None]]:
    """A bar on stderr for a person, silence for a pipe. What it yields is called with each source that is done."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from ingest.sources import is_url
    from ingest.sources.given import find_local

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda source: None
        return
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=console, transient=True) as bar:
        total = None if any(map(is_url, sources)) else sum(1 for _ in find_local(sources))
        task = bar.add_task("Ingesting", total=total)
        yield lambda source: bar.advance(task)
