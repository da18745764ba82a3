"""How well a page of a known story was read."""

from collections import Counter
from dataclasses import dataclass

from ingest.readers import read_article
from ingest.sources import Kind, RawDocument
from retrieval.text import fold, syllables
from tests.ingest.styles.page import StyledPage


@dataclass(frozen=True, slots=True)
class Score:
    """Shares of story words kept and of kept words that are the story's; the rest right or wrong."""

    style: str
    precision: float
    recall: float
    title: bool
    published: bool
    publisher: bool

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / max(self.precision + self.recall, 1e-9)


def measure(page: StyledPage) -> Score:
    article = read_article(RawDocument("trang.html", "/tmp/trang.html", page.html.encode(), Kind.HTML))
    truth = Counter(syllables(" ".join(page.story.words())))
    kept = Counter(syllables(article.text))
    shared = sum((truth & kept).values())
    return Score(
        page.style,
        shared / max(kept.total(), 1),
        shared / max(truth.total(), 1),
        fold(article.title) == fold(page.story.title),
        article.published == page.published,
        article.publisher == page.publisher,
    )
