"""Questions as kept: a row for each, from its arrival to its answer, and the conversation that it belongs to."""

from __future__ import annotations

import json
import sqlite3
import time
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from bot.render.json import answer_json
from retrieval.query import ASKING
from retrieval.types import Answer, Citation, NextQuestions

HISTORY = 6
"""Earlier questions that a follow-up is read with."""


class Talk(NamedTuple):
    """A conversation: one person in one chat, or in one topic of it."""

    chat_id: int
    thread_id: int | None
    user_id: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a talk. ``message_id`` is the message that asked it, or whose button did; ``message_ids`` are those
    that its answer stands in, ``text`` the whole of it; ``compare`` and ``trend`` are the questions behind the buttons, ``near`` those offered
    when there was no answer. ``asked`` is in seconds since 1970, ``id`` 0 before it is kept."""

    talk: Talk
    message_id: int
    question: str
    asked: float
    id: int = 0
    history: tuple[str, ...] = ()
    message_ids: tuple[int, ...] = ()
    picture: int | None = None
    standalone: str = ""
    text: str = ""
    answered: bool = False
    delivered: bool = False
    citations: tuple[Citation, ...] = ()
    compare: tuple[str, ...] = ()
    trend: str | None = None
    near: tuple[str, ...] = ()


class Talks:
    """For the thread of the event loop."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def begin(self, update_id: int, asked: Asked) -> Asked:
        """``asked`` with its id: of a new row, or of the one that this update began before a crash."""
        self._db.execute(
            "INSERT OR IGNORE INTO questions (update_id, chat_id, thread_id, user_id, message_id, asked, question, history)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                update_id,
                *asked.talk,
                asked.message_id,
                asked.asked,
                asked.question,
                json.dumps(asked.history, ensure_ascii=False),
            ),
        )
        (found,) = self._select("update_id = ?", update_id)
        return found

    def begun(self, update_id: int) -> Asked | None:
        """What an update began before a crash."""
        return next(iter(self._select("update_id = ?", update_id)), None)

    def ask_anew(self, asked: Asked, question: str) -> Asked:
        """The same row with the question as edited; its answer is to stand in the same messages."""
        self._db.execute(
            "UPDATE questions SET question = ?, asked = ?, delivered = 0, answered = NULL WHERE id = ?",
            (question, time.time(), asked.id),
        )
        (found,) = self._select("id = ?", asked.id)
        return found

    def stands_in(self, asked: Asked, message_ids: tuple[int, ...]) -> None:
        self._db.execute("UPDATE questions SET message_ids = ? WHERE id = ?", (json.dumps(message_ids), asked.id))

    def pictured(self, asked: Asked, message_id: int | None) -> None:
        """``message_id`` 0: about to be sent."""
        self._db.execute("UPDATE questions SET picture = ? WHERE id = ?", (message_id, asked.id))

    def answer(self, asked: Asked, answer: Answer, following: NextQuestions) -> None:
        asks = answer.query is None or answer.query.act in ASKING
        onward = {"compare": following.compare, "trend": following.trend, "near": answer.suggestions, "asks": asks}
        self._db.execute(
            "UPDATE questions SET standalone = ?, answered = ?, answer = ?, next = ?, took_ms = ? WHERE id = ?",
            (
                answer.standalone_question,
                answer.answered,
                json.dumps(answer_json(answer), ensure_ascii=False),
                json.dumps(onward, ensure_ascii=False),
                answer.took_ms,
                asked.id,
            ),
        )

    def delivered(self, asked: Asked) -> None:
        self._db.execute("UPDATE questions SET delivered = 1 WHERE id = ?", (asked.id,))

    def by_id(self, question_id: int) -> Asked | None:
        return next(iter(self._select("id = ?", question_id)), None)

    def asked_by(self, chat_id: int, message_id: int) -> Asked | None:
        """The question that a person's message asked."""
        return next(iter(self._select("chat_id = ? AND message_id = ? ORDER BY id", chat_id, message_id)), None)

    def answered_in(self, chat_id: int, message_id: int) -> Asked | None:
        """The question whose answer stands in a message of the bot."""
        return next(
            iter(
                self._select(
                    "chat_id = ? AND EXISTS (SELECT 1 FROM json_each(message_ids) WHERE value = ?) ORDER BY id DESC LIMIT 1",
                    chat_id,
                    message_id,
                )
            ),
            None,
        )

    def last(self, talk: Talk) -> Asked | None:
        found = self._select("chat_id = ? AND thread_id IS ? AND user_id = ? ORDER BY id DESC LIMIT 1", *talk)
        return next(iter(found), None)

    def history(self, talk: Talk) -> tuple[str, ...]:
        """The talk's last questions, oldest first; thanks and the like are nothing that a question leans on."""
        rows = self._db.execute(
            "SELECT question FROM questions WHERE chat_id = ? AND thread_id IS ? AND user_id = ?"
            " AND coalesce(json_extract(next, '$.asks'), 1) ORDER BY id DESC LIMIT ?",
            (*talk, HISTORY),
        )
        return tuple(question for (question,) in rows)[::-1]

    def since(self, user_id: int, seconds: float) -> int:
        """Questions of a person in the last ``seconds``."""
        row = self._db.execute(
            "SELECT COUNT(*) FROM questions WHERE user_id = ? AND asked > ?", (user_id, time.time() - seconds)
        )
        return int(row.fetchone()[0])

    def forget(self, talk: Talk) -> None:
        self._db.execute("DELETE FROM questions WHERE chat_id = ? AND thread_id IS ? AND user_id = ?", talk)

    def vote(self, asked: Asked, user_id: int, *, up: bool) -> None:
        self._db.execute("INSERT OR REPLACE INTO votes VALUES (?, ?, ?, ?)", (asked.id, user_id, up, time.time()))

    def _select(self, where: str, *values: object) -> list[Asked]:
        return [_asked(row) for row in self._db.execute(f"SELECT * FROM questions WHERE {where}", values)]


def _asked(row: sqlite3.Row) -> Asked:
    answer = json.loads(row["answer"] or "{}")
    following = json.loads(row["next"] or "{}")
    return Asked(
        id=row["id"],
        talk=Talk(row["chat_id"], row["thread_id"], row["user_id"]),
        message_id=row["message_id"],
        asked=row["asked"],
        question=row["question"],
        history=tuple(json.loads(row["history"])),
        message_ids=tuple(json.loads(row["message_ids"])),
        picture=row["picture"],
        standalone=row["standalone"],
        text=answer.get("answer", ""),
        answered=bool(row["answered"]),
        delivered=bool(row["delivered"]),
        citations=tuple(_citation(c) for c in answer.get("citations", ())),
        compare=tuple(following.get("compare", ())),
        trend=following.get("trend"),
        near=tuple(following.get("near", ())),
    )


def _citation(entry: dict[str, Any]) -> Citation:
    published = entry["published"]
    return Citation(**{**entry, "published": date.fromisoformat(published) if published else None})
