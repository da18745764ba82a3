"""`tinhso backup`, `restore`, `reindex` and `doctor --repair` over a library of two articles."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.bot.conftest import Run
from tests.bot.test_cli_ingest import HILL, RIVER, folder

__all__ = ["folder"]

QUESTION = "Xã Sông Lam có bao nhiêu hộ bán chè qua sàn thương mại điện tử?"


def test_a_backup_is_put_back_only_when_that_is_meant(fresh: Run, folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "sao lưu.zip"
    done = fresh("backup", file)
    assert (done.status, done.out) == (1, "")
    assert "There is no library" in done.err
    fresh("ingest", folder / "song.txt")
    assert fresh("backup", file).out.startswith(f"1 articles are in {file} (")
    fresh("ingest", folder)
    done = fresh("restore", file)
    assert (done.status, done.out) == (1, "")
    assert "--replace" in done.err
    done = fresh("restore", file, "--replace")
    assert done.status == 0, done.err
    assert done.out.startswith("1 articles of 20")
    assert len(fresh("articles", "list").out.splitlines()) == 1
    assert "52" in fresh("ask", QUESTION).out


def test_reindex_needs_no_sources(fresh: Run, folder: Path, tmp_path: Path) -> None:
    assert fresh("reindex").status == 1
    fresh("ingest", folder)
    shutil.rmtree(folder)
    done = fresh("reindex")
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("2 articles, 2 chunks, ")
    assert "52" in fresh("ask", QUESTION).out
    assert fresh("reindex", "--quiet").out == ""


def lose_vectors(var: Path) -> None:
    with closing(sqlite3.connect(var / "library.sqlite3")) as connection:
        connection.execute("DELETE FROM chunk_vectors")
        connection.commit()


def lose_the_index(var: Path) -> None:
    shutil.rmtree(var / "vectors")
    (var / "vectors").write_bytes(b"x")


@pytest.mark.parametrize(("harm", "again"), [(lose_vectors, 2), (lose_the_index, 0)])
def test_doctor_repairs(fresh: Run, folder: Path, tmp_path: Path, harm: object, again: int) -> None:
    fresh("ingest", folder)
    harm(tmp_path / "var")  # type: ignore[operator]
    if again:
        done = fresh("doctor")
        assert (done.status, "doctor --repair" in done.out) == (1, True)
    done = fresh("doctor", "--repair")
    assert done.status == 0, done.out
    assert f"made anew from 2 vectors, {again} of them embedded again" in done.out
    assert "52" in fresh("ask", QUESTION).out


def test_doctor_names_a_damaged_database(fresh: Run, folder: Path, tmp_path: Path) -> None:
    for number in range(20):
        (folder / f"{number}.txt").write_text(HILL.replace("37", str(100 + number)) + RIVER, encoding="utf-8")
    fresh("ingest", folder)
    database = tmp_path / "var" / "library.sqlite3"
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(database.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 9_000] = b"\xff" * 9_000
    database.write_bytes(data)
    done = fresh("doctor")
    assert done.status == 1
    assert "damaged" in done.out and "tinhso restore FILE --replace" in done.out


def test_doctor_repairs_nothing_where_nothing_is(fresh: Run) -> None:
    done = fresh("doctor", "--repair")
    assert done.status == 1
    assert "There is no library" in done.out
