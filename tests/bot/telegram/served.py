"""`tinhso serve` as a process of its own, against the peer."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, Any

from retrieval.settings import PROJECT
from tests.bot.telegram.peer import TOKEN, Peer

READY_SECONDS = 40
ADMIN = 99


class Served:
    """A running bot. ``lines`` are what it logged; leaving it stops the process and waits."""

    def __init__(self, peer: Peer, folder: Path, **settings: object) -> None:
        given = {
            "DATA_DIR": folder,
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_BASE_URL": f"{peer.url}/bot",
            "TELEGRAM_BASE_FILE_URL": f"{peer.url}/file/bot",
            "TELEGRAM_ADMINS": ADMIN,
            **settings,
        }
        # Compiled modules are kept: the bot is started many times.
        dropped = ("TINHSO_TELEGRAM", "PYTHONDONTWRITEBYTECODE")
        clean = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
        self.lines: list[str] = []
        self._new_line = threading.Condition()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot.cli", "serve"],
            cwd=PROJECT,
            env={**clean, **{f"TINHSO_{name.upper()}": str(value) for name, value in given.items()}},
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        assert self.process.stderr is not None
        self._reader = threading.Thread(target=self._read, args=(self.process.stderr,), daemon=True)
        self._reader.start()

    def __enter__(self) -> Served:
        self.wait_for("ready")
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.stop()

    def wait_for(self, event: str, timeout: float = READY_SECONDS) -> dict[str, Any]:
        """The first line of the log that tells of an event."""
        with self._new_line:
            ended = self._new_line.wait_for(lambda: bool(self.events(event)) or not self._reader.is_alive(), timeout)
        assert ended and self.events(event), f"no {event!r} in the log:\n" + "\n".join(self.lines[-30:])
        return self.events(event)[0]

    def events(self, name: str) -> list[dict[str, Any]]:
        lines = [json.loads(line) for line in list(self.lines) if line.startswith("{")]
        return [line for line in lines if line.get("event") == name]

    def stop(self, signal_: int = signal.SIGTERM, timeout: float = 20) -> int:
        """The exit status."""
        self.process.send_signal(signal_)
        return self.wait(timeout)

    def kill(self) -> None:
        self.process.kill()
        self.wait()

    def wait(self, timeout: float = READY_SECONDS) -> int:
        status = self.process.wait(timeout)
        self._reader.join(timeout)
        return status

    def _read(self, stream: IO[str]) -> None:
        for line in stream:
            with self._new_line:
                self.lines.append(line.rstrip("\n"))
                self._new_line.notify_all()
        with self._new_line:
            self._new_line.notify_all()
