"""What a run of ingest did, told to a person or to a program."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import typer

from bot.commands.opening import note

if TYPE_CHECKING:
    from ingest.report import Report

MOST_NAMED = 5
"""Duplicates that are named one by one."""

_COUNTED = ("added", "updated", "unchanged", "duplicates", "told", "renamed")
_LISTED = ("failed", "skipped", "converted", "suspicious", "retired")


def tell(
    report: Report, *, as_json: bool = False, quiet: bool = False, dry_run: bool = False, dated: bool = False
) -> None:
    """Results to standard output, what is to be looked at to stderr. ``dated``: one of many, with the time before it."""
    from datetime import datetime

    if as_json:
        counts = {name: len(getattr(report, name)) for name in _COUNTED}
        lists = {name: [asdict(item) for item in getattr(report, name)] for name in _LISTED}
        passed_over = dict(sorted(report.passed_over.items()))
        told = {**counts, **lists, "passed_over": passed_over, "seconds": report.seconds}
        typer.echo(json.dumps(told, ensure_ascii=False))
    else:
        _name(report, quiet=quiet)
        if not quiet and sys.stdout.isatty() and not dated:
            _show_table(report, dry_run=dry_run)
        elif not quiet:
            typer.echo(
                f"{datetime.now():%Y-%m-%d %H:%M:%S} " * dated + "would be: " * dry_run + _in_a_line(report),
            )
    if dated:
        sys.stdout.flush()  # into a log, at once


def _name(report: Report, *, quiet: bool) -> None:
    if not quiet:
        for source in report.duplicates[:MOST_NAMED]:
            note(f"duplicate: {source}: it is in the library already, from another source")
        if len(report.duplicates) > MOST_NAMED:
            note(f"duplicate: and {len(report.duplicates) - MOST_NAMED} more")
        for skip in report.skipped:
            note(f"skipped: {skip.source}: {skip.reason}")
        for conversion in report.converted:
            note(f"converted: {conversion.source}: {conversion.encoding}")
        for skip in report.retired:
            note(f"retired: {skip.source}: {skip.reason}")
        if report.passed_over:
            kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(report.passed_over.items()))
            note(f"passed over, as files that are not read: {kinds}")
    for skip in report.suspicious:
        note(
            f"suspicious: {skip.source}: {skip.reason}. The article that the library holds stays; "
            "if this is meant to replace it, tinhso articles remove it, and ingest again."
        )
    for failure in report.failed:
        note(f"failed: {failure.source}: {failure.error}")


def _in_a_line(report: Report) -> str:
    rest = "".join(
        f", {len(found)} {name}"
        for name, found in (
            ("skipped", report.skipped),
            ("renamed", report.renamed),
            ("suspicious", report.suspicious),
            ("retired", report.retired),
        )
        if found
    )
    told = f"; {len(report.told)} pages of tables already told by an article" if report.told else ""
    return (
        f"{len(report.added)} added, {len(report.updated)} updated, {len(report.unchanged)} unchanged, "
        f"{len(report.duplicates)} duplicate, {len(report.failed)} failed{rest} in {report.seconds:.1f} s{told}"
    )


def _show_table(report: Report, *, dry_run: bool) -> None:
    """What came of the sources, for a person."""
    from rich.console import Console
    from rich.table import Table

    rows = {
        "added": len(report.added),
        "updated": len(report.updated),
        "unchanged": len(report.unchanged),
        "duplicate": len(report.duplicates),
        "already told by an article": len(report.told),
        "skipped as off-topic": len(report.skipped),
        "renamed": len(report.renamed),
        "suspicious, not taken": len(report.suspicious),
        "retired": len(report.retired),
        "failed": len(report.failed),
    }
    table = Table("would be" if dry_run else "outcome", "sources", box=None, pad_edge=False)
    table.columns[1].justify = "right"
    for outcome, count in rows.items():
        if count:
            table.add_row(outcome, str(count))
    rate = f", {sum(rows.values()) / report.seconds:.0f} a second" if report.seconds else ""
    console = Console()
    console.print(table)
    console.print(f"in {report.seconds:.1f} s{rate}", highlight=False)
