"""The same text under another address: one more source of its story where another publisher carries it, else a duplicate."""

from dataclasses import replace

import pytest

from retrieval.library import Library, Standing
from retrieval.types import Article
from tests.retrieval.library.samples import article, put

STORED = article("Dịch vụ công đạt 62%. Xã mở 14 điểm hỗ trợ.", "/bai.txt")
"""A file of https://example.vn/bai.txt, of Báo Mới Đây."""
SITE = "https://khac.vn/bai"
FURTHER = {
    "a page of another site": replace(STORED, address=SITE, url=SITE, publisher="Trang Khác"),
    "a saved page of another site": replace(STORED, address="/khac.html", url=SITE),
    "another site, its publisher unknown": replace(STORED, address=SITE, url=SITE, publisher=None),
}
DUPLICATES = {
    "the same text under another path": replace(STORED, address="/b.txt"),
    "another path, no URL": replace(STORED, address="/b.txt", url=None),
    "another path and publisher, no URL": replace(STORED, address="/b.txt", url=None, publisher="Trang Khác"),
    "the second address of a site": replace(STORED, address="https://example.vn/2", url="https://example.vn/2"),
    "the site for telephones": replace(STORED, address="https://m.example.vn/2", url="https://m.example.vn/2"),
    "another site that names the first one's URL": replace(STORED, address=SITE),
    "a second address that names another site": replace(STORED, address="https://www.example.vn/2", url=SITE),
    "our own rendering": replace(STORED, address=SITE, url=SITE, rendered=True),
    "a URL without a host": replace(STORED, address="/b.html", url="http://[", publisher=None),
}


@pytest.mark.parametrize("given", FURTHER.values(), ids=FURTHER)
def test_another_publisher_is_a_further_source(library: Library, given: Article) -> None:
    first = put(library, STORED)
    assert library.standing(given) is Standing.NEW
    put(library, given)
    assert [stored.article.address for stored in library.story(first)] == [STORED.address, given.address]
    assert library.standing(given) is Standing.UNCHANGED
    assert library.standing(replace(given, address=f"{given.address}/2")) is Standing.DUPLICATE  # of the second one


@pytest.mark.parametrize("given", DUPLICATES.values(), ids=DUPLICATES)
def test_what_names_no_other_publisher_is_a_duplicate(library: Library, given: Article) -> None:
    put(library, STORED)
    assert library.standing(given) is Standing.DUPLICATE


@pytest.mark.parametrize(
    ("publisher", "standing"),
    [("Trang Khác", Standing.NEW), ("báo mới đây", Standing.DUPLICATE), (None, Standing.DUPLICATE)],
)
def test_the_publisher_decides_where_the_stored_one_has_no_site(
    library: Library, publisher: str | None, standing: Standing
) -> None:
    put(library, replace(STORED, url=None))
    assert library.standing(replace(STORED, address=SITE, url=SITE, publisher=publisher)) is standing
