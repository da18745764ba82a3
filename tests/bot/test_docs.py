"""The documents name every command and option, no other, and no file that is not there."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import typer

from bot.cli import app
from retrieval.settings import PROJECT

DOCUMENTS = (
    "README.md",
    "CHANGELOG.md",
    "docs/architecture.md",
    "docs/cli.md",
    "docs/ingest.md",
    "docs/telegram.md",
    "docs/training.md",
    "data/evals/README.md",
)


def _commands(group: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _commands(command, (*path, name))
        else:
            yield " ".join((*path, name)), command


COMMANDS = dict(_commands(typer.main.get_command(app)))


def _text(document: str) -> str:
    return (PROJECT / document).read_text(encoding="utf-8")


def _sections() -> dict[str, str]:
    """Each "## tinhso NAME ..." of docs/cli.md with the text below it."""
    parts = re.split(r"^## tinhso (\w+).*$", _text("docs/cli.md"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def _first_word(name: str) -> str:
    return name.partition(" ")[0]


def test_every_command_is_described_and_no_other() -> None:
    assert set(_sections()) == {_first_word(name) for name in COMMANDS}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_a_command_is_described(name: str) -> None:
    section = _sections()[_first_word(name)]
    for parameter in COMMANDS[name].params:
        if parameter.param_type_name == "option" and parameter.name != "help":
            for option in (*parameter.opts, *parameter.secondary_opts):
                assert re.search(rf"`{option}\b", section), f"docs/cli.md does not tell of tinhso {name} {option}"


@pytest.mark.parametrize("name", _sections())
def test_no_option_is_described_that_is_not_there(name: str) -> None:
    commands = [command for called, command in COMMANDS.items() if _first_word(called) == name]
    options = {option for c in commands for p in c.params for option in (*p.opts, *p.secondary_opts)}
    assert set(re.findall(r"`(--?[a-z][a-z-]*)", _sections()[name])) <= options


@pytest.mark.parametrize("document", DOCUMENTS)
def test_examples_call_commands_that_exist(document: str) -> None:
    called = re.findall(r"(?:`|^\$ |^|bin/)tinhso (\w+)(?: (list|show|remove))?", _text(document), re.MULTILINE)
    for command, sub in called:
        assert f"{command} {sub}".strip() in COMMANDS or any(n.startswith(command + " ") for n in COMMANDS), command


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_lead_somewhere(document: str) -> None:
    folder = (PROJECT / document).parent
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", _text(document)):
        assert (folder / target).exists(), f"{document} links to {target}"


@pytest.mark.parametrize(
    "path", re.findall(r"`((?:[a-z_]+/)+[a-z_]+\.(?:py|csv|jsonl))`", _text("docs/architecture.md"))
)
def test_files_named_in_the_architecture_are_there(path: str) -> None:
    assert any((PROJECT / base / path).exists() for base in ("", "retrieval"))


def test_the_readme_counts_the_starter_corpus() -> None:
    digests = len(list((PROJECT / "data" / "articles").glob("*.md")))
    for document in ("README.md", "CHANGELOG.md"):
        assert f"{digests} digests" in _text(document)
