"""`tinhso articles list | show | remove`."""

from typing import Annotated

import typer

from retrieval.errors import LibraryError

app = typer.Typer(help="What the library holds.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="A source as `articles list` shows it, a path or a URL.")]


@app.command("list")
def list_(
    province: Annotated[str, typer.Option(help="Only articles about this province (any spelling).")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Every article: publication date, provinces, title, source."""
    import json

    from retrieval.lexicon.provinces import canonical
    from retrieval.library import Library
    from retrieval.settings import load_settings

    wanted = canonical(province) if province else None
    if province and wanted is None:
        raise typer.BadParameter(f"no province is called {province!r}")
    with Library.open(load_settings().data_dir) as library:
        for stored in library.articles():
            article = stored.article
            if wanted and wanted not in article.provinces:
                continue
            published = article.published.isoformat() if article.published else None
            if as_json:
                typer.echo(
                    json.dumps(
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
                )
            else:
                typer.echo(
                    f"{published or '----------'}  {', '.join(article.provinces) or '-'}  {article.title}  {article.source}"
                )


@app.command()
def show(name: Name) -> None:
    """One article as it was read: what surrounds it, then its text."""
    from retrieval.library import Library
    from retrieval.settings import load_settings

    with Library.open(load_settings().data_dir) as library:
        stored = library.find(name)
        if stored is None:
            raise LibraryError(f"{name} is not in the library. `tinhso articles list` shows what is.")
        article = stored.article
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
        }
        for key, value in rows.items():
            typer.echo(f"{key + ':':<11}{'-' if value in (None, '') else value}")
        typer.echo(f"\n{article.text}")


@app.command()
def remove(name: Name) -> None:
    """Take an article out; it stops answering at once."""
    from retrieval.library import Library
    from retrieval.settings import load_settings

    with Library.open(load_settings().data_dir) as library:
        if not library.remove(name):
            raise LibraryError(f"{name} is not in the library. `tinhso articles list` shows what is.")
    typer.echo(f"removed: {name}")
