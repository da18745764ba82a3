"""A question of several parts that the chain cannot answer as a whole: answered part by part.

A model may say what the parts are, and no more: each must be made of the question's own words, together they must hold
all of them, and each must be answered by the chain as any question is. Otherwise the refusal stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from retrieval.answer.draft import Draft
from retrieval.answer.neighbours import asks
from retrieval.text import fold
from retrieval.types import Query

MOST_PARTS = 3

Split = Callable[[str], Sequence[str]]
AnswerPart = Callable[[str], tuple[Query, Draft]]
"""A question -> what it was understood as, and its verified draft."""

_JOINED = re.compile(r"\b(?:va|dong thoi|con)\b|[;?].*\w")


def in_parts(query: Query, split: Split, answer: AnswerPart) -> Draft | None:
    """The answers to a question's parts as one; None where it has no parts or one of them is not answered."""
    if not query.terms or not (asks(query) > 1 or _JOINED.search(fold(query.standalone))):
        return None
    parts = list(dict.fromkeys(part.strip() for part in split(query.standalone)))
    if not 2 <= len(parts) <= MOST_PARTS:
        return None
    drafts: list[Draft] = []
    covered: set[object] = set()
    for part in parts:
        asked, draft = answer(part)
        if not draft.answered or not any(line.supports for line in draft.lines) or not _is_of(asked, query):
            return None
        drafts.append(draft)
        covered.update(asked.terms, asked.provinces, asked.periods)
    if not {*query.terms, *query.provinces, *query.periods} <= covered:
        return None
    return Draft(True, tuple(dict.fromkeys(line for draft in drafts for line in draft.lines)))


def _is_of(part: Query, whole: Query) -> bool:
    """Whether a part asks nothing that the whole does not."""
    return (
        set(part.terms) <= set(whole.terms)
        and set(part.provinces) <= set(whole.provinces)
        and set(part.periods) <= set(whole.periods)
        and set(part.indicators) <= set(whole.indicators)
    )
