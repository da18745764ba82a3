"""`tinhso doctor` says what is wrong and how to mend it; `tinhso model` prepares the bundled model."""

from collections.abc import Callable
from importlib import metadata
from typing import Annotated

import typer

from bot.commands.opening import note
from retrieval.errors import LibraryError, TinhSoError

PACKAGES = (
    "tinhso",
    "chromadb",
    "langchain-core",
    "onnxruntime",
    "python-telegram-bot",
    "sentence-transformers",
    "torch",
)


def doctor(
    repair: Annotated[
        bool,
        typer.Option("--repair", help="Mend the library first: its format, lost vectors, the vector index."),
    ] = False,
) -> None:
    """What is installed, which embedder, how many articles, what is wrong and how to mend it. Status 1 if anything is."""
    from retrieval.settings import load_settings

    settings = load_settings()
    if repair:
        _check("repair", _repair)
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
        if wrong := library.damage():
            raise LibraryError(
                f"the database in {library.folder} is damaged: {wrong}. Put a backup in its place: tinhso restore FILE --replace"
            )
        if library.lacking_vectors():
            raise LibraryError("some chunks have lost their vectors: tinhso doctor --repair")
        library.warm()
        stats = library.stats()
        failed = len(library.failures())
    sources = f"; {failed} sources failed, see tinhso articles list --failed" if failed else ""
    return f"{stats.articles} articles, {stats.chunks} chunks, {stats.figures} figures about {len(stats.provinces)} provinces{sources}"


def _repair() -> str:
    """Brings an older format up to date, embeds chunks that lost their vectors, and makes the vector index anew."""
    from bot.commands.ingesting import waiting
    from bot.commands.opening import open_embedder, open_library
    from ingest.chunk import embedding_text
    from retrieval.library import NO_LIBRARY, Library
    from retrieval.settings import load_settings

    settings = load_settings()
    if not Library.is_in(settings.data_dir):
        raise LibraryError(NO_LIBRARY.format(folder=settings.data_dir))
    embedded = 0
    with open_library(settings, create=True) as library, library.turn(waiting):
        while lacking := library.lacking_vectors():
            owners = library.articles_by_id({stored.article_id for stored in lacking.values()})
            texts = [embedding_text(owners[s.article_id].article, s.chunk) for s in lacking.values()]
            library.fill_vectors(list(lacking), open_embedder(settings).embed_passages(texts), texts)
            embedded += len(texts)
        library.rebuild_index()
        size = library.size()
    return f"the vector index has been made anew from {size} vectors, {embedded} of them embedded again"


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
