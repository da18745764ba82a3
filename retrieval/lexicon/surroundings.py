"""Words before a province's name that make it something else: a smaller place, a road, a person."""

from retrieval.lexicon.tables import Word

CITY_WORDS = frozenset({"thanh", "pho", "tp"})
_INSIDE = frozenset("phường xã huyện quận thôn xóm ấp trấn đường phố cầu chợ sông lộ tốc".split())
# Without diacritics only these heads stay unlike other words ("cau" is also "yêu cầu", "quan" also "tổng quan").
_INSIDE_FOLDED = frozenset("phuong xa huyen thon tran duong".split())
_NO_HEAD = frozenset(
    tuple(pair.split())
    for pair in (
        "cấp xã|tác xã|vùng xã|các xã|cấp huyện|các huyện|yêu cầu|nhu cầu|toàn cầu|"
        "cap xa|tac xa|vung xa|cac xa|tu xa|cap huyen|cac huyen"
    ).split("|")
)


def is_place_inside(text: str, found: list[Word], i: int, *, is_city: bool, accented: bool, after: int = 0) -> bool:
    """Whether the words before make it a smaller place or a road: "phường Hòa Bình", "TP. Bắc Giang", "đường Hà Nội".

    ``found[i]`` begins the name; ``is_city`` says that it is a city of its own, so that "thành phố" is no smaller place;
    ``after`` is the index of the first word that no earlier province has taken.
    """
    if i == after or found[i].folded in CITY_WORDS:
        return False
    if text[found[i - 1].end : found[i].start].strip(" ") not in {"", "."}:
        return False
    head = found[i - 1].text.lower()
    before = found[i - 2].text.lower() if i - 1 > after else ""
    if found[i - 1].folded == "tp" or (found[i - 1].folded == "pho" and before in {"thành", "thanh"}):
        earlier = found[i - 3].folded if i >= 3 else ""
        return not is_city and earlier != "tinh"  # "các tỉnh, thành phố Bắc Ninh, Hà Nam…" lists provinces
    heads = _INSIDE if accented else _INSIDE_FOLDED
    return head in heads and (before, head) not in _NO_HEAD


_SURNAMES = frozenset(
    "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đào Đinh Trịnh Đoàn Trương Lương Mai Tô Cao "
    "Tạ Chu Châu Lưu Phùng Quách Nông Thị Văn".split()
)
_TITLES = frozenset("ông bà anh chị cô bác em".split())


def is_person(text: str, found: list[Word], i: int, *, asked: bool = False) -> bool:
    """ "Nguyễn Thái Bình", "Trần Thị Thu Huế", "ông Thái Bình": a surname or a title opens the chain of capitals.

    Where something is ``asked``, "em" is who asks: "so giúp em Hà Nam và Hà Nội".
    """
    for j in range(i - 1, max(i - 4, -1), -1):
        word = found[j].text
        if text[found[j].end : found[j + 1].start] != " ":
            return False
        if word in _SURNAMES:
            return not (word == "Hồ" and found[j + 1].folded == "chi")
        if not (word[0].isupper() and word[1:].islower()):
            titled = word in _TITLES and not (asked and word == "em")
            return j == i - 1 and titled and found[i].text[0].isupper()
    return False
