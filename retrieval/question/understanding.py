"""From a message, and the conversation before it, to a Query: facts by hard knowledge, judgements by the models. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from itertools import pairwise

from retrieval.lexicon.abbreviations import spell_out
from retrieval.lexicon.indicators import catalogue, find_indicators
from retrieval.lexicon.periods import Role
from retrieval.query import ASKING, TOPIC, Act, Expects, Operation, Query, Term
from retrieval.question.conversation import completed
from retrieval.question.model import HEADS, Reading, act_of, read
from retrieval.question.numbers import asks_of, bound_of, count_of, level_of
from retrieval.question.tokens import DOCUMENT, NUMBER, PERIOD, PROVINCE, REGION, Facts, Token, read_facts
from retrieval.text import Span, fold, has_diacritics, nfc

LONGEST = 2000
"""Characters of a message that are read."""

REMEMBERED = 6
"""Earlier questions that are followed back: older ones no longer say what "còn …?" is about."""

SAID_LEAST = 0.12
"""Likelihood under which a word is not looked for in evidence."""

CLEAR_ACT = 0.5
CLEAR_OFFTOPIC = 0.85
"""Likelihoods under which a message is taken for a question: what is off the subject the library will not know anyway."""

SHORT = 7
"""Tokens up to which a question that names neither province nor indicator leans on the one before."""

LITTLE = 2.5
"""Sum of the likelihoods of its words under which a question names nothing in particular."""

MAIN_INDEX = "dti"
"""What provinces are ranked by when nothing else is said: "Bắc Ninh xếp thứ mấy?"."""


def understand(text: str, history: Sequence[str] = (), today: date | None = None) -> Query:
    """Read ``text`` as the next message after ``history`` (the person's earlier questions, oldest first).

    ``today`` resolves "năm nay", "năm ngoái" and the like; without it they are not read as periods.
    """
    message = nfc(text).strip()[:LONGEST]
    earlier = _conversation([nfc(said).strip()[:LONGEST] for said in history[-REMEMBERED:]], today)
    facts = read_facts(message, today)
    act = _act(facts, bool(earlier))
    if act not in ASKING:
        return Query(message, earlier if act in (Act.SOURCE, Act.COMPLAINT) else message, act)
    standalone = completed(facts, earlier, act) if earlier else message
    return _understood(message, standalone, act, today)


def _act(facts: Facts, has_history: bool) -> Act:
    """The likeliest act; but what names a province or an indicator is never beside the subject."""
    act, likely = act_of(facts.tokens, has_history)
    about_it = bool(facts.provinces or facts.regions or facts.indicators or facts.documents)
    least = CLEAR_OFFTOPIC if act is Act.OFFTOPIC else CLEAR_ACT
    if act not in ASKING and (likely < least or (act in (Act.OFFTOPIC, Act.SMALLTALK) and about_it)):
        return Act.QUESTION
    if act in (Act.FOLLOWUP, Act.CORRECTION) and not has_history:
        return Act.QUESTION
    if act is Act.QUESTION and has_history and not about_it and len(facts.tokens) <= SHORT:
        return Act.FOLLOWUP  # it names nothing of its own
    return act


def _conversation(history: Sequence[str], today: date | None) -> str:
    """What the conversation is about: the last question, made whole by those before it; "" where there is none."""
    earlier = ""
    for said in history:
        facts = read_facts(said, today)
        act = _act(facts, bool(earlier))
        if act in ASKING:
            earlier = completed(facts, earlier, act) if earlier else said
    return earlier


def _understood(message: str, standalone: str, act: Act, today: date | None) -> Query:
    facts = read_facts(standalone, today)
    reading = read(facts.tokens, [Span(m.start, m.end) for m in facts.indicators])
    inside = [(t, tag, likely) for t, tag, likely in zip(facts.tokens, reading.tags, reading.likely, strict=True)]
    core = [t for t, tag, _ in inside if tag != "around"] or list(facts.tokens)
    within = _Within(core)
    measured = _measured(facts, reading)
    measure = " ".join(standalone[start:end] for start, end in measured)
    count, bound = count_of(core), bound_of(core)
    limits = {str(count), *(t.word for t in core if bound and t.key == NUMBER)}
    terms = _terms(inside, limits)
    periods = [m for m in facts.periods if m.role is not Role.LATEST and within(m.start, m.end)]
    expects = reading.heads["expects"]
    order = sorted(range(len(expects)), key=lambda i: -float(expects[i]))
    kinds = tuple((Expects(HEADS["expects"][i]), float(expects[i])) for i in order if expects[i] > 0.03)
    operation = Operation(reading.best("operation"))
    provinces = tuple(dict.fromkeys(m.name for m in facts.provinces if within(m.start, m.end)))
    return Query(
        text=message,
        standalone=_core_text(standalone, core),
        act=act,
        operation=operation,
        expects=kinds[0][0],
        kinds=kinds,
        measure=measure,
        terms=terms,
        indicators=_indicators(
            facts,
            within,
            measure=measure,
            measured=measured,
            expects=kinds[0][0],
            operation=operation,
            terms=terms,
        ),
        provinces=provinces,
        regions=tuple(dict.fromkeys(m.name for m in facts.regions if within(m.start, m.end))),
        periods=tuple(dict.fromkeys(m.period for m in periods if m.role is not Role.COMPARED)),
        compared=tuple(dict.fromkeys(m.period for m in periods if m.role is Role.COMPARED)),
        latest=any(m.role is Role.LATEST and within(m.start, m.end) for m in facts.periods),
        wants=reading.best("wants"),
        best=reading.best("end") != "worst",
        ended=reading.best("end") != "",
        several=reading.best("several") == "yes" or asks_of(core) > 1,
        count=count,
        bound=bound,
        everything=reading.best("everything") == "yes",
        level=level_of(core) or reading.best("level"),
        national=not provinces and not facts.regions and _names_nation(core),
        accented=has_diacritics("".join(t.word for t in core if t.is_word)),
        documents=tuple(standalone[s.start : s.end] for s in facts.documents),
    )


class _Within:
    """Whether a stretch of the question is of the question itself, not of what stands around it."""

    def __init__(self, core: Sequence[Token]) -> None:
        self._spans = [(t.start, t.end) for t in core]

    def __call__(self, start: int, end: int) -> bool:
        return any(a < end and start < b for a, b in self._spans)


def _core_text(text: str, core: Sequence[Token]) -> str:
    """The words of the question itself, with what stands between neighbours."""
    kept = ""
    at = core[0].start if core else 0
    for token in core:
        gap = text[at : token.start]
        kept += (gap if len(gap) <= 2 else " ") + text[token.start : token.end] if token.end > at else ""
        at = max(at, token.end)
    return kept.strip()


def _measured(facts: Facts, reading: Reading) -> list[Span]:
    """Where the words tagged as the measure stand, in order."""
    tagged = [t for t, tag in zip(facts.tokens, reading.tags, strict=True) if tag == "measure" and t.key[0] != "<"]
    return list(dict.fromkeys(Span(t.start, t.end) for t in tagged))


NAMED_WEIGHT = 0.9
"""Of a number that is part of a name: "Đề án 06", "5G", "Bộ chỉ số 766"; evidence says it as the question does."""

_NUMBERED = (NUMBER, DOCUMENT)


def _terms(inside: Sequence[tuple[Token, str, float]], set_numbers: Collection[str]) -> tuple[Term, ...]:
    """The words that evidence should bear; ``set_numbers`` are limits and counts, which it need not."""
    terms = []
    for token, tag, likely in inside:
        if tag == "around" or token.key in (PROVINCE, REGION, PERIOD) or not (token.is_word or token.key in _NUMBERED):
            continue
        named = any(c.isdigit() for c in token.word) and token.word not in set_numbers
        weight = max(likely, NAMED_WEIGHT) if named else likely
        if weight >= SAID_LEAST:
            terms.append(Term(token.key if token.is_word else fold(token.word), token.word, weight, token.name))
    return tuple(terms)


def _indicators(
    facts: Facts,
    within: _Within,
    *,
    measure: str,
    measured: Sequence[Span],
    expects: Expects,
    operation: Operation,
    terms: Sequence[Term],
) -> tuple[str, ...]:
    """Ids that the measure names, else those that the question names; a bare ranking is of the main index."""
    inside = [m for m in facts.indicators if within(m.start, m.end)]
    named = [m.id for m in inside if any(a < m.end and m.start < b for a, b in measured)]
    named = named or [m.id for m in find_indicators(spell_out(measure))] or [m.id for m in inside]
    ranked = expects in (Expects.RANK, Expects.SCORE) or operation in (
        Operation.ORDER,
        Operation.EXTREME,
        Operation.COUNT,
    )
    said = [t.weight for t in terms if t.folded not in TOPIC]
    topic_alone = bool(measure) and TOPIC.issuperset(fold(spell_out(measure)).split())
    parents = {catalogue()[i].parent for i in named}
    named = [i for i in named if i not in parents]  # "điểm xã hội số DTI" is the pillar's
    if not named and ranked and (topic_alone or sum(said) < LITTLE):
        return (MAIN_INDEX,)
    return tuple(dict.fromkeys(named))


_NATION = (("viet", "nam"), ("nuoc", "ta"), ("ca", "nuoc"), ("toan", "quoc"))


def _names_nation(core: Sequence[Token]) -> bool:
    keys = [t.key for t in core]
    return any(pair in _NATION for pair in pairwise(keys))
