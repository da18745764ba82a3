"""`tinhso ingest`: files and folders into the library."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.opening import note, open_embedder, open_library

MOST_NAMED = 5
"""Duplicates that are named one by one."""


def ingest(
    paths: Annotated[
        list[Path],
        typer.Argument(help="Files or folders with all below them: articles, tables of figures, archives of those."),
    ],
    any_topic: Annotated[
        bool, typer.Option("--any-topic", help="Take in articles that are not about digital transformation, too.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as one JSON object.")] = False,
) -> None:
    """Read articles, cut and embed them, and put them into the library. Run it again at any time: nothing is done twice.

    Exit status 0 when every source was read (or skipped as off-topic), 1 when at least one failed (the others are in all the same).
    """
    from ingest.pipeline import ingest as run
    from retrieval.settings import load_settings

    settings = load_settings()
    with open_library(settings, create=True) as library, _progress(paths) as advance:
        report = run(paths, library, lambda: open_embedder(settings), advance, any_topic=any_topic)
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
            f"{len(report.added)} added, {len(report.updated)} updated, {len(report.unchanged)} unchanged, "
            f"{len(report.duplicates)} duplicate, {len(report.failed)} failed{skipped} in {report.seconds:.1f} s"
        )
    if report.failed:
        raise typer.Exit(1)


@contextmanager
def _progress(paths: Sequence[Path]) -> Iterator[Callable[[str], None]]:
    """A bar on stderr for a person, silence for a pipe. What it yields is called with each source that is done."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from ingest.sources.files import find_files

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda source: None
        return
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("Ingesting", total=sum(1 for _ in find_files(paths)))
        yield lambda source: bar.advance(task)
