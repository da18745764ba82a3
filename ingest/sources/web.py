"""Pages of the web, given by their addresses or by the feeds and sitemaps that name them."""

import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import httpcore

from ingest.sources.addresses import Guard, normal, shown
from ingest.sources.connections import Stopped
from ingest.sources.contents import KINDS, documents
from ingest.sources.crawl import Found, Job, crawl
from ingest.sources.feeds import Entry, read_feed
from ingest.sources.fetching import Fetched, Fetcher, Gone, Manners, NotModified
from ingest.sources.isolation import printable, told
from ingest.sources.media import Listing, ending_of, listing_of, unpacked
from ingest.sources.raw import RawDocument, Unchanged, Unreadable, WebPage
from ingest.sources.sitemaps import read_sitemap
from ingest.sources.visits import TextAt, Visits
from retrieval.errors import ReadError, TinhSoError
from retrieval.library import Library
from retrieval.settings import load_settings

_DEEPEST = 3  # an index of sitemaps, a sitemap, and one more
_READERS = {Listing.FEED: read_feed, Listing.SITEMAP: read_sitemap}


@dataclass(frozen=True, slots=True)
class _Listed:
    """A list of pages that was fetched."""

    job: Job
    found: Fetched
    entries: list[Entry]


_Outcome = _Listed | list[Found]


def open_web(library: Library, stop: threading.Event, *, any_topic: bool = False) -> "Web":
    """The web as the settings allow it, for one run into ``library``; with ``any_topic`` pages that were left out are
    looked at again. Raises SettingsError, LibraryError."""
    settings = load_settings()

    def text_at(address: str) -> str | None:
        stored = library.at(address)
        return stored.article.text if stored else None

    return Web(
        library.folder,
        text_at,
        guard=Guard(settings.allow_private_addresses),
        manners=Manners(settings.fetch_delay, settings.fetch_seconds),
        stop=stop,
        left_out=not any_topic,
    )


class Web:
    """The web for one run, in which no address is fetched twice."""

    def __init__(
        self,
        folder: Path,
        text_at: TextAt,
        *,
        guard: Guard,
        manners: Manners,
        stop: threading.Event,
        left_out: bool = True,
        network: httpcore.NetworkBackend | None = None,
    ) -> None:
        """``folder`` keeps what is known of earlier visits; ``text_at`` tells what the library holds of them."""
        self._stop, self._halt = stop, threading.Event()
        self._visits = Visits(folder, text_at, left_out=left_out)
        self._fetcher = Fetcher(guard, manners, self._halt, self._visits.conditions, network)
        self._seen: set[str] = set()

    def documents(self, urls: Iterable[str]) -> Iterator[Found]:
        """What the addresses give, in their order; in the place of a feed or sitemap what it names.

        Ends early once the run is to stop. Called once.
        """
        given = list(self._jobs((Entry(url) for url in urls), named_by=None))
        yield from crawl(given, self._visit, self._expand, self._stop, self._halt)

    def settled(self, page: WebPage, address: str | None) -> None:
        """The article made of a page is in the library under ``address`` (None: none was to be made).

        From now on an unchanged page costs one conditional request. One that is not settled is fetched whole again.
        """
        self._visits.keep_page(page.url, page.etag, page.modified, address)
        if page.asked != page.url:
            self._visits.keep_page(page.asked, None, None, address)

    def longest_unasked(self, urls: Iterable[str]) -> list[str]:
        """``urls`` in the order in which they were last asked for, the oldest first."""
        return sorted(urls, key=self._visits.asked_at)

    def held_under(self, url: str) -> str | None:
        """The address of the article that was made of what ``url`` gave."""
        return self._visits.address(url)

    def close(self) -> None:
        self._halt.set()
        self._visits.close()

    def _jobs(self, entries: Iterable[Entry], named_by: Job | None) -> Iterator[Job | Found]:
        """Those not met before in this run."""
        for entry in entries:
            try:
                url = normal(entry.url)
            except ReadError as error:
                source = printable(shown(entry.url))
                yield Unreadable(source, f"Cannot fetch {source}: {error}.")
                continue
            if url not in self._seen:
                self._seen.add(url)
                yield Job(url, replace(entry, url=url), named_by.depth + 1) if named_by else Job(entry.url, Entry(url))

    def _visit(self, job: Job) -> _Outcome:
        """Runs on a thread of the crawl."""
        url, source = job.entry.url, job.source
        try:
            if job.entry.changed and self._visits.is_current(url, job.entry.changed):
                return [Unchanged(source, self._visits.address(url))]
            found = self._fetcher.fetch(url)
            if isinstance(found, NotModified):
                self._visits.confirm(url, found.url)
                return [Unchanged(source, self._visits.address(found.url))]
            found = replace(found, data=unpacked(found.data))
            if listing := listing_of(found.data):
                if job.depth >= _DEEPEST:
                    raise ReadError("it is a list inside lists inside lists: give the pages it names, or their sitemap")
                return _Listed(job, found, _READERS[listing](found.data, found.url))
            return _documents(job, found)
        except ReadError as error:
            return [Unreadable(source, f"Cannot fetch {source}: {error}.", url if isinstance(error, Gone) else "")]
        except Stopped:
            return []
        except TinhSoError:
            raise  # the file of visits: no page would fare better
        except Exception as error:  # a fault of ours on one page must not cost the thousands after it
            return [Unreadable(source, told(source, error))]

    def _expand(self, outcome: _Outcome) -> Sequence[Job | Found]:
        if not isinstance(outcome, _Listed):
            return outcome
        found, asked = outcome.found, outcome.job.entry.url
        named = []
        for entry in outcome.entries:
            try:
                named.append(normal(entry.url))
            except ReadError:
                continue  # told below
        self._visits.keep_listing(found.url, found.etag, found.modified, named)
        if asked != found.url:
            self._visits.keep_listing(asked, None, None, named)
        return list(self._jobs(outcome.entries, named_by=outcome.job))


def _documents(job: Job, found: Fetched) -> list[Found]:
    ending = ending_of(found.media_type, found.url, found.data)
    entry = job.entry
    page = WebPage(entry.url, found.url, found.charset, found.etag, found.modified, entry.title, entry.published)
    read = list(documents(job.source, found.url, found.data, ending=ending))
    if ending in KINDS:
        return [replace(d, page=page) if isinstance(d, RawDocument) else d for d in read]
    return list(read)  # many articles: no page is any one of them
