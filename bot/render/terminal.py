"""Answers and passages for a terminal: colour only where there is one. What a person reads is Vietnamese."""

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape

from retrieval.types import Answer, Citation, Passage


def print_answer(answer: Answer) -> None:
    console = Console(highlight=False, soft_wrap=True)
    console.print(escape(answer.text))
    if answer.citations:
        console.print("\n[bold]Nguồn[/bold]")
    for citation in answer.citations:
        console.print(f"[bold]{escape(f'[{citation.n}]')}[/bold] {escape(_byline(citation))}")
        console.print(f"    [dim]“{escape(' '.join(citation.quote.split()))}”[/dim]")


def _byline(citation: Citation) -> str:
    published = citation.published.strftime("%d/%m/%Y") if citation.published else None
    return " — ".join(part for part in (citation.title, citation.publisher, published, citation.url or citation.source) if part)


def print_passages(passages: Sequence[Passage]) -> None:
    console = Console(highlight=False, soft_wrap=True)
    if not passages:
        console.print("Không tìm thấy đoạn nào.")
    for rank, passage in enumerate(passages, 1):
        console.print(f"[bold]{rank}. {escape(passage.article.title)}[/bold] ({passage.score:.2f}) {escape(passage.article.source)}")
        console.print(f"   {escape(' '.join(passage.chunk.text.split()))}\n")
