"""Whole pages of unlike sites (fictional stories): what must reach the text, and what must not."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from ingest.readers import read_article
from ingest.sources import Kind, RawDocument, find_files
from retrieval.types import Article

PAGES = Path(__file__).parent / "pages"


class Page(NamedTuple):
    file: str
    title: str
    publisher: str | None
    published: date | None
    provinces: tuple[str, ...]
    text: str  # the whole of it: nothing lost, nothing kept


def read(name: str) -> Article:
    (raw,) = find_files([PAGES / name])
    assert isinstance(raw, RawDocument)
    return read_article(raw)


PAGES_READ = [
    Page(
        "clock_above_title.txt",
        "Vùng cao Lào Cai đưa dịch vụ công về từng bản",
        None,
        date(2024, 5, 14),
        ("Lào Cai",),
        """\
Nhờ các tổ công nghệ số cộng đồng, người dân vùng cao Lào Cai đã quen với việc nộp hồ sơ tại nhà.
Đến hết tháng 4/2024, tỉnh có 1.412 tổ công nghệ số với 8.930 thành viên.
Bắt đầu từ trưởng bản
Anh Giàng A Chớ kể: "Lúc đầu cả bản chỉ có 6 người biết nộp hồ sơ qua mạng, giờ thì hơn nửa bản rồi!".
+ Tỷ lệ hồ sơ trực tuyến toàn trình: 61,7%
+ Tỷ lệ thanh toán không dùng tiền mặt: 48%
Sắp tới, tỉnh sẽ phủ sóng 34 thôn còn lại.""",
    ),
    Page(
        "inline_related_box.txt",
        "Cần Thơ rút ngắn một nửa thời gian giải quyết hồ sơ đất đai",
        "Tạp chí Sông Nước",
        date(2023, 8, 22),
        ("Cần Thơ",),
        """\
(SNO) - TP Cần Thơ cho biết thời gian giải quyết hồ sơ đất đai đã giảm từ 20 ngày xuống còn 10 ngày sau khi số hóa kho lưu trữ.
Theo Sở Tài nguyên và Môi trường thành phố, kho lưu trữ có 3,2 triệu trang tài liệu, trong đó 2,7 triệu trang đã được số hóa.
Việc số hóa giúp cán bộ một cửa không còn phải chuyển hồ sơ giấy giữa 9 quận, huyện như trước đây.
Ngoài ra, người dân có thể tra cứu tình trạng hồ sơ qua tin nhắn, với khoảng 1.500 lượt tra cứu mỗi ngày.
Từ nay đến cuối năm, thành phố sẽ số hóa nốt 500.000 trang còn lại.""",
    ),
    Page(
        "portal_with_counters.txt",
        "Sơn La: Kết quả chuyển đổi số 9 tháng đầu năm",
        None,
        date(2022, 10, 3),
        ("Sơn La",),
        """\
Ủy ban nhân dân tỉnh Sơn La vừa có báo cáo về chuyển đổi số 9 tháng đầu năm 2022. Theo đó:
1. Về chính quyền số
- 100% cơ quan cấp tỉnh gửi nhận văn bản điện tử;
- 72,4% hồ sơ công việc cấp huyện được xử lý trên môi trường mạng;
2. Về kinh tế số
- Có 5 sàn thương mại điện tử đưa 318 sản phẩm OCOP lên mạng.
Báo cáo cũng nêu khó khăn: 41 bản chưa có sóng di động./.""",
    ),
    Page(
        "photo_essay.txt",
        "[Ảnh] Chợ nổi thời quét mã",
        None,
        date(2023, 9, 30),
        ("Hậu Giang",),
        """\
Tiểu thương trên sông ở Hậu Giang nay nhận tiền qua mã QR treo ở mũi ghe.
Chủ ghe Út Mười cho biết mỗi ngày có chừng 40 lượt khách chuyển khoản, chiếm 65% doanh thu.
Toàn chợ có 112 ghe, 97 ghe đã dán mã. Ban quản lý chợ đặt mục tiêu 100% vào cuối năm.
Chợ họp từ 4 giờ sáng.""",
    ),
    Page(
        "interview.txt",
        "Giám đốc Sở nói gì về việc Phú Yên tụt hạng chuyển đổi số?",
        None,
        date(2023, 11, 29),
        ("Phú Yên",),
        """\
Phú Yên xếp thứ 41/63 về chuyển đổi số, giảm 6 bậc. Phóng viên trao đổi với lãnh đạo Sở Thông tin và Truyền thông.
PV: Thưa ông, vì sao tỉnh tụt hạng?
Ông Đỗ Minh Khoa: Chúng tôi mất điểm ở hoạt động kinh tế số, chỉ đạt 0,3125 điểm.
"Không ai đứng yên: điểm của ta tăng 12% mà hạng vẫn giảm"
PV: Vậy giải pháp là gì?
Ông Đỗ Minh Khoa: Có ba việc:
- Đào tạo 2.000 cán bộ;
- Hỗ trợ 350 doanh nghiệp nhỏ;
- Bố trí 1% chi ngân sách.
Xin cảm ơn ông!""",
    ),
    Page(
        "wrapped_mail.txt",
        "Quảng Trị mở rộng mạng 5G tới các khu công nghiệp",
        None,
        None,
        ("Quảng Trị",),
        """\
Trong sáu tháng đầu năm 2025, các nhà mạng đã lắp thêm 64 trạm 5G tại Quảng Trị, nâng tổng số trạm toàn tỉnh lên 118, phủ 23,5% dân số.
Theo Sở Khoa học và Công nghệ, kế hoạch năm nay là 200 trạm. Phần lớn Trạm mới nằm ở các khu công nghiệp, cảng biển và cửa khẩu quốc tế nơi nhu cầu truyền dữ liệu lớn.
- Khu công nghiệp phía nam: 21 trạm;
- Cửa khẩu: 9 trạm.
Tỉnh miễn phí thuê hạ tầng trong 2 năm đầu cho doanh nghiệp viễn thông tham gia.""",
    ),
    Page(
        "roundup_with_ranks.txt",
        "Điểm mặt ba tỉnh Tây Nguyên trên bảng xếp hạng chuyển đổi số",
        "Báo Dân Tộc",
        date(2024, 7, 18),
        ("Gia Lai", "Kon Tum", "Đắk Nông"),
        """\
Bảng xếp hạng năm 2023 cho thấy ba tỉnh Tây Nguyên đi những con đường khác nhau.
Gia Lai
Tỉnh xếp thứ 35, tăng 3 bậc.
Kinh tế số: hạng 30.
Kon Tum
Tỉnh xếp thứ 47, giữ nguyên bậc.
Kinh tế số: hạng 30.
Đắk Nông
Tỉnh xếp thứ 44.
Tỉnh | Hạng 2022 | Hạng 2023
Gia Lai | 38 | 35
Kon Tum | 47 | 47
15/6/2024
Hội đồng thẩm định công bố kết quả sơ bộ.
18/7/2024
Kết quả chính thức được công bố.""",
    ),
    Page(
        "no_title.txt",
        "Năm 2024, tỉnh Bạc Liêu có 86,5% hộ gia đình được kết nối cáp quang, tăng 4,2 điểm phần trăm so với năm trước.",
        None,
        None,
        ("Bạc Liêu",),
        "Năm 2024, tỉnh Bạc Liêu có 86,5% hộ gia đình được kết nối cáp quang, tăng 4,2 điểm phần trăm so với năm trước. "
        "Tỉnh đặt mục tiêu 95% vào năm 2025.",
    ),
    Page(
        "glued_caption.txt",
        "Tây Ninh số hóa 64 di tích",
        "Báo Tuổi Trẻ",
        date(2024, 3, 10),
        ("Tây Ninh",),
        """\
TTO - Sáu mươi tư di tích ở Tây Ninh đã có bản số ba chiều, phục vụ khách tham quan từ xa.
Dự án kéo dài 18 tháng, tốn 12,6 tỷ đồng. Nhóm thực hiện đã chụp hơn 240.000 bức ảnh, quét 1,1 tỷ điểm dữ liệu. \
Các bản số được đặt trên cổng du lịch của tỉnh và cho xem miễn phí. Mỗi tháng có khoảng 15.000 lượt xem.
Theo ban quản lý, 30 di tích khác sẽ được số hóa trong năm 2025 - đúng tiến độ đề ra""",
    ),
    Page(
        "press_jsonld.html",
        'Ninh Thuận: "Điện mặt trời" lên sàn dữ liệu',
        "Báo Nắng Gió",
        date(2024, 2, 29),
        ("Ninh Thuận",),
        """\
Ninh Thuận là tỉnh đầu tiên đưa dữ liệu của 57 nhà máy điện mặt trời lên sàn.
Sàn dữ liệu do tỉnh lập có 420 bộ dữ liệu, cập nhật 15 phút một lần.
Doanh nghiệp trả phí 3 triệu đồng mỗi tháng.
Ba tháng đầu
Trong ba tháng, sàn có 1.250 lượt mua, thu 2,4 tỷ đồng.
- Doanh nghiệp trong tỉnh: 38%
- Doanh nghiệp ngoài tỉnh: 62%
Tháng | Lượt mua
1 | 310
2 | 940
“Dữ liệu cũng là nắng, không thu thì phí”, ông Chế Linh Đa nói.
Tỉnh dự kiến mở rộng sàn sang ngành thủy lợi vào năm 2025 với 60 hồ chứa.""",
    ),
    Page(
        "old_portal_tables.html",
        "Nam Định xây dựng kho dữ liệu dùng chung",
        None,
        date(2021, 6, 21),
        ("Nam Định",),
        """\
Ngày 20/6/2021, Ủy ban nhân dân tỉnh Nam Định phê duyệt kế hoạch xây dựng kho dữ liệu dùng chung với kinh phí 45 tỷ đồng.
Kho sẽ kết nối 19 sở, ngành và 10 huyện, thành phố. Giai đoạn đầu có 14 cơ sở dữ liệu.
Dự kiến đến năm 2023, 80% dữ liệu của tỉnh được chia sẻ qua kho này.""",
    ),
    Page(
        "blog_system.html",
        "Trà Vinh thử nghiệm lúa gạo truy xuất",
        "nongdanso.example",
        date(2022, 11, 8),
        ("Trà Vinh",),
        """\
Hợp tác xã ở Trà Vinh đã gắn mã cho 1.800 tấn gạo, cho phép người mua xem nhật ký canh tác của từng lô.
Chi phí mỗi mã là 150 đồng, bằng 0,8% giá bán. Trong vụ hè thu, 74% khách hàng đã quét mã ít nhất một lần.
Khó ở khâu ghi chép
Chỉ 5/12 tổ sản xuất ghi nhật ký đều đặn.
1. Nhập giống: 2 ngày
2. Ghi phân bón: hằng tuần""",
    ),
    Page(
        "lead_outside_body.html",
        "Long An hoàn thành 92% số hóa hộ tịch",
        "tinnhanh.example",
        date(2023, 9, 15),
        ("Long An",),
        """\
Toàn tỉnh Long An đã số hóa 1,46 triệu trang sổ hộ tịch, đạt 92% kế hoạch năm.
Công việc do 188 cán bộ tư pháp thực hiện trong 14 tháng, với hai ca mỗi ngày.
Sai sót được phát hiện ở 0,7% số trang, chủ yếu do chữ viết tay mờ, và đã được đối chiếu lại.
Phần còn lại thuộc 3 huyện biên giới, sẽ xong trong quý I/2024.""",
    ),
    Page(
        "digest.md",
        "Yên Bái: ba năm chuyển đổi số",
        "Báo Vùng Cao",
        date(2024, 12, 5),
        ("Yên Bái",),
        """\
Tỉnh Yên Bái xếp hạng 27 về DTI năm 2023, đạt 0,6012 điểm; bộ chỉ số riêng của tỉnh mang tên YB_DTI_X.
Kết quả
- Hồ sơ trực tuyến: 71,3%
- Thanh toán số:
- Cấp tỉnh: 83%
- Cấp xã: 44%
2. Hạ tầng: 1.102 trạm
Năm | Hạng
2022 | 31
2023 | 27
Ông Hà Văn Pẩu nói: "Chậm mà chắc.\"""",
    ),
    Page(
        "plain_heading.md",
        "Hà Nam thí điểm trợ lý ảo ở bộ phận một cửa",
        None,
        None,
        ("Hà Nam",),
        """\
Trợ lý ảo trả lời 1.240 câu hỏi mỗi tuần tại 6 huyện, thị xã, thành phố của Hà Nam.
Tỷ lệ trả lời đúng là 93%.""",
    ),
]


@pytest.mark.parametrize("page", PAGES_READ, ids=lambda page: page.file)
def test_a_page_gives_its_story_and_nothing_else(page: Page) -> None:
    article = read(page.file)
    assert article.text == page.text
    assert (article.title, article.publisher, article.published) == (page.title, page.publisher, page.published)
    assert article.provinces == page.provinces


def test_every_page_is_in_the_table() -> None:
    assert {page.file for page in PAGES_READ} == {path.name for path in PAGES.iterdir()}


def test_urls_come_from_the_page() -> None:
    assert read("press_jsonld.html").url == "https://nanggio.example/kinh-te/dien-mat-troi-len-san.html"
    assert read("blog_system.html").url == "https://www.nongdanso.example/2022/11/08/tra-vinh-lua-gao/"
    assert read("digest.md").url == "https://vungcao.example/yen-bai"
    assert read("interview.txt").url is None


def test_a_paragraph_above_the_first_heading_of_a_page_is_kept() -> None:
    lead = "Năm 2024, tỉnh Ninh Thuận có 68,4% hồ sơ được nộp trực tuyến, theo báo cáo chuyển đổi số của tỉnh."
    part = "Cùng năm, 52,6% khoản phí được trả trên mạng, nhờ các điểm hướng dẫn ở bộ phận một cửa cấp xã."
    page = (
        f"<html><head><title>I. Dịch vụ công</title></head><body><article><p>Ninh Thuận tổng kết một năm lên mạng</p>"
        f"<p>{lead}</p><h1>I. Dịch vụ công</h1><p>{part}</p></article></body></html>"
    )
    found = read_article(RawDocument("a.html", "/a.html", page.encode(), Kind.HTML))
    assert lead in found.text and part in found.text
    assert found.title == "Ninh Thuận tổng kết một năm lên mạng"
