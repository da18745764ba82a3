"""Whether free prose says only what its evidence bears: the part of the verifier that reads sentences a model wrote.

A figure in a sentence is read by the same rules that read figures out of articles; it must be one that a cited quote
states: the same value, unit, kind, province, indicator and period, told in the words of its own clause. A sentence
without figures must be an abridgement of one sentence of a quote. In doubt a sentence is not borne.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from retrieval.answer.draft import TARGET_WORDS, Line, Support
from retrieval.answer.evidence import denies
from retrieval.lexicon.abbreviations import expand
from retrieval.lexicon.indicators import catalogue, is_index
from retrieval.lexicon.provinces import find_provinces
from retrieval.text import fold, nfc, sentences, syllables
from retrieval.types import Article, Figure, FigureKind

ReadFigures = Callable[[Article], Sequence[Figure]]
"""The reader of the ledger (ingest.figures.extract): an article's figures, each with all that it is bound to."""

LONGEST = 600
"""Characters of one sentence."""

KEPT = 0.5
"""Share of the words of a figure's own clause that a sentence must keep, so that no qualifier is lost."""

GAP = 8
"""Words of a quote that an abridgement may leave out in one place."""

CONNECTING = frozenset(
    "la cua o tai trong va voi cung nam theo dat duoc co tinh thanh pho khi do con thi da dang ve voi rieng cu the nay tren bai bao nguon"
    " so lieu ty le chi muc ket qua gom nhu vay dong thoi ben canh ngoai ra trong do den".split()
)
"""Folded syllables that join words and claim nothing by themselves."""

_OF_KIND = {
    FigureKind.TARGET: "muc tieu phan dau dat ra de ra den ke hoach",
    FigureKind.RANK: "xep hang thu vi tri dung ca nuoc toan quoc tren tong so tinh thanh pho dia phuong",
    FigureKind.RESULT: "dat diem chiem",
    FigureKind.CHANGE: "so voi truoc",
}
_PLAIN = re.compile(r"[\w\s.,;:()%“”\"'’‘/&+–—…-]+")
_WORD = re.compile(r"[^\W\d_][\w-]*")
_QUALIFIER = re.compile(
    r"\b(?:hon|tren|gan|khoang|duoi|toi thieu|it nhat|toi da|xap xi|chua den|chua toi|khong qua|nhom|top|tu|uoc)"
    r"(?: (?:dat|thu|hang|la|tong|so))*\s*$"
)
_NUMBER = re.compile(r"\d+(?:[.,/-]\d+)*")


@dataclass(frozen=True, slots=True)
class Numbered:
    """Evidence under the number by which a model cites it: a quote with every figure that the ledger has of it, and the
    line of the composed answer that it bears, if any."""

    n: int
    support: Support
    figures: tuple[Figure, ...]
    line: Line | None = None


def borne_by(text: str, cited: Sequence[Numbered], read: ReadFigures, about: str = "") -> tuple[Numbered, ...]:
    """Those of ``cited`` that bear a sentence; () when the sentence says anything that they do not.

    ``about`` is the one province that the question is of: a figure without a province of its own is then of that one.
    """
    text = nfc(text).strip()
    if same := tuple(item for item in cited if item.line and repeats(text, item.line)):
        return same
    if not cited or not 0 < len(text) <= LONGEST or not _PLAIN.fullmatch(text) or not any(c.isalpha() for c in text):
        return ()
    provinces = (about,) if about and all(f.province == about for item in cited for f in item.figures) else ()
    figures = read(Article("", "", "", text, provinces=provinces))
    if not figures:
        abridged = tuple(item for item in cited if _abridges(text, item))
        return abridged[:1]
    return _bear_figures(text, figures, cited)


def numbers_of(text: str) -> frozenset[str]:
    return frozenset(_NUMBER.findall(nfc(text)))


def words(text: str) -> list[str]:
    """Folded tokens, abbreviations written out; figures and document numbers stay whole."""
    return expand(fold(" ".join(syllables(nfc(text)))).split())


def repeats(text: str, line: Line) -> bool:
    """Whether a sentence is a line of the composed answer, which was verified already, word for word."""
    return syllables(nfc(text)) == syllables(nfc(line.text))


def _names(text: str) -> set[str]:
    """Words with a capital that do not stand first."""
    return {m[0] for m in _WORD.finditer(text) if m[0][0].isupper() and text[: m.start()].strip(" -–•*+")}


# --- sentences with figures ---------------------------------------------------------------------------------------


def _bear_figures(text: str, figures: Sequence[Figure], cited: Sequence[Numbered]) -> tuple[Numbered, ...]:
    """Every figure read in the sentence is one of the cited, and every other word belongs to one of those."""
    verdict = _compares(text, figures)
    if verdict is False:
        return ()
    if verdict:
        text = _COMPARISON.sub(lambda m: " " * len(m[0]), text)
    bearing: dict[int, Numbered] = {}
    allowed: set[str] = set()
    masked = text
    for figure in figures:
        found = next(
            ((i, f) for i in cited for f in i.figures if _same(figure, f) and _said_alike(text, figure, i, f)), None
        )
        if found is None:
            return ()
        bearing[found[0].n] = found[0]
        allowed |= _words_of(found[1], found[0])
        masked = masked[: figure.start] + " " * (figure.end - figure.start) + masked[figure.end :]
    if set(words(masked)) - CONNECTING - allowed:
        return ()
    if any(p.name not in {f.province for f in figures} for p in find_provinces(text)):
        return ()
    return tuple(bearing.values())


def _same(said: Figure, known: Figure) -> bool:
    """Whether a figure that a sentence states is the known one, in all that it is bound to."""
    a, b = fold(said.unit), fold(known.unit)
    return (
        said.value == known.value
        and (said.province, said.indicator, said.kind) == (known.province, known.indicator, known.kind)
        and said.period == known.period
        and said.scope == known.scope
        and (a == b or bool(a and b and (a.startswith(b) or b.startswith(a))))
        and said.denominator in (None, known.denominator)
    )


def _said_alike(text: str, said: Figure, item: Numbered, known: Figure) -> bool:
    """Whether the sentence tells a figure as its article does: the same bounds and denials, none of its clause's names
    left out, and no word in its clause that is another's."""
    article = item.support.statement.article.text
    own = article[known.clause_start : known.clause_end]
    mine = text[said.clause_start : said.clause_end]
    if known.kind is FigureKind.TARGET and not TARGET_WORDS.search(fold(text)):
        return False
    if denies(own) != denies(mine) or _qualifier(text, said.start) != _qualifier(article, known.start):
        return False
    blank = mine[: max(0, said.start - said.clause_start)] + " " + mine[max(0, said.end - said.clause_start) :]
    others = {f.shown for f in item.figures}
    if set(words(blank)) - CONNECTING - _words_of(known, item) - {fold(o) for o in others}:
        return False
    if is_index(known.indicator):
        return True
    called, whole = set(_names_of(known)), set(words(text))
    if any(not set(words(name)) <= called | whole for name in _names(own)):
        return False
    content = set(words(own)) - CONNECTING - called - numbers_of(own) - set(_OF_KIND[known.kind].split())
    return len(content & whole) >= KEPT * len(content)


def _qualifier(text: str, at: int) -> str:
    """What bounds the figure that starts at ``at``: "trên", "gần", "nhóm"; "" for an exact one."""
    found = _QUALIFIER.search(fold(text[max(0, at - 30) : at]))
    return found[0].split()[0] if found else ""


def _names_of(figure: Figure) -> Iterable[str]:
    """Words by which a figure's province, indicator and period are called."""
    known = catalogue().get(figure.indicator)
    called = [figure.province, str(figure.period or ""), figure.unit]
    if known is not None:
        called += [known.name, *known.aliases, *known.topics]
    return [word for name in called for word in words(name)]


def _words_of(figure: Figure, item: Numbered) -> set[str]:
    """Words that a sentence may tell a figure with: those of its clause and the heads above it, and its names."""
    article = item.support.statement.article
    own = article.text[figure.clause_start : figure.clause_end]
    told = {*words(own), *words(figure.label), *words(article.publisher or ""), *_names_of(figure)}
    return told | set(_OF_KIND[figure.kind].split())


# --- what is said of two figures ----------------------------------------------------------------------------------

_COMPARISON = re.compile(r"\b(cao|thấp) hơn\b", re.IGNORECASE)


def _compares(text: str, figures: Sequence[Figure]) -> bool | None:
    """Whether "A cao hơn B" is so by the two figures of the sentence; None where no two provinces are compared."""
    found = _COMPARISON.search(text)
    before = [p.name for p in find_provinces(text[: found.start()])] if found else []
    after = [p.name for p in find_provinces(text[found.end() :])] if found else []
    if found is None or not before or not after or before[-1] == after[0]:
        return None
    if len(figures) != 2 or _measure(figures[0]) != _measure(figures[1]) or not figures[0].indicator:
        return False
    values = {f.province: -f.value if f.unit == "hạng" else f.value for f in figures}
    if not {before[-1], after[0]} <= values.keys():
        return False
    ahead = values[before[-1]] - values[after[0]]
    return ahead > 0 if fold(found[1]) == "cao" else ahead < 0


def _measure(figure: Figure) -> tuple[object, ...]:
    return figure.indicator, figure.unit, figure.kind, figure.period, figure.denominator


# --- sentences without figures ------------------------------------------------------------------------------------


def _abridges(text: str, item: Numbered) -> bool:
    """Whether a sentence is one sentence of the quote with words left out, the order kept, or the line it bears."""
    article = item.support.statement.article
    quote = item.support.text
    mine = words(text)
    # "Bắc Ninh: …" and "… của Bắc Ninh" may stand for the province that the article is about
    main = article.provinces[:1] if not find_provinces(quote) else ()
    free = CONNECTING | {word for province in main for word in words(province)}
    content = [word for word in mine if word not in free]
    if not content:
        return False
    told = [quote[span.start : span.end] for span in sentences(quote)]
    return any(
        denies(one) == denies(text) and _in_order(content, words(one)) and _has_names(text, f"{one} {' '.join(main)}")
        for one in told
    )


def _in_order(content: Sequence[str], told: Sequence[str]) -> bool:
    """Whether ``content`` stands in ``told`` in this order, with at most GAP words left out between two of them."""
    reachable = {i for i, word in enumerate(told) if word == content[0]}
    for wanted in content[1:]:
        reachable = {j for i in reachable for j in range(i + 1, min(i + 2 + GAP, len(told))) if told[j] == wanted}
    return bool(reachable)


def _has_names(text: str, told: str) -> bool:
    """Whether every name and number of a sentence stands in the words told as it is written."""
    said = nfc(told)
    return all(name in said for name in _names(text)) and numbers_of(text) <= numbers_of(said)
