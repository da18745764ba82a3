"""Made-up articles in four styles of writing, for benchmarks that need more of them than there are real ones.

Every sentence is invented, and every figure in it drawn at random: they are to weigh as much as real ones, not to be true.
"""

import re
from collections.abc import Callable
from random import Random

from retrieval.lexicon.provinces import PROVINCES
from retrieval.text import format_number
from retrieval.types import Article

LENGTHS = 5_000, 8_000
"""Characters of one article."""

_INDICATORS = (
    "tỷ lệ hồ sơ nộp trực tuyến",
    "tỷ lệ hồ sơ được số hóa",
    "tỷ trọng kinh tế số trong GRDP",
    "tỷ lệ dân số trưởng thành có tài khoản ngân hàng",
    "tỷ lệ hộ gia đình có cáp quang",
    "tỷ lệ người dân có hồ sơ sức khỏe điện tử",
    "tỷ lệ thanh toán không dùng tiền mặt",
    "tỷ lệ thôn, bản phủ sóng 4G",
    "tỷ lệ văn bản ký số",
    "tỷ lệ cán bộ được tập huấn kỹ năng số",
)
_INDEXES = (
    "chuyển đổi số (DTI)",
    "chính quyền số",
    "kinh tế số",
    "xã hội số",
    "cải cách hành chính",
    "an toàn thông tin",
)
_COUNTED = (
    "thủ tục hành chính",
    "tổ công nghệ số cộng đồng",
    "doanh nghiệp công nghệ số",
    "trạm BTS",
    "sản phẩm OCOP lên sàn thương mại điện tử",
    "tài khoản định danh điện tử",
    "lượt hồ sơ",
    "chứng thư số",
)
_NAMES = (
    "Nguyễn Thị Lụa",
    "Trần Văn Kha",
    "Lò Thị Mỷ",
    "Phạm Quốc Đoan",
    "Y Bhăm Niê",
    "Hồ Sỹ Lượng",
    "Thạch Thị Sa Rây",
)
_PLACES = ("xã Tân Thuận", "phường Đông Kinh", "thị trấn Phố Mới", "bản Nà Lốc", "chợ trung tâm", "huyện Thanh Bình")

_SLOTS: dict[str, Callable[[Random], str]] = {
    "percent": lambda chance: format_number(round(chance.uniform(8, 100), chance.choice((0, 1, 2)))) + "%",
    "score": lambda chance: "0," + str(chance.randint(3000, 8999)),
    "points": lambda chance: format_number(round(chance.uniform(50, 95), 2)),
    "rank": lambda chance: str(chance.randint(1, 63)),
    "steps": lambda chance: str(chance.randint(1, 19)),
    "count": lambda chance: format_number(chance.choice((chance.randint(9, 990), chance.randint(1_000, 400_000)))),
    "money": lambda chance: format_number(chance.randint(5, 900)) + chance.choice((" tỷ đồng", " triệu đồng")),
    "year": lambda chance: str(chance.randint(2020, 2025)),
    "target_year": lambda chance: chance.choice(("2025", "2030")),
    "date": lambda chance: f"{chance.randint(1, 28)}/{chance.randint(1, 12)}/{chance.randint(2021, 2025)}",
    "decision": lambda chance: f"{chance.randint(10, 3000)}/{chance.choice(('QĐ-UBND', 'KH-UBND', 'NQ-HĐND'))}",
    "indicator": lambda chance: chance.choice(_INDICATORS),
    "index": lambda chance: chance.choice(_INDEXES),
    "counted": lambda chance: chance.choice(_COUNTED),
    "name": lambda chance: chance.choice(_NAMES),
    "place": lambda chance: chance.choice(_PLACES),
    "other": lambda chance: chance.choice(PROVINCES),
}

# Each style: its sentences, and what parts them. "{province}" is the article's own, "{other}" any.
_NEWSPAPER = (
    "Năm {year}, {province} đạt {score} điểm về {index}, xếp thứ {rank}/63 tỉnh, thành phố, tăng {steps} bậc so với năm trước.",
    "Đến cuối năm {year}, {indicator} của {province} đạt {percent}, cao hơn mức bình quân chung của cả nước là {percent}.",
    "Anh {name} ở {place} kể rằng trước đây phải đi hơn hai mươi cây số mới nộp được một bộ giấy tờ, nay ngồi nhà cũng xong.",
    "Toàn tỉnh hiện có {count} {counted}, trong đó {count} nằm ở vùng khó khăn.",
    "Theo Sở Khoa học và Công nghệ, {indicator} tăng từ {percent} năm {year} lên {percent}, còn {indicator} mới dừng ở {percent}.",
    "Không phải nơi nào cũng thuận lợi: ở {place}, sóng chập chờn và người già ngại dùng điện thoại thông minh.",
    "Bà {name}, tiểu thương ở {place}, bảo rằng khách trẻ ít khi mang theo tiền lẻ nên bà dán mã QR ngay trên quầy.",
    "Kinh phí cho chương trình năm {year} là {money}, chưa kể {money} vốn doanh nghiệp đóng góp.",
    "So với {other}, nơi {indicator} đã vượt {percent}, chặng đường phía trước của địa phương còn dài.",
)
_PORTAL = (
    "- Dịch vụ công: {count} {counted} được cung cấp trực tuyến; {indicator} đạt {percent} (mục tiêu là {percent}).",
    "- Hạ tầng: {count} trạm BTS đang hoạt động; {indicator} đạt {percent}, tăng {percent} so với cùng kỳ năm {year}.",
    "- Kinh tế số: {indicator} ước đạt {percent}; doanh thu bưu chính, viễn thông đạt {money}.",
    "- Xã hội số: {count} {counted} với {count} thành viên; {indicator} đạt {percent}.",
    "- Tồn tại: dữ liệu của một số ngành chưa kết nối với nhau, nhân lực chuyên trách ở cấp xã còn mỏng.",
    "- Chỉ số {index} năm {year}: {points} điểm, hạng {rank}/63.",
    "Ủy ban nhân dân tỉnh ban hành Kế hoạch số {decision} ngày {date} về phát triển hạ tầng và dữ liệu số của {province}.",
    "Một số kết quả chính của {province} trong năm {year} như sau:",
)
_PARTY = (
    "Thực hiện Nghị quyết số {decision}, phấn đấu đến năm {target_year}, {indicator} đạt {percent}, {indicator} đạt {percent}; "
    "{province} nằm trong nhóm {rank} địa phương dẫn đầu về {index}.",
    "Ban Thường vụ yêu cầu người đứng đầu cấp ủy chịu trách nhiệm về kết quả thực hiện, coi đây là tiêu chí đánh giá hằng năm.",
    "Sau một năm, {province} đã hoàn thành {rank}/63 chỉ tiêu; chỉ số {index} xếp hạng {rank}, giảm {steps} bậc; {indicator}, "
    "{indicator} lần lượt đạt {percent} và {percent}.",
    "Hội nghị thống nhất bố trí {money} từ ngân sách địa phương, hoàn thành trước ngày {date}.",
    "Một số cấp ủy nhận thức chưa đầy đủ, triển khai còn hình thức, thiếu kiểm tra; có nơi giao khoán cho bộ phận chuyên môn.",
    "Trong {count} {counted} của toàn tỉnh, có {percent} bảo đảm yêu cầu, vượt {percent} so với nghị quyết đề ra.",
)
_INTERVIEW = (
    "PV: Thưa ông, điều gì khiến {province} thay đổi nhanh như vậy trong năm {year}?",
    "Ông {name}: Chúng tôi bắt đầu từ việc nhỏ. Ở {place}, {count} hộ đã dùng chữ ký số, và {indicator} lên {percent}.",
    "PV: Nhiều người dân vẫn than phiền vì phải khai đi khai lại một thông tin, ông nghĩ sao?",
    "Ông {name}: Đúng là còn. Cứ mười người đến bộ phận một cửa thì vài người vẫn cần cán bộ làm hộ, mình phải nhìn thẳng.",
    "PV: Năm {year} tỉnh xếp thứ {rank} về {index}, ông có hài lòng không?",
    "Ông {name}: Thứ hạng đó tăng {steps} bậc, với {score} điểm, nhưng {indicator} mới được {percent}, trong khi {other} đã {percent}.",
    "Ông {name}: Sang năm {target_year} chúng tôi đặt mục tiêu {indicator} đạt {percent} và có thêm {count} {counted}.",
)
_PLAIN = (
    "Con đường bê tông dẫn vào {place} mới làm xong, hai bên là vườn cây ăn quả đang mùa ra hoa.",
    "Chị {name} mở điện thoại, bấm vài lần là tra được giấy hẹn, không còn phải gọi hỏi người quen.",
    "Cán bộ ở {place} chia nhau đến từng nhà, vừa hướng dẫn cài ứng dụng vừa nghe bà con góp ý.",
    "Theo ông {name}, cái khó nhất không phải là máy móc mà là thói quen làm việc trên giấy đã có từ lâu.",
    "Các trường học đưa kỹ năng số vào giờ ngoại khóa; giáo viên tự soạn học liệu rồi chia sẻ cho nhau.",
    "Doanh nghiệp nhỏ còn dè dặt vì sợ tốn kém, lại chưa rõ nên bắt đầu từ khâu nào trước.",
    "Bác sĩ ở trạm y tế ghi bệnh án ngay trên máy tính bảng, người bệnh lên tuyến trên không phải khai lại.",
    "Ý kiến của người dân được tổng hợp hằng tuần và trả lời công khai trên trang của chính quyền.",
    "Nhiều hợp tác xã tự quay phim, tự bán hàng trên mạng, có nơi bán được cả những thứ trước đây để rụng.",
    "Việc dùng chung dữ liệu giữa các ngành cần một quy chế rõ ràng về quyền xem, quyền sửa và trách nhiệm.",
)
"""Sentences without a figure, in whatever style."""
_PLAIN_SHARE = 0.45
_STYLES = ((_NEWSPAPER, " "), (_PORTAL, "\n"), (_PARTY, " "), (_INTERVIEW, "\n"))
_TITLES = (
    "{province}: {indicator} đạt {percent}",
    "Chuyển đổi số ở {province} năm {year}: nhìn từ {place}",
    "{province} phấn đấu vào nhóm {rank} tỉnh dẫn đầu về {index}",
    "Trò chuyện với ông {name} về dữ liệu số của {province}",
)
_PARAGRAPH = 4
"""Sentences a paragraph, where a style writes paragraphs."""


def made_up_article(number: int) -> Article:
    """The article of that number: the same at each call. It is about one province, by turns."""
    chance = Random(number)
    style = number % len(_STYLES)
    sentences, blank = _STYLES[style]
    province = PROVINCES[number % len(PROVINCES)]
    wanted, text, count = chance.randint(*LENGTHS), "", 0
    while len(text) < wanted:
        count += 1
        template = chance.choice(_PLAIN if chance.random() < _PLAIN_SHARE else sentences)
        text += _filled(template, province, chance) + ("\n\n" if count % _PARAGRAPH == 0 else blank)
    address = f"made-up/{number:05}.txt"
    title = _filled(_TITLES[style], province, chance)
    return Article(source=address, address=address, title=title, text=text.strip(), provinces=(province,))


def _filled(template: str, province: str, chance: Random) -> str:
    def fill(slot: re.Match[str]) -> str:
        return province if slot[1] == "province" else _SLOTS[slot[1]](chance)

    sentence = re.sub(r"\{(\w+)\}", fill, template)
    return sentence[0].upper() + sentence[1:]
