"""How a sentence falls into clauses, and what a clause takes over from its neighbours."""

import pytest

from ingest.clauses import Clause, owner, split
from ingest.numbers import find_numbers
from retrieval.text import fold


def clauses(sentence: str) -> list[Clause]:
    return split(sentence, find_numbers(sentence, fold(sentence)))


def own(sentence: str) -> list[str]:
    return [sentence[c.start : c.end] for c in clauses(sentence)]


def labels(sentence: str) -> list[str]:
    """The words that name each figure, in reading order."""
    numbers = find_numbers(sentence, fold(sentence))
    found = split(sentence, numbers)
    return [sentence[(c := owner(found, n)).label : max(c.end, c.tail)] for n in numbers]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Chính quyền số đạt 0,71 điểm; kinh tế số đạt 0,62 điểm", ["Chính quyền số đạt 0,71 điểm", "kinh tế số đạt 0,62 điểm"]),
        ("Chính quyền số xếp thứ 38, kinh tế số xếp thứ 47", ["Chính quyền số xếp thứ 38", "kinh tế số xếp thứ 47"]),
        ("Tỷ lệ ký số đạt 90% và tỷ lệ nộp phí đạt 40%", ["Tỷ lệ ký số đạt 90%", "tỷ lệ nộp phí đạt 40%"]),
        ("Với 63 tỉnh, thành phố, tỉnh đạt 90%", ["Với 63 tỉnh, thành phố, tỉnh đạt 90%"]),
        ("Tỷ lệ đạt 56,83%", ["Tỷ lệ đạt 56,83%"]),
        ("Tại xã, ấp và khu phố, tỷ lệ đạt 90%", ["Tại xã, ấp và khu phố, tỷ lệ đạt 90%"]),
    ],
)  # fmt: skip
def test_where_clauses_end(sentence: str, expected: list[str]) -> None:
    assert own(sentence) == expected


def test_brackets_are_clauses_of_their_own() -> None:
    found = clauses("Tỷ lệ hồ sơ trực tuyến đạt 61,5% (mục tiêu 60%)")
    assert [c.bracketed for c in found] == [False, True]
    assert found[1].heads, "what stands before the bracket is its head"


def test_only_clauses_with_a_figure_are_kept() -> None:
    assert own("Tỉnh rất cố gắng; tỷ lệ đạt 90%; người dân hài lòng") == ["tỷ lệ đạt 90%"]


def test_a_clause_without_words_takes_over_its_left_neighbours() -> None:
    sentence = "Chính quyền số đạt 0,7804 điểm, xếp hạng 4; kinh tế số đạt 0,62 điểm, xếp hạng 9"
    first, rank, second, other = labels(sentence)
    assert "Chính quyền số" in first and "Chính quyền số" in rank
    assert "kinh tế số" not in rank
    assert "kinh tế số" in second and "kinh tế số" in other and "Chính quyền số" not in other


def test_what_stands_in_brackets_belongs_to_what_stands_before() -> None:
    sentence = "Kinh tế số đạt 0,64 điểm, xếp hạng 27 (giảm 2 bậc); xã hội số đạt 0,65 điểm, xếp hạng 22 (tăng 3 bậc)"
    found = labels(sentence)
    assert "Kinh tế số" in found[2] and "xã hội số" not in found[2]
    assert "xã hội số" in found[5]


def test_a_colon_heads_all_that_follows() -> None:
    sentence = "Xử lý hồ sơ trên mạng: cấp tỉnh 96,8%, cấp huyện 91,5%, cấp xã 78,2%"
    found = clauses(sentence)
    assert len(found) == 3
    assert all(sentence[c.heads[0].start : c.heads[0].end] == "Xử lý hồ sơ trên mạng" for c in found)


def test_a_predicate_serves_the_items_before_it() -> None:
    sentence = "95% hồ sơ tại cấp tỉnh, 85% hồ sơ tại cấp huyện được xử lý trên mạng"
    assert all(label.endswith("được xử lý trên mạng") for label in labels(sentence))


def test_a_clause_that_nothing_names_says_so() -> None:
    assert clauses("Đạt 90%")[0].nameless
    assert not clauses("Tỷ lệ học bạ điện tử đạt 90%")[0].nameless


def test_signing_names_what_is_measured() -> None:
    assert not clauses("Tỷ lệ ký số đạt 90%")[0].nameless


@pytest.mark.parametrize(
    "sentence", ["(", ")", "((1%)", "1%, 2%; (3% và 4%)) 5%", "“1% ; 2%", ": 1%", "1%:", "", "1% và "]
)
def test_odd_sentences_keep_every_figure(sentence: str) -> None:
    numbers = find_numbers(sentence, fold(sentence))
    found = split(sentence, numbers)
    for number in numbers:
        clause = owner(found, number)
        assert clause.start <= number.start and number.end <= clause.end
