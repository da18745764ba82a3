"""Conversations beside one another, in this process: the answers come when the test lets them."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast

import pytest

from bot.telegram.application import UPDATES, add_handlers, build_application
from bot.telegram.database import open_database
from bot.telegram.desk import Desk
from bot.telegram.inbox import Inbox
from bot.telegram.limits import Limits
from bot.telegram.metrics import Metrics
from bot.telegram.outbox import Outbox
from bot.telegram.pool import AnswerPool
from bot.telegram.processor import InTurn
from bot.telegram.request import AiohttpRequest
from bot.telegram.talks import Talks
from retrieval.ask import Answerer
from retrieval.library import Library
from retrieval.query import Act, Query
from retrieval.settings import Settings
from retrieval.types import Answer, Citation, NextQuestions
from tests.bot.telegram.peer import TOKEN, Peer


class Slow:
    """Answers "đã trả lời: …" when it is let, or fails."""

    def __init__(self) -> None:
        self.gates: dict[str, threading.Event] = {}
        self.asked: list[str] = []
        self.sentences: list[str] = []
        """What a model writes before each answer."""
        self.texts: dict[str, str] = {}
        self.acts: dict[str, Act] = {}
        self.histories: dict[str, tuple[str, ...]] = {}

    @property
    def library(self) -> Any:
        return self

    def revision(self) -> int:
        return 1

    @property
    def writer(self) -> object:
        return self.sentences or None

    def ask(self, question: str, history: Sequence[str] = (), *, user: str = "", on_sentence: Any = None) -> Answer:
        self.asked.append(question)
        self.histories[question] = tuple(history)
        for sentence in self.sentences:
            on_sentence(sentence)
        if question in self.gates:
            assert self.gates[question].wait(10)
        if question == "hỏng":
            raise RuntimeError("something broke")
        text = self.texts.get(question, f"đã trả lời: {question}")
        cited = (Citation(1, "a.md", "A", None, None, None, "A"),) if question in self.texts else ()
        query = Query(question, question, self.acts.get(question, Act.QUESTION))
        return Answer(question, question, True, text, cited, 1.0, query)

    def next_questions(self, answer: Answer) -> NextQuestions:
        return NextQuestions()


Scenario = Callable[[Slow], Coroutine[Any, Any, None]]


@asynccontextmanager
async def running(peer: Peer, folder: Path, slow: Slow) -> AsyncIterator[None]:
    settings = Settings(telegram_token=cast(Any, TOKEN), telegram_base_url=f"{peer.url}/bot", telegram_workers=4)
    database = open_database(folder)
    inbox, talks = Inbox(database, database), Talks(database)
    application = build_application(settings, inbox, InTurn(inbox), AiohttpRequest(1))
    pool = AnswerPool(cast(Answerer, slow), settings.telegram_workers)
    desk = Desk(
        settings=settings,
        database=database,
        library=cast(Library, slow),
        bot=application.bot,
        inbox=inbox,
        talks=talks,
        outbox=Outbox(application.bot, database),
        pool=pool,
        limits=Limits(settings, talks),
        metrics=Metrics(),
        ingest=cast(Any, None),
        uploads=folder,
    )
    add_handlers(application, desk)
    assert application.updater is not None
    async with application:
        await application.start()
        await application.updater.start_polling(timeout=5, allowed_updates=UPDATES)
        try:
            yield
        finally:
            for gate in slow.gates.values():
                gate.set()
            await application.updater.stop()
            await application.stop()
    pool.close()
    database.close()


@pytest.fixture
def play(peer: Peer, tmp_path: Path) -> Callable[[Scenario], None]:
    def run(scenario: Scenario) -> None:
        async def whole() -> None:
            slow = Slow()
            async with running(peer, tmp_path, slow):
                await scenario(slow)

        asyncio.run(whole())

    return run


async def off(work: Callable[[], Any]) -> Any:
    """The peer's waiting blocks its thread: the bot's loop is here."""
    return await asyncio.to_thread(work)


def test_a_slow_answer_keeps_nobody_else_waiting(play: Callable[[Scenario], None], peer: Peer) -> None:
    async def scenario(slow: Slow) -> None:
        slow.gates["chậm"] = threading.Event()
        await off(lambda: peer.say("chậm", 1))
        await off(lambda: peer.wait("sendMessage", chat=1))
        await off(lambda: peer.say("nhanh", 2))
        await off(lambda: peer.answer(after=0, chat=2, text="nhanh"))
        assert not [c for c in peer.calls if c.chat == 1 and c.method == "editMessageText"]
        slow.gates["chậm"].set()
        await off(lambda: peer.answer(after=0, chat=1, text="chậm"))

    play(scenario)


def test_one_persons_questions_are_answered_in_turn(play: Callable[[Scenario], None], peer: Peer) -> None:
    async def scenario(slow: Slow) -> None:
        slow.gates["một"] = threading.Event()
        for text in ("một", "hai", "ba"):
            await off(lambda text=text: peer.say(text, 1))  # type: ignore[misc]
        await off(lambda: peer.wait("sendMessage", chat=1))
        assert slow.asked == ["một"]
        slow.gates["một"].set()
        await off(lambda: peer.answer(after=0, chat=1, text="ba"))
        assert slow.asked == ["một", "hai", "ba"]

    play(scenario)


def test_a_question_asked_by_many_is_worked_out_once(play: Callable[[Scenario], None], peer: Peer) -> None:
    async def scenario(slow: Slow) -> None:
        slow.gates["chung"] = threading.Event()
        for chat in range(1, 9):
            await off(lambda chat=chat: peer.say("chung", chat))  # type: ignore[misc]
        for chat in range(1, 9):
            await off(lambda chat=chat: peer.wait("sendMessage", chat=chat))  # type: ignore[misc]
        slow.gates["chung"].set()
        for chat in range(1, 9):
            await off(lambda chat=chat: peer.answer(after=0, chat=chat))  # type: ignore[misc]
        assert slow.asked == ["chung"]

    play(scenario)


def test_a_question_is_given_up_at_once_and_so_are_those_behind_it(
    play: Callable[[Scenario], None], peer: Peer
) -> None:
    async def scenario(slow: Slow) -> None:
        slow.gates["chậm"] = threading.Event()
        await off(lambda: peer.say("chậm", 1))
        await off(lambda: peer.wait("sendMessage", chat=1))
        await off(lambda: peer.say("sau nữa", 1))
        await off(lambda: peer.say("/huy", 1))
        await off(lambda: peer.answer(after=0, chat=1, text="Đã dừng câu hỏi này"))
        await off(lambda: peer.say("khác", 1))
        await off(lambda: peer.answer(after=0, chat=1, text="khác"))
        assert "sau nữa" not in slow.asked

    play(scenario)


def test_a_bug_is_told_with_its_number_and_ends_nothing_else(play: Callable[[Scenario], None], peer: Peer) -> None:
    async def scenario(slow: Slow) -> None:
        await off(lambda: peer.say("hỏng", 1))
        await off(lambda: peer.answer(after=0, chat=1, text="báo người vận hành mã 1."))
        await off(lambda: peer.say("lành", 1))
        await off(lambda: peer.answer(after=0, chat=1, text="đã trả lời: lành"))

    play(scenario)


def test_sentences_are_shown_as_they_come_and_the_answer_takes_their_place(
    play: Callable[[Scenario], None], peer: Peer
) -> None:
    async def scenario(slow: Slow) -> None:
        slow.sentences = ["Câu đầu.", "Câu hai."]
        slow.gates["chậm"] = threading.Event()
        await off(lambda: peer.say("chậm", 1))
        await off(lambda: peer.answer(after=0, chat=1, text="Câu đầu. Câu hai. …"))
        slow.gates["chậm"].set()
        answer = await off(lambda: peer.answer(after=0, chat=1, text="đã trả lời: chậm"))
        await asyncio.sleep(0.2)
        (*_, last) = [c for c in peer.calls if c.chat == 1 and c.method == "editMessageText"]
        assert last is answer

    play(scenario)


def test_a_chat_shows_ten_rows_of_a_ranking_and_sends_the_rest(play: Callable[[Scenario], None], peer: Peer) -> None:
    async def scenario(slow: Slow) -> None:
        rows = [f"{i}. Tỉnh {i}: hạng {i}/34." for i in range(1, 35)]
        slow.texts["bảng"] = "\n".join(["Thứ hạng:", *rows, "Xếp trong đủ 34 tỉnh, thành phố."])
        await off(lambda: peer.say("bảng", 1))
        answer = await off(lambda: peer.answer(after=0, chat=1, text="10. Tỉnh 10"))
        assert "11. Tỉnh 11" not in answer.text and "Xếp trong đủ 34" in answer.text
        assert f"còn 24 dòng nữa: bấm “{answer.labels[0]}”" in answer.text
        await off(lambda: peer.press(answer, answer.labels[0], 1))
        rest = await off(lambda: peer.wait("sendMessage", after=peer.calls.index(answer), chat=1, text="11. Tỉnh 11"))
        assert "34. Tỉnh 34" in rest.text and "10. Tỉnh 10" not in rest.text
        assert f'"message_id": {answer.result["message_id"]}' in rest.fields["reply_parameters"]

    play(scenario)


def test_a_question_leans_on_earlier_questions_and_on_nothing_else_that_was_said(
    play: Callable[[Scenario], None], peer: Peer
) -> None:
    async def scenario(slow: Slow) -> None:
        slow.acts = {"cảm ơn": Act.THANKS, "sai rồi": Act.COMPLAINT, "thơ đi": Act.OFFTOPIC}
        for said in ("một", "cảm ơn", "hai", "sai rồi", "cảm ơn", "thơ đi", "cảm ơn", "cảm ơn", "cảm ơn", "ba"):
            after = len(peer.calls)
            await off(lambda said=said: peer.say(said, 1))  # type: ignore[misc]
            await off(lambda said=said, after=after: peer.answer(after=after, chat=1, text=said))  # type: ignore[misc]
        assert slow.histories["ba"] == ("một", "hai")

    play(scenario)
