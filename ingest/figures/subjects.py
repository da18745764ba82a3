"""Whose a figure is: a province, the nation, or one of a province's own districts, communes and departments."""

import re

from ingest.clauses import Clause
from ingest.figures.sentence import COMPARED, Sentence, reach
from ingest.numbers import Number, Role
from retrieval.lexicon.provinces import NATION

# "trung bình cả nước", "Cả nước …", "chỉ số DTI quốc gia", "của cả nước là"
_NATION = re.compile(
    r"(?:trung binh|binh quan|muc chung|mat bang)(?: chung)?(?: dti| chi so)?(?: cua)?(?: cap tinh| ca nuoc| toan quoc| cac (?:tinh|dia phuong|bo)| 63| 34)"
    r"|^(?:o )?(?:cap quoc gia|ca nuoc|toan quoc|viet nam)\b|\b(?:o )?cap quoc gia\b|\b(?:chi so|dti)(?: dti)? quoc gia\b"
    r"|(?:cua|tren) (?:ca nuoc|toan quoc)(?: nam \d{4})?,? (?:la|dat|uoc|moi|da|hien|chiem)\b|\b(?:muc tieu|chi tieu) (?:chung )?(?:cua )?(?:quoc gia|ca nuoc)\b"
)
# "định hướng chung của cả nước: …"
_HEADED = re.compile(r"\bdinh huong(?: chung)? cua (?:ca nuoc|toan quoc):\s*$")
# "giá trị trung bình của DTI là", "trung bình trụ cột chính quyền số đạt": of all provinces, where none is named.
_AVERAGE = re.compile(
    r"\b(?:gia tri|muc|diem)? ?(?:trung binh|binh quan)(?: cua)? (?:dti|tru cot|chi so|nhom chi so)\b"
)
# "17/63 địa phương": so many of all provinces.
_OF_ALL = re.compile(r" ?(?:dia phuong|tinh thanh|tinh, thanh pho|tinh)\b")
_BEGINS_WITH_NATION = ("o cap quoc gia", "ca nuoc", "toan quoc", "dti quoc gia", "chi so dti quoc gia")
# "đứng đầu là Đà Nẵng", "vị trí số 1 thuộc về Đà Nẵng", "thứ 3: Hà Nội"
_POINTS_RIGHT = re.compile(r"[^,;.]{0,24}?(?:\b(?:la|thuoc ve|gom)\b|:)\s")
_POINTING = 48  # characters behind a figure in which it may point to a province


# "Phú Yên (47,5%)", "cao hơn Gia Lai xếp thứ 50": said right behind a name it is of that one, also where it is compared with.
_OF_ITS_OWN = re.compile(
    r"\s*(?:\(|(?=(?:xep|dat|dung|co|dang) ))\s*(?:dat|la|hang|thu|vi tri|xep|co|voi|dung|dang|o|so|:| )*"
)
# "của tỉnh này": of the one named last, where that can be told.
_THIS_ONE = re.compile(r"\b(?:tinh|dia phuong|thanh pho) nay\b")


def province_of(sentence: Sentence, number: Number, clause: Clause) -> tuple[str, str]:
    """Whose a figure is, and by what that is known (types.Figure.bound): the province named in its clause, else before it,
    else in the sentence before, else by the line above, else the article's own."""
    name = _named(sentence, number, clause)
    if name:
        return name, "clause"
    carried, heading = sentence.carried.province, sentence.carried.heading.province
    if carried or heading:
        return carried or heading, "carried" if carried else "head"
    if _THIS_ONE.search(sentence.folded[: number.start]) and not sentence.main:
        return "", "unsure"
    return sentence.main, "article" if sentence.main else "unsure"


def _named(sentence: Sentence, number: Number, clause: Clause) -> str:
    """The province that the figure's own sentence gives it, "" for none."""
    provinces = sentence.provinces
    for place in sentence.places if number.role is not Role.CHANGE else ():
        if _OF_ITS_OWN.fullmatch(sentence.folded, place.end, number.start):
            return place.name
    before = sentence.folded[clause.label : number.start]
    if sentence.folded.startswith(_BEGINS_WITH_NATION) and not provinces:
        return NATION
    if _NATION.search(before) and not COMPARED.search(before):
        return NATION
    if _HEADED.search(sentence.folded[: clause.label]):
        return NATION
    averages = _AVERAGE.search(sentence.folded[: number.start] if number.unit == "điểm" else before)
    if not provinces and (averages or _is_of_all(sentence, number)):
        return NATION
    left = [p for p in provinces if clause.label <= p.start and p.end <= number.start]
    right = [p for p in provinces if number.end <= p.start < reach(clause)]
    earlier = [p for p in provinces if p.end <= number.start]
    if right and _POINTS_RIGHT.match(sentence.folded[number.end : number.end + _POINTING]):
        return right[0].name
    for group in (left[-1:], [] if earlier else right[:1], earlier[-1:], right[:1]):
        if group:
            return group[0].name
    return ""


def _is_of_all(sentence: Sentence, number: Number) -> bool:
    """Whether it counts provinces out of all there are."""
    counted = _OF_ALL.match(sentence.folded, number.end)
    return number.role is Role.AMOUNT and number.denominator in (63, 34) and counted is not None


_LEVEL = re.compile(r"\b(?:cap|tuyen|tai) (tinh|huyen|xa|so|bo)\b|\b(so,? (?:ban,? )?nganh)\b")


def scope_of(sentence: Sentence, clause: Clause) -> str:
    """The levels of government that a clause speaks of, as it words them, folded: "cap tinh"."""
    return " ".join(m[0] for m in _LEVEL.finditer(sentence.folded, clause.start, reach(clause)))


_LOCAL = re.compile(r"\b(?:cap|khoi) (?:huyen|xa|so)\b|\bnoi bo\b")
# The kind of a body before its name, which begins with a capital.
_UNIT = re.compile(r"\b(?:[Hh]uyện|[Tt]hị xã|[Tt]hị trấn|[Qq]uận|[Xx]ã|[Pp]hường|[Tt]hành phố|TP\.?|Sở) (?=[A-ZĐ])")
# Bodies that speak of their province as often as of themselves: only right before the words of ranking.
_OFFICE = re.compile(
    r"\b(?:Sở|Ban|Cục|Chi cục|Văn phòng|Thanh tra|Công an|Trung tâm|Trường|Bệnh viện) [A-ZĐ][^,;:.()]{2,70}?"
    r"\b(?:xếp|đứng|dẫn đầu|đạt|giữ|ở)(?: \w+){0,3} ?$"
)
# "xếp thứ 2 và thứ 3 lần lượt là Sở Y tế, …", "dẫn đầu là huyện Bảo Thắng"
_UNIT_BEHIND = re.compile(
    r"(?:[ ,]*(?:và|thứ|hạng|điểm|[\d.,/]+))*[^,;.]{0,24}?(?:\b(?:là|thuộc về|gồm)\b|:)\s+(?:Sở|Ban|Văn phòng|[Hh]uyện|[Tt]hị xã|[Xx]ã|[Pp]hường"
    r"|[Qq]uận|[Tt]hành phố) (?=[A-ZĐ])"
)
_BODIES = re.compile(
    r"\b(?:xep hang|danh gia|xep loai|cham diem|bang diem|diem chuyen doi so)\b[^.]{0,100}\b(?:cac so|so,? (?:ban,? )?nganh|co quan(?: nha nuoc| chuyen mon)?"
    r"(?: trong| thuoc| cua) (?:tinh|thanh pho)|cac co quan|cap huyen|cap xa|cac (?:huyen|xa|phuong)|don vi truc thuoc)\b"
)
_WHOLE_NATION = re.compile(r"\b(?:ca nuoc|toan quoc|63|34|cap tinh|cac tinh|quoc gia)\b")


def ranks_bodies(folded: str) -> bool:
    """Whether a sentence or title speaks of how departments, districts or communes of one province are ranked."""
    return bool(_BODIES.search(folded)) and not _WHOLE_NATION.search(folded)


def is_of_a_unit(sentence: Sentence, number: Number) -> bool:
    """Whether the figure is of a district, a commune or a department: they are ranked within their province."""
    text, before = sentence.text, sentence.text[: number.start]
    if _LOCAL.search(sentence.folded[: number.start]):
        return True
    units = [u for u in _UNIT.finditer(before) if "," not in text[u.start() : number.start]]
    if units and not any(p.start <= units[-1].end() < p.end for p in sentence.places):
        return True
    if _OFFICE.search(before):
        return True
    behind = _UNIT_BEHIND.match(text, number.end)
    if behind and not any(p.start <= behind.end() < p.end for p in sentence.places):
        return True
    return sentence.carried.bodies and not _WHOLE_NATION.search(sentence.folded)
