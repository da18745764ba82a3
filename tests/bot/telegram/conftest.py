"""One bot for the scenarios that can share it, and libraries of their own for those that stop and start it."""

import shutil
import socket
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.bot.telegram.peer import Peer
from tests.bot.telegram.served import Served

_chats = count(1000)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def peer() -> Iterator[Peer]:
    peer = Peer()
    yield peer
    peer.stop()


@pytest.fixture
def folder(small_library: Path, tmp_path: Path) -> Path:
    """TINHSO_DATA_DIR of a library that is this test's own."""
    return Path(shutil.copytree(small_library, tmp_path / "var"))


@pytest.fixture(scope="session")
def shared(small_library: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Peer, Served]]:
    """A bot that polls, for scenarios that leave it running; each takes a chat of its own."""
    folder = shutil.copytree(small_library, tmp_path_factory.mktemp("shared") / "var")
    peer = Peer()
    with Served(peer, Path(folder), metrics_listen=f"127.0.0.1:{free_port()}") as served:
        yield peer, served
        assert served.stop() == 0
    peer.stop()


@pytest.fixture
def bot(shared: tuple[Peer, Served]) -> Peer:
    """The peer of the shared bot."""
    return shared[0]


@pytest.fixture
def chat() -> int:
    """A person who has not been here before, by the number of their chat."""
    return next(_chats)


@pytest.fixture
def serve(peer: Peer, folder: Path) -> Iterator[Callable[..., Served]]:
    """Starts bots on the test's own library; what still runs is stopped at the end."""
    running: list[Served] = []

    def start(**settings: object) -> Served:
        running.append(Served(peer, folder, **settings))
        return running[-1]

    yield start
    for served in running:
        if served.process.poll() is None:
            served.kill()
