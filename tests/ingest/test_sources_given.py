"""Sources as people give them: lists, patterns, addresses."""

from pathlib import Path

import pytest

from ingest.sources import RawDocument, Unreadable, find, is_url, read_list
from ingest.sources.web import Web


def no_web() -> Web:
    raise AssertionError("nothing of the web is asked for")


def names(*sources: str | Path) -> list[str]:
    return [Path(found.source).name for found in find(sources, no_web) if isinstance(found, RawDocument)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.txt", "b.html", "sau/c.txt", "sau/nua/d.md", "anh.jpg", ".an.txt", "sau/README.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("Một câu.")
    return tmp_path


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("*.txt", ["a.txt"]),
        ("*", ["a.txt", "b.html"]),
        ("**", ["a.txt", "b.html", "c.txt", "d.md"]),
        ("**/*.txt", ["a.txt", "c.txt"]),
        ("[ab].*", ["a.txt", "b.html"]),
        ("s?u/*", ["c.txt"]),
    ],
)
def test_patterns(folder: Path, pattern: str, found: list[str]) -> None:
    assert names(str(folder / pattern)) == found


def test_a_relative_pattern_keeps_the_names_as_given(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert [found.source for found in find(["sau/*.txt"], no_web)] == ["sau/c.txt"]


def test_a_pattern_that_is_a_file_names_it(folder: Path) -> None:
    (folder / "a[1].txt").write_text("Một câu.")
    assert names(folder / "a[1].txt") == ["a[1].txt"]


@pytest.mark.parametrize("pattern", ["*.doc", "*.jpg"])
def test_a_pattern_without_articles_is_told(folder: Path, pattern: str) -> None:
    (found,) = find([str(folder / pattern)], no_web)
    assert isinstance(found, Unreadable)
    assert "No article matches" in found.error


def test_a_file_is_read_once_however_it_is_given(folder: Path) -> None:
    assert names(folder / "a.txt", str(folder / "*.txt"), folder) == ["a.txt", "b.html", "c.txt", "d.md"]


def test_a_list_has_a_source_a_line() -> None:
    lines = ["\ufeffhttps://bao.example/rss\n", "# bỏ\n", "\n", "  thư mục/a b.txt  \n", "a#b.txt\r\n"]
    assert read_list(lines) == ["https://bao.example/rss", "thư mục/a b.txt", "a#b.txt"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("https://a.vn/b", True),
        ("HTTP://a.vn", True),
        ("ftp://a.vn", True),
        ("a/b", False),
        ("C:\\a", False),
        ("", False),
        ("a.vn/b", False),
    ],
)
def test_addresses_are_told_from_paths(source: str, expected: bool) -> None:
    assert is_url(source) is expected
