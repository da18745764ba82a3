"""Whether a figure is a target or a result, by the words that set targets and those that tell results."""

import re

from ingest.clauses import Clause
from ingest.figures.sentence import CLOSED, Sentence, reach
from ingest.numbers import Number, Role
from retrieval.types import Period

# Words that set a target. In ``Sentence.cues`` "set" is "đặt".
_TARGET = re.compile(
    r"\b(?:muc tieu|phan dau|(?:set|de) ra|(?:set ra|set|giao|de ra|xac dinh|xay dung) (?:cac |nhieu )?chi tieu"
    r"|chi tieu (?:phan dau|den|la|nam \d|duoc giao|(?:tren |hon )?$)|huong toi|huong den|du kien|ky vong|quyet tam|toi thieu|it nhat(?= \d| ?$)|dinh huong|tam nhin|\bse\b"
    r"|tien toi|nham (?:set|dat)|yeu cau|phai dat|(?<!tiep )can dat|lo trinh|ke hoach (?:den|nam|la|dat|giao|tinh)"
    r"|aims? (?:to|for|at)|aiming|targets?|targeting|plans to|strives?|striving|(?:is|are) (?:expected|projected|forecast) to|will (?!not)|goals?)"
)
# Words that tell a result.
_RESULT = re.compile(
    r"\b(?:da\b|den nay|hien nay|hien co|tinh den|ket qua|hoan thanh|dat duoc|thuc te|ghi nhan|duy tri|den thoi diem|den het thang"
    r"|luy ke|dang co|dat va vuot|vuot (?:muc|chi|ke|so|xa)|reached|recorded|currently|achieved|accounted|made up|thuc hien dat|theo bao cao|cho thay|vua qua|uoc dat|uoc thuc hien)"
)
# "vượt chỉ tiêu giao", "đạt và vượt kế hoạch", "so với mục tiêu": the plan is the yardstick, the figure is a result.
_YARDSTICK = re.compile(
    r"(?:vuot|hoan thanh|dat|so voi|bang|xa hon|cao hon|thap hon|thuc hien|som hon|ve dich|\d%?)\s+(?:va vuot |tren |so voi |xa )?"
    r"(?:muc |cac |nhieu |toan bo )?(?:ke hoach|chi tieu|muc tieu|nghi quyet|lo trinh)"
    r"|(?:chi tieu|muc tieu|nhiem vu)(?: \w+){0,4}? (?:da |deu |duoc )?(?:dat va vuot|dat|vuot|hoan thanh)(?! (?:muc|ra))"
)
# "(kế hoạch 60%)": a bracket that gives the plan beside a result.
_ASIDE = re.compile(r"\b(?:muc tieu|chi tieu|ke hoach|nghi quyet|phan dau|yeu cau)(?! (?:nay|da))\b")
# "… kế hoạch năm (60%)": the plan is named in front of the bracket that holds it.
_PLAN_IN_FRONT = re.compile(r"(?:ke hoach|muc tieu|chi tieu)(?: (?:nam|de ra|giao|duoc giao|ca nam|tinh giao))*$")
# "đạt 68%, vượt kế hoạch 60%": the figure right behind these words is the plan's own.
_PLAN_BEFORE = re.compile(
    r"(?:vuot|thap hon|cao hon|chua dat|so voi|bang|hoan thanh|vuot xa|dat)\s+(?:muc |cac )?(?:ke hoach|muc tieu|chi tieu)"
    r"(?: (?:la|de ra|dat ra|nam|\d{4}|duoc giao|giao|cua nam|toi thieu|ca nam))*\s*(?:tren |hon |la )?$"
)
# "8/14 mục tiêu đã hoàn thành": said of what a plan holds, before its number or behind it.
_DONE = re.compile(r"\bhoan thanh|\b(?:dat|da) va vuot|\bda (?:dat|vuot|xong)|\bvuot (?:ke hoach)?")
_DONE_AFTER = re.compile(r"[^;.]{0,40}?\b(?:(?:da )?(?:duoc )?hoan thanh|da (?:dat|vuot|xong)|dat va vuot)")

_PLAN_ITEMS = ("mục tiêu", "chỉ tiêu", "nhiệm vụ", "giải pháp", "nội dung", "trụ cột", "tiêu chí")


def counts_plan_items(number: Number) -> bool:
    """Whether a number counts what a plan holds ("5 nhiệm vụ"), which is neither aimed at nor reached by being counted."""
    return any(item in number.unit for item in _PLAN_ITEMS)


def items_done(sentence: Sentence, number: Number, clause: Clause) -> str:
    """ "8/14 mục tiêu đã hoàn thành": goals or tasks of a plan that are done; "" for others, which the plan only holds."""
    folded = sentence.folded
    if not (_DONE.search(folded[clause.label : number.start]) or _DONE_AFTER.match(folded, number.end)):
        return ""
    return "tasks-done" if "nhiệm vụ" in number.unit else "goals-met"


def announces_targets(sentence: Sentence) -> bool:
    """Whether a head ("Mục tiêu đến năm 2025:") makes targets of the list below it."""
    return bool(_TARGET.search(_YARDSTICK.sub(" ", sentence.cues)))


# "Phấn đấu đến năm 2030, tỉnh hoàn thành …": aimed at, with nothing yet to measure it by.
_GOAL = re.compile(r"\b(?:phan dau|muc tieu|quyet tam|tam nhin|huong toi|ky vong|set ra)\b")
# "Khi đó, 100% …": what goes on about the goal.
_THEN = re.compile(
    r"(?:(?:va )?(?:khi|luc|den (?:luc|khi|thoi diem)) (?:do|ay)|trong do|theo do|cu the|dong thoi|cung voi do)\b"
)


def announces_goal(sentence: Sentence) -> bool:
    """Whether a sentence without figures says what is aimed at by a time to come."""
    goal = _GOAL.search(_YARDSTICK.sub(" ", sentence.cues))
    return goal is not None and not _RESULT.search(sentence.cues[: goal.start()])


def is_target(sentence: Sentence, number: Number, clause: Clause, period: Period | None, until: bool) -> bool:
    """Whether a figure is aimed at; ``until`` when its period is a deadline."""
    before = sentence.cues[: number.start]
    if counts_plan_items(number) or _DONE_AFTER.match(sentence.cues, number.end, reach(clause)):
        return False
    if clause.bracketed and _names_a_plan(sentence, number, clause):
        return True
    if until and period and _after_publication(sentence, period):
        return True
    if is_yardstick(sentence, number):
        return True
    targets = [m.start() for m in _TARGET.finditer(_blanked(CLOSED, _blanked(_YARDSTICK, before)))]
    results = [m.start() for m in _RESULT.finditer(before)]
    if targets or results:
        return max(targets, default=-1) > max(results, default=-1)
    if sentence.carried.goal and _THEN.match(sentence.folded):
        return True
    aims = sentence.carried.heading.target
    if aims and sentence.carried.target is None and not _RESULT.search(sentence.cues):
        return number.role is not Role.CHANGE
    past = period is not None and sentence.published is not None and period.year <= sentence.published.year
    return bool(sentence.carried.target) and not (past and sentence.periods) and not _RESULT.search(sentence.cues)


def _blanked(pattern: re.Pattern[str], text: str) -> str:
    """The text with blanks for what matches: offsets stay."""
    return pattern.sub(lambda m: " " * len(m[0]), text)


def _names_a_plan(sentence: Sentence, number: Number, clause: Clause) -> bool:
    aside = sentence.cues[clause.start : number.start]
    if _ASIDE.search(aside) and not _YARDSTICK.search(aside):
        return True
    return bool(_PLAN_IN_FRONT.search(sentence.cues[: clause.start].rstrip(" (")))


def is_yardstick(sentence: Sentence, number: Number) -> bool:
    """ "đạt 68%, vượt kế hoạch 60%": the second is the plan, when it is the same unit and the first is known."""
    if not _PLAN_BEFORE.search(sentence.cues[: number.start]):
        return False
    return any(n.end <= number.start and n.unit == number.unit for n in sentence.numbers)


def _after_publication(sentence: Sentence, period: Period) -> bool:
    """Whether a deadline lies after the article: a later year, or the end of its own where no result is told."""
    if sentence.published is None:
        return False
    if period.year != sentence.published.year or period.part:
        return period.year > sentence.published.year
    goes_on = sentence.carried.target is False and not any(p.period == period for p in sentence.mentions)
    return not goes_on and not _RESULT.search(sentence.folded)
