"""Read the figures out of an article: what each number measures, of which province, when, and whether it is a target.

A sentence is cut into clauses (ingest.clauses); a figure takes province, period and kind from its clause, else from what
stands before it in the sentence, else from the sentence before when this one continues it, else from the line above that
heads it, else from the article. Where an article is about several provinces and nothing says which, it is of none.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.figures.headings import LIST_HEAD, Headings, heading_of, in_force, level_of, put_under, without_lists
from ingest.figures.measures import family
from ingest.figures.reading import Reading
from ingest.figures.sentence import Carried, Heading, read
from ingest.figures.subjects import ranks_bodies
from ingest.figures.tables import block_figures, blocks, cells_of, is_said_in_words, table_lines
from retrieval.lexicon.indicators import find_indicators, is_index
from retrieval.lexicon.periods import find_periods
from retrieval.lexicon.provinces import NATION, find_provinces
from retrieval.text import Span, fold, sentences
from retrieval.types import Article, Figure, FigureKind

__all__ = ["NATION", "extract"]

_BULLETS = "+-–•*"
_NUMBERED = re.compile(r"\d{1,2}[.)] ")  # "1) Hạ tầng số …": an item of a list
# How a sentence of a new paragraph begins that goes on about the one before.
_CONNECTIVE = re.compile(
    r"(?:trong do|cung voi do|dang chu y|dac biet|ngoai ra|ben canh do|tieu bieu|cu the|rieng|theo do|dong thoi|qua do|nho do"
    r"|tuong tu|tiep den|con lai|bao gom|gom|va|trong so do|tinh rieng|(?:khi|luc|den (?:luc|khi)) (?:do|ay))\b|[\d+\-–•*]|co \d|tren \d|hon \d"
)


def extract(article: Article) -> list[Figure]:
    """Every figure of an article, in reading order, title not read (its figures stand in the text)."""
    text = article.text
    tables = list(blocks(text))
    rows = [*table_lines(text), *(line for block in tables for line in block)]
    figures: list[Figure] = []
    main, first = _main(article), _of_title(article)
    carried, headings = first, Headings()
    last_end, head = 0, Span(0, 0)  # head: the last sentence that ended in ":"
    for span in sentences(text):
        gap = text[last_end : span.start]
        if last_end and "\n" in gap:
            carried = replace(carried, province="")
        last_end = span.end
        while tables and tables[0][0].start <= span.start:
            figures += _of_table(article, tables.pop(0), main, in_force(headings))
        if any(row.start <= span.start < row.end for row in rows):
            continue
        sentence = text[span.start : span.end]
        if "\n" in gap and _begins_anew(sentence):
            head = Span(0, 0)
            headings = without_lists(headings)
            carried = replace(_anew(carried, in_force(headings)), bodies=first.bodies)
        known = read(sentence, span.start, article, carried, main)
        reading = Reading(known, text[head.start : head.end].strip(" :"))
        figures += reading.figures()
        carried = reading.handed_on()
        is_line = text[span.end : span.end + 1] == "\n" and text[span.start - 1 : span.start] in ("", "\n")
        if not known.numbers and (level := level_of(sentence, is_whole=is_line)):
            headings = put_under(headings, level, heading_of(known))
            ruling = in_force(headings)
            carried = replace(carried, heading=ruling, province="") if level == LIST_HEAD else _anew(carried, ruling)
        if sentence.endswith(":"):
            head = span
    return sorted((_not_ahead(f, article) for f in figures), key=lambda f: (f.start, f.end))


def _of_table(article: Article, lines: Sequence[Span], main: str, heading: Heading) -> Iterator[Figure]:
    """The figures of a table, and those of its cells that are sentences."""
    yield from block_figures(article, lines, main, heading)
    for line in lines[1:]:
        row = article.text[line.start : line.end]
        named = {p.name for p in find_provinces(row)}
        carried = Carried(province=named.pop() if len(named) == 1 else "", heading=heading)
        cells = cells_of(article.text, line)
        for cell in cells[1:]:
            words = article.text[cell.start : cell.end]
            if is_said_in_words(words):
                start = cell.start + len(words) - len(words.lstrip())
                head = article.text[cells[0].start : cells[0].end].strip()
                yield from Reading(read(words.strip(), start, article, carried, main), head).figures()


# What is said of a figure that has been reached: "mới đạt 62,8%".
_REACHED = re.compile(r"\b(?:da|moi|moi chi|hien|dang|hien nay|hien moi) (?:dat|co|chiem|thu|dung)\b|\bdat duoc\b")


def _not_ahead(figure: Figure, article: Article) -> Figure:
    """A figure of a year that had not begun when it was printed is aimed at; where its clause says that it is reached, the
    year is another figure's."""
    period, published = figure.period, article.published
    if figure.kind is not FigureKind.RESULT or not period or not published or period.since:
        return figure
    if period.year <= published.year:
        return figure
    if _REACHED.search(fold(article.text[figure.clause_start : figure.clause_end])):
        return replace(figure, period=None)
    return replace(figure, kind=FigureKind.TARGET)


def _anew(carried: Carried, heading: Heading) -> Carried:
    """What a paragraph that continues none takes over."""
    return Carried(
        indicator=carried.indicator,
        index=heading.index or carried.index,
        assessed=carried.assessed,
        bodies=carried.bodies,
        heading=heading,
    )


def _main(article: Article) -> str:
    """Whose a figure is where nothing else says so: the one province of an article, or of its title."""
    if len(article.provinces) == 1:
        return article.provinces[0]
    titled = {p.name for p in find_provinces(article.title)}
    return titled.pop() if len(titled) == 1 else ""


def _of_title(article: Article) -> Carried:
    """What the first sentence takes over: the index that the title is about, the year that it was assessed for, and whether
    it ranks bodies of a province."""
    title, published = article.title, article.published
    index = next((m.id for m in find_indicators(title) if is_index(m.id)), "")
    years = [m.period for m in find_periods(title, published) if m.role == "at" and not m.period.part]
    past = [y for y in years if published is None or y.year < published.year]
    assessed = (family(index), past[0]) if index and len(past) == 1 and len(years) == 1 else None
    return Carried(indicator=index, index=index, assessed=assessed, bodies=ranks_bodies(fold(title)))


def _begins_anew(sentence: str) -> bool:
    """Whether the first sentence of a line is no item of a list and does not continue the line before."""
    listed = sentence[:1] in _BULLETS or _NUMBERED.match(sentence)
    return not listed and not _CONNECTIVE.match(fold(sentence))
