"""Rows of figures: what sentences state, found by province, indicator, period, kind and words."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from retrieval.library.records import StoredFigure
from retrieval.library.rows import marks
from retrieval.library.word_rows import Tally
from retrieval.library.words import any_of, folded_words, one_word
from retrieval.types import Figure, FigureKind, Period

_FIELDS = (
    "article_id, province, indicator, label, value, shown, unit, kind, year, part, since, denominator, scope,"
    ' start, "end", clause_start, clause_end, quote_start, quote_end, read_by, bound'
)


def insert(connection: sqlite3.Connection, article_id: int, figures: Sequence[Figure], tally: Tally) -> None:
    """The words are added to ``tally``, which the caller writes."""
    said = [folded_words(f"{figure.label} {figure.scope}") for figure in figures]
    tally.add("figure", ({"words": words} for words in said))
    for figure, words in zip(figures, said, strict=True):
        period = figure.period
        cursor = connection.execute(
            f"INSERT INTO figures ({_FIELDS}) VALUES ({', '.join('?' * 21)})",
            (
                article_id,
                figure.province,
                figure.indicator,
                figure.label,
                figure.value,
                figure.shown,
                figure.unit,
                figure.kind.value,
                period.year if period else None,
                period.part if period else "",
                period.since if period else None,
                figure.denominator,
                figure.scope,
                figure.start,
                figure.end,
                figure.clause_start,
                figure.clause_end,
                figure.quote_start,
                figure.quote_end,
                figure.read_by,
                figure.bound,
            ),
        )
        connection.execute(
            "INSERT INTO figure_words (rowid, words, place) VALUES (?, ?, ?)",
            (cursor.lastrowid, " ".join(words), one_word(figure.province)),
        )


def delete(connection: sqlite3.Connection, article_id: int) -> None:
    said = connection.execute(
        "SELECT words FROM figure_words WHERE rowid IN (SELECT id FROM figures WHERE article_id = ?)", (article_id,)
    )
    tally = Tally()
    tally.add("figure", ({"words": words.split(" ")} for (words,) in said))
    tally.write(connection, -1)
    connection.execute(
        "DELETE FROM figure_words WHERE rowid IN (SELECT id FROM figures WHERE article_id = ?)", (article_id,)
    )
    connection.execute("DELETE FROM figures WHERE article_id = ?", (article_id,))


def find(
    connection: sqlite3.Connection,
    *,
    provinces: Sequence[str],
    indicators: Sequence[str],
    years: Sequence[int],
    kinds: Sequence[FigureKind],
    match: str | None,
    undated: bool,
    limit: int,
) -> list[StoredFigure]:
    """Figures that meet every condition given, by nearness to the FTS5 expression ``match`` if any, else newest first."""
    conditions, values = [], list[object]()
    filters = (("province", provinces), ("indicator", indicators), ("kind", [kind.value for kind in kinds]))
    for column, wanted in filters:
        if wanted:
            conditions.append(f"{column} IN {marks(wanted)}")
            values += wanted
    if years:
        conditions.append(f"(year IN {marks(years)}{' OR year IS NULL' if undated else ''})")
        values += years
    if match:
        if provinces:  # said to the word index too: otherwise it scores the figures of all provinces
            match = f"place : ({any_of([one_word(name) for name in provinces])}) AND ({match})"
        conditions.append("figure_words MATCH ?")
        values.append(match)
    rows = connection.execute(
        f"SELECT {_FIELDS} FROM"
        f" {'figure_words JOIN figures ON figures.id = figure_words.rowid' if match else 'figures'}"
        f" {'WHERE ' + ' AND '.join(conditions) if conditions else ''}"
        f" ORDER BY {'bm25(figure_words, 1, 0), ' if match else ''}year DESC, id LIMIT ?",
        (*values, limit),
    )
    return [StoredFigure(row[0], _figure(row)) for row in rows]


def provinces_by_indicator(connection: sqlite3.Connection) -> dict[str, int]:
    """Of how many provinces there are figures, for each indicator of the catalogue that has any."""
    return dict(
        connection.execute(
            "SELECT indicator, COUNT(DISTINCT province) FROM figures WHERE indicator <> '' GROUP BY indicator"
        )
    )


def of_article(connection: sqlite3.Connection, article_id: int, start: int, end: int | None) -> list[Figure]:
    rows = connection.execute(
        f"SELECT {_FIELDS} FROM figures WHERE article_id = ? AND start >= ? AND start < coalesce(?, start + 1)"
        " ORDER BY start",
        (article_id, start, end),
    )
    return [_figure(row) for row in rows]


def _figure(row: tuple[Any, ...]) -> Figure:
    _, province, indicator, label, value, shown, unit, kind, year, part, since, denominator, scope, *rest = row
    period = None if year is None else Period(year, part, since)
    return Figure(
        province,
        indicator,
        label,
        value,
        shown,
        unit,
        FigureKind(kind),
        period,
        denominator,
        scope,
        *rest,
    )
