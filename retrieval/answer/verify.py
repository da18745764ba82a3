"""The last look before a user sees an answer: a line whose figures its quotes do not bear, word for word, is removed.

Works on the text as it will be read. A number is bound to what it measures, to whom and when by the words around it, so
it is held with them: every stretch of a line that holds a number must stand literally in the clause that the line
claims. What our own lines put around such a stretch is checked piece by piece: a head ("Huế: ", "Kinh tế số: ") names
only what the claimed figures are of, a note ("(mục tiêu, năm 2023)") says what they say, and figures worked out
("(tính từ nguồn)") are those that the line declares.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from retrieval.answer.draft import NUMBERED_BRACKET, Draft, Line, Support, cell
from retrieval.lexicon.indicators import catalogue, find_indicators
from retrieval.lexicon.provinces import canonical, find_provinces
from retrieval.text import nfc
from retrieval.types import Figure, FigureKind

OWN_HEADS = frozenset({"Thứ hạng", "Kết quả", "Chỉ số khác", "Quy mô", "Tiến độ", "Mục tiêu", "Nguồn khác ghi"})
"""Titles that our lines begin with; they say nothing of what is measured."""

_NUMBER = re.compile(r"\d+(?:[.,/]\d+)*")
_HEAD = re.compile(r"([^:\n]{1,120}): ")
_PERSON = re.compile(r"(?P<name>[^\d:(\n]{3,50}) \((?=.*(?P=name))", re.DOTALL)
_JOINT = re.compile(r"…|\n")
_EDGES = " ;:,.…-–•*+"


def verify(draft: Draft) -> Draft:
    """The draft without the lines that fail; unanswered when no line with a source is left.

    When a line with a source fails, those that were worked out from it go too.
    """
    if not draft.answered:
        return replace(draft, lines=tuple(line for line in draft.lines if holds(line)))
    sourced = [line for line in draft.lines if line.supports and holds(line)]
    if not sourced:
        return Draft(False, ())
    whole = len(sourced) == sum(bool(line.supports) for line in draft.lines)
    spoken_of = {name for line in sourced for s in line.supports for name in _provinces(s)}
    spoken_of |= {p.name for line in sourced for p in find_provinces(nfc(line.text))}

    def stays(line: Line) -> bool:
        if line.supports:
            return line in sourced
        if not line.computed:
            return holds(line)
        return whole and holds(line) and all(p.name in spoken_of for p in find_provinces(nfc(line.text)))

    return replace(draft, lines=tuple(line for line in draft.lines if stays(line)))


def holds(line: Line) -> bool:
    """Whether a line says nothing that its supports do not bear."""
    text = nfc(line.text)
    if not line.supports:
        return all(n in line.computed for n in _NUMBER.findall(text))
    if line.typed:
        return _typed_holds(line, text)
    return any(_bears(s, text) for s in line.supports)


def _typed_holds(line: Line, text: str) -> bool:
    """Whether a line in our own words says only what its figures are: each stands literally at its place in the quote,
    and the line's numbers with their units, its times, provinces and "mục tiêu" are theirs, or were worked out."""
    told = [(s, f) for s in line.supports for f in s.figures]
    if not all(_stands(s, f) for s, f in told):
        return False
    said = _COUNTER.sub("", text)
    named = {p.name for p in find_provinces(said)}
    if not named <= {known for _, f in told for known in (f.province, canonical(f.province))}:
        return False
    for _, f in told:
        said = _without_names(said, f)
    for number in _NUMBER.finditer(said):
        if number[0] not in line.computed and not any(_is_of(s, f, said, number) for s, f in told):
            return False
    return all(f.kind is not FigureKind.TARGET or "mục tiêu" in text.lower() for _, f in told)


def _stands(support: Support, figure: Figure) -> bool:
    inside = support.quote.start <= figure.start and figure.end <= support.quote.end
    told = support.statement.article.text[max(0, figure.start - 1) : figure.end + 12]
    return inside and _plain(figure.shown) in _plain(told)


def _without_names(text: str, figure: Figure) -> str:
    """Without the figure's period, and words with digits of what it measures ("trạm 5G"): their numbers are no values."""
    names = [str(figure.period)] if figure.period else []
    names += re.findall(r"\S*\d\S*", f"{figure.unit} {_name_of(figure)}")
    for name in names:
        text = re.sub(rf"(?<![\w.,/]){re.escape(name)}(?![\w%/]|[.,]\d)", " ", text, flags=re.IGNORECASE)
    return text


_SCALE = re.compile(r"(?:\s(?:nghìn|ngàn|triệu|tỷ|tỉ)\b)*", re.IGNORECASE)


def _is_of(support: Support, figure: Figure, text: str, number: re.Match[str]) -> bool:
    """Whether a number of our own words is the figure's, in its unit: "hạng 41/63", "56,83%", "81,5 tỷ đồng"."""
    shown, unit = " ".join(nfc(figure.shown).split()), nfc(figure.unit)
    behind, ahead = text[: number.start()], text[number.end() :]
    if unit == "hạng":
        same = number[0] in _NUMBER.findall(shown) or number[0] == str(int(figure.value))
        return (
            same and bool(re.search(r"(?:hạng|thứ|nhóm)\D{0,12}$", behind, re.IGNORECASE)) and not ahead.startswith("%")
        )
    if number[0] not in _NUMBER.findall(shown):
        return False
    if unit in shown and any(m.start() <= number.start() < m.end() for m in re.finditer(re.escape(shown), text)):
        return True
    scale, printed = (
        _SCALE.match(ahead),
        _SCALE.match(nfc(support.statement.article.text[figure.end : figure.end + 40])),
    )
    assert scale is not None and printed is not None
    return scale[0].lower() in ("", printed[0].lower()) and ahead[scale.end() :].lstrip().startswith(unit)


def _name_of(figure: Figure) -> str:
    return catalogue()[figure.indicator].name if figure.indicator in catalogue() else figure.label


_COUNTER = re.compile(r"^\d{1,2}\. ")


def _bears(support: Support, text: str) -> bool:
    """Whether one support bears the whole line."""
    text, said = _without_note(support, text.strip(_EDGES)), list(_said(support))
    if person := _PERSON.match(text):
        text = text[person.end() :]
    while not _literal(text, said) and (head := _HEAD.match(text)):
        if not _names_the_claimed(support, head[1], said):
            return False
        if head[1] not in OWN_HEADS | _provinces(support) and support.figures:
            said = list(_own_words(support))
        text = text[head.end() :]
    parts = (part for part in _JOINT.split(text) if _NUMBER.search(part) or find_provinces(part))
    return all(_literal(part, said) for part in parts)


def _without_note(support: Support, text: str) -> str:
    """Without the note that draft.dated puts behind a figure, where it says what the figure says."""
    if not support.figures:
        return text
    figure = support.figures[0]
    target = "mục tiêu" if figure.kind is FigureKind.TARGET else ""
    period = str(figure.period) if figure.period else ""
    for note in (target, period, f"{target}, {period}"):
        text = text.removesuffix(f" ({note})")
    return text


def _literal(text: str, said: Iterable[str]) -> bool:
    """Whether a stretch stands in one of those said, its figures as wholes."""
    pattern = re.compile(rf"(?<!\d)(?<!\d[.,/]){re.escape(_plain(text))}(?!\d|[.,/]\d)")
    return any(pattern.search(_plain(words)) for words in said)


def _plain(text: str) -> str:
    return " ".join(nfc(text).lower().split()).strip(_EDGES + ")")


def _said(support: Support) -> Iterator[str]:
    """The claimed clause (the quote, when no figure is claimed), the same without the brackets that draft.shown leaves
    out, and the claimed cells of a table's row as draft.told writes them."""
    said = support.statement.text if support.figures else support.text
    yield said
    yield NUMBERED_BRACKET.sub("", said)
    yield from (cell(f) for f in support.figures if "|" in said)


def _own_words(support: Support) -> Iterator[str]:
    """What may stand behind the name of a claimed figure's indicator: that figure's own clause, no neighbour's."""
    for figure in support.figures:
        own = support.statement.article.text[figure.clause_start : max(figure.clause_end, figure.quote_end)]
        if "|" in own:
            yield cell(figure).rpartition(": ")[2]
        else:
            yield own
            yield NUMBERED_BRACKET.sub("", own)


def _names_the_claimed(support: Support, head: str, said: Iterable[str]) -> bool:
    """Whether what stands before a stretch names only what the claimed figures are of."""
    if head in OWN_HEADS:
        return True
    if not support.figures:
        return head in _provinces(support) or _literal(head, said)
    claimed = {f.indicator for f in support.figures}
    names = {catalogue()[i].name for i in claimed if i in catalogue()}
    if head in names:
        return True  # also "Trạm 5G"
    if _NUMBER.search(head) or not {p.name for p in find_provinces(head)} <= _provinces(support):
        return False
    return {m.id for m in find_indicators(head)} <= claimed


def _provinces(support: Support) -> set[str]:
    """Whose the claimed figures are; where none is claimed, whom the article is about."""
    names = {f.province for f in support.figures} or set(support.statement.article.provinces)
    return names | {known for name in names if (known := canonical(name))}
