"""Differences that are nobody's value, ranks that are not the province's, lines that rule what stands below them, goals without numbers."""

from datetime import date

from tests.ingest.figure_cases import NATION, case, change, rank, result, target

CASES = [
    # --- differences
    case(
        "by how much it is above the year before",
        "Tiền Giang",
        "Năm 2022, Tiền Giang xếp thứ ⟦19⟧ về DTI với ⟦0,61⟧ điểm, cao hơn năm 2021 là ⟦0,12⟧ điểm. Trong đó, xã hội số đạt ⟦0,57⟧ điểm.",
        rank(19, 2022, "dti"),
        result(0.61, "điểm", 2022, "dti"),
        change(0.12, "điểm", (2022, None)),
        result(0.57, "điểm", 2022, "xa hoi so"),
    ),
    case(
        "by how much it falls short of another",
        "Lai Châu",
        "Năm 2023, Lai Châu có ⟦64,2⟧% hồ sơ nộp trực tuyến, thấp hơn Điện Biên ⟦3,1⟧%.",
        result(64.2, "%", 2023, "ho so"),
        change(-3.1, "%", (2023, None)),
    ),
    case(
        "more money than the year before",
        "Hà Nam",
        "Năm 2024, Hà Nam chi ⟦90⟧ tỷ đồng cho chuyển đổi số, nhiều hơn năm 2023 ⟦15⟧ tỷ đồng.",
        result(90e9, "đồng", 2024),
        change(15e9, "đồng", (2024, None)),
    ),
    case(
        "a bracket behind a name tells of that one",
        "Phú Yên",
        "Quý II/2024, Phú Yên đạt ⟦41,7⟧% thanh toán trực tuyến, cao hơn Gia Lai (⟦35,2⟧%).",
        result(41.7, "%", "2024 Q2", "thanh toan truc tuyen"),
        result(35.2, "%", "2024 Q2", province="Gia Lai"),
    ),
    case(
        "a year compared with is not carried on",
        "Bình Định",
        "Bình Định có ⟦1.950⟧ trạm BTS, tăng ⟦11⟧% so với năm 2022. Toàn tỉnh phủ sóng ⟦99,4⟧% khu dân cư.",
        result(1950, ("trạm", "trạm bts"), None),
        change(11, "%", None),
        result(99.4, "%", None),
    ),
    # --- ranks of others
    case(
        "departments ranked behind the verb",
        "Lào Cai",
        "Lào Cai đánh giá chuyển đổi số của các sở, ngành năm 2024. Văn phòng UBND tỉnh Lào Cai đạt ⟦912⟧ điểm; xếp thứ ⟦4⟧ và thứ ⟦5⟧ là Sở Xây dựng, Sở Tài chính.",
        result(912, "điểm", 2024, province=""),
        rank(4, 2024, province=""),
        rank(5, 2024, province=""),
    ),
    case(
        "a component of an index, and a matter that is none",
        "Đồng Tháp",
        "Đồng Tháp xếp thứ ⟦5⟧ về PCI năm 2023. Chỉ số thành phần Tính minh bạch đạt ⟦6,91⟧ điểm, đứng thứ ⟦3⟧. Tỉnh xếp thứ ⟦8⟧ cả nước về giảm chi phí thời gian.",
        rank(5, 2023, "pci"),
        result(6.91, "điểm", 2023, "minh bach"),
        rank(3, 2023, "minh bach"),
        rank(8, 2023, "chi phi"),
    ),
    case(
        "of how many, in a row, in order",
        "Cao Bằng",
        "Cao Bằng là 1 trong 12 tỉnh, thành phố dẫn đầu về số hóa hộ tịch. Đây là năm thứ 6 liên tiếp tỉnh tổ chức ngày hội số. Người dân lấy số thứ tự tại quầy.",
    ),
    # --- lines that rule
    case(
        "a line that names a province rules until the next",
        "",
        "Hai tỉnh Bến Tre và Trà Vinh tăng tốc năm 2024.\nBến Tre\nTỷ lệ hồ sơ trực tuyến của tỉnh đạt ⟦77⟧%.\nTrà Vinh\n"
        "Tỉnh có ⟦145⟧ trạm 5G.",
        result(77, "%", None, province="Bến Tre"),
        result(145, ("trạm", "trạm 5g"), None, province="Trà Vinh"),
    ),
    case(
        "a plan's lines say that it is aimed at, and by when",
        "Bắc Giang",
        "II. MỤC TIÊU\n1. Đến năm 2026\nHồ sơ trực tuyến đạt ⟦85⟧%.\n2. Định hướng đến năm 2030\n- ⟦95⟧% hộ dân có cáp quang.\nIII. KẾT QUẢ NĂM 2023\n"
        "Hồ sơ trực tuyến đạt ⟦61⟧%.",
        target(85, "%", 2026),
        target(95, "%", 2030),
        result(61, "%", 2023),
        published=date(2024, 3, 1),
    ),
    case(
        "of this province, where two can be meant",
        "",
        "Tại Hưng Yên, kinh tế số năm 2024 chiếm ⟦14,1⟧% GRDP.\nTại Hải Dương, kinh tế số năm 2024 chiếm ⟦11,3⟧% GRDP.\n"
        "Số doanh nghiệp công nghệ số của tỉnh này là ⟦95⟧ doanh nghiệp.",
        result(14.1, "%", 2024, province="Hưng Yên"),
        result(11.3, "%", 2024, province="Hải Dương"),
        result(95, "doanh nghiệp", None, province=""),
    ),
    # --- goals and deadlines
    case(
        "a goal without a number makes targets of what goes on about it",
        "Kiên Giang",
        "Phấn đấu đến năm 2030, Kiên Giang hoàn thành đô thị thông minh.\nKhi đó, ⟦95⟧% dịch vụ công là toàn trình; ⟦80⟧% ở cấp xã.",
        target(95, "%", 2030),
        target(80, "%", 2030),
        published=date(2024, 5, 2),
    ),
    case(
        "a deadline in the article's year that has been reached",
        "Ninh Thuận",
        "Đến năm 2024, mạng 4G của Ninh Thuận đã phủ ⟦100⟧% xã; ⟦97⟧% thôn có cáp quang.",
        result(100, "%", (2024, None)),
        result(97, "%", (2024, None)),
        published=date(2024, 11, 20),
    ),
    case(
        "a goal in passing leaves results alone",
        "Long An",
        "Long An hướng tới chính quyền số. Năm 2023, hồ sơ trực tuyến đạt ⟦78⟧%. Mục tiêu quốc gia là ⟦80⟧%.",
        result(78, "%", 2023),
        target(80, "%", (2023, None), province=NATION),
        published=date(2024, 2, 1),
    ),
]
