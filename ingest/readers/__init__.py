"""One door in front of the readers: raw bytes in, an Article and its figures out."""

from dataclasses import dataclass, replace

from ingest.describe import describe
from ingest.encoding import declared_charset, from_glyphs, read_bytes
from ingest.figures import extract
from ingest.readers.docx import read_docx
from ingest.readers.html import read_html
from ingest.readers.markdown import read_markdown
from ingest.readers.mhtml import page_of
from ingest.readers.pdf import read_pdf
from ingest.readers.record import read_record
from ingest.readers.reference import read_figure_page
from ingest.readers.text import read_text
from ingest.sources.raw import Kind, RawDocument
from ingest.stamps import date_in_address
from retrieval.errors import ReadError
from retrieval.text import nfc
from retrieval.types import Article, Figure

__all__ = ["Reading", "read", "read_article", "read_figures"]

_READERS = {Kind.TEXT: read_text, Kind.MARKDOWN: read_markdown, Kind.RECORD: read_record}


@dataclass(frozen=True, slots=True)
class Reading:
    """An article, and the encoding that it was converted from: "" where nothing needed to be."""

    article: Article
    encoding: str = ""


def read(raw: RawDocument) -> Reading:
    """The article in ``raw``. Raises ReadError that names the source and says what to do."""
    try:
        reading = _read(raw)
        article = reading.article
        if not article.text:
            raise ReadError("it holds no article, only a title, menus or captions: save the whole page again")
    except ReadError as error:
        raise ReadError(f"Cannot read {raw.source}: {str(error).rstrip('.')}.") from error
    if raw.kind is Kind.FIGURES:
        return reading
    url = article.url or (raw.address if raw.address.startswith(("http://", "https://")) else None)
    known = replace(
        article,
        url=url,
        published=article.published or (date_in_address(url) if url else None),
        provinces=article.provinces or describe(article.title, article.text),
    )
    return replace(reading, article=known)


def read_article(raw: RawDocument) -> Article:
    """The article alone. Raises ReadError."""
    return read(raw).article


def read_figures(raw: RawDocument, article: Article) -> list[Figure]:
    """The figures of the article in ``raw``: the rows of a table as they are, else what its sentences state."""
    return read_figure_page(raw)[1] if raw.kind is Kind.FIGURES else extract(article)


def _read(raw: RawDocument) -> Reading:
    if raw.kind is Kind.FIGURES:
        return Reading(read_figure_page(raw)[0])
    if raw.kind is Kind.PDF:
        return Reading(*read_pdf(raw.data, raw.source, raw.address))
    if raw.kind is Kind.DOCX:
        return Reading(*read_docx(raw.data, raw.source, raw.address))
    if raw.kind is Kind.MHTML:
        page, saved_from = page_of(raw.data)
        read_page = read_html(page.text, raw.source, raw.address, saved_from)
        return Reading(read_page[0], page.encoding or read_page[1])
    if raw.kind is Kind.HTML:
        served_as = raw.page.charset if raw.page else None
        page = read_bytes(raw.data, served_as, declared_charset(raw.data))
        read_page = read_html(page.text, raw.source, raw.address)
        return Reading(read_page[0], page.encoding or read_page[1])
    decoded = read_bytes(raw.data, raw.page.charset if raw.page else None)
    glyphs = from_glyphs(decoded.text) if not decoded.encoding else decoded
    words = (
        glyphs.text.replace("\t", "  ") if raw.kind is Kind.TEXT else glyphs.text
    )  # a tab parts columns, a blank words
    article = _READERS[raw.kind](nfc(words), raw.source, raw.address)
    return Reading(article, glyphs.encoding)
