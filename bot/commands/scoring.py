"""`tinhso eval` scores the answers to a file of questions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.opening import note, open_answerer
from retrieval.errors import ReadError

if TYPE_CHECKING:
    from retrieval.evaluation import Comparison, Report, Verdict

OUTCOMES = {
    "right": "right",
    "wrong": "answered wrong or short",
    "refused": "refused though answerable",
    "rightly_refused": "unanswerable and refused",
    "falsely_answered": "unanswerable and answered",
}
"""What each field of a tally is called; the columns of the table by type are in the same order."""

MEASURES = (
    "wrong_figure_rate",
    "citation_hit",
    "quote_fidelity",
    "figure_fidelity",
    "too_long_rate",
    "latency_median_ms",
    "latency_p95_ms",
)


def evaluate(
    questions: Annotated[Path, typer.Argument(help="JSON lines in the format of data/evals/README.md.")],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the report with every verdict as JSON (save it to compare later).")
    ] = False,
    earlier: Annotated[
        Path | None,
        typer.Option("--compare", "--against", metavar="RUN", help="An earlier --json report to compare with."),
    ] = None,
    show: Annotated[
        bool, typer.Option("--show", help="Show which questions fail, each with its answer. Not for a blind set.")
    ] = False,
) -> None:
    """Score the library's answers to a file of questions, by outcome and type. Status 1 if any fails."""
    from bot.render.json import answer_json
    from retrieval import handbook
    from retrieval.evaluation import compare, judge, load_questions, summarise, to_json
    from retrieval.settings import load_settings

    asked = load_questions(questions)
    before = _report(earlier) if earlier is not None else None
    answers: dict[str, dict[str, Any]] = {}
    with open_answerer(load_settings()) as answerer:
        texts = handbook.texts() | {s.article.source: s.article.text for s in answerer.library.articles()}
        verdicts = []
        for question in asked:
            answers[question.id] = answer_json(answerer.ask(question.q, question.history))
            verdicts.append(judge(question, answers[question.id], texts.get))
    report = summarise(verdicts)
    if as_json:
        typer.echo(json.dumps(to_json(report), ensure_ascii=False))
    else:
        _print(report)
        if show:
            by_id = {q.id: q.q for q in asked}
            for verdict in report.failures:
                _print_failure(verdict, by_id[verdict.id], answers[verdict.id]["answer"])
    if before is not None:
        _print_change(compare(before, report), show)
    if report.failures:
        raise typer.Exit(1)


def _report(path: Path) -> Report:
    from retrieval.evaluation import from_json

    try:
        return from_json(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReadError(f"{path} is no report of `tinhso eval --json` ({error}): save one with > {path}") from None


def _print(report: Report) -> None:
    """Counts and shares only: nothing here tells what was asked, so that a blind set stays blind."""
    from retrieval.evaluation import Outcome, share

    tally = report.outcomes
    typer.echo(f"{report.passed}/{report.asked} passed ({report.pass_rate:.1%})")
    for name, words in OUTCOMES.items():
        count = getattr(tally, name)
        kind = "unanswerable" if words.startswith("unanswerable") else "answerable"
        whole = getattr(tally, kind)
        typer.echo(
            f"  {words:<26}{count:>4}   {share(count, tally.asked):>6.1%} of all,"
            f" {share(count, whole):>6.1%} of {whole} {kind}"
        )
    odd = sum(v.refused and v.outcome is Outcome.FALSELY_ANSWERED for v in report.verdicts)
    if odd:
        typer.echo(
            f"    {odd} of those last were refused, but in words that must not be said, or not in those asked for"
        )
    typer.echo(f"\n  {'':<18}{'passed':>9}{'right':>7}{'wrong':>7}{'refused':>9}   unanswerable: refused, answered")
    for kind, of_type in report.by_type.items():
        counts = [getattr(of_type, name) for name in OUTCOMES]
        typer.echo(
            f"  {kind:<18}{f'{of_type.passed}/{of_type.asked}':>9}"
            f"{counts[0]:>7}{counts[1]:>7}{counts[2]:>9}{counts[3]:>24}{counts[4]:>10}"
        )
    typer.echo("")
    for name in MEASURES:
        typer.echo(f"  {name:<20}{getattr(report, name)}")


def _print_failure(verdict: Verdict, question: str, answer: str) -> None:
    typer.echo(f"\n{verdict.id} [{verdict.type}, {OUTCOMES[verdict.outcome.value]}] {question}")
    typer.echo(f"  {'; '.join(verdict.reasons)}")
    typer.echo("  " + answer.replace("\n", "\n  "))


def _print_change(change: Comparison, show: bool) -> None:
    for words, ids in (("passing", change.newly_passing), ("failing", change.newly_failing)):
        note(f"newly {words}: {(', '.join(ids) or '-') if show else len(ids)}")
    for name, delta in change.deltas.items():
        note(f"{name}: {delta:+.3f}")
