"""The answer chain, as LangChain runnables: understand | find | compose | verify."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Self

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda

from retrieval.answer.chart import chart
from retrieval.answer.compose import compose
from retrieval.answer.draft import Draft, Line, render
from retrieval.answer.evidence import Evidence, gather
from retrieval.answer.onward import next_questions
from retrieval.answer.suggest import suggest
from retrieval.answer.verify import verify
from retrieval.answer.wording import borders, refusal
from retrieval.lexicon.provinces import current_name, find_provinces, merged_from
from retrieval.library import Library
from retrieval.question import understand
from retrieval.search import search
from retrieval.text import nfc
from retrieval.types import Answer, Embedder, Figure, NextQuestions, Query

MERGERS = date(2025, 7, 1)


def with_borders(draft: Draft) -> Draft:
    """Says of figures older than the mergers of 2025-07-01 that they are of the old borders (never of ranks out of 34)."""
    new = {
        f.province
        for line in draft.lines
        for s in line.supports
        for f in s.figures
        if f.denominator == 34 or (f.period and f.period.year >= MERGERS.year)
    }
    old = [
        f.province
        for line in draft.lines
        for s in line.supports
        for f in s.figures[:1]
        if f.province not in new
        and len(merged_from(current_name(f.province))) > 1
        and _is_older(f.period.year if f.period else None, s.statement.article.published)
    ]
    if not old:
        return draft
    return replace(draft, lines=(*draft.lines, Line(borders(list(dict.fromkeys(old))))))


def _is_older(year: int | None, published: date | None) -> bool:
    """Whether a figure was surely made before the mergers: by its article's date, else by a period well before them."""
    return published < MERGERS if published else year is not None and year < MERGERS.year - 1


class PassageRetriever(BaseRetriever):
    """Hybrid search as a LangChain retriever: documents carry source, title, publisher, url, published and score."""

    library: Any
    embedder: Any
    k: int = 10

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        named = [p.name for p in find_provinces(nfc(query), loose=True)]
        return [
            Document(
                page_content=p.chunk.text,
                metadata={
                    "source": p.article.source,
                    "title": p.article.title,
                    "publisher": p.article.publisher,
                    "url": p.article.url,
                    "published": p.article.published.isoformat() if p.article.published else None,
                    "score": p.score,
                },
            )
            for p in search(self.library, self.embedder, query, limit=self.k, provinces=named)
        ]


class Answerer:
    """Answers questions from one library. Safe from several threads; close it when done."""

    def __init__(self, library: Library, embedder: Embedder) -> None:
        self.library = library
        self.embedder = embedder
        self.retriever = PassageRetriever(library=library, embedder=embedder)
        self.chain = self._chain()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.library.close()

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        """The answer to a question; ``history`` are the user's earlier questions, oldest first."""
        began = time.perf_counter()
        found = self.chain.invoke({"question": question, "history": tuple(history)})
        draft: Draft = found["verified"]
        query: Query = found["query"]
        text, citations = render(draft)
        near = () if draft.answered else suggest(self.library, query, self._draft)
        took = (time.perf_counter() - began) * 1000
        return Answer(question, query.standalone, draft.answered, text, citations, took, query, chart(draft), near)

    def next_questions(self, answer: Answer) -> NextQuestions:
        """Questions that lead on from an answer of this library, looked up in its ledger (about a millisecond)."""
        return next_questions(self.library, answer)

    def _draft(self, question: str) -> Draft:
        draft: Draft = self.chain.invoke({"question": question, "history": ()})["verified"]
        return draft

    def _chain(self) -> Runnable[dict[str, Any], dict[str, Any]]:
        """question, history -> query -> evidence -> draft -> verified; what every step found stays in the result.

        Steps are plain lambdas: RunnablePassthrough.assign would run each on a thread of its own, with a SQLite
        connection of its own.
        """

        def step(name: str, function: Callable[[dict[str, Any]], Any]) -> Runnable[dict[str, Any], dict[str, Any]]:
            def run(state: dict[str, Any]) -> dict[str, Any]:
                return {**state, name: function(state)}

            return RunnableLambda(run, name=name)

        return (
            step("query", self._understand)
            | step("evidence", self._find)
            | step("draft", self._compose)
            | step("verified", self._verify)
        )

    def _understand(self, state: dict[str, Any]) -> Query:
        return understand(state["question"], state["history"], date.today())

    def _find(self, state: dict[str, Any]) -> Evidence:
        return gather(self.library, self.embedder, state["query"])

    def _compose(self, state: dict[str, Any]) -> Draft | None:
        return compose(self.library, state["evidence"], lambda query: gather(self.library, self.embedder, query))

    def _verify(self, state: dict[str, Any]) -> Draft:
        draft: Draft | None = state["draft"]
        query: Query = state["query"]
        if draft is not None and not any(line.supports for line in draft.lines) and draft.answered:
            return draft  # a greeting
        checked = verify(draft) if draft is not None else Draft(False, ())
        if checked.answered:
            return with_borders(checked)
        return Draft(False, (Line(refusal(query, self.library.stats(), self._known(query))),))

    def _known(self, query: Query) -> list[Figure]:
        """Figures of the indicators asked for: those of the provinces asked for, then of any."""
        if not query.indicators:
            return []
        places = [query.provinces, ()] if query.provinces else [()]
        found = [self.library.figures(provinces=p, indicators=query.indicators, limit=200) for p in places]
        return [stored.figure for figures in found for stored in figures]
