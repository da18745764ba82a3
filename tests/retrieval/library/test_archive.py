"""Backups taken and put back while others read."""

import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from retrieval.errors import LibraryError
from retrieval.library import Library, archive, files, schema
from retrieval.settings import PROJECT
from tests.retrieval.library.samples import DIMENSION, article, chunks_of, figure, put, vectors_of
from tests.retrieval.library.test_library_processes import Ask, near, other

__all__ = ["other"]


@pytest.fixture
def backup(library: Library, folder: Path, tmp_path: Path) -> Path:
    """Of a library with one article."""
    given = article("Câu cũ.", "/cũ.txt")
    library.put(given, chunks_of(given), vectors_of(given), [figure()])
    file = tmp_path / "bản sao.zip"
    contents = archive.back_up(folder, file)
    assert (contents.articles, contents.embedder, contents.bot) == (1, "fake", False)
    assert not list(tmp_path.glob("*.part"))
    return file


def test_open_readers_here_and_in_another_process_go_on_with_what_was_restored(
    library: Library, folder: Path, other: Ask, backup: Path
) -> None:
    put(library, article("Câu mới.", "/mới.txt"))
    assert library.remove("/cũ.txt")
    assert other("near Câu mới.") == near(library, "Câu mới.") == "Câu mới."
    assert archive.restore(backup, folder).articles == 1
    for ask in (other, lambda line: near(library, line.removeprefix("near "))):
        assert ask("near Câu mới.") == "Câu cũ."
    assert other("words cũ") == "Câu cũ."
    assert [stored.article.address for stored in library.articles()] == ["/cũ.txt"]
    assert library.figures() != []
    put(library, article("Câu ba.", "/ba.txt"))
    assert other("near Câu ba.").startswith("Câu ba.")
    assert not (folder / "restoring").exists()


DYING = """
import os, sys
from pathlib import Path
from retrieval.library import archive
rename = Path.rename
def renamed(self, target):
    rename(self, target)
    if target.name == "vectors":
        os._exit(9)
Path.rename = renamed
archive.restore(Path(sys.argv[1]), Path(sys.argv[2]))
"""


def test_killed_while_it_is_put_back_the_library_is_the_old_one(library: Library, folder: Path, backup: Path) -> None:
    put(library, article("Câu mới.", "/mới.txt"))
    done = subprocess.run([sys.executable, "-c", DYING, str(backup), str(folder)], cwd=PROJECT, check=False)
    assert done.returncode == 9
    with Library.open(folder, embedder="fake", dimension=DIMENSION) as reader:  # the index there is the backup's
        assert near(reader, "Câu mới.").startswith("Câu mới.")
    put(library, article("Câu ba.", "/ba.txt"))
    assert near(library, "Câu ba.").startswith("Câu ba.")
    archive.restore(backup, folder)
    assert near(library, "Câu ba.") == "Câu cũ."


def test_a_backup_makes_a_library_where_there_is_none(backup: Path, tmp_path: Path) -> None:
    archive.restore(backup, tmp_path / "elsewhere" / "var")
    with Library.open(tmp_path / "elsewhere" / "var", embedder="fake", dimension=DIMENSION) as library:
        assert near(library, "Câu cũ.") == "Câu cũ."


@pytest.mark.parametrize("content", [b"", b"x" * 3000, b"SQLite format 3\0" + b"x" * 5000])
def test_a_damaged_database_is_replaced_and_kept_aside(backup: Path, tmp_path: Path, content: bytes) -> None:
    folder = tmp_path / "damaged"
    folder.mkdir()
    (folder / files.DATABASE).write_bytes(content)
    archive.restore(backup, folder)
    with Library.open(folder, embedder="fake", dimension=DIMENSION) as library:
        assert near(library, "Câu cũ.") == "Câu cũ."
    assert next(folder.glob(f"damaged-*/{files.DATABASE}")).read_bytes() == content


def spoil(file: Path) -> None:
    data = bytearray(file.read_bytes())
    at = data.index(files.DATABASE.encode()) + 2_000
    data[at] ^= 0xFF
    file.write_bytes(data)


def swap_the_database(file: Path) -> None:
    with zipfile.ZipFile(file) as packed:
        about = packed.read(archive.ABOUT)
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr(archive.ABOUT, about)
        packed.writestr(files.DATABASE, b"another")


def of_the_future(file: Path) -> None:
    of_format(file, "99")


def of_the_past(file: Path) -> None:
    of_format(file, "1")


def of_format(file: Path, version: str) -> None:
    with zipfile.ZipFile(file) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    parts[archive.ABOUT] = parts[archive.ABOUT].replace(f'"{schema.VERSION}"'.encode(), f'"{version}"'.encode())
    with zipfile.ZipFile(file, "w") as packed:
        for name, data in parts.items():
            packed.writestr(name, data)


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (of_the_past, "format 1.*restore it with the tinhso that made it"),
        (spoil, "damaged"),
        (swap_the_database, "not what was backed up"),
        (of_the_future, "format 99.*update tinhso"),
        (lambda file: file.write_bytes(b"PK"), "no backup of tinhso"),
        (lambda file: file.unlink(), "There is no file"),
    ],
)
def test_a_bad_backup_changes_nothing(library: Library, folder: Path, backup: Path, harm: object, said: str) -> None:
    put(library, article("Câu mới.", "/mới.txt"))
    harm(backup)  # type: ignore[operator]
    with pytest.raises(LibraryError, match=said):
        archive.restore(backup, folder)
    assert near(library, "Câu mới.").startswith("Câu mới.")
    assert not (folder / "restoring").exists()


def test_the_bots_own_database_travels_along(library: Library, folder: Path, tmp_path: Path) -> None:
    put(library, article("Câu.", "/a.txt"))
    with closing(sqlite3.connect(folder / "bot.sqlite")) as bot:
        bot.execute("PRAGMA journal_mode = WAL")
        bot.execute("CREATE TABLE chats (id)")
        bot.execute("INSERT INTO chats VALUES (7)")
        bot.commit()
        assert archive.back_up(folder, tmp_path / "a.zip").bot  # while it is open
        bot.execute("DELETE FROM chats")
        bot.commit()
        assert archive.restore(tmp_path / "a.zip", folder).bot
        assert bot.execute("SELECT id FROM chats").fetchall() == [(7,)]


def test_a_backup_that_cannot_be_written_leaves_the_earlier_one(library: Library, folder: Path, tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match=r"Cannot write the backup .*a\.zip .*No such file.* is untouched"):
        archive.back_up(folder, tmp_path / "không có" / "a.zip")
    with pytest.raises(LibraryError, match="no library"):
        archive.back_up(tmp_path / "nothing", tmp_path / "a.zip")
    assert not (tmp_path / "a.zip").exists()


@pytest.fixture(params=["3", "4", "5"])
def old(request: pytest.FixtureRequest, folder: Path, library: Library) -> Path:
    """A library as earlier programs made it."""
    put(library, article("Tỉnh mở lớp kỹ năng số cho người cao tuổi ở mười xã vùng cao.", "/a.txt"))
    put(library, article("Tỉnh mở lớp kỹ năng số cho người cao tuổi ở mười xã vùng cao. Hết.", "/b.txt"))
    library.close()
    with closing(sqlite3.connect(folder / files.DATABASE)) as connection:
        newest = (
            "ALTER TABLE figures DROP COLUMN bound",
            f"UPDATE manifest SET value = '{request.param}' WHERE key = 'schema'",
        )
        older = (
            "DROP TABLE story_bands",
            "DROP TABLE article_versions",
            "DROP TABLE failures",
            "DROP TABLE spare_vectors",
            "DROP TABLE word_counts",
            "CREATE VIRTUAL TABLE chunk_vocabulary USING fts5vocab(chunk_words, col)",
            "CREATE VIRTUAL TABLE figure_vocabulary USING fts5vocab(figure_words, col)",
            "DROP INDEX articles_by_story",
            "DROP INDEX articles_by_url",
            "DROP INDEX articles_by_source",
            "DROP INDEX chunk_vectors_by_text",
            "ALTER TABLE articles DROP COLUMN story_id",
            "ALTER TABLE articles DROP COLUMN rendered",
            "ALTER TABLE chunk_vectors DROP COLUMN text_hash",
            "DELETE FROM manifest WHERE key = 'index'",
            *(f"ALTER TABLE articles DROP COLUMN {name}" for name in ("author", "updated") if request.param == "3"),
            *("ALTER TABLE figures DROP COLUMN read_by" for _ in (1,) if request.param == "3"),
        )
        for statement in (*newest, *(older if request.param != "5" else ())):
            connection.execute(statement)
        connection.commit()
    return folder


def test_a_backup_of_an_older_library_is_restored_as_one_of_today(old: Path, tmp_path: Path) -> None:
    archive.back_up(old, tmp_path / "a.zip")
    archive.restore(tmp_path / "a.zip", tmp_path / "today")
    with Library.open(tmp_path / "today", embedder="fake", dimension=DIMENSION) as library:
        assert near(library, "Hết.").startswith("Hết.")
        assert len({stored.story_id for stored in library.articles()}) == 1


def test_an_older_library_is_brought_up_to_date_by_its_next_writer(old: Path) -> None:
    with pytest.raises(LibraryError, match=r"format \d, .* reads 6\. Bring it up to date: tinhso doctor --repair"):
        Library.open(old, embedder="fake", dimension=DIMENSION)
    with Library.open(old, embedder="fake", dimension=DIMENSION, create=True) as library:
        assert len({stored.story_id for stored in library.articles()}) == 1
        assert near(library, "Hết.").startswith("Hết.")
        put(library, article("Câu mới.", "/mới.txt"))
        assert near(library, "Câu mới.").startswith("Câu mới.")
    Library.open(old, embedder="fake", dimension=DIMENSION).close()
