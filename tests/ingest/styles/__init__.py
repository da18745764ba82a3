"""Pages in the styles of unlike sites around made-up stories: what the readers of pages are measured by."""

from tests.ingest.styles import heldout, heldout_later, interruptions, newspapers, portals, systems
from tests.ingest.styles.page import StyledPage

PAGES: tuple[StyledPage, ...] = (*newspapers.pages(), *portals.pages(), *systems.pages(), *interruptions.pages())
HELD_OUT: tuple[StyledPage, ...] = (*heldout.pages(), *heldout_later.pages())

__all__ = ["HELD_OUT", "PAGES", "StyledPage"]
