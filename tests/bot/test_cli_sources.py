"""`tinhso ingest` from lists and from the web, round by round and as files arrive, and how it ends."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.conftest import Run
from tests.site import Reply, Site, article, rss, running

LINE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d (\d+) added, \d+ updated, (\d+) unchanged, ")


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """On loopback, which has to be allowed."""
    monkeypatch.setenv("TINHSO_ALLOW_PRIVATE_ADDRESSES", "true")
    monkeypatch.setenv("TINHSO_FETCH_DELAY", "0")
    with running() as site:
        yield site


@pytest.fixture
def feed(site: Site) -> str:
    site.pages["/bai"] = Reply(article("Sông Lam", 14), etag='"1"')
    site.pages["/rss"] = rss((f"{site.url}/bai", "Xã Sông Lam", ""))
    return f"{site.url}/rss"


def site_of(feed: str) -> str:
    return feed.removesuffix("/rss")


def report(run: Run, *arguments: object, stdin: str = "") -> dict[str, object]:
    return json.loads(run("ingest", *arguments, "--json", stdin=stdin).out)  # type: ignore[no-any-return]


def test_an_address_on_the_command_line(fresh: Run, feed: str) -> None:
    done = fresh("ingest", feed)
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("1 added, ")
    asked = fresh("ask", "Bao nhiêu phần trăm hồ sơ của xã Sông Lam được nộp qua mạng?").out
    assert "25% hồ sơ" in asked
    assert f"{site_of(feed)}/bai" in asked
    assert report(fresh, feed)["unchanged"] == 1


def test_loopback_is_refused_unless_it_is_allowed(fresh: Run, feed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TINHSO_ALLOW_PRIVATE_ADDRESSES")
    done = fresh("ingest", feed)
    assert done.status == 1
    assert done.err.startswith(f"failed: {feed}: Cannot fetch {feed}: ")
    assert "TINHSO_ALLOW_PRIVATE_ADDRESSES" in done.err


def test_a_list_on_standard_input(fresh: Run, feed: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "Xã Đồi Chè chuyển đổi số\n\nXã Đồi Chè có 37 hộ bán chè qua sàn thương mại điện tử.", encoding="utf-8"
    )
    assert report(fresh, "-", stdin=f"# nguồn\n{feed}\n\n{tmp_path}/*.txt\n")["added"] == 2


def test_a_list_in_a_file_for_one_round(fresh: Run, feed: str, tmp_path: Path) -> None:
    feeds = tmp_path / "feeds.txt"
    feeds.write_text(f"\ufeff# báo\n{feed}\n{feed}/khong-co\n", encoding="utf-8")
    done = fresh("ingest", "--feeds", feeds)
    assert done.status == 1
    assert done.out.startswith("1 added, 0 updated, 0 unchanged, 0 duplicate, 1 failed")
    assert "no such page (404)" in done.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "give a source"),
        (["a", "--every", "10"], "30s, 10m, 2h or 1d"),
        (["a", "--watch", "--every", "10m"], "--watch goes with folders"),
        (["--watch", "--feeds", "a"], "--watch goes with folders"),
    ],
)
def test_calls_that_make_no_sense(fresh: Run, arguments: list[str], says: str) -> None:
    done = fresh("ingest", *arguments)
    assert (done.status, done.out) == (2, "")
    assert says in re.sub(r"[\s│]+", " ", done.err)


@pytest.mark.parametrize("arguments", [["--feeds", "khong-co.txt"], ["--feeds", "khong-co.txt", "--every", "1s"]])
def test_a_list_that_is_not_there_is_told_at_once(fresh: Run, arguments: list[str]) -> None:
    done = fresh("ingest", *arguments)
    assert done.status == 1
    assert "Cannot read the list khong-co.txt" in done.err


def test_a_folder_that_is_not_there_cannot_be_watched(fresh: Run, tmp_path: Path) -> None:
    done = fresh("ingest", "--watch", tmp_path / "khong-co")
    assert done.status == 1
    assert "There is no folder" in done.err


class Running:
    """`tinhso ingest ARGUMENTS` as a process that goes on until it is stopped."""

    def __init__(self, *arguments: object) -> None:
        command = [sys.executable, "-m", "bot.cli", "ingest", *map(str, arguments)]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(
            command, stdout=pipe, stderr=pipe, text=True, encoding="utf-8", env=os.environ.copy()
        )

    def line(self) -> str:
        """The next line of its reports."""
        assert self._process.stdout
        line = self._process.stdout.readline()
        assert line, self._process.stderr and self._process.stderr.read()
        return line

    def stop(self, number: int) -> tuple[int, str]:
        """Its status, and what it said on standard error."""
        self._process.send_signal(number)
        _, err = self._process.communicate(timeout=30)
        return self._process.returncode, err


def counted(line: str) -> tuple[int, int]:
    """Added and unchanged, of a dated line."""
    match = LINE.match(line)
    assert match, line
    return int(match[1]), int(match[2])


def test_rounds_by_the_clock_until_sigterm(fresh: Run, feed: str, site: Site, tmp_path: Path) -> None:
    feeds = tmp_path / "feeds.txt"
    feeds.write_text(feed, encoding="utf-8")
    running = Running("--feeds", feeds, "--every", "1s")
    assert counted(running.line()) == (1, 0)
    assert counted(running.line()) == (0, 1)
    feeds.unlink()  # a round that fails
    time.sleep(1.2)
    site.pages["/hai"] = Reply(article("Đồi Chè", 20))
    feeds.write_text(f"{feed}\n{site.url}/hai\n", encoding="utf-8")
    while counted(line := running.line()) == (0, 1):
        pass
    assert counted(line) == (1, 1)
    status, err = running.stop(signal.SIGTERM)
    assert status == 0, err
    assert "this round failed: Cannot read the list" in err
    assert "Traceback" not in err


def test_a_watched_folder_until_ctrl_c(fresh: Run, tmp_path: Path) -> None:
    folder = tmp_path / "bai"
    folder.mkdir()
    (folder / "a.html").write_text(article("Sông Lam", 14), encoding="utf-8")
    running = Running("--watch", folder, "--json")
    assert json.loads(running.line())["added"] == 1
    half, whole = article("Đồi Chè", 20)[:300], article("Đồi Chè", 20)
    with (folder / "b.html").open("w", encoding="utf-8") as file:
        file.write(half)
        file.flush()
        time.sleep(0.5)
        file.write(whole[300:])
    second = json.loads(running.line())
    assert (second["added"], second["failed"]) == (1, [])
    assert running.stop(signal.SIGINT) == (0, "")
    assert len(fresh("articles", "list").out.splitlines()) == 2
