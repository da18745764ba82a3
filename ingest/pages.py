"""Pages of the web in a run: fetched when there are any, given their names, and settled once their articles are in."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Self

from ingest.identity import identified
from ingest.sources import Found, Unchanged, WebPage, find
from retrieval.library import Library
from retrieval.types import Article

if TYPE_CHECKING:
    from ingest.sources.web import Web


class Pages:
    """Of one run into ``library``. What is no page of the web passes through untouched."""

    def __init__(self, library: Library, stop: threading.Event, *, any_topic: bool = False) -> None:
        self._library, self._stop, self._any_topic = library, stop, any_topic
        self._web: Web | None = None
        self._met: dict[str, Article | None] = {}
        """By address, without their texts; None for one that had not changed."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._web:
            self._web.close()

    def documents(self, sources: Sequence[str | Path]) -> Iterator[Found]:
        """What the sources give, until the run is to stop."""
        for document in find(sources, self._opened):
            if self._stop.is_set():
                return
            if isinstance(document, Unchanged) and document.address:
                self._met.setdefault(document.address, None)
            yield document

    def named(self, article: Article, page: WebPage | None) -> tuple[Article, bool]:
        """The article under its address, and whether this run has met that address already."""
        if page is None:
            return article, False
        article = identified(article, page, self._held)
        met = article.address in self._met
        self._met.setdefault(article.address, replace(article, text=""))
        return article, met

    def settled(self, page: WebPage | None, address: str | None) -> None:
        """The article made of a page is in the library under ``address``; None: none was to be made of it."""
        if page:
            self._opened().settled(page, address)

    def held_under(self, asked: str) -> Article | None:
        """The article that an earlier visit to that address gave."""
        names = (self._opened().held_under(asked), asked)
        found = (self._library.at(name) for name in names if name)
        return next((stored.article for stored in found if stored), None)

    def longest_unasked(self, urls: Sequence[str]) -> list[str]:
        return self._opened().longest_unasked(urls) if urls else []

    def _held(self, address: str) -> Article | None:
        if met := self._met.get(address):
            return met
        stored = self._library.at(address)
        return stored.article if stored else None

    def _opened(self) -> "Web":
        if self._web is None:
            from ingest.sources.web import open_web

            self._web = open_web(self._library, self._stop, any_topic=self._any_topic)
        return self._web
