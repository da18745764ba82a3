"""The answer chain, as LangChain runnables: understand | find | compose | verify | write."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any, Self

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableConfig, RunnableLambda

from retrieval.answer.chart import chart, renumbered
from retrieval.answer.compose import compose
from retrieval.answer.draft import Draft, Line, render
from retrieval.answer.evidence import Evidence, gather
from retrieval.answer.onward import dated_figures, next_questions
from retrieval.answer.suggest import suggest
from retrieval.answer.verify import verify
from retrieval.answer.wording import borders, refusal
from retrieval.lexicon.provinces import current_name, find_provinces, merged_from
from retrieval.library import Library
from retrieval.llm.parts import in_parts
from retrieval.llm.writer import Asker, OnSentence, Writer, Written
from retrieval.question import understand
from retrieval.search import search
from retrieval.text import nfc
from retrieval.types import COMPOSED, Answer, Embedder, Figure, NextQuestions, Query, Reranker

MERGERS = date(2025, 7, 1)
MOST_TRIED = 300
"""Questions tried for suggestions that are remembered until the library changes."""

MOST_INDICATORS = 8
"""Whose figures, of all provinces, are remembered so."""


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
    reranker: Any = None
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
            for p in search(self.library, self.embedder, query, limit=self.k, provinces=named, reranker=self.reranker)
        ]


class Answerer:
    """Answers questions from one library. Safe from several threads; close it when done."""

    def __init__(
        self, library: Library, embedder: Embedder, writer: Writer | None = None, reranker: Reranker | None = None
    ) -> None:
        """``writer``, where the operator has a chat model, puts the composed answer into its words; ``reranker``, where
        he has one, puts the passages found in order."""
        self.library = library
        self.embedder = embedder
        self.writer = writer
        self.reranker = reranker
        self.retriever = PassageRetriever(library=library, embedder=embedder, reranker=reranker)
        self.chain = self._chain()
        self._tried = lru_cache(MOST_TRIED)(self._try)
        self._dated = lru_cache(MOST_INDICATORS)(lambda indicator, revision: dated_figures(library, indicator))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.library.close()

    def ask(
        self,
        question: str,
        history: Sequence[str] = (),
        *,
        user: str = "",
        on_sentence: OnSentence | None = None,
        config: RunnableConfig | None = None,
    ) -> Answer:
        """The answer to a question; ``history`` are the user's earlier questions, oldest first.

        Where a chat model writes, its tokens are counted by ``user`` and day, and ``on_sentence`` is called, on this
        thread, with each verified sentence as it comes; the answer returned takes their place. ``config`` is
        LangChain's: callbacks that trace the chain.
        """
        began = time.perf_counter()
        asked = {"question": question, "history": tuple(history), "asker": Asker(user, on_sentence)}
        found = self.chain.invoke(asked, config)
        written: Written = found["written"]
        query: Query = found["query"]
        draft = written.draft
        text, citations = render(draft)
        near = () if draft.answered else self._suggestions(query)
        drawn = chart(draft)
        if written.written_by != COMPOSED and found["verified"].answered:
            drawn = renumbered(chart(found["verified"]), render(found["verified"])[1], citations)
        took = (time.perf_counter() - began) * 1000
        return Answer(
            question,
            query.standalone,
            draft.answered,
            text,
            citations,
            took,
            query,
            drawn,
            near,
            written_by=written.written_by,
            cut=written.cut,
        )

    def next_questions(self, answer: Answer) -> NextQuestions:
        """Questions that lead on from an answer of this library, looked up in its ledger (about a millisecond)."""
        revision = self.library.revision()
        return next_questions(self.library, answer, lambda indicator: self._dated(indicator, revision))

    def _suggestions(self, query: Query) -> tuple[str, ...]:
        revision = self.library.revision()
        return suggest(self.library, query, lambda question: self._tried(question, revision))

    def _try(self, question: str, revision: int) -> Draft:
        """The answer to a question that may be offered; many refusals offer the same ones (20 ms each)."""
        draft: Draft = self._composed.invoke({"question": question, "history": ()})["verified"]
        return draft

    def _chain(self) -> Runnable[dict[str, Any], dict[str, Any]]:
        """question, history -> query -> evidence -> draft -> verified -> written; what every step found stays in the
        result.

        Steps are plain lambdas: RunnablePassthrough.assign would run each on a thread of its own, with a SQLite
        connection of its own.
        """

        def step(name: str, function: Callable[[dict[str, Any]], Any]) -> Runnable[dict[str, Any], dict[str, Any]]:
            def run(state: dict[str, Any]) -> dict[str, Any]:
                return {**state, name: function(state)}

            return RunnableLambda(run, name=name)

        def write(state: dict[str, Any], config: RunnableConfig) -> dict[str, Any]:
            return {**state, "written": self._write(state, config)}

        self._composed = (
            step("query", self._understand)
            | step("evidence", self._find)
            | step("draft", self._compose)
            | step("verified", self._verify)
        )
        return self._composed | RunnableLambda(write, name="written")

    def _understand(self, state: dict[str, Any]) -> Query:
        return understand(state["question"], state["history"], date.today())

    def _find(self, state: dict[str, Any]) -> Evidence:
        return self._gather(state["query"])

    def _gather(self, query: Query) -> Evidence:
        return gather(self.library, self.embedder, query, self.reranker)

    def _compose(self, state: dict[str, Any]) -> Draft | None:
        return compose(self.library, state["evidence"], self._gather)

    def _verify(self, state: dict[str, Any]) -> Draft:
        draft: Draft | None = state["draft"]
        query: Query = state["query"]
        if draft is not None and not any(line.supports for line in draft.lines) and draft.answered:
            return draft  # a greeting
        checked = verify(draft) if draft is not None else Draft(False, ())
        if checked.answered:
            return with_borders(checked)
        return Draft(False, (Line(refusal(query, self.library.stats(), self._known(query))),))

    def _write(self, state: dict[str, Any], config: RunnableConfig) -> Written:
        draft: Draft = state["verified"]
        asker: Asker = state.get("asker") or Asker()
        if self.writer is None:
            return Written(draft)
        if not draft.answered:
            writer = self.writer
            parts = in_parts(state["query"], lambda q: writer.parts(q, asker, config), lambda q: self._part(q, config))
            return Written(parts or draft)
        return self.writer.write(draft, state["evidence"], self.library, asker, config)

    def _part(self, question: str, config: RunnableConfig) -> tuple[Query, Draft]:
        found = self._composed.invoke({"question": question, "history": ()}, config)
        return found["query"], found["verified"]

    def _known(self, query: Query) -> list[Figure]:
        """Figures of the indicators asked for: those of the provinces asked for, then of any."""
        if not query.indicators:
            return []
        places = [query.provinces, ()] if query.provinces else [()]
        found = [self.library.figures(provinces=p, indicators=query.indicators, limit=200) for p in places]
        return [stored.figure for figures in found for stored in figures]
