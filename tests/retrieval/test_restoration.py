import pytest

from retrieval.restoration import restore

PASSAGES = [
    "Tỷ lệ hồ sơ trực tuyến của tỉnh Bắc Ninh đạt 56,83%.",
    "Hộ nghèo được hỗ trợ; tỷ lệ chi trả lương hưu tăng. Đà Nẵng dẫn đầu.",
    "Hồ Tây có tỷ phú, có ty thuế.",
]


@pytest.mark.parametrize(
    ("typed", "restored"),
    [
        ("ty le ho so", "tỷ lệ hồ sơ"),  # "hồ" beside "sơ", not the "hộ" of "hộ nghèo"
        ("ho ngheo", "hộ nghèo"),
        ("Bac Ninh dat 56,83%?", "Bắc Ninh đạt 56,83%?"),
        ("BAC NINH, da nang", "BẮC NINH, đà nẵng"),
        ("hoc phi", "hoc phi"),  # nobody writes of it
        ("", ""),
        ("?!", "?!"),
    ],
)
def test_syllables_take_the_form_that_passages_write(typed: str, restored: str) -> None:
    assert restore(typed, PASSAGES) == restored


def test_without_passages_nothing_changes() -> None:
    assert restore("ty le ho so", []) == "ty le ho so"


def test_letters_that_change_length_do_no_harm() -> None:
    assert restore("İ ty le", PASSAGES).endswith("tỷ lệ")
