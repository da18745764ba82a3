"""Documents read here and in other processes: the same, in the same order, and nothing lost when a process dies."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest import reading
from ingest.reading import Outcome, read_ahead
from ingest.sources import Kind, RawDocument, Unreadable
from retrieval.errors import ReadError
from retrieval.library import article_hash
from retrieval.settings import PROJECT


def documents(count: int) -> list[RawDocument | Unreadable]:
    texts = [f"Xã số {n} bán chè\n\nXã có {n + 10} hộ bán chè qua mạng năm 2024." for n in range(count)]
    raws: list[RawDocument | Unreadable] = [
        RawDocument(f"{n}.txt", f"/{n}.txt", text.encode(), Kind.TEXT) for n, text in enumerate(texts)
    ]
    raws[2] = RawDocument("2.txt", "/2.txt", bytes(range(256)) * 40, Kind.TEXT)
    raws[3] = Unreadable("3.txt", "3.txt is gone.")
    return raws


def outcomes(raws: list[RawDocument | Unreadable], workers: int) -> Iterator[Outcome | str]:
    for raw, read in read_ahead(raws, lambda address: None, workers):
        if isinstance(raw, Unreadable):
            continue
        try:
            yield read()
        except ReadError as error:
            assert raw.source in str(error)
            yield str(error)


def test_processes_read_what_one_process_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    here = list(outcomes(documents(12), 1))
    monkeypatch.setattr(reading, "ALONE", 1)
    assert list(outcomes(documents(12), 2)) == here
    assert sum(isinstance(outcome, str) for outcome in here) == 1


def test_what_is_there_unchanged_is_not_cut_again() -> None:
    (first, *_) = documents(4)
    ((_, read),) = read_ahead([first], lambda address: None)
    reading_, entry = read()
    assert entry is not None
    ((_, read),) = read_ahead([first], lambda address: article_hash(reading_.article))
    assert read() == (reading_, None)


ORPHANING = """
import os
from ingest import reading
from tests.ingest.test_reading import documents
if __name__ == "__main__":
    reading.ALONE = 0
    reading.AHEAD = 1
    for raw, read in reading.read_ahead(documents(12)[4:], lambda address: None, 2):
        read()
        import multiprocessing
        print(*(child.pid for child in multiprocessing.active_children()), flush=True)
        os._exit(9)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are looked for the POSIX way")
def test_workers_of_a_killed_run_end_too(tmp_path: Path) -> None:
    script = tmp_path / "orphaning.py"
    script.write_text(ORPHANING, encoding="utf-8")
    # the workers hold standard output open until they end: communicate() returns only then
    environment = os.environ | {"PYTHONPATH": str(PROJECT)}
    done = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, timeout=30, env=environment, check=False
    )
    assert done.returncode == 9, done.stderr
    assert len(done.stdout.split()) == 2
