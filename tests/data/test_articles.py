"""The starter digests: whole front matter, and no figure that their page does not state.

Most digests name a page of data/reference: each number they print must stand in that page's rows. The five digests of
articles without an address are held against the articles themselves, where those are at hand (TINHSO_SEEDS, or
../shared/seeds beside the repository): nothing invented, nothing forgotten, no sentence copied.
"""

import os
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

import frontmatter
import pytest

from retrieval.lexicon.provinces import canonical, current_name
from retrieval.lexicon.tables import read_table
from retrieval.text import nfc, sentences, syllables

ROOT = Path(__file__).resolve().parents[2]
SEEDS = Path(os.environ.get("TINHSO_SEEDS", ROOT.parent / "shared" / "seeds"))
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
FIGURE = re.compile(r"\d+(?:[.,]\d+)*%|(?<![\d/])\d+/(?!20\d\d)\d+(?![\d/])|\d+,\d+")
"""What only a statistic looks like: 56,83%  7/63  0,7804. Not 10/2023 or 20/11/2024."""
ROUNDED = re.compile(r"\b(?:gần|hơn|trên|khoảng) \d+(?:[.,]\d+)*", re.IGNORECASE)
"""A headline may round: "Hơn 1.800 tổ"."""
LIST_MARK = re.compile(r"^\d+\. ", re.MULTILINE)
BY_NAME = re.compile(r"Nghị quyết(?: số)? 57\b|Đề án 06\b")
"""National programmes are called by their number; their pages need not repeat it."""
COPIED_WORDS = 12
ADDRESS = {"source_url", "published_estimate"}


class Digest(NamedTuple):
    path: Path
    title: str
    publisher: str
    url: str | None
    published: date | None
    provinces: list[str]
    body: str


def read_digest(path: Path) -> Digest:
    page = frontmatter.load(str(path))
    given = page.metadata
    return Digest(
        path=path,
        title=given["title"],
        publisher=given["publisher"],
        url=given.get("url"),
        published=given.get("published"),
        provinces=given["provinces"],
        body=page.content,
    )


DIGESTS = [read_digest(path) for path in sorted((ROOT / "data" / "articles").glob("*.md"))]
each_digest = pytest.mark.parametrize("digest", DIGESTS, ids=lambda digest: digest.path.stem)
each_seed = pytest.mark.parametrize(
    "digest", [digest for digest in DIGESTS if digest.url is None], ids=lambda digest: digest.path.stem
)


@cache
def pages() -> dict[str, list[dict[str, str]]]:
    """Rows of the reference tables by the address of their page."""
    found: dict[str, list[dict[str, str]]] = {}
    for name in ("dti_ranks", "figures", "milestones"):
        for row in read_table(f"{name}.csv"):
            found.setdefault(row["source_url"], []).append(row)
    return found


def numbers(text: str) -> set[str]:
    """Numbers as printed, leading zeros of dates apart: "01/7/2025" -> {"1", "7", "2025"}."""
    return {re.sub(r"^0+(?=\d)", "", number) for number in NUMBER.findall(text)}


def seed_of(digest: Digest) -> str:
    found = list(SEEDS.glob(f"{digest.path.stem.split('-')[1]}_*.txt"))
    if not found:
        pytest.skip(f"{SEEDS}: the article of this digest is not at hand")
    return nfc(found[0].read_text(encoding="utf-8"))


def is_province(name: str) -> bool:
    """Of the 63 or of the 34; or the country."""
    known = canonical(name)
    return name == "Cả nước" or (known is not None and name in (known, current_name(known)))


@each_digest
def test_front_matter_is_whole(digest: Digest) -> None:
    for text in (digest.title, digest.publisher, digest.body):
        assert isinstance(text, str) and text.strip()
    assert digest.provinces or digest.path.name.startswith("national-"), "name the provinces it is about"
    assert all(is_province(province) for province in digest.provinces)
    assert digest.url or digest.path.name.startswith("seed-")
    assert digest.published is None or type(digest.published) is date, "published is YYYY-MM-DD, or left out"
    raw = digest.path.read_text(encoding="utf-8")
    assert raw == nfc(raw)


def test_the_corpus_is_wide_enough() -> None:
    assert len(DIGESTS) >= 40
    assert len({province for digest in DIGESTS for province in digest.provinces} - {"Cả nước"}) >= 25
    urls = [digest.url for digest in DIGESTS if digest.url]
    assert len(set(urls)) == len(urls), "one page, one digest"


@each_digest
def test_numbers_stand_in_the_rows_of_its_page(digest: Digest) -> None:
    if digest.url is None:
        pytest.skip("its page has no address")
    rows = pages().get(digest.url)
    if rows is None:
        assert not FIGURE.search(digest.body), "a figure needs its row in data/reference"
        return
    known = numbers(" ".join(cell for row in rows for column, cell in row.items() if column not in ADDRESS))
    text = ROUNDED.sub("", digest.title) + "\n" + LIST_MARK.sub("", digest.body)
    printed = numbers(BY_NAME.sub("", text))
    assert sorted(printed - known) == []
    assert digest.publisher == rows[0]["publisher"]
    assert digest.published is None or str(digest.published) == rows[0]["published"]


@each_seed
def test_seed_digest_states_the_figures_of_its_article(digest: Digest) -> None:
    article = seed_of(digest)
    assert sorted(numbers(digest.body) - numbers(article)) == []
    assert [figure for figure in FIGURE.findall(article) if figure not in digest.body] == [], "forgotten"


@each_seed
def test_seed_digest_copies_no_sentence(digest: Digest) -> None:
    def runs(text: str) -> set[str]:
        spans = [syllables(text[start:end]) for start, end in sentences(text)]
        return {" ".join(words[i : i + COPIED_WORDS]) for words in spans for i in range(len(words) - COPIED_WORDS + 1)}

    assert sorted(runs(digest.body) & runs(seed_of(digest))) == []
