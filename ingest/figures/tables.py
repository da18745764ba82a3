"""Tables that readers keep as lines "Tỉnh | Hạng | Điểm": one figure a cell, named by its column, its row and the rows above it.

The head is the first line (readers join head rows to paths, "Tỷ lệ … - Năm 2023"). A plain line between rows of one width heads those
below it. A table without a head has its columns read from what stands in them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.figures.sentence import Heading
from ingest.figures.subjects import ranks_bodies
from retrieval.lexicon.indicators import catalogue, find_indicators, is_index
from retrieval.lexicon.periods import find_periods
from retrieval.lexicon.provinces import find_provinces
from retrieval.text import NUMBER, Span, fold, parse_number
from retrieval.types import Article, Figure, FigureKind, Period

_LINE = re.compile(r"^[^\n|]*\|[^\n]*$", re.MULTILINE)
_RULE = re.compile(r"[\s|:-]+")
_CELL = re.compile(
    rf"\s*(?:[≥≤><~]|trên|khoảng|gần|hơn|đạt|tăng)?\s*(?P<sign>[-−–+])?\s?(?P<number>{NUMBER}|\d+\.\d+)\s*(?P<percent>%)?"
    r"(?:\s*/\s*(?P<den>\d+))?\s*(?P<unit>[^\W\d][^\d|]{0,30})?\s*",
    re.IGNORECASE,
)
_LONGEST_SECTION = 120  # characters of a line between rows that heads those below it
_ORDINAL = re.compile(r"(?:tt|stt|#|nam|ma|ky|so tt|no\.?|year)")
_RANKS = re.compile(r"\b(?:hang|thu hang|xep hang|vi tri|xep thu|thu|rank(?:ing)?)\b")
_POINTS = re.compile(r"\b(?:diem|gia tri|chi so|dti|index|score|points)\b")
_AIMS = re.compile(r"\b(?:muc tieu|chi tieu(?! chinh)|ke hoach|kh|giao|phan dau|lo trinh|target|plan)\b")
_TELLS = re.compile(r"\b(?:thuc hien|ket qua|dat duoc|uoc|hien trang|actual|result)\b")
_CHANGES = re.compile(r"\b(?:tang|giam|chenh lech|so voi|tang truong|change)\b")
_RANK_UNIT = re.compile(r"(?:thu |xep )?hang\b|thu tu\b|vi tri\b")  # "(thứ hạng toàn quốc)"
_UNITS = re.compile(r"(?:don vi(?: tinh)?|dvt|unit)")
_UNIT_SAID = re.compile(r"(?:đơn vị(?: tính)?|đvt)\s*:\s*([^),.;|]{1,20})", re.IGNORECASE)
_UNIT_BEHIND = re.compile(r"\(([^()\d]{1,20})\)\s*(?: - .*)?$")
_FACTORS = {"nghìn tỷ": 1e12, "ngàn tỷ": 1e12, "tỷ": 1e9, "tỉ": 1e9, "triệu": 1e6, "nghìn": 1e3, "ngàn": 1e3}
_BODY = re.compile(
    r"\s*(?:Sở|Ban|Văn phòng|Thanh tra|Huyện|huyện|Thị xã|thị xã|Xã|xã|Phường|phường|Quận|quận|Thành phố|thành phố) (?=[A-ZĐ])"
)
_FEWEST_BLANKS = 3  # between the words of a cell that is read as a sentence
_RANKED_AMONG = 63  # the most provinces ever ranked


def table_lines(text: str) -> list[Span]:
    """Spans of the lines that belong to tables."""
    return [Span(*m.span()) for m in _LINE.finditer(text)]


def table_figures(article: Article, main: str | None = None, heading: Heading | None = None) -> Iterator[Figure]:
    """Figures of every table of an article.

    ``main`` is whose they are where row, column and lines above name no province (its one province, if left out); ``heading`` what the
    lines above say.
    """
    if main is None:
        main = article.provinces[0] if len(article.provinces) == 1 else ""
    for block in blocks(article.text):
        yield from block_figures(article, block, main, heading or Heading())


def blocks(text: str) -> Iterator[list[Span]]:
    """The lines of each table of two rows or more, with the plain lines between its rows that head them."""
    block: list[Span] = []
    width = 0
    for line in table_lines(text):
        gap = text[block[-1].end : line.start].strip() if block else ""
        wide = text.count("|", *line)
        section = 0 < len(gap) <= _LONGEST_SECTION and "\n" not in gap and wide == width and not gap.endswith(".")
        if block and gap and not (section and _holds_figures(text, line)):
            yield from [block] if len(block) > 1 else []
            block = []
        elif block and gap:
            start = text.index(gap, block[-1].end)
            block.append(Span(start, start + len(gap)))
        block.append(line)
        width = wide
    if len(block) > 1:
        yield block


@dataclass(slots=True)
class _Column:
    name: str
    indicators: list[str]
    period: Period | None
    provinces: list[str]
    unit: str
    is_rank: bool = False
    is_point: bool = False
    is_small: bool = False
    kind: FigureKind | None = None
    skipped: bool = False
    folded: str = field(default="")


def block_figures(article: Article, lines: Sequence[Span], main: str, heading: Heading) -> Iterator[Figure]:
    """Figures of one table, given by its lines (``blocks``)."""
    text = article.text
    before = text[max(0, lines[0].start - 300) : lines[0].start].strip().rsplit("\n", 1)[-1]
    about = f"{article.title}. {before}"
    has_head = not _holds_figures(text, lines[0])
    width = 1 + max(text.count("|", *line) for line in lines)
    names = [text[c.start : c.end].strip() for c in cells_of(text, lines[0])] if has_head else [""] * width
    told = _periods(before, article) or ([heading.period] if heading.period else []) or _periods(article.title, article)
    default = [m.id for m in find_indicators(before)] or [m.id for m in find_indicators(article.title)]
    columns = [_column(name, article) for name in names]
    if not has_head:
        _read_columns(columns, [cells_of(text, line) for line in lines], text, bool(_RANKS.search(fold(before))))
    of_bodies = ranks_bodies(fold(about))
    aimed = not any(c.kind is FigureKind.RESULT for c in columns) and bool(_AIMS.search(fold(before or article.title)))
    aimed = (aimed or heading.target is True) and not _TELLS.search(fold(before))
    aim = FigureKind.TARGET if aimed else FigureKind.RESULT
    of_ranks = _RANKS.search(fold(about)) is not None
    overall = _unit_said(before)
    _mark_ranks(columns, [cells_of(text, line) for line in lines[has_head:]], text)
    section = _Column("", [], None, [], "")
    for line in lines[1:] if has_head else lines:
        row = text[line.start : line.end]
        if "|" not in row:
            section = _column(row.strip(), article)
            continue
        if _RULE.fullmatch(row):
            continue
        cells = cells_of(text, line)
        shown = [text[c.start : c.end].strip() for c in cells]
        name = next((cell for cell in shown if re.search(r"[^\W\d_]{2}", cell)), "")
        said = next((cell for c, cell in zip(columns, shown, strict=False) if _UNITS.fullmatch(c.folded)), "")
        said = said if said != name else ""  # "Đơn vị" heads names, too
        provinces = [p.name for p in find_provinces(row)] or section.provinces
        years = [p.period for p in find_periods(row) if p.role == "at"]
        own = [m.id for m in find_indicators(row)]
        body = _BODY.match(name) is not None and not find_provinces(name)
        for column, cell in zip(columns, cells, strict=False):
            match = _CELL.fullmatch(text, cell.start, cell.end)
            if match is None or column.skipped or _UNITS.fullmatch(column.folded):
                continue
            unit = said or column.unit or _unit_said(name) or section.unit or overall
            indicator = next(iter(column.indicators or own or section.indicators or default), "")
            value, unit, kind = _figure(match, column, section.kind or aim, unit, indicator, of_ranks=of_ranks)
            of_index = unit in ("hạng", "điểm")
            of_a_body = of_index and (body or of_bodies)
            candidates = [p for p in (column.period, *years[:1], section.period, *told) if p]
            yearly = of_index and bool(indicator) and is_index(indicator)
            period = next((p for p in candidates if not (yearly and p.part)), None)
            province = next(iter(column.provinces or provinces), "") or heading.province or main
            if of_a_body:
                province, indicator = "", "dti-local" if indicator.startswith("dti") else ""
            elif not province:
                continue
            yield Figure(
                province=province,
                indicator=indicator,
                label=" › ".join(p for p in (before or article.title, section.name, name, column.name) if p),
                value=value,
                shown=text[cell.start : cell.end].strip(),
                unit=unit,
                kind=kind,
                period=period,
                denominator=float(match["den"]) if match["den"] else None,
                scope="",
                start=match.start("number"),
                end=match.end("number"),
                clause_start=line.start,
                clause_end=line.end,
                quote_start=line.start,
                quote_end=line.end,
                bound="table" if province else "unsure",
            )


def _figure(
    match: re.Match[str], column: _Column, otherwise: FigureKind, unit: str, indicator: str, *, of_ranks: bool
) -> tuple[float, str, FigureKind]:
    """Value, unit and kind of a cell; ``otherwise`` is its kind where the column says none."""
    value = parse_number(match["number"])
    behind = (match["unit"] or "").strip()
    percent = bool(match["percent"]) or unit == "%"
    whole = value.is_integer() and "," not in match["number"]
    index = bool(indicator) and is_index(indicator)
    by_year = column.period is not None and not column.is_point
    ranked = not percent and whole and 0 < value <= _RANKED_AMONG
    ranked = ranked and (
        column.is_rank
        or unit == "hạng"
        or (column.is_small and of_ranks and index)
        or (by_year and of_ranks)
        or (by_year and index)
    )
    kind = column.kind or otherwise
    if kind is FigureKind.CHANGE or match["sign"] == "+":
        kind = FigureKind.CHANGE
    if ranked:
        return value, "hạng", FigureKind.RANK if kind is FigureKind.RESULT else kind
    if match["sign"] and match["sign"] != "+":
        value = -value
    if percent:
        return value, "%", kind
    unit = behind or unit
    if not unit and (column.is_point or (0 < value < 1) or (index and not whole)):
        return value, "điểm", kind
    for word, factor in _FACTORS.items():
        if unit.lower() == word or unit.lower().startswith(f"{word} "):
            return value * factor, unit[len(word) :].strip() or "đồng", kind
    if not unit and indicator and catalogue()[indicator].unit == "%" and not whole:
        unit = "%"
    return value, unit.lower(), kind


def _column(name: str, article: Article) -> _Column:
    folded = fold(name)
    years = [p.period for p in find_periods(name, article.published) if p.role in ("at", "until", "span")]
    changes = _CHANGES.search(folded)
    aims, tells = _AIMS.search(folded), _TELLS.search(folded)
    kind = None
    if changes:
        kind = FigureKind.CHANGE
    elif aims and not (tells and tells.start() > aims.start()):
        kind = FigureKind.TARGET
    elif tells:
        kind = FigureKind.RESULT
    return _Column(
        name=name,
        indicators=[m.id for m in find_indicators(name)],
        period=years[-1] if years else None,
        provinces=[p.name for p in find_provinces(name)],
        unit=_unit_said(name) or ("%" if "%" in name else ""),
        is_rank=bool(_RANKS.search(folded)),
        is_point=bool(_POINTS.search(folded)),
        kind=kind,
        skipped=bool(_ORDINAL.fullmatch(folded)),
        folded=folded,
    )


def _read_columns(columns: Sequence[_Column], rows: Sequence[Sequence[Span]], text: str, ranks: bool) -> None:
    """A table without a head: a first column that counts 1, 2, 3 … is the rank where ranks are announced, else no figure."""
    first = [text[cells[0].start : cells[0].end].strip(" .)") for cells in rows if cells]
    counts = [n for n, cell in enumerate(first, 1) if cell.isdigit() and int(cell) == n]
    if columns and len(counts) == len(first):
        columns[0].is_rank, columns[0].skipped = ranks, not ranks


def _mark_ranks(columns: Sequence[_Column], rows: Sequence[Sequence[Span]], text: str) -> None:
    """Columns of whole numbers among which ranks of provinces may be: all from 1 to 63."""
    for number, column in enumerate(columns):
        cells = [text[row[number].start : row[number].end].strip() for row in rows if number < len(row)]
        whole = [int(cell) for cell in cells if cell.isdigit() and len(cell) < 3]
        column.is_small = len(whole) == len(cells) > 0 and all(0 < n <= _RANKED_AMONG for n in whole)


def _unit_said(words: str) -> str:
    """ "Đơn vị: tỷ đồng", "Hồ sơ trực tuyến (%)"; "" where no unit is said."""
    match = _UNIT_SAID.search(words) or _UNIT_BEHIND.search(words)
    said = match[1].strip(" :") if match else ""
    return "hạng" if _RANK_UNIT.match(fold(said)) else said


def _periods(words: str, article: Article) -> list[Period]:
    """Times of a line above a table, the last first."""
    return [
        p.period
        for p in reversed(find_periods(words, article.published))
        if p.role not in ("document", "compared", "latest")
    ]


def is_said_in_words(cell: str) -> bool:
    """Whether a cell states figures in a sentence: "đạt 75%, tăng 5% so với năm 2023"."""
    return _CELL.fullmatch(cell) is None and cell.count(" ") >= _FEWEST_BLANKS and any(map(str.isdigit, cell))


def _holds_figures(text: str, line: Span) -> bool:
    """Whether a row states figures: a head names years at most."""
    cells = [text[c.start : c.end].strip() for c in cells_of(text, line)]
    numbers = [cell for cell in cells if (m := _CELL.fullmatch(cell)) and not m["unit"]]
    return any(not re.fullmatch(r"(?:19|20)\d\d", number) for number in numbers)


def cells_of(text: str, line: Span) -> list[Span]:
    """The spans of a row's cells, blanks and all."""
    cells, start = [], line.start
    for i in range(line.start, line.end + 1):
        if i == line.end or text[i] == "|":
            cells.append(Span(start, i))
            start = i + 1
    if text[line.start : line.start + 1] == "|" and text[line.end - 1 : line.end] == "|":
        return cells[1:-1]
    return cells
