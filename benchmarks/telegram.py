"""The bot under load, against the tests' peer over HTTP: `python -m benchmarks.telegram [lone|crowd|kills|memory]`.

lone    the time from an update to its answer when nobody else asks, beside the embedder's own time for the question
crowd   200 people ask at once: none lost, none answered twice, how long the slowest wait
kills   kill -9 at random moments under load, 20 times: none lost, none answered twice
memory  5,000 questions one after another: what the process holds at the start, in the middle, at the end
"""

from __future__ import annotations

import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from benchmarks.timing import TimedEmbedder, centile
from ingest.pipeline import ingest
from retrieval.embedders import open_embedder
from retrieval.evaluation import load_questions
from retrieval.lexicon.provinces import PROVINCES
from retrieval.library import Library
from retrieval.settings import PROJECT, load_settings
from tests.bot.telegram.peer import Call, Peer
from tests.bot.telegram.served import Served

PEOPLE = 200
KILLS, QUESTIONS_A_KILL = 20, 40
QUESTIONS = 5_000
UNLIMITED = {"telegram_user_per_minute": 0, "telegram_chat_per_minute": 0, "telegram_user_per_day": 0}


def lone(folder: Path) -> None:
    questions = _questions()
    embedding = _embedding(questions)
    peer = Peer()
    with Served(peer, folder, **UNLIMITED):
        waits = [_ask(peer, 1000 + i, question) for i, question in enumerate(questions)]
    peer.stop()
    _told("lone question, median", statistics.median(waits))
    _told("lone question, p95", centile(waits, 95))
    _told("of which the embedder's own time, median", statistics.median(embedding))


def crowd(folder: Path) -> None:
    provinces = [p for p in PROVINCES if p in ("Hà Nội", "Quảng Ninh", "Thái Nguyên", "Huế") or len(p) < 8][:25]
    asks = (
        "{} xếp thứ mấy về DTI năm 2022?",
        "Tỷ lệ hồ sơ trực tuyến của {}",
        "Kinh tế số của {} chiếm bao nhiêu GRDP?",
        "Mục tiêu chuyển đổi số của {}",
        "Hạ tầng số của {}",
        "DTI của {} qua các năm",
        "{} có bao nhiêu trạm 5G?",
        "Tổng quan chuyển đổi số của {}",
    )
    different = [ask.format(province) for ask in asks for province in provinces]
    _crowd(Path(shutil.copytree(folder, folder.with_name("another"))), different)

    _crowd(folder, _questions())


def _crowd(folder: Path, questions: list[str]) -> None:
    peer = Peer()
    with Served(peer, folder, **UNLIMITED) as served:
        _ask(peer, 1, questions[0])
        spent, began = _cpu(served), time.time()
        for person in range(PEOPLE):
            peer.say(questions[person % len(questions)], 1000 + person)
        asked = time.time() - began
        chats = set(range(1000, 1000 + PEOPLE))
        peer.until(lambda: chats <= set(_answers(peer)) or None, "answer for everybody", timeout=120)
        waits = sorted(call.time - began for call in peer.calls if _is_answer(call) and call.chat in chats)
        spent = _cpu(served) - spent
        time.sleep(2)
        doubled = [chat for chat, count in _places(peer).items() if count > 1]
    peer.stop()
    print(f"{PEOPLE} people, {min(PEOPLE, len(set(questions)))} different questions")
    _told("handed over within", asked)
    _told("from the first of them to half of the answers", statistics.median(waits))
    _told("p95", centile(waits, 95))
    _told("the last", waits[-1])
    _told("the bot's own CPU time a question", spent / PEOPLE)
    print(f"lost 0, answered twice {len(doubled)}")


def kills(folder: Path) -> None:
    questions, chance = _questions(), random.Random(4)
    peer, person = Peer(), 1000
    for _ in range(KILLS):
        with Served(peer, folder, **UNLIMITED) as served:
            for _ in range(QUESTIONS_A_KILL):
                peer.say(questions[person % len(questions)], person)
                person += 1
            time.sleep(chance.uniform(0, 1.5))
            served.kill()
    with Served(peer, folder, **UNLIMITED) as served:
        chats = set(range(1000, person))
        peer.until(lambda: chats <= set(_answers(peer)) or None, "answer for everybody", timeout=300)
        time.sleep(2)
        served.stop()
    places = _places(peer)
    held = {(c.chat, c.result["message_id"]) for c in peer.calls if _is_answer(c)}
    orphans = sum(
        (c.chat, c.result["message_id"]) not in held for c in peer.calls if c.ok and c.method == "sendMessage"
    )
    peer.stop()
    print(
        f"{KILLS} kills, {len(chats)} questions: lost {len(chats - set(places))}, answered twice "
        f"{sum(count > 1 for count in places.values())}, words that work goes on left behind {orphans}"
    )


def memory(folder: Path) -> None:
    questions = _questions()
    peer = Peer()
    with Served(peer, folder, **UNLIMITED) as served:
        began = time.time()
        for i in range(QUESTIONS):
            _ask(peer, 1000 + i % 300, questions[i % len(questions)])
            peer.calls.clear()
            if i + 1 in (200, 1_000, QUESTIONS // 2, QUESTIONS):
                status = Path(f"/proc/{served.process.pid}/status").read_text(encoding="utf-8")
                held = next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]
                print(
                    f"after {i + 1:>5} questions: {int(held) / 1024:.0f} MB, {(i + 1) / (time.time() - began):.0f} a second"
                )
    peer.stop()


def _cpu(served: Served) -> float:
    """CPU seconds of the bot's process until now."""
    fields = Path(f"/proc/{served.process.pid}/stat").read_text(encoding="utf-8").rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _ask(peer: Peer, chat: int, question: str) -> float:
    """Seconds from the update to its answer."""
    after, began = len(peer.calls), time.time()
    peer.say(question, chat)
    answer = peer.wait("editMessageText", after=after, chat=chat, timeout=30)
    return answer.time - began


def _is_answer(call: Call) -> bool:
    return call.ok and call.method == "editMessageText"


def _answers(peer: Peer) -> Counter[int]:
    return Counter(call.chat for call in peer.calls if _is_answer(call))


def _places(peer: Peer) -> Counter[int]:
    """Messages that hold an answer, by chat: more than one is an answer given twice."""
    return Counter(chat for chat, _ in {(c.chat, c.result["message_id"]) for c in peer.calls if _is_answer(c)})


def _questions() -> list[str]:
    """Those of data/evals that need no conversation before them."""
    return [q.q for q in load_questions(PROJECT / "data" / "evals" / "questions.jsonl") if not q.history]


def _embedding(questions: list[str]) -> list[float]:
    """Seconds that the embedder alone takes for each question."""
    embedder = TimedEmbedder(open_embedder(load_settings()))
    seconds = []
    for question in questions:
        before = embedder.seconds
        embedder.embed_query(question)
        seconds.append(embedder.seconds - before)
    return seconds


def _starter(folder: Path) -> Path:
    """A library of the starter corpus."""
    embedder = open_embedder(load_settings())
    with Library.open(folder, embedder=embedder.name, dimension=embedder.dimension, create=True) as library:
        ingest([PROJECT / "data" / "articles", PROJECT / "data" / "reference"], library, lambda: embedder)
    return folder


def _told(what: str, seconds: float) -> None:
    print(f"{what:<50}{seconds * 1000:>8.0f} ms")


def main() -> None:
    wanted = sys.argv[1:] or ["lone", "crowd", "kills", "memory"]
    with tempfile.TemporaryDirectory() as temporary:
        for name in wanted:
            folder = _starter(Path(temporary) / name)
            print(f"--- {name}")
            {"lone": lone, "crowd": crowd, "kills": kills, "memory": memory}[name](folder)


if __name__ == "__main__":
    main()
