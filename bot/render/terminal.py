"""Answers and passages for a terminal: weight only where there is one. What a person reads is Vietnamese.

Everything is printed as ``Text``: in rich's markup, brackets and backslashes of an article would be taken for styles.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.text import Text

from retrieval.types import Answer, Citation, Passage


def print_answer(answer: Answer) -> None:
    console = _console()
    console.print(Text(answer.text))
    if answer.citations:
        console.print(Text("\nNguồn", "bold"))
    for citation in answer.citations:
        console.print(Text.assemble((f"[{citation.n}]", "bold"), f" {_byline(citation)}"))
        console.print(Text(f"    “{' '.join(citation.quote.split())}”", "dim"))


def print_plain(text: str) -> None:
    _console().print(Text(text))


@contextmanager
def sentences_as_they_come() -> Iterator[Callable[[str], None] | None]:
    """What shows the sentences of an answer while it is written, gone when it is whole; None where nobody looks on."""
    console = _console()
    if not console.is_terminal:
        yield None
        return
    from rich.live import Live

    shown: list[str] = []
    with Live(console=console, transient=True, auto_refresh=False) as live:

        def show(sentence: str) -> None:
            shown.append(sentence)
            live.update(Text("\n".join(shown), "dim"), refresh=True)

        yield show


def print_passages(passages: Sequence[Passage]) -> None:
    console = _console()
    if not passages:
        console.print("Không tìm thấy đoạn nào.")
    for rank, passage in enumerate(passages, 1):
        article = passage.article
        console.print(Text.assemble((f"{rank}. {article.title}", "bold"), f" ({passage.score:.2f}) {article.source}"))
        console.print(Text(f"   {' '.join(passage.chunk.text.split())}\n"))


def _console() -> Console:
    """On standard output, without wrapping: lines are the terminal's own to break, and stay whole in a pipe."""
    return Console(highlight=False, soft_wrap=True)


def _byline(citation: Citation) -> str:
    published = citation.published.strftime("%d/%m/%Y") if citation.published else None
    parts = citation.title, citation.publisher, published, citation.url or citation.source
    return " — ".join(part for part in parts if part)
