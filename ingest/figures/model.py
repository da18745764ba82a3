"""A chat model that proposes the figures of an article, a part at a time."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ingest.figures.proposals import Proposal
from retrieval.llm import prompts
from retrieval.llm.chat import ModelFailure
from retrieval.llm.limited import LimitedChat
from retrieval.types import Article, FigureKind

log = logging.getLogger("tinhso.model")

USER = "ingest"
"""By whom the tokens of a day are counted."""

PART = 3000
"""Characters of an article that are read at once: few enough that the reply holds all their figures."""


@dataclass(frozen=True, slots=True)
class ModelProposer:
    """An ``ingest.figures.proposals.Proposer``. One that fails proposes nothing more, and says so in the log."""

    model: LimitedChat

    def propose(self, article: Article) -> list[Proposal]:
        found: list[Proposal] = []
        try:
            for part in _parts(article.text):
                *_, whole = self.model.ask(prompts.reading(article.title, part), prompts.FIGURES, USER)
                listed = whole.get("figures")
                found += [p for entry in listed if (p := _proposal(entry))] if isinstance(listed, list) else []
        except (ModelFailure, sqlite3.Error) as failure:
            log.warning("%s proposes no more figures of %s (%s)", self.model.name, article.source, failure)
        return found


def _parts(text: str) -> Iterator[str]:
    """Whole lines of a text, so many characters together."""
    part = ""
    for line in text.split("\n"):
        if part and len(part) + len(line) > PART:
            yield part
            part = ""
        part = f"{part}\n{line}" if part else line
    if part.strip():
        yield part


def _proposal(entry: Any) -> Proposal | None:
    """A proposal in the form asked for; None for any other."""
    if not isinstance(entry, dict):
        return None
    texts = [entry.get(key) for key in ("quote", "shown", "province", "indicator", "unit")]
    year = entry.get("year")
    if not all(isinstance(text, str) for text in texts) or not (year is None or type(year) is int):
        return None
    if entry.get("kind") not in {kind.value for kind in FigureKind}:
        return None
    quote, shown, province, indicator, unit = map(str, texts)
    return Proposal(quote, shown, province, indicator, unit, FigureKind(entry["kind"]), year)
