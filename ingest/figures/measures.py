"""What a figure measures: the indicators of the catalogue that its own words name, or those that it goes on about."""

import re
from collections.abc import Sequence
from functools import cache

from ingest.clauses import Clause
from ingest.figures.kinds import counts_plan_items, items_done
from ingest.figures.sentence import CLOSED, Sentence, reach
from ingest.figures.subjects import is_of_a_unit
from ingest.numbers import Number
from retrieval.lexicon.indicators import IndicatorMention, catalogue, is_index
from retrieval.text import fold

OF_INDEXES = ("hạng", "điểm", "bậc")
"""Units in which indexes and their parts are told."""

_PILLARS = ("dti", "dti-government", "dti-economy", "dti-society")
_WHOLE_SCALE = 100  # "tối đa 1.000 điểm": more points than this are the scale of an index, no score
_JOINED = re.compile(r"\s*(?:,|và|, và)?\s*(?:chỉ số)?\s*")  # between indicators that share one figure
# "Tỷ lệ này", "con số trên": the figure is of what was named before.
_ANAPHOR = re.compile(r"\b(?:ty le|ty trong|ti le|con so|chi so|muc|thu hang|gia tri) (?:nay|do|tren)\b")
_RANKING = re.compile(r"\b(?:chi so|xep hang|thu hang|bang)\b")  # a topic beside these words stands for its index


@cache
def topics() -> tuple[tuple[str, str], ...]:
    """(folded topic, indicator id), longest topic first."""
    found = [(fold(topic), i.id) for i in catalogue().values() for topic in i.topics]
    return tuple(sorted(found, key=lambda pair: -len(pair[0])))


def family(indicator: str) -> str:
    """The index that a pillar or component is part of."""
    return catalogue()[indicator].parent or indicator


def indexes_of(sentence: Sentence) -> list[str]:
    """The indexes that a sentence names, else those whose topics it speaks of in words of ranking."""
    indexes = [m.id for m in sentence.indicators if is_index(m.id)]
    if not indexes and _RANKING.search(sentence.folded):
        indexes = [indicator for topic, indicator in topics() if topic in sentence.folded]
    return indexes


def goes_on(sentence: Sentence, number: Number, clause: Clause) -> bool:
    """Whether a figure is of what the sentence before measures."""
    return clause.nameless or bool(_ANAPHOR.search(sentence.folded[clause.start : number.start]))


def measures_of(sentence: Sentence, number: Number, clause: Clause) -> list[str]:
    """Ids of the indicators that a figure is of, "" for one that the catalogue does not know."""
    named = ("" if _is_component(sentence, number, clause, i) else i for i in _named(sentence, number, clause))
    return list(dict.fromkeys(_specified(i, sentence, number) for i in named))


# "Chỉ số thành phần Gia nhập thị trường đạt 7,65 điểm": of a part that the catalogue does not know.
_COMPONENT = re.compile(
    r"\b(?:(?:chi so|nhom|linh vuc|noi dung|tieu chi) thanh phan|tieu chi|(?<!ha )noi dung)\b"  # "Hà Nội đứng thứ 6" is none
)
# "xếp thứ 3 về cắt giảm chi phí": what is said behind a rank, unless it is only "về chỉ số này".
_ABOUT = re.compile(
    r"[^.;,(]{0,40}?\bve (?!(?:chi so|xep hang|thu hang|tong|diem|muc|bo chi so|ket qua|dich|nam)\b)\w+ \w+"
)


def _is_component(sentence: Sentence, number: Number, clause: Clause, whole: str) -> bool:
    """Whether a rank or score is of a part of an index that has no name in the catalogue."""
    if number.unit not in OF_INDEXES or not whole or not is_index(whole) or catalogue()[whole].parent:
        return False
    if _COMPONENT.search(sentence.folded[clause.label : number.start]):
        return True
    about = _ABOUT.match(sentence.folded, number.end, reach(clause))
    if about is None:
        return False
    said = sentence.folded[number.end : reach(clause)]
    named = [m for m in sentence.indicators if number.end <= m.start < reach(clause)]
    return not named and not any(topic in said for topic, _ in topics()) and not _ABBREVIATION.search(said)


_ABBREVIATION = re.compile(r"\b(?:cds|dti|pci|papi|par|sipas|pii|ict)\b")


def _named(sentence: Sentence, number: Number, clause: Clause) -> list[str]:
    """The indicators that the figure's own words name; of several joined by "và", each."""
    own = [m for m in sentence.indicators if clause.label <= m.start < reach(clause)]
    left = [m for m in own if m.start < number.start]
    right = [m for m in own if m.start >= number.end and not _bracket_between(sentence, number, m)]
    if number.unit not in ("%", "đồng", *OF_INDEXES):
        if counts_plan_items(number):
            return [items_done(sentence, number, clause)]
        if counted := _counted(sentence, number, right):
            return [counted]
        right = []
    previous = max((n.end for n in sentence.numbers if n.end <= number.start), default=0)
    if chosen := [m for m in left if m.start >= previous] or left:
        return _together(sentence, chosen)
    if number.unit in OF_INDEXES and (topic := _topic(sentence, number, clause)):
        return [topic]
    above = [m for h in clause.heads for m in sentence.indicators if h.start <= m.start < h.end]
    if named := right[:1] or above[-1:]:
        return [named[0].id]
    if number.unit in OF_INDEXES:
        later = {m.id for m in sentence.indicators if is_index(m.id)}
        return [later.pop() if len(later) == 1 else sentence.carried.index]
    return [sentence.carried.indicator if number.unit == "%" and goes_on(sentence, number, clause) else ""]


def _bracket_between(sentence: Sentence, number: Number, mention: IndicatorMention) -> bool:
    return "(" in sentence.text[number.end : mention.start]


def _counted(sentence: Sentence, number: Number, right: Sequence[IndicatorMention]) -> str:
    """The indicator that a number's unit is: "800 doanh nghiệp số" says it, and "… tổ công nghệ số cộng đồng. Toàn tỉnh
    có 1.356 tổ" shortens what the sentence before says."""
    beside = [m for m in right if m.start <= number.end + len(number.unit) + 2]
    if beside:
        return beside[0].id
    unit = fold(number.unit)
    return next((i for surface, i in sentence.carried.named if surface.startswith(f"{unit} ")), "")


def _together(sentence: Sentence, chosen: Sequence[IndicatorMention]) -> list[str]:
    """The last of the indicators before a figure, with those that are joined to it."""
    if len(chosen) > 1 and catalogue()[chosen[-2].id].parent == chosen[-1].id:
        chosen = chosen[:-1]  # "trụ cột kinh tế số của DTI" is the pillar
    joined = [chosen[-1].id]
    for a, b in zip(reversed(chosen[:-1]), reversed(chosen), strict=False):
        if not _JOINED.fullmatch(sentence.text, a.end, b.start):
            break
        joined.insert(0, a.id)
    return joined


def _topic(sentence: Sentence, number: Number, clause: Clause) -> str:
    """ "xếp thứ 51 về chuyển đổi số" is said of the index of that topic; a component named there goes first."""
    own = CLOSED.sub("", sentence.folded[clause.label : reach(clause)]).split("(")[0]
    own = re.sub(r"\bcds\b", "chuyen doi so", own)
    named = [
        m
        for m in sentence.indicators
        if number.end <= m.start < clause.end and not _bracket_between(sentence, number, m)
    ]
    return named[0].id if named else next((i for topic, i in topics() if topic in own), "")


def _specified(indicator: str, sentence: Sentence, number: Number) -> str:
    """A pillar of the DTI has ranks and scores; a percentage of "kinh tế số" is of GRDP, or of something unnamed."""
    if number.unit == "điểm" and number.value > _WHOLE_SCALE and indicator and is_index(indicator):
        return ""
    if number.unit in OF_INDEXES and indicator and is_index(indicator) and is_of_a_unit(sentence, number):
        return "dti-local" if indicator in (*_PILLARS, "dti-local") else ""
    if indicator not in _PILLARS or number.unit in OF_INDEXES:
        return indicator
    of_grdp = indicator == "dti-economy" and number.unit == "%" and "grdp" in sentence.folded
    return "digital-economy-share" if of_grdp else ""
