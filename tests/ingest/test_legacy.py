"""Old Vietnamese encodings: told by spelling, converted whole, and nothing else touched."""

import pytest

from ingest.encoding import from_glyphs, read_bytes
from ingest.legacy import Legacy, convert, legacy_of
from ingest.spelling import is_syllable
from retrieval.text import nfc
from tests.ingest.old_fonts import LETTERS, tcvn3, vni, windows_1258

NEWS = """Sở Thông tin và Truyền thông tỉnh Hà Giang vừa tổng kết ba năm chuyển đổi số ở vùng cao.
Đến hết tháng 9/2024, toàn tỉnh có 72,5% hồ sơ nộp trực tuyến, tăng 11 điểm phần trăm so với cùng kỳ.
Bà Vàng Thị Mỷ kể: "Trước kia tôi đi bộ nửa ngày mới tới trụ sở, giờ chỉ cần một chiếc điện thoại."
"""
PORTAL = "Uỷ ban nhân dân tỉnh Đắk Nông ban hành kế hoạch phủ sóng di động 100% thôn, buôn trong quý II năm 2025."
SPOKEN = "Thì ừ, hễ có mạng là bấm: kẽo kẹt mãi cũng xong; ỷ vào máy thì dở, nhưng khuỷu tay đỡ mỏi."
TEXTS = (NEWS, PORTAL, SPOKEN)


@pytest.mark.parametrize("text", TEXTS)
def test_bytes_of_each_encoding_give_the_text_and_its_name(text: str) -> None:
    assert read_bytes(text.encode()) == (text, "")
    assert read_bytes(text.encode("utf-16")) == (text, "UTF-16")
    for data, name in (
        (windows_1258(text), "windows-1258"),
        (tcvn3(text), "TCVN3"),
        (vni(text).encode("cp1252"), "VNI-Windows"),
    ):
        for declared in (None, "iso-8859-1", "windows-1258", "utf-8"):
            read = read_bytes(data, declared)
            assert (nfc(read.text), read.encoding) == (text, name)


@pytest.mark.parametrize("text", TEXTS)
def test_letters_of_old_fonts_in_a_unicode_text(text: str) -> None:
    assert from_glyphs(tcvn3(text).decode("latin-1")) == (text, "TCVN3")
    assert from_glyphs(vni(text)) == (text, "VNI-Windows")


def test_every_letter_there_and_back() -> None:
    assert len(LETTERS) == 73
    for letter in LETTERS:
        assert convert(tcvn3(f"quyết {letter}").decode("latin-1"), Legacy.TCVN3) == f"quyết {letter}"
        assert convert(vni(f"quyết {letter}"), Legacy.VNI) == f"quyết {letter}"
        assert convert(vni(f"quyết {letter.upper()}"), Legacy.VNI) == f"quyết {letter.upper()}"
        assert nfc(windows_1258(letter).decode("cp1258")) == letter
        assert nfc(windows_1258(letter.upper()).decode("cp1258")) == letter.upper()
    for letter in "ĂÂÊÔƠƯĐ":
        assert convert(tcvn3(f"quyết {letter}").decode("latin-1"), Legacy.TCVN3) == f"quyết {letter}"


def test_capitals_that_another_font_drew() -> None:
    heading = "UỶ BAN NHÂN DÂN\nTin của TỈNH BẮC KẠN hôm nay\n" + NEWS
    assert from_glyphs(tcvn3(heading).decode("latin-1")).text == heading


@pytest.mark.parametrize(
    "text",
    [
        *TEXTS,
        "The café's naïve résumé: a €5 fee, ®, ±2 °C, Zürich, São Paulo, señor Muñoz, Ångström.",
        "Les préfectures dématérialisent déjà plusieurs démarches, à Paris comme à Évry, où l'été est passé.",
        "Müller grüßt aus Köln: die größte Behörde führt nächstes Jahr die elektronische Akte ein.",
        "Công ty Nestlé, hãng Citroën và ngân hàng Société Générale dự hội thảo ở Hà Nội.",
        "Khong dau thi khong co gi de doi.",
        "cã Ýt",
        "",
    ],
)
def test_good_text_is_never_touched(text: str) -> None:
    assert legacy_of(text) is None
    assert from_glyphs(text) == (text, "")
    assert read_bytes(text.encode()).text == text


def test_a_page_with_a_unicode_menu_around_an_old_story() -> None:
    menu = "Trang chủ\nTin khác\nVăn bản\n"
    page = menu + tcvn3(NEWS).decode("latin-1") + "Liên hệ tòa soạn\n"
    assert from_glyphs(page) == (menu + NEWS + "Liên hệ tòa soạn\n", "TCVN3")


@pytest.mark.parametrize("word", "nghiêng quý khuỷu gì giếng xoẹt Đắk thuở yểm nguyễn ruộng oăm uể hoà hòa".split())
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", "viöt tinch các̀ cacs ngờng̣ strong ngeên tầt cằt xyz ñöùc thàch".split())
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)
