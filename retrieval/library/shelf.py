"""What stands in the library, to be listed and looked up: articles, stories, versions, failures."""

from collections.abc import Iterable
from pathlib import Path

from retrieval.errors import LibraryError
from retrieval.library import article_rows, copies, failure_rows, figure_rows, retired_rows, version_rows, word_rows
from retrieval.library.files import DATABASE
from retrieval.library.opened import Opened
from retrieval.library.records import Arrival, FailedSource, Retired, Stats, StoredArticle, Version
from retrieval.types import Article


class Shelf(Opened):
    """The part of a Library that is asked what there is."""

    def articles(self) -> list[StoredArticle]:
        """In the order in which they were ingested."""
        with self._stores.reading() as connection:
            return article_rows.all_articles(connection)

    def newest(self, offset: int, limit: int) -> list[StoredArticle]:
        """Articles by the day they came out, the latest first; those of unknown date last."""
        with self._stores.reading() as connection:
            return article_rows.newest(connection, offset, limit)

    def article_ids(self) -> list[int]:
        with self._stores.reading() as connection:
            return article_rows.all_ids(connection)

    def article(self, article_id: int) -> StoredArticle | None:
        with self._stores.reading() as connection:
            return article_rows.by_id(connection, article_id)

    def articles_by_id(self, article_ids: Iterable[int]) -> dict[int, StoredArticle]:
        """Those of the ids that are live."""
        with self._stores.reading() as connection:
            return {stored.id: stored for stored in article_rows.by_ids(connection, list(article_ids))}

    def last_article_id(self) -> int:
        """Of the article that came last; 0 when there is none. Ids only grow."""
        with self._stores.reading() as connection:
            return article_rows.last_id(connection)

    def arrivals(self, after: int) -> list[Arrival]:
        """The articles that came after the one with that id, oldest first; of each story, the first one is new."""
        with self._stores.reading() as connection:
            came = article_rows.after(connection, after)
        first = {stored.story_id: stored.id for stored in reversed(came)}
        return [  # a story has the id of the article that first told it
            Arrival(s.id, s.article, s.story_id, s.story_id > after and first[s.story_id] == s.id) for s in came
        ]

    def story(self, story_id: int) -> list[StoredArticle]:
        """The articles that tell a story, oldest first."""
        with self._stores.reading() as connection:
            return article_rows.of_story(connection, story_id)

    def stories(self, article_ids: Iterable[int]) -> dict[int, int]:
        """The story of each of the articles that is live."""
        with self._stores.reading() as connection:
            return article_rows.stories(connection, list(article_ids))

    def history(self, name: str) -> list[Version]:
        """What the address of the article that ``find`` finds has said, oldest first, the present text last."""
        with self._stores.reading() as connection:
            stored = self.find(name)
            if stored is None:
                return []
            article = stored.article
            hash_ = article_rows.article_hash(article)
            figures = figure_rows.of_article(connection, stored.id, 0, None)
            return [
                *version_rows.of_address(connection, article.address),
                Version(article.title, article.published, hash_, stored.ingested_at, None, figures, article.text),
            ]

    def damage(self) -> str | None:
        """What is wrong with the pages of the database; None when nothing is. Reads all of it."""
        return copies.damage(self._stores.folder / DATABASE)

    def failures(self) -> list[FailedSource]:
        """Sources that could not be read when ingest last tried, in the order of time."""
        with self._stores.reading() as connection:
            return failure_rows.all_failures(connection)

    def retired(self) -> list[Retired]:
        """Articles that were gone at their source, in the order of time."""
        with self._stores.reading() as connection:
            return retired_rows.all_retired(connection)

    def find_retired(self, name: str) -> list[Retired]:
        """Those under an address, source, URL or path."""
        with self._stores.reading() as connection:
            return retired_rows.find(connection, name) or retired_rows.find(connection, str(Path(name).absolute()))

    def addresses(self) -> list[tuple[str, str]]:
        """Of all articles, with their sources."""
        with self._stores.reading() as connection:
            return article_rows.addresses(connection)

    def with_text(self, article: Article) -> list[StoredArticle]:
        """The articles that have exactly this text."""
        with self._stores.reading() as connection:
            return article_rows.by_text(connection, article)

    def find(self, name: str) -> StoredArticle | None:
        """The article under an address, source, URL or path. LibraryError when a name fits several."""
        with self._stores.reading() as connection:
            for address in (name, str(Path(name).absolute())):
                if stored := article_rows.by_address(connection, address):
                    return stored
            found = article_rows.by_source(connection, name)
        if len(found) > 1:
            addresses = "\n  ".join(stored.article.address for stored in found)
            raise LibraryError(
                f"{name} is the source of {len(found)} articles. Name one by its address:\n  {addresses}"
            )
        return found[0] if found else None

    def at(self, address: str) -> StoredArticle | None:
        """The article under exactly this address."""
        with self._stores.reading() as connection:
            return article_rows.by_address(connection, address)

    def hash_of(self, address: str) -> str | None:
        """What ``article_hash`` gives for the article of that address."""
        with self._stores.reading() as connection:
            return article_rows.hash_of(connection, address)

    def tells(self, url: str) -> bool:
        """Whether an article tells the page at ``url`` (our own rendering of a page's figures is no article)."""
        with self._stores.reading() as connection:
            return article_rows.tells(connection, url)

    def stats(self) -> Stats:
        with self._stores.reading() as connection:
            return article_rows.stats(connection)

    def size(self) -> int:
        """How many chunks there are."""
        with self._stores.reading() as connection:
            return word_rows.count_all(connection, "chunk")
