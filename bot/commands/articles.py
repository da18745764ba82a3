"""`tinhso articles list | show | remove | restore`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.ingesting import waiting
from retrieval.errors import LibraryError

if TYPE_CHECKING:
    from retrieval.library import FailedSource, Retired, StoredArticle, Version

app = typer.Typer(help="What the library holds.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="A source as `articles list` shows it, a path or a URL.")]


@app.command("list")
def list_(
    province: Annotated[str, typer.Option(help="Only articles about this province (any spelling).")] = "",
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Only what was ingested, or failed, on this day or after."),
    ] = None,
    failed: Annotated[bool, typer.Option("--failed", help="The sources that could not be read, instead.")] = False,
    retired: Annotated[
        bool, typer.Option("--retired", help="The articles that were gone at their source, instead.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Every article: publication date, provinces, title, source."""
    from retrieval.lexicon.provinces import canonical
    from retrieval.library import Library
    from retrieval.settings import load_settings

    wanted = canonical(province) if province else None
    if province and wanted is None:
        raise typer.BadParameter(f"no province is called {province!r}")
    if failed and province:
        raise typer.BadParameter("nobody knows the province of a source that could not be read: leave --province out")
    first = since.astimezone() if since else datetime.min.replace(tzinfo=UTC)
    with Library.open(load_settings().data_dir) as library:
        if failed:
            for failure in library.failures():
                if failure.failed_at >= first:
                    typer.echo(_failure(failure, as_json=as_json))
            return
        if retired:
            for one in library.retired():
                if one.retired_at >= first and (wanted is None or wanted in one.article.provinces):
                    typer.echo(_retired(one, as_json=as_json))
            return
        for stored in library.articles():
            if stored.ingested_at >= first and (wanted is None or wanted in stored.article.provinces):
                typer.echo(_listed(stored, as_json=as_json))


def _failure(failure: FailedSource, *, as_json: bool) -> str:
    at = failure.failed_at.isoformat(timespec="seconds")
    if as_json:
        return json.dumps({"source": failure.source, "error": failure.error, "failed_at": at}, ensure_ascii=False)
    return f"{at[:10]}  {failure.source}  {failure.error}"


def _retired(one: Retired, *, as_json: bool) -> str:
    at = one.retired_at.isoformat(timespec="seconds")
    article = one.article
    if as_json:
        told = {"source": article.source, "address": article.address, "title": article.title}
        return json.dumps({**told, "reason": one.reason, "retired_at": at}, ensure_ascii=False)
    return f"{at[:10]}  {article.title}  {article.address}: {one.reason}"


def _listed(stored: StoredArticle, *, as_json: bool) -> str:
    article = stored.article
    published = article.published.isoformat() if article.published else None
    if as_json:
        return json.dumps(
            {
                "source": article.source,
                "title": article.title,
                "publisher": article.publisher,
                "url": article.url,
                "published": published,
                "provinces": article.provinces,
                "chunks": stored.chunks,
            },
            ensure_ascii=False,
        )
    return f"{published or '----------'}  {', '.join(article.provinces) or '-'}  {article.title}  {article.source}"


@app.command()
def show(
    name: Name,
    history: Annotated[
        bool, typer.Option("--history", help="The versions that this address has had, and which figures changed.")
    ] = False,
) -> None:
    """One article as it was read: what surrounds it, then its text."""
    from retrieval.library import Library
    from retrieval.settings import load_settings

    with Library.open(load_settings().data_dir) as library:
        stored = library.find(name)
        if stored is None:
            raise LibraryError(f"{name} is not in the library. `tinhso articles list` shows what is.")
        if history:
            _show_history(library.history(name))
            return
        article = stored.article
        also = [other.article.source for other in library.story(stored.story_id) if other.id != stored.id]
        rows = {
            "title": article.title,
            "publisher": article.publisher,
            "author": article.author,
            "url": article.url,
            "published": article.published,
            "updated": article.updated,
            "provinces": ", ".join(article.provinces),
            "source": article.source,
            "chunks": stored.chunks,
            "figures": len(library.figures_of(stored.id)),
            "also in": ", ".join(also),
        }
        for key, value in rows.items():
            typer.echo(f"{key + ':':<11}{'-' if value in (None, '') else value}")
        typer.echo(f"\n{article.text}")


def _show_history(versions: Sequence[Version]) -> None:
    from retrieval.library.versions import figure_changes

    for number, version in enumerate(versions, 1):
        until = f"until {version.replaced_at.date()}" if version.replaced_at else "now"
        published = f", published {version.published}" if version.published else ""
        typer.echo(f"{number}. {version.ingested_at.date()} {until}  {version.hash[:12]}  {version.title}{published}")
        if number > 1:
            for change in figure_changes(versions[number - 2].figures, version.figures):
                typer.echo(f"   {change}")


@app.command()
def remove(name: Name) -> None:
    """Take an article out; it stops answering at once. Of a source that failed, forget that it did."""
    from ingest.pipeline import known_as
    from retrieval.library import Library
    from retrieval.settings import load_settings

    with Library.open(load_settings().data_dir) as library, library.turn(waiting):  # a reindex would bring it back
        if not library.remove(name) and not library.forget_failure(known_as(name)):
            raise LibraryError(f"{name} is not in the library. `tinhso articles list` shows what is.")
    typer.echo(f"removed: {name}")


@app.command()
def restore(name: Name) -> None:
    """Bring back an article that was retired because it was gone at its source, with its figures and its history."""
    from bot.commands.opening import open_embedder, open_library
    from ingest.restoring import restore as run
    from retrieval.settings import load_settings

    settings = load_settings()
    with open_library(settings) as library, library.turn(waiting):
        article = run(library, name, lambda: open_embedder(settings))
    typer.echo(f"restored: {article.address}")
