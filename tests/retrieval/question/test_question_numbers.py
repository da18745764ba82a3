"""How many are wanted, and within what limit."""

from datetime import date

import pytest

from retrieval.query import Bound
from retrieval.question.numbers import bound_of, count_of
from retrieval.question.tokens import Token, read_facts
from retrieval.text import fold


def tokens(text: str) -> tuple[Token, ...]:
    return read_facts(text, date(2026, 11, 22)).tokens


@pytest.mark.parametrize("folded", [False, True])
@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Top 5 tỉnh dẫn đầu DTI 2022", 5),
        ("top đầu 10 về PCI", 10),
        ("3 tỉnh cuối bảng", 3),
        ("10 địa phương đứng đầu là những tỉnh nào?", 10),
        ("nhóm 3 dẫn đầu", 3),
        ("5 xã làm tốt nhất", 5),
        ("Tỉnh nào đứng đầu trong 63 tỉnh?", None),
        ("Tỉnh nào đứng đầu trong 34 tỉnh, thành phố?", None),
        ("xếp thứ mấy trên 63 tỉnh", None),
        ("Có bao nhiêu tỉnh đạt trên 80%?", None),
        ("Nghị quyết 57 nói gì?", None),
        ("Kon Tum xếp thứ mấy năm 2023?", None),
        ("phủ sóng 5G", None),
        ("", None),
    ],
)
def test_how_many_are_wanted(text: str, count: int | None, folded: bool) -> None:
    assert count_of(tokens(fold(text) if folded else text)) == count


@pytest.mark.parametrize("folded", [False, True])
@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("Những tỉnh nào dưới hạng 50?", Bound(False, 50, "hạng")),
        ("tỉnh nào đạt trên 80%", Bound(True, 80, "%")),
        ("tỉnh nào vượt 56,83%", Bound(True, 56.83, "%")),
        ("tỉnh có hơn 1.385 tổ công nghệ số", Bound(True, 1385, "")),
        ("điểm DTI cao hơn 0,7 điểm", Bound(True, 0.7, "điểm")),
        ("điểm thấp hơn 0,5", Bound(False, 0.5, "")),
        ("ít nhất 90 phần trăm hồ sơ", Bound(True, 90, "%")),
        ("chưa đạt 50%", Bound(False, 50, "%")),
        ("không quá 10%", Bound(False, 10, "%")),
        ("từ hạng 10 trở lên", Bound(True, 10, "hạng")),
        ("từ 10 đến 20", None),
        ("Top 5 tỉnh dẫn đầu", None),
        ("Kon Tum xếp thứ mấy năm 2023?", None),
        ("trên địa bàn tỉnh có 5 chợ", None),
        ("", None),
    ],
)
def test_within_what_limit(text: str, bound: Bound | None, folded: bool) -> None:
    assert bound_of(tokens(fold(text) if folded else text)) == bound
