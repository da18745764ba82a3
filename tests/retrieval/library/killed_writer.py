"""Run with -m: writers that die in the middle. One child for each moment, so that Chroma is imported once.

FOLDER MOMENT...   (each works on FOLDER/MOMENT)
FOLDER --rounds N  (each is killed by a signal, a little later each time, counted by what it has written)
"""

import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from retrieval.lexicon.provinces import find_provinces
from retrieval.library import Library, article_rows, stories, vector_index
from tests.retrieval.library.samples import DIMENSION, article, put

KILLED = 9
OLD = article("Tỉnh xếp hạng chín. Kinh tế số tăng.")
NEW = article("Tỉnh xếp hạng bảy. Xã hội số tăng. Chính quyền số giảm.")


def die(*_: object) -> None:
    os._exit(KILLED)


def dying_after(function: Callable[..., Any]) -> Callable[..., Any]:
    def wrapper(*arguments: Any) -> None:
        function(*arguments)
        os._exit(KILLED)

    return wrapper


# Where the writer of NEW over OLD dies: before or after that function.
MOMENTS: dict[str, tuple[Any, str, Callable[[Any], Any]]] = {
    "ids-are-reserved": (vector_index.VectorIndex, "add", lambda _: die),
    "vectors-are-added": (vector_index.VectorIndex, "add", dying_after),
    "old-is-deleted": (article_rows, "delete", dying_after),
    "new-is-inserted": (article_rows, "insert", dying_after),
    "new-is-live": (vector_index.VectorIndex, "delete", lambda _: die),
    "old-vectors-are-deleted": (vector_index.VectorIndex, "delete", dying_after),
}


def replace_and_die(folder: Path, moment: str) -> None:
    owner, name, change = MOMENTS[moment]
    with Library.open(folder, embedder="fake", dimension=DIMENSION, create=True) as library:
        put(library, OLD)
        setattr(owner, name, change(getattr(owner, name)))
        put(library, NEW)


def write_for_ever(folder: Path, written: int) -> None:
    """``written`` is a pipe that gets a byte for each article."""
    with Library.open(folder, embedder="fake", dimension=DIMENSION, create=True) as library:
        number = library.stats().articles
        while True:
            put(library, article(f"Bài {number} có hai câu. Đây là câu hai của bài {number}.", f"/{number}.txt"))
            os.write(written, b".")
            put(library, article(f"Bản {number}. Đây là câu hai. Đây là câu ba.", "/same.txt"))
            number += 1


def in_child(work: Callable[[], None], until: Callable[[], None] | None = None) -> None:
    """``until`` returns when the child is to be killed; without it the child ends itself."""
    child = os.fork()  # no client is open here: Chroma's threads are the child's own
    if child == 0:
        with contextlib.suppress(BaseException):
            work()
        os._exit(1)
    if until is not None:
        until()
        os.kill(child, signal.SIGKILL)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code == (KILLED if until is None else -signal.SIGKILL), f"the writer ended by itself: {code}"


def main() -> None:
    import chromadb  # noqa: F401  (once for all children, as what the first article loads)

    stories.bands(OLD)
    find_provinces(OLD.text)

    folder, *moments = sys.argv[1:]
    if moments[0] == "--rounds":
        for turn in range(int(moments[1])):
            reading, writing = os.pipe()

            def until(turn: int = turn, reading: int = reading) -> None:
                for _ in range(2 + turn):
                    os.read(reading, 1)
                time.sleep(0.007 * turn)  # somewhere in the next article

            in_child(lambda writing=writing: write_for_ever(Path(folder), writing), until)  # type: ignore[misc]
        return
    for moment in moments:
        in_child(lambda moment=moment: replace_and_die(Path(folder) / moment, moment))  # type: ignore[misc]


if __name__ == "__main__":
    main()
