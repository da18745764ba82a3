"""Abbreviations of the domain (data/reference/glossary.csv): "CĐS" is chuyển đổi số, "cds" too."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from retrieval.lexicon.tables import Word, read_table, words


class _Abbreviation(NamedTuple):
    parts: tuple[str, ...]  # folded
    case: str  # "always", "upper" or "lower": in which case it stands for its expansion
    expansion: tuple[tuple[str, str], ...]  # word as written, folded


@cache
def _abbreviations() -> dict[str, tuple[_Abbreviation, ...]]:
    """Folded first word -> abbreviations, those of more words first."""
    found: dict[str, list[_Abbreviation]] = {}
    for row in read_table("glossary.csv"):
        if row["expand"]:
            parts = tuple(word.folded for word in words(row["abbr"]))
            expansion = tuple((word.text.lower(), word.folded) for word in words(row["expansion"]))
            found.setdefault(parts[0], []).append(_Abbreviation(parts, row["expand"], expansion))
    return {first: tuple(sorted(group, key=lambda a: -len(a.parts))) for first, group in found.items()}


def expand(found: Sequence[Word]) -> list[Word]:
    """``found`` with abbreviations written out; the words of an expansion all carry the abbreviation's offsets."""
    table = _abbreviations()
    expanded: list[Word] = []
    i = 0
    while i < len(found):
        abbreviation = _at(table.get(found[i].folded, ()), found, i)
        if abbreviation is None:
            expanded.append(found[i])
            i += 1
            continue
        start, end = found[i].start, found[i + len(abbreviation.parts) - 1].end
        expanded += [Word(text, folded, start, end) for text, folded in abbreviation.expansion]
        i += len(abbreviation.parts)
    return expanded


def _at(candidates: tuple[_Abbreviation, ...], found: Sequence[Word], i: int) -> _Abbreviation | None:
    for candidate in candidates:
        run = found[i : i + len(candidate.parts)]
        if (
            tuple(word.folded for word in run) == candidate.parts
            and run[-1].end - run[0].start <= sum(len(word.text) for word in run) + len(run) - 1
            and (
                candidate.case == "always"
                or (candidate.case == "upper" and run[0].text[-1:].isupper())
                or (candidate.case == "lower" and run[0].text.islower())
            )
        ):
            return candidate
    return None


@cache
def _entries() -> dict[str, tuple[str, str]]:
    return {row["abbr"].casefold(): (row["expansion"], row["note"]) for row in read_table("glossary.csv")}


def meaning(abbreviation: str) -> str | None:
    """What an abbreviation stands for, with the note of the glossary where it has one; None when unknown."""
    entry = _entries().get(abbreviation.strip().casefold())
    return (entry[1] or entry[0]) if entry else None
