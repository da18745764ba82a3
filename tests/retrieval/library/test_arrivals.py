"""What came since: so that each new story is told once to those who watch."""

from retrieval.library import Library
from tests.retrieval.library.samples import article, put


def test_arrivals_are_those_after_an_id_oldest_first(library: Library) -> None:
    assert library.last_article_id() == 0
    first = put(library, article("Tỉnh mở lớp kỹ năng số.", "/a.txt"))
    assert library.last_article_id() == first
    second = put(library, article("Sở công bố bảng xếp hạng.", "/b.txt"))
    third = put(library, article("Chợ nhận thanh toán bằng mã QR.", "/c.txt"))
    came = library.arrivals(first)
    assert [arrival.article_id for arrival in came] == [second, third]
    assert [arrival.article.address for arrival in came] == ["/b.txt", "/c.txt"]
    assert all(arrival.is_new_story for arrival in came)
    assert library.arrivals(third) == []
