""" "A, B và C lần lượt đạt x, y và z": each number with its own province, indicator or period."""

import re
from collections.abc import Sequence
from typing import Any

from ingest.figures.sentence import Sentence
from ingest.numbers import Number

_RESPECTIVELY = re.compile(r"lan luot|tuong ung")
# What may stand between the numbers of one enumeration.
_BETWEEN = re.compile(r"[ ,;]*(?:va )?(?:thu |hang |diem[ ,]*(?:va )?|%[ ,]*(?:va )?|/\d+[ ,]*(?:va )?)*")

NEAR = 200
"""Characters before "lần lượt" from which numbers may belong to the enumeration."""


def enumerated(sentence: Sentence) -> dict[int, dict[str, Any]]:
    """By the start of each number of an enumeration, the fields of types.Figure that are its own."""
    at = _RESPECTIVELY.search(sentence.folded)
    chain = _chain(sentence, at.start() - NEAR) if at else []
    if len(chain) < 2:
        return {}
    start = chain[0].start
    slots: dict[str, Sequence[Any]] = {
        "province": [p.name for p in sentence.provinces if p.end <= start],
        "indicator": [m.id for m in sentence.indicators if m.end <= start],
        "period": [p.period for p in sentence.periods if p.end <= start],
    }
    whole = {slot: values for slot, values in slots.items() if len(values) == len(chain)}
    return {n.start: {slot: values[i] for slot, values in whole.items()} for i, n in enumerate(chain)}


def _chain(sentence: Sentence, start: int) -> list[Number]:
    """The numbers of one unit that follow upon one another."""
    chain: list[Number] = []
    for number in sentence.numbers:
        follows = not chain or (
            number.unit == chain[-1].unit and _BETWEEN.fullmatch(sentence.folded, chain[-1].end, number.start)
        )
        if number.start > start and follows:
            chain.append(number)
    return chain
