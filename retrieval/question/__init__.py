"""From a question, and the conversation before it, to a Query. Pure: no I/O but the reference tables, read once."""

import re
from collections.abc import Sequence
from dataclasses import replace
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
from retrieval.types import Expect, Intent, Premise, Query

__all__ = ["understand"]

MAIN_INDEX = "dti"
"""What provinces are ranked by when nothing else is said: "Bắc Ninh xếp thứ mấy?"."""

# "tiến độ chuyển đổi số", "kết quả công tác chuyển đổi số": of a province as a whole
_AS_A_WHOLE = frozenset("tien do chuyen doi so ket qua cong tac tinh hinh chung".split())
_MOVES = re.compile(r"\b(?:tut|tang|giam|len|xuong|thang|rot) (?:may )?(?:hang|bac)\b")
_NATION = re.compile(r"\b(?:viet nam|nuoc ta|ca nuoc|toan quoc)\b")

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
    terms = tuple(term for term in terms_of(reading, counted) if term != str(wanted.count))
    entities, premise = entities_of(reading), premise_of(reading)
    moves = wanted.intent is Intent.TREND and reading.says(_MOVES)
    ranks = (
        moves or expects is Expect.RANK or wanted.intent is Intent.RANK or (premise is not None and _of_rank(premise))
    )
    indicators = reading.indicators
    beside = wanted.intent in (Intent.COMPARE, Intent.TARGET_VS_RESULT) and len(reading.provinces) > 1
    compares = beside and _AS_A_WHOLE.issuperset(terms) and not reading.indicators
    if compares:
        wanted = replace(wanted, intent=Intent.COMPARE, wants="")
    if (compares or (ranks and not terms)) and not (indicators or entities or reading.levels):
        indicators = terms = (MAIN_INDEX,)
    return Query(
        text=question,
        standalone=standalone,
        provinces=tuple(dict.fromkeys(mention.name for mention in reading.provinces)),
        periods=tuple(dict.fromkeys(m.period for m in reading.periods if m.role not in (Role.COMPARED, Role.LATEST))),
        compared=tuple(dict.fromkeys(m.period for m in reading.periods if m.role is Role.COMPARED)),
        latest=any(m.role is Role.LATEST for m in reading.periods),
        indicators=indicators,
        level=reading.levels[0].level if len({m.level for m in reading.levels}) == 1 else "",
        intent=wanted.intent,
        expects=expects,
        counted=counted,
        best=wanted.best,
        count=wanted.count,
        wants=wanted.wants,
        national=not reading.provinces and not ranks and expects is not Expect.PROVINCE and reading.says(_NATION),
        accented=reading.accented,
        terms=terms,
        entities=entities,
        premise=premise,
    )


def _of_rank(premise: Premise) -> bool:
    return premise.rank is not None or premise.direction in ("top", "bottom")
