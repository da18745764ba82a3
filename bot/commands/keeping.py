"""`tinhso backup`, `restore` and `reindex`: the library as a whole, while others read it."""

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.ingesting import INTERRUPTED, waiting
from bot.commands.opening import note, open_embedder
from bot.commands.progress import progress
from retrieval.errors import LibraryError

Archive = Annotated[Path, typer.Argument(help="The backup: one zip file.")]


def backup(file: Archive) -> None:
    """Write the library, and the bot's own database, to one file. Nobody who reads or writes has to stop."""
    from retrieval.library import archive
    from retrieval.settings import load_settings

    contents = archive.back_up(load_settings().data_dir, file)
    with_bot = " and the bot's database" if contents.bot else ""
    typer.echo(f"{contents.articles} articles{with_bot} are in {file} ({file.stat().st_size / 1e6:.1f} MB)")


def restore(
    file: Archive,
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in the place of the library that is there now.")
    ] = False,
) -> None:
    """Put a backup back. It is checked first; whoever reads the library goes on with the restored one."""
    from retrieval.library import Library, archive
    from retrieval.library.files import turn
    from retrieval.settings import load_settings

    folder = load_settings().data_dir
    if Library.is_in(folder) and not replace:
        raise LibraryError(
            f"There is a library in {folder} already: back it up if you may need it, then give --replace to put {file} in "
            "its place, or set TINHSO_DATA_DIR to another folder."
        )
    with turn(folder, waiting):
        contents = archive.restore(file, folder)
    with_bot = " and the bot's database" if contents.bot else ""
    typer.echo(f"{contents.articles} articles{with_bot} of {contents.made} are in {folder}")


def reindex(
    quiet: Annotated[bool, typer.Option("--quiet", help="Print nothing but what goes wrong.")] = False,
) -> None:
    """Cut, read and embed the stored articles anew, without their sources: after TINHSO_EMBEDDER or tinhso itself has
    changed. The old index serves until the new one is ready."""
    from ingest.reindex import reindex as run
    from retrieval.library import Library
    from retrieval.settings import load_settings

    settings = load_settings()
    with Library.open(settings.data_dir) as library:  # without one no model need be loaded
        count = library.stats().articles
    try:
        with progress("Reindexing", lambda: count, quiet=quiet) as advance:
            done = run(settings.data_dir, open_embedder(settings), advance, waiting)
    except KeyboardInterrupt:
        note("interrupted: the old index goes on serving; what was embedded is not embedded again")
        raise typer.Exit(INTERRUPTED) from None
    if not quiet:
        typer.echo(f"{done.articles} articles, {done.chunks} chunks, {done.figures} figures")
