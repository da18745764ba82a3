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
        ("Công bố xếp hạng năm 2023 của các bộ, tỉnh", "Đà Nẵng dẫn đầu.\nĐà Nẵng đạt 0,81 điểm.", ()),
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


@pytest.mark.parametrize(
    ("title", "text", "provinces"),
    [
        (
            "Bộ Khoa học và Công nghệ công bố bộ chỉ số mới",
            "Sáng 12/3, tại Hà Nội, Bộ Khoa học và Công nghệ công bố bộ chỉ số đánh giá chuyển đổi số mới cho các tỉnh.\nBộ chỉ số có 98 chỉ tiêu.\nCác tỉnh phải báo cáo trước tháng 10.",
            (),
        ),
        (
            "Diễn đàn quốc gia về kinh tế số khai mạc",
            "Diễn đàn quốc gia phát triển kinh tế số và xã hội số khai mạc chiều nay tại TP. Hồ Chí Minh với 1.500 đại biểu.\nThủ tướng Chính phủ dự và phát biểu.\nKinh tế số đóng góp 16,5% GDP.",
            (),
        ),
        (
            "Thái Bình vượt lên",
            "Tỉnh Thái Bình đạt 0,7100 điểm, cao hơn Nam Định 0,02 điểm.\nSo với Nam Định, Thái Bình có nhiều hồ sơ trực tuyến hơn.\nThái Bình học hỏi kinh nghiệm từ Nam Định và Hải Phòng.\nNăm 2023 Nam Định đạt 61%.",
            ("Thái Bình",),
        ),
        (
            "Chuyển đổi số ở một tỉnh miền núi",
            "Tỉnh miền núi này có 11 huyện, thành phố.\nNăm 2023, Tuyên Quang đạt 0,6500 điểm về DTI, xếp thứ 25/63.\nTỷ lệ hồ sơ trực tuyến của Tuyên Quang là 62%, tăng 9%.\nTuyên Quang có 1.733 tổ công nghệ số.\nĐoàn Yên Bái đã đến thăm.\nÔng A, quê Phú Thọ, nói vậy.",
            ("Tuyên Quang",),
        ),
        (
            "Đoàn công tác Sóc Trăng học tập kinh nghiệm tại Cần Thơ",
            "Đoàn của Sở Thông tin và Truyền thông Sóc Trăng vừa làm việc tại Cần Thơ về mô hình IOC.\nCần Thơ giới thiệu trung tâm điều hành.\nSóc Trăng sẽ áp dụng từ năm 2025.",
            ("Sóc Trăng", "Cần Thơ"),
        ),
        (
            "Hà Nội dẫn đầu về dịch vụ công",
            "Tại Hà Nội, tỷ lệ hồ sơ trực tuyến đạt 91%.\nChủ tịch UBND thành phố yêu cầu giữ vững.",
            ("Hà Nội",),
        ),
        (
            "Xếp hạng chuyển đổi số năm 2023: Đà Nẵng dẫn đầu, Hà Nội thứ ba",
            "Bộ Thông tin và Truyền thông vừa công bố xếp hạng DTI 2023 của 63 tỉnh, thành phố.\nĐà Nẵng đứng đầu với 0,8002 điểm.\nTP. Hồ Chí Minh đứng thứ hai.\nHà Nội thứ ba.\nThừa Thiên Huế thứ tư, Bắc Ninh thứ năm, Quảng Ninh thứ sáu.",
            ("Đà Nẵng", "Hà Nội"),
        ),
        (
            "Ngân hàng số về bản",
            "Chi nhánh ngân hàng ở Điện Biên lắp 30 máy POS.\nMáy do một công ty ở Hà Nội sản xuất.\nKỹ sư từ Hà Nội lên lắp trong ba ngày.\nBà con huyện Tuần Giáo, Mường Ảng đều dùng được.\nHàng gửi từ Hà Nội.\nNăm nay Điện Biên đặt mục tiêu 45%.",
            ("Điện Biên",),
        ),
        (
            "Liên kết vùng Đông Nam Bộ về dữ liệu",
            "Bình Dương, Đồng Nai và Bà Rịa - Vũng Tàu nối kho dữ liệu dùng chung.\nBình Dương góp 120 bộ dữ liệu.\nĐồng Nai góp 95 bộ.\nBà Rịa - Vũng Tàu góp 80 bộ.",
            ("Bình Dương", "Đồng Nai", "Bà Rịa - Vũng Tàu"),
        ),
        (
            "Tỉnh tụt 6 bậc, vì sao?",
            "Theo công bố, Phú Yên xếp 41/63, trong khi Khánh Hòa xếp 14/63 và Bình Định xếp 22/63.\nPhú Yên mất điểm ở kinh tế số.\nLãnh đạo Phú Yên nhận trách nhiệm.\nCác tỉnh như Khánh Hòa, Bình Định làm tốt hơn.",
            ("Phú Yên",),
        ),
    ],
)
def test_what_an_article_is_about_not_who_is_mentioned(title: str, text: str, provinces: tuple[str, ...]) -> None:
    """Comparisons, origins, and the cities where national events and companies are do not make a subject."""
    found = describe(title, text)
    assert set(found) == set(provinces)
    assert found[:1] == provinces[:1]
