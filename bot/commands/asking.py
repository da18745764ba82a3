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
    from retrieval.explanation import Explanation
    from retrieval.types import Answer

Question = Annotated[str | None, typer.Argument(help="The question, in Vietnamese, with or without diacritics.")]
Jsonl = Annotated[Path | None, typer.Option("--jsonl", help='Lines {"id", "q", "history": [...]}; "-" reads stdin.')]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
Explain = Annotated[bool, typer.Option("--explain", help="Print how the answer came about, and why.")]


def ask(question: Question = None, as_json: AsJson = False, jsonl: Jsonl = None, explain: Explain = False) -> None:
    """Answer a question from the library, with its sources."""
    from bot.render.explained import explained_json
    from bot.render.json import answer_json
    from retrieval.settings import load_settings

    _one_of(question, jsonl)
    with open_answerer(load_settings()) as answerer:

        def answered(text: str, history: Sequence[str] = ()) -> dict[str, Any]:
            if explain:
                return explained_json(*_explained(answerer, text, history))
            return answer_json(answerer.ask(text, history))

        if jsonl is not None:
            for line in _lines(jsonl):
                typer.echo(json.dumps({"id": line.id, **answered(line.q, line.history)}, ensure_ascii=False))
        elif as_json:
            typer.echo(json.dumps(answered(question or ""), ensure_ascii=False))
        elif explain:
            _tell_why(answerer, question or "")
        else:
            _tell(answerer, question or "")


def _tell(answerer: Answerer, question: str, history: Sequence[str] = ()) -> Answer:
    """The answer for a person, its sentences shown as they come where a model writes them."""
    from bot.render.terminal import print_answer, sentences_as_they_come

    with sentences_as_they_come() as on_sentence:
        answer = answerer.ask(question, history, on_sentence=on_sentence)
    print_answer(answer)
    return answer


def _tell_why(answerer: Answerer, question: str) -> None:
    """The way to the answer, then the answer."""
    from bot.render.explained import page
    from bot.render.terminal import print_answer, print_plain

    explanation, answer = _explained(answerer, question)
    print_plain(page(explanation) + "\n")
    print_answer(answer)


def _explained(answerer: Answerer, question: str, history: Sequence[str] = ()) -> tuple[Explanation, Answer]:
    """The composed answer, with all that led to it; no chat model is asked."""
    import time

    from retrieval.answer.draft import Draft, render
    from retrieval.explanation import explained
    from retrieval.types import Answer

    began = time.perf_counter()
    trace = answerer.explain(question, history)
    took = (time.perf_counter() - began) * 1000
    draft = trace.draft or Draft(False, ())
    answer = Answer(question, trace.query.standalone, draft.answered, *render(draft), took, trace.query)
    return explained(answerer.library, trace), answer


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
    from retrieval.query import ASKING
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
                answer = _tell(answerer, question, history)
                if answer.query is None or answer.query.act in ASKING:  # thanks are nothing to go on from
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
