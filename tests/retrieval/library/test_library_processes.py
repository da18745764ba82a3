"""Several processes at one library: what one writes, the others find with their next question."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from retrieval.errors import LibraryError
from retrieval.library import Library, files
from retrieval.settings import PROJECT
from tests.retrieval.library.samples import article, put, texts, vectors_of

Ask = Callable[[str], str]


@pytest.fixture
def other(folder: Path, library: Library) -> Iterator[Ask]:
    """The other process: takes a command, gives its answer."""
    command = [sys.executable, "-m", "tests.retrieval.library.other_process", str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=PROJECT) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"

        def ask(line: str) -> str:
            process.stdin.write(f"{line}\n")  # type: ignore[union-attr]
            process.stdin.flush()  # type: ignore[union-attr]
            return process.stdout.readline().rstrip("\n")  # type: ignore[union-attr]

        yield ask
        process.stdin.close()


def near(library: Library, text: str) -> str:
    hits = library.dense(vectors_of(article(text))[0], 3)
    return "|".join(texts(library, [id_ for id_, _ in hits]))


def test_what_one_process_writes_the_other_finds_and_the_reverse(library: Library, other: Ask) -> None:
    put(library, article("Câu một.", "/Câu một."))
    assert other("near Câu một.") == "Câu một."
    put(library, article("Câu hai.", "/Câu hai."))  # after the other has loaded its index
    assert other("near Câu hai.").startswith("Câu hai.")
    assert other("words hai") == "Câu hai."
    assert library.remove("/Câu một.")
    assert other("near Câu một.") == "Câu hai."

    other("put Câu ba.")
    assert near(library, "Câu ba.").startswith("Câu ba.")
    put(library, article("Câu tư.", "/Câu tư."))  # two writers in turn
    other("put Câu năm.")
    for text in ("Câu hai.", "Câu ba.", "Câu tư.", "Câu năm."):
        assert near(library, text).startswith(text)
        assert other(f"near {text}").startswith(text)
    assert other("remove Câu ba.") == "True"
    assert "Câu ba." not in near(library, "Câu ba.")


def test_many_vectors_of_two_writers_outlive_the_log(library: Library, other: Ask) -> None:
    """Chroma writes its graph every hundred vectors; a stale writer would overwrite the other's."""
    many = "".join(f"Câu số {n} của bài dài. " for n in range(150))
    put(library, article(many + "Hết bài một.", "/1"))
    other(f"put {many}Hết bài hai.")
    put(library, article(many + "Hết bài ba.", "/3"))
    for text in ("Hết bài một.", "Hết bài hai.", "Hết bài ba."):
        assert near(library, text).startswith(text)
        assert other(f"near {text}").startswith(text)


def test_a_writer_waits_its_turn_and_says_so_when_it_does_not_come(
    folder: Path, library: Library, other: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(library, article("Câu một.", "/1"))
    with files.locked(folder / files.LOCK, exclusive=True):  # as a writer holds it
        monkeypatch.setattr(files, "WAIT_SECONDS", 0.05)
        with pytest.raises(LibraryError, match="Another tinhso process"):
            put(library, article("Câu hai.", "/2"))
        assert other("words một") == "Câu một."  # readers go on
    monkeypatch.undo()
    put(library, article("Câu hai.", "/2"))
