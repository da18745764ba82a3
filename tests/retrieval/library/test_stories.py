"""Near-copies by several publishers are one story; what only reads alike is not."""

import re
from dataclasses import replace

import pytest

from retrieval.library import Library
from retrieval.types import Article
from tests.retrieval.library.samples import article, put

REPORT = """Huyện Sông Lam đưa chợ phiên lên mạng

Từ đầu năm 2024, 37 gian hàng của chợ phiên Sông Lam đã nhận thanh toán bằng mã QR, chiếm 62% số gian hàng cố định.
Người bán được tổ công nghệ số cộng đồng hướng dẫn từng bước, từ mở tài khoản đến in bảng mã treo trước quầy.
Bà con ở các bản xa ban đầu còn ngại, sợ chuyển nhầm tiền, nhưng sau hai phiên chợ thì quen tay và không muốn quay lại cách cũ.
Ủy ban nhân dân huyện đặt mục tiêu đến cuối năm 2025 có 90% gian hàng nhận tiền qua mã QR và 45 hợp tác xã bán hàng trực tuyến.
Theo Phòng Kinh tế, doanh thu qua mạng của chợ trong quý đầu đạt 1,8 tỷ đồng, tăng 23% so với cùng kỳ.
Khó khăn lớn nhất hiện nay là sóng di động ở ba bản vùng cao chập chờn, mỗi khi mưa to lại mất hẳn."""


def story(library: Library, text: str, address: str, provinces: tuple[str, ...] = ("Bắc Ninh",)) -> int:
    stored = library.article(put(library, article(text, address, provinces)))
    assert stored is not None
    return stored.story_id


LINES = REPORT.splitlines()
COPIES = {
    "another headline": REPORT.replace(LINES[0], "Chợ vùng cao không dùng tiền mặt"),
    "the lead cut": "\n".join([LINES[0], *LINES[3:]]),
    "a paragraph added": REPORT
    + "\nDịp này, bưu điện huyện trao 12 điện thoại thông minh cho các hộ khó khăn nhất xã.",
    "light edits": REPORT.replace("Bà con", "Người dân")
    .replace("hiện nay", "lúc này")
    .replace("đặt mục tiêu", "dự kiến"),
}
OTHERS = {
    "the same form, other figures": re.sub(r"\d+", lambda m: str(int(m[0]) + 3), REPORT),
    "last year's report": re.sub(r"\b(?:37|62|45|23)\b", lambda m: str(int(m[0]) - 9), REPORT).replace("2024", "2023"),
    "another report of the event": LINES[2] + "\nChúng tôi có mặt từ sáng sớm, khi sương còn phủ kín mái chợ và những "
    "người bán hàng đầu tiên dọn sạp. Chị Lò Thị Mỷ kể về ngày đầu tiên dùng điện thoại để bán hàng mà vẫn còn cười.",
}


@pytest.mark.parametrize("copy", COPIES)
def test_a_near_copy_tells_the_same_story(library: Library, copy: str) -> None:
    first = story(library, REPORT, "/a.txt")
    assert story(library, COPIES[copy], "/b.txt") == first
    assert [stored.article.address for stored in library.story(first)] == ["/a.txt", "/b.txt"]


@pytest.mark.parametrize("other", OTHERS)
def test_what_only_reads_alike_is_another_story(library: Library, other: str) -> None:
    first = story(library, REPORT, "/a.txt")
    assert story(library, OTHERS[other], "/b.txt") != first


def test_the_same_words_about_another_province_are_another_story(library: Library) -> None:
    assert story(library, REPORT, "/a.txt") != story(library, REPORT + " Hết.", "/b.txt", ("Sơn La",))


def test_our_own_rendering_of_tables_is_no_copy(library: Library) -> None:
    ours: list[Article] = [replace(article(REPORT, f"/{n}.csv"), rendered=True) for n in range(2)]
    ids = [put(library, given) for given in ours]
    assert len({stored.story_id for stored in library.articles()}) == len(ids)


def test_a_correction_keeps_its_story_and_another_text_begins_one(library: Library) -> None:
    first = story(library, REPORT, "/a.txt")
    assert story(library, REPORT.replace("62%", "64%"), "/a.txt") == first
    assert story(library, "Sở Giáo dục mở lớp lập trình cho học sinh. Lớp có hai mươi em.", "/a.txt") != first


def test_a_story_is_told_once_to_those_who_watch(library: Library) -> None:
    story(library, "Bài đã có từ trước, không liên quan gì.", "/old.txt")
    seen = library.last_article_id()
    story(library, REPORT, "/a.txt")
    story(library, COPIES["the lead cut"], "/b.txt")
    story(library, REPORT + "\nBản đính chính.", "/a.txt")  # before anybody looked: the story is new all the same
    came = library.arrivals(seen)
    assert [(arrival.article.address, arrival.is_new_story) for arrival in came] == [
        ("/b.txt", True),
        ("/a.txt", False),
    ]
    assert len({arrival.story_id for arrival in came}) == 1
    seen = library.last_article_id()
    story(library, COPIES["light edits"], "/c.txt")
    assert [arrival.is_new_story for arrival in library.arrivals(seen)] == [False]


def test_the_history_of_an_address_keeps_what_it_said(library: Library) -> None:
    story(library, REPORT, "/a.txt")
    story(library, REPORT, "/a.txt")  # nothing changed: no version
    story(library, REPORT.replace("62%", "64%"), "/a.txt")
    earlier, present = library.history("/a.txt")
    assert (earlier.text, present.text) == (REPORT, REPORT.replace("62%", "64%"))
    assert earlier.replaced_at is not None and present.replaced_at is None
    assert earlier.hash != present.hash
    assert library.lexical("62%", 5) == []
    assert library.remove("/a.txt")
    put(library, article("Chuyện khác.", "/a.txt"))
    assert len(library.history("/a.txt")) == 1
