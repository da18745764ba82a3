"""Whether an article is about digital transformation (chuyển đổi số), by the vocabulary of the field.

An article of the field returns to its words again and again, or names them where it says what it is about; one that is about
something else has a passing mention or none. Words are matched folded, so that a text typed without diacritics is judged
alike.
"""

import re
from dataclasses import dataclass

from retrieval.text import fold, has_diacritics

_CORE = """
chuyen doi so|cds|dti|chinh (?:quyen|phu) (?:so|dien tu)|kinh te so|xa hoi so|cong dan so|the che so|nhan thuc so|nhan luc so
|ha tang so|nen tang so|ky nang so|du lieu so|binh dan hoc vu so|cong nghe so|doanh nghiep so|danh tinh so|dinh danh (?:dien tu|so)
|dinh danh muc (?:do )?\\d|vneid|vssid|de an (?:so )?06|da06|ict[- ]index|dich vu cong truc tuyen|dvctt?|(?:ho so|thu tuc)[^.\\n]{0,60}(?:truc tuyen|qua mang)
|truc tuyen (?:toan trinh|mot phan)|ho so dien tu|chu ky (?:so|dien tu)|ky so|chung thu so|van ban dien tu|mot cua dien tu
|so hoa|du lieu (?:mo|dung chung|dan cu)|(?:co so|kho|trung tam|tich hop|chia se|nen tang) du lieu|do thi thong minh|dieu hanh thong minh|moi truong (?:so|mang|dien tu)
|(?:hoc ba|benh an|ho so suc khoe|hoa don|bien lai|hop dong|so suc khoe) (?:so|dien tu)|(?:so|the) (?:kham benh|suc khoe|bao hiem) dien tu|ho so benh an
|thuong mai dien tu|tmdt|khong dung tien mat|khong tien mat|ma qr|quet ma|thanh toan (?:so|dien tu|truc tuyen)|truy xuat nguon goc
|par[- ]?index|sipas|papi|pii|pci|pgi|cai cach hanh chinh|thu tuc hanh chinh|hanh chinh cong|nang luc canh tranh cap tinh|chi so hai long
|(?:sap xep|sap nhap|hop nhat)[^.\n]{0,40}(?:tinh|don vi hanh chinh)|van ban[^.\n]{0,20}(?:dien tu|ky so|qua mang)
|cho 4[.]0|cach mang cong nghiep (?:lan thu tu|4[.]0)|cong nghe 4[.]0|nghi quyet (?:so )?57|(?:ban do|truyen thong|tro ly) (?:so|ao)
|ung dung cong nghe thong tin|cntt|ung dung (?:di dong|so)|tram bts|phu song|(?:vung|diem) lom|lom song|trang song|cap quang|bang rong|mang [45]g|tram (?:phat )?[45]g|[45]g
|an toan thong tin(?: mang)?|an ninh mang|an toan,? an ninh mang|camera ai|tri tue nhan tao|chatbot|iot|internet van vat|dien toan dam may|du lieu lon|blockchain
|hop truc tuyen|hop khong giay|phong hop khong giay|xet xu truc tuyen|phien toa truc tuyen|kham chua benh tu xa|day hoc truc tuyen
|phan mem|san du lieu|tai khoan cong vu|he thong (?:thong tin|quan ly van ban)|(?:dang|ban) dien tu|nong nghiep (?:thong minh|so)|du lich (?:thong minh|so)|giao duc (?:thong minh|so)|y te (?:thong minh|so)
"""
_NEAR = """
dich vu cong|mot cua|cong nghe thong tin|truc tuyen|dien tu
|internet|dien thoai thong minh|may tinh bang|qua mang|len mang|tu dong hoa|thong minh|cong nghe|du lieu|doi moi sang tao|khoa hoc cong nghe|dinh danh|ioc
|nop ho so|may chu|ung dung
"""


_NOT_SO = r"(?!(?<= so) (?:voi|cuu|che|cap|khai|luoc|tan|sinh|sanh|luong|dien thoai|hieu)\b)"
"""After a "so" typed without its accents: "so với", "sơ cứu", "số lượng"."""


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words.replace(chr(10), '')})(?!\w){_NOT_SO}")


_CORE_WORDS, _NEAR_WORDS = _pattern(_CORE), _pattern(_NEAR)
_NEAR_WEIGHT = 0.25
_NEAR_ALONE = 0.5
"""Words that other fields use, too, support the core's and weigh no more than those; alone they prove little."""
_OTHER_SO = re.compile(r"(?<!\bcơ )(?<!\bCơ )\b([sS])[oơởổợôồóò]\b")
_TITLE_WEIGHT = 3.0
_LEAD = 200  # characters in which an article says what it is about
_LEAD_WEIGHT = 2.0
_PER_WORDS = 100.0
_SHORT = 120.0  # words; a shorter text is weighed as if it were so long
_ENOUGH = 1.0
"""Weighted words of the field to each hundred words: of 24 articles on other things the nearest has 0.83."""
_WORDS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Topic:
    """``weight`` of the field's words to each hundred words; ``found`` are the clearest of them, as folded."""

    weight: float
    found: tuple[str, ...]

    @property
    def is_digital(self) -> bool:
        return self.weight >= _ENOUGH


def judge(title: str, text: str) -> Topic:
    """How much of an article is about digital transformation."""
    head, body = _folded(title), _folded(text)
    found, titled = [*_CORE_WORDS.finditer(body)], _CORE_WORDS.findall(head)
    core = sum(_LEAD_WEIGHT if match.start() < _LEAD else 1.0 for match in found) + _TITLE_WEIGHT * len(titled)
    near = _NEAR_WEIGHT * (len(_NEAR_WORDS.findall(body)) + _TITLE_WEIGHT * len(_NEAR_WORDS.findall(head)))
    weight = core + min(near, core + _NEAR_ALONE)
    words = max(len(_WORDS.findall(body)), _SHORT)
    return Topic(weight * _PER_WORDS / words, tuple(dict.fromkeys([*titled, *(match[0] for match in found)])))


def _folded(text: str) -> str:
    """Folded, but for the syllables that only look like "số" then: "kinh tế so với cùng kỳ", "kỹ năng sơ cứu"."""
    return fold(_OTHER_SO.sub(r"\1_", text) if has_diacritics(text) else text)


def why_off_topic(title: str, text: str) -> str:
    """The reason why an article is not about digital transformation; "" when it is."""
    topic = judge(title, text)
    if topic.is_digital:
        return ""
    said = f"it names {', '.join(topic.found[:3])} in passing" if topic.found else "none of the field's words is in it"
    return f"not about digital transformation ({said}); --any-topic takes it in all the same"
