"""`tinhso doctor` says what is wrong and how to mend it; `tinhso model` prepares the bundled model."""

from collections.abc import Callable
from importlib import metadata
from typing import Annotated

import typer

from bot.commands.opening import note
from retrieval.errors import TinhSoError

PACKAGES = (
    "tinhso",
    "chromadb",
    "langchain-core",
    "onnxruntime",
    "python-telegram-bot",
    "sentence-transformers",
    "torch",
)


def doctor() -> None:
    """What is installed, which embedder, how many articles, what is wrong and how to mend it. Status 1 if anything is."""
    from retrieval.settings import load_settings

    settings = load_settings()
    for package in PACKAGES:
        try:
            typer.echo(f"{package:<24}{metadata.version(package)}")
        except metadata.PackageNotFoundError:
            typer.echo(f"{package:<24}not installed")
    typer.echo(f"{'embedder':<24}{settings.embedder}")
    typer.echo(f"{'library folder':<24}{settings.data_dir}")
    sound = [
        _check("embedding model", _model_health),
        _check("library", _library_health),
        _check("chat model", _chat_health),
    ]
    if not all(sound):
        raise typer.Exit(1)


def _check(what: str, health: Callable[[], str]) -> bool:
    try:
        typer.echo(f"{what:<24}{health()}")
    except TinhSoError as error:
        typer.echo(f"{what:<24}PROBLEM: {error}")
        return False
    return True


def _model_health() -> str:
    from retrieval.embedders import verify_embedder
    from retrieval.settings import load_settings

    return verify_embedder(load_settings())


def _chat_health() -> str:
    """Whether the chat model can be opened; nothing is sent to it."""
    from retrieval.llm.chat import open_chat
    from retrieval.settings import load_settings

    chat = open_chat(load_settings())
    return "none: answers are composed" if chat is None else f"{chat.name}: can be opened (nothing was sent)"


def _library_health() -> str:
    from bot.commands.opening import open_library
    from retrieval.settings import load_settings

    with open_library(load_settings()) as library:
        library.warm()
        stats = library.stats()
    return f"{stats.articles} articles, {stats.chunks} chunks, {stats.figures} figures about {len(stats.provinces)} provinces"


def model(
    quiet: Annotated[bool, typer.Option("--quiet", help="Say nothing when it is ready already.")] = False,
) -> None:
    """Convert the bundled embedding model once, so that the first ingest need not wait for it."""
    from retrieval.embedders.conversion import convert_once, model_damage
    from retrieval.settings import load_settings

    cache = load_settings().cache_dir
    convert_once(cache, note)
    if damage := model_damage(cache):
        note(damage)
        raise typer.Exit(1)
    if not quiet:
        typer.echo(f"The model is ready in {cache}.")
