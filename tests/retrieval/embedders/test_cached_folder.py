import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from retrieval.embedders.cached_folder import damage, is_ready, make_folder

MAKE_AND_HANG = """
import sys, time
from pathlib import Path
from retrieval.embedders.cached_folder import make_folder

def write(new):
    (new / "a").write_text("first")
    print("half", flush=True)
    time.sleep(60)

make_folder(Path(sys.argv[1]), write)
"""


def write_two(new: Path) -> None:
    (new / "a").write_text("first")
    (new / "b").write_text("second")


def entries(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "model"


@pytest.fixture
def made(folder: Path) -> Path:
    make_folder(folder, write_two)
    return folder


def test_makes_a_folder_and_nothing_else(made: Path) -> None:
    assert is_ready(made)
    assert damage(made) is None
    assert entries(made) == ["a", "b", "manifest.json"]
    assert entries(made.parent) == ["model"]


def test_what_is_not_there_is_not_ready(folder: Path) -> None:
    assert not is_ready(folder)
    assert "manifest" in str(damage(folder))


def test_a_failure_leaves_nothing(folder: Path) -> None:
    def fail(new: Path) -> None:
        (new / "a").write_text("first")
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        make_folder(folder, fail)
    assert entries(folder.parent) == []


def test_a_killed_process_leaves_nothing_that_looks_ready(folder: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", MAKE_AND_HANG, str(folder)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"half\n"
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert not folder.exists()
    (left,) = folder.parent.iterdir()
    make_folder(folder, write_two)
    assert is_ready(folder)
    assert left.exists(), "another process may still be at work in it"
    os.utime(left, (0, 0))
    (folder / "a").unlink()
    make_folder(folder, write_two)
    assert entries(folder.parent) == ["model"]


def test_two_at_once_end_well(folder: Path) -> None:
    together = threading.Barrier(4)

    def write(new: Path) -> None:
        together.wait()
        write_two(new)

    threads = [threading.Thread(target=make_folder, args=(folder, write)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert is_ready(folder)
    assert entries(folder.parent) == ["model"]


@pytest.mark.parametrize("content", ["firsT", "first and more", ""])
def test_changed_content_is_damage(made: Path, content: str) -> None:
    time.sleep(0.01)  # the clock of the file system is coarse
    (made / "a").write_text(content)
    assert not is_ready(made)
    assert str(made / "a") in str(damage(made))


def test_a_lost_file_is_damage(made: Path) -> None:
    (made / "b").unlink()
    assert not is_ready(made)
    assert "missing" in str(damage(made))


@pytest.mark.parametrize("manifest", ["", "[]", "{}", '{"files": {"a": 1}}', '{"files": {"a": {}}}', '{"files": {}}'])
def test_a_damaged_manifest_is_damage(made: Path, manifest: str) -> None:
    (made / "manifest.json").write_text(manifest)
    assert not is_ready(made)
    assert damage(made) is not None


def test_damage_is_replaced(made: Path) -> None:
    (made / "b").unlink()
    make_folder(made, write_two)
    assert is_ready(made)
    assert entries(made.parent) == ["model"]


def test_a_copy_with_other_times_is_read_once(made: Path) -> None:
    os.utime(made / "a", (1, 1))
    before = (made / "manifest.json").read_text()
    assert is_ready(made)
    assert (made / "manifest.json").read_text() != before
    assert is_ready(made)


def test_damage_under_an_unchanged_time_is_found_by_hash(made: Path) -> None:
    state = (made / "a").stat()
    (made / "a").write_text("FIRST")
    os.utime(made / "a", ns=(state.st_atime_ns, state.st_mtime_ns))
    assert is_ready(made)
    assert damage(made) is not None
