"""Regions of the country (data/reference/regions.csv) and where a text names one: "các tỉnh Tây Nguyên", "dbscl"."""

from functools import cache
from typing import NamedTuple

from retrieval.lexicon.tables import listed, read_table, words


class RegionMention(NamedTuple):
    """``name`` is that of the table; the text says it at ``text[start:end]``."""

    name: str
    start: int
    end: int


@cache
def _regions() -> dict[str, tuple[str, ...]]:
    return {row["name"]: listed(row["provinces"]) for row in read_table("regions.csv")}


@cache
def _spellings() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Folded first word -> (folded words, region), longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for row in read_table("regions.csv"):
        for spelling in (row["name"], *listed(row["aliases"])):
            parts = tuple(word.folded for word in words(spelling))
            found.setdefault(parts[0], []).append((parts, row["name"]))
    return {first: sorted(group, key=lambda entry: -len(entry[0])) for first, group in found.items()}


def provinces_of(region: str) -> tuple[str, ...]:
    """The provinces (of the 63) of a region by its name in the table."""
    return _regions()[region]


def find_regions(text: str) -> list[RegionMention]:
    """Regions that NFC ``text`` names, diacritics or not, in reading order, never overlapping."""
    found = words(text)
    mentions: list[RegionMention] = []
    i = 0
    while i < len(found):
        size = 0
        for parts, region in _spellings().get(found[i].folded, ()):
            run = found[i : i + len(parts)]
            if tuple(word.folded for word in run) == parts:
                mentions.append(RegionMention(region, run[0].start, run[-1].end))
                size = len(parts)
                break
        i += size or 1
    return mentions
