"""A question as understood: everything that was meant, said once. No module behind it reads the question again."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from retrieval.types import Period


class Act(StrEnum):
    """What a message does."""

    QUESTION = "question"
    FOLLOWUP = "followup"
    CORRECTION = "correction"
    SOURCE = "source"
    COMPLAINT = "complaint"
    THANKS = "thanks"
    GREETING = "greeting"
    FAREWELL = "farewell"
    ACKNOWLEDGE = "acknowledge"
    CAPABILITIES = "capabilities"
    SMALLTALK = "smalltalk"
    ABUSE = "abuse"
    OFFTOPIC = "offtopic"


ASKING = frozenset({Act.QUESTION, Act.FOLLOWUP, Act.CORRECTION})
"""Acts that the library is searched for."""


class Operation(StrEnum):
    """What is to be done with what is found."""

    VALUE = "value"
    LIST = "list"
    ORDER = "order"
    EXTREME = "extreme"
    COMPARE = "compare"
    DIFFERENCE = "difference"
    TREND = "trend"
    AGAINST_TARGET = "against_target"
    COUNT = "count"
    OVERVIEW = "overview"
    DEFINITION = "definition"
    EXPLAIN = "explain"


class Expects(StrEnum):
    """What an answer must hold to be one."""

    PERCENT = "percent"
    RANK = "rank"
    SCORE = "score"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    PERSON = "person"
    ORGANISATION = "organisation"
    DOCUMENT = "document"
    PLACE = "place"
    NAME = "name"
    LIST = "list"
    REASON = "reason"
    MANNER = "manner"
    YESNO = "yesno"
    DEFINITION = "definition"
    ANY = "any"


NUMERIC = frozenset({Expects.PERCENT, Expects.RANK, Expects.SCORE, Expects.NUMBER, Expects.MONEY})
"""Kinds of answer that are figures."""


TOPIC = frozenset({"chuyen", "doi", "so"})
"""Words (folded) that every article says."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word that evidence should bear: without diacritics, as typed in lower case, and how likely (0..1) it is that the
    answer or what stands around it says it; ``name`` where it was typed as a name, with a capital amid a sentence."""

    folded: str
    word: str
    weight: float
    name: bool = False


@dataclass(frozen=True, slots=True)
class Bound:
    """A limit on the values asked for: "dưới hạng 50" is over=False, value=50 ("dưới" of a rank is a larger number, which
    the algebra knows); ``unit`` is "%", "hạng", "điểm" or ""."""

    over: bool
    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class Query:
    """``text`` is the message in NFC, ``standalone`` the question itself, completed from the conversation: both are for
    showing and for search's embedder, never for reading again.

    ``measure`` are the words of the question that name what is measured, ``indicators`` ids of the catalogue that they
    name. ``provinces`` are canonical (of the 63), in the order said; ``regions`` by their names. ``periods`` are those
    asked about, ``compared`` those only compared with; ``latest`` says that the newest is wanted. ``wants`` is "target",
    "both" (a target beside its result) or "": a result, as anybody means who says nothing else. An order or extreme asks for the ``best`` or the worst end (``ended`` says that one was named), for ``count`` of them (None: not
    said), within ``bound``; ``everything`` asks for the whole table. ``level`` is "huyện", "xã", "sở", "trụ cột" or "" (the
    province); ``several`` says that more than one thing is asked ("bao nhiêu mục tiêu, bao nhiêu nhiệm vụ"). ``documents`` are numbers of documents as typed. ``kinds`` is what is expected with its likelihood, likeliest
    first, ``expects`` the first of them.
    """

    text: str
    standalone: str
    act: Act = Act.QUESTION
    operation: Operation = Operation.VALUE
    expects: Expects = Expects.ANY
    kinds: tuple[tuple[Expects, float], ...] = ()
    measure: str = ""
    terms: tuple[Term, ...] = ()
    indicators: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    periods: tuple[Period, ...] = ()
    compared: tuple[Period, ...] = ()
    latest: bool = False
    wants: str = ""
    best: bool = True
    ended: bool = False
    several: bool = False
    count: int | None = None
    bound: Bound | None = None
    everything: bool = False
    level: str = ""
    national: bool = False
    accented: bool = True
    documents: tuple[str, ...] = ()
