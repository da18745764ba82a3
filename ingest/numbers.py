"""Find the numbers of a text that state something measured, and what kind of number each is.

Works on folded text (retrieval.text.fold keeps offsets), so that one rule serves "xếp thứ", "XẾP THỨ" and "xep thu".
Dates, years, document numbers, names ("Chợ 4.0", "Đề án 06", "mức độ 4", "5G"), ages and durations are no figures.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from retrieval.text import NUMBER, Span, parse_number


class Role(StrEnum):
    AMOUNT = "amount"  # percentage, score, count, money
    RANK = "rank"  # "xếp thứ 7/63", "đứng đầu", "top 10"
    CHANGE = "change"  # "tăng 4 bậc", "giảm 2,5%"


@dataclass(frozen=True, slots=True)
class Number:
    """``start``/``end`` bound the digits with "%" and denominator as printed (or the words "thứ nhất", "đứng đầu")."""

    start: int
    end: int
    value: float
    unit: str
    role: Role
    denominator: float | None = None
    group: bool = False  # "top 10", "nhóm 15 tỉnh": a bound on the rank, not a rank
    falls: bool = False  # "giảm", "tụt"


_POWER = r"(?:\d+(?:,\d+)? ?[x×] ?)?10[⁰¹²³⁴⁵⁶⁷⁸⁹]+"
# "12 345": three digits each, behind no word that numbers what follows it, and no share
_BY_BLANKS = r"(?<!\d )(?<!thang )(?<!ngay )(?<!quy )(?<!hang )(?<!thu )(?<!nam )(?<!so )(?<!top )\d{1,3}(?: \d{3})+(?![\d.,]|\s?%|\s?/)"
_SIGN = re.compile(r"(?<![\d%])(?:\s|\()\s*[-–−]$")
_EXPONENT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_DIGITS = re.compile(
    rf"(?<![\w.,:])(?<![\w%][-–−])(?<!\d/)(?:{_POWER}|{_BY_BLANKS}|\d+\.\d{{1,2}}(?!\d)|0\.\d+|\d+\.\d{{4,}}|{NUMBER})"
    r"(?![\d:])(?!\w)"  # points of translated pages
)
_DATE = re.compile(r"\d{1,2}[/-]\d{1,2}[/-](?:19|20)\d{2}|\d{1,2}[/-](?:19|20)\d{2}")
_DAY_MONTH = re.compile(r"(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])(?!\d)")
_DAY_WORD = re.compile(r"(?:ngay|sang|trua|chieu|toi|hom|dem|thang|mung|den|truoc|sau|tu)\s*(?:nay\s*)?[(,]?\s*$")
_DOCUMENT_TAIL = re.compile(r"\s?[/-]\s?(?:\d{4}\s?/\s?)?[a-z]{2,}")
_NAME_BEFORE = re.compile(
    r"(?<![a-z])(?:nghi quyet|quyet dinh|chi thi|ke hoach|de an|thong tu|nghi dinh|cong van|thong bao|ket luan|chuong trinh|luat"
    r"|van ban|to trinh|du an|dieu|khoan|muc do|cap do|phien ban|cach mang|the he|covid|quoc lo|phong"
    r"|quy|lan thu|khoa|ky|hotline|dien thoai|tong dai|dong thap|windows|web|luc|vao luc|ho so so|hang xe|lop|mua"
    r"|tiet|phu luc|bieu|to so|thua|khu pho|ap|khom|the ky|wave|ban|goi|version|v)"
    r"\s*(?:so\s*)?(?:\d+\s*(?:,|va|-)\s*)?$"
)
_ALL_PROVINCES = re.compile(r"(?:63|64|34) (?:tinh|dia phuong)")  # "dẫn đầu 63 tỉnh, thành phố"
_SCORE = re.compile(r"0,\d{3,4}")  # an index' score, its unit left out
_FOUR_ZERO = re.compile(r"\d\.0(?!\d)")  # "Chợ 4.0", "công nghiệp 4.0"
_PER = re.compile(r"1(?:00|\.?000|0\.000|00\.000) (?:dan|nguoi|ho)")  # "thuê bao/100 dân"
_PLANNED = re.compile(r"\s?%|/\d|\s+(?:muc tieu|chi tieu|nhiem vu|giai phap|noi dung|du an|ho so|cho|tieu chi|mo hinh)")
_SET_PHRASE = re.compile(
    r"\s*(?:cua|cap(?: chinh quyen)?|tai cho|tren 1)(?![a-z])(?! (?:xa|huyen|tinh))"
)  # "1 cửa", "3 cấp"
_WEEKDAY = re.compile(r",?\s*(?:ngay\s*)?\d{1,2}[/-]\d{1,2}[/-]\d{4}")  # "Thứ 2, 17/07/2023"
# "số 52" numbers a document; in "chính quyền số 0,6321 điểm" the word ends a name.
_NUMBERED = re.compile(
    r"(?:^|[^\w])(?<!quyen )(?<!te )(?<!hoi )(?<!doi )(?<!tang )(?<!luc )(?<!thuc )(?<!che )(?<!nghiep )(?<!nghe )(?<!vi tri )so\s*$"
)
_YEAR_VALUE = re.compile(r"(?:19|20)\d{2}$")
_DURATION = re.compile(
    r"\s*(?:nam(?! (?:19|20)\d\d)|thang|ngay|tuan|gio|phut|giay|quy|nhiem ky|tuoi|thang dau|h)(?![a-z])(?!\s*(?:ca nhan))"
)
_RANGE_YEAR = re.compile(r"\s*[-–]\s*(?:19|20)\d{2}")
_RATIO = re.compile(rf"\s?/\s?(?P<den>{NUMBER})(?![\d/])")
_NOUN_RATIO = re.compile(rf"\s?/\s?(?P<den>{NUMBER})(?=\s+\w)")
_ROUND_CLOCK = re.compile(r"24/(?:7|24)|7/7")

_PERCENT = re.compile(r"\s?(?:%|phan tram)")
_POINT = re.compile(
    r"\s?diem(?![a-z])(?!\s+(?:cau|truy cap|den|buu dien|thu phat|giao dich|ho tro|thi|nghen|sang|nong|tiep nhan|cung cap|ban|du lich"
    r"|phat|nhan|so|truong|ket noi|dan cu)\b)(?:\s*(?P<pc>%|phan tram))?"
)
_STEP = re.compile(r"\s?(?:bac|hang|thu hang|vi tri|thu bac)(?![a-z])(?!\s+(?:hoc|muc))")
_MULTIPLIER = re.compile(r"\s?(?P<word>nghin ty|ngan ty|trieu|nghin|ngan|ty|ti)(?![a-z])")
_MULTIPLIERS = {"nghin": 1e3, "ngan": 1e3, "trieu": 1e6, "ty": 1e9, "ti": 1e9, "nghin ty": 1e12, "ngan ty": 1e12}
_MONEY = re.compile(r"\s?(?:dong|vnd|usd|do la)(?![a-z])")
# The counted noun: up to four syllables, cut (with its diacritics: "cơ quan" is not "có") where another phrase begins.
_NOUN = re.compile(r"\s+(?P<noun>[^\W\d_][\w&]*(?:\s+[^\W\d_][\w&]*){0,3})")
_NOUN_END = re.compile(
    r"\s(?:đã|được|đang|sẽ|có|là|của|cho|trong|trên|tại|ở|và|hoặc|với|theo|để|do|nhằm|từ|đến|tới|bằng|vào|khi|mà|thuộc|về|đạt"
    r"|này|đó|hoàn thành|thực hiện|sử dụng|tham gia|tiếp|xử lý|số hóa|số hoá|chiếm|cùng|phát|nộp|triển khai|gồm|còn|như|phải"
    r"|bị|dưới|ra|lên|qua|so|thì|cũng|đều|chưa|không|vẫn|hơn|trọng tâm|ưu tiên|chủ yếu|cụ thể)\s.*$"
)

_HEDGE = (
    r"(?:hon|tren|gan|khoang|it nhat|toi thieu|toi da|duoi|chi|con|xap xi|tam|den|toi|ca|duoc|thu|so|la|:|tu|moi|len)"
)
_RANK_BEFORE = re.compile(
    r"(?:(?:xep|dung|giu|o|dat|len|xuong|trong|thuoc|lot|vao|chiem|va|,|:|\()?\s*"
    r"(?:vi tri|vi thu|thu hang|hang|thu|xep hang|xep)\s*(?:thu|so|la|:|dan dau thu)?\s*)$"
)
_RANK_WORD = re.compile(r"(?<![a-z])(?:vi tri|vi thu|hang|thu|thu hang)\s*(?:thu|so|la|:)?\s*$|xep\s*$")
_NOT_RANK = re.compile(
    r"(?:lan|dieu|dai hoi|ky hop|hoi nghi|phien|nguoi|ngay|khoa|(?<!viet )nam|tuan|buoi|ky|vong)\s+thu\s*$"
)
_ONE_OF = re.compile(r"(?:\b1|\bmot|\bso it|nam|thuoc) trong(?: so)? $")  # "là 1 trong 17 tỉnh": of how many, no rank
_OF_MANY = re.compile(r" trong(?: so)? \d")
_GROUP_BEFORE = re.compile(r"(?:top|tốp|nhom|trong so|trong)\s*(?:tren|duoi)?\s*$")
_GROUP_AFTER = re.compile(
    r"\s*(?:tinh|dia phuong|tinh, thanh(?: pho)?|thanh pho|don vi)[^.;]{0,40}?(?:dan dau|dung dau|tot nhat|cao nhat|hang dau)"
)
_GROUP_END = re.compile(
    r"\s*(?:[.,;:)”\"]|$|(?:vao |trong )?nam \d|vao nam)"
)  # "… nhóm 20 tỉnh dẫn đầu; đến năm 2030 nằm trong nhóm 15."
_LEADERS = re.compile(r"nhom \d+ (?:tinh|dia phuong)|dan dau|dti|xep hang")
_CHANGE_BEFORE = re.compile(
    r"(?<![a-z])(?P<verb>tang|nhich|giam|tut|cai thien|thang|nhay|lui|(?:cao|thap|nhieu|it|lon|nho) hon|kem(?: hon)?|rot|bot|them|tien"
    r"|chenh(?: lech)?)\s*(?:them|toi|duoc|so|thu hang|hang|bac)?\s*(?:(?:hon|tren|gan|khoang|it nhat|toi thieu|xap xi|tam|manh|nhanh)"
    r"\s*){0,2}$"
)
# "cao hơn năm 2020 là 0,15", "nhiều hơn Gia Lai 12%", "tăng so với năm 2023 là 5%": by how much, not the other's value.
_DIFFERENCE = re.compile(
    r"(?<![a-z])(?P<verb>(?:cao|thap|nhieu|it|lon|nho|kem) hon|kem|(?:hon|vuot)(?= (?:nam|cung ky|thang|quy)\b)|(?:tang|giam)(?= so voi))"
    r"(?P<than>(?: (?:[^\W\d]+\.?|(?:19|20)\d\d|\d{1,2}/20\d\d)){1,12}?)(?: (?:la|toi|den|khoang|gan|hon|tren|dat))*\s*$"
)
_LEVEL = re.compile(r"\b(?:muc|trung binh|binh quan|ke hoach|muc tieu|chi tieu|ty le|nghi quyet|dat|co|va|nhung|la)\b")
_TO_BEFORE = re.compile(r"(?:len|den|toi|thanh|con|xuong)\s*(?:(?:hon|tren|gan|khoang|muc)\s*)?$")
_FALL = {"giam", "tut", "lui", "thap hon", "rot", "bot", "it hon", "nho hon", "kem", "kem hon"}

_ORDINAL = {
    "nhat": 1,
    "hai": 2,
    "nhi": 2,
    "ba": 3,
    "tu": 4,
    "nam": 5,
    "sau": 6,
    "bay": 7,
    "tam": 8,
    "chin": 9,
    "muoi": 10,
}
_WORD_RANK = re.compile(
    r"(?<![a-z])(?:xep|dung|giu|o|hang|vi tri|vi tri so|dat|len)\s+(?:vi tri\s+|hang\s+)?(?P<rank>thu\s+(?P<word>nhat|hai|nhi|ba|tu|nam|sau"
    r"|bay|tam|chin|muoi))(?![a-z])(?!\s+(?:muoi|tram|tinh hinh))"
)
_NEXT_RANK = re.compile(r"[,;] (?P<rank>thu (?P<word>hai|ba|tu|nam|sau|bay|tam|chin|muoi))(?= (?:la|thuoc ve)\b)")
_FIRST = re.compile(
    r"(?<!nguoi )(?<!can bo )(?P<rank>dung dau|dan dau|dung nhat|xep nhat|hang nhat|quan quan)\s+"
    r"(?:trong\s+)?(?:ca nuoc|toan quoc|(?:\d+\s+)?tinh|cac dia phuong|dong bang|khu vuc|vung|mien|bang xep hang)"
)
_OF_A_GROUP = re.compile(r"(?:nhom|top|trong so|nhung|cac|\d+ tinh|thanh pho|don vi)[\w, ]{0,24}$")


_BEFORE = 72  # characters in front of a number that say what it is


def find_numbers(sentence: str, folded: str) -> list[Number]:
    """The figures' numbers of a sentence (NFC, and the same folded), in reading order."""
    found: list[Number] = []
    bare: list[re.Match[str]] = []
    for match in _DIGITS.finditer(folded):
        before, after = folded[max(0, match.start() - _BEFORE) : match.start()], folded[match.end() : match.end() + 64]
        if _is_name(folded, *match.span(), before, after):
            continue
        if number := _number(sentence, folded, match, before, after):
            found.append(_signed(folded, number))
        else:
            bare.append(match)
    found += [n for n in _word_ranks(sentence, folded) if n.start not in {f.start for f in found}]
    return sorted([*found, *_completed(folded, bare, found)], key=lambda n: n.start)


def _factor(text: str, number: Number) -> float:
    """What "triệu" or "tỷ" makes of the number before it."""
    digits = _DIGITS.match(text, number.start)
    printed = _value(digits[0]) if digits and number.unit in ("đồng", "USD") else 0.0
    return number.value / printed if printed else 1.0


_AND = re.compile(r"\s*(?:,|;|va|,? ?va)?\s*(?:thu|hang|diem|%)?\s*")
_UP_TO = re.compile(r".{0,48}?\b(?:len|xuong|con|den|toi)\s+(?:(?:vi tri|hang|thu|so|muc|hon|tren|gan)\s+)*", re.DOTALL)


def _completed(text: str, bare: list[re.Match[str]], found: list[Number]) -> Iterator[Number]:
    """Numbers without a unit that share a neighbour's: "0,55, 0,52 và 0,58 điểm", "hạng 52, 43 và 31", "từ vị trí 45 lên 32"."""
    known = list(found)
    for match in [*bare, *reversed(bare)]:
        if any(n.start == match.start() for n in known):
            continue
        before = next((n for n in sorted(known, key=lambda n: -n.end) if n.end <= match.start()), None)
        after = next((n for n in sorted(known, key=lambda n: n.start) if n.start >= match.end()), None)
        model = None
        if before is not None and before.unit == "hạng":
            gap = text[before.end : match.start()]
            if _AND.fullmatch(gap) or (before.role is Role.RANK and _UP_TO.fullmatch(gap)):
                model = before
        if model is None and after is not None and _AND.fullmatch(text[match.end() : after.start]):
            model = after if after.unit in ("điểm", "%", "hạng", "đồng", "USD") else None
        if model is not None:
            factor = _factor(text, model)
            number = Number(*match.span(), factor * _value(match[0]), model.unit, model.role, model.denominator)
            known.append(number)
            yield number


def _value(shown: str) -> float:
    """Value of what _DIGITS finds: also "12 345", "10³" and "2,5 x 10⁶"."""
    power = re.search(r"10([⁰¹²³⁴⁵⁶⁷⁸⁹]+)$", shown)
    if power is None:
        return parse_number(shown.replace(" ", ""))
    factor = shown[: power.start()].rstrip(" x×")
    return (parse_number(factor) if factor else 1.0) * 10.0 ** int(power[1].translate(_EXPONENT))


def _signed(text: str, number: Number) -> Number:
    """A number with a minus in front of it, which is no dash between words and opens no item of a list."""
    sign = _SIGN.search(text, 0, number.start)
    if sign is None or number.role is not Role.AMOUNT:
        return number
    return replace(number, start=number.start - 1, falls=True)


def _number(sentence: str, text: str, match: re.Match[str], before: str, after: str) -> Number | None:
    begin, stop = match.span()
    value = _value(match[0])
    ranked = bool(_RANK_WORD.search(before)) and not _NOT_RANK.search(before)
    role, falls = _change(before)
    if percent := _PERCENT.match(after):
        return Number(begin, stop + percent.end(), value, "%", role, falls=falls)
    ratio = _RATIO.match(after)
    denominator = parse_number(ratio["den"]) if ratio else None
    if ratio:
        stop += ratio.end()
        after = text[stop : stop + 64]
    if ranked and value.is_integer() and 0 < value <= 700:
        return Number(begin, stop, value, "hạng", Role.RANK, denominator)
    group = _GROUP_BEFORE.search(before)
    if (
        value.is_integer()
        and group
        and (
            group[0].lstrip().startswith("top")
            or _GROUP_AFTER.match(after)
            or (_GROUP_END.match(after) and _LEADERS.search(text))
        )
    ):
        return Number(begin, stop, value, "hạng", Role.RANK, denominator, group=True)
    if point := _POINT.match(after):
        if point["pc"]:
            return Number(begin, stop, value, "điểm %", Role.CHANGE, denominator, falls=falls)
        return Number(begin, stop, value, "điểm", role, denominator, falls=falls)
    if _STEP.match(after) and value.is_integer():
        return Number(begin, stop, value, "bậc", Role.CHANGE, denominator, falls=falls)
    return _amount(sentence, text, Span(begin, stop), value, denominator)


def _amount(sentence: str, text: str, span: Span, value: float, denominator: float | None) -> Number | None:
    begin, stop = span
    role, falls = _change(text[max(0, begin - _BEFORE) : begin])
    rest = stop
    scale = _MULTIPLIER.match(text, rest)
    if scale:
        value *= _MULTIPLIERS[scale["word"]]
        rest = scale.end()
    if money := _MONEY.match(text, rest):
        unit = "USD" if money[0].strip()[0] != "d" or "do la" in money[0] else "đồng"
        return Number(begin, stop, value, unit, role, denominator, falls=falls)
    if aside := _ASIDE.match(text, rest):
        rest = aside.end()
    noun = _NOUN.match(sentence.lower(), rest)
    unit = _NOUN_END.sub("", f" {noun['noun']} ").strip() if noun else ""
    if not unit:
        if scale and scale["word"].startswith(("ty", "ti")):
            return Number(begin, stop, value, "đồng", role, denominator, falls=falls)
        if _SCORE.fullmatch(text, begin, stop):
            return Number(begin, stop, value, "điểm", role, denominator, falls=falls)
        named = denominator is not None
        return Number(begin, stop, value, "", role, denominator, falls=falls) if named else None
    if denominator is None and noun and (more := _NOUN_RATIO.match(text, noun.start("noun") + len(unit))):
        denominator = parse_number(more["den"])
    return Number(begin, stop, value, unit, role, denominator, falls=falls)


_ASIDE = re.compile(r"\s?\((?:khoang |dat |chiem |tuong duong |gan |hon )*[\d.,]+\s?%\)")  # "12/14 (85,7%) xã"


def _change(before: str) -> tuple[Role, bool]:
    """Whether the words before a number make it a change, and whether that is a fall."""
    change = _CHANGE_BEFORE.search(before)
    if change is not None and not _TO_BEFORE.search(before):
        return Role.CHANGE, change["verb"] in _FALL
    difference = _DIFFERENCE.search(before)
    if difference is not None and not _LEVEL.search(difference["than"]):
        return Role.CHANGE, difference["verb"] in _FALL
    return Role.AMOUNT, False


def _is_name(text: str, begin: int, stop: int, before: str, after: str) -> bool:
    if any(name.match(text, begin) for name in (_DATE, _ROUND_CLOCK, _FOUR_ZERO, _ALL_PROVINCES)):
        return True
    if text[begin - 1 : begin] == "/" and _PER.match(text, begin):
        return True
    if _DOCUMENT_TAIL.match(after) and not after.startswith((" - ", " – ")) and not re.match(r"\s?[/-]\s", after):
        return not _NOUN_UNIT_SLASH.match(after)
    if _YEAR_VALUE.match(text[begin:stop]) and stop - begin == 4 and not _PERCENT.match(after):
        return not _MONEY.match(after)
    if ("," not in text[begin:stop] and _NUMBERED.search(before)) or (
        _NAME_BEFORE.search(before) and not _PLANNED.match(after)
    ):
        return True
    if _SET_PHRASE.match(after) or _WEEKDAY.match(after) or _ONE_OF.search(before):
        return True
    if _NOT_RANK.search(before):
        return True  # "năm thứ 8 liên tiếp", "lần thứ 3"
    if text[begin:stop] == "1" and _OF_MANY.match(after):
        return True
    if _DAY_MONTH.match(text, begin) and _DAY_WORD.search(before):
        return True
    if re.search(r"(?:^|\n)\s*$", before) and re.match(r"[.)]\s", after):
        return True  # the mark of a list item
    return bool(_DURATION.match(after) or _RANGE_YEAR.match(after))


_NOUN_UNIT_SLASH = re.compile(r"\s?/\s?(?:tram|ngay|nam|thang|nguoi|ho|lan)\b")


def _word_ranks(sentence: str, text: str) -> list[Number]:
    found = [
        Number(*m.span("rank"), float(_ORDINAL[m["word"]]), "hạng", Role.RANK)
        for m in _WORD_RANK.finditer(text)
        if not sentence.lower().endswith("tự", 0, m.end("rank"))  # "theo thứ tự"
    ]
    if found or _FIRST.search(text):
        found += [
            Number(*m.span("rank"), float(_ORDINAL[m["word"]]), "hạng", Role.RANK) for m in _NEXT_RANK.finditer(text)
        ]
    for m in _FIRST.finditer(text):
        if not _OF_A_GROUP.search(text[max(0, m.start() - 40) : m.start()]):
            found.append(Number(*m.span("rank"), 1.0, "hạng", Role.RANK))
    return found
