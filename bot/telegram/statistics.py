"""Figures on the bot's own work, and what `tinhso feedback` lists: what people missed."""

from __future__ import annotations

import sqlite3
import statistics
import time
from dataclasses import dataclass

from retrieval.library import Stats
from retrieval.text import format_number

DAY = 86_400
TOP = 10
LONGEST_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Feedback:
    """A question that somebody missed something in. ``asked`` is in seconds since 1970."""

    asked: float
    question: str
    standalone: str
    answered: bool
    up: int
    down: int
    answer: str


def feedback(connection: sqlite3.Connection, *, since: float = 0.0) -> list[Feedback]:
    """Questions that were not answered or were voted on, newest first."""
    rows = connection.execute(
        """
        SELECT asked, question, standalone, coalesce(answered, 0), coalesce(SUM(up), 0) AS up,
               coalesce(SUM(1 - up), 0) AS down, coalesce(json_extract(answer, '$.answer'), '')
        FROM questions LEFT JOIN votes ON votes.question_id = questions.id
        WHERE asked >= ? AND answer IS NOT NULL
        GROUP BY questions.id HAVING answered = 0 OR up + down > 0
        ORDER BY questions.id DESC
        """,
        (since,),
    )
    return [Feedback(asked, q, s, bool(answered), up, down, answer) for asked, q, s, answered, up, down, answer in rows]


def statistics_text(connection: sqlite3.Connection, library: Stats) -> str:
    """For admins, in Vietnamese: how much was asked, how well and how fast it was answered, what is asked most."""
    now = time.time()
    lines = ["# Thống kê"]
    for name, seconds in (("24 giờ", DAY), ("7 ngày", 7 * DAY), ("Tất cả", now)):
        lines.append(f"• {name}: {_period(connection, now - seconds)}")
    took = [t for (t,) in connection.execute("SELECT took_ms FROM questions WHERE took_ms IS NOT NULL")]
    if took:
        median, p95 = statistics.median(took), sorted(took)[int(0.95 * (len(took) - 1))]
        lines.append(f"• Thời gian trả lời: trung vị {median:.0f} ms, 95% dưới {p95:.0f} ms")
    ((up, down),) = connection.execute("SELECT coalesce(SUM(up), 0), coalesce(SUM(1 - up), 0) FROM votes").fetchall()
    ((following,),) = connection.execute("SELECT COUNT(*) FROM follows").fetchall()
    ((waiting,),) = connection.execute("SELECT COUNT(*) FROM inbox WHERE done = 0").fetchall()
    lines.append(f"• Đánh giá: 👍 {up}, 👎 {down}. Lượt theo dõi: {following}. Đang chờ: {waiting}.")
    lines.append(f"• Thư viện: {format_number(library.articles)} bài, {format_number(library.figures)} số liệu")
    return "\n".join(
        [
            *lines,
            *_top(connection, "Hỏi nhiều nhất", "answered = 1"),
            *_top(connection, "Chưa trả lời được", "answered = 0"),
        ]
    )


def _period(connection: sqlite3.Connection, since: float) -> str:
    asked, people, answered = connection.execute(
        "SELECT COUNT(*), COUNT(DISTINCT user_id), coalesce(SUM(answered), 0) FROM questions WHERE asked > ?", (since,)
    ).fetchone()
    share = f", trả lời được {100 * answered / asked:.0f}%" if asked else ""
    return f"{asked} câu hỏi của {people} người{share}"


def _top(connection: sqlite3.Connection, title: str, where: str) -> list[str]:
    rows = connection.execute(
        f"SELECT standalone, COUNT(*) AS n FROM questions WHERE {where} GROUP BY lower(standalone)"
        " ORDER BY n DESC, MAX(id) DESC LIMIT ?",
        (TOP,),
    ).fetchall()
    return ["", f"# {title}", *(f"• {question[:LONGEST_SHOWN]} ({n})" for question, n in rows)] if rows else []
