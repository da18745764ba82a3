"""Work on files that may explode, done in a child process with limits of time and memory.

A PDF of four kilobytes may unpack to gigabytes, and one page of it may take an hour. The child that reads it is killed, or
runs out of what it may have, and that is told of the file; this process and its other files do not notice.
"""

import atexit
import os
import pickle
import queue
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, TypeVar, cast

from retrieval.errors import ReadError

T = TypeVar("T")

_START = "from ingest.confined import serve; serve()"
_SIZE = struct.Struct("<Q")
_BEGUN_WITHIN = 60.0  # seconds that a child may take to be there, on a busy machine
_GRACE = 5  # seconds after which a child whose parent is gone, too, ends by itself
_USED_UP = 0.5  # of the memory that it may have: a child that has taken so much makes room for a new one


class LimitExceeded(ReadError):
    """The work took more time or memory than it may."""


def confined(work: Callable[..., T], *arguments: object) -> T:
    """What ``work`` gives, done within TINHSO_READ_SECONDS and TINHSO_READ_MEMORY_MB beyond what the child has when it
    begins. ``work`` and all that it takes and gives can be pickled.

    Raises ReadError as ``work`` does, LimitExceeded, SettingsError; any other error of ``work`` as a RuntimeError of its words.
    """
    if _serving:
        return work(*arguments)
    with _lock:
        return _child().call(work, arguments)


class _Child:
    """A process of ours that does one piece of work after the other. Not safe from several threads."""

    def __init__(self, seconds: float, memory: int) -> None:
        """``memory`` in megabytes."""
        self.limits = seconds, memory
        self._process: subprocess.Popen[bytes] | None = None
        self._replies: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def call(self, work: Callable[..., T], arguments: tuple[object, ...]) -> T:
        seconds, memory = self.limits
        self._begin()
        with suppress(OSError):  # it died meanwhile: the reply tells
            self._send((work, arguments))
        try:
            reply = self._replies.get(timeout=seconds)
        except queue.Empty:
            self.end()
            raise LimitExceeded(
                f"reading it takes longer than {seconds:g} s: split it, save it in a plainer form, "
                "or set TINHSO_READ_SECONDS higher"
            ) from None
        except BaseException:  # Ctrl-C: what comes later is no reply to the next call
            self.end()
            raise
        how: str
        what: Any
        how, what, used_up = reply or ("memory", None, True)
        if used_up:
            self.end()
        if how == "memory":
            raise LimitExceeded(
                f"reading it needs more than {memory} MB of memory, or crashes: save it in a plainer form, "
                "or set TINHSO_READ_MEMORY_MB higher"
            )
        if how == "read error":
            raise ReadError(what)
        if how == "error":
            raise RuntimeError(what)
        return cast(T, what)

    def end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                with suppress(OSError):
                    assert pipe is not None
                    pipe.close()

    def _begin(self) -> None:
        if self._process is not None and self._process.poll() is None:
            return
        self.end()
        self._replies = queue.SimpleQueue()
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        assert self._process.stdout is not None
        threading.Thread(target=_collect, args=(self._process.stdout, self._replies), daemon=True).start()
        self._send(self.limits)
        try:
            begun = self._replies.get(timeout=_BEGUN_WITHIN)
        except queue.Empty:
            begun = None
        if begun is None:
            self.end()
            raise RuntimeError("the process that reads such files could not be started")

    def _send(self, message: object) -> None:
        assert self._process is not None and self._process.stdin is not None
        _write(self._process.stdin, message)


def _collect(pipe: IO[bytes], replies: "queue.SimpleQueue[Any]") -> None:
    """Replies as they come, then None."""
    try:
        while (reply := _read(pipe)) is not None:
            replies.put(reply)
    except (OSError, ValueError, EOFError, pickle.UnpicklingError):
        pass
    replies.put(None)


def _write(pipe: IO[bytes], message: object) -> None:
    data = pickle.dumps(message)
    pipe.write(_SIZE.pack(len(data)))
    pipe.write(data)
    pipe.flush()


def _read(pipe: IO[bytes]) -> Any:
    """A message; None at the end."""
    head = pipe.read(_SIZE.size)
    if len(head) < _SIZE.size:
        return None
    (size,) = _SIZE.unpack(head)
    data = pipe.read(size)
    return pickle.loads(data) if len(data) == size else None


# --- this process's child ----------------------------------------------------------------------------------------

_lock = threading.Lock()
_children: list[_Child] = []
"""One at most."""


def _child() -> _Child:
    from retrieval.settings import load_settings

    settings = load_settings()
    limits = settings.read_seconds, settings.read_memory_mb
    if _children and _children[0].limits != limits:
        _children.pop().end()
    if not _children:
        _children.append(_Child(*limits))
    return _children[0]


@atexit.register
def _end_child() -> None:
    while _children:
        _children.pop().end()


# --- in the child ------------------------------------------------------------------------------------------------

_serving = False


def serve() -> None:
    """Does work after work, until the pipe is closed."""
    global _serving  # noqa: PLW0603 (one process is one child)
    _serving = True
    calls, replies = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no reply
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    seconds, memory = _read(calls)
    import ingest.reading  # noqa: F401 (before the clock runs, and the memory is counted)

    _limit_memory(memory * 1_000_000)
    _write(replies, True)
    while (call := _read(calls)) is not None:
        _end_after(seconds + _GRACE)
        how, what = _done(*call)
        used_up = how == "memory" or _peak() > _USED_UP * memory * 1_000_000
        try:
            _write(replies, (how, what, used_up))
        except MemoryError:
            _write(replies, ("memory", None, True))
        _end_after(0)


def _done(work: Callable[..., object], arguments: tuple[object, ...]) -> tuple[str, object]:
    try:
        return "result", work(*arguments)
    except MemoryError:
        return "memory", None
    except ReadError as error:
        return ("memory", None) if _ran_out(error) else ("read error", str(error))
    except Exception as error:
        return ("memory", None) if _ran_out(error) else ("error", f"{type(error).__name__}: {error}")


def _ran_out(error: BaseException | None) -> bool:
    """Whether there was no memory left at the bottom of an error."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        if isinstance(error, MemoryError):
            return True
        seen.add(id(error))
        error = error.__cause__ or error.__context__
    return False


def _limit_memory(more: int) -> None:
    """Beyond what this process has now, in bytes. Windows has no such limit, macOS does not keep it."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        has = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (has + more, has + more))


def _peak() -> float:
    """The most memory that this process has had since it began, in bytes. What getrusage says is also of the process that
    started it, on Linux, where a program of 2 GB would make every child of it look used up."""
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024.0
    try:
        import resource
    except ImportError:
        return 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1.0 if sys.platform == "darwin" else 1024.0)


def _end_after(seconds: float) -> None:
    """By a signal that kills; 0: not any more."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)
