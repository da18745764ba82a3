"""What pages say of themselves: author, day of update, canonical address, and dates that stand in an address."""

from datetime import date

import pytest

from ingest.readers import read_article
from ingest.readers.authors import author_in, person
from ingest.sources import Kind, RawDocument
from retrieval.types import Article

BODY = (
    "<p>Tỉnh Kon Tum lắp 64 trạm 4G ở các làng vùng sâu trong năm 2024, nâng tỷ lệ phủ sóng lên 97%.</p>"
    "<p>Người dân làng Đăk Ang nay gọi được điện thoại ngay trên rẫy, khỏi phải leo đồi bắt sóng.</p>"
)


def page(head: str = "", before: str = "", after: str = "", address: str = "/tmp/a.html") -> Article:
    html = f"<html><head><title>Kon Tum phủ sóng làng xa</title>{head}</head><body><h1>Kon Tum phủ sóng làng xa</h1>{before}{BODY}{after}</body></html>"
    return read_article(RawDocument(address, address, html.encode(), Kind.HTML))


@pytest.mark.parametrize(
    ("head", "before", "after", "author"),
    [
        ('<meta name="author" content="Y Nhàn">', "", "", "Y Nhàn"),
        ('<meta name="author" content="Báo Kon Tum">', "", "", None),
        ('<meta property="article:author" content="https://facebook.com/x">', "", "", None),
        ('<script type="application/ld+json">{"@type":"NewsArticle","author":[{"name":"Y Nhàn"},{"name":"A Thút"}]}</script>', "", "", "Y Nhàn, A Thút"),
        ('<script type="application/ld+json">{"@type":"NewsArticle","author":{"name":"admin"}}</script>', "", "", None),
        ("", '<a rel="author" href="/x">Y Nhàn</a>', "", "Y Nhàn"),
        ("", "", "<p>Tin, ảnh: Y Nhàn</p>", "Y Nhàn"),
        ("", "<p>Tác giả: Y Nhàn - A Thút</p>", "", "Y Nhàn - A Thút"),
        ("", "", "<p>Nguồn: Cổng TTĐT tỉnh</p>", None),
        ("", "", "", None),
    ],
)  # fmt: skip
def test_authors(head: str, before: str, after: str, author: str | None) -> None:
    assert page(head, before, after).author == author


def test_names_of_persons_only() -> None:
    assert author_in(["Nội dung: Mai Lam | Thiết kế: Tú Anh"]) == "Mai Lam"
    assert person("Nguyễn Văn A (thực hiện)") == "Nguyễn Văn A"
    assert [person(words) for words in ("bientap", "Sở Nội vụ", "a@b.vn", "Ban Biên tập", "")] == [None] * 5


def test_published_and_updated() -> None:
    metas = '<meta property="article:published_time" content="2024-03-05T08:00:00+07:00"><meta property="article:modified_time" content="{}">'
    first = page(metas.format("2024-03-09T10:00:00+07:00"))
    assert (first.published, first.updated) == (date(2024, 3, 5), date(2024, 3, 9))
    same = page(metas.format("2024-03-05T20:00:00+07:00"))
    assert (same.published, same.updated) == (date(2024, 3, 5), None)
    ld = '<script type="application/ld+json">{"@type":"NewsArticle","dateModified":"2024-03-09"}</script>'
    assert (page(ld).published, page(ld).updated) == (None, date(2024, 3, 9))  # a change is no publication
    seen = page(before="<p>Thứ Ba, 05/03/2024 08:10</p>", after="<p>Cập nhật lúc: 09/03/2024 07:00</p>")
    assert (seen.published, seen.updated) == (date(2024, 3, 5), date(2024, 3, 9))


def test_an_address_dates_an_article_and_a_missing_date_is_none() -> None:
    assert page(address="https://kt.example/tin/2024/03/05/phu-song.html").published == date(2024, 3, 5)
    assert page(address="https://kt.example/tin/phu-song-20240305081500123.htm").published == date(2024, 3, 5)
    found = page(address="https://kt.example/tin/phu-song.html")
    assert (found.published, found.updated, found.url) == (None, None, "https://kt.example/tin/phu-song.html")
    text = RawDocument(
        "https://kt.example/2024/03/05/a.txt", "https://kt.example/2024/03/05/a.txt", b"Mot cau ve 4G.", Kind.TEXT
    )
    assert read_article(text).published == date(2024, 3, 5)


def test_a_canonical_address_may_be_relative() -> None:
    link = '<link rel="canonical" href="/tin/phu-song.html">'
    assert (
        page(link, address="https://m.kt.example/tin/phu-song.html?utm=1").url
        == "https://m.kt.example/tin/phu-song.html"
    )
    assert page(link).url is None


def test_a_section_is_neither_the_title_nor_the_site() -> None:
    html = (
        "<html><head><title>Kon Tum phủ sóng làng xa nhờ chuyển đổi số - Đời sống số</title></head><body><h3>Chuyển đổi số</h3>"
        f"<h3>Đời sống số</h3><div>Kon Tum phủ sóng làng xa nhờ chuyển đổi số</div>{BODY}<p>© 2024 Ngọc Linh</p></body></html>"
    )
    found = read_article(RawDocument("/tmp/a.html", "/tmp/a.html", html.encode(), Kind.HTML))
    assert (found.title, found.publisher) == ("Kon Tum phủ sóng làng xa nhờ chuyển đổi số", None)
    named = html.replace("- Đời sống số</title>", "- Ngọc Linh</title>")
    assert read_article(RawDocument("/tmp/a.html", "/tmp/a.html", named.encode(), Kind.HTML)).publisher == "Ngọc Linh"


def test_a_lead_below_a_picture_is_no_caption() -> None:
    lead = "Những làng xa nhất tỉnh Kon Tum vừa có sóng điện thoại sau nhiều năm chờ đợi."
    found = page(before=f'<div class="avatar"><img src="a.jpg"></div><div class="detail-desc">{lead}</div>')
    assert found.text.startswith(lead)
