"""`tinhso ask`, `search` and `chat`: questions from an argument, from JSON lines, or from a conversation."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.opening import note, open_answerer, open_embedder, open_library
from retrieval.errors import ReadError

if TYPE_CHECKING:
    from retrieval.ask import Answerer

Question = Annotated[str | None, typer.Argument(help="The question, in Vietnamese, with or without diacritics.")]
Jsonl = Annotated[Path | None, typer.Option("--jsonl", help='Lines {"id", "q", "history": [...]}; "-" reads stdin.')]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


def ask(question: Question = None, as_json: AsJson = False, jsonl: Jsonl = None) -> None:
    """Answer a question from the library, with its sources."""
    from bot.render.json import answer_json
    from retrieval.settings import load_settings

    _one_of(question, jsonl)
    with open_answerer(load_settings()) as answerer:
        if jsonl is not None:
            for line in _lines(jsonl):
                answer = answerer.ask(line.q, line.history)
                typer.echo(json.dumps({"id": line.id, **answer_json(answer)}, ensure_ascii=False))
            return
        if as_json:
            typer.echo(json.dumps(answer_json(answerer.ask(question or "")), ensure_ascii=False))
        else:
            _tell(answerer, question or "")


def _tell(answerer: Answerer, question: str, history: Sequence[str] = ()) -> None:
    """The answer for a person, its sentences shown as they come where a model writes them."""
    from bot.render.terminal import print_answer, sentences_as_they_come

    with sentences_as_they_come() as on_sentence:
        answer = answerer.ask(question, history, on_sentence=on_sentence)
    print_answer(answer)


def search(
    question: Question = None,
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="How many passages.")] = 10,
    as_json: AsJson = False,
    jsonl: Jsonl = None,
) -> None:
    """Show the passages nearest to a question, best first."""
    import time

    from bot.render.json import passages_json
    from bot.render.terminal import print_passages
    from retrieval.lexicon.provinces import find_provinces
    from retrieval.reranker import open_reranker
    from retrieval.search import search as run
    from retrieval.settings import load_settings
    from retrieval.text import nfc

    _one_of(question, jsonl)
    settings = load_settings()
    with open_library(settings) as library:
        embedder, reranker = open_embedder(settings), open_reranker(settings)

        def found(text: str) -> dict[str, Any]:
            began = time.perf_counter()
            text = nfc(text)
            named = [p.name for p in find_provinces(text, loose=True)]
            passages = run(library, embedder, text, limit=k, provinces=named, reranker=reranker)
            return {"passages": passages, "took_ms": (time.perf_counter() - began) * 1000}

        if jsonl is not None:
            for line in _lines(jsonl):
                result = found(line.q)
                typer.echo(json.dumps({"id": line.id, **passages_json(**result)}, ensure_ascii=False))
            return
        result = found(question or "")
    if as_json:
        typer.echo(json.dumps(passages_json(**result), ensure_ascii=False))
    else:
        print_passages(result["passages"])


def chat() -> None:
    """Ask one question after another; follow-ups ("Còn Quảng Ninh?") are understood. Ctrl-D ends."""
    from retrieval.settings import load_settings

    history: list[str] = []
    with open_answerer(load_settings()) as answerer:
        if sys.stdin.isatty():
            note("Mời bạn hỏi về chuyển đổi số của các tỉnh, thành phố (Ctrl-D để kết thúc).")
        while True:
            try:
                question = input("> " if sys.stdin.isatty() else "").strip()
            except (EOFError, KeyboardInterrupt):
                if sys.stdin.isatty():
                    note("")  # the shell's prompt begins on a line of its own
                return
            if question:
                _tell(answerer, question, history)
                history.append(question)


def _one_of(question: str | None, jsonl: Path | None) -> None:
    if (question is None) == (jsonl is None):
        raise typer.BadParameter("give a question, or --jsonl FILE (one of the two)")


@dataclass(frozen=True, slots=True)
class _Line:
    """A question of a JSON-lines file; ``id`` is any JSON value and is handed back as it came."""

    id: Any
    q: str
    history: tuple[str, ...]


def _lines(path: Path) -> Iterator[_Line]:
    """The questions of a file, or of stdin. What cannot be read ends the command, naming the line."""
    piped = str(path) == "-"
    name, number = "stdin" if piped else str(path), 0
    try:
        with nullcontext(sys.stdin) if piped else path.open(encoding="utf-8-sig") as stream:
            for line in stream:
                number += 1
                if line.strip():
                    yield _line(json.loads(line))
    except OSError as error:
        raise ReadError(f"Cannot open {name} ({error.strerror}): check the path and its permissions.") from None
    except UnicodeDecodeError:
        raise ReadError(f"{name} is not UTF-8 text after line {number}: save it as UTF-8.") from None
    except (ValueError, TypeError, KeyError, RecursionError):
        form = '{"id": ..., "q": "...", "history": ["..."]} ("id" and "history" may be left out)'
        raise ReadError(f"{name}, line {number}: expected {form}") from None


def _line(entry: Any) -> _Line:
    q, history = entry["q"], entry.get("history") or []
    if not isinstance(history, list) or not all(isinstance(text, str) for text in (q, *history)):
        raise TypeError
    return _Line(entry.get("id"), q, tuple(history))
