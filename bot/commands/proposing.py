"""What a chat model adds to articles that have just been ingested: figures that the rules missed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.commands.opening import note, open_model
from retrieval.errors import LibraryError

if TYPE_CHECKING:
    from retrieval.library import Library
    from retrieval.settings import Settings


def propose_figures(settings: Settings, library: Library, sources: Sequence[str]) -> int:
    """Adds the figures that the text bears; how many. Nothing unless TINHSO_LLM_FIGURES is set and a model is named."""
    if not settings.llm_figures or not sources:
        return 0
    model = open_model(settings)
    if model is None:
        note("TINHSO_LLM_FIGURES needs a chat model: set TINHSO_LLM, too.")
        return 0
    from ingest.figures.model import ModelProposer
    from ingest.figures.proposals import accepted

    proposer = ModelProposer(model)
    added = 0
    for source in sources:
        try:
            stored = library.find(source)
        except LibraryError:
            continue  # several articles of one source
        if stored is None:
            continue
        known = library.figures_of(stored.id)
        figures = accepted(stored.article, known, proposer.propose(stored.article))
        if figures and library.add_figures(stored.id, figures):
            added += len(figures)
    if added:
        note(f"{added} figures read by the model")
    return added
