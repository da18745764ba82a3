"""Invented articles in the style of many papers, and every figure that they state: what the tables figure_cases_*.py hold.

Provinces are real, everything said of them is made up. The figures stand in ⟦brackets⟧, in the order of the expected
ones; whatever else is extracted is a false alarm. A tuple in the place of a field means that any of its values is right;
``words`` must stand in the figure's label, unit or scope (folded, "|" parts alternatives). A fall is negative.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

NATION = "Cả nước"

Years = int | str | tuple[int | str | None, ...] | None


@dataclass(frozen=True)
class Expected:
    value: float
    unit: str | tuple[str, ...]
    kind: str | tuple[str, ...]
    period: Years
    words: tuple[str, ...]
    of: float | tuple[float | None, ...] | None = None
    province: str | None = None  # of the case
    scope: str = ""


def result(value: float, unit: Any, period: Years, *words: str, **more: Any) -> Expected:
    return Expected(value, unit, "result", period, words, **more)


def target(value: float, unit: Any, period: Years, *words: str, **more: Any) -> Expected:
    return Expected(value, unit, "target", period, words, **more)


def rank(value: float, period: Years, *words: str, **more: Any) -> Expected:
    return Expected(value, "hạng", "rank", period, words, **more)


def change(value: float, unit: Any, period: Years, *words: str, **more: Any) -> Expected:
    return Expected(value, unit, "change", period, words, **more)


@dataclass(frozen=True)
class Case:
    name: str
    province: str
    text: str
    expected: tuple[Expected, ...]
    published: date | None = None


def case(name: str, province: str, text: str, *expected: Expected, published: date | None = None) -> Case:
    return Case(name, province, text, expected, published)
