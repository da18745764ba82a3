"""`tinhso figures` lists the ledger."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated, TypedDict

import typer

if TYPE_CHECKING:
    from retrieval.types import Figure


class Row(TypedDict):
    """One figure as it is listed; also the columns of the CSV, in this order."""

    province: str
    indicator: str
    label: str
    value: float
    shown: str
    unit: str
    kind: str
    period: str | None
    denominator: float | None
    scope: str
    source: str
    read_by: str


def figures(
    province: Annotated[str, typer.Option(help="Any spelling of a province.")] = "",
    indicator: Annotated[str, typer.Option(help="An id of the catalogue, or words: 'chính quyền số'.")] = "",
    period: Annotated[int | None, typer.Option(help="A year.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV with a header.")] = False,
) -> None:
    """List the figures of the ledger, newest period first."""
    import csv

    from retrieval.lexicon.indicators import catalogue, find_indicators
    from retrieval.lexicon.provinces import canonical
    from retrieval.library import Library
    from retrieval.settings import load_settings

    if as_json and as_csv:
        raise typer.BadParameter("give --json or --csv, not both")
    known = canonical(province) if province else None
    if province and known is None:
        raise typer.BadParameter(f"no province is called {province!r}")
    ids = [indicator] if indicator in catalogue() else [m.id for m in find_indicators(indicator)]
    with Library.open(load_settings().data_dir) as library:
        found = library.figures(
            provinces=[known] if known else [],
            indicators=ids,
            years=[period] if period else [],
            text="" if ids else indicator,
        )
        sources = {i: stored.article.source for i in {f.article_id for f in found} if (stored := library.article(i))}
    rows = [_row(f.figure, sources[f.article_id]) for f in found]
    if as_json:
        for row in rows:
            typer.echo(json.dumps(row, ensure_ascii=False))
    elif as_csv:
        writer = csv.DictWriter(sys.stdout, Row.__annotations__, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    else:
        for row in rows:
            typer.echo(
                f"{row['province']:<20} {row['period'] or '-':<24} {row['kind']:<7} {row['shown']:>10} {row['unit']:<12} "
                f"{row['indicator'] or '-':<24} {row['label'][-80:]}  {row['source']}"
            )


def _row(figure: Figure, source: str) -> Row:
    return {
        "province": figure.province,
        "indicator": figure.indicator,
        "label": figure.label,
        "value": figure.value,
        "shown": figure.shown,
        "unit": figure.unit,
        "kind": figure.kind.value,
        "period": str(figure.period) if figure.period else None,
        "denominator": figure.denominator,
        "scope": figure.scope,
        "source": source,
        "read_by": figure.read_by,
    }
