"""The content words of a question: what is left when names, times, asking and grammar are taken away."""

import re
from functools import cache
from itertools import pairwise

from retrieval.lexicon.abbreviations import spell_out
from retrieval.lexicon.indicators import catalogue
from retrieval.lexicon.tables import read_table, words
from retrieval.question.reading import Reading
from retrieval.text import fold, syllables

# Phrases of asking, measuring and politeness: they shape the question and are borne by no evidence.
_PHRASES = """
bao nhiêu|bao nhiu|như thế nào|thế nào|ra sao|vì sao|tại sao|là gì|là ai|như nào|khi nào|bao giờ|lúc nào|ở đâu|tại đâu|đến đâu
có phải|phải không|đúng không|hay không|hay chưa|có không|được không|những gì|cái gì|những ai|ai là|thì sao|còn gì
hiện nay|hiện tại|đến nay|bây giờ|mới nhất|gần nhất|gần đây|hôm nay|cho đến nay|thời gian qua|tính đến|trong năm|trong số
cả nước|toàn quốc|toàn tỉnh|trên địa bàn|địa bàn tỉnh|địa bàn|nâng từ|nâng lên|tỉnh nào|địa phương nào|thành phố nào|tỉnh thành
thành phố|tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng|phần trăm|thứ mấy|thứ bao nhiêu|xếp thứ|xếp hạng|thứ hạng|xếp vị trí|vị trí
đứng thứ|đứng hạng|hạng mấy|mấy điểm|điểm số|số điểm|bao nhiêu điểm|chỉ số|số lượng|tổng số|con số|mức độ|so với|so sánh
kết quả|mục tiêu|chỉ tiêu|kế hoạch đề ra|kế hoạch giao|phấn đấu|đặt ra|đề ra|cho biết|cho tôi biết|cho mình biết|cho hỏi
cho mình hỏi|cho em hỏi|tôi muốn biết|muốn biết|vui lòng|làm ơn|xin hỏi|hãy cho|hãy nêu|liệt kê|kể tên|nêu rõ|tóm tắt
tổng quan|tình hình|giới thiệu|khái quát|nói về|thông tin về|cao nhất|thấp nhất|đứng đầu|dẫn đầu|đứng cuối|cuối bảng
cao hơn|thấp hơn|nhiều nhất|ít nhất|tốt nhất|kém nhất|tệ nhất|dở nhất|khác nhau|chênh nhau|chênh lệch|cách nhau|hơn kém|bằng nhau
thay đổi|biến động|xu hướng|diễn biến|tăng hay giảm|tăng bao nhiêu|giảm bao nhiêu|bao gồm|gồm những|nghĩa là|thế nào là
khái niệm|định nghĩa|viết tắt|hoàn thành chưa|đạt chưa|nguyên nhân|lý do|cụ thể|hiện đang|đang ở|nằm trong|thuộc nhóm
thuộc top|số hiệu|mang số hiệu|số bao nhiêu|số mấy|đối với|bét bảng|yếu nhất|mạnh nhất|lớn nhất|tụt hạng|thăng hạng|dự kiến|trong đó|tỉnh thành phố|34 tỉnh thành phố|63 tỉnh thành phố|34 tỉnh thành|63 tỉnh thành|34 tỉnh|63 tỉnh|nơi nào|xếp cuối|đứng cuối bảng|thời điểm nào|thời gian nào|ngày nào|năm nào|tháng nào|vào thời điểm nào|bên nào
"""


def _phrases(accented: bool) -> re.Pattern[str]:
    listed = _PHRASES.replace("\n", "|").strip("|").split("|")
    ordered = sorted(listed if accented else map(fold, listed), key=len, reverse=True)
    # Without diacritics "chuyen doi so voi" is "số với", not "so với".
    return re.compile(
        rf"(?<!\S)(?:{'|'.join(ordered)})(?!\S)" if accented else rf"(?<!\S)(?<!doi )(?:{'|'.join(ordered)})(?!\S)"
    )


_PHRASE = {True: _phrases(True), False: _phrases(False)}

# Words of grammar. With diacritics each is one word; without, "tai" is also tài, "co" also cơ: see _in_compound.
GRAMMAR = frozenset(
    "là và ở của có cho các những được đã đang sẽ nào gì ai mấy thì mà về theo trong tại đến tới từ với không chưa hay bị "
    "vậy thế còn này đó kia ấy nhiêu đạt xếp hạng thứ mức trên dưới khi vào ra rằng như cũng một hơn nhất tôi mình "
    "bạn xin ơi ạ à nhé nhỉ rồi do để cả nêu nằm hãy chỉ cùng bởi vì qua việc điểm bậc tỉnh tp nhóm top đứng muốn hết kể lên tụt rớt "
    "hiện so giữa mỗi từng hoặc lại nên sao tăng giảm mang đặt năm họ nó đây bên tổng vs dc đc".split()
)
_FOLDED = frozenset(fold(word) for word in GRAMMAR) - {"ban", "do", "tu", "mot", "de", "chi", "vu"}


def terms_of(reading: Reading, counted: str) -> tuple[str, ...]:
    """Folded content syllables in order; ``counted`` is kept even where it is a word of asking ("mục tiêu")."""
    tokens = [part for token in syllables(_without_slots(reading)) for part in _parts(token)]
    folded = [fold(token) for token in tokens]
    stop = GRAMMAR if reading.accented else _FOLDED
    dropped = _asking(tokens if reading.accented else folded, _PHRASE[reading.accented])
    dropped |= {i for i, t in enumerate(tokens) if t in stop and not _in_compound(folded, i, reading.accented)}
    dropped -= _after_how_many(folded, fold(counted).split())
    return tuple(word for i, word in enumerate(folded) if i not in dropped)


def _parts(token: str) -> list[str]:
    """ "tt&tt" and "kinh tế số/GRDP" by their words; document numbers and ratios stay whole."""
    return [token] if token[0].isdigit() else re.split("[/&]", token)


def _without_slots(reading: Reading) -> str:
    """The text with provinces and periods blanked, abbreviations written out."""
    chars = list(reading.text)
    for span in reading.slots:
        chars[span.start : span.end] = "\n" * (span.end - span.start)
    return spell_out("".join(chars))


def _asking(tokens: list[str], phrase: re.Pattern[str]) -> set[int]:
    """Indexes of the words that a phrase of asking covers."""
    starts = {}
    at = 0
    for i, token in enumerate(tokens):
        starts[at] = i
        at += len(token) + 1
    found: set[int] = set()
    for match in phrase.finditer(" ".join(tokens)):
        first = starts[match.start()]
        found |= set(range(first, first + len(match[0].split())))
    return found


def _after_how_many(folded: list[str], noun: list[str]) -> set[int]:
    """Indexes of the counted noun where it stands behind "bao nhiêu" or "mấy"."""
    if not noun:
        return set()
    return {
        i + k
        for i in range(1, len(folded))
        if folded[i - 1] in {"may", "nhieu"} and folded[i : i + len(noun)] == noun
        for k in range(len(noun))
    }


def _in_compound(folded: list[str], i: int, accented: bool) -> bool:
    """Whether a word of grammar is here half of a term of the domain: "tai" in "tài khoản", "điểm" in "thí điểm"."""
    pairs = _ACCENTED_COMPOUNDS if accented else _compounds()
    return (i > 0 and (folded[i - 1], folded[i]) in pairs) or (
        i + 1 < len(folded) and (folded[i], folded[i + 1]) in pairs
    )


def _pairs(listed: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(pair.split()) for pair in listed.replace("\n", "|").strip("|").split("|"))


_ACCENTED_COMPOUNDS = _pairs("""
mot phan|mot cua|trong diem|thi diem|thoi diem|dia diem|quan diem|diem cau|cho vay|cong viec|viec lam|tang truong|gia tang
xep loai|hang muc|thu tuc|theo doi|khong dung|tinh uy|cap tinh|thuc hien|the hien|phat hien|chi thi|chi dao|hang nam
dat dai|muc dich|hop tac|o nhiem|nhat ban
""")

_EVERYDAY = _pairs("""
tai lieu|tai nguyen|tai chinh|tai khoan|co quan|co so|co che|co hoi|co cau|the che|the thao|the can|the cuoc|dia ban
so hoa|so sach|chu tich|tich cuc|hang hoa|ngan hang|khach hang|cua hang|mat hang|hang hai|hang khong|nhu cau|do thi
thanh phan|thanh toan|thanh vien|thanh tra|thanh nien|dau tu|tu nhan|tu phap|phap ly|ban dat|nha dat|to chuc|co giao
phan loai|trung tam|trong tam|ra mat|ra quan|mo hinh|vay von|tac xa|do luong|cong ty|tiep can|hoi nghi|hoi thao|nhan luc
khu pho|nong thon|den bu|nam hoc|giam sat|giam doc|giam ngheo|dien thoai|tru so|thu phi|thu vien|thu nhap|thu ngan
qua tang|thong qua|tro thanh|tu van|tu dong|vi tri|xa hoi|su dung|ung dung|ap dung|noi dung|dung chung|xay dung|tin dung
""")


@cache
def _compounds() -> frozenset[tuple[str, ...]]:
    """Neighbouring words of the catalogue and the glossary, folded, with some everyday ones."""
    texts = [alias for indicator in catalogue().values() for alias in (indicator.name, *indicator.aliases)]
    texts += [row["expansion"] for row in read_table("glossary.csv") if row["expand"]]
    found: set[tuple[str, ...]] = set()
    for text in texts:
        for part in text.split("…"):
            for a, b in pairwise(words(spell_out(part))):
                # "về chuyển" of an alias is grammar before a term, whatever else "ve" may be
                if a.text.lower() not in GRAMMAR and b.text.lower() not in GRAMMAR:
                    found.add((a.folded, b.folded))
    return frozenset(found | _ACCENTED_COMPOUNDS | _EVERYDAY)
