"""A follow-up made whole: what it names takes the place of what the earlier question named, all else carries over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from retrieval.lexicon.periods import PeriodMention, Role
from retrieval.lexicon.provinces import ProvinceMention
from retrieval.lexicon.regions import RegionMention
from retrieval.query import Act
from retrieval.question.model import read
from retrieval.question.tokens import Facts, Token, read_facts

Mention = ProvinceMention | RegionMention


def completed(facts: Facts, earlier: str, act: Act, today: date | None) -> str:
    """``facts`` (of a message that is ``act``) as a question that needs nothing of ``earlier``, the last whole question.

    A message with a measure of its own keeps its words and borrows the places and times that it leaves out; one without
    puts its own places and times into the earlier question.
    """
    if act is Act.QUESTION:
        return facts.text
    before = read_facts(earlier, today)
    reading = read(facts.tokens)
    own = [t for t, tag in zip(facts.tokens, reading.tags, strict=True) if tag == "measure" and t.is_word]
    places = _places(facts)
    if not own:
        text = _with_places(before, _corrected(places))
        return _with_periods(text, facts, today)
    inner = [t for t, tag in zip(facts.tokens, reading.tags, strict=True) if tag != "around"]
    text = facts.text[inner[0].start : inner[-1].end] if inner else facts.text
    if not places and _places(before):
        text += " " + ", ".join(before.text[m.start : m.end] for m in _places(before))
    if not _asked(facts) and _asked(before):
        text += " " + ", ".join(_said(before, m) for m in _asked(before))
    return text


def _places(facts: Facts) -> list[Mention]:
    return sorted((*facts.provinces, *facts.regions), key=lambda m: m.start)


def _corrected(places: Sequence[Mention]) -> list[Mention]:
    return list(places)


def _asked(facts: Facts) -> list[PeriodMention]:
    return [m for m in facts.periods if m.role is not Role.LATEST]


def _said(facts: Facts, mention: PeriodMention) -> str:
    said = facts.text[mention.start : mention.end]
    return said if not said[:1].isdigit() else f"năm {said}"


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


def _with_periods(text: str, facts: Facts, today: date | None) -> str:
    asked = _asked(facts)
    if not asked:
        return text
    before = read_facts(text, today)
    said = [facts.text[m.start : m.end] for m in asked]
    old = _asked(before)
    if not old:
        return f"{text.rstrip(' ?.!')} {', '.join(_said(facts, m) for m in asked)}"
    new = said[-1]
    first = old[0]
    digits = new.split()[-1]
    return f"{text[: first.start]}{_fitted(text[first.start : first.end], new, digits)}{text[first.end :]}"


def _fitted(old: str, new: str, digits: str) -> str:
    """"năm 2022" by "2023" is "năm 2023"; "2022" by "năm 2023" is "2023"."""
    if old.isdigit():
        return digits
    return new if not new[:1].isdigit() else f"{old.rsplit(' ', 1)[0]} {new}"


def words_of(tokens: Sequence[Token]) -> list[str]:
    return [t.key for t in tokens]
