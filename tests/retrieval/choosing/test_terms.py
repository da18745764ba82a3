"""How much of a question a stretch of text bears."""

from collections.abc import Mapping, Sequence

import pytest

from retrieval.choosing.terms import Terms, accented, borne, features, weigh
from retrieval.query import Term

COUNTS = {"cap": 900, "quang": 300, "cap_quang": 20, "online": 5}


def frequency(keys: Sequence[str]) -> Mapping[str, int]:
    return {key: COUNTS[key] for key in keys if key in COUNTS}


def weighed(*terms: tuple[str, float]) -> Terms:
    return weigh([Term(word, word, weight) for word, weight in terms], frequency, 1000)


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    common, rare = weighed(("cap", 1), ("quang", 1)).words
    assert rare.rarity > common.rarity > 0 and rare.weight > common.weight


def test_a_word_that_evidence_hardly_says_weighs_little() -> None:
    sure, unsure = weighed(("cap", 0.9), ("quang", 0.1)).words
    assert sure.weight == pytest.approx(0.9 * sure.rarity) and unsure.weight == pytest.approx(0.1 * unsure.rarity)


def test_a_word_said_twice_counts_once_at_its_best() -> None:
    (one,) = weighed(("cap", 0.2), ("cap", 0.8)).words
    assert one.weight == pytest.approx(0.8 * one.rarity)


def test_only_pairs_that_some_article_says() -> None:
    assert [p.key for p in weighed(("cap", 1), ("quang", 1), ("moi", 1)).pairs] == ["cap_quang"]


def test_no_terms_have_a_total_to_divide_by() -> None:
    assert weigh((), frequency, 0).total == 1.0


def test_a_text_bears_its_words_their_pairs_and_what_its_abbreviations_stand_for() -> None:
    layer = features("Tỷ lệ hồ sơ DVCTT đạt 61,5%")
    assert {"ho", "so", "ho_so", "dich", "truc", "dich_vu"} <= layer
    assert "61,5" in layer or "61" in layer


def test_a_word_is_borne_by_what_says_the_same() -> None:
    (online,) = weighed(("online", 1)).words
    assert borne(online, features("nộp hồ sơ trực tuyến"))
    assert borne(online, features("nộp online"))
    assert not borne(online, features("nộp hồ sơ trực tiếp"))


def test_diacritics_are_kept_where_they_are_compared() -> None:
    assert "mã" in accented("nhận tiền qua Mã QR") and "ma" not in accented("nhận tiền qua mã QR")
