"""Vietnamese text, by tables: each row is a fact of the language or of how pages are scraped."""

import unicodedata

import pytest

from retrieval.text import fold, format_number, has_diacritics, nfc, parse_number, sentences, syllables

# --- one normal form ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Đạt 85%", "Đạt 85%"),
        (unicodedata.normalize("NFD", "Chuyển đổi số ở Thừa Thiên Huế"), "Chuyển đổi số ở Thừa Thiên Huế"),
        ("một\r\nhai\rba", "một\nhai\nba"),
        ("trang một\fhai\u2028ba", "trang một\nhai\nba"),
        ("kinh\u00a0tế\u202fsố\t4.0", "kinh tế số 4.0"),
        ("\ufeffsố\u200b liệu\u00ad", "số liệu"),
        ("số\x00 liệu\x1b[31m", "số liệu[31m"),
        ("lẻ \ud83d đôi", "lẻ  đôi"),
        ("", ""),
    ],
)
def test_nfc(raw: str, clean: str) -> None:
    assert nfc(raw) == clean
    assert nfc(clean) == clean


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đà Nẵng", "da nang"),
        ("đường THƯỢNG ƯƠNG", "duong thuong uong"),
        ("ĂÂÊÔƠƯ ăâêôơư", "aaeoou aaeoou"),
        ("Kỳ ỷ ỹ ỵ ý", "ky y y y y"),
        ("56,83% (7/63)", "56,83% (7/63)"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert has_diacritics(text) == (text.lower() != folded)


@pytest.mark.parametrize("text", ["Đắk Lắk, Đồng Nai", "İstanbul ß ﬁ ﷺ Ǆ", "😀 số 🇻🇳", "a\u0301", "\ud800 lẻ", "Ⅻ ½ ²"])
def test_fold_keeps_offsets(text: str) -> None:
    assert len(fold(text)) == len(text)


# --- syllables ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Kinh tế số, xã hội số.", "kinh tế số xã hội số"),
        ("đạt 56,83% GRDP", "đạt 56,83 grdp"),
        ("1.385 tổ; thứ 7/63", "1.385 tổ thứ 7/63"),
        ("Nghị quyết 09-NQ/TU, Kế hoạch 59/KH-UBND", "nghị quyết 09-nq/tu kế hoạch 59/kh-ubnd"),
        ("ngày 20/11/2024.", "ngày 20/11/2024"),
        ("VNeID, 5G, T&T", "vneid 5 g t&t"),
        ("… – “”", ""),
    ],
)
def test_syllables(text: str, tokens: str) -> None:
    assert syllables(text) == tokens.split()


# --- sentences ---------------------------------------------------------------------------------------------------

SENTENCES = [
    # figures, dates and documents before the stop
    "Tỷ lệ số hóa đạt 85%.|Năm sau cao hơn.",
    "Chính quyền số đạt 0,7804 điểm.|Kinh tế số lùi một bậc.",
    "Có 1.385 tổ công nghệ số.|Mỗi thôn một tổ.",
    "Hội nghị diễn ra ngày 20/11/2024.|Ba sở cùng dự.",
    "Tỉnh ban hành Nghị quyết số 09-NQ/TU.|Sau đó là kế hoạch.",
    "Tỉnh lên hạng 4.|Trước kia hạng 9.",
    "Tăng 1 bậc (so với năm 2021).|Xã hội số giữ nguyên.",
    # stops that close an abbreviation
    "UBND TP. Hồ Chí Minh họp.|Sở báo cáo.",
    "Người dân TX. Đông Triều và P. Bãi Cháy dùng ví điện tử.",
    "PGS.TS. Trần Văn Bình chủ trì.|Ông phát biểu sau cùng.",
    "Theo Ths. Hoa và bà H. Anh thì chậm.|Sở thì nói khác.",
    "Anh Nguyễn V. Tùng nộp hồ sơ qua mạng.",
    "Chuẩn bị máy tính, mạng v.v.|Tỉnh đã xong.",
    "Trang vnexpress.net đăng tin, bản 3.0 đã có.",
    # stops that look like it and close the sentence
    "An toàn thông tin xếp loại A.|Năm trước loại B.",
    "Thành phố là đô thị loại I.|Dân số đông.",
    "Cả tỉnh xếp thứ ba.|Năm ngoái thứ nhì.",
    "Tỉnh không còn nợ.|Ngân sách dư.",
    # lists
    "Gồm ba phần: một là hạ tầng; hai là dữ liệu; ba là con người.",
    "1. Chính quyền số.|2. Kinh tế số.",
    "Mục tiêu:\n|- đạt 80% hồ sơ;\n|- phủ 100% xã.",
    "Họp tại TP.Hồ Chí Minh và Tp.Huế.|Sáu tỉnh dự.",
    # other marks
    "Đã xong chưa?|Chưa!|Vì sao…|Vì thiếu người.",
    "Ông ngập ngừng… rồi nói tiếp.",
    "Bà nói: “Đã xong.”|Rồi bà về.",
    "Không có dấu chấm cuối câu",
]


@pytest.mark.parametrize("marked", SENTENCES)
def test_sentences(marked: str) -> None:
    wanted = [part.strip() for part in marked.split("|")]
    text = marked.replace("|", " ")
    assert [text[start:end] for start, end in sentences(text)] == wanted


@pytest.mark.parametrize(
    "glued", ["đạt 0,7 điểm.|Tuy nhiên chậm", "đạt 85%.|Kết quả cao", "năm 2022.|Tỉnh họp", "(7/63).|Các sở"]
)
def test_sentences_whose_blank_was_lost(glued: str) -> None:
    text = glued.replace("|", "")
    assert [text[start:end] for start, end in sentences(text)] == glued.split("|")


def test_spans_are_trimmed_ordered_and_cover_every_word() -> None:
    text = "  Một. \n\n Hai… \t Ba?  \n"
    spans = sentences(text)
    assert [text[a:b] for a, b in spans] == ["Một.", "Hai…", "Ba?"]
    assert sentences(" \n ") == []


def test_a_huge_line_takes_no_quadratic_time() -> None:
    assert len(sentences("Tỉnh đạt 85%. " * 20_000)) == 20_000
    assert len(sentences("a" * 300_000 + ". " + "." * 300_000)) <= 3


# --- numbers -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("7", 7),
        ("1.385", 1385),
        ("10.000", 10_000),
        ("1.234.567,5", 1_234_567.5),
        ("56,83", 56.83),
        ("0,7804", 0.7804),
        ("1,0000", 1),
        ("0.7804", 0.7804),
        ("0.780", 0.78),
        ("76.2", 76.2),
        (" 63 ", 63),
    ],
)
def test_parse_number(printed: str, value: float) -> None:
    assert parse_number(printed) == value


# A dash before a number is a range's or a document's more often than a minus: the caller decides.
@pytest.mark.parametrize("printed", ["", "-5", "1,2,3", "1.2.3", "85%", "7/63", "²", "ba", "nan", "1e5", "1.385.12"])
def test_what_is_no_number(printed: str) -> None:
    with pytest.raises(ValueError, match="not a Vietnamese number"):
        parse_number(printed)


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (56.83, None, "56,83"),
        (1385, None, "1.385"),
        (10_000.0, None, "10.000"),
        (0.7804, None, "0,7804"),
        (1_234_567.891, None, "1.234.567,891"),
        (7.0, None, "7"),
        (2.5, 2, "2,50"),
        (1385, 1, "1.385,0"),
        (-1234.5, None, "-1.234,5"),
        (-0.00001, None, "0"),
        (0.1 + 0.2, None, "0,3"),
    ],
)
def test_format_number(value: float, decimals: int | None, shown: str) -> None:
    assert format_number(value, decimals) == shown


@pytest.mark.parametrize("printed", ["56,83", "1.385", "0,7804", "1.000.000", "63", "99,5"])
def test_numbers_there_and_back(printed: str) -> None:
    assert format_number(parse_number(printed)) == printed
