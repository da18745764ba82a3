"""Sitemaps and indexes of sitemaps (sitemaps.org), with what Google's news extension adds."""

from datetime import UTC, datetime, time, timedelta
from urllib.parse import urljoin
from xml.etree.ElementTree import Element, ParseError

from ingest.sources.feeds import Entry, readable
from ingest.sources.signs import possible_xml
from ingest.stamps import read_machine_date
from retrieval.errors import ReadError
from retrieval.text import nfc

_LAST_YEAR = 2100
_NEWS = "/sitemap-news/"


def read_sitemap(data: bytes, url: str) -> list[Entry]:
    """What the sitemap at ``url`` names, in its order: pages, or further sitemaps of an index. Raises ReadError."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        try:
            root = fromstring(data)
        except ParseError:
            root = fromstring(possible_xml(data))
    except ParseError as error:
        raise ReadError(f"the sitemap is damaged ({error}): tell its publisher") from error
    except DefusedXmlException as error:
        raise ReadError("the sitemap defines entities, as attacks do: it is not read") from error
    return [entry for item in root if (entry := readable(_entry, item, url))]


def _entry(item: Element, url: str) -> Entry | None:
    if not (place := _said(item, "loc")):
        return None
    published = _said(item, "publication_date", _NEWS)
    return Entry(
        urljoin(url, place),
        _said(item, "title", _NEWS),
        read_machine_date(published) if published else None,
        _moment(_said(item, "lastmod")),
    )


def _said(item: Element, name: str, extension: str = "") -> str:
    """The text of the element ``name``: a child of ``item``, or one that an extension put below it."""
    for element in item.iter() if extension else item:
        space, _, local = str(element.tag).rpartition("}")
        if local == name and extension in space:
            return nfc(" ".join((element.text or "").split()))
    return ""


def _moment(lastmod: str) -> datetime | None:
    """The last moment that ``lastmod`` (W3C datetime) can mean: a bare day ends when it has ended everywhere."""
    try:
        moment = datetime.fromisoformat(lastmod)
    except ValueError:
        return None
    if moment.year > _LAST_YEAR:
        return None  # "9999-12-31" says nothing
    if "T" not in lastmod:
        return datetime.combine(moment.date(), time.min, UTC) + timedelta(hours=36)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC) + timedelta(hours=12)
