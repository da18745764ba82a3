"""The command line run in this process as a user runs it, over a small library that is made once."""

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.cli import main
from retrieval.settings import PROJECT

DIGESTS = tuple(
    PROJECT / "data" / "articles" / f"{name}.md"
    for name in (
        "hai-phong-dti-2024",
        "khanh-hoa-ho-so-truc-tuyen-2025",
        "phu-tho-ha-tang-so-2025",
        "seed-001-quang-ninh-nghi-quyet-09-2023",
        "seed-004-bac-kan-trong-tam-trong-diem-2023",
        "thai-nguyen-dti-2024",
    )
)


@dataclass(frozen=True)
class Done:
    """What a command left: its exit status and both its outputs."""

    status: int
    out: str
    err: str


Run = Callable[..., Done]


def run_main(*arguments: object, stdin: str | bytes = "") -> Done:
    """`tinhso ARGUMENTS`, through `main`, with pipes for all three streams."""
    data = stdin.encode() if isinstance(stdin, str) else stdin
    streams = [io.TextIOWrapper(io.BytesIO(content), encoding="utf-8") for content in (data, b"", b"")]
    status = 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["tinhso", *map(str, arguments)])
        for name, stream in zip(("stdin", "stdout", "stderr"), streams, strict=True):
            patch.setattr(sys, name, stream)
        try:
            main()
        except SystemExit as stop:
            status = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    out, err = (_written(stream) for stream in streams[1:])
    return Done(status, out, err)


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    content = stream.buffer.getvalue()  # type: ignore[attr-defined]
    return str(content, "utf-8")


@pytest.fixture(scope="session")
def small_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """TINHSO_DATA_DIR of a library of six starter digests, embedded by the bundled model. For reading only."""
    folder = tmp_path_factory.mktemp("small")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TINHSO_DATA_DIR", str(folder))
        done = run_main("ingest", *DIGESTS)
    assert done.status == 0, done.err
    return folder


@pytest.fixture
def tinhso(small_library: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command over the small library."""
    monkeypatch.setenv("TINHSO_DATA_DIR", str(small_library))
    return run_main


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command where there is no library yet."""
    monkeypatch.setenv("TINHSO_DATA_DIR", str(tmp_path / "var"))
    return run_main
