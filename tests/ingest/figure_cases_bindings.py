"""Which province and period a figure is bound to; tables; what is no figure."""

from datetime import date

from tests.ingest.figure_cases import NATION, Expected, case, rank, result, target

CASES = [
    # --- subjects, periods, several provinces
    case(
        "subject and period carried from the sentence before",
        "",
        "Năm 2022, Đắk Lắk xếp thứ ⟦44⟧ về DTI. Trong đó, chính quyền số xếp thứ ⟦39⟧, xã hội số xếp thứ ⟦47⟧.",
        rank(44, 2022, "dti", province="Đắk Lắk"),
        rank(39, 2022, "chinh quyen so", province="Đắk Lắk"),
        rank(47, 2022, "xa hoi so", province="Đắk Lắk"),
    ),
    case(
        "several provinces, each with its own",
        "",
        "Năm 2023, Cần Thơ đạt ⟦0,70⟧ điểm DTI, Kiên Giang đạt ⟦0,66⟧ điểm, còn Cà Mau chỉ đạt ⟦0,59⟧ điểm.",
        result(0.70, "điểm", 2023, "dti", province="Cần Thơ"),
        result(0.66, "điểm", 2023, "dti", province="Kiên Giang"),
        result(0.59, "điểm", 2023, "dti", province="Cà Mau"),
    ),
    case(
        "provinces with their figures in parentheses",
        "",
        "Dẫn đầu xã hội số năm 2022 có Hà Nội (⟦0,72⟧ điểm), Hải Phòng (⟦0,71⟧ điểm) và Lào Cai (⟦0,69⟧ điểm).",
        result(0.72, "điểm", 2022, "xa hoi so", province="Hà Nội"),
        result(0.71, "điểm", 2022, "xa hoi so", province="Hải Phòng"),
        result(0.69, "điểm", 2022, "xa hoi so", province="Lào Cai"),
    ),
    case(
        "the rank comes before its province",
        "",
        "Bảng xếp hạng PCI năm 2023: ⟦đứng đầu⟧ cả nước là Quảng Ninh với ⟦71,25⟧ điểm, thứ ⟦hai⟧ là Long An với ⟦70,94⟧ điểm.",
        rank(1, 2023, "pci", province="Quảng Ninh"),
        result(71.25, "điểm", 2023, "pci", province="Quảng Ninh"),
        rank(2, 2023, "pci", province="Long An"),
        result(70.94, "điểm", 2023, "pci", province="Long An"),
    ),
    case(
        "the nation's mean is not the province's",
        "Hà Giang",
        "Năm 2023, tỷ lệ hồ sơ trực tuyến của Hà Giang đạt ⟦52⟧%, cao hơn mức trung bình của cả nước (⟦39⟧%).",
        result(52, "%", 2023, "ho so truc tuyen"),
        result(39, "%", 2023, "ho so truc tuyen", province=NATION),
    ),
    case(
        "two years in one sentence",
        "Thừa Thiên Huế",
        "DTI của Thừa Thiên Huế năm 2021 xếp thứ ⟦2⟧, năm 2022 xếp thứ ⟦4⟧ và năm 2023 xếp thứ ⟦8⟧.",
        rank(2, 2021, "dti"),
        rank(4, 2022, "dti"),
        rank(8, 2023, "dti"),
    ),
    case(
        "the year before, from the day of publication",
        "Bình Định",
        "Năm ngoái, Bình Định xếp thứ ⟦26⟧/63 về chỉ số cải cách hành chính.",
        rank(26, 2023, "cai cach hanh chinh", of=63),
        published=date(2024, 4, 20),
    ),
    case(
        "nine months",
        "Nam Định",
        "9 tháng năm 2024, Nam Định tiếp nhận ⟦310.244⟧ hồ sơ, trong đó ⟦76⟧% nộp trực tuyến.",
        result(310244, "hồ sơ", "2024 9M", "tiep nhan|ho so"),
        result(76, "%", "2024 9M", "truc tuyen"),
    ),
    case(
        "a quarter",
        "Vĩnh Long",
        "Quý III/2023, Trung tâm Phục vụ hành chính công tỉnh Vĩnh Long giải quyết đúng hạn ⟦99,4⟧% hồ sơ.",
        result(99.4, "%", "2023 Q3", "dung han", "ho so"),
    ),
    case(
        "hiện nay has no year",
        "Bà Rịa - Vũng Tàu",
        "Hiện nay, Bà Rịa - Vũng Tàu có ⟦82⟧/82 xã, phường được kiểm tra an toàn thông tin.",
        result(82, ("xã", "xã, phường"), None, "an toan thong tin", of=82),
        published=date(2024, 8, 8),
    ),
    case(
        "span of years",
        "Quảng Nam",
        "Giai đoạn 2021-2025, Quảng Nam đào tạo kỹ năng số cho ⟦12.000⟧ lượt cán bộ.",
        Expected(12000, ("lượt", "lượt cán bộ"), ("result", "target"), "2021-2025", ("ky nang so",)),
    ),
    case(
        "a document's year is not the figure's",
        "Ninh Bình",
        "Thực hiện Nghị quyết số 01-NQ/TU ngày 17/8/2021, đến nay Ninh Bình có ⟦143⟧ xã, phường ra mắt tổ công nghệ số.",
        result(143, ("xã", "xã, phường"), None, "to cong nghe so"),
    ),
    case(
        "the province of the article, under an office's name",
        "Hà Tĩnh",
        "Sở Thông tin và Truyền thông cho biết, toàn tỉnh có ⟦216⟧ sản phẩm OCOP lên sàn thương mại điện tử.",
        result(216, "sản phẩm", None, "ocop|san thuong mai dien tu"),
    ),
    case(
        "a district's figure keeps its place in the label",
        "Lào Cai",
        "Tại huyện Bảo Thắng, ⟦12⟧/14 xã, thị trấn đã lắp camera an ninh.",
        result(12, ("xã", "xã, thị trấn"), None, "bao thang", "camera", of=14),
    ),
    # --- tables
    case(
        "table of ranks",
        "",
        "Xếp hạng DTI cấp tỉnh năm 2022\nTỉnh | Hạng | Điểm\nPhú Yên | ⟦34⟧ | ⟦0,5502⟧\nKhánh Hòa | ⟦17⟧ | ⟦0,6190⟧",
        rank(34, 2022, "dti", province="Phú Yên"),
        result(0.5502, "điểm", 2022, "dti", province="Phú Yên"),
        rank(17, 2022, "dti", province="Khánh Hòa"),
        result(0.6190, "điểm", 2022, "dti", province="Khánh Hòa"),
    ),
    case(
        "table with a running number and years as columns",
        "",
        "Thứ hạng chính quyền số\nSTT | Địa phương | Năm 2021 | Năm 2022\n1 | Bến Tre | ⟦24⟧ | ⟦16⟧\n2 | Trà Vinh | ⟦50⟧ | ⟦41⟧",
        rank(24, 2021, "chinh quyen so", province="Bến Tre"),
        rank(16, 2022, "chinh quyen so", province="Bến Tre"),
        rank(50, 2021, "chinh quyen so", province="Trà Vinh"),
        rank(41, 2022, "chinh quyen so", province="Trà Vinh"),
    ),
    case(
        "table of targets and results of one province",
        "Yên Bái",
        "Chỉ tiêu chuyển đổi số năm 2023\nChỉ tiêu | Mục tiêu | Thực hiện\nHồ sơ trực tuyến | ⟦60⟧% | ⟦72,1⟧%\nChữ ký số cá nhân | ⟦30⟧% | ⟦18⟧%",
        target(60, "%", 2023, "ho so truc tuyen"),
        result(72.1, "%", 2023, "ho so truc tuyen"),
        target(30, "%", 2023, "chu ky so"),
        result(18, "%", 2023, "chu ky so"),
    ),
    # --- no figures
    case(
        "dates and clock times",
        "Sơn La",
        "Sáng 12/10/2023, lúc 8 giờ 30 phút, Sơn La tổ chức hội nghị tại phường 5, quốc lộ 6.",
    ),
    case(
        "document numbers",
        "Huế",
        "Căn cứ Quyết định số 749/QĐ-TTg ngày 3/6/2020, Nghị quyết 12-NQ/TU và Chỉ thị 05/CT-UBND.",
    ),
    case(
        "names with numbers",
        "Đồng Nai",
        "Đề án 06, Chợ 4.0, dịch vụ công mức độ 4, mạng 5G, cách mạng công nghiệp 4.0, Đại hội lần thứ XIII.",
    ),
    case(
        "durations and ages",
        "Cà Mau",
        "Sau 3 năm triển khai, trong 15 ngày làm việc, trẻ em dưới 6 tuổi vẫn được hỗ trợ 24/7.",
    ),
    case("phones and page furniture", "Gia Lai", "Đường dây nóng 0269.3824.123, hotline 1900 1234, trang 2."),
]
