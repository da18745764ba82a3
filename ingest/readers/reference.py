"""The rows of a table of figures that come from one page, as an article of plain sentences with the figures they are.

Rows are exact where a sentence would have to be understood: province, indicator, period and kind are taken from their
cells, never read back out of the words. Each sentence stands by itself, so that a quote of it says everything: "Đà Nẵng
xếp hạng 1/63 về chỉ số chuyển đổi số (DTI) năm 2022, đạt 0,8002 điểm."
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ingest.sources.raw import RawDocument
from retrieval.errors import ReadError
from retrieval.lexicon.indicators import catalogue, find_indicators, is_index
from retrieval.lexicon.periods import find_periods
from retrieval.lexicon.provinces import NATION, canonical
from retrieval.text import fold, parse_number
from retrieval.types import Article, Figure, FigureKind, Period

COMPILED = "Tổng hợp số liệu từ trang của {publisher}, do Tỉnh Số biên soạn."

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Number:
    """A figure inside a sentence. ``shown`` is printed, with "%" and denominator."""

    shown: str
    indicator: str
    value: float
    unit: str
    kind: FigureKind
    denominator: float | None = None


@dataclass(frozen=True, slots=True)
class _Sentence:
    """``provinces`` are several where they share words that are no figure ("loại A")."""

    provinces: tuple[str, ...]
    period: Period | None
    parts: tuple[str | _Number, ...]
    scope: str = ""


def read_figure_page(raw: RawDocument) -> tuple[Article, list[Figure]]:
    """Article and figures of a page's rows (``data``: a JSON list of them, ingest.sources.figure_tables).

    Figures have their sentence for clause and quote. Raises ReadError for a cell that cannot be read.
    """
    rows: list[Row] = json.loads(raw.data)
    url = rows[0]["source_url"]
    publisher = _said(rows, "publisher") or url
    lines, figures = [COMPILED.format(publisher=publisher)], list[Figure]()
    start = len(lines[0]) + 1
    told = Counter[str]()
    for sentence in _sentences(rows):
        lines.append("".join(p if isinstance(p, str) else p.shown for p in sentence.parts))
        figures += _placed(sentence, lines[-1], start)
        start += len(lines[-1]) + 1
        told.update(sentence.provinces)
    article = Article(
        source=raw.source,
        address=raw.address,
        title=_said(rows, "source_title") or f"Số liệu của {publisher}",
        text="\n".join(lines),
        publisher=publisher,
        url=url,
        published=_day(_said(rows, "published")),
        provinces=tuple(name for name, _ in told.most_common() if name != NATION),
        rendered=True,
    )
    return article, figures


def _said(rows: Sequence[Row], column: str) -> str:
    """What the first row says that says anything: a table may lack the column."""
    return next((row[column] for row in rows if row.get(column)), "")


def _sentences(rows: Sequence[Row]) -> Iterator[_Sentence]:
    alike: dict[object, list[Row]] = {}
    for number, row in enumerate(rows):
        if "rank" in row:
            alike[number] = [row]
        else:
            shared = tuple(value for name, value in row.items() if name != "province")
            alike.setdefault(number if _is_number(row) else shared, []).append(row)
    for together in alike.values():
        yield from _of_ranks(together[0]) if "rank" in together[0] else _of_figure(together)


def _placed(sentence: _Sentence, line: str, start: int) -> Iterator[Figure]:
    """The figures of a sentence that is ``line`` and begins at ``start`` of the article."""
    at, end = start, start + len(line)
    for part in sentence.parts:
        if isinstance(part, str):
            at += len(part)
            continue
        yield Figure(
            province=sentence.provinces[0],
            indicator=part.indicator,
            label=line.rstrip("."),
            value=part.value,
            shown=part.shown,
            unit=part.unit,
            kind=part.kind,
            period=sentence.period,
            denominator=part.denominator,
            scope=sentence.scope,
            start=at,
            end=at + len(part.shown),
            clause_start=start,
            clause_end=end,
            quote_start=start,
            quote_end=end,
        )
        at += len(part.shown)


# --- what both tables share --------------------------------------------------------------------------------------

_LISTED = "theo thứ tự liệt kê"
_DOUBTS = {"derived": "suy ra", "disputed": "còn tranh chấp"}


def _province(row: Row) -> str:
    return canonical(row["province"]) or row["province"]


def _number(cell: str, row: Row) -> float:
    try:
        return parse_number(cell)
    except ValueError as error:
        raise ReadError(f'{row["province"]}: "{cell}" is no number; write it as 1.385 or 0,7804') from error


def _notes(row: Row, note: str, *before: str) -> str:
    """ " (a) (b)": apart, because an answer may leave out a bracket with figures and must keep "còn tranh chấp"."""
    doubt = _DOUBTS.get(row.get("basis", ""), "")
    listed = _LISTED if row.get("basis") == "listed" and "liệt kê" not in note else ""
    words = (*before, doubt, listed, note.removeprefix(f"{doubt}: "))
    flat = (word.replace(" (", ", ").replace("(", "").replace(")", "").strip(" .") for word in words)
    return "".join(f" ({word})" for word in flat if word)


def _day(published: str) -> date | None:
    """A whole date; a year or a month alone is none."""
    return date.fromisoformat(published) if re.fullmatch(r"\d{4}-\d\d-\d\d", published) else None


# --- ranks of the DTI --------------------------------------------------------------------------------------------

_PILLARS = {
    "": ("dti", "chỉ số chuyển đổi số (DTI) năm {year}"),
    "cqs_": ("dti-government", "chính quyền số trong DTI năm {year}"),
    "kts_": ("dti-economy", "kinh tế số trong DTI năm {year}"),
    "xhs_": ("dti-society", "xã hội số trong DTI năm {year}"),
}
_MERGED = 34
"""Provinces since 2025-07-01; an assessment of 2024 is counted by them or by the 63 before."""


def _of_ranks(row: Row) -> Iterator[_Sentence]:
    """The index and its pillars, a sentence each, rank and score in one."""
    province, year = _province(row), row["year"]
    provinces = _number(row["denominator"], row)
    borders = ""
    if int(year) >= 2024:
        borders = f"theo địa giới {'sau' if provinces == _MERGED else 'trước'} sáp nhập"
    note = "; ".join(n for n in row.get("note", "").split("; ") if "sáp nhập" not in n)
    for prefix, (indicator, words) in _PILLARS.items():
        rank, score = row.get(f"{prefix}rank", ""), row.get(f"{prefix}score", "")
        parts: list[str | _Number] = []
        about = words.format(year=year)
        if rank:
            shown = f"{rank}/{row['denominator']}"
            place = _Number(shown, indicator, _number(rank, row), "hạng", FigureKind.RANK, provinces)
            parts = [f"{province} xếp hạng ", place, f" về {about}"]
        if score:
            points = _Number(score, indicator, _number(score, row), "điểm", FigureKind.RESULT)
            parts += [", đạt " if rank else f"{province} đạt ", points, " điểm" if rank else f" về {about}"]
        if parts:
            notes = _notes(row, "" if prefix else note, borders)
            yield _Sentence((province,), Period(int(year)), (*parts, f"{notes}."))


# --- other figures -----------------------------------------------------------------------------------------------

_SCALES = {"triệu": 1e6, "tỷ": 1e9}
_LEVEL = re.compile(r"\bcap (?:tinh|huyen|xa)\b")
_RANGE = "–"
_GRADE = "loại"


def _of_figure(rows: Sequence[Row]) -> Iterator[_Sentence]:
    """One row; or rows that differ in nothing but the province, in a sentence that lists them."""
    row = rows[0]
    try:
        kind = FigureKind(row["kind"])
    except ValueError as error:
        raise ReadError(f'{row["province"]}: "{row["kind"]}" is no kind of figure: {", ".join(FigureKind)}') from error
    indicator, provinces = row["indicator"].replace(": ", " "), tuple(_province(r) for r in rows)
    place = NATION.lower() if provinces[0] == NATION else provinces[0]
    when = _when(row["period"])
    if kind is FigureKind.TARGET and "mục tiêu" not in indicator.lower():
        when = f", mục tiêu{when}"
    value, end = _value(row, kind), f"{_notes(row, row.get('scope', ''))}."
    if _is_group(row) and indicator.startswith(f"{row['value']} "):
        words: tuple[str | _Number, ...] = (f"Nhóm {indicator}{when}: {', '.join(provinces)}{end}",)
    elif len(provinces) > 1:
        words = (f"{indicator}{when}, ", *value, f": {', '.join(provinces)}{end}")
    else:
        words = (f"{indicator} của {place}{when}: ", *value, end)
    yield _Sentence(provinces, _period(row["period"]), words, _scope(row["indicator"]))


def _is_group(row: Row) -> bool:
    """Known only as "among the first ten"."""
    return row.get("qualifier") == "trong nhóm"


def _is_number(row: Row) -> bool:
    """Whether a value can be compared. A class ("loại B"), a range and a place known as one of a group are words alone; a
    goal to be one of a group is a number."""
    classed = row["unit"] == _GRADE or _RANGE in row["value"]
    return not classed and (not _is_group(row) or row["kind"] == FigureKind.TARGET)


def _value(row: Row, kind: FigureKind) -> tuple[str | _Number, ...]:
    unit, _, _ = row["unit"].partition(" (")
    of = row.get("denominator", "")
    shown = f"{row['value']}{'/' if of else ''}{of}{'%' if unit == '%' else ''}"
    before = f"{row.get('qualifier', '')} {unit if unit in ('hạng', _GRADE) else ''}".strip()
    after = "" if unit in ("%", "hạng", _GRADE) else f" {unit}"
    number: str | _Number = shown
    if _is_number(row):
        measured, scale = ("hạng", 1.0) if _is_group(row) else _scaled(unit)
        number = _Number(
            shown,
            _indicator(row["indicator"], measured),
            _number(row["value"], row) * scale,
            measured,
            kind,
            _number(of, row) if of else None,
        )
    return (f"{before} " if before else "", number, after)


def _scaled(unit: str) -> tuple[str, float]:
    """ "triệu USD" counts USD, by the million."""
    first, _, noun = unit.partition(" ")
    return (noun, _SCALES[first]) if first in _SCALES else (unit, 1.0)


def _indicator(words: str, unit: str) -> str:
    """The indicator that a figure in ``unit`` can measure, the component before its index; "" when there is none.

    How an index is built, and how many provinces reach something, are no figures of the index itself.
    """
    if unit == "tỉnh" or words.startswith(("Cấu trúc", "Cách tính")):
        return ""
    named = [m.id for m in find_indicators(words) if _measures(m.id, unit)]
    parents = {catalogue()[name].parent for name in named}
    return next((name for name in named if name not in parents), "")


def _measures(indicator: str, unit: str) -> bool:
    if "dti" in (indicator, catalogue()[indicator].parent):
        return unit in ("hạng", "điểm")
    return not is_index(indicator) or unit in ("hạng", "điểm", "%", "điểm %")


def _when(period: str) -> str:
    """As a sentence says it, with a blank before: "2022" -> " năm 2022"."""
    if re.fullmatch(r"\d{4}", period):
        return f" năm {period}"
    if re.fullmatch(r"\d{4}[–-]\d{4}", period):
        return f" giai đoạn {period}"
    if re.fullmatch(r"\d{1,2}/\d{4}", period):
        return f" tháng {period}"
    period = re.sub(r"^đến (?=\d{4})", "đến năm ", period)
    period = re.sub(r" \((?=\d{4}\))", ", năm ", period).replace(" (", ", ").replace(")", "")
    return f" {period}" if period else ""


def _period(cell: str) -> Period | None:
    """None where the page does not tell one time from another ("đến 2025, định hướng 2030")."""
    found = {mention.period for mention in find_periods(cell)}
    return found.pop() if len(found) == 1 else None


def _scope(indicator: str) -> str:
    """The level of government, as the figures of sentences have it. "DTI cấp tỉnh" is a name."""
    level = _LEVEL.search(fold(indicator))
    return level[0] if level and not indicator.startswith("DTI ") else ""
