"""`tinhso figures` lists the ledger; `tinhso eval` scores a file of questions."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypedDict

import typer

from bot.commands.opening import note, open_answerer
from retrieval.errors import ReadError

if TYPE_CHECKING:
    from retrieval.evaluation import Report
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


def evaluate(
    questions: Annotated[Path, typer.Argument(help="JSON lines in the format of data/evals/README.md.")],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the report as JSON (save it to compare later).")
    ] = False,
    against: Annotated[Path | None, typer.Option(help="An earlier --json report to compare with.")] = None,
    failures: Annotated[bool, typer.Option(help="Show each failing question with its answer.")] = True,
) -> None:
    """Score the library's answers to a file of questions, show failures, compare two runs. Status 1 if any fails."""
    from bot.render.json import answer_json
    from retrieval.evaluation import compare, judge, load_questions, summarise, to_json
    from retrieval.settings import load_settings

    asked = load_questions(questions)
    earlier = _earlier(against) if against is not None else None
    answers: dict[str, dict[str, Any]] = {}
    with open_answerer(load_settings()) as answerer:
        texts = {s.article.source: s.article.text for s in answerer.library.articles()}
        verdicts = []
        for question in asked:
            answers[question.id] = answer_json(answerer.ask(question.q, question.history))
            verdicts.append(judge(question, answers[question.id], texts.get))
    report = summarise(verdicts)
    if as_json:
        typer.echo(json.dumps(to_json(report), ensure_ascii=False))
    else:
        _print(report)
    if failures and not as_json:
        by_id = {q.id: q for q in asked}
        for verdict in report.failures:
            typer.echo(f"\n{verdict.id} [{verdict.type}] {by_id[verdict.id].q}\n  {'; '.join(verdict.reasons)}")
            typer.echo("  " + answers[verdict.id]["answer"].replace("\n", "\n  "))
    if earlier is not None:
        change = compare(earlier, report)
        note(f"newly passing: {', '.join(change.newly_passing) or '-'}")
        note(f"newly failing: {', '.join(change.newly_failing) or '-'}")
        for name, delta in change.deltas.items():
            note(f"{name}: {delta:+.3f}")
    if report.failures:
        raise typer.Exit(1)


def _earlier(path: Path) -> Report:
    from retrieval.evaluation import from_json

    try:
        return from_json(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReadError(f"{path} is no report of `tinhso eval --json` ({error}): save one with > {path}") from None


def _print(report: Report) -> None:
    typer.echo(f"{report.passed}/{report.asked} passed ({report.pass_rate:.1%})")
    for kind, (passed, asked) in report.by_type.items():
        typer.echo(f"  {kind:<18}{passed}/{asked}")
    for name in (
        "wrong_figure_rate",
        "false_refusal_rate",
        "false_answer_rate",
        "citation_hit",
        "quote_fidelity",
        "figure_fidelity",
        "too_long_rate",
        "latency_median_ms",
        "latency_p95_ms",
    ):
        typer.echo(f"  {name:<20}{getattr(report, name)}")
