"""What an HTML page declares about its article: JSON-LD, OpenGraph, meta tags, canonical link."""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urljoin

from ingest.clean import squeeze
from ingest.readers.authors import person
from ingest.readers.publisher import domain_of
from ingest.stamps import date_in_address, read_machine_date
from retrieval.text import fold, nfc

_ARTICLE_TYPES = ("Article", "NewsArticle", "ReportageNewsArticle", "BlogPosting", "WebPage")  # the first found wins
_DATE_METAS = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "pubdate",
    "publishdate",
    "publish-date",
    "published_time",
    "article_date_original",
    "dc.date.issued",
    "dc.date",
    "dcterms.issued",
    "date",
)
_UPDATE_METAS = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "lastmod",
    "last-modified",
    "dcterms.modified",
)
_ARTICLE_ADDRESS = re.compile(r"https?://[^/\s\[\]]+/+[^/\s]")  # with a path: a home page is no article's address
_SITE_NAME = re.compile(
    r"(?:Báo|Tạp chí|Cổng|Trang|Đài|Thông tấn|Diễn đàn|Sở|Ủy ban|UBND|Ban|Bộ|Hội|Hiệp hội|Liên hiệp|Đảng bộ) "
)
_MOST = 0.5  # of a declared title
_SITE_LIMIT = 60  # characters of a site's name
_TITLE_JOINTS = (" | ", " - ", " – ", " — ", " :: ", " » ")


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """``description`` usually repeats how the article's lead begins."""

    title: str
    publisher: str | None
    url: str | None
    published: date | None
    description: str
    author: str | None
    updated: date | None


def read_metadata(tree: Any, address: str | None = None) -> PageMetadata:
    """Metadata of a parsed page (lxml), which was read from the URL ``address`` if that is known.

    What the page does not say is empty or None.
    """
    metas = _metas(tree)
    article = _json_ld_article(tree)
    url = _canonical(tree, metas, article, address) or address
    site = _site(metas, article)
    return PageMetadata(
        title=_title(tree, metas, article, site),
        publisher=site or (domain_of(url) if url else None),
        url=url,
        published=_published(tree, metas, article, url),
        description=metas.get("og:description") or metas.get("description", ""),
        author=_author(tree, metas, article),
        updated=_updated(tree, metas, article),
    )


def _metas(tree: Any) -> dict[str, str]:
    """The first value of each meta tag, by its lower-case name, property or itemprop."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        if name and (content := _words(meta.get("content"))):
            found.setdefault(name.strip().lower(), content)
    return found


def _json_ld_article(tree: Any) -> dict[str, Any]:
    objects: dict[str, dict[str, Any]] = {}
    for script in tree.xpath('//script[contains(@type, "ld+json")]'):
        try:
            data = json.loads(script.text or "", strict=False)
        except ValueError:
            continue  # broken by its content system; the other places may still tell
        for item in _json_objects(data):
            kinds = item.get("@type")
            for kind in kinds if isinstance(kinds, list) else [kinds]:
                objects.setdefault(str(kind), item)
    return next((objects[kind] for kind in _ARTICLE_TYPES if kind in objects), {})


def _json_objects(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, list):
        for item in data:
            yield from _json_objects(item)
    elif isinstance(data, dict):
        yield data
        yield from _json_objects(data.get("@graph"))


def _title(tree: Any, metas: dict[str, str], article: dict[str, Any], site: str | None) -> str:
    """The longest heading that the declared title holds (a blog's name may be a heading, too), else what is declared."""
    headings = [(h.tag, words) for h in tree.iter("h1", "h2", "h3") if (words := _words(h.text_content()))]
    declared = [metas.get("og:title", ""), *(_words(element.text_content()) for element in tree.iter("title"))]
    for title in declared:
        held = [words for tag, words in headings if _is_headline(title, words, tag)]
        if held:
            return max(held, key=len)
    if headline := _words(article.get("headline")):
        return headline
    for title in declared:
        if title:
            return _without_site(title, site)
    first = next(tree.iter("h1"), None)
    return _words(first.text_content()) if first is not None else ""


def _is_headline(title: str, heading: str, tag: str) -> bool:
    """Whether a declared title begins or ends with a heading; a lesser one must be most of it, or it heads a section."""
    whole, part = fold(title), fold(heading)
    enough = len(heading) > 10 and (tag == "h1" or len(heading) >= _MOST * len(title))
    return enough and (whole.startswith(part) or whole.endswith(part))


def site_in_title(tree: Any, headline: str) -> str | None:
    """The site, as what follows the headline in the page's title: "Headline | Tin Xứ Nghệ".

    A section may stand there, too: a site calls itself a paper, a portal and so on, or holds the page's rights.
    """
    for element in tree.iter("title"):
        words = _words(element.text_content())
        rest = words[len(headline) :] if headline and fold(words).startswith(fold(headline)) else ""
        joint = next((joint for joint in _TITLE_JOINTS if rest.startswith(joint)), "")
        name = rest.removeprefix(joint) if joint else ""
        if not 2 <= len(name) <= _SITE_LIMIT or any(other in name for other in _TITLE_JOINTS):
            continue
        if " " not in name and "." in name:
            return domain_of(name)
        rights = re.search(rf"(?:©|Bản quyền)[^\n]{{0,30}}{re.escape(name)}", nfc(tree.text_content()))
        if _SITE_NAME.match(name) or rights:
            return name
    return None


def _without_site(title: str, site: str | None) -> str:
    """ "Headline - Báo Bắc Ninh" -> "Headline": what follows the last joint is the site when it is so named."""
    for joint in _TITLE_JOINTS:
        head, found, tail = title.rpartition(joint)
        named = site and (fold(tail) in fold(site) or fold(site) in fold(tail))
        if (
            found
            and head.count(" ") >= 3
            and (named or tail.startswith(("Báo ", "Cổng ", "Tạp chí ", "Đài ")) or domain_of(tail))
        ):
            return head.strip()
    return title


def _site(metas: dict[str, str], article: dict[str, Any]) -> str | None:
    publisher = article.get("publisher")
    publisher = publisher[0] if isinstance(publisher, list) and publisher else publisher
    name = publisher.get("name") if isinstance(publisher, dict) else publisher
    for value in (metas.get("og:site_name", ""), _words(name)):
        if value:
            is_address = " " not in value and "." in value
            return (domain_of(value) or value) if is_address else value
    return None


def _canonical(tree: Any, metas: dict[str, str], article: dict[str, Any], address: str | None) -> str | None:
    page = article.get("mainEntityOfPage")
    page = page.get("@id") if isinstance(page, dict) else page
    links = [link.get("href") for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower()]
    for value in (*links, metas.get("og:url"), article.get("url"), page):
        url = _words(value)
        if url and address:
            url = urljoin(address, url)
        if _ARTICLE_ADDRESS.match(url):
            return url
    return None


def _published(tree: Any, metas: dict[str, str], article: dict[str, Any], url: str | None) -> date | None:
    stated = [_words(article.get("datePublished")), *(metas.get(name, "") for name in _DATE_METAS)]
    marked = tree.xpath('//*[@itemprop="datePublished"][not(self::meta)]')
    marked += tree.xpath('//time[contains(@class, "publish")] | //abbr[contains(@class, "publish")]')
    stated += [
        _words(item.get("datetime") or item.get("title") or item.get("content") or item.text_content())
        for item in marked
    ]
    for value in stated:
        if value and (day := read_machine_date(value)):
            return day
    return date_in_address(url) if url else None


def _author(tree: Any, metas: dict[str, str], article: dict[str, Any]) -> str | None:
    declared = article.get("author")
    declared = declared if isinstance(declared, list) else [declared]
    names = [person(_words(item.get("name") if isinstance(item, dict) else item)) for item in declared]
    if said := ", ".join(name for name in names if name):
        return said
    marked = tree.xpath('//*[@itemprop="author"] | //a[@rel="author"]')
    stated = [metas.get("author", ""), metas.get("article:author", ""), *(_words(e.text_content()) for e in marked)]
    return next((name for words in stated if (name := person(words))), None)


def _updated(tree: Any, metas: dict[str, str], article: dict[str, Any]) -> date | None:
    marked = tree.xpath('//*[@itemprop="dateModified"]')
    stated = [_words(article.get("dateModified")), *(metas.get(name, "") for name in _UPDATE_METAS)]
    stated += [_words(item.get("datetime") or item.get("content") or item.text_content()) for item in marked]
    return next((day for value in stated if value and (day := read_machine_date(value))), None)


def _words(value: object) -> str:
    return squeeze(nfc(html.unescape(value))) if isinstance(value, str) else ""
