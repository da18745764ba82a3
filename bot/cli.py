"""The command line: `tinhso`. It only wires; heavy libraries are imported by the command that needs them."""

import sys

import typer

from bot.commands import articles, asking, demo, figures, ingesting, keeping, scoring, serving, upkeep
from retrieval.errors import TinhSoError

app = typer.Typer(
    name="tinhso",
    help="Ask in Vietnamese how a province's digital transformation is going. Every figure is quoted from an article.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("ingest")(ingesting.ingest)
app.command("ask")(asking.ask)
app.command("search")(asking.search)
app.command("chat")(asking.chat)
app.command("figures")(figures.figures)
app.command("eval")(scoring.evaluate)
app.add_typer(articles.app, name="articles")
app.command("serve")(serving.serve)
app.command("feedback")(serving.feedback)
app.command("reindex")(keeping.reindex)
app.command("backup")(keeping.backup)
app.command("restore")(keeping.restore)
app.command("doctor")(upkeep.doctor)
app.command("model")(upkeep.model)
app.command("demo")(demo.demo)


def main() -> None:
    """Run a command; an error that we explain goes to stderr as one text, with status 1."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    try:
        app()
    except TinhSoError as error:
        sys.stderr.write(f"tinhso: {error}\n")
        sys.exit(1)
    except BrokenPipeError:  # `tinhso ... | head`
        sys.stderr.close()
        sys.exit(141)


if __name__ == "__main__":
    main()
