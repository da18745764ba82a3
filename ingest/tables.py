"""Rank tables that a reader kept as lines "Tỉnh | Hạng | Điểm": one figure a cell, named by its column."""

import re
from collections.abc import Iterator

from retrieval.lexicon.indicators import find_indicators
from retrieval.lexicon.periods import find_periods
from retrieval.lexicon.provinces import find_provinces
from retrieval.text import NUMBER, Span, fold, parse_number
from retrieval.types import Article, Figure, FigureKind

_LINE = re.compile(r"^[^\n|]*\|[^\n]*$", re.MULTILINE)
_RULE = re.compile(r"[\s|:-]+")
_CELL = re.compile(rf"\s*(?P<number>{NUMBER}|\d+\.\d+)\s*(?P<percent>%)?(?:\s*/\s*(?P<den>\d+))?\s*(?:điểm)?\s*")
_ORDINAL_COLUMN = re.compile(r"(?:tt|stt|#|nam|ma|ky)")
_RANK_COLUMN = re.compile(r"\b(?:hang|thu hang|xep hang|vi tri|xep thu|thu)\b")
_POINT_COLUMN = re.compile(r"\b(?:diem|gia tri|chi so|dti|index)\b")
_TARGET_COLUMN = re.compile(r"\b(?:muc tieu|chi tieu|ke hoach)\b")


def table_lines(text: str) -> list[Span]:
    """Spans of the lines that belong to tables."""
    return [Span(*m.span()) for m in _LINE.finditer(text)]


def table_figures(article: Article) -> Iterator[Figure]:
    """Figures of every table: rows are provinces (or the article's province), columns are indicators or ranks."""
    block: list[Span] = []
    for line in table_lines(article.text):
        if block and line.start > block[-1].end + 1:
            yield from _block(article, block)
            block = []
        block.append(line)
    if len(block) > 1:
        yield from _block(article, block)


def _cells(text: str, line: Span) -> list[Span]:
    cells, start = [], line.start
    for i in range(line.start, line.end + 1):
        if i == line.end or text[i] == "|":
            cells.append(Span(start, i))
            start = i + 1
    return cells[1:] if text[line.start : line.start + 1] == "|" else cells


def _block(article: Article, lines: list[Span]) -> Iterator[Figure]:
    text = article.text
    header = [text[c.start : c.end].strip() for c in _cells(text, lines[0])]
    before = text[max(0, lines[0].start - 300) : lines[0].start].strip().rsplit("\n", 1)[-1]
    about = f"{article.title}. {before}"
    periods = [
        p
        for text_ in (before, article.title)
        for p in reversed(find_periods(text_, article.published))
        if p.role not in ("document", "compared", "latest")
    ]
    default = [m.id for m in find_indicators(about)]
    main = article.provinces[0] if len(article.provinces) == 1 else ""
    for line in lines[1:]:
        row = text[line.start : line.end]
        if _RULE.fullmatch(row):
            continue
        cells = _cells(text, line)
        named = find_provinces(row)
        province = named[0].name if named else main
        years = [p for p in find_periods(row) if p.role == "at"]
        own = [m.id for m in find_indicators(row)]
        name = next(
            (text[c.start : c.end].strip() for c in cells if re.search(r"[^\W\d_]{2}", text[c.start : c.end])), ""
        )
        for column, cell in zip(header, cells, strict=False):
            printed = text[cell.start : cell.end]
            match = _CELL.fullmatch(printed)
            folded = fold(column)
            if not match or _ORDINAL_COLUMN.fullmatch(folded.strip()) or not province:
                continue
            in_column = [m.id for m in find_indicators(column)]
            column_years = [p for p in find_periods(column) if p.role == "at"]
            percent = bool(match["percent"]) or "%" in column
            ranked = not percent and bool(
                _RANK_COLUMN.search(folded) or (column_years and _RANK_COLUMN.search(fold(about)))
            )
            value = parse_number(match["number"])
            of_index = ranked or (value < 1 and not percent)
            period = next(
                (p.period for p in (*column_years, *years, *periods) if not (of_index and p.period.part)), None
            )
            yield Figure(
                province=province,
                indicator=next(iter(in_column or own or default), ""),
                label=" › ".join(p for p in (before or article.title, name, column) if p),
                value=value,
                shown=printed.strip(),
                unit="hạng"
                if ranked
                else "%"
                if percent
                else "điểm"
                if _POINT_COLUMN.search(folded) or value < 1
                else "",
                kind=FigureKind.TARGET
                if _TARGET_COLUMN.search(folded)
                else FigureKind.RANK
                if ranked
                else FigureKind.RESULT,
                period=period,
                denominator=float(match["den"]) if match["den"] else None,
                scope="",
                start=cell.start + match.start("number"),
                end=cell.start + match.end("number"),
                clause_start=line.start,
                clause_end=line.end,
                quote_start=line.start,
                quote_end=line.end,
            )
