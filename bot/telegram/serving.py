"""`tinhso serve`: opens what the bot works with, takes updates until it is told to stop, and ends in good order."""

from __future__ import annotations

import asyncio
import hashlib
import json
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urlsplit

import structlog
from filelock import FileLock, Timeout
from telegram import Update
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.telegram.application import UPDATES, App, add_handlers, build_application
from bot.telegram.arrivals import watch_arrivals
from bot.telegram.database import open_database
from bot.telegram.desk import Desk, Ingest
from bot.telegram.inbox import Inbox
from bot.telegram.limits import Limits
from bot.telegram.logs import configure_logs
from bot.telegram.menus import set_menus
from bot.telegram.metrics import Metrics, serve_metrics
from bot.telegram.outbox import Outbox
from bot.telegram.pool import AnswerPool
from bot.telegram.processor import InTurn
from bot.telegram.request import AiohttpRequest
from bot.telegram.talks import Talks
from retrieval.ask import Answerer
from retrieval.errors import TinhSoError
from retrieval.settings import Settings

LOCK = "serve.lock"
LONGEST_PAUSE = 30.0
POLL_SECONDS = 30
MOST_SILENT = 3 * POLL_SECONDS
PRUNE_EVERY = 3600.0

_log = structlog.get_logger()


class ServeError(TinhSoError):
    """Why the bot cannot run, or had to stop."""


def serve(settings: Settings, open_answerer: Callable[[], Answerer], ingest: Ingest) -> None:
    """Runs the bot until SIGTERM or SIGINT. Raises ServeError, in words for the operator."""
    secrets = settings.telegram_token, settings.telegram_webhook_secret
    configure_logs(tuple(secret.get_secret_value() for secret in secrets))
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(settings.data_dir / LOCK, timeout=0), open_answerer() as answerer:
            asyncio.run(_run(settings, answerer, ingest))
    except Timeout:
        raise ServeError(f"Another `tinhso serve` is running on {settings.data_dir}: stop it first.") from None


async def _run(settings: Settings, answerer: Answerer, ingest: Ingest) -> None:
    database, synced = open_database(settings.data_dir), open_database(settings.data_dir, synced=True)
    inbox = Inbox(database, synced)
    processor = InTurn(inbox)
    polling = AiohttpRequest(connections=1)
    application = build_application(settings, inbox, processor, polling)
    desk = Desk(
        settings=settings,
        database=database,
        library=answerer.library,
        bot=application.bot,
        inbox=inbox,
        talks=(talks := Talks(database)),
        outbox=Outbox(application.bot, database),
        pool=AnswerPool(answerer, settings.telegram_workers),
        limits=Limits(settings, talks),
        metrics=Metrics(),
        ingest=ingest,
        uploads=settings.data_dir / "uploads",
    )
    add_handlers(application, desk)
    stop = _Stop()
    stop.on_signals()
    try:
        if await _reach_telegram(application, stop):
            await _serve_until(application, desk, processor, stop, polling)
    finally:
        await application.shutdown()
        await application.bot.shutdown()  # which the line above leaves out where Telegram was never reached
        desk.pool.close()
        synced.close()
        database.close()
    if stop.reason:
        raise ServeError(stop.reason)


class _Stop:
    """Set by a signal, or with the reason why the bot cannot go on."""

    def __init__(self) -> None:
        self.event = asyncio.Event()
        self.reason = ""

    def on_signals(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            with suppress(NotImplementedError):  # Windows has no handlers on the loop; Ctrl-C still ends asyncio.run
                loop.add_signal_handler(number, self.event.set)

    def because(self, reason: str) -> None:
        self.reason = self.reason or reason
        self.event.set()

    async def within(self, seconds: float) -> bool:
        """Whether it was set before the time was over."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.event.wait(), seconds)
        return self.event.is_set()


async def _reach_telegram(application: App, stop: _Stop) -> bool:
    """Whether Telegram has accepted the token. Waits for the network as long as it takes."""
    pause = 1.0
    while not stop.event.is_set():
        try:
            await application.initialize()
        except InvalidToken:
            raise ServeError(
                "Telegram refuses this token: check TINHSO_TELEGRAM_TOKEN, or get a new one from @BotFather."
            ) from None
        except (NetworkError, RetryAfter) as error:
            _log.warning("telegram.unreachable", error=error.message, next_try_seconds=pause)
            await stop.within(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
        else:
            return True
    return False


async def _serve_until(application: App, desk: Desk, processor: InTurn, stop: _Stop, polling: AiohttpRequest) -> None:
    settings = desk.settings
    desk.inbox.belong_to(desk.bot.id)
    for body in desk.inbox.pending():
        if update := Update.de_json(json.loads(body), application.bot):
            application.update_queue.put_nowait(update)
    await application.start()
    await _take_updates(application, settings, stop)
    server = (
        serve_metrics(desk.metrics, settings.metrics_listen, lambda: _health(desk, polling))
        if settings.metrics_listen
        else None
    )
    tasks = [
        asyncio.create_task(work) for work in (set_menus(desk), watch_arrivals(desk), _tidy(desk), desk.pool.warm())
    ]
    _log.info("ready", bot=f"@{desk.bot.username}", mode=settings.telegram_mode, waiting=desk.inbox.waiting())
    await stop.event.wait()

    _log.info("stopping", reason=stop.reason or "told to")
    processor.close()
    if application.updater is not None:
        await application.updater.stop()
    if server is not None:
        server.stop()
    for task in tasks:
        task.cancel()
    try:
        await asyncio.wait_for(application.stop(), settings.telegram_stop_seconds)
    except TimeoutError:
        _log.warning("stopped.unfinished", waiting=desk.inbox.waiting())
    _log.info("stopped", waiting=desk.inbox.waiting())


async def _take_updates(application: App, settings: Settings, stop: _Stop) -> None:
    updater = application.updater
    assert updater is not None  # as built
    if settings.telegram_mode == "polling":

        def on_error(error: TelegramError) -> None:
            if isinstance(error, Conflict):
                stop.because(
                    "Another program is taking this bot's updates (409): run one instance only, and no webhook."
                )
            else:
                _log.warning("telegram.unreachable", error=error.message)

        await updater.start_polling(
            timeout=POLL_SECONDS, bootstrap_retries=-1, allowed_updates=UPDATES, error_callback=on_error
        )
        return
    host, _, port = settings.telegram_listen.rpartition(":")
    await updater.start_webhook(
        listen=host or "127.0.0.1",
        port=int(port),
        url_path=urlsplit(settings.telegram_webhook_url).path.strip("/"),
        webhook_url=settings.telegram_webhook_url,
        secret_token=webhook_secret(settings),
        bootstrap_retries=-1,
        allowed_updates=UPDATES,
    )


def webhook_secret(settings: Settings) -> str:
    """The operator's, else one that only who knows the token can know."""
    given = settings.telegram_webhook_secret.get_secret_value()
    token = settings.telegram_token.get_secret_value()
    return given or hashlib.sha256(f"tinhso webhook {token}".encode()).hexdigest()


def _health(desk: Desk, polling: AiohttpRequest) -> dict[str, object]:
    """Not ok while Telegram has not answered the poll for longer than one takes. By webhook nothing can be told."""
    silent = time.monotonic() - polling.heard if desk.settings.telegram_mode == "polling" else 0.0
    return {
        "ok": silent < MOST_SILENT,
        "silent_seconds": round(silent),
        "waiting": desk.inbox.waiting(),
        "articles": desk.library.stats().articles,
    }


async def _tidy(desk: Desk) -> None:
    while True:
        desk.inbox.prune()
        await asyncio.sleep(PRUNE_EVERY)
