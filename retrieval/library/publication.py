"""Where an article came out. The same text at another publisher's is a further source of its story; else, a duplicate."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from retrieval.sites import site_of
from retrieval.text import fold
from retrieval.types import Article


@dataclass(frozen=True, slots=True)
class Publication:
    """``address``, ``url`` and ``publisher`` are those of an Article."""

    address: str
    url: str | None
    publisher: str | None

    @classmethod
    def of(cls, article: Article) -> Self:
        return cls(article.address, article.url, article.publisher)

    @property
    def site(self) -> str | None:
        """Where it was fetched from; of a file, where its URL says that it came out."""
        return site_of(self.address if "://" in self.address else self.url or "")

    def is_elsewhere(self, other: Self) -> bool:
        """Of another site; where one of the sites is not known, of another publisher."""
        if self.url == other.url:
            return False
        if self.site and other.site:
            return self.site != other.site
        if self.publisher and other.publisher:
            return fold(self.publisher) != fold(other.publisher)
        return False


def is_further_source(article: Article, tellers: Iterable[Publication]) -> bool:
    """Whether an article whose text has come out already as ``tellers`` is one more source of that story: it has a URL of
    its own, and none of them is of the same publisher. Our own rendering of tables is no source."""
    own = Publication.of(article)
    return bool(own.url) and not article.rendered and all(own.is_elsewhere(teller) for teller in tellers)
