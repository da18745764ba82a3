"""A folder of files that are costly to make: made once, whole or not at all, and known to be as they were made.

The files are written beside the folder and renamed into place, so that a process killed half-way leaves nothing that
looks ready, and of two processes making the same folder the later one finds the earlier one's and drops its own.

Reading 120 MB to check a hash would double the time of a cold start. As git does for its index, the manifest keeps
each file's size and time of modification: while both stand, nobody has written to the file; when they do not (a copy to
another machine, an edit, a damaged disk put right), the hash decides. ``damage`` always reads the hashes.
"""

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

_MANIFEST = "manifest.json"
_ABANDONED_AFTER = 3600.0  # seconds; no conversion takes that long


def is_ready(folder: Path) -> bool:
    """Whether the folder is as it was made. Reads the files only when their size or time has changed."""
    files = _manifest(folder)
    if files is None:
        return False
    if all(_stamp(folder / name) == (entry["size"], entry["modified_ns"]) for name, entry in files.items()):
        return True
    if _first_damage(folder, files) is not None:
        return False
    with contextlib.suppress(OSError):  # a cache that may only be read: the hashes are read again next time
        _write_manifest(folder)
    return True


def damage(folder: Path) -> str | None:
    """What is wrong with the folder, by the hash of every file; None when nothing is."""
    files = _manifest(folder)
    if files is None:
        return f"{folder / _MANIFEST} is missing or cannot be read"
    return _first_damage(folder, files)


def make_folder(folder: Path, write: Callable[[Path], None]) -> None:
    """Has ``write`` fill a new folder and puts it in the place of ``folder``, unless a good one is there by then."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    # The new folder gets the ordinary rights; mkdtemp's own are for the owner alone, and caches may be shared.
    workshop = Path(tempfile.mkdtemp(prefix=_prefix(folder), dir=folder.parent))
    try:
        new = workshop / "new"
        new.mkdir()
        write(new)
        _write_manifest(new)
        while True:
            try:
                new.rename(folder)
                return
            except OSError:
                if not folder.exists():
                    raise
            if is_ready(folder):
                return
            _set_aside(folder, workshop)
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def _set_aside(folder: Path, workshop: Path) -> None:
    """Moves what is damaged out of the way; another process may have done so already."""
    try:
        folder.rename(workshop / f"damaged-{time.monotonic_ns()}")
    except FileNotFoundError:
        return


def _sweep(folder: Path) -> None:
    """Removes what killed processes left."""
    for left in folder.parent.glob(_prefix(folder) + "*"):
        try:
            abandoned = time.time() - left.stat().st_mtime > _ABANDONED_AFTER
        except FileNotFoundError:
            continue
        if abandoned:
            shutil.rmtree(left, ignore_errors=True)


def _prefix(folder: Path) -> str:
    return f".{folder.name}."


def _write_manifest(folder: Path) -> None:
    files = {}
    for path in sorted(folder.iterdir()):
        if not path.name.startswith(_MANIFEST):
            size, modified_ns = _stamp(path)
            files[path.name] = {"size": size, "modified_ns": modified_ns, "sha256": sha256_of(path)}
    draft = folder / f"{_MANIFEST}.{os.getpid()}"
    draft.write_text(json.dumps({"files": files}, indent=2) + "\n", encoding="utf-8")
    draft.replace(folder / _MANIFEST)


def _manifest(folder: Path) -> dict[str, Any] | None:
    try:
        files: dict[str, Any] = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))["files"]
        if files and all(isinstance(e["size"], int) and "modified_ns" in e and e["sha256"] for e in files.values()):
            return files
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        pass
    return None


def _first_damage(folder: Path, files: dict[str, Any]) -> str | None:
    for name, entry in files.items():
        path = folder / name
        if not path.is_file():
            return f"{path} is missing"
        if _stamp(path)[0] != entry["size"] or sha256_of(path) != entry["sha256"]:
            return f"{path} is not the file that was made"
    return None


def _stamp(path: Path) -> tuple[int, int]:
    """Size in bytes and time of modification in nanoseconds; (-1, -1) for no file."""
    try:
        state = path.stat()
    except OSError:
        return -1, -1
    return state.st_size, state.st_mtime_ns


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
