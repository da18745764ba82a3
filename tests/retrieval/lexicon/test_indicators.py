"""Where a text names an indicator of the catalogue, and the catalogue itself."""

import pytest

from retrieval.lexicon.abbreviations import expand, expand_words, meaning, spell_out
from retrieval.lexicon.indicators import catalogue, children, find_indicators, is_index
from retrieval.lexicon.tables import words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chỉ số DTI của tỉnh", ["dti"]),
        ("chi so chuyen doi so xep thu may", ["dti"]),
        ("công tác chuyển đổi số", []),
        ("bộ chỉ số QN_DTI", []),
        ("Chính quyền số, kinh tế số và xã hội số", ["dti-government", "dti-economy", "dti-society"]),
        ("CQS, KTS, XHS", ["dti-government", "dti-economy", "dti-society"]),
        ("hoạt động của chính quyền số", ["dti-government-activity"]),
        ("thể chế số và hạ tầng số", ["dti-institutions", "dti-infrastructure"]),
        ("kinh tế số chiếm khoảng 18% GRDP", ["digital-economy-share"]),
        ("tỉ trọng kinh tế số trên GRDP", ["digital-economy-share"]),
        ("chỉ số CCHC", ["par-index"]),
        ("PAR Index, SIPAS, PAPI, PCI, PII", ["par-index", "sipas", "papi", "pci", "pii"]),
        ("mức độ sẵn sàng cho phát triển và ứng dụng CNTT-TT", ["ict-index"]),
        ("DVCTT toàn trình", ["online-services-full"]),
        ("dvctt mot phan", ["online-services-partial"]),
        ("dịch vụ công trực tuyến có phát sinh hồ sơ", ["online-services-used"]),
        ("TTHC được xử lý hoàn toàn trực tuyến", ["online-processing"]),
        ("hồ sơ tiếp nhận trực tuyến", ["online-files"]),
        ("số hóa thành phần hồ sơ", ["files-digitised"]),
        ("hồ sơ giải quyết đúng hạn", ["files-on-time"]),
        ("hồ sơ công việc cấp xã được xử lý trên môi trường mạng", ["work-files-online"]),
        ("tài khoản định danh điện tử VNeID", ["vneid"]),
        ("chi trả lương hưu không dùng tiền mặt", ["cashless-pension"]),
        ("thanh toán không dùng tiền mặt", ["cashless"]),
        ("doanh nghiệp nộp thuế điện tử", ["e-tax-business"]),
        ("hộ kinh doanh cá thể kê khai và nộp thuế điện tử", ["e-tax-household"]),
        ("hộ gia đình có đường truyền Internet cáp quang", ["fibre-households"]),
        ("tỷ lệ thôn, bản được phủ sóng Internet cáp quang băng rộng", ["fibre-villages"]),
        ("phủ sóng 5G, phủ sóng 4G", ["coverage-5g", "coverage-4g"]),
        ("doanh nghiệp số; doanh nghiệp công nghệ số", ["digital-enterprises", "tech-enterprises"]),
        ("to cong nghe so cong dong", ["community-teams"]),
        ("tổ CNSCĐ", ["community-teams"]),
        ("hoạt động kiểm tra thực hiện qua môi trường số", ["inspections-online"]),
        ("chữ ký số. Chứng thư số", ["digital-signature", "digital-certificates"]),
        ("Hồ sơ. Sức khỏe điện tử", []),
        ("hộ gia đình khá. Cáp quang", ["fibre"]),
        ("Ban Chỉ đạo chuyển đổi số", []),
        ("giá vàng hôm nay", []),
    ],
)
def test_indicators(text: str, expected: list[str]) -> None:
    assert [mention.id for mention in find_indicators(text)] == expected


def test_mentions_span_their_words() -> None:
    text = "Tỷ lệ hộ gia đình đã có cáp quang ở xã"
    (mention,) = find_indicators(text)
    assert text[mention.start : mention.end] == "hộ gia đình đã có cáp quang"


def test_the_catalogue_is_whole() -> None:
    for indicator in catalogue().values():
        assert indicator.better in {"high", "low"}, indicator.id
        assert not indicator.parent or indicator.parent in catalogue(), indicator.id
        assert [m.id for m in find_indicators(indicator.name)] != [], indicator.id
    assert {"dti-government", "dti-economy", "dti-society"} <= set(children("dti"))
    assert is_index("dti")
    assert not is_index("vneid")


def test_no_alias_is_claimed_twice() -> None:
    seen: dict[str, str] = {}
    for indicator in catalogue().values():
        for alias in {alias.casefold() for alias in indicator.aliases}:
            assert alias not in seen, f"{alias}: {seen.get(alias)} and {indicator.id}"
            seen[alias] = indicator.id


def test_abbreviations_are_written_out_in_place() -> None:
    text = "tỷ lệ DVCTT của Sở TT&TT"
    expanded = expand_words(words(text))
    assert " ".join(word.text for word in expanded) == (
        "tỷ lệ dịch vụ công trực tuyến của sở thông tin và truyền thông"
    )
    assert {text[w.start : w.end] for w in expanded} >= {"DVCTT", "Sở TT&TT"}
    assert " ".join(word.folded for word in expand_words(words("cds o ubnd, DN va dn"))) == (
        "chuyen doi so o uy ban nhan dan doanh nghiep va dn"
    )


def test_spelling_out() -> None:
    assert spell_out("DVCTT theo Nghị quyết 09-NQ/TU và NQ mới") == (
        "dịch vụ công trực tuyến theo Nghị quyết 09-NQ/TU và nghị quyết mới"
    )
    assert expand(["ty", "le", "dvctt", "tt&tt"]) == "ty le dich vu cong truc tuyen thong tin va truyen thong".split()


def test_meaning() -> None:
    assert meaning("cđs") == "chuyển đổi số"
    assert meaning("XYZ") is None
