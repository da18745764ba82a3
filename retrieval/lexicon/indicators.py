"""The catalogue of indicators (data/reference/indicators.csv) and where a text names one of them.

An alias "hộ gia đình … cáp quang" stands for its parts in that order, a few words apart. Abbreviations are written
out first, diacritics do not matter, the alias of most words wins.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from retrieval.lexicon.abbreviations import expand_words
from retrieval.lexicon.tables import Word, listed, read_table, words


@dataclass(frozen=True, slots=True)
class Indicator:
    """``unit`` is "%", "hạng/điểm" for indexes, or the counted noun; ``better`` "high" or "low" is said of the value
    (of a rank the lower is always the better). ``topics`` are words that mean the indicator only beside words of
    ranking: "chuyển đổi số" alone is the subject of every article, "xếp thứ mấy về chuyển đổi số" asks for the DTI.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    topics: tuple[str, ...]
    unit: str
    better: str
    parent: str


class IndicatorMention(NamedTuple):
    """``id`` of the catalogue; ``text[start:end]`` spans the words that name it (and what stands in a gap)."""

    id: str
    start: int
    end: int


@cache
def catalogue() -> Mapping[str, Indicator]:
    """Every indicator by id, in the order of the table."""
    return MappingProxyType(
        {
            row["id"]: Indicator(
                id=row["id"],
                name=row["name_vi"],
                aliases=(*listed(row["aliases"]), *listed(row["abbreviations"])),
                topics=listed(row["topics"]),
                unit=row["unit"],
                better=row["better"],
                parent=row["parent"],
            )
            for row in read_table("indicators.csv")
        }
    )


def children(parent: str) -> tuple[str, ...]:
    """Ids whose parent is ``parent``: the pillars and components of "dti"."""
    return tuple(indicator.id for indicator in catalogue().values() if indicator.parent == parent)


def is_index(indicator: str) -> bool:
    """Whether provinces are ranked and scored by it (DTI, PCI, ...), so that it has a rank and a score."""
    known = catalogue().get(indicator)
    return known is not None and known.unit == "hạng/điểm"


# --- finding them -------------------------------------------------------------------------------------------------

_GAP = 8
"""The most words that may stand between two parts of an alias."""

_BARRIER = frozenset(".;:!?\n")
"""Between the parts of an alias, or inside one, these end the search: the rest belongs to another statement."""

_ASKING = frozenset({"nao", "gi"})
"""Nor does an alias reach over these: "doanh nghiệp nào … chuyển đổi số" asks for the enterprise."""


class _Alias(NamedTuple):
    id: str
    parts: tuple[tuple[str, ...], ...]
    size: int


class _Aliases(NamedTuple):
    """``starting`` are aliases by their whole first part, ``sizes`` the lengths of those by first word: dozens of names
    begin with "tỷ lệ", and few with any four words."""

    starting: dict[tuple[str, ...], list[_Alias]]
    sizes: dict[str, set[int]]


@cache
def _aliases() -> _Aliases:
    table = _Aliases({}, {})
    known = set()
    for indicator in catalogue().values():
        for alias in (indicator.name, *indicator.aliases):
            parts = tuple(
                tuple(word.folded for word in expand_words(words(part))) for part in alias.split("(")[0].split("…")
            )
            if parts not in known:
                known.add(parts)
                table.starting.setdefault(parts[0], []).append(_Alias(indicator.id, parts, sum(map(len, parts))))
                table.sizes.setdefault(parts[0][0], set()).add(len(parts[0]))
    return table


class _Candidate(NamedTuple):
    id: str
    size: int
    places: tuple[int, ...]  # indexes of its own words


def find_indicators(text: str) -> list[IndicatorMention]:
    """Indicators that NFC ``text`` names, in reading order; no word serves two of them."""
    found = expand_words(words(text))
    candidates = sorted(_candidates(text, found), key=lambda c: (-c.size, c.places[-1] - c.places[0], c.places[0]))
    taken: set[int] = set()
    kept = []
    for candidate in candidates:
        if taken.isdisjoint(candidate.places):
            taken.update(candidate.places)
            kept.append(candidate)
    return sorted(
        (IndicatorMention(c.id, found[c.places[0]].start, found[c.places[-1]].end) for c in kept),
        key=lambda mention: (mention.start, mention.end),
    )


def _candidates(text: str, found: Sequence[Word]) -> Iterator[_Candidate]:
    table = _aliases()
    folded = tuple(word.folded for word in found)
    for i, word in enumerate(found):
        if word.folded not in table.sizes:
            continue
        if "_" in text[max(0, word.start - 1) : word.start] + text[word.end : word.end + 1]:
            continue  # QN_DTI is a province's own index, not the DTI
        for size in table.sizes[word.folded]:
            for alias in table.starting.get(folded[i : i + size], ()):
                if places := _match(text, found, i, alias):
                    yield _Candidate(alias.id, alias.size, places)


def _match(text: str, found: Sequence[Word], i: int, alias: _Alias) -> tuple[int, ...]:
    """Indexes of the words that bear ``alias`` from ``found[i]`` on; empty when it does not stand there."""
    if not _stands(text, found, i, alias.parts[0]):
        return ()
    places = list(range(i, i + len(alias.parts[0])))
    for part in alias.parts[1:]:
        here = places[-1] + 1
        for j in range(here, min(here + _GAP + 1, len(found))):
            if found[j].folded in _ASKING or not _BARRIER.isdisjoint(_between(text, found[j - 1], found[j])):
                return ()
            if found[j].folded == part[0] and _stands(text, found, j, part):
                places += range(j, j + len(part))
                break
        else:
            return ()
    return tuple(places)


def _stands(text: str, found: Sequence[Word], i: int, part: tuple[str, ...]) -> bool:
    run = found[i : i + len(part)]
    return tuple(word.folded for word in run) == part and all(
        _BARRIER.isdisjoint(_between(text, a, b)) or (a.text.isdigit() and b.text.isdigit()) for a, b in pairwise(run)
    )


def _between(text: str, left: Word, right: Word) -> str:
    return text[left.end : right.start]
