"""The five calls from a question to its answer, as LangChain runnables: understand | select | choose | compose | verify."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any, Self

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableConfig, RunnableLambda

from retrieval import ledger
from retrieval.answer import wording
from retrieval.answer.chart import chart, renumbered
from retrieval.answer.compose import compose
from retrieval.answer.draft import Draft, Line, render
from retrieval.answer.onward import dated_figures, next_questions
from retrieval.answer.suggest import suggest
from retrieval.answer.told import quoted
from retrieval.answer.verify import verify
from retrieval.choosing.ranker import Choice, Chooser, Ranker
from retrieval.choosing.select import Candidates, select
from retrieval.lexicon.provinces import current_name, find_provinces, merged_from
from retrieval.library import Library
from retrieval.llm.writer import Asker, OnSentence, Writer, Written
from retrieval.query import ASKING, Act, Query
from retrieval.question import understand
from retrieval.search import search
from retrieval.text import nfc
from retrieval.types import COMPOSED, Answer, Embedder, NextQuestions, Reranker

MERGERS = date(2025, 7, 1)
MOST_TRIED = 300
"""Questions tried for suggestions that are remembered until the library changes."""

MOST_INDICATORS = 8
"""Whose figures, of all provinces, are remembered so."""


@dataclass(frozen=True, slots=True)
class Message:
    """What a person sent: ``history`` are their earlier questions, oldest first."""

    text: str
    history: tuple[str, ...] = ()
    asker: Asker = field(default_factory=Asker)


@dataclass(frozen=True, slots=True)
class Trace:
    """Every step from a message to its verified draft; steps that a message does not need are None. ``composed`` is the
    draft before it was verified."""

    message: Message
    query: Query
    candidates: Candidates | None = None
    choice: Choice | None = None
    composed: Draft | None = None
    draft: Draft | None = None


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
        self,
        library: Library,
        embedder: Embedder,
        writer: Writer | None = None,
        reranker: Reranker | None = None,
        chooser: Chooser | None = None,
    ) -> None:
        """``writer``, where the operator has a chat model, puts the composed answer into its words; ``reranker``, where
        he has one, puts the passages found in order."""
        self.library = library
        self.embedder = embedder
        self.writer = writer
        self.reranker = reranker
        self.chooser = chooser or Ranker()
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
        """The answer to a question; ``history`` are the person's earlier questions, oldest first.

        Where a chat model writes, its tokens are counted by ``user`` and day, and ``on_sentence`` is called, on this
        thread, with each verified sentence as it comes; the answer returned takes their place. ``config`` is
        LangChain's: callbacks that trace the chain.
        """
        began = time.perf_counter()
        trace = self.chain.invoke(Message(question, tuple(history), Asker(user, on_sentence)), config)
        verified = trace.draft or Draft(False, ())
        written = self._write(trace, verified, config)
        draft = written.draft
        text, citations = render(draft)
        asking = trace.query.act in ASKING
        near = () if draft.answered or not asking else self._suggestions(trace.query)
        drawn = chart(draft)
        if written.written_by != COMPOSED and verified.answered:
            drawn = renumbered(chart(verified), render(verified)[1], citations)
        took = (time.perf_counter() - began) * 1000
        return Answer(
            question,
            trace.query.standalone,
            draft.answered,
            text,
            citations,
            took,
            trace.query,
            drawn,
            near,
            written_by=written.written_by,
            cut=written.cut,
        )

    def explain(self, question: str, history: Sequence[str] = ()) -> Trace:
        """Every step to the composed answer."""
        return self.chain.invoke(Message(question, tuple(history)))

    def next_questions(self, answer: Answer) -> NextQuestions:
        """Questions that lead on from an answer of this library, looked up in its ledger (about a millisecond)."""
        revision = self.library.revision()
        return next_questions(self.library, answer, lambda indicator: self._dated(indicator, revision))

    def _suggestions(self, query: Query) -> tuple[str, ...]:
        revision = self.library.revision()
        return suggest(self.library, query, lambda question: self._tried(question, revision))

    def _try(self, question: str, revision: int) -> Draft:
        """The answer to a question that may be offered; many refusals offer the same ones."""
        return self.explain(question).draft or Draft(False, ())

    def _chain(self) -> Runnable[Message, Trace]:
        """Steps are plain lambdas over one typed trace, all on the thread that asks."""
        return (
            RunnableLambda(self._understand, name="understand")
            | RunnableLambda(self._select, name="select")
            | RunnableLambda(self._choose, name="choose")
            | RunnableLambda(self._compose, name="compose")
        )

    def _understand(self, message: Message) -> Trace:
        return Trace(message, understand(message.text, message.history, date.today()))

    def _select(self, trace: Trace) -> Trace:
        if trace.query.act not in ASKING:
            return trace
        return replace(trace, candidates=select(self.library, self.embedder, trace.query, self.reranker))

    def _choose(self, trace: Trace) -> Trace:
        if trace.candidates is None:
            return trace
        return replace(trace, choice=self.chooser.choose(trace.candidates))

    def _compose(self, trace: Trace) -> Trace:
        if trace.choice is None:
            return replace(trace, draft=replace(self._social(trace), made=trace.query.act))
        draft = compose(self.library, trace.choice, self._again)
        checked = verify(draft) if draft is not None else Draft(False, ())
        if draft is not None and draft.answered and not checked.answered:
            checked = verify(quoted(trace.choice))  # our shortening did not hold: the whole sentence does
        if checked.answered:
            return replace(trace, composed=draft, draft=with_borders(checked))
        return replace(trace, composed=draft, draft=self._refusal(trace.query))

    def _again(self, query: Query) -> Choice:
        return self.chooser.choose(select(self.library, self.embedder, query, self.reranker))

    def _social(self, trace: Trace) -> Draft:
        """What a good colleague says to a message that asks nothing of the library."""
        query = trace.query
        earlier = query.standalone if query.standalone != query.text else ""
        match query.act:
            case Act.SOURCE:
                before = self._try(earlier, self.library.revision()) if earlier else Draft(False, ())
                sourced = tuple(line for line in before.lines if line.supports)
                if sourced:
                    return Draft(True, (Line(wording.SOURCES_OF), *sourced))
                return Draft(True, (Line(wording.SOURCES_OF_NOTHING),))
            case Act.COMPLAINT:
                return Draft(True, (Line(wording.complaint(earlier)),))
            case Act.OFFTOPIC:
                return Draft(False, (Line(wording.OFFTOPIC),))
        return Draft(True, (Line(wording.SOCIAL[query.act]),))

    def _refusal(self, query: Query) -> Draft:
        held = ledger.holdings(self.library, query)
        return Draft(False, (Line(wording.refusal(query, self.library.stats(), held)),), made="refusal")

    def _write(self, trace: Trace, draft: Draft, config: RunnableConfig | None) -> Written:
        if self.writer is None or trace.choice is None or not draft.answered:
            return Written(draft)
        return self.writer.write(draft, trace.choice, self.library, trace.message.asker, config)


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
    if any(f.denominator == 34 for line in draft.lines for s in line.supports for f in s.figures):
        draft = replace(draft, lines=(*draft.lines, wording.among_new()))
    names = list(dict.fromkeys(old))
    if not names or len(names) > MOST_NAMED:
        return draft
    return replace(draft, lines=(*draft.lines, Line(wording.borders(names))))


MOST_NAMED = 3
"""Provinces of whose old borders a word is said; of more it goes without saying."""


def _is_older(year: int | None, published: date | None) -> bool:
    """Whether a figure was surely made before the mergers: by its article's date, else by a period well before them."""
    return published < MERGERS if published else year is not None and year < MERGERS.year - 1
