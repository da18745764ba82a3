"""Abbreviations of the domain (data/reference/glossary.csv): "CĐS" is chuyển đổi số, "cds" too."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from retrieval.lexicon.documents import find_document_numbers
from retrieval.lexicon.tables import Word, read_table, words
from retrieval.text import fold


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


@cache
def _last_parts() -> frozenset[str]:
    """Without one of these there is no abbreviation. The first parts ("sở" of "sở TTTT") are common words themselves."""
    return frozenset(a.parts[-1] for group in _abbreviations().values() for a in group if a.case != "upper")


def expand(folded: Sequence[str]) -> list[str]:
    """Folded syllables with abbreviations spelled out: ["dvctt"] -> ["dich", "vu", "cong", "truc", "tuyen"]."""
    parts = [part for syllable in folded for part in syllable.split("&")]
    if _last_parts().isdisjoint(parts):
        return parts  # nearly always: a question is weighed against hundreds of sentences
    return [word.folded for word in expand_words([Word(part, part, 0, 0) for part in parts])]


def spell_out(text: str) -> str:
    """NFC ``text`` with its abbreviations written out, document numbers left alone."""
    numbers = find_document_numbers(text, loose=True)
    found = words(text)
    written = ""
    at = 0
    for start, expansion in _expansions(found):
        first, last = found[start], found[start + len(expansion.parts) - 1]
        if any(span.start < last.end and first.start < span.end for span in numbers):
            continue
        written += text[at : first.start] + " ".join(word for word, _ in expansion.expansion)
        at = last.end
    return written + text[at:]


def expand_words(found: Sequence[Word]) -> list[Word]:
    """``found`` with abbreviations written out; the words of an expansion all carry the abbreviation's offsets."""
    expanded: list[Word] = []
    at = 0
    for i, abbreviation in _expansions(found):
        start, end = found[i].start, found[i + len(abbreviation.parts) - 1].end
        expanded += found[at:i]
        expanded += [Word(text, folded, start, end) for text, folded in abbreviation.expansion]
        at = i + len(abbreviation.parts)
    return [*expanded, *found[at:]]


def _expansions(found: Sequence[Word]) -> Iterator[tuple[int, _Abbreviation]]:
    table = _abbreviations()
    i = 0
    while i < len(found):
        if abbreviation := _at(table.get(found[i].folded, ()), found, i):
            yield i, abbreviation
            i += len(abbreviation.parts)
        else:
            i += 1


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
    return {fold(row["abbr"]): (row["expansion"], row["note"]) for row in read_table("glossary.csv")}


def meaning(abbreviation: str) -> str | None:
    """What an abbreviation stands for, with the note of the glossary where it has one; None when unknown."""
    entry = _entries().get(fold(abbreviation.strip()))
    return (entry[1] or entry[0]) if entry else None
