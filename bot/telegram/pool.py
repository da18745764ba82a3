"""Answering off the event loop: a bounded number of threads, so that everybody else is served meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple, TypeVar

from bot.render.chart import draw
from retrieval.answer.chain import Answerer
from retrieval.types import Answer, NextQuestions

Result = TypeVar("Result")


class Answered(NamedTuple):
    answer: Answer
    following: NextQuestions


class AnswerPool:
    def __init__(self, answerer: Answerer, workers: int) -> None:
        self._answerer = answerer
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="answer")

    async def ask(self, question: str, history: Sequence[str] = ()) -> Answered:
        return await self.run(lambda: self._ask(question, history))

    async def draw(self, answer: Answer) -> bytes | None:
        """The picture of an answer that has one, as PNG."""
        chart = answer.chart
        return None if chart is None else await self.run(lambda: draw(chart, answer.citations))

    async def run(self, work: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    def close(self) -> None:
        """What is running is finished; what is waiting is dropped (the inbox has it)."""
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _ask(self, question: str, history: Sequence[str]) -> Answered:
        answer = self._answerer.ask(question, history)
        return Answered(answer, self._answerer.next_questions(answer))
