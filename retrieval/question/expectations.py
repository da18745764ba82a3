"""What kind of thing answers the question, and which noun "bao nhiêu" counts."""

import re

from retrieval.lexicon.indicators import catalogue, is_index
from retrieval.question.reading import Reading, spelled
from retrieval.text import fold, syllables
from retrieval.types import Expect, Intent

_RULES: tuple[tuple[Expect, re.Pattern[str]], ...] = tuple(
    (expect, re.compile(rf"\b(?:{pattern})\b"))
    for expect, pattern in (
        (Expect.PERCENT, r"(?:bao nhieu|may) (?:diem )?(?:phan tram|%)"),
        (Expect.SCORE, r"(?:bao nhieu|may) diem|diem so|so diem"),
        (Expect.MONEY, r"(?:bao nhieu|may) (?:tien|ty|ti|trieu|dong|nghin ty|von)|kinh phi|ngan sach|tong von|so tien|tong muc dau tu|von dau tu|chi (?:thuong xuyen|ngan sach|cho|dau tu)(?: \w+){0,3} bao nhieu"),
        (Expect.RANK, r"(?:thu|hang|vi tri|vi tri thu|hang thu|o vi tri|thu hang|xep|dung)(?: (?:la|o))? (?:may|bao nhieu|nao)|xep thu|dung thu|(?:bao nhieu|may) bac|xep hang|thu hang|vi tri"),
        (Expect.DATE, r"khi nao|bao gio|ngay nao|nam nao|thang nao|luc nao|thoi diem nao|thoi gian nao|hom nao|ngay bao nhieu|ngay may|tu bao gio"),
        (Expect.DOCUMENT, r"so hieu|(?:nghi quyet|quyet dinh|ke hoach|chi thi|van ban|de an|chuong trinh|thong tu|nghi dinh)(?:(?: so)? (?:nao|gi)|(?: \w+){0,12} so (?:may|bao nhieu|gi))"),
        (
            Expect.ORGANISATION,
            r"(?:co quan|don vi|tap doan|cong ty|doanh nghiep|to chuc|ngan hang|doi tac|nha mang|(?<!chi )so|ban|bo|truong|vien) nao|voi ai|hop tac voi (?:ai|nhung ai)",
        ),
        (Expect.PROVINCE, r"(?:tinh|dia phuong|thanh pho|tinh thanh|noi|tinh thanh pho) (?:nao|gi)"),
    )
)  # fmt: skip
_FROM_INTENT = {
    Intent.PERSON: Expect.PERSON,
    Intent.EXPLAIN: Expect.EXPLANATION,
    Intent.DEFINITION: Expect.EXPLANATION,
    Intent.LIST: Expect.LIST,
    Intent.OVERVIEW: Expect.ANY,
    Intent.GREETING: Expect.ANY,
    Intent.CAPABILITIES: Expect.ANY,
}
_SHARE = re.compile(r"\b(?:ty le|ti le|ty trong|ti trong|phan tram)\b")
_PLACE = re.compile(r"\bhang\b")
_SCORE = re.compile(r"\b(?<!thoi )(?<!thi )(?<!dia )(?<!quan )diem\b")


def expected(reading: Reading, intent: Intent) -> tuple[Expect, str]:
    """The kind of answer and the counted noun ("" when nothing is counted).

    Of two things asked at once ("bao nhiêu nhiệm vụ và tổng kinh phí") the first decides.
    """
    counted, counted_at = _counted(reading)
    if intent in _FROM_INTENT:
        return _FROM_INTENT[intent], counted
    if intent is Intent.RANK and not reading.says(_RANKED_PARTS):
        return (Expect.ORGANISATION if reading.says(_RANKED_UNITS) else Expect.PROVINCE), counted
    found = [
        (match.start(), order, expect)
        for order, (expect, rule) in enumerate(_RULES)
        if (match := rule.search(reading.plain))
    ]
    if counted:
        found.append((counted_at, len(_RULES), Expect.COUNT))
    if found:
        return min(found)[2], counted
    return _by_indicator(reading, counted)


_RANKED_PARTS = re.compile(r"\b(?:nhom|tru cot|chi so|tieu chi|linh vuc)(?: \w+){0,4} nao\b")


_RANKED_UNITS = re.compile(r"\b(?:huyen|xa|(?<!dia )phuong|(?<!chi )so|nganh|so nganh|co quan|don vi|bo) nao\b")


# "số hộ bán hàng trên sàn" is counted, whatever the unit of its indicator.
_AMOUNT = re.compile(
    r"\b(?:so luong|so (?:ho|nguoi|tram|thon|xa|to|doanh nghiep|dich vu|tai khoan|luot|don vi|thu tuc|ho so|san pham|hop tac xa))\b(?! (?:so|suc khoe))"
)


def _by_indicator(reading: Reading, counted: str) -> tuple[Expect, str]:
    """Without a word of asking: "tỷ lệ …" and shares are percentages, "điểm SIPAS" a score, trạm BTS are counted."""
    if reading.says(_AMOUNT):
        return Expect.COUNT, counted
    if reading.says(_SHARE):
        return Expect.PERCENT, counted
    if reading.says(_SCORE):
        return Expect.SCORE, counted
    if reading.says(_PLACE) and any(map(is_index, reading.indicators)):
        return Expect.RANK, counted
    known = [i for i in reading.indicators if not is_index(i)]
    if not known or "bao nhieu" not in reading.plain:
        return Expect.ANY, counted
    unit = catalogue()[known[0]].unit
    if unit == "%":
        return Expect.PERCENT, counted
    return (Expect.MONEY, counted) if unit in {"đồng", "USD"} else (Expect.COUNT, counted or unit)


# --- what is counted ----------------------------------------------------------------------------------------------

_ONE_WORD = frozenset(
    "chợ tổ trạm xã phường huyện thôn bản người lượt hộ tỉnh lớp buổi nhóm trường máy lần cuộc vụ bộ khóa ngày năm tháng "
    "km giờ sở ngành cổng kho app gói camera xóm khu".split()
)
_ONE_WORD_FOLDED = frozenset(fold(word) for word in _ONE_WORD) - {"nam", "gio"}
_TWO_WORDS = frozenset(
    {"to chuc", "bo phan", "truong hop", "may tinh", "may chu", "vu viec", "xa hoi", "khoa hoc", "ban ghi"}
)
# After these "bao nhiêu" asks for a rank, a share or a sum, or ends its clause: it counts nothing.
_NOT_COUNTED = frozenset(
    "phần phan diem điểm bậc bac tiền tien tỷ ty tỉ ti triệu trieu đồng so với voi ở o trong vào vao trên tren về ve và va "
    "của cua thì thi là la được duoc theo hiện hien năm nam cả ca toàn toan đối doi để de đến den lên len hay tại tai "
    "một mot cho rồi roi vậy vay ạ a nhỉ nhi nhé nữa nua nhất nhat nào thế".split()
)


def _counted(reading: Reading) -> tuple[str, int]:
    """The noun after "bao nhiêu" or "mấy" with the place of the asking in ``plain``: ("chợ", 30), or ("", -1)."""
    tokens = syllables(spelled(reading.text))
    folded = [fold(token) for token in tokens]
    for i, word in enumerate(folded):
        asks = word in {"nhieu", "nhiu"} and i > 0 and folded[i - 1] == "bao"
        if not asks and not (
            word == "may" and tokens[i] in {"mấy", "may"} and (i == 0 or folded[i - 1] not in _ORDINAL)
        ):
            continue
        if tokens[i + 1 : i + 2] == ["cho"] and not reading.accented and not reading.says(_SPENDING):
            return "cho", reading.plain.find(f"{word} cho")  # "may cho" is "mấy chợ"
        noun = _noun(tokens[i + 1 : i + 3], folded[i + 1 : i + 3])
        if noun and not _is_name_here(reading, noun):
            return noun, reading.plain.find(f"{'bao nhieu' if asks else 'may'} {fold(noun)}")
    if match := _NUMBER_OF.search(" ".join(tokens)):
        parts = match[1].split()
        return _noun(parts, [fold(p) for p in parts]), reading.plain.find(fold(match[0])[:7])
    return "", -1


_SPENDING = re.compile(r"\b(?:chi|kinh phi|von|tien|danh|dau tu|ho tro|cap)\b")
_ORDINAL = {"thu", "hang", "vi", "tri", "top", "may", "dien", "xep", "dung", "nha", "bo"}
_NUMBER_OF = re.compile(r"\b(?:số lượng|so luong|tổng số|tong so) (\S+ \S+)")


def _noun(tokens: list[str], folded: list[str]) -> str:
    """The head of the noun: one syllable for those that stand alone ("chợ"), else two ("nhiệm vụ")."""
    if not tokens or tokens[0] in _NOT_COUNTED or tokens[0][0].isdigit():
        return ""
    single = tokens[0] in _ONE_WORD or (tokens[0] == folded[0] and folded[0] in _ONE_WORD_FOLDED)
    alone = len(tokens) == 1 or tokens[1] in _NOT_COUNTED
    return tokens[0] if alone or (single and " ".join(folded) not in _TWO_WORDS) else " ".join(tokens)


def _is_name_here(reading: Reading, noun: str) -> bool:
    return any(fold(reading.text[m.start : m.end]).startswith(fold(noun)) for m in reading.provinces)
