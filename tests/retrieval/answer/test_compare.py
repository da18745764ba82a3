"""Provinces side by side: a line each with its source, what is missing said, the difference worked out and marked."""

from tests.retrieval.answer import news
from tests.retrieval.answer.conftest import Open
from tests.retrieval.answer.small_library import article

LIBRARY = (news.KON_TUM_2023, news.KON_TUM_2022, news.GIA_LAI_2023, news.DAK_NONG_2023)


def line_of(text: str, province: str) -> str:
    """The one line that begins with a province, or speaks of it alone."""
    return next(line for line in text.split("\n") if line.startswith("- ") and province in line)


def test_a_line_a_province_with_its_own_source(over: Open) -> None:
    answer = over(*LIBRARY)("So sánh DTI năm 2023 của Kon Tum và Gia Lai")
    cited = {f"[{c.n}]": c.source for c in answer.citations}
    for province, rank, source in (("Kon Tum", "41/63", "kon-tum-2023.txt"), ("Gia Lai", "50/63", "gia-lai-2023.txt")):
        line = line_of(answer.text, province)
        assert rank in line
        assert cited[line[-3:]] == source
    assert "44/63" not in answer.text


def test_the_difference_is_worked_out_and_marked(over: Open) -> None:
    ask = over(*LIBRARY)
    ranks = ask("So sánh thứ hạng DTI năm 2023 của Kon Tum và Gia Lai").text
    assert "Kon Tum xếp cao hơn Gia Lai 9 bậc (tính từ nguồn)" in ranks
    shares = ask("Tỷ lệ hồ sơ nộp trực tuyến năm 2023 của Kon Tum và Gia Lai chênh nhau bao nhiêu?").text
    assert "Gia Lai cao hơn Kon Tum 8,7 điểm phần trăm (tính từ nguồn)" in shares


def test_what_is_missing_is_said(over: Open) -> None:
    answer = over(*LIBRARY)("So sánh DTI năm 2023 của Kon Tum và Đắk Nông")
    assert "41/63" in line_of(answer.text, "Kon Tum")
    assert "chưa có số liệu" in line_of(answer.text, "Đắk Nông")
    assert "tính từ nguồn" not in answer.text


def test_three_provinces(over: Open) -> None:
    text = over(*LIBRARY)("So sánh tỷ lệ hồ sơ nộp trực tuyến năm 2023 của Kon Tum, Gia Lai và Đắk Nông").text
    assert "61,5%" in line_of(text, "Kon Tum")
    assert "70,2%" in line_of(text, "Gia Lai")
    assert "chưa có số liệu" in line_of(text, "Đắk Nông")


def test_nothing_is_compared_when_no_province_has_it(over: Open) -> None:
    answer = over(*LIBRARY)("So sánh chỉ số PAPI năm 2023 của Gia Lai và Đắk Nông")
    assert not answer.answered


def test_ranks_of_63_and_of_34_are_never_set_against_one_another(over: Open) -> None:
    after = article(
        "gia-lai-2025", "Gia Lai", "Năm 2025, Gia Lai xếp thứ 12/34 tỉnh, thành phố về Chỉ số DTI.", published="2026-05-01"
    )  # fmt: skip
    text = over(after, news.KON_TUM_2023)("So sánh hạng DTI của Gia Lai và Kon Tum").text
    assert "12/34" in text and "41/63" in text
    assert "29 bậc" not in text and "tính từ nguồn" not in text
    assert "không so" in text


def test_figures_of_one_measure_are_set_side_by_side_where_all_have_one(over: Open) -> None:
    """ "Kinh tế số" is a pillar's rank in one article, a share of GRDP in all three."""
    text = over(
        article("quang-tri-kts", "Quảng Trị", "Năm 2022, trong DTI của Quảng Trị, kinh tế số xếp thứ 30. Kinh tế số chiếm 9,1% GRDP năm 2022.", published="2023-08-01"),
        article("quang-binh-kts", "Quảng Bình", "Năm 2022, kinh tế số của Quảng Bình chiếm 7,4% GRDP. Trong DTI năm 2020, kinh tế số được 0,31 điểm.", published="2023-08-02"),
        article("ha-tinh-kts", "Hà Tĩnh", "Kinh tế số của Hà Tĩnh chiếm 8,2% GRDP năm 2022.", published="2023-08-03"),
    )("So sánh kinh tế số của Quảng Trị, Quảng Bình và Hà Tĩnh").text  # fmt: skip
    assert all(share in text for share in ("9,1%", "7,4%", "8,2%"))
