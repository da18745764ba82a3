"""Where a text names a province, read strictly (articles) and loosely (questions)."""

import pytest

from retrieval.lexicon import provinces
from retrieval.lexicon.provinces import canonical, current_name, find_provinces, merged_from


def names(text: str, *, loose: bool = False) -> list[str]:
    return [mention.name for mention in find_provinces(text, loose=loose)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tỉnh Bắc Ninh và tỉnh Bắc Giang", ["Bắc Ninh", "Bắc Giang"]),
        ("TP. Hồ Chí Minh, TP.HCM, TPHCM", ["TP. Hồ Chí Minh"] * 3),
        ("lãnh đạo thành phố Hồ Chí Minh", ["TP. Hồ Chí Minh"]),
        ("Đoàn TNCS Hồ Chí Minh tỉnh Nghệ An", ["Nghệ An"]),
        ("Thừa Thiên - Huế; Thừa Thiên Huế; TP Huế", ["Thừa Thiên Huế"] * 3),
        ("Bà Rịa – Vũng Tàu và BR-VT", ["Bà Rịa - Vũng Tàu"] * 2),
        ("Đắc Lắc, Daklak, Đắk Nông", ["Đắk Lắk", "Đắk Lắk", "Đắk Nông"]),
        ("HÒA BÌNH, Hoà Bình", ["Hòa Bình", "Hòa Bình"]),
        ("Bắc Cạn, nay viết Bắc Kạn", ["Bắc Kạn", "Bắc Kạn"]),
        ("gìn giữ hòa bình; Cao bằng mức trung bình", []),
        ("Tập đoàn Thái Bình Dương; đường Điện Biên Phủ; Đồng Tháp Mười", []),
        ("phường Hòa Bình, đường Hà Nội, TP. Bắc Giang, thành phố Thái Nguyên", []),
        ("các tỉnh, thành phố Bắc Ninh, Hà Nam", ["Bắc Ninh", "Hà Nam"]),
        ("thành phố Cần Thơ, TP Đà Nẵng", ["Cần Thơ", "Đà Nẵng"]),
        ("Nguyễn Thái Bình; chị Phạm Thu Huế; ông Vũ Quang Ninh", []),
        ("trên địa bàn Bắc Ninh, hợp tác xã Hà Giang, cấp xã Lai Châu", ["Bắc Ninh", "Hà Giang", "Lai Châu"]),
        ("Viện Công nghệ An Giang", ["An Giang"]),
        ("Quang Ninh province, then Ha Noi", ["Quảng Ninh", "Hà Nội"]),
        ("Quảng Bình Định hướng", ["Quảng Bình"]),
    ],
)
def test_article_text(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bac ninh hay bac giang cao hon", ["Bắc Ninh", "Bắc Giang"]),
        ("Qảng Ninh đạt mấy điểm", ["Quảng Ninh"]),
        ("Bắc Nình thế nào", ["Bắc Ninh"]),
        ("bắc minh xếp thứ mấy", ["Bắc Ninh"]),
        ("quang nin xep thu may", ["Quảng Ninh"]),
        ("ha nio, da nagn, vinh phuk", ["Hà Nội", "Đà Nẵng", "Vĩnh Phúc"]),
        ("quan tri mang o quang tri", ["Quảng Trị"]),
        ("tphcm, hcm, sai gon, tp hcm", ["TP. Hồ Chí Minh"] * 4),
        ("hanoi va quangninh", ["Hà Nội", "Quảng Ninh"]),
        ("ba ria vung tau", ["Bà Rịa - Vũng Tàu"]),
        ("hue dung thu may", ["Thừa Thiên Huế"]),
        ("BN xếp thứ mấy", ["Bắc Ninh"]),
        ("co bn tram 5g", []),
        ("tỷ lệ cao bằng mức trung bình cả nước", []),
        ("cao bang xep hang may", ["Cao Bằng"]),
        ("tỉnh hòa bình ra sao", ["Hòa Bình"]),
        ("lực lượng gìn giữ hòa bình", []),
        ("cong nghe an toan o nghe an", ["Nghệ An"]),
        ("ho gia dinh co cap quang nam 2022 o ha nam", ["Hà Nam"]),
        ("danh gia lai ket qua cua gia lai", ["Gia Lai"]),
        ("hoan thanh hoa don dien tu o thanh hoa", ["Thanh Hóa"]),
        ("thứ hạng diễn biến ra sao", []),
        ("tinh dien bien ra sao", ["Điện Biên"]),
        ("muc tieu den nam dinh huong 2030", []),
        ("lao động, tài nguyên, công an, đóng vai", []),
        ("toc do trung binh duong truyen", []),
        ("vi tri cuoi bang thuoc ve cao bang | dien bien |", ["Cao Bằng", "Điện Biên"]),
        ("cac bang sang che; giao lai nhiem vu", []),
        ("giá vàng hôm nay", []),
        ("tỉnh Bình Phước bỏ ra bao nhiêu tiền", ["Bình Phước"]),  # "tỉnh Bình" is no slip for Ninh Bình
        ("so giúp em Bến Tre và Trà Vinh", ["Bến Tre", "Trà Vinh"]),
        ("bà Thái Bình phụ trách mảng nào", []),
        ("ninh hai voi ninh phuoc huyen nao cao hon", []),
        ("nam 2025 gia lai va lam dong tinh nao cao hon", ["Gia Lai", "Lâm Đồng"]),
        ("tu 2021 den 2023 dien bien sao", []),
    ],
)
def test_questions(text: str, expected: list[str]) -> None:
    assert names(text, loose=True) == expected


def test_mentions_carry_their_place() -> None:
    text = "So với Yên Bái, TP. Hồ Chí Minh hơn"
    assert [text[m.start : m.end] for m in find_provinces(text)] == ["Yên Bái", "TP. Hồ Chí Minh"]


def test_every_name_is_found_in_both_readings() -> None:
    for name in provinces.PROVINCES:
        assert names(f"tỉnh {name} đạt") == [name]
        assert names(f"{name} xếp thứ mấy", loose=True) == [name]


def test_the_map_of_2025() -> None:
    assert len(provinces.PROVINCES) == 63
    assert len(provinces.CURRENT) == 34
    assert current_name("Bắc Giang") == "Bắc Ninh"
    assert current_name("huế") == "Huế"
    assert merged_from("Bắc Ninh") == ("Bắc Ninh", "Bắc Giang")
    assert merged_from("Hà Nội") == ("Hà Nội",)
    assert merged_from("Bắc Giang") == ()
    assert sum(len(merged_from(name)) for name in provinces.CURRENT) == 63
    assert canonical("Hoà Bình") == "Hòa Bình"
    assert canonical("tphcm") == "TP. Hồ Chí Minh"
    assert canonical("Paris") is None
