"""What an article of the web is called: the address that it states for itself, and what its feed said of it."""

from collections.abc import Callable
from dataclasses import replace

from ingest.readers.headline import title_from
from ingest.sources import WebPage
from retrieval.errors import ReadError
from retrieval.sites import site_of
from retrieval.types import Article


def identified(article: Article, page: WebPage, held: Callable[[str], Article | None]) -> Article:
    """The article with its address; a title and a date that the page lacks are those of its feed, or of an earlier visit.

    A page under several addresses names one of them as its own (canonical). It is taken at its word unless that is of
    another site, or another article stands there already: some systems state one address on all their pages.
    """
    stated = _stated_address(article, page.url)
    before = held(stated)
    if stated != page.url and before and before.title not in (article.title, page.title):
        stated, before = page.url, held(page.url)
    title, published = article.title, article.published or page.published
    if title == title_from(article.text):  # the page has none
        title = page.title or (before.title if before and before.text == article.text else title)
    if published is None and before:
        published = before.published
    return replace(article, address=stated, url=article.url or page.url, title=title, published=published)


def _stated_address(article: Article, url: str) -> str:
    from ingest.sources.addresses import normal

    try:
        stated = normal(article.url) if article.url else url
    except ReadError:
        return url
    return stated if site_of(stated) == site_of(url) else url
