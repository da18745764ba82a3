"""Questions about figures of the ledger, written by rule in the Vietnamese that people ask in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.answer.wording import join
from retrieval.lexicon.indicators import catalogue, is_index
from retrieval.lexicon.provinces import canonical
from retrieval.text import fold
from retrieval.types import Figure, FigureKind, Period

_SCOPES = {
    "cap tinh": "cấp tỉnh",
    "cap huyen": "cấp huyện",
    "cap xa": "cấp xã",
    "cap bo": "cấp bộ",
    "so, nganh": "sở, ngành",
}
_DONE = {"goals-met": "mục tiêu đã hoàn thành", "tasks-done": "nhiệm vụ đã hoàn thành"}
_BRACKET = re.compile(r" \(([^()]*)\)$")
_COUNTED_ALREADY = re.compile(r"(?:ty le|ty trong|tang truong|nang suat|kinh phi|doanh thu|kim ngach|chi so)\b")
_NOT_OF_PROVINCES = frozenset({"dti-national", "dti-ministry", "dti-local", "egdi"})


def scope_said(figure: Figure) -> str:
    """ "cấp xã", "cấp tỉnh, cấp huyện", or ""."""
    return ", ".join(said for folded, said in _SCOPES.items() if folded in figure.scope)


def small(name: str) -> str:
    """A name within a sentence: "chính quyền số", but "VNeID", "ICT Index"."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def short_name(indicator: str) -> str:
    """What people call an indicator: "DTI", "PAR Index", "chính quyền số"."""
    if indicator in _DONE:
        return _DONE[indicator]
    name = catalogue()[indicator].name
    bracket = _BRACKET.search(name)
    if bracket and is_index(indicator) and bracket[1][0].isalpha():
        return bracket[1]
    return small(_BRACKET.sub("", name))


def measure(figure: Figure) -> str | None:
    """ "thứ hạng DTI", "tỷ lệ hồ sơ nộp trực tuyến", "số trạm 5G"; None where the figure counts something else than its
    indicator's noun ("12 bộ" of a data store), is known by its own words only, or is of no province."""
    if figure.indicator not in catalogue() or figure.indicator in _NOT_OF_PROVINCES or figure.kind is FigureKind.CHANGE:
        return None
    if canonical(figure.province) is None:
        return None  # "Cả nước"
    name, index = short_name(figure.indicator), is_index(figure.indicator)
    if figure.unit == "hạng":
        return f"thứ hạng {name}"
    if figure.unit == "điểm":
        return f"điểm {name}"
    if figure.unit != "%" and (index or not _is_noun_of(figure.unit, name)):
        return None
    if figure.unit == "%" and index and not _BRACKET.search(catalogue()[figure.indicator].name):
        return None  # "kinh tế số đạt 80 %" is a share of something unsaid
    counted = index or _COUNTED_ALREADY.match(fold(name))
    said = name if counted else f"{'tỷ lệ' if figure.unit == '%' else 'số'} {name}"
    scope = scope_said(figure)
    return f"{said} {scope}" if scope and not index else said


def _is_noun_of(unit: str, name: str) -> bool:
    if unit in ("đồng", "USD"):
        return bool(_COUNTED_ALREADY.match(fold(name)))
    return fold(unit).split()[:1] == fold(name).split()[:1]


def value_question(figure: Figure) -> str | None:
    """Asks for the figure itself."""
    said = measure(figure)
    if said is None:
        return None
    if figure.kind is FigureKind.RANK:
        return f"{figure.province} xếp thứ mấy về {said.removeprefix('thứ hạng ')}{_when(figure.period)}?"
    return f"{_capital(_aimed(figure, said))} của {figure.province}{_when(figure.period)} là bao nhiêu?"


def comparison_question(figure: Figure, provinces: Sequence[str]) -> str | None:
    """Sets the figure's measure in its period side by side for several provinces."""
    said = measure(figure)
    return said and f"So sánh {_aimed(figure, said)} của {join(provinces)}{_when(figure.period)}"


def trend_question(figure: Figure) -> str | None:
    """Asks for the figure's measure over the years."""
    said = measure(figure)
    return said and f"{_capital(_aimed(figure, said))} của {figure.province} qua các năm"


def leader_question(figure: Figure) -> str | None:
    """Asks who is the first by the figure's measure in its period."""
    said = measure(figure)
    if said is None:
        return None
    if figure.kind is FigureKind.RANK:
        return f"Tỉnh nào đứng đầu về {said.removeprefix('thứ hạng ')}{_when(figure.period)}?"
    return f"Tỉnh nào có {_aimed(figure, said)} cao nhất{_when(figure.period)}?"


def overview_question(province: str) -> str:
    return f"Tình hình chuyển đổi số của {province} thế nào?"


def _aimed(figure: Figure, said: str) -> str:
    return f"mục tiêu {said}" if figure.kind is FigureKind.TARGET else said


def _when(period: Period | None) -> str:
    return f" {period}" if period else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
