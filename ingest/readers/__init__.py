"""One door in front of the readers: raw bytes in, an Article and its figures out."""

from dataclasses import replace

from ingest.describe import describe
from ingest.encoding import declared_charset, decode
from ingest.figures import extract
from ingest.readers.html import read_html
from ingest.readers.markdown import read_markdown
from ingest.readers.reference import read_figure_page
from ingest.readers.text import read_text
from ingest.sources.raw import Kind, RawDocument
from retrieval.errors import ReadError
from retrieval.types import Article, Figure

__all__ = ["read_article", "read_figures"]

_READERS = {Kind.TEXT: read_text, Kind.MARKDOWN: read_markdown, Kind.HTML: read_html}


def read_article(raw: RawDocument) -> Article:
    """The article in ``raw``. Raises ReadError that names the source and says what to do."""
    try:
        if raw.kind is Kind.FIGURES:
            return read_figure_page(raw)[0]
        declared = declared_charset(raw.data) if raw.kind is Kind.HTML else None
        if declared is None and raw.page:
            declared = raw.page.charset
        article = _READERS[raw.kind](decode(raw.data, declared), raw.source, raw.address)
        if not article.text:
            raise ReadError("it holds no article, only a title, menus or captions: save the whole page again")
    except ReadError as error:
        raise ReadError(f"Cannot read {raw.source}: {error}.") from error
    if article.provinces:
        return article
    return replace(article, provinces=describe(article.title, article.text))


def read_figures(raw: RawDocument, article: Article) -> list[Figure]:
    """The figures of the article in ``raw``: the rows of a table as they are, else what its sentences state."""
    return read_figure_page(raw)[1] if raw.kind is Kind.FIGURES else extract(article)
