"""Structured logs on stderr: JSON, or words and colours for a person at a terminal. The token is never in them."""

from __future__ import annotations

import logging
import sys

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

QUIET = ("httpx", "httpcore", "telegram", "tornado", "apscheduler", "chromadb", "matplotlib", "asyncio")
"""Libraries that are heard from a warning on. The addresses that httpx tells of hold the token."""


def configure_logs(secrets: tuple[str, ...]) -> None:
    """Every logger of the process writes here; ``secrets`` are blotted out of every line, tracebacks too."""
    person = sys.stderr.isatty()
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    written: Processor = (
        structlog.dev.ConsoleRenderer() if person else structlog.processors.JSONRenderer(ensure_ascii=False)
    )

    def blot(_: WrappedLogger, __: str, line: EventDict | str) -> str:
        text = str(line)
        for secret in secrets:
            if secret:
                text = text.replace(secret, "***")
        return text

    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, written, blot],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
