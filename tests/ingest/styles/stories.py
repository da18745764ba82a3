"""Stories written for the pages; every figure in them is made up."""

from dataclasses import dataclass

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Story:
    """``body``: paragraphs, "## " sub-headings, "- " list items, or the rows of a table."""

    title: str
    lead: str
    body: tuple[str | Rows, ...]

    def words(self) -> list[str]:
        """Every word that a reader should hand on, the title's aside."""
        lines = [self.lead]
        for part in self.body:
            lines += (
                [" ".join(row) for row in part]
                if isinstance(part, tuple)
                else [part.removeprefix("## ").removeprefix("- ")]
            )
        return " ".join(lines).split()


FERRY = Story(
    "Bến phà Cát Lở bán vé bằng mã định danh",
    "Từ đầu tháng 6, khách qua phà Cát Lở ở Hải Phòng chỉ cần đưa ứng dụng VNeID là lên tàu, không phải xếp hàng mua vé giấy.",
    (
        "Ban quản lý bến cho biết trong mười ngày đầu có 21.340 lượt khách dùng cách này, chiếm 58,2% tổng số lượt qua phà.",
        "Chị Phạm Thị Nhàn, buôn hải sản ở đảo, nói mỗi chuyến chị đỡ được mười lăm phút chờ, lại không lo rơi vé xuống nước.",
        "## Kết nối với dữ liệu dân cư",
        "Hệ thống nối thẳng với cơ sở dữ liệu quốc gia về dân cư nên người cao tuổi và học sinh được giảm giá ngay tại cửa soát vé.",
        "Thành phố dự tính mở rộng ra 4 bến còn lại trong quý IV, với kinh phí 6,8 tỷ đồng lấy từ ngân sách chuyển đổi số.",
        "Đến cuối năm, ngành giao thông đặt mục tiêu 75% lượt khách qua phà không dùng tiền mặt.",
    ),
)

CLINIC = Story(
    "Trạm y tế vùng cao Hà Giang dùng bệnh án điện tử",
    "Sau nửa năm thử nghiệm ở ba huyện, 46 trạm y tế xã của Hà Giang đã bỏ hẳn sổ khám giấy và ghi bệnh án trên máy tính bảng.",
    (
        "Theo Sở Y tế, đến hết tháng 9 có 83.500 bệnh án điện tử được lập, đạt 69,4% kế hoạch của cả năm.",
        "- Huyện Đồng Văn: 17 trạm, 31.200 bệnh án",
        "- Huyện Yên Minh: 16 trạm, 29.900 bệnh án",
        "- Huyện Quản Bạ: 13 trạm, 22.400 bệnh án",
        "Khó khăn lớn nhất là sóng yếu: 9 trạm phải đợi đến tối mới đồng bộ được dữ liệu về bệnh viện huyện.",
        "Bác sĩ Vừ Mí Sính kể rằng người bệnh nay không còn phải mang theo túi giấy tờ mỗi lần chuyển tuyến.",
        "Tỉnh sẽ trang bị thêm 120 máy tính bảng trước mùa mưa năm tới.",
    ),
)

RANKS = Story(
    "An Giang tăng 5 bậc về chỉ số chuyển đổi số",
    "Kết quả vừa công bố cho thấy tỉnh An Giang đứng thứ 24/63 về chuyển đổi số năm 2023, tăng 5 bậc so với năm trước.",
    (
        "Cả ba trụ cột của tỉnh đều tăng điểm, trong đó xã hội số tiến nhanh nhất nhờ phong trào dạy kỹ năng số ở ấp.",
        (
            ("Trụ cột", "Hạng 2022", "Hạng 2023"),
            ("Chính quyền số", "27", "22"),
            ("Kinh tế số", "33", "30"),
            ("Xã hội số", "31", "19"),
        ),
        "Lãnh đạo Sở Thông tin và Truyền thông cho rằng kinh tế số vẫn là điểm yếu vì phần lớn doanh nghiệp trong tỉnh có quy mô nhỏ.",
        "Năm 2024, tỉnh phấn đấu lọt vào nhóm 20 địa phương dẫn đầu và nâng tỷ lệ hồ sơ trực tuyến lên 70%.",
    ),
)

SCHOOL = Story(
    "Học bạ số về với 312 trường tiểu học của Nghệ An",
    "Năm học này, phụ huynh ở Nghệ An có thể xem học bạ của con trên điện thoại thay vì đợi cuối kỳ mới được cầm cuốn sổ giấy.",
    (
        "Ngành giáo dục tỉnh cho biết 312 trường tiểu học đã ký số 148.000 học bạ, bằng 91,3% tổng số học sinh.",
        "Cô Lô Thị Hoài, giáo viên một trường ở huyện Con Cuông, thừa nhận những tuần đầu rất vất vả vì cả điểm trường có một máy tính.",
        "“Giờ thì ký xong một lớp chỉ mất nửa tiếng”, cô nói.",
        "Tỉnh bố trí 22,5 tỷ đồng mua thiết bị cho các điểm trường lẻ trong giai đoạn 2024-2026.",
        "Từ năm 2026, học bạ giấy ở bậc tiểu học sẽ không còn được dùng khi chuyển trường trong tỉnh.",
    ),
)

MARKET = Story(
    "Tiểu thương chợ Bến Thủy Lợi quen dần với mã QR",
    "Ở ngôi chợ lâu đời nhất thị xã, gần như sạp nào cũng dán một mã QR, và người bán xôi cũng nhận chuyển khoản từ 5.000 đồng.",
    (
        "Khảo sát của ban quản lý chợ tháng 7/2024 cho thấy 412 trên 460 hộ kinh doanh đã nhận thanh toán không dùng tiền mặt.",
        "Bà Trịnh Thị Sáu, bán cá khô hơn ba mươi năm, bảo lúc đầu sợ mất tiền, nay mỗi ngày có chừng 40 khách trả bằng điện thoại.",
        "## Thuế và hóa đơn",
        "Chi cục thuế khu vực hướng dẫn 190 hộ dùng hóa đơn điện tử khởi tạo từ máy tính tiền, vượt 15% so với kế hoạch.",
        "Tỉnh Tiền Giang muốn nhân rộng mô hình ra 60 chợ trong năm 2025 để thúc đẩy kinh tế số ở khu vực nông thôn.",
    ),
)

OFFICE = Story(
    "Lâm Đồng trả kết quả hành chính tại nhà cho người cao tuổi",
    "Trung tâm Phục vụ hành chính công tỉnh Lâm Đồng phối hợp bưu điện mang kết quả đến tận nhà cho người từ 70 tuổi trở lên.",
    (
        "Sau ba tháng, bưu tá đã giao 6.270 kết quả, trong đó 94% là bản điện tử có ký số kèm một bản in để người già dễ xem.",
        "Tỷ lệ hồ sơ nộp trực tuyến toàn trình của tỉnh nhờ vậy tăng từ 47,1% lên 55,8%.",
        "Ông K’Brốp, 81 tuổi, ở xã Đạ Nhim, cho hay trước kia phải nhờ cháu chở 26 km mới lấy được giấy chứng nhận.",
        "Kinh phí giao nhận do tỉnh chi trả, mỗi kết quả 18.000 đồng.",
        "Trung tâm sẽ tổng kết mô hình vào tháng 12 để trình hội đồng nhân dân tỉnh xem xét kéo dài.",
    ),
)
