"""What a question wants done: patterns of asking over folded text, the more telling first."""

import re
from dataclasses import dataclass

from retrieval.question.reading import RANKING, Reading
from retrieval.text import fold
from retrieval.types import Intent


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b")


_GREETING = re.compile(
    r"(?:(?:xin )?chao(?: (?:ban|bot|em|anh|chi|moi nguoi|buoi sang|ad|admin|may))*|hello|hi|hey|alo|cam on(?: (?:ban|bot|nhieu|nhe))*"
    r"|thanks?|thank you|tam biet|bye|chuc (?:ban )?\w+(?: \w+)?(?: vui| tot lanh)?)(?: (?:nhe|nha|a))?"
)
_CAPABILITIES = _compiled(
    r"(?:ban|bot|em|may|cau) (?:co the |biet |giup |lam |tra loi |ho tro |dung )+(?:\w+ )?(?:duoc )?(?:nhung )?(?:gi|viec gi|cau nao|cau gi)"
    r"|(?:ban|bot|may) la (?:ai|gi|bot gi)|(?:bot|ung dung) nay (?:de )?(?:lam gi|dung (?:de|the nao|nhu the nao))"
    r"|huong dan su dung|cach su dung bot|hoi (?:ban |bot )?(?:duoc )?(?:nhung )?gi|(?:ban|bot) (?:co|biet|dang co) (?:du lieu|so lieu|thong tin) (?:gi|nao|cua|ve nhung)"
    r"|(?:ban|bot) biet (?:nhung |ve )*(?:tinh|gi)|(?:ban|bot) ten (?:la )?gi|lam duoc (?:nhung )?gi"
)
_DEFINITION = _compiled(
    r"la gi|la (?:chi so|cai|loai|ung dung|mo hinh|chuong trinh|nen tang|de an) gi|nghia la gi|la (?:viet tat|tu viet tat)|viet tat (?:cua|la)|khai niem|dinh nghia|the nao la|duoc hieu|co nghia|hieu the nao ve"
)
# "Mục tiêu … là gì" asks for the thing itself, not for what the word means.
_THING_ASKED = _compiled(
    r"muc tieu|chi tieu|nhiem vu|giai phap|han che|kho khan|thach thuc|thanh tich|ket qua|uu tien|noi dung|linh vuc"
    r"|chu de|phuong cham|quan diem|yeu cau|diem noi bat|diem yeu|diem manh|thanh tuu|bai hoc|dinh huong|ke hoach"
)
_NAME_ASKED = _compiled(r"so hieu|ten (?:goi )?(?:day du )?la|ten la|la so may")
_EXPLAIN = _compiled(r"vi sao|tai sao|nguyen nhan|ly do|nho dau|do dau|bang cach nao|lam cach nao|sao lai")
_PERSON = _compiled(
    r"la ai|ai la|do ai|nguoi nao|vi nao|ai (?:dang |da )?(?:giu|lam|phu trach|dung dau|ky|chu tri|dieu hanh|phat bieu|cho biet|chi dao)|ten gi|nhung ai"
)
_TREND = _compiled(
    r"thay doi|bien dong|dien bien|xu huong|cai thien|tien trien|tang truong the nao|qua cac nam|theo tung nam|nang tu|tang tu|giam tu"
    r"|thang hang|tut hang|tut|tang hay giam|(?:tang|giam|len|xuong|nang len|rot) (?:them )?(?:duoc )?(?:bao nhieu|may|the nao|ra sao|nhu the nao|manh|khong)"
    r"|da tang|da giam|ke tu khi|tang len|giam xuong|giai doan nao tang"
)
_COMPARE = _compiled(
    r"so sanh|khac nhau|khac gi|chenh nhau|chenh lech|cach nhau|hon kem|bang nhau|giong nhau|cao hon|thap hon|tot hon|kem hon|nhieu hon"
    r"|it hon|hon hay|hay hon|ai hon|tinh nao hon|dung tren|xep tren|xep sau|vuot qua|doi chieu|(?<!doi )so voi"
)
_TARGET_AND_RESULT = _compiled(
    r"so voi (?:muc tieu|chi tieu|ke hoach)|(?:co|da|lieu|da co) (?:dat|hoan thanh|vuot|can dich) (?:duoc )?(?:muc tieu|chi tieu|ke hoach|yeu cau)"
    r"|dat (?:duoc )?(?:muc tieu|chi tieu|ke hoach)(?: \w+){0,4} (?:chua|khong)|(?:dat|hoan thanh|vuot) (?:chua|hay chua|hay khong)"
    r"|hoan thanh (?:muc tieu|chi tieu|ke hoach)(?: \w+){0,4} (?:chua|khong)|vuot (?:muc tieu|chi tieu|ke hoach)(?: \w+){0,3} (?:chua|khong|bao nhieu)"
    r"|(?:muc tieu|chi tieu) va (?:ket qua|thuc te|thuc hien)|(?:ket qua|thuc te) va (?:muc tieu|chi tieu)|bao nhieu(?: \w+){1,8} (?:muc tieu|chi tieu)(?: \w+){0,5} (?:bao nhieu|may)|con thieu bao nhieu|cach muc tieu|tien do"
)
_LIST = _compiled(
    r"liet ke|ke ten|neu (?:nhung|cac|ro|ten)|hay neu|bao gom|gom (?:nhung )?(?:gi|nao|co)|nhung (?:\w+ ){1,5}(?:nao|gi)|cac (?:\w+ ){1,5}(?:nao|gi)"
    r"|nhung gi|\d (?:\w+ ){1,4}(?:nao|gi)|danh sach|cu the la gi|(?:linh vuc|tru cot|nhom|nhiem vu|giai phap|hang muc|mo hinh|ung dung|nen tang|dich vu) nao"
)
_OVERVIEW = _compiled(
    r"tong quan|tom tat|tinh hinh|buc tranh|khai quat|gioi thieu|noi ve|tong hop|thong tin ve|ket qua (?:chung|noi bat)|co gi noi bat|co gi moi|diem nhan"
)
_HOW = _compiled(r"the nao|ra sao|nhu the nao|nhu nao|sao roi|thi sao|den dau")
_WHICH_PLACE = (
    r"(?:nhung |cac )?(?:tinh|dia phuong|thanh pho|tinh thanh|noi|don vi|huyen|xa|so|nganh)(?: thanh| thanh pho)?"
)
_WHICH = _compiled(
    rf"{_WHICH_PLACE} (?:nao|gi)|o dau|tinh nao|ai (?:dung dau|dan dau)|(?:nhom|tru cot|chi so|linh vuc|tieu chi|tinh)(?: \w+){{0,4}} nao"
)
_SUPERLATIVE = _compiled(
    r"cao nhat|thap nhat|nhieu nhat|it nhat|tot nhat|kem nhat|te nhat|do nhat|yeu nhat|manh nhat|lon nhat|nho nhat|nhanh nhat|cham nhat|dung dau|dan dau|dung cuoi|cuoi bang"
    r"|xep cuoi|cuoi cung|dung nhat|so 1|hang nhat|thu nhat|hang 1|thu 1|dung (?:thu )?1|(?<!chuyen )doi so(?! hoa)|bet bang|xep nhat|quan quan"
)
_WORST = _compiled(
    r"thap nhat|it nhat|kem nhat|te nhat|do nhat|yeu nhat|nho nhat|cham nhat|dung cuoi|cuoi bang|xep cuoi|cuoi cung|(?<!chuyen )doi so(?! hoa)|bet bang|thap hon ca"
)
_TOP = re.compile(
    r"\b(?:top|nhom|top dau) (\d{1,2})\b(?! muc tieu| nhiem vu)"
    # "trong 34 tỉnh" says out of how many
    r"|(?<!trong )(?<!tren )(?<!so )(?<!ca )\b(?!34|63)(\d{1,2}) (?:tinh|dia phuong|thanh pho)\b"
)
_ORDER = _compiled(r"xep hang (?:cac|nhung) (?:tinh|dia phuong)|bang xep hang|thu tu (?:cac|nhung) tinh|sap xep")
_TARGET = _compiled(
    r"muc tieu|chi tieu|phan dau|dat muc tieu|huong toi|huong den|dat ra|de ra|du kien|ky vong|ke hoach (?:giao|dat|de ra)|se (?:dat|co|nam|dung|thuoc)|muon|quyet tam|cam ket|tam nhin"
)
_RESULT = _compiled(
    r"da (?:\w+ )?(?:dat|hoan thanh|vuot|co|cung cap|trien khai|thuc hien)|ket qua|thuc te|thuc hien duoc|dat duoc|hoan thanh va vuot|dat va vuot|hien (?:nay|tai|dang|xep|dung|dat|co)|hoan thanh"
)
_PLACE_IN_GROUP = _compiled(r"(?:nam|lot|thuoc|vao|dung|o|gia nhap)(?: \w+)? (?:top|nhom|trong|trong top|trong nhom)")


@dataclass(frozen=True, slots=True)
class Asked:
    """``best`` and ``count`` matter for rankings; ``wants`` is "target", "result", "both" or ""."""

    intent: Intent
    best: bool
    count: int | None
    wants: str


def asked(reading: Reading) -> Asked:
    wants = _wants(reading)
    intent = _intent(reading, wants)
    best, count = _end_of_ranking(reading) if intent is Intent.RANK else (True, None)
    return Asked(intent, best, count, wants)


def _intent(reading: Reading, wants: str) -> Intent:
    says = reading.says
    if _GREETING.fullmatch(reading.plain):
        return Intent.GREETING
    if says(_CAPABILITIES) and not reading.provinces and not reading.indicators:
        return Intent.CAPABILITIES
    if says(_EXPLAIN):
        return Intent.EXPLAIN
    if says(_PERSON) and not _is_ranking(reading):
        return Intent.PERSON
    if says(_TARGET_AND_RESULT):
        return Intent.TARGET_VS_RESULT
    if _is_ranking(reading) and not (wants == "target" and says(_PLACE_IN_GROUP)):
        return Intent.RANK
    if _is_comparison(reading):
        return Intent.COMPARE
    if _is_trend(reading):
        return Intent.TREND
    if says(_DEFINITION) and not says(_NAME_ASKED):
        return Intent.LIST if says(_THING_ASKED) else Intent.DEFINITION
    if says(_LIST):
        return Intent.LIST
    return _overview_or_lookup(reading)


def _is_ranking(reading: Reading) -> bool:
    """ "Tỉnh nào cao nhất", "top 5 tỉnh", "nhóm nào xếp thấp nhất" and bare orders; "đứng đầu" alone may be a premise."""
    if reading.says(_ORDER):
        return True
    if reading.says(_SUPERLATIVE) and (reading.says(_WHICH) or "ai dung dau" in reading.plain):
        return True
    if len(reading.provinces) > 1 and reading.says(_SUPERLATIVE):
        return True
    top = _TOP.search(reading.plain)
    return top is not None and not reading.provinces and (reading.says(_SUPERLATIVE) or reading.plain.startswith("top"))


def _is_comparison(reading: Reading) -> bool:
    several = len({mention.name for mention in reading.provinces}) > 1
    return (
        several and (reading.says(_COMPARE) or " va " in f" {reading.plain} " or " hay " in f" {reading.plain} ")
    ) or (reading.plain.startswith("so sanh") and len(reading.periods) < 2)


def _is_trend(reading: Reading) -> bool:
    if reading.says(_TREND):
        return True
    if any(m.role == "span" and fold(reading.text[m.start :]).startswith("tu ") for m in reading.periods):
        return True
    years = {mention.period for mention in reading.periods}
    return len(years) > 1 and (reading.says(_COMPARE) or any(m.role == "compared" for m in reading.periods))


def _overview_or_lookup(reading: Reading) -> Intent:
    named = set(reading.indicators) - {"dti"}
    if reading.says(_OVERVIEW) and not (named and reading.says(RANKING)):
        return Intent.OVERVIEW
    if reading.provinces and not reading.indicators and len(reading.plain.split()) <= _SHORT:
        return Intent.OVERVIEW if reading.says(_HOW) or _is_only_names(reading) else Intent.LOOKUP
    if reading.says(_HOW):
        return Intent.LOOKUP if reading.indicators else Intent.EXPLAIN
    return Intent.LOOKUP


_SHORT = 9


def _is_only_names(reading: Reading) -> bool:
    """ "Bắc Ninh", "chuyển đổi số Bắc Ninh 2024": no verb of asking at all."""
    named = sum(len(reading.text[m.start : m.end].split()) for m in reading.periods) + len(reading.provinces)
    rest = len(reading.plain.replace("chuyen doi so", "").replace("tinh ", "").split()) - named
    return rest <= 0


def _end_of_ranking(reading: Reading) -> tuple[bool, int | None]:
    best = not reading.says(_WORST)
    if top := _TOP.search(reading.plain):
        return best, int(top[1] or top[2])
    plural = re.search(r"\b(?:nhung|cac) (?:tinh|dia phuong|thanh pho) nao\b", reading.plain)
    return best, None if plural or reading.says(_ORDER) else 1


def _wants(reading: Reading) -> str:
    if reading.says(_TARGET_AND_RESULT):
        return "both"
    target = reading.says(_TARGET)
    done = reading.says(_RESULT)
    if target and done:
        # "đã hoàn thành bao nhiêu mục tiêu" counts results; "đặt mục tiêu hoàn thành" is a target.
        return (
            "target" if re.search(r"\b(?:dat|de ra|dat ra|phan dau)(?: \w+)? muc tieu\b", reading.plain) else "result"
        )
    if target and not re.search(r"\b(?:bao nhieu|may) (?:muc tieu|chi tieu)\b", reading.plain):
        return "target"
    if done:
        return "result"
    return "target" if any(m.role == "until" and m.period.year >= _FAR for m in reading.periods) else ""


_FAR = 2030
"""The year of the programmes' second goal: what is asked "đến năm 2030" is a target."""
