"""What of a page's lines is the article's: one fact of news pages a test."""

import pytest

from ingest.clean import clean
from ingest.furniture import credit_start, is_label

LEAD = "Tỉnh vừa công bố kết quả chuyển đổi số sáu tháng đầu năm với nhiều điểm sáng đáng ghi nhận."
BODY = "Theo báo cáo, tỷ lệ hồ sơ trực tuyến toàn trình đạt 64,2%, tăng 8,1 điểm phần trăm so với cùng kỳ."
LAST = "Tỉnh đặt mục tiêu đến cuối năm đạt 75% và giữ vững vị trí trong nhóm dẫn đầu của cả vùng."


def kept(*lines: str) -> list[str]:
    return clean(lines, "Kết quả nửa năm").split("\n")


@pytest.mark.parametrize(
    "line",
    [
        "Hội nghị có 300 đại biểu. Ảnh: HH",
        "Hội nghị có 300 đại biểu (Ảnh: THU TRANG).",
        "Hội nghị có 300 đại biểu - Ảnh: VGP/Nhật Bắc",
        "Hội nghị có 300 đại biểu. Ảnh minh họa.",
        "Hội nghị có 300 đại biểu (ảnh tư liệu)",
        "Hội nghị có 300 đại biểu | Ảnh: T.T.H.",
        "Video: Hội nghị 300 đại biểu",
        "hoi-nghi-300.jpg",
        "Kết quả nửa năm ảnh 3",
        "0:00 / 3:21",
        "Chia sẻ",
        "- Facebook",
        "Theo dõi Báo Núi trên Google News",
        ">> Xem thêm: Tỉnh bạn đạt 99%",
        "Xem thêm: Tỉnh bạn đạt 99%",
        "Trang chủ / Tin tức / Chuyển đổi số",
        "Cập nhật lúc 10:15 ngày 3/7/2024",
        "Tin, ảnh: Minh Hà",
        "Bài và ảnh: MINH HÀ",
        "Theo TTXVN",
        "(Theo Báo Núi)",
        "Nguồn: Cổng thông tin điện tử tỉnh",
        "Quảng cáo",
        "https://baonui.vn/bai-viet",
    ],
)
def test_furniture_goes_wherever_it_stands(line: str) -> None:
    for page in ((line, LEAD, BODY, LAST), (LEAD, line, BODY, LAST), (LEAD, BODY, LAST, line)):
        assert kept(*page) == [LEAD, BODY, LAST]


@pytest.mark.parametrize(
    "line",
    [
        "Hạ tầng đi trước một bước",
        "Nguồn nhân lực số",
        "Thực hiện mục tiêu kép",
        "Theo 34 tỉnh, thành phố",
        "Tin tưởng ở người dân",
        "Bài học từ cơ sở",
        "Mục tiêu năm 2025",
        "+ Hồ sơ trực tuyến: 64%",
        "- 12/18 huyện đã kết nối",
        "• Cáp quang tới 96% thôn",
        "1. Chính quyền số",
        "“Chúng tôi không chờ đợi”",
        "Tỷ lệ này cao hơn mức chung (nguồn: Bộ TT&TT).",
        "Tỉnh | Hạng | Điểm",
        "Top 10 | 3 | 5",
        "Bắc Ninh",
        "Hình thức: trực tuyến toàn trình",
        "Tỉnh lập bản đồ từ ảnh vệ tinh: 12 lớp dữ liệu.",
        "Theo Sở, tỉnh có 5 trung tâm dữ liệu.",
        "Ngày 10/10/2024, UBND tỉnh họp bàn.",
        "10/10/2024",
        "56,83%",
    ],
)
def test_lines_of_the_body_stay(line: str) -> None:
    assert kept(LEAD, line, BODY) == [LEAD, line, BODY]


@pytest.mark.parametrize(
    "label",
    [
        "Ý kiến ()",
        "Ý kiến bình luận:",
        "Bình luận (3)",
        "Tin cùng chuyên mục",
        "TIN LIÊN QUAN",
        "Bài viết liên quan:",
        "Các tin khác",
        "Đọc nhiều nhất",
        "Từ khóa: chuyển đổi số",
        "Liên kết website",
        "Tổng Biên tập: Nguyễn Văn A",
        "Giấy phép số 12/GP-BTTTT ngày 1/2/2020.",
        "© 2024 Báo Núi",
    ],
)
def test_a_trailing_section_takes_everything_after_it(label: str) -> None:
    other = "Tỉnh bạn cũng vừa công bố kết quả, với 99% hồ sơ trực tuyến, cao nhất từ trước đến nay trong vùng."
    assert kept(LEAD, BODY, label, "Tỉnh bạn đạt 99% hồ sơ", other, "Tỉnh khác đạt 98%", other + " Nữa.") == [
        LEAD,
        BODY,
    ]


def test_a_box_of_related_stories_in_the_middle_lets_the_story_go_on() -> None:
    assert kept(LEAD, "Tin liên quan", "Tỉnh bạn đạt 99% hồ sơ", BODY, LAST) == [LEAD, BODY, LAST]


def test_the_next_story_of_an_endless_page_is_another_one() -> None:
    page = (LEAD, BODY, "Bài liên quan", "Tỉnh bạn đạt 99% hồ sơ", "Thứ Hai, 1/7/2024 09:00", LAST, LAST + " Nữa.")
    assert kept(*page) == [LEAD, BODY]


def test_a_list_beside_the_title_ends_nothing() -> None:
    assert kept("Tin mới nhất", "Tỉnh bạn đạt 99% hồ sơ trực tuyến", LEAD, BODY) == [LEAD, BODY]


def test_credit_on_its_own_line_takes_the_caption_above() -> None:
    assert kept(LEAD, "Cán bộ hướng dẫn 20 người dân nộp hồ sơ", "Ảnh: Minh Hà", BODY) == [LEAD, BODY]
    assert kept(LEAD, BODY, "Ảnh: Minh Hà") == [LEAD, BODY]


def test_caption_below_a_picture_file_goes_and_a_heading_there_stays() -> None:
    caption = "Lãnh đạo tỉnh và doanh nghiệp ký kết biên bản ghi nhớ trị giá 20 tỷ đồng"
    assert kept(LEAD, "anh-1.jpg", caption, BODY) == [LEAD, BODY]
    assert kept(LEAD, "anh-1.jpg", "Hạ tầng đi trước", BODY) == [LEAD, "Hạ tầng đi trước", BODY]


def test_repeats_go_but_not_in_lists_and_headings() -> None:
    page = [LEAD, "Mục tiêu năm 2025", "- Kinh tế số: hạng 5.", BODY, "Mục tiêu năm 2025", "- Kinh tế số: hạng 5."]
    assert kept(*page, BODY, LAST) == [*page, LAST]


def test_authors_and_menus_after_the_end_go_and_a_lost_full_stop_does_not_matter() -> None:
    open_end = "Đến nay toàn tỉnh có 1.204 tổ công nghệ số cộng đồng với hơn 9.000 thành viên"
    assert kept(LEAD, BODY, "MINH HÀ", "Doanh nghiệp", "Cổng thông tin của các đơn vị thuộc Bộ") == [LEAD, BODY]
    assert kept(LEAD, open_end, "Minh Hà - Lan Anh") == [LEAD, open_end]


def test_a_sentence_about_a_photo_is_no_credit() -> None:
    assert credit_start("Bức ảnh: chụp từ vệ tinh") is None
    assert credit_start("Ảnh: HH. Tỉnh đạt 98% hồ sơ trực tuyến.") is None


def test_figures_are_never_labels() -> None:
    for cell in ("7", "56,83%", "Top 10", "X | 3 | 33%"):
        assert not is_label(cell)


PARAGRAPHS = [
    "Năm 2024, xã Tân Hưng có 71,5% hồ sơ được nộp trực tuyến, cao hơn năm trước 12 điểm phần trăm.",
    "Tổ công nghệ số cộng đồng của xã đến từng nhà, giúp 340 người lớn tuổi cài ứng dụng và nộp hồ sơ.",
]


@pytest.mark.parametrize(
    "contact", ["Địa chỉ: Bộ phận một cửa của xã, mở cửa cả sáng thứ Bảy.", "Hotline: 0259 3 888 999"]
)
def test_an_address_that_the_story_gives_does_not_end_it(contact: str) -> None:
    text = clean([PARAGRAPHS[0], contact, PARAGRAPHS[1]], "Xã Tân Hưng một cửa")
    assert text.startswith(PARAGRAPHS[0]) and text.endswith(PARAGRAPHS[1])


def test_an_address_of_the_imprint_ends_the_story() -> None:
    imprint = ["Địa chỉ: 1 Lê Lợi, Tân Hưng", "Điện thoại: 0259 3 888 999", "© 2024 Báo Tân Hưng", PARAGRAPHS[1]]
    assert clean([PARAGRAPHS[0], *imprint], "Xã Tân Hưng một cửa") == PARAGRAPHS[0]


def test_the_number_of_a_document_is_part_of_it() -> None:
    lines = ["Số: 45/KH-UBND", "Tân Hưng, ngày 3 tháng 2 năm 2024", *PARAGRAPHS]
    assert clean(lines, "Kế hoạch chuyển đổi số").startswith("Số: 45/KH-UBND\n")
