"""Answering off the event loop: a bounded number of threads, so that everybody else is served meanwhile."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from functools import lru_cache
from importlib import import_module
from typing import NamedTuple, TypeVar

from retrieval.ask import Answerer
from retrieval.llm.writer import OnSentence
from retrieval.question import understand
from retrieval.types import Answer, Chart, Citation, NextQuestions

MOST_KNOWN = 500
"""Answers that are kept at hand, some 10 kB each."""

MODEL_WORKERS = 16
"""Answers at a time, at least, where a chat model writes: they wait for it and not for the processor."""

PATIENCE = 5.0
"""Seconds that a picture waits for answers, at most: drawing takes as much of the processor as several of them."""

MOST_PICTURES = 100
"""Pictures that are kept at hand, some 40 kB each."""

Result = TypeVar("Result")


class Answered(NamedTuple):
    answer: Answer
    following: NextQuestions


class AnswerPool:
    """``workers`` questions are answered at a time. A question that was asked already, of the same library and on the
    same day, is answered once; also when many ask it together. Pictures have a thread of their own, behind the answers.

    Where a chat model writes, each person asks by themselves: the tokens are theirs, and a model that is silent now may
    speak the next time.
    """

    def __init__(self, answerer: Answerer, workers: int) -> None:
        self._answerer = answerer
        workers = max(workers, MODEL_WORKERS) if answerer.writer else workers
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="answer")
        self._drawing = ThreadPoolExecutor(1, thread_name_prefix="draw")
        self._known: OrderedDict[Hashable, asyncio.Future[Answered]] = OrderedDict()
        self._busy = 0
        self._quiet = asyncio.Event()

    @property
    def streams(self) -> bool:
        """Whether sentences come one after the other."""
        return self._answerer.writer is not None

    async def ask(
        self, question: str, history: Sequence[str] = (), *, user: str = "", on_sentence: OnSentence | None = None
    ) -> Answered:
        """``on_sentence`` is called, on a thread of the pool, with each verified sentence of a model as it comes."""
        if self.streams:
            return await self.run(lambda: self._ask(question, history, user, on_sentence))
        key = question, tuple(history), self._answerer.library.revision(), date.today()
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = asyncio.ensure_future(self.run(lambda: self._ask(question, history)))
            if len(self._known) > MOST_KNOWN:
                self._known.popitem(last=False)
        self._known.move_to_end(key)
        try:
            return await asyncio.shield(known)  # who gives up does not take the answer from the others
        except Exception:
            self._known.pop(key, None)
            raise

    async def draw(self, answer: Answer) -> bytes | None:
        """The picture of an answer that has one, as PNG. Words go first: it waits a while for the others' answers."""
        chart = answer.chart
        if chart is None:
            return None
        if self._busy:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._quiet.wait(), PATIENCE)
        return await asyncio.get_running_loop().run_in_executor(self._drawing, _drawn, chart, answer.citations)

    async def warm(self) -> None:
        """Loads the weights of understanding, and imports what draws, before somebody waits for it (half a second)."""
        await self.run(lambda: understand("DTI"))
        await asyncio.get_running_loop().run_in_executor(
            self._drawing, import_module, "matplotlib.backends.backend_agg"
        )

    async def run(self, work: Callable[[], Result]) -> Result:
        self._busy += 1
        self._quiet.clear()
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._busy -= 1
            if not self._busy:
                self._quiet.set()

    def close(self) -> None:
        """What is running is finished; what is waiting is dropped (the inbox has it)."""
        for threads in (self._threads, self._drawing):
            threads.shutdown(wait=True, cancel_futures=True)

    def _ask(
        self, question: str, history: Sequence[str], user: str = "", on_sentence: OnSentence | None = None
    ) -> Answered:
        answer = self._answerer.ask(question, history, user=user, on_sentence=on_sentence)
        return Answered(answer, self._answerer.next_questions(answer))


@lru_cache(MOST_PICTURES)
def _drawn(chart: Chart, citations: tuple[Citation, ...]) -> bytes:
    from bot.render.chart import draw

    return draw(chart, citations)
