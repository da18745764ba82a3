"""Which provinces an article is about."""

import pytest

from ingest.describe import describe


@pytest.mark.parametrize(
    ("title", "text", "provinces"),
    [
        ("Lạng Sơn mở cửa khẩu số", "Tỉnh vừa mở cửa khẩu số.", ("Lạng Sơn",)),
        ("Cửa khẩu số", "Tỉnh Lạng Sơn vừa mở cửa khẩu số. Các tỉnh khác sẽ học theo.", ("Lạng Sơn",)),
        (
            "Lạng Sơn mở cửa khẩu số",
            "Tỉnh Lạng Sơn mở cửa khẩu số.\nĐoàn đến từ Cao Bằng đã tới thăm.\nÔng A nói.",
            ("Lạng Sơn",),
        ),
        (
            "Hai tỉnh bắt tay",
            "Cao Bằng và Lạng Sơn ký kết.\nCao Bằng góp dữ liệu.\nLạng Sơn góp hạ tầng.\nLạng Sơn đi trước.",
            ("Lạng Sơn", "Cao Bằng"),
        ),
        (
            "Xếp hạng chuyển đổi số cả nước",
            "Bộ công bố bảng xếp hạng.\nNhóm dẫn đầu gồm Đà Nẵng, Hà Nội, Cần Thơ, Lạng Sơn và Huế.\nNhóm cuối có Cao Bằng.",
            (),
        ),
        ("Cả nước có 34 tỉnh, thành phố", "Việc sắp xếp đã hoàn thành.", ()),
    ],
)
def test_main_province_first_and_mere_mentions_left_out(title: str, text: str, provinces: tuple[str, ...]) -> None:
    assert describe(title, text) == provinces


def test_a_province_that_heads_a_part_is_a_subject() -> None:
    text = "Ba tỉnh đi ba đường.\nLạng Sơn\nTỉnh xếp thứ 20.\nCao Bằng\nTỉnh xếp thứ 50."
    assert set(describe("Nhìn từ bảng xếp hạng", text)) == {"Lạng Sơn", "Cao Bằng"}


def test_cells_of_a_table_are_not_headings() -> None:
    text = "Bảng xếp hạng như sau.\nCâu hai.\n" + "\n".join(("Lạng Sơn", "20", "Cao Bằng", "50", "Hà Nội", "1"))
    assert describe("Bảng xếp hạng", text) == ()
