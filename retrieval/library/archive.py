"""Backups: one zip file with the library's database, the bot's own if there is one, and what they are."""

import hashlib
import json
import shutil
import sqlite3
import tempfile
import zipfile
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from retrieval.errors import LibraryError
from retrieval.library import copies, manifest, migration, schema
from retrieval.library.files import DATABASE, explained

ABOUT = "about.json"
PARTS = (DATABASE, copies.BOT_DATABASE)
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup holds. ``made`` is in UTC."""

    articles: int
    embedder: str
    made: str
    bot: bool


def back_up(folder: Path, file: Path) -> Contents:
    """Writes ``file`` while the library is in use. Raises LibraryError; then an earlier ``file`` is still there."""
    copies.require_library(folder)
    part = file.with_name(f"{file.name}.part")
    try:
        try:
            with tempfile.TemporaryDirectory(dir=file.parent, prefix=".tinhso-backup-") as scratch:
                contents = _pack(folder, Path(scratch), part)
            part.replace(file)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise LibraryError(
            f"Cannot write the backup {file} ({error.strerror or error}): check its folder, its permissions and the free space. "
            f"The library in {folder} is untouched."
        ) from error
    return contents


def restore(file: Path, folder: Path) -> Contents:
    """Puts the library of a backup in the place of the one in ``folder``, whoever reads that. Nothing is changed before
    all of the backup has been read and found whole. Raises LibraryError."""
    staging = folder / "restoring"
    with explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir()
        try:
            contents = _unpack(file, staging)
            from retrieval.library import Library

            with Library.open(
                staging, embedder=contents.embedder, dimension=_dimension(staging), create=True
            ) as library:
                library.warm()  # its vector index, before anybody waits for it
            if contents.bot:
                with (
                    closing(sqlite3.connect(staging / copies.BOT_DATABASE)) as new,
                    closing(sqlite3.connect(folder / copies.BOT_DATABASE)) as old,
                ):
                    new.backup(old)
            copies.swap_in(staging, folder)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    return contents


def _pack(folder: Path, scratch: Path, part: Path) -> Contents:
    names = [name for name in PARTS if (folder / name).is_file()]
    for name in names:
        with explained(folder):
            copies.copy_database(folder / name, scratch / name)
        if wrong := copies.damage(scratch / name):
            raise LibraryError(f"{folder / name} is damaged ({wrong}): no backup was made. See tinhso doctor.")
    with closing(sqlite3.connect(scratch / DATABASE)) as connection:
        told = manifest.read(connection)
        (articles,) = connection.execute("SELECT count(*) FROM articles").fetchone()
    about = {
        "format": told["schema"],
        "program": f"tinhso {metadata.version('tinhso')}",
        "embedder": told["embedder"],
        "articles": articles,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "sha256": {name: _sha256(scratch / name) for name in names},
    }
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(ABOUT, json.dumps(about, ensure_ascii=False, indent=1))
        for name in names:
            archive.write(scratch / name, name)
    return Contents(articles, told["embedder"], about["made"], copies.BOT_DATABASE in names)


def _unpack(file: Path, staging: Path) -> Contents:
    try:
        with zipfile.ZipFile(file) as archive:
            about = json.loads(archive.read(ABOUT))
            about["sha256"][DATABASE]  # without it there is nothing to restore
            for name, sha256 in about["sha256"].items():
                if name not in PARTS:
                    raise LibraryError(f"{file} holds {name}, which is no part of a backup.")
                with archive.open(name) as packed, (staging / name).open("wb") as unpacked:
                    shutil.copyfileobj(packed, unpacked, _BLOCK)
                if _sha256(staging / name) != sha256:
                    raise LibraryError(f"{file} is damaged: {name} is not what was backed up. Take another backup.")
            contents = Contents(
                about["articles"], about["embedder"], about["made"], copies.BOT_DATABASE in about["sha256"]
            )
    except FileNotFoundError as error:
        raise LibraryError(f"There is no file {file}: check the path.") from error
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError, EOFError) as error:
        raise LibraryError(f"{file} is no backup of tinhso, or it is damaged ({error}). Take another one.") from error
    if about["format"] != str(schema.VERSION) and not migration.is_possible(about["format"]):
        newer = about["format"].isdecimal() and int(about["format"]) > schema.VERSION
        way = (
            "update tinhso"
            if newer
            else f"restore it with the tinhso that made it ({about.get('program', 'an older one')}), or ingest the sources anew"
        )
        raise LibraryError(f"{file} has format {about['format']}, this program reads {schema.VERSION}: {way}.")
    if wrong := copies.damage(staging / DATABASE):
        raise LibraryError(f"The library in {file} is damaged ({wrong}). Take another backup.")
    return contents


def _dimension(folder: Path) -> int:
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        return int(manifest.read(connection)["dimension"])


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
