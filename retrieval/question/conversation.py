"""A follow-up made whole: what it names takes the place of what the earlier question named, all else carries over."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.lexicon.periods import PeriodMention, Role
from retrieval.lexicon.provinces import ProvinceMention
from retrieval.lexicon.regions import RegionMention
from retrieval.query import Act, Operation
from retrieval.question.model import HEADS, Reading, classify, read
from retrieval.question.tokens import Facts, Token, read_facts
from retrieval.text import fold

Mention = ProvinceMention | RegionMention

KINDS = frozenset("muc tieu chi tieu ket qua thuc te diem so hang thu bac ty le phan tram xep vi tri gia".split())
"""Words for kinds of figure: a message that names nothing but these asks for another kind of the same measure."""


def completed(facts: Facts, earlier: str, act: Act) -> str:
    """``facts`` (of a message that is ``act``) as a question that needs nothing of ``earlier``, the last whole question.

    A message with a measure of its own keeps its words and borrows the places and times that it leaves out; one without
    puts its own places and times into the earlier question.
    """
    if act is Act.QUESTION:
        return facts.text
    before = read_facts(earlier, None)
    facts = _with_year_named(facts, before)
    if _places(facts) and _AGAINST.match(fold(facts.text)):
        return f"So sánh {before.text.rstrip(' ?.!')} với {', '.join(m.name for m in _places(facts))}"
    reading = read(facts.tokens)
    tags = reading.tags
    own = _own(facts, reading)
    if not own and (_places(facts) or not _asks_otherwise(facts)):
        whole = _with_unit(_with_periods(_with_places(before, _places(facts)), facts), facts.text)
        whole = _with_level(whole, facts.text)
        aims = reading.best("wants") == "target" and read(before.tokens).best("wants") == ""
        if aims:
            return f"{whole.rstrip(' ?.!')}, mục tiêu"
        if whole != before.text or not any(t.is_word for t in facts.tokens):
            return whole
    inner = [t for t, tag in zip(facts.tokens, tags, strict=True) if tag != "around" or t in own] or list(facts.tokens)
    text = _NOT_MEANT.sub("", facts.text[inner[0].start : inner[-1].end])
    if all(t.key in KINDS for t in own):  # also where there are none
        text += f" {_measure(before)}"
    if not _places(facts):
        text += "".join(f" {before.text[m.start : m.end]}" for m in _places(before))
    if not _asked(facts):
        text += "".join(f" {_said(before, m)}" for m in _asked(before))
    return " ".join(text.split())


_AGAINST = re.compile(r"(?:con |the |vay |the con )?so (?:sanh )?voi ")


def _own(facts: Facts, reading: Reading) -> list[Token]:
    """The words of a measure that a message names itself."""
    named = [(m.start, m.end) for m in facts.indicators]
    return [
        t
        for t, tag in zip(facts.tokens, reading.tags, strict=True)
        if t.is_word and (tag == "measure" or any(a < t.end and t.start < b for a, b in named))
    ]


OTHERWISE = 0.6
"""Likelihood of an operation from which a message is taken to ask something else of the same measure."""


def _asks_otherwise(facts: Facts) -> bool:
    """ "Tăng hay giảm mấy bậc so với 2022?": no measure, but more than another place or time."""
    shares = classify(facts.tokens)["operation"]
    operation = HEADS["operation"][int(shares.argmax())]
    return operation in _OTHER and float(shares.max()) >= OTHERWISE


_OTHER = frozenset({Operation.TREND, Operation.DIFFERENCE, Operation.EXPLAIN, Operation.AGAINST_TARGET})


def _measure(before: Facts) -> str:
    tags = read(before.tokens).tags
    spans = dict.fromkeys((t.start, t.end) for t in _tagged(before.tokens, tags))
    return " ".join(before.text[start:end] for start, end in spans)


def _tagged(tokens: Sequence[Token], tags: Sequence[str]) -> list[Token]:
    return [t for t, tag in zip(tokens, tags, strict=True) if tag == "measure" and t.is_word and t.key not in KINDS]


# "SIPAS chứ không phải PAPI": what follows is what is not meant
_NOT_MEANT = re.compile(r"(?<=\w),? (?:chứ |chu )?(?:không|khong|ko|hông) (?:phải|phai) .*$", re.IGNORECASE)
_NEGATED = re.compile(r"(?:khong phai|chu khong|dung lay|khong hoi)(?: \w+){0,2} $")


def _is_meant(facts: Facts, start: int) -> bool:
    """Whether what stands at ``start`` is not what the person says they do not mean: "không phải 2024"."""
    return not _NEGATED.search(fold(facts.text[max(0, start - 30) : start]))


def _places(facts: Facts) -> list[Mention]:
    found: list[Mention] = [*facts.provinces, *facts.regions]
    return sorted((m for m in found if _is_meant(facts, m.start)), key=lambda m: m.start)


def _asked(facts: Facts) -> list[PeriodMention]:
    return [m for m in facts.periods if m.role not in (Role.LATEST, Role.COMPARED) and _is_meant(facts, m.start)]


def _said(facts: Facts, mention: PeriodMention) -> str:
    said = facts.text[mention.start : mention.end]
    return f"năm {said}" if said[:1].isdigit() else said


def _with_places(before: Facts, places: Sequence[Mention]) -> str:
    """The earlier question with its places replaced by others; added where it had none."""
    if not places:
        return before.text
    named = ", ".join(dict.fromkeys(m.name for m in places))
    old = _places(before)
    if not old:
        return f"{before.text.rstrip(' ?.!')} {named}"
    text = before.text
    for i, mention in reversed(list(enumerate(old))):
        text = f"{text[: mention.start]}{named if i == 0 else ''}{text[mention.end :]}"
    return " ".join(text.split())


def _with_periods(text: str, facts: Facts) -> str:
    """``text`` with its first period replaced by the last that the message names; added where it had none."""
    asked = _asked(facts)
    if not asked:
        return text
    before = read_facts(text, None)
    old = _asked(before)
    if not old:
        return f"{text.rstrip(' ?.!')} {_said(facts, asked[-1])}"
    start, end = old[0].start, old[0].end
    said = facts.text[asked[-1].start : asked[-1].end]
    if text[start:end].isdigit():
        said = said.split()[-1]
    elif said[:1].isdigit():
        said = f"năm {said}"
    return f"{text[:start]}{said}{text[end:]}"


# "huyện Ninh Hải", "Sở Y tế": a unit within a province with its name
_UNIT = re.compile(r"(?<!\w)(?i:huyện|thị xã|xã|phường|quận|thị trấn|đặc khu|sở)(?: [A-ZĐÀ-Ỹ]\w*){1,4}")


def _with_unit(text: str, said: str) -> str:
    """ "Ý tôi là huyện Ninh Hải": a unit within the province takes the place of the one of its level named before."""
    new, old = _UNIT.search(said), _UNIT.search(text)
    if new is None or old is None:
        return text
    return f"{text[: old.start()]}{new[0]}{text[old.end() :]}"


_LEVEL = re.compile(r"(?<!\w)cap (?:tinh|huyen|xa)(?!\w)")


def _with_level(text: str, said: str) -> str:
    """ "vậy cấp xã thì sao": another level of government takes the place of the one named before."""
    new = _LEVEL.search(fold(said))
    if not new:
        return text
    level = said[new.start() : new.end()]
    old = _LEVEL.search(fold(text))
    return f"{text[: old.start()]}{level}{text[old.end() :]}" if old else f"{text.rstrip(' ?.!')} {level}"


_YEAR_ON = re.compile(r"(?<!\w)nam (?:lien )?(?:ke )?(?P<way>truoc|sau|tiep theo|toi)(?: do)?(?!\w)")
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


def _with_year_named(facts: Facts, before: Facts) -> Facts:
    """ "Năm trước thì sao": the year before the one that was asked about, whatever year it is today."""
    way, year = _YEAR_ON.search(fold(facts.text)), _YEAR.search(before.text)
    if not way or not year:
        return facts
    moved = int(year[0]) + (-1 if way["way"] == "truoc" else 1)
    return read_facts(f"{facts.text[: way.start()]}năm {moved}{facts.text[way.end() :]}", None)
