"""Who holds an office: the name that stands nearest to the words of the office."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.answer.draft import Draft, Line, cut, support
from retrieval.answer.evidence import Evidence, Scored
from retrieval.answer.statements import Statement
from retrieval.answer.terms import Terms, features

ROLE_REACH = 90
"""Characters on either side of a name within which its office stands."""

NEAR = 0.45
"""Share of the question that must stand beside a name."""

_CAPITAL = r"[A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ]"
_TITLES = r"(?:Ông|Bà|Đồng|Theo|Tại|Phó|Chủ|Giám|Bí)"
# Two to five capitalised syllables that begin with no title.
_NAME = re.compile(rf"(?<!\w)(?!{_TITLES}\b){_CAPITAL}[^\W\d_A-Z]+(?: {_CAPITAL}[^\W\d_A-Z]*){{1,4}}")
# Vietnamese family names, those of the northern mountains and the Central Highlands among them: the first syllable of a
# person's name. A capitalised phrase that begins otherwise is an office, a body or a place.
_FAMILY = frozenset(
    (
        "vi chẩu hờ cư hạng lò lù nùng sầm tẩn thao vương cháng nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý vương trương đinh đoàn trịnh lâm mai đào tô tạ hà lương"
        " cao thái quách châu phùng tống la triệu tăng lưu hứa nông bế giàng lò vàng thào sùng hầu ma y ksor rmah siu quàng cầm điêu lường"
        " kiều văn mạc khuất chu đồng nghiêm thân từ doãn đàm lại phó cù bạch trà tiêu ninh khổng ân ông thạch sơn danh kim hầu hàn đới"
    ).split()
)


_TITLED = re.compile(r"(?:\b[Ôô]ng|\b[Bb]à|[Đđ]ồng chí|TS\.?|ThS\.?) $")  # before a name, whatever its first syllable
# Where the words about a person end: at the next person, or where it is told what was said.
_NEXT = re.compile(r"\b(?:và|cùng|khẳng định|cho biết|phát biểu)\b|[.;]")
_PREVIOUS = re.compile(r"[.;]|\bvà\b")
_SPEAKS = (" cho biết", " khẳng định", " phát biểu", " nhấn mạnh", ". ", ";")


def person(evidence: Evidence, sentences: Sequence[Scored]) -> Draft | None:
    """The name in one of the sentences that stands nearest to the words of the office that was asked for."""
    best: tuple[float, Statement, str] | None = None
    for scored in sentences:
        text = scored.statement.text
        for match in _NAME.finditer(text):
            if not _TITLED.search(text[: match.start()]) and match[0].split()[0].lower() not in _FAMILY:
                continue
            before = _PREVIOUS.split(text[max(0, match.start() - ROLE_REACH) : match.start()])[-1]
            after = _NEXT.split(text[match.end() : match.end() + ROLE_REACH])[0]
            near = max(_share(evidence.terms, before), _share(evidence.terms, after))
            score = near + 0.3 * scored.score
            if near > NEAR and (best is None or score > best[0]):
                best = (score, scored.statement, match[0])
    if best is None:
        return None
    _, statement, name = best
    also = [
        support(s.statement)
        for s in evidence.sentences
        if s.statement.voice != statement.voice and name in s.statement.text
    ][:1]
    at = statement.text.index(name)
    part = cut(_clause_around(statement.text, at, at + len(name)))
    return Draft(True, (Line(f"{name} ({part}).", (support(statement), *also)),))


def _share(terms: Terms, text: str) -> float:
    """Share of the question that a stretch bears."""
    return sum(terms.weights.get(f, 0.0) for f in features(text)) / terms.total


def _clause_around(text: str, start: int, end: int) -> str:
    """The name with its office: up to 110 characters before it and 160 behind it, cut at the ends of clauses."""
    left = max(text.rfind(c, 0, start) for c in ".;:") + 1
    right = min((p for mark in _SPEAKS if (p := text.find(mark, end)) > 0), default=len(text))
    return " ".join(text[max(left, start - 110) : min(right, end + 160)].split()).strip(" ,.;–-")
