"""Where a text names a region, and which provinces are of it."""

from itertools import pairwise

import pytest

from retrieval.lexicon.provinces import canonical
from retrieval.lexicon.regions import find_regions, provinces_of
from retrieval.lexicon.tables import read_table


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Các tỉnh Tây Nguyên xếp thứ mấy?", ["Tây Nguyên"]),
        ("cac tinh tay nguyen", ["Tây Nguyên"]),
        ("TÂY NGUYÊN", ["Tây Nguyên"]),
        ("vùng ĐBSCL so với ĐBSH", ["đồng bằng sông Cửu Long", "đồng bằng sông Hồng"]),
        ("đồng bằng sông Cửu Long", ["đồng bằng sông Cửu Long"]),
        ("trung du và miền núi phía Bắc", ["trung du và miền núi phía Bắc"]),
        ("miền núi phía Bắc", ["trung du và miền núi phía Bắc"]),
        ("Bắc Trung Bộ và duyên hải miền Trung", ["Bắc Trung Bộ và duyên hải miền Trung"]),
        ("miền Tây Nam Bộ, rồi Đông Nam Bộ", ["đồng bằng sông Cửu Long", "Đông Nam Bộ"]),
        ("Tây Ninh và Bắc Ninh", []),
        ("", []),
    ],
)
def test_regions_named(text: str, names: list[str]) -> None:
    found = find_regions(text)
    assert [mention.name for mention in found] == names
    assert all(0 <= m.start < m.end <= len(text) for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_a_region_has_its_provinces() -> None:
    assert provinces_of("Tây Nguyên") == ("Kon Tum", "Gia Lai", "Đắk Lắk", "Đắk Nông", "Lâm Đồng")
    assert len(provinces_of("đồng bằng sông Cửu Long")) == 13


def test_every_province_named_in_the_table_is_one() -> None:
    for row in read_table("regions.csv"):
        members = provinces_of(row["name"])
        assert members and len(set(members)) == len(members)
        assert all(canonical(p) == p for p in members), row["name"]


def test_north_centre_and_south_hold_all_63() -> None:
    parts = [
        provinces_of(name) for name in ("miền Bắc", "Bắc Trung Bộ và duyên hải miền Trung", "Tây Nguyên", "miền Nam")
    ]
    assert sum(map(len, parts)) == len({p for part in parts for p in part}) == 63
