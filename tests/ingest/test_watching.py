"""Files that arrive in a folder: each told once it is whole, and the end of the watch."""

import os
import shutil
import threading
import time
from pathlib import Path
from queue import Queue

import pytest

from ingest.watching import Folders, watch
from retrieval.errors import ReadError


def write(path: Path, text: str, at: int = 1) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    os.utime(path, (at, at))
    return path


def test_a_file_is_told_once_it_has_stopped_growing(tmp_path: Path) -> None:
    seen = Folders([tmp_path], settle=2)
    a = write(tmp_path / "a.txt", "m")
    assert seen.settled(10) == []
    write(a, "một")
    assert seen.settled(12.5) == []
    write(a, "hai", at=2)  # as long, but later
    assert seen.settled(15) == []
    assert seen.settled(16.9) == []
    assert seen.settled(17) == [a]
    assert seen.settled(30) == []


def test_a_file_that_is_gone_is_told_once_it_stays_gone(tmp_path: Path) -> None:
    seen = Folders([tmp_path], settle=2)
    a, b = write(tmp_path / "a.txt", "một"), write(tmp_path / "b" / "b.txt", "hai")
    c = write(tmp_path / "b" / "c.txt", "ba")
    assert seen.settled(0) == [] and seen.settled(2) == [a, b, c]
    a.unlink()
    assert seen.settled(10) == seen.lost(10) == []
    write(a, "một", at=5)  # written anew
    assert seen.settled(11) == seen.lost(11) == []
    assert seen.settled(13) == [a] and seen.lost(13) == []
    b.unlink()
    c.unlink()
    b.parent.rmdir()
    assert seen.settled(20) == seen.lost(20) == []
    assert seen.settled(22) == [] and seen.lost(22) == [b.parent]
    assert seen.lost(30) == []


def test_a_file_moved_in_is_waited_for_however_old_it_is(tmp_path: Path) -> None:
    seen = Folders([tmp_path], settle=2)
    part = write(tmp_path / "a.txt.part", "nửa")
    assert seen.settled(10) == seen.settled(20) == []
    a = part.rename(tmp_path / "a.txt")
    assert seen.settled(21) == []
    write(a, "nửa và nửa kia")  # who moved it goes on writing
    assert seen.settled(23) == []
    assert seen.settled(25) == [a]


def test_a_file_that_changes_is_told_again_and_one_that_goes_is_forgotten(tmp_path: Path) -> None:
    seen = Folders([tmp_path], settle=2)
    a, b = write(tmp_path / "a.txt", "một"), write(tmp_path / "b" / "b.html", "hai")
    assert seen.settled(0) == []
    assert seen.settled(2) == [a, b]
    write(a, "một một")
    b.unlink()
    assert seen.settled(3) == []
    assert seen.settled(5) == [a]


def test_only_what_could_be_an_article_is_looked_at(tmp_path: Path) -> None:
    seen = Folders([tmp_path], settle=1)
    for name in (".an.txt", ".git/a.txt", "anh.jpg", "a.txt.part"):
        write(tmp_path / name, "x")
    assert seen.settled(0) == seen.settled(5) == []


def test_a_watch_tells_what_is_there_and_what_arrives(tmp_path: Path) -> None:
    told: Queue[Path] = Queue()
    stop = threading.Event()

    def run() -> None:
        for arrived in watch([tmp_path], stop, settle=0.2):
            for file in arrived.files:
                told.put(file)

    (tmp_path / "so.csv").write_text("a,b\n1,2\n")  # no table of figures
    a = write(tmp_path / "a.txt", "một")
    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert told.get(timeout=10) == a
    b = write(tmp_path / "moi" / "b.html", "hai")
    assert told.get(timeout=10) == b
    stop.set()
    thread.join(10)
    assert not thread.is_alive()
    assert told.empty()


def test_a_watch_outlives_odd_names_and_the_loss_of_its_folder(tmp_path: Path) -> None:
    told: Queue[Path] = Queue()
    stop = threading.Event()
    folder = tmp_path / "bai"
    folder.mkdir()

    def run() -> None:
        for arrived in watch([folder], stop, settle=0.2):
            for file in arrived.files:
                told.put(file)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        a = write(folder / "a.txt", "một")
        assert told.get(timeout=10) == a
        Path(os.fsdecode(os.fsencode(folder) + b"/b\xe0i.txt")).write_text("hai")
        (folder / "vong.txt").symlink_to("vong.txt")
        assert b"b\xe0i" in os.fsencode(told.get(timeout=10))
        shutil.rmtree(folder)
        time.sleep(0.5)
        c = write(folder / "c.txt", "ba")
        assert told.get(timeout=10) == c
    finally:
        stop.set()
        thread.join(10)
    assert not thread.is_alive()


def test_no_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="There is no folder"):
        list(watch([tmp_path / "không"], threading.Event()))
