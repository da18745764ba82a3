"""Small libraries of invented articles, made for real: chunks, figures, vectors, all in a folder of the test's own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ingest.chunk import chunk, embedding_text
from ingest.figures import extract
from retrieval.ask import Answerer
from retrieval.lexicon.tables import read_table
from retrieval.library import Library
from retrieval.types import Answer, Article
from tests.fakes import FakeEmbedder

HANDBOOK = {"https://vanban.chinhphu.vn", *(row["source_url"] for row in read_table("handbook.csv"))}
"""Sources that every library knows."""


def article(name: str, province: str, text: str, *, published: str, title: str = "", publisher: str = "") -> Article:
    """``text`` as typed in a test: paragraphs parted by empty lines, each joined to one line. ``published`` is ISO."""
    paragraphs = [" ".join(p.split()) if " | " not in p else p.strip() for p in text.strip().split("\n\n")]
    lines = ["\n".join(line.strip() for line in p.split("\n")) if " | " in p else p for p in paragraphs]
    return Article(
        source=f"{name}.txt",
        address=f"/articles/{name}.txt",
        title=title or f"Chuyển đổi số tại {province}",
        text="\n\n".join(lines),
        publisher=publisher or None,
        published=date.fromisoformat(published),
        provinces=(province,) if province else (),
    )


def make(folder: Path, articles: Sequence[Article]) -> Library:
    """A library of the articles in ``folder``, on the fake embedder."""
    embedder = FakeEmbedder()
    library = Library.open(folder, embedder=embedder.name, dimension=embedder.dimension, create=True)
    for one in articles:
        chunks = chunk(one)
        vectors = embedder.embed_passages([embedding_text(one, c) for c in chunks])
        library.put(one, chunks, vectors, extract(one))
    return library


@dataclass(frozen=True)
class Asked:
    """Asks one small library, and holds every answer to what all answers owe."""

    answerer: Answerer
    texts: dict[str, str]

    def __call__(self, question: str, *history: str) -> Answer:
        answer = self.answerer.ask(question, history)
        for citation in answer.citations:
            told = self.texts.get(citation.source, "")
            assert told or citation.source in HANDBOOK, "a source that is not there"
            assert citation.quote and (not told or citation.quote in told), "a quote is not literal"
        marks = {int(mark) for mark in re.findall(r"\[(\d+)\]", answer.text)}
        assert marks == {citation.n for citation in answer.citations}, "marks and citations differ"
        assert len(answer.text) < 1500
        if not answer.answered:
            assert not answer.citations, "a refusal lists no sources"
        return answer


def asking(folder: Path, articles: Sequence[Article]) -> Asked:
    answerer = Answerer(make(folder, articles), FakeEmbedder())
    return Asked(answerer, {one.source: one.text for one in articles})
