"""Files and folders: order, what is passed over, and one clear line for what cannot be read."""

import os
from pathlib import Path

import pytest

from ingest.sources import Kind, RawDocument, Unreadable, find_files
from ingest.sources.contents import MAX_BYTES


def write(path: Path, data: bytes = b"Mot cau.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def error_of(path: Path | str) -> str:
    (found,) = find_files([path])
    assert isinstance(found, Unreadable)
    assert found.source == str(path)
    assert "\n" not in found.error
    return found.error


def test_a_folder_is_walked_whole_and_in_order(tmp_path: Path) -> None:
    for name in ("b.md", "a.txt", "sub/c.HTML", "sub/d.htm", ".hidden.txt", ".git/e.txt", "sub/f.png"):
        write(tmp_path / name)
    found = [raw for raw in find_files([tmp_path]) if isinstance(raw, RawDocument)]
    assert [Path(raw.source).relative_to(tmp_path).as_posix() for raw in found] == [
        "a.txt",
        "b.md",
        "sub/c.HTML",
        "sub/d.htm",
    ]
    assert [raw.kind for raw in found] == [Kind.TEXT, Kind.MARKDOWN, Kind.HTML, Kind.HTML]


def test_source_is_as_given_and_address_is_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "bai" / "a.txt")
    monkeypatch.chdir(tmp_path)
    (raw,) = find_files(["bai"])
    assert isinstance(raw, RawDocument)
    assert (raw.source, raw.address, raw.data) == (
        str(Path("bai") / "a.txt"),
        str(tmp_path / "bai" / "a.txt"),
        b"Mot cau.",
    )


def test_a_file_given_twice_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt")
    assert len(list(find_files([path, tmp_path, path]))) == 1


def test_each_trouble_has_its_own_line_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    paths = [tmp_path / "gone.txt", write(tmp_path / "empty.txt", b" \n"), write(tmp_path / "a.odt"), tmp_path / "none"]
    good = write(tmp_path / "good.txt")
    errors = [found.error for found in find_files([*paths, good]) if isinstance(found, Unreadable)]
    for path, error, reason in zip(paths, errors, ("no file", "empty", "only .txt, .md", "no articles"), strict=True):
        assert str(path) in error
        assert reason in error
    assert isinstance(list(find_files([*paths, good]))[-1], RawDocument)


def test_a_file_too_large_for_an_article(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    assert "too large" in error_of(path)


def test_a_file_that_may_not_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    path = write(tmp_path / "a.txt")
    monkeypatch.setattr(Path, "read_bytes", refuse)  # permissions do not hold for root
    assert error_of(path) == f"Cannot open {path} (Permission denied): check its permissions."


def test_a_pipe_is_no_article(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert "not a regular file" in error_of(tmp_path / "a.txt")
