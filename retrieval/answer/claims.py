"""Whether free prose says only what its evidence bears: the part of the verifier that reads sentences a model wrote.

A figure in a sentence is read by the same rules that read figures out of articles; it must be one that a cited quote
states: the same value, unit, kind, province, indicator and period, told in the words of its own clause. A sentence
without figures must be an abridgement of one sentence of a quote. In doubt a sentence is not borne.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from retrieval.answer.claim_words import CONNECTING, denies, names_of, numbers_in, words
from retrieval.answer.draft import TARGET_WORDS, Line
from retrieval.answer.figure_claims import Numbered, bear_figures
from retrieval.lexicon.periods import find_periods
from retrieval.lexicon.provinces import find_provinces
from retrieval.text import fold, nfc, sentences, syllables
from retrieval.types import Article, Figure

ReadFigures = Callable[[Article], Sequence[Figure]]
"""The reader of the ledger (ingest.figures.extract): an article's figures, each with all that it is bound to."""

LONGEST = 600
"""Characters of one sentence."""

GAP = 8
"""Words of a quote that an abridgement may leave out in one place."""

LEAST = 3
"""Words that an abridgement must say."""

_PLAIN = re.compile(r"[\w\s.,;:()%“”\"'’‘/&+–—…-]+")


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
    return bear_figures(text, figures, cited)


def repeats(text: str, line: Line) -> bool:
    """Whether a sentence is a line of the composed answer, which was verified already, word for word."""
    return syllables(nfc(text)) == syllables(nfc(line.text))


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
    if len(content) < LEAST:
        return False
    told = [quote[span.start : span.end] for span in sentences(quote)]
    return any(
        denies(one) == denies(text)
        and bool(TARGET_WORDS.search(fold(one))) == bool(TARGET_WORDS.search(fold(text)))
        and _in_order(content, words(one))
        and _has_names(text, f"{one} {' '.join(main)}")
        for one in told
    )


def _in_order(content: Sequence[str], told: Sequence[str]) -> bool:
    """Whether ``content`` stands in ``told`` in this order, with at most GAP words left out between two of them."""
    reachable = {i for i, word in enumerate(told) if word == content[0]}
    for wanted in content[1:]:
        reachable = {j for i in reachable for j in range(i + 1, min(i + 2 + GAP, len(told))) if told[j] == wanted}
    return bool(reachable)


def _has_names(text: str, told: str) -> bool:
    """Whether every name of a sentence stands in the words told as it is written, and every number between its words;
    only a time, or a number that is part of a name, may stand before other words than there."""
    known = {number[2:] for number in numbers_in(told)}
    times = [(p.start, p.end) for p in find_periods(text)]
    for number in numbers_in(text):
        free = text[number.end : number.end + 1] == "," or any(a < number.end and number.start < b for a, b in times)
        if number[2:] not in known and not (free and any(number[2:4] == other[:2] for other in known)):
            return False
    return all(name in told for name in names_of(text))
