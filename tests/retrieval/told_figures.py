"""Figures as an article of a test's own tells them, without a library: for the algebra and the wording over it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import count

from retrieval.choosing.windows import Context, Window
from retrieval.ledger import Measure, Told, measure_of
from retrieval.text import Span
from retrieval.types import Article, Figure, FigureKind, Period

_numbers: Iterator[int] = count(1)
"""Every article is another one, and so another voice, unless a test says which."""

RANK = Measure("dti", "", "hạng", "")
SHARE = Measure("online-files", "", "%", "")


def told(
    province: str,
    shown: str,
    *,
    unit: str = "%",
    indicator: str = "online-files",
    kind: FigureKind = FigureKind.RESULT,
    year: int | None = 2023,
    part: str = "",
    since: int | None = None,
    published: date | None = date(2024, 3, 1),
    story: int = 0,
    read_by: str = "rules",
    rendered: bool = False,
    text: str = "",
) -> Told:
    """``shown`` is the figure as printed ("61,5%"); what is measured, of whom and when stands before it."""
    value, _, out_of = shown.rstrip("%").partition("/")
    text = text or f"{province} trong kỳ {year or 'này'} đạt {shown}, theo báo cáo."
    start = text.index(shown)
    period = Period(year, part, since) if year else None
    number = next(_numbers)
    one = Article(
        f"{number}.txt",
        f"/{number}.txt",
        f"Bài {number}",
        text,
        f"Báo {number}",
        None,
        published,
        (province,),
        rendered=rendered,
    )
    figure = Figure(
        province, indicator, f"{province} đạt", float(value.replace(".", "").replace(",", ".")), shown, unit, kind, period,
        float(out_of) if out_of else None, "", start, start + len(shown), 0, len(text), 0, len(text), read_by,
    )  # fmt: skip
    window = Window(number, one, Span(0, len(text)), "sentence", Context("", "", (province,), ()), "", (figure,), story)
    return Told(figure, window)


def rank(province: str, shown: str, year: int | None = 2023, **more: object) -> Told:
    """A DTI rank, "41/63" or "41"."""
    return told(province, shown, unit="hạng", indicator="dti", kind=FigureKind.RANK, year=year, **more)  # type: ignore[arg-type]


def share(province: str, shown: str, year: int | None = 2023, **more: object) -> Told:
    """A share of files handed in online."""
    return told(province, shown, year=year, **more)  # type: ignore[arg-type]


def aim(province: str, shown: str, year: int | None = 2023, **more: object) -> Told:
    """The same as a target."""
    return told(province, shown, kind=FigureKind.TARGET, year=year, **more)  # type: ignore[arg-type]


def of(one: Told, **changed: object) -> Told:
    """The same telling with fields of its figure changed."""
    return replace(one, figure=replace(one.figure, **changed))  # type: ignore[arg-type]


def measure(one: Told) -> Measure:
    return measure_of(one.figure)
