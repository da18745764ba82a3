"""One long piece of work at a time, and disks without room."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from retrieval.library import Library
from retrieval.settings import PROJECT
from tests.retrieval.library.samples import DIMENSION, article, put

resource = pytest.importorskip("resource", reason="limits are set the POSIX way")


def test_the_second_waits_and_says_so(library: Library, folder: Path) -> None:
    waiting, order = threading.Event(), list[str]()

    def second() -> None:
        with Library.open(folder) as other, other.turn(waiting.set):
            order.append("second")

    thread = threading.Thread(target=second)
    with library.turn():
        thread.start()
        assert waiting.wait(10)
        order.append("first")
    thread.join(10)
    assert order == ["first", "second"]


def test_a_killed_holder_lets_go(library: Library, folder: Path) -> None:
    code = (
        "import os; from pathlib import Path; from retrieval.library.files import turn\n"
        f"with turn(Path({str(folder)!r}), print): os._exit(9)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=PROJECT, check=False).returncode == 9
    with library.turn(lambda: pytest.fail("nobody holds it")):
        pass


FULL = """
import resource, sys
from pathlib import Path
from retrieval.errors import LibraryError
from retrieval.library import Library
from tests.retrieval.library.samples import DIMENSION, article, put
with Library.open(Path(sys.argv[1]), embedder="fake", dimension=DIMENSION, create=True) as library:
    put(library, article("Câu đầu.", "/first.txt"))
    largest = max(path.stat().st_size for path in Path(sys.argv[1]).rglob("*") if path.is_file())
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest + int(sys.argv[2]), resource.RLIM_INFINITY))
    try:
        for number in range(400):
            put(library, article(f"Bài {number} có một câu. " * 40, f"/{number}.txt"))
    except LibraryError as error:
        print(error)
"""


@pytest.mark.parametrize("room", [0, 60_000])
def test_a_disk_without_room_is_told_and_loses_nothing(folder: Path, room: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(folder), str(room)], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "full" in done.stdout
    assert "rm -r" not in done.stdout
    with Library.open(folder, embedder="fake", dimension=DIMENSION, create=True) as library:
        whole = library.articles()
        assert whole[0].article.address == "/first.txt"
        assert all(stored.chunks for stored in whole)
        put(library, article("Câu cuối.", "/last.txt"))
        assert library.stats().articles == len(whole) + 1
