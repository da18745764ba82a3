"""Files that are missing, broken or not ours: mended where SQLite holds what is lost, else said in one line."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from retrieval.errors import LibraryError
from retrieval.library import Library, files, schema
from retrieval.settings import PROJECT
from tests.retrieval.library.samples import DIMENSION, article, put, vectors_of

MANY = article("".join(f"Câu số {n} của bài dài. " for n in range(250)))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole") / "library"
    with Library.open(folder, embedder="fake", dimension=DIMENSION, create=True) as library:
        put(library, MANY)
    return folder


@pytest.fixture
def damaged(whole: Path, folder: Path) -> Path:
    return Path(shutil.copytree(whole, folder))


def answers(folder: Path) -> bool:
    with Library.open(folder, embedder="fake", dimension=DIMENSION) as library:
        return len(library.dense(vectors_of(MANY)[7], 20)) == 20


def graph(folder: Path, name: str) -> Path:
    return next((folder / files.VECTORS).glob(f"*/{name}"))


def put_a_file_in_its_place(folder: Path) -> None:
    shutil.rmtree(folder / "vectors")
    (folder / "vectors").touch()


INDEX_DAMAGE: dict[str, Callable[[Path], object]] = {
    "folder missing": lambda folder: shutil.rmtree(folder / "vectors"),
    "a file in its place": put_a_file_in_its_place,
    "database broken": lambda folder: (folder / "vectors" / "chroma.sqlite3").write_bytes(b"x" * 5000),
    "database empty": lambda folder: (folder / "vectors" / "chroma.sqlite3").write_bytes(b""),
    "graph lost": lambda folder: graph(folder, "index_metadata.pickle").unlink(),
    "graph broken": lambda folder: graph(folder, "header.bin").write_bytes(b"x" * 100),
    "reader died": lambda folder: (folder / "vectors" / "reading-1").touch(),
}


@pytest.mark.parametrize("damage", INDEX_DAMAGE)
def test_a_damaged_vector_index_is_rebuilt_without_an_embedder(damaged: Path, damage: str) -> None:
    INDEX_DAMAGE[damage](damaged)
    assert answers(damaged)
    assert answers(damaged)


@pytest.mark.parametrize("name", ["data_level0.bin", "header.bin", "length.bin", "link_lists.bin"])
@pytest.mark.parametrize("harm", ["cut", "flipped"])
def test_a_damaged_graph_is_noticed_before_it_crashes_anybody(damaged: Path, name: str, harm: str) -> None:
    file = graph(damaged, name)
    data = bytearray(file.read_bytes())
    if not data:
        pytest.skip("an empty file")
    if harm == "cut":
        del data[len(data) // 2 :]
    else:
        data[len(data) // 3 : len(data) // 2] = b"\xff" * (len(data) // 2 - len(data) // 3)
    file.write_bytes(data)
    ask = f"from tests.retrieval.library.test_library_damage import *; assert answers(Path({str(damaged)!r}))"
    done = subprocess.run([sys.executable, "-c", ask], cwd=PROJECT, capture_output=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr


def test_an_unsealed_graph_that_crashes_its_reader_crashes_only_one(damaged: Path) -> None:
    next((damaged / files.VECTORS).glob("seals.json")).unlink()
    level = graph(damaged, "data_level0.bin")
    level.write_bytes(level.read_bytes()[: level.stat().st_size // 2])
    ask = f"from tests.retrieval.library.test_library_damage import *; answers(Path({str(damaged)!r}))"
    subprocess.run([sys.executable, "-c", ask], cwd=PROJECT, capture_output=True, check=False, timeout=60)
    assert answers(damaged)


@pytest.mark.parametrize("content", [b"x" * 5000, b"SQLite format 3\0" + b"x" * 5000])
def test_a_broken_database_names_the_way_out(damaged: Path, content: bytes) -> None:
    (damaged / files.DATABASE).write_bytes(content)
    with pytest.raises(LibraryError, match=r"damaged.*tinhso ingest"):
        answers(damaged)


def test_a_truncated_database_names_the_way_out(damaged: Path) -> None:
    database = damaged / files.DATABASE
    database.write_bytes(database.read_bytes()[:20_000])
    with pytest.raises(LibraryError, match=r"damaged.*tinhso ingest"):
        answers(damaged)


def test_a_database_of_somebody_elses_is_left_alone(folder: Path) -> None:
    folder.mkdir()
    with sqlite3.connect(folder / files.DATABASE) as connection:
        connection.execute("CREATE TABLE pigeons (name)")
    connection.close()
    with pytest.raises(LibraryError, match="no such table: manifest"):
        Library.open(folder, embedder="fake", dimension=DIMENSION, create=True)


def test_no_library_names_the_command_that_makes_one(folder: Path) -> None:
    for kind in ("nothing", "a folder", "an empty file"):
        if kind == "a folder":
            folder.mkdir()
        if kind == "an empty file":
            (folder / files.DATABASE).touch()
        with pytest.raises(LibraryError, match=r"no library in .* tinhso ingest data/articles"):
            Library.open(folder, embedder="fake", dimension=DIMENSION)


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LibraryError, match="TINHSO_DATA_DIR"):
        Library.open(tmp_path / "file", embedder="fake", dimension=DIMENSION, create=True)


def test_another_format_names_the_way_out(damaged: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)
    with pytest.raises(LibraryError, match=r"format \d+, .* reads \d+\. .*tinhso ingest"):
        answers(damaged)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written(damaged: Path) -> None:
    damaged.chmod(0o500)
    try:
        with pytest.raises(LibraryError, match="right to write"):
            answers(damaged)
    finally:
        damaged.chmod(0o700)
