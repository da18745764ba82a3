"""What a line of a news page is: body, or the page around it. Facts of Vietnamese news pages, one line at a time."""

import re
from functools import lru_cache

from retrieval.text import fold

_fold = lru_cache(maxsize=4096)(fold)  # the pages of a site share their menus, and each line is looked at several times

# --- lines of the body -------------------------------------------------------------------------------------------

_CLOSED = re.compile(r"[.!?…:;][\"”’'»)\]]*$")
_LIST_ITEM = re.compile(r"(?:[-+*•●▪◦·–—✓✔]\s*[^\W_]|\d{1,2}[.)]\s|[a-zđ][.)]\s|[IVX]{1,4}\.\s)")
_DOCUMENT_NUMBER = re.compile(r"Số(?: hiệu| ký hiệu)?\s*:?\s*\d{1,5}\s?/[\w/.–-]*[A-ZĐ]{2}")
_LONG = 200  # characters: longer than any headline, caption or label

BODY_WORDS = (
    r"báo(?! cáo)|thời báo|tạp chí|đài|cổng|trang|sở|ban|bộ|cục|phòng|văn phòng|trung tâm|nhóm|thống kê|ubnd|hđnd"
    r"|ủy ban|uỷ ban|hội đồng|đảng bộ|tỉnh ủy|tỉnh uỷ|thành ủy|thành uỷ"
)
"""Words that the name of a body begins with, a paper's or an office's; for patterns that ignore case."""


def is_sentence(line: str) -> bool:
    """Closed by a full stop or its like, or too long to be anything else."""
    return len(line) >= _LONG or (bool(_CLOSED.search(line)) and line.count(" ") >= 2)


def is_document_number(line: str) -> bool:
    """ "Số: 45/KH-UBND", alone or in the row of a document's head."""
    return _DOCUMENT_NUMBER.match(line) is not None


def is_list_item(line: str) -> bool:
    return _LIST_ITEM.match(line) is not None


def is_table_row(line: str) -> bool:
    return " | " in line


# --- captions and pictures ---------------------------------------------------------------------------------------

_SORT = r"(?:\ (?:minh\ h(?:ọa|oạ)|tư\ liệu|chụp|chụp\ màn\ hình|[Ii]nternet))"
_CREDIT = re.compile(
    rf"""(?:(?:^|[\s(\[|/–—-]) (?:Nguồn\ ảnh|Hình\ ảnh|Ảnh|ẢNH|Photo){_SORT}*\s*:
        |(?:^|[.(\[]\s*) (?:[Vv]ideo|[Cc]lip|Đồ\ h(?:ọa|oạ)|Infographic|Hình|ảnh){_SORT}*\s*:)
        (?:(?!\.\s+\w+\s+\w)[^:;!?%]){{1,80}}$                      # a name or two, not a further sentence
    |(?:^|[\s(\[.]) Ảnh(?:{_SORT}|\ (?:TL|ST|CTV|BTC|NVCC|TTXVN|VGP|cắt\ từ))\b[^:;!?%]{{0,40}}$
    |\(ảnh{_SORT}\)\.?$""",
    re.VERBOSE,
)
_PICTURE_FILE = re.compile(r".{1,120}\.(?:jpe?g|png|gif|webp|bmp|svg|mp4|mp3)", re.IGNORECASE)
_PICTURE_COUNT = re.compile(r".*\bảnh(?: số)? \d{1,2}|(?:ảnh|hình) \d{1,2}\s*/\s*\d{1,2}", re.IGNORECASE)


def credit_start(line: str) -> int | None:
    """Where the photo credit that closes ``line`` begins: "… (Ảnh: HH)", "… Ảnh: Minh Hà/TTXVN"."""
    match = _CREDIT.search(line)
    return match.start() if match else None


def is_picture(line: str) -> bool:
    """A picture's file name, or the text put in its place ("<title> ảnh 1")."""
    return bool(_PICTURE_FILE.fullmatch(line) or _PICTURE_COUNT.fullmatch(line))


# --- labels, menus, players --------------------------------------------------------------------------------------

_NOISE_WORDS = frozenset("icon banner logo image img svg a".split())
_WORDS = re.compile(r"[^\W\d_]+")
_COUNTER = re.compile(r"\(\s*\d*\s*\)\s*:?$")  # "Ý kiến ()", "Bình luận (3)"


def _keys(names: str) -> frozenset[str]:
    return frozenset(name.strip() for name in names.replace("\n", ",").split(",") if name.strip())


_LABELS = _keys("""
chia se, chia se bai viet, chia se facebook, chia se qua facebook, facebook, zalo, twitter, x, linkedin, pinterest
telegram, messenger, youtube, tiktok, instagram, google, google news, share, tweet, like, thich, luu, luu bai
luu bai viet, in, in bai, in bai viet, in trang, ban in, print, email, gui email, gui mail, sao chep, sao chep lien ket
copy link, copy, nghe doc bai, nghe bai viet, nghe audio, nghe, doc bai, giong nu, giong nam, mien bac, mien nam
co chu, aa, xem chi tiet, chi tiet, xem them, doc them, xem tiep, xem tat ca, thu gon, tai ve, quay lai
ve dau trang, len dau trang, dau trang, top, back to top, trang chu, home, dang nhap, dang ky, tim kiem, menu
tat ca chuyen muc, chuyen muc, mac dinh, co lon, quang cao, advertisement, close, dong, tac gia, like share
theo doi chung toi, follow us, phong to, thu nho, tang co chu, giam co chu, mau chu, doc bai viet
tu cap nhat, moi nhat, cu nhat, ve trang truoc, quay ve, gui binh luan, tai ung dung, cai dat ung dung
""")
_LABEL_START = re.compile(
    r"(?:theo doi .{2,60} tren(?: .{0,30})?$|moi (?:quy vi|ban doc|cac ban) .{0,40}(?:theo doi|don doc|xem)|nghe (?:podcast|noi dung)"
    r"|(?:tu khoa|tags?|the) ?:|>>|»|►|▶|(?:xem|doc) them ?[:»>]|xem ngay ?:|moi xem them|bam (?:vao )?day"
    r"|dang (?:ky|nhap) (?:ngay )?de (?:doc|xem|gui|nhan|binh luan)|ban da doc \d|(?:so )?luot (?:xem|doc|truy cap) ?:)"
)
_PLAYER = re.compile(r"[\d:/\s|–-]*\d{1,2}:\d{2}[\d:/\s|–-]*(?:x|×)?|[\d.]+ ?x")
_PLAYER_AT_END = re.compile(r"(?<=\D) \d{1,2}:\d{2}(?: [\d.]+ ?[x×])?$")  # "Nghe đọc bài 3:42 1x"
_BREADCRUMB = re.compile(
    r"[^.:;!?]{2,40}(?:\s?[>»›]\s?[^.:;!?]{2,60}){1,5}|(?:Trang chủ|Home)(?:\s?[/|]\s?[^.:;!?]{2,60}){1,5}"
)
_ADDRESS = re.compile(
    r"(?:e-?mail\s*:\s*)?\S+@\S+\.\w+|(?:https?://|www\.)\S+|(?:[\w-]+\.)+(?:vn|com|net|org)", re.IGNORECASE
)


def label_key(line: str) -> str:
    """Folded words of a line without counters and signs: "Bình luận (3)" -> "binh luan"."""
    return " ".join(word for word in _WORDS.findall(_fold(line)) if word not in _NOISE_WORDS)


def is_label(line: str) -> bool:
    """A button, a menu entry, an audio player, a bare address: never part of a story."""
    if len(line) > _LONG or is_table_row(line):
        return False
    line = _PLAYER_AT_END.sub("", line)
    has_figure = any(map(str.isdigit, _COUNTER.sub("", line)))
    if not (key := label_key(line)):
        return not has_figure or _PLAYER.fullmatch(line) is not None
    if len(key) < 30 and key in _LABELS and not has_figure:
        return True
    if _LABEL_START.match(_fold(line)) and not is_list_item(line):
        return True
    return bool(_BREADCRUMB.fullmatch(line) or _ADDRESS.fullmatch(line))


# --- where the article is over -----------------------------------------------------------------------------------

_CLOSING = _keys("""
y kien binh luan, y kien ban doc, y kien doc gia, y kien cua ban, binh luan, binh luan cua ban, gui binh luan
gui y kien, gui y kien cua ban, viet binh luan, de lai binh luan, them binh luan, binh luan ban doc, comments
tin cung chuyen muc, bai cung chuyen muc, cung chuyen muc, tin bai cung chuyen muc, bai viet cung chuyen muc
cac tin cung chuyen muc, tin cung muc, tin cung loai, cung chu de, tin cung chu de, bai cung chu de, cac tin khac, tin khac
tin bai khac, bai khac, bai viet khac, cac bai viet khac, cac bai khac, tin tuc khac, nhung tin khac, cac tin da dua
tin da dua, tin cu hon, cac tin cu hon, tin moi hon, cac tin moi hon, tin moi nhat, tin moi, bai moi nhat
bai viet moi nhat, tin moi cap nhat, doc nhieu, doc nhieu nhat, tin doc nhieu, tin doc nhieu nhat, bai doc nhieu
bai doc nhieu nhat, xem nhieu, xem nhieu nhat, tin xem nhieu, tin noi bat, bai noi bat, co the ban quan tam
ban co the quan tam, co the ban thich, co the ban muon doc, tin nong, lien ket website, lien ket web, website lien ket
thong ke truy cap, luot truy cap, danh gia bai viet, video noi bat, tin tai tro, dang duoc quan tam, phan hoi ban doc
cung tac gia, bai cung tac gia, dong su kien, tiep tuc doc, tin tiep theo, bai tiep theo, tin truoc, bai truoc
""")
_CLOSING_WITH_COUNTER = _keys("y kien, phan hoi, tin, bai viet")  # words of any sentence, a section only as "Ý kiến ()"
_IMPRINT = re.compile(
    r"(?:©|®|copyright|ban quyen (?:thuoc|©|\(c\)|\d)|giay phep (?:so|hoat dong|xuat ban|thiet lap|bao chi|bao dien tu)[^,;]{0,80}\d"
    r"|(?:co quan chu quan|tong bien tap|pho tong bien tap|chiu trach nhiem(?: noi dung| chinh| quan ly| xuat ban)?|toa soan"
    r"|tru so toa soan|don vi chu quan|thuong truc ban bien tap) ?:"
    r"|(?:vui long )?ghi ro nguon|(?:cam|khong) sao chep|moi y kien xin gui|hien chua co binh luan)"
)
_CONTACT = re.compile(r"(?:tru so(?: chinh)?|dia chi|dien thoai|hotline|duong day nong) ?:")
_RELATED = _keys("""
tin lien quan, tin bai lien quan, bai lien quan, bai viet lien quan, cac bai viet lien quan, cac tin lien quan
tin tuc lien quan, noi dung lien quan, lien quan, chu de lien quan, video lien quan, xem them, doc them, tu khoa
tags, tag, the, van ban lien quan, cac van ban lien quan, tai lieu lien quan, van ban dinh kem, tai lieu dinh kem, tep dinh kem
file dinh kem, tap tin dinh kem
""")
_RELATED_START = re.compile(r"(?:tu khoa|tags?) ?:")


def closes_article(line: str) -> bool:
    """A comment box, a list of other stories or an imprint: the article does not come back after it."""
    if len(line) > _LONG + 100 or is_table_row(line):
        return False
    key = label_key(line)
    if len(key) < 40 and key in _CLOSING and not line.endswith("."):
        return True
    if key in _CLOSING_WITH_COUNTER and _COUNTER.search(line):
        return True
    return _IMPRINT.match(_fold(line)) is not None or is_contact(line)


def is_contact(line: str) -> bool:
    """ "Địa chỉ: …": of an imprint, or of an office that the article tells of; what comes after it tells which."""
    return _CONTACT.match(_fold(line)) is not None


def opens_related(line: str) -> bool:
    """A box of related stories or tags: at the end of the article, or dropped in its middle."""
    if len(line) > _LONG:
        return False
    return (len(line) < 40 and label_key(line) in _RELATED) or _RELATED_START.match(_fold(line)) is not None


# --- who wrote it ------------------------------------------------------------------------------------------------

_WORK = r"(?:tin|bài(?: viết)?|tin bài|ảnh|clip|video|đồ h(?:ọa|oạ))"
_BYLINE = re.compile(
    rf"[(\[–-]?\s*(?:{_WORK}(?:(?:\s?[,/&+-]\s?|\s+và\s+){_WORK})*\s*:?"
    r"|(?:tác giả|thực hiện|biên tập|người viết|biên soạn|tổng hợp|nguồn(?: tin)?|nhóm (?:pv|phóng viên)|pv|phóng viên|ctv)\s*:?|theo)"
    r"(?=[\s:(])\s*",
    re.IGNORECASE,
)
_NAME_JOINTS = frozenset("- – — / & , | và".split())
_ROLE = re.compile(r"\((?:thực hiện|tổng hợp|t/h|th|ghi|lược ghi|biên dịch|biên tập|dịch)\)$", re.IGNORECASE)
_NAME_LIMIT = 7  # words; two authors and their paper


def is_byline(line: str) -> bool:
    """ "Tin, ảnh: Minh Hà", "Theo TTXVN", "Nguồn: Cổng TTĐT tỉnh"; "Nguồn nhân lực số" is a sub-heading."""
    if len(line) > 70 or is_sentence(line) or not (match := _BYLINE.match(line)):
        return False
    names = line[match.end() :].strip(" )].")
    marked = match[0].rstrip().endswith(":")
    return is_name(names) or (marked and bool(names) and not any(map(str.isdigit, names)))


def is_name(line: str) -> bool:
    """Only capitalised words: a person, a paper, a section. In the body it may as well be a sub-heading."""
    words = _ROLE.sub("", line).split()
    return (
        0 < len(words) <= _NAME_LIMIT
        and not any(map(str.isdigit, line))
        and not is_sentence(line)
        and all(word in _NAME_JOINTS or word[0].isupper() for word in words)
    )
