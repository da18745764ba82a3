"""Questions as people type them, and what each is understood to ask."""

from datetime import date

import pytest

from retrieval.question import understand
from retrieval.types import Expect, Intent, Period

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Xin chào", Intent.GREETING),
        ("chào bạn nhé!", Intent.GREETING),
        ("cam on ban", Intent.GREETING),
        ("Bạn làm được gì?", Intent.CAPABILITIES),
        ("bot này dùng thế nào", Intent.CAPABILITIES),
        ("Bạn có dữ liệu của những tỉnh nào?", Intent.CAPABILITIES),
        ("Sơn La xếp thứ mấy về DTI?", Intent.LOOKUP),
        ("Điểm PAPI của Phú Yên năm 2023", Intent.LOOKUP),
        ("dien bien xep hang may ve cai cach hanh chinh", Intent.LOOKUP),
        ("Hà Giang hay Cao Bằng có nhiều trạm BTS hơn?", Intent.COMPARE),
        ("so sanh dti cua ca mau va hau giang", Intent.COMPARE),
        ("PCI của Long An và Tiền Giang chênh nhau bao nhiêu?", Intent.COMPARE),
        ("Tỉnh nào có tỷ lệ hồ sơ trực tuyến cao nhất?", Intent.RANK),
        ("top 5 tinh dan dau dti 2022", Intent.RANK),
        ("địa phương nào đội sổ về chính quyền số", Intent.RANK),
        ("Giữa Lai Châu, Sơn La và Yên Bái thì tỉnh nào thấp nhất về DTI?", Intent.RANK),
        ("Chỉ số thành phần nào của Trà Vinh thấp nhất?", Intent.RANK),
        ("DTI của Thanh Hóa thay đổi ra sao từ 2021 đến 2023?", Intent.TREND),
        ("thu hang dti cua nghe an qua cac nam", Intent.TREND),
        ("Kon Tum tăng mấy bậc so với năm 2022?", Intent.TREND),
        ("hang pci cua kon tum tu 2020 den 2022", Intent.TREND),
        ("PII là chỉ số gì", Intent.DEFINITION),
        ("4G phủ bao nhiêu % thôn ở Kon Tum, mục tiêu 2025 là bao nhiêu?", Intent.TARGET_VS_RESULT),
        ("So sánh DTI 2021 và 2022 của Lào Cai", Intent.TREND),
        ("Huế đã đạt mục tiêu kinh tế số 20% GRDP chưa?", Intent.TARGET_VS_RESULT),
        ("Tỷ lệ chữ ký số ở Nam Định so với chỉ tiêu thế nào?", Intent.TARGET_VS_RESULT),
        ("ty le 4g cua gia lai co dat ke hoach khong", Intent.TARGET_VS_RESULT),
        ("Kể tên các ứng dụng số của Tây Ninh", Intent.LIST),
        ("Bình Thuận ưu tiên chuyển đổi số những lĩnh vực nào?", Intent.LIST),
        ("Mục tiêu của Nghệ An đến năm 2030 là gì?", Intent.LIST),
        ("SIPAS là gì?", Intent.DEFINITION),
        ("to cong nghe so cong dong nghia la gi", Intent.DEFINITION),
        ("Tình hình chuyển đổi số của Bình Phước", Intent.OVERVIEW),
        ("tom tat cds tinh ben tre", Intent.OVERVIEW),
        ("Tuyên Quang", Intent.OVERVIEW),
        ("Vĩnh Long thế nào rồi?", Intent.OVERVIEW),
        ("Chủ tịch UBND tỉnh Hà Nam là ai?", Intent.PERSON),
        ("ai lam giam doc so kh&cn quang tri", Intent.PERSON),
        ("Vì sao Thái Bình tụt hạng DTI?", Intent.EXPLAIN),
        ("Mất điện thì người dân nộp hồ sơ như thế nào?", Intent.EXPLAIN),
    ],
)
def test_intents(text: str, intent: Intent) -> None:
    assert understand(text, today=TODAY).intent is intent


@pytest.mark.parametrize(
    ("text", "expects", "counted"),
    [
        ("Tỷ lệ hồ sơ số hóa ở Yên Bái?", Expect.PERCENT, ""),
        ("bao nhiêu % dân số Cần Thơ có VNeID", Expect.PERCENT, ""),
        ("kinh te so chiem may phan tram grdp o dong nai", Expect.PERCENT, ""),
        ("Hòa Bình đứng thứ bao nhiêu về PII?", Expect.RANK, ""),
        ("hạng dti kon tum", Expect.RANK, ""),
        ("Sóc Trăng tăng bao nhiêu bậc?", Expect.RANK, ""),
        ("An Giang được mấy điểm SIPAS?", Expect.SCORE, ""),
        ("Điểm PAPI của Bạc Liêu", Expect.SCORE, ""),
        ("Cà Mau có bao nhiêu trạm BTS?", Expect.COUNT, "trạm"),
        ("vinh phuc co may to cnscđ", Expect.COUNT, "to"),
        ("Mô hình chợ số có ở mấy chợ?", Expect.COUNT, "chợ"),
        ("Quét mã QR thí điểm ở bao nhiêu chợ của Kon Tum?", Expect.COUNT, "chợ"),
        ("Kế hoạch của Lạng Sơn gồm bao nhiêu nhiệm vụ?", Expect.COUNT, "nhiệm vụ"),
        ("Ninh Thuận cung cấp bao nhiêu DVCTT?", Expect.COUNT, "dịch vụ"),
        ("số lượng doanh nghiệp công nghệ số ở Bình Dương", Expect.COUNT, "doanh nghiệp"),
        ("Kinh phí chuyển đổi số của Hậu Giang", Expect.MONEY, ""),
        ("Hậu Giang dự kiến chi thường xuyên bao nhiêu cho hạ tầng số?", Expect.MONEY, ""),
        ("Xuất khẩu phần mềm của Huế đạt bao nhiêu?", Expect.MONEY, ""),
        ("Quảng Bình chi bao nhiêu tiền cho hạ tầng số?", Expect.MONEY, ""),
        ("Trung tâm dữ liệu của Hải Dương khai trương khi nào?", Expect.DATE, ""),
        ("Nghị quyết chuyển đổi số của Lạng Sơn số hiệu gì?", Expect.DOCUMENT, ""),
        ("nghi quyet cds cua tinh uy ha tinh so bao nhieu", Expect.DOCUMENT, ""),
        ("Đắk Nông ký kết với tập đoàn nào?", Expect.ORGANISATION, ""),
        ("Tỉnh nào đứng đầu về kinh tế số?", Expect.PROVINCE, ""),
        ("dia phuong nao dung dau ve kinh te so", Expect.PROVINCE, ""),
        ("Huyện nào của Kon Tum đứng đầu về DTI?", Expect.ORGANISATION, ""),
        ("Ai là Bí thư Tỉnh ủy Phú Thọ?", Expect.PERSON, ""),
        ("Vì sao Đồng Tháp dẫn đầu?", Expect.EXPLANATION, ""),
        ("Liệt kê nền tảng số của Vĩnh Phúc", Expect.LIST, ""),
        ("giá vàng hôm nay", Expect.ANY, ""),
    ],
)
def test_expectations(text: str, expects: Expect, counted: str) -> None:
    query = understand(text, today=TODAY)
    assert (query.expects, query.counted) == (expects, counted)


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("Ninh Bình xếp thứ mấy về chuyển đổi số?", ("dti",)),
        ("công tác chuyển đổi số ở Ninh Bình", ()),
        ("ninh binh dung thu may ve cds", ("dti",)),
        ("Hà Nội xếp hạng mấy về cải cách hành chính?", ("par-index",)),
        ("KTS của Hưng Yên xếp thứ mấy?", ("dti-economy",)),
        ("Kinh tế số đóng góp bao nhiêu vào GRDP Hưng Yên?", ("digital-economy-share",)),
        ("kinh tế số của Hưng Yên chiếm bao nhiêu %", ("digital-economy-share",)),
        ("điểm chính quyền số trong DTI của Hưng Yên", ("dti-government",)),
        ("DTI và chính quyền số của Hưng Yên", ("dti", "dti-government")),
        ("Huyện nào của Hưng Yên xếp cuối về DTI?", ("dti-local",)),
        ("các trụ cột của Hưng Yên xếp thứ mấy", ("dti-government", "dti-economy", "dti-society")),
        ("bac ninh xep thu may", ("dti",)),
        ("Tỉnh nào dẫn đầu năm 2023?", ("dti",)),
        ("Lạng Sơn tụt hạng hay tăng hạng?", ("dti",)),
        ("Vì sao Đà Nẵng đứng đầu năm 2022?", ("dti",)),
        ("So sánh tiến độ chuyển đổi số của Bắc Ninh và Hải Phòng", ("dti",)),
        ("Huyện nào xếp cuối?", ()),
        ("Bắc Ninh xếp thứ mấy về thu ngân sách?", ()),
    ],
)
def test_topics_become_indexes_beside_words_of_ranking(text: str, indicators: tuple[str, ...]) -> None:
    assert understand(text).indicators == indicators


@pytest.mark.parametrize(
    ("text", "best", "count"),
    [
        ("Tỉnh nào đứng đầu về DTI?", True, 1),
        ("tinh nao thap nhat ve xa hoi so", False, 1),
        ("tỉnh nào tệ nhất về DTI", False, 1),
        ("top 10 tỉnh dẫn đầu DTI 2023", True, 10),
        ("5 địa phương xếp cuối về PCI là những tỉnh nào?", False, 5),
        ("xếp hạng các tỉnh theo tỷ trọng kinh tế số", True, None),
        ("Tỉnh nào dẫn đầu DTI 2024 trong 34 tỉnh, thành phố?", True, 1),
    ],
)
def test_rankings(text: str, best: bool, count: int | None) -> None:
    query = understand(text)
    assert query.intent is Intent.RANK
    assert (query.best, query.count) == (best, count)


@pytest.mark.parametrize(
    ("text", "wants"),
    [
        ("Mục tiêu DVCTT toàn trình của Bắc Giang năm 2025", "target"),
        ("Bắc Giang phấn đấu vào top mấy?", "target"),
        ("bac giang se dat bao nhieu % vao nam 2030", "target"),
        ("Tỷ lệ cáp quang của Hà Nam đến năm 2030", "target"),
        ("Hà Nam đã đạt bao nhiêu % hồ sơ trực tuyến?", "result"),
        ("Hà Nam đã hoàn thành bao nhiêu mục tiêu?", "result"),
        ("Hà Nam đạt mục tiêu cáp quang chưa?", "both"),
        ("Tỷ lệ cáp quang của Hà Nam", ""),
    ],
)
def test_target_or_result(text: str, wants: str) -> None:
    assert understand(text, today=TODAY).wants == wants


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Tỷ lệ DVCTT toàn trình ở Hà Nam năm 2023 là bao nhiêu?", "dich vu cong truc tuyen toan trinh"),
        ("ty le thanh toan khong dung tien mat o ha nam", "thanh toan khong dung tien mat"),
        ("Hà Nam có bao nhiêu chợ 4.0?", "cho 4.0"),
        ("ha nam co may cho thi diem", "cho thi diem"),
        ("Hộ kinh doanh ở Cà Mau nộp thuế điện tử", "ho kinh doanh nop thue dien tu"),
        ("Nghị quyết 12-NQ/TU của Cà Mau đề ra mấy mục tiêu?", "nghi quyet 12-nq/tu muc tieu"),
        ("tai khoan ngan hang cua nguoi tren 15 tuoi o ca mau", "tai khoan ngan hang nguoi 15 tuoi"),
        ("Đồng Nai chuyển đổi số với FPT?", "chuyen doi so fpt"),
        ("Top 5 tỉnh dẫn đầu về SIPAS", "sipas"),
    ],
)
def test_terms(text: str, terms: str) -> None:
    assert " ".join(understand(text).terms) == terms


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("Nghị quyết 12-NQ/TU nói gì?", ("12-NQ/TU",)),
        ("ke hoach 333/kh-ubnd", ("333/kh-ubnd",)),
        ("Chỉ thị 10 yêu cầu gì?", ("Chỉ thị 10",)),
        ("Ứng dụng “Công dân số” của Lạng Sơn", ("Công dân số",)),
        ("Lạng Sơn hợp tác với FPT và VNPT", ("FPT", "VNPT")),
        ("LS_DTI là gì", ("LS_DTI",)),
        ("Ông Trần Văn Minh ở huyện Lộc Bình nói gì?", ("Trần Văn Minh", "Lộc Bình")),
        ("Sở TT&TT và UBND tỉnh Lạng Sơn, chỉ số DTI", ()),
    ],
)
def test_entities(text: str, entities: tuple[str, ...]) -> None:
    assert understand(text).entities == entities


@pytest.mark.parametrize(
    ("text", "direction", "rank", "steps"),
    [
        ("Vì sao Hà Nam đứng đầu cả nước về DTI?", "top", 1, None),
        ("tai sao ha nam xep cuoi ve pci", "bottom", None, None),
        ("Vì sao Hà Nam tụt 4 bậc về DTI?", "down", None, 4.0),
        ("Nguyên nhân Hà Nam tăng 7 bậc SIPAS?", "up", None, 7.0),
        ("Có phải Hà Nam xếp thứ 12 về DTI không?", "", 12, None),
    ],
)
def test_premises(text: str, direction: str, rank: int | None, steps: float | None) -> None:
    premise = understand(text).premise
    assert premise is not None
    assert (premise.direction, premise.rank, premise.steps) == (direction, rank, steps)


@pytest.mark.parametrize("text", ["Hà Nam đứng thứ mấy về DTI?", "Vì sao cần chuyển đổi số?", "Hà Nam đứng đầu về gì?"])
def test_no_premise(text: str) -> None:
    assert understand(text).premise is None


def test_periods_of_a_question() -> None:
    query = understand("Năm 2023 DTI Hà Nam tăng bao nhiêu bậc so với năm 2022, kết quả mới nhất?", today=TODAY)
    assert query.periods == (Period(2023),)
    assert query.compared == (Period(2022),)
    assert query.latest
    assert understand("DTI Hà Nam năm ngoái", today=TODAY).periods == (Period(2025),)


def test_levels() -> None:
    assert understand("hồ sơ công việc cấp xã ở Hà Nam").level == "xã"
    assert understand("ho so cong viec cap huyen").level == "huyện"
    assert understand("DTI cấp tỉnh của Hà Nam").level == ""
    assert understand("hồ sơ công việc cấp huyện và cấp xã").level == ""


@pytest.mark.parametrize(
    ("accented", "plain"),
    [
        ("Bắc Ninh xếp thứ mấy về CĐS?", "bac ninh xep thu may ve cds"),
        ("Tỷ lệ hồ sơ trực tuyến ở Cà Mau là bao nhiêu?", "ty le ho so truc tuyen o ca mau la bao nhieu"),
        ("Tỉnh nào thấp nhất về kinh tế số năm 2022?", "tinh nao thap nhat ve kinh te so nam 2022"),
        ("Sơn La đạt mục tiêu cáp quang hộ gia đình chưa?", "son la dat muc tieu cap quang ho gia dinh chua"),
        ("Đắk Lắk có bao nhiêu doanh nghiệp công nghệ số?", "dak lak co bao nhieu doanh nghiep cong nghe so"),
        ("Vì sao Huế dẫn đầu về chính quyền số?", "vi sao hue dan dau ve chinh quyen so"),
        ("Chi trả lương hưu không dùng tiền mặt ở Hà Tĩnh", "chi tra luong huu khong dung tien mat o ha tinh"),
    ],
)
def test_diacritics_make_no_difference(accented: str, plain: str) -> None:
    one, other = understand(accented, today=TODAY), understand(plain, today=TODAY)
    assert one.accented
    assert not other.accented
    for field in (
        "provinces",
        "periods",
        "indicators",
        "intent",
        "expects",
        "best",
        "count",
        "wants",
        "terms",
        "premise",
    ):
        assert getattr(one, field) == getattr(other, field), field


@pytest.mark.parametrize("text", ["", "   ", "?", "🙂", "\ud800", "%%%", "(((", "a" * 5000, "bao nhiêu", "mấy", "năm"])
def test_anything_is_understood_somehow(text: str) -> None:
    assert understand(text, ["còn gì nữa", text], TODAY).text == understand(text).text
