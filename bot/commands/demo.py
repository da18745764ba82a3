"""`tinhso demo`: the starter corpus in, one question answered, what to try next."""

from pathlib import Path

import typer

from bot.commands.asking import ask
from bot.commands.ingesting import ingest

QUESTION = "Quảng Ninh xếp thứ mấy về chỉ số chuyển đổi số DTI năm 2022?"


def demo() -> None:
    """Ingest the starter corpus (nothing is done twice), ask one question, and say what to try next."""
    from retrieval.settings import PROJECT

    here = Path.cwd()
    corpus = [PROJECT / "data" / name for name in ("articles", "reference")]
    ingest([folder.relative_to(here) if folder.is_relative_to(here) else folder for folder in corpus])
    typer.echo(f"\n> {QUESTION}")
    ask(QUESTION)
    typer.echo(
        "\nTry next:\n"
        '  .venv/bin/tinhso ask "So sánh kinh tế số của Bắc Ninh và Bắc Kạn"\n'
        '  .venv/bin/tinhso ask "ty le ho so truc tuyen o Khanh Hoa"\n'
        "  .venv/bin/tinhso chat                      # one question after another\n"
        "  .venv/bin/tinhso ingest PATH...            # your own articles\n"
        "  .venv/bin/tinhso --help"
    )
