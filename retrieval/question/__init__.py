"""From a question, and the conversation before it, to a Query. Pure: no I/O but the reference tables, read once."""

from collections.abc import Sequence
from datetime import date

from retrieval.lexicon.periods import Role
from retrieval.question.entities import entities_of
from retrieval.question.expectations import expected
from retrieval.question.followups import complete, is_small_talk
from retrieval.question.intents import asked
from retrieval.question.premises import premise_of
from retrieval.question.reading import read
from retrieval.question.terms import terms_of
from retrieval.text import nfc
from retrieval.types import Query

__all__ = ["understand"]

_REMEMBERED = 6
"""Earlier questions that are followed back: older ones no longer say what "còn …?" is about."""


def understand(text: str, history: Sequence[str] = (), today: date | None = None) -> Query:
    """Read ``text`` as the next question after ``history`` (the user's earlier questions, oldest first).

    ``today`` resolves "năm nay", "năm ngoái" and the like; without it they are not read as periods.
    """
    question = nfc(text).strip()
    earlier = ""
    for said in history[-_REMEMBERED:]:
        if not is_small_talk(said):
            earlier = complete(nfc(said).strip(), earlier, today)
    standalone = complete(question, earlier, today)
    reading = read(standalone, today)
    wanted = asked(reading)
    expects, counted = expected(reading, wanted.intent)
    return Query(
        text=question,
        standalone=standalone,
        provinces=tuple(dict.fromkeys(mention.name for mention in reading.provinces)),
        periods=tuple(dict.fromkeys(m.period for m in reading.periods if m.role not in (Role.COMPARED, Role.LATEST))),
        compared=tuple(dict.fromkeys(m.period for m in reading.periods if m.role is Role.COMPARED)),
        latest=any(m.role is Role.LATEST for m in reading.periods),
        indicators=reading.indicators,
        level=reading.levels[0].level if len({m.level for m in reading.levels}) == 1 else "",
        intent=wanted.intent,
        expects=expects,
        counted=counted,
        best=wanted.best,
        count=wanted.count,
        wants=wanted.wants,
        accented=reading.accented,
        terms=tuple(term for term in terms_of(reading, counted) if term != str(wanted.count)),
        entities=entities_of(reading),
        premise=premise_of(reading),
    )
