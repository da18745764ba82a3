"""`tinhso serve` runs the Telegram bot; `tinhso feedback` shows what people missed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.opening import open_answerer, open_embedder

if TYPE_CHECKING:
    from ingest.pipeline import Report
    from retrieval.settings import Settings


def serve() -> None:
    """Run the Telegram bot until it is stopped (TINHSO_TELEGRAM_TOKEN and the other settings of .env.example)."""
    from retrieval.settings import load_settings

    settings = load_settings()
    _require_usable(settings)
    from bot.telegram.serving import serve as run

    run(settings, lambda: open_answerer(settings), _ingester(settings))


def _require_usable(settings: Settings) -> None:
    from retrieval.errors import SettingsError

    if not settings.telegram_token.get_secret_value():
        raise SettingsError("There is no Telegram token: get one from @BotFather and set TINHSO_TELEGRAM_TOKEN.")
    if settings.telegram_mode == "webhook" and not settings.telegram_webhook_url:
        raise SettingsError("TINHSO_TELEGRAM_MODE=webhook needs TINHSO_TELEGRAM_WEBHOOK_URL, the address for updates.")


def feedback(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line, with the answers.")] = False,
    days: Annotated[int, typer.Option(min=1, help="Only the last so many days.")] = 36_500,
    unanswered: Annotated[bool, typer.Option("--unanswered", help="Only questions without an answer.")] = False,
) -> None:
    """Questions that the bot could not answer, and those with thumbs: what to ingest next."""
    from bot.telegram.database import open_existing
    from bot.telegram.statistics import feedback as listed
    from retrieval.settings import load_settings

    now = datetime.now(UTC).timestamp()
    for item in listed(open_existing(load_settings().data_dir), since=now - days * 86_400):
        if unanswered and item.answered:
            continue
        when = datetime.fromtimestamp(item.asked, UTC)
        if as_json:
            typer.echo(json.dumps({**asdict(item), "asked": when.isoformat(timespec="seconds")}, ensure_ascii=False))
        else:
            thumbs = f"{'👍' * bool(item.up)}{'👎' * bool(item.down)}" or ("" if item.answered else "—")
            typer.echo(f"{when:%Y-%m-%d %H:%M}  {thumbs}  {item.standalone or item.question}")


@dataclass(frozen=True, slots=True)
class _Report:
    """Ingest's report as the bot reads it."""

    report: Report
    seconds: float

    def counts(self) -> dict[str, int]:
        names = ("added", "updated", "unchanged", "duplicates", "told", "skipped", "failed")
        return {name: len(getattr(self.report, name)) for name in names}

    def failures(self) -> list[str]:
        return [*(failure.error for failure in self.report.failed), *(skip.reason for skip in self.report.skipped)]


def _ingester(settings: Settings) -> Callable[[str, Callable[[str], None]], _Report]:
    def ingest(source: str, on_source: Callable[[str], None]) -> _Report:
        from bot.commands.opening import open_library
        from ingest.pipeline import ingest as run

        with open_library(settings, create=True) as library:
            report = run([source], library, lambda: open_embedder(settings), on_source)
        return _Report(report, report.seconds)

    return ingest
