"""Names in a question that evidence must bear as typed: documents, quoted names, organisations, models."""

import re
from collections.abc import Iterator

from retrieval.lexicon.abbreviations import meaning
from retrieval.lexicon.documents import find_document_numbers
from retrieval.lexicon.indicators import IndicatorMention
from retrieval.lexicon.provinces import ProvinceMention
from retrieval.lexicon.tables import Word, words
from retrieval.question.reading import Reading
from retrieval.question.terms import GRAMMAR
from retrieval.text import Span

_QUOTED = re.compile(r"[\"“”«']([^\"“”«»']{2,60})[\"“”»']")
_DOCUMENT = re.compile(
    r"\b(?:nghị quyết|nghi quyet|quyết định|quyet dinh|kế hoạch|ke hoach|chỉ thị|chi thi|đề án|de an|thông tư|thong tu"
    r"|nghị định|nghi dinh|chương trình|chuong trinh|luật|luat|nq|qđ|qd|kh|ct)(?: số| so)? \d{1,4}\b(?![./,]\d| ?%)",
    re.IGNORECASE,
)
_VERSIONED = re.compile(r"\b([^\W\d_]+) \d\.\d\b")
_PLACE_HEADS = {("thành", "phố"), ("thị", "xã"), ("tp",), ("huyện",), ("phường",), ("xã",), ("quận",)}
_CODE = re.compile(r"(?<![&/\w-])(?:[A-ZĐ]{2,}\w*|\w+_\w+|[A-Z]+\d+)(?![&/\w-])")
_OFFICES = frozenset("Sở Bộ Ban Cục Vụ Tỉnh Thành Chủ Giám Bí Phó Ông Bà Hội Ủy Trung".split())


def entities_of(reading: Reading) -> tuple[str, ...]:
    """Entities in the order typed, each once."""
    text = reading.text
    numbers = find_document_numbers(text, loose=True)
    candidates = [Span(*match.span(1)) for match in _QUOTED.finditer(text)]
    candidates += numbers
    candidates += [Span(*match.span()) for match in _DOCUMENT.finditer(text)]
    candidates += [Span(*m.span()) for m in _VERSIONED.finditer(text) if m[1][0].isupper()]
    candidates += [span for span in _titled(text) if _is_name(span, reading)]
    candidates += [Span(*m.span()) for m in _CODE.finditer(text) if _is_name(Span(*m.span()), reading)]
    taken: list[Span] = []
    for span in candidates:
        if not _overlaps(span, taken):
            taken.append(span)
    return tuple(dict.fromkeys(text[span.start : span.end] for span in sorted(taken)))


def _titled(text: str) -> Iterator[Span]:
    """Two capitalised words or more in a row, or one that follows the head of a place: "huyện Ba Bể", "TP Vinh"."""
    run: list[Word] = []
    found = words(text)
    for i, word in enumerate([*found, None]):
        if word and word.text[0].isupper() and not word.text.isupper() and (not run or _adjacent(text, run[-1], word)):
            run.append(word)
            continue
        while run and (run[0].text in _OFFICES or run[0].text.lower() in GRAMMAR):
            run = run[1:]
        first = i - len(run)
        place = any(
            tuple(w.text.lower() for w in found[max(0, first - len(head)) : first]) == head for head in _PLACE_HEADS
        )
        if len(run) > 1 or (run and place):
            yield Span(run[0].start, run[-1].end)
        run = [word] if word and word.text[0].isupper() and not word.text.isupper() else []


def _adjacent(text: str, left: Word, right: Word) -> bool:
    return text[left.end : right.start] == " "


def _is_name(span: Span, reading: Reading) -> bool:
    """Capitals alone make no name: not of a province or an indicator, nor of what the glossary spells out."""
    mentioned: tuple[ProvinceMention | IndicatorMention, ...] = (*reading.provinces, *reading.mentions)
    if _overlaps(span, [Span(m.start, m.end) for m in mentioned]) or reading.text.isupper():
        return False
    name = reading.text[span.start : span.end]
    return meaning(name) is None


def _overlaps(span: Span, others: list[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)
