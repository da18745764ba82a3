"""What `/metrics` shows, and the small server that shows it on a local port."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler

SECONDS = (0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10, 30)


class Metrics:
    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.updates = Counter("tinhso_updates", "Updates handed over by Telegram", ["kind"], registry=self.registry)
        self.questions = Counter("tinhso_questions", "Questions by outcome", ["outcome"], registry=self.registry)
        self.answering = Histogram(
            "tinhso_answer_seconds", "Time in the answer chain", registry=self.registry, buckets=SECONDS
        )
        self.delivery = Histogram(
            "tinhso_delivery_seconds", "From update to answer in the chat", registry=self.registry, buckets=SECONDS
        )
        self.errors = Counter("tinhso_errors", "Errors in handlers", registry=self.registry)
        self.pending = Gauge("tinhso_inbox_pending", "Updates that are not done", registry=self.registry)
        self.notices = Counter("tinhso_notices", "Messages to followers", registry=self.registry)


def serve_metrics(metrics: Metrics, listen: str, health: Callable[[], dict[str, Any]]) -> HTTPServer:
    """Serves /metrics and /healthz on host:port, on the running event loop. ``health`` has "ok": 200 or 503."""

    class Show(RequestHandler):
        def get(self) -> None:
            self.set_header("Content-Type", CONTENT_TYPE_LATEST)
            self.write(generate_latest(metrics.registry))

    class Health(RequestHandler):
        def get(self) -> None:
            state = health()
            self.set_status(200 if state["ok"] else 503)
            self.write(state)

    host, _, port = listen.rpartition(":")
    server = HTTPServer(Application([("/metrics", Show), ("/healthz", Health)], log_function=lambda _: None))
    server.listen(int(port), host or "127.0.0.1")
    return server
