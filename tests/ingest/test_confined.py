"""Work with limits: it is done elsewhere, what it gives comes back, and what takes too much is told and ends nothing else."""

import os
import time
from pathlib import Path
from typing import Any

import pytest

from ingest.confined import LimitExceeded, confined
from ingest.pipeline import ingest
from ingest.readers import read
from ingest.reading import read_document
from ingest.sources import Kind, RawDocument
from retrieval.errors import ReadError
from retrieval.library import Library
from tests.fakes import FakeEmbedder
from tests.ingest.bombs import far_cell, nested_flate, swollen_docx
from tests.ingest.office_files import docx


def refuse(what: str) -> None:
    raise ReadError(f"{what} is empty")


def stumble() -> None:
    raise KeyError("w:body")


def sleep() -> None:
    time.sleep(60)


def fill() -> None:
    bytearray(3_000_000_000)


def fill_and_hide() -> None:
    try:
        fill()
    except Exception as error:
        raise ReadError("it is damaged") from error


def crash() -> None:
    os.abort()


def test_work_is_done_in_another_process_that_stays() -> None:
    first = confined(os.getpid)
    assert first != os.getpid()
    assert confined(os.getpid) == first


def test_errors_come_back_as_they_are_told() -> None:
    with pytest.raises(ReadError, match="bang is empty"):
        confined(refuse, "bang")
    with pytest.raises(RuntimeError, match="KeyError: 'w:body'"):
        confined(stumble)


def test_what_takes_too_long_or_too_much_is_told_and_the_next_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TINHSO_READ_SECONDS", "1")
    monkeypatch.setenv("TINHSO_READ_MEMORY_MB", "300")
    began = time.monotonic()
    with pytest.raises(LimitExceeded, match=r"longer than 1 s.*TINHSO_READ_SECONDS"):
        confined(sleep)
    assert time.monotonic() - began < 20
    monkeypatch.setenv("TINHSO_READ_SECONDS", "60")
    for work in (fill, fill_and_hide, crash):
        with pytest.raises(LimitExceeded, match=r"300 MB.*TINHSO_READ_MEMORY_MB"):
            confined(work)
        assert confined(os.getpid) != os.getpid()


def test_a_document_reads_as_it_does_here() -> None:
    def build(document: Any) -> None:
        for text in ("Xã Mường Lát lên mạng", "Năm 2024, xã có 12 nhóm hỗ trợ người dân."):
            document.add_paragraph(text)

    raw = RawDocument("a.docx", "/a.docx", docx(build), Kind.DOCX)
    reading, entry = read_document(raw, None)
    assert reading == read(raw)
    assert entry is not None and entry.chunks


def test_small_files_that_explode_are_told_and_the_good_ones_are_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TINHSO_READ_MEMORY_MB", "300")
    monkeypatch.setenv("TINHSO_READ_SECONDS", "20")
    folder = tmp_path / "bai"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(nested_flate(700))
    (folder / "b.xlsx").write_bytes(far_cell())
    (folder / "c.docx").write_bytes(swollen_docx(150))
    (folder / "d.txt").write_text("Xã Ninh Giang\n\nXã có 64,2% hồ sơ trực tuyến nhờ chuyển đổi số.", encoding="utf-8")
    began = time.monotonic()
    with Library.open(tmp_path / "var", embedder=FakeEmbedder.name, dimension=64, create=True) as library:
        report = ingest([folder], library, FakeEmbedder)
    assert time.monotonic() - began < 60
    failed = {Path(failure.source).name: failure.error for failure in report.failed}
    assert "300 MB of memory" in failed["a.pdf"]
    assert "c.docx" in failed
    assert report.passed_over == {".xlsx of no figures": 1}
    assert report.added == [str(folder / "d.txt")]
