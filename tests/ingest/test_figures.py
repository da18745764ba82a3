"""What binds a figure: the turns of phrase that give it its province, period, kind and indicator; offsets that hold."""

from datetime import date

import pytest

from ingest.figures import NATION, extract
from retrieval.types import Article, Figure, FigureKind, Period


def read(text: str, *, province: str = "Kon Tum", published: date = date(2024, 6, 1)) -> list[Figure]:
    """Figures of an article about one province."""
    provinces = (province,) if province else ()
    found = extract(Article("a.txt", "a.txt", "", text, published=published, provinces=provinces))
    for f in found:
        assert text[f.start : f.end] == f.shown or f.shown.startswith(text[f.start : f.end])
        assert 0 <= f.quote_start <= f.clause_start <= f.start < f.end <= f.clause_end <= f.quote_end <= len(text)
    return found


def one(text: str, shown: str, **given: object) -> Figure:
    (found,) = [f for f in read(text, **given) if f.shown == shown]  # type: ignore[arg-type]
    return found


@pytest.mark.parametrize(
    ("text", "shown", "kind"),
    [
        ("Năm 2023, tỷ lệ hồ sơ trực tuyến đạt 61,5%.", "61,5%", FigureKind.RESULT),
        ("Tỷ lệ hồ sơ trực tuyến đạt 61,5% (mục tiêu 60%).", "60%", FigureKind.TARGET),
        ("Tỷ lệ hồ sơ trực tuyến đạt 61,5% (mục tiêu 60%).", "61,5%", FigureKind.RESULT),
        ("Phấn đấu đến năm 2025, kinh tế số chiếm 20% GRDP.", "20%", FigureKind.TARGET),
        ("Đến năm 2030, 100% thôn có cáp quang.", "100%", FigureKind.TARGET),
        ("Tỉnh đặt mục tiêu 70% hồ sơ nộp trực tuyến.", "70%", FigureKind.TARGET),
        ("Đã đạt mục tiêu với 70% hồ sơ nộp trực tuyến.", "70%", FigureKind.RESULT),
        ("Kết quả đạt 68%, vượt kế hoạch 60%.", "60%", FigureKind.TARGET),
        ("Kết quả đạt 68%, vượt kế hoạch 60%.", "68%", FigureKind.RESULT),
        ("Kon Tum xếp thứ 41/63 về DTI.", "41/63", FigureKind.RANK),
        ("DTI của tỉnh tăng 3 bậc so với năm 2022.", "3", FigureKind.CHANGE),
        ("Tỷ lệ nộp trực tuyến tăng 12,4% so với cùng kỳ.", "12,4%", FigureKind.CHANGE),
        ("Tỷ lệ nộp trực tuyến tăng lên 71,2%.", "71,2%", FigureKind.RESULT),
    ],
)
def test_kind(text: str, shown: str, kind: FigureKind) -> None:
    assert one(text, shown).kind is kind


@pytest.mark.parametrize(
    ("text", "shown", "period"),
    [
        ("Năm 2022, DTI xếp thứ 44/63.", "44/63", Period(2022)),
        ("DTI xếp thứ 44/63 trong năm 2022.", "44/63", Period(2022)),
        ("Năm 2023, DTI xếp thứ 41/63, so với năm 2022 (hạng 44).", "41/63", Period(2023)),
        ("Tỷ lệ ký số tăng từ 38,5% năm 2021 lên 71,2% năm 2023.", "38,5%", Period(2021)),
        ("Tỷ lệ ký số tăng từ 38,5% năm 2021 lên 71,2% năm 2023.", "71,2%", Period(2023)),
        ("6 tháng đầu năm 2023, tỷ lệ hồ sơ trực tuyến đạt 55%.", "55%", Period(2023, "H1")),
        ("Kinh tế số năm 2023 chiếm 10,3% GRDP (năm 2022: 8,1%).", "8,1%", Period(2022)),
        ("Theo Kế hoạch số 12/KH-UBND ngày 5/1/2022, có 30 nhiệm vụ.", "30", None),
    ],
)
def test_period(text: str, shown: str, period: Period | None) -> None:
    assert one(text, shown).period == period


@pytest.mark.parametrize(
    ("text", "shown", "province"),
    [
        ("Tỷ lệ hồ sơ trực tuyến đạt 61,5%.", "61,5%", "Kon Tum"),
        ("Gia Lai đạt 70,2% hồ sơ trực tuyến.", "70,2%", "Gia Lai"),
        ("Gia Lai đạt 70,2%, Đắk Nông đạt 52,4% hồ sơ trực tuyến.", "52,4%", "Đắk Nông"),
        ("Ở cấp tỉnh, giá trị trung bình của DTI năm 2023 là 0,61 điểm.", "0,61", NATION),
        ("Trung bình trụ cột chính quyền số đạt 0,7 điểm.", "0,7", NATION),
        ("Trung bình trụ cột chính quyền số đạt 0,7 điểm, kinh tế số đạt 0,5 điểm.", "0,5", NATION),
        ("Điểm trung bình trụ cột của Kon Tum đạt 0,6 điểm.", "0,6", "Kon Tum"),
        ("Theo báo cáo, 17/63 địa phương có tỷ trọng trên 10%.", "17/63", NATION),
        ("Mức này ngang định hướng chung của cả nước: kinh tế số chiếm 20% GDP.", "20%", NATION),
        ("Kon Tum thuộc nhóm dẫn đầu cả nước: Tỷ trọng kinh tế số đạt 20%.", "20%", "Kon Tum"),
        ("DTI quốc gia có 12 chỉ số; trong đó kinh tế số 300 điểm.", "300", NATION),
        ("Kon Tum đạt 61,5%, cao hơn mức trung bình của cả nước là 55%.", "55%", NATION),
        ("So với Gia Lai, tỉnh đạt 61,5% hồ sơ trực tuyến.", "61,5%", "Kon Tum"),
        ("Gia Lai, Đắk Nông lần lượt xếp hạng 50 và 52 về DTI.", "50", "Gia Lai"),
        ("Gia Lai, Đắk Nông lần lượt xếp hạng 50 và 52 về DTI.", "52", "Đắk Nông"),
    ],
)
def test_province(text: str, shown: str, province: str) -> None:
    assert one(text, shown).province == province


@pytest.mark.parametrize(
    ("text", "shown", "indicator"),
    [
        ("Chính quyền số đạt 0,71 điểm, xếp hạng 38; kinh tế số xếp hạng 47.", "38", "dti-government"),
        ("Chính quyền số đạt 0,71 điểm, xếp hạng 38; kinh tế số xếp hạng 47.", "47", "dti-economy"),
        ("Kinh tế số chiếm 8,4% GRDP.", "8,4%", "digital-economy-share"),
        ("Tỷ lệ thanh toán trực tuyến đạt 33,2%.", "33,2%", "online-payment"),
        ("Tỉnh xếp thứ 41/63 về chuyển đổi số.", "41/63", "dti"),
        ("Tỉnh có 320 cây cầu treo.", "320", ""),
        (
            "Bà Y Ngọc, Giám đốc Sở Thông tin và Truyền thông, cho biết chính quyền số xếp hạng 38.",
            "38",
            "dti-government",
        ),
        ("Trong bảng DTI cấp huyện, huyện Đăk Hà xếp hạng 2 với 71,3 điểm.", "2", "dti-local"),
    ],
)
def test_indicator(text: str, shown: str, indicator: str) -> None:
    assert one(text, shown).indicator == indicator


def test_the_sentence_before_hands_on_its_year() -> None:
    found = read("Năm 2023, DTI của tỉnh xếp thứ 41/63. Trong đó, chính quyền số xếp thứ 38.")
    assert [(f.indicator, f.period) for f in found] == [("dti", Period(2023)), ("dti-government", Period(2023))]


def test_levels_are_scopes() -> None:
    found = read("Hồ sơ được xử lý trên mạng: cấp tỉnh đạt 96,1%, cấp huyện đạt 88,4%, cấp xã đạt 71,9%.")
    assert [(f.shown, f.scope) for f in found] == [("96,1%", "cap tinh"), ("88,4%", "cap huyen"), ("71,9%", "cap xa")]


def test_falls_are_negative() -> None:
    assert one("DTI của tỉnh tụt 4 bậc so với năm 2022.", "4").value == -4


@pytest.mark.parametrize(
    "text", ["", "\n\n", "Không có số nào.", "%", "()", "|", "| |\n| |", "9" * 400 + "%", "1%" * 500]
)
def test_odd_texts(text: str) -> None:
    read(text)


def test_a_year_that_had_not_begun_when_it_was_printed_is_aimed_at() -> None:
    ahead = one("Mốc năm 2030: Kinh tế số chiếm khoảng 35% GRDP.", "35%")
    assert (ahead.kind, ahead.period) == (FigureKind.TARGET, Period(2030))
    assert one("Năm 2023, kinh tế số chiếm 8% GRDP.", "8%").kind is FigureKind.RESULT


def test_what_is_reached_is_not_of_a_year_to_come() -> None:
    reached = [f for f in read("Năm 2025, tỷ lệ viện phí không dùng tiền mặt mới đạt 62,8%.") if f.shown == "62,8%"]
    assert all(f.period is None or f.period.year <= 2024 for f in reached)


def test_the_capital_that_stands_somewhere_is_no_content_of_an_index() -> None:
    """Folded, "Hà Nội đứng" holds the letters of "nội dung"."""
    rank = one("Hà Nội đứng thứ 8/63 về chỉ số chuyển đổi số cấp tỉnh năm 2023.", "8/63", province="Hà Nội")
    assert rank.indicator == "dti"
