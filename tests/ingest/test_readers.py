"""The door in front of the readers: encodings, formats, and errors that name the source."""

import unicodedata
from datetime import date

import pytest

from ingest.readers import read_article
from ingest.readers.publisher import domain_of, publisher_of
from ingest.sources import Kind, RawDocument, find_files
from retrieval.errors import ReadError
from retrieval.settings import PROJECT
from retrieval.types import Article

SEEDS = PROJECT.parent / "shared" / "seeds"
STORY = "Tỉnh Hà Giang đạt 71% hồ sơ trực tuyến trong năm 2023. Năm sau, tỉnh phấn đấu đạt 80%."


def read(text: str | bytes, kind: Kind = Kind.TEXT) -> Article:
    data = text.encode() if isinstance(text, str) else text
    return read_article(RawDocument("bai.txt", "/tmp/bai.txt", data, kind))


def html(body: str, head: str = "") -> str:
    return f"<html><head>{head}</head><body>{body}</body></html>"


def test_forms_of_the_same_text_give_the_same_article() -> None:
    page = f"Hà Giang đưa dịch vụ công lên mạng\nThứ Tư, 10/1/2024 08:00\n{STORY}\n"
    expected = read(page)
    assert expected.text == STORY
    for other in (
        unicodedata.normalize("NFD", page).encode(),
        b"\xef\xbb\xbf" + page.encode(),
        page.replace("\n", "\r\n").encode(),
        page.encode("utf-16"),
        page.replace(" ", "\u00a0").encode(),
    ):
        assert read(other) == expected


@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.MARKDOWN, Kind.HTML])
def test_a_page_without_a_story_is_refused_by_name(kind: Kind) -> None:
    with pytest.raises(ReadError, match=r"^Cannot read bai.txt: it holds no article.*save the whole page again\.$"):
        read("<p>Trang chủ</p>" if kind is Kind.HTML else "Trang chủ", kind)


def test_a_page_that_breaks_off_is_refused() -> None:
    page = html(f"<div class='a'><article><p>{STORY}</p><p>{STORY}</p></article></div>")
    assert read(page, Kind.HTML).text == STORY
    for length in (len(page) - 20, len(page) // 2, len(page) // 3):
        with pytest.raises(ReadError, match="breaks off"):
            read(page[:length], Kind.HTML)


def test_html_lines_that_extractors_lose_are_kept() -> None:
    story = (
        f"<p>{STORY}</p>Dòng ngoài thẻ có 44 xã.<br><br>Dòng sau có 55 xã."
        "<div class='note'><div>Khung thông tin nêu 66 thôn.</div></div><dl><dt>Cáp quang</dt><dd>Đạt 77% số hộ.</dd></dl>"
        "<ul><li><a href='/x'>Tỉnh khác đạt 99% hồ sơ</a></li></ul>"
        f"<p>Đoạn cuối của bài viết, dài thêm một chút cho đủ, nhắc lại rằng tỉnh có 88 tổ công nghệ số.</p>"
    )
    text = read(html(f"<div><h1>Hà Giang lên mạng</h1><div>{story}</div></div>"), Kind.HTML).text
    assert [figure for figure in ("71%", "44", "55", "66", "77%", "88") if figure not in text] == []
    assert "99%" not in text


def test_the_clock_of_a_page_is_not_its_date() -> None:
    page = "<div>Thứ Hai, 25/11/2024 10:00</div><h1>Hà Giang lên mạng</h1>{}<p>" + STORY + "</p>"
    assert read(html(page.format("<div>10/01/2024 08:00</div>")), Kind.HTML).published == date(2024, 1, 10)
    assert read(html(page.format("")), Kind.HTML).published is None
    assert read(f"Thứ Hai, 25/11/2024 10:00\nHà Giang đưa dịch vụ công lên mạng\n{STORY}").published is None


@pytest.mark.parametrize(
    ("matter", "published", "provinces"),
    [
        ("published: 2024-05-01\nprovinces: [Hà Giang, 'Lai Châu']", date(2024, 5, 1), ("Hà Giang", "Lai Châu")),
        ("published: 01/05/2024\nprovinces: Lai Châu, Hà Giang", date(2024, 5, 1), ("Lai Châu", "Hà Giang")),
        ("published: 2024-05-01T23:00:00Z\nprovinces: [Cả nước]", date(2024, 5, 2), ("Hà Giang",)),
        ("published:", None, ("Hà Giang",)),
    ],
)
def test_front_matter(matter: str, published: date | None, provinces: tuple[str, ...]) -> None:
    article = read(f"---\ntitle: 'Một năm: nhìn lại'\n{matter}\n---\n\n{STORY}\n", Kind.MARKDOWN)
    assert (article.title, article.text) == ("Một năm: nhìn lại", STORY)
    assert (article.published, article.provinces) == (published, provinces)


def test_broken_front_matter_says_where() -> None:
    with pytest.raises(ReadError, match=r"Cannot read bai\.txt: its front matter is not valid YAML \(line 2\)"):
        read(f"---\ntitle: Một năm: nhìn lại\n---\n{STORY}", Kind.MARKDOWN)


def test_broken_json_ld_is_passed_over() -> None:
    head = '<script type="application/ld+json">{"@type": "NewsArticle", </script><meta property="og:site_name" content="Báo Núi">'
    article = read(html(f"<h1>Hà Giang lên mạng</h1><p>{STORY}</p>", head), Kind.HTML)
    assert (article.publisher, article.text) == ("Báo Núi", STORY)


@pytest.mark.parametrize(
    ("page", "first_line", "publisher"),
    [
        (["toasoan@baonui.vn"], "", "baonui.vn"),
        (["Email: lienhe.baonui@gmail.com"], "", None),
        (["Theo dõi Báo Núi trên"], "", "Báo Núi"),
        (["© 2024 Bản quyền thuộc về Báo Núi Rừng."], "", "Báo Núi Rừng"),
        (["Báo Núi", "Báo Biển"], "", None),  # links to others
        (["Cổng thông tin của các đơn vị"], "", None),
        ([], "(Chinhphu.vn) - Sáng nay, tỉnh họp.", "chinhphu.vn"),
        ([], "TTXVN - Sáng nay, tỉnh họp.", "Thông tấn xã Việt Nam"),
        ([], "UBND - Sáng nay, tỉnh họp.", None),
    ],
)
def test_publisher_is_what_the_page_says(page: list[str], first_line: str, publisher: str | None) -> None:
    assert publisher_of(page, first_line) == publisher


def test_domain_of() -> None:
    assert domain_of("https://www.baonui.vn/a?b=c") == "baonui.vn"
    assert domain_of("not a url") is None


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the sample articles are not at hand")
def test_sample_articles() -> None:
    articles = [read_article(raw) for raw in find_files([SEEDS]) if isinstance(raw, RawDocument)]
    assert [article.provinces for article in articles] == [
        (p,) for p in ("Bắc Ninh", "Quảng Ninh", "Bắc Giang", "Bắc Ninh", "Bắc Kạn")
    ]
    assert [article.published for article in articles] == [
        None,
        date(2023, 7, 17),
        date(2021, 10, 27),
        date(2024, 10, 10),
        None,
    ]
    for article in articles:
        assert "Ảnh:" not in article.text
        assert "bình luận" not in article.text.lower()
        assert article.title not in article.text


HEADS = {
    "an official letter": (
        "# Báo cáo kết quả chuyển đổi số năm 2024 của tỉnh Thái Bình\n\nỦY BAN NHÂN DÂN TỈNH THÁI BÌNH\nSố: 77/BC-UBND\n"
        "Thái Bình, ngày 9 tháng 12 năm 2024\n\nKính gửi: Bộ Khoa học và Công nghệ\n\nNăm 2024, tỉnh có 12 dịch vụ mới.\n",
        "Báo cáo kết quả chuyển đổi số năm 2024 của tỉnh Thái Bình",
        date(2024, 12, 9),
    ),
    "a paper with its name and hand": (
        "Ngọn đèn trên núi\nBáo Rẻo Cao – chuyên trang Phóng sự\nBài và ảnh: Lò Thị Mây – 26/5/2024\n\n"
        "Sáng sớm, bản Nà Lốc đã có sóng di động và mạng internet. Cả bản có 40 hộ.\n",
        "Ngọn đèn trên núi",
        date(2024, 5, 26),
    ),
    "a body under the headline": (
        "Nghị quyết về đột phá chuyển đổi số giai đoạn 2025 - 2030\nĐẢNG BỘ TỈNH QUẢNG NGÃI\nTỈNH ỦY\nSố 08-NQ/TU\n"
        "Quảng Ngãi, ngày 12 tháng 9 năm 2025\n\nSau hợp nhất, đảng bộ tỉnh đặt chuyển đổi số lên hàng đầu. Tỉnh có 96 xã.\n",
        "Nghị quyết về đột phá chuyển đổi số giai đoạn 2025 - 2030",
        date(2025, 9, 12),
    ),
    "a stamp with its section": (
        "# Cà Mau công bố chỉ số chuyển đổi số của các sở\n\nCổng thông tin điện tử tỉnh Cà Mau\n"
        "14/03/2025 08:15 | Chuyên mục: Chuyển đổi số\n\nSở Y tế dẫn đầu với 91 điểm. Sở Nội vụ đứng thứ hai.\n",
        "Cà Mau công bố chỉ số chuyển đổi số của các sở",
        date(2025, 3, 14),
    ),
}


@pytest.mark.parametrize("name", HEADS)
def test_what_stands_under_a_headline_names_and_dates_the_article(name: str) -> None:
    text, title, day = HEADS[name]
    kind = Kind.MARKDOWN if text.startswith("#") else Kind.TEXT
    article = read_article(RawDocument(source="bài", address="bài", kind=kind, data=text.encode()))
    assert (article.title, article.published) == (title, day)
