"""Ordinary Vietnamese that looks like a province once diacritics are gone or a letter is wrong."""

import re
from itertools import groupby

# Fixed phrases (folded) that hold a province's name without meaning it.
_PHRASES = """
thai binh duong; thai binh thuong; trang thai binh; trang thai nguyen; dien bien phu; dong thap muoi; hai duong hoc
cong nghe an; nghe an toan; nghe an ninh; cap quang nam; cap quang binh; cap quang tri; cap quang den
danh gia lai; dinh gia lai; gia lai ich; trung binh dinh; trung binh duong; trung binh thuan; quan binh dinh
hoan thanh hoa; thanh hoa don; thanh hoa dam; nam dinh huong; nam dinh ky; nam dinh kem; xac dinh ha; viec lam dong
lam dong bo; lam dong loat; dien bien hoa binh; vi hoa binh; giu hoa binh; giu gin hoa binh; bao ve hoa binh
moi truong hoa binh; nobel hoa binh; yeu hoa binh; the gioi hoa binh; nen hoa binh; dien bien phuc tap; dien bien moi
cao bang nhau; cao bang muc; cao bang trung binh; cao bang ca nuoc; cao bang cap; so cao bang; trinh do cao bang
nhan dong nai; lao dong thap; tu dong thap; hoat dong thap; nguoi dong nai; bac can thiet; bac can phai; dien bien chinh
sai gon giai phong; son la nhung; vung tau bien; chu tich ho chi minh; tu tuong ho chi minh; tncs ho chi minh
cong san ho chi minh; thanh nien ho chi minh; tncs hcm; bac ho chi minh; lang ho chi minh; duong ho chi minh
dao duc ho chi minh; phong cach ho chi minh; bao tang ho chi minh; quoc gia ho chi minh; theo guong ho chi minh
doi ho chi minh; huan chuong ho chi minh; giai thuong ho chi minh; thoi dai ho chi minh; bun bo hue; hoa hue
"""

SWALLOWED: dict[str, tuple[tuple[str, ...], ...]] = {
    first: tuple(sorted(group, key=len, reverse=True))
    for first, group in groupby(
        sorted(tuple(phrase.split()) for phrase in re.split(r"[;\n]", _PHRASES) if phrase.strip()),
        key=lambda phrase: phrase[0],
    )
}
"""Folded first word -> phrases by words, longest first."""

_PAIRS = """
quan tri; cong an; lao dong; tai nguyen; bai giang; thao nguyen; dien vien; dinh duong; can tro; can bang; thang hoa
da dang; dai duong; dong vai; dong nam; quanh nam; thanh khoa; phu tro; cao dang; vung tay; bien phong; hoi phong
quang tin; quang ba; da tang; dong hai; dien tien; giam sat; khai phong; tien gian; kien gian; truyen quang; binh dang
binh tinh; binh phuong; duong binh; thai dinh; thanh hao; hung thinh; quang canh; thanh doa; hai phan; hau gian; cac bang
hoi giao; giao lai; ai phong; tai chau; va tinh
"""

COMMON_PAIRS = frozenset(pair.strip() for pair in re.split(r"[;\n]", _PAIRS) if pair.strip())
"""Folded pairs of ordinary words that are one edit away from a province's name."""

_ONSETS = "ngh|ch|gh|gi|kh|ng|nh|ph|qu|th|tr|[bcdghklmnprstvx]?"
_RIMES = """
a|ac|ach|ai|am|an|ang|anh|ao|ap|at|au|ay|e|ec|ech|em|en|eng|enh|eo|ep|et|eu|i|ia|ich|iec|iem|ien|ieng|iep|iet|ieu|im
|in|inh|ip|it|iu|o|oa|oac|oach|oai|oam|oan|oang|oanh|oat|oay|oc|oe|oen|oeo|oet|oi|om|on|ong|ooc|oong|op|ot|u|ua|uan
|uang|uat|uay|uc|ue|uech|uenh|ui|um|un|ung|uo|uoc|uoi|uom|uon|uong|uop|uot|uou|up|ut|uu|uy|uya|uych|uyen|uyet|uynh|uyt
|uyu|y|yem|yen|yet|yeu|ych|ynh
""".replace("\n", "")
_SYLLABLE = re.compile(f"(?:{_ONSETS})(?:{_RIMES})")


def is_syllable(folded: str) -> bool:
    """Whether a folded word has the shape of a Vietnamese syllable: "nin" has, "qang" and "nihn" have not."""
    return _SYLLABLE.fullmatch(folded) is not None
