"""The library's SQLite file between threads and processes: connections, transactions, one lock, readable errors."""

import errno
import shlex
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from retrieval.errors import LibraryError

WAIT_SECONDS = 30.0
"""How long a writer waits for another one before it gives up."""

CACHE_KIB = 32 * 1024
"""Pages that a connection keeps in memory: SQLite's own 2 MB do not hold the word index of 10,000 chunks."""

ROOM = 1_000_000
"""Bytes of free disk under which a write that fails is not worth another explanation."""

DATABASE = "library.sqlite3"
LOCK = "lock.sqlite3"
TURN = "ingest.lock"
VECTORS = "vectors"

REBUILD = "rm -r {database}* {lock} {vectors} && tinhso ingest PATH..."
"""The command that builds a library anew, named by every error that needs it."""


def rebuild_command(folder: Path) -> str:
    paths = {"database": folder / DATABASE, "lock": folder / LOCK, "vectors": folder / VECTORS}
    return REBUILD.format(**{name: shlex.quote(str(path)) for name, path in paths.items()})


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turns SQLite's and the system's errors into a LibraryError that says what to do."""
    try:
        yield
    except (sqlite3.DatabaseError, OSError) as error:
        if _is_ours(error):
            raise
        raise LibraryError(f"The library in {folder} cannot be used: {error}. {_remedy(error, folder)}") from error


def _is_ours(error: Exception) -> bool:
    """Whether it is a bug in what we asked of SQLite, and not a state of the disk."""
    if getattr(error, "sqlite_errorname", "") == "SQLITE_ERROR":
        return not str(error).startswith("no such table")  # a database of somebody else's
    return isinstance(error, sqlite3.ProgrammingError)


def _remedy(error: Exception, folder: Path) -> str:
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return "Another tinhso process is writing to it: wait until that one ends, then try again."
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")) or isinstance(error, PermissionError):
        return "Give your user the right to write to this folder, or set TINHSO_DATA_DIR to another one."
    if name.startswith("SQLITE_FULL"):
        return "The disk is full: free some space, then try again."
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return "The disk is full: free some space, then try again."
    if isinstance(error, OSError):
        return "Check the folder, or set TINHSO_DATA_DIR to another one."
    if name.startswith("SQLITE_IOERR"):
        return "The disk failed to read or write: see that it is not full and not failing, then try again."
    return (
        "The file is damaged. Put a backup in its place: tinhso restore FILE --replace; "
        f"or build it anew: {rebuild_command(folder)}"
    )


def is_full(folder: Path, error: Exception) -> bool:
    """Whether Chroma failed for want of space, which it says in as many ways as it can fail."""
    said = str(error).lower()
    return "disk is full" in said or "no space left" in said or shutil.disk_usage(folder).free < ROOM


class Connections:
    """One SQLite connection for each thread, closed together."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()
        self._open: list[tuple[threading.Thread, sqlite3.Connection]] = []
        self._guard = threading.Lock()

    def get(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            # autocommit: transactions are begun by name; closed by whichever thread closes the library
            connection = sqlite3.connect(
                self._path, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False
            )
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
            self._local.connection = connection
            with self._guard:
                for thread, left in self._open:
                    if not thread.is_alive():
                        left.close()
                self._open = [(thread, kept) for thread, kept in self._open if thread.is_alive()]
                self._open.append((threading.current_thread(), connection))
        return connection

    def close(self) -> None:
        with self._guard:
            for _, connection in self._open:
                connection.close()
            self._open.clear()


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """All of the block or none of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


@contextmanager
def turn(folder: Path, on_wait: Callable[[], None]) -> Iterator[None]:
    """Holds the folder for one long piece of work, such as an ingest, until the end of the block; it waits for as long as
    another process holds it, and says so first by ``on_wait``. A killed holder lets go. Not reentrant."""
    from filelock import FileLock, Timeout

    with explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / TURN)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            on_wait()
            lock.acquire()
    try:
        yield
    finally:
        lock.release()


@contextmanager
def locked(path: Path, *, exclusive: bool) -> Iterator[None]:
    """Holds a lock over both stores: one writer, or any number of readers that load the vector index.

    An empty SQLite file serves as the lock: it works between threads and processes and on every system, and a killed
    holder lets go of it. Not reentrant.
    """
    connection = sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None)
    try:
        connection.execute("BEGIN EXCLUSIVE" if exclusive else "BEGIN")
        if not exclusive:
            connection.execute("SELECT 1 FROM sqlite_schema").fetchone()
        yield
    finally:
        connection.close()
