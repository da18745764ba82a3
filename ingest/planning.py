"""What an ingest of files would do: everything is read, nothing embedded, fetched or written."""

import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from ingest.pages import Pages
from ingest.pipeline import OnSource, Run
from ingest.report import Report
from retrieval.library import Library, Standing
from retrieval.types import Article


class NoLibrary:
    """There is none yet: every article is new."""

    def hash_of(self, address: str) -> str | None:
        return None

    def standing(self, article: Article) -> Standing:
        return Standing.NEW

    def tells(self, url: str) -> bool:
        return False


def plan(
    sources: Sequence[str | Path],
    library: Library | None,
    on_source: OnSource = lambda source: None,
    *,
    any_topic: bool = False,
) -> Report:
    """The report that ``ingest`` would give of the same files and folders."""
    began = time.monotonic()
    report = Report()
    held = library or cast(Library, NoLibrary())  # all that reading asks of one
    with Pages(held, threading.Event(), any_topic=any_topic) as pages:
        run = Run(held, pages, report, on_source, any_topic=any_topic, dry=True)
        for waiting in run.read_all(sources):
            run.enter(waiting)
    report.seconds = round(time.monotonic() - began, 3)
    return report
