"""Followers hear of a new article once, whoever ingests it and however often."""

import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.bot.conftest import run_main
from tests.bot.telegram.peer import Peer
from tests.bot.telegram.served import ADMIN, Served

ARTICLE = """# Thái Nguyên nâng tỷ lệ hồ sơ trực tuyến

Báo Thử Nghiệm, ngày 02/03/2026

Tỉnh Thái Nguyên cho biết năm 2025, tỷ lệ hồ sơ nộp trực tuyến của tỉnh đạt 91,4%. Chính quyền số của tỉnh Thái Nguyên
tiếp tục được củng cố; kinh tế số chiếm 31,2% GRDP năm 2025.
"""


def test_followers_are_told_once_of_a_new_article(
    serve: Callable[..., Served], peer: Peer, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TINHSO_DATA_DIR", str(folder))
    article = tmp_path / "moi.md"
    article.write_text(ARTICLE, encoding="utf-8")
    with serve() as served:
        peer.say("/theodoi Thái Nguyên", 42)
        peer.say("/theodoi Cà Mau", 43)
        peer.wait("sendMessage", chat=43, text="báo khi có bài mới")
        peer.wait("sendMessage", chat=42, text="báo khi có bài mới")
        assert run_main("ingest", article).status == 0
        news = peer.wait("sendMessage", chat=42, text="Bài mới về Thái Nguyên", timeout=15)
        assert "Thái Nguyên nâng tỷ lệ hồ sơ trực tuyến" in news.text
        assert served.stop() == 0
    article.write_text(ARTICLE.replace("91,4%", "91,6%"), encoding="utf-8")
    assert run_main("ingest", article).status == 0
    with serve():
        peer.say("Tỷ lệ hồ sơ nộp trực tuyến của Thái Nguyên năm 2025?", 42)
        assert "91,6%" in peer.answer(after=0).text
    assert len([c for c in peer.calls if c.chat == 42 and "Bài mới" in c.text]) == 1
    assert not [c for c in peer.calls if c.chat == 43 and "Bài mới" in c.text]


def test_an_admin_sends_a_file_and_everybody_can_ask_about_it(serve: Callable[..., Served], peer: Peer) -> None:
    with serve():
        peer.send_file("bài mới.md", ARTICLE.encode(), ADMIN)
        peer.wait("sendMessage", chat=ADMIN, text="Đang nạp bài mới.md")
        report = peer.wait("editMessageText", chat=ADMIN, text="Đã nạp bài mới.md", timeout=20)
        assert "1 bài mới" in report.text
        peer.say("Tỷ lệ hồ sơ nộp trực tuyến của Thái Nguyên năm 2025?", 42)
        assert "91,4%" in peer.answer(after=0, chat=42).text
        after = len(peer.calls)
        peer.send_file("bài mới.md", ARTICLE.encode(), ADMIN)
        assert "1 bài đã có" in peer.wait("editMessageText", after=after, chat=ADMIN, text="Đã nạp", timeout=20).text
        peer.send_file("hong.md", b" ", ADMIN)
        assert "1 bài lỗi" in peer.wait("editMessageText", after=after, chat=ADMIN, text="bài lỗi", timeout=20).text


class Page(BaseHTTPRequestHandler):
    """One article for every address; no robots.txt."""

    def do_GET(self) -> None:
        text = ARTICLE.replace("# ", "<h1>", 1).replace("\n\n", "</h1><p>", 1).replace("\n\n", "</p><p>")
        body = f"<html><body><article>{text}</p></article></body></html>".encode()
        self.send_response(404 if self.path == "/robots.txt" else 200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Silent."""


def test_an_admin_sends_a_link(serve: Callable[..., Served], peer: Peer) -> None:
    site = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{site.server_port}/bai-1.html"
    with serve(allow_private_addresses="true", fetch_delay=0):
        peer.say(address, ADMIN)
        report = peer.wait("editMessageText", chat=ADMIN, text="Đã nạp", timeout=20)
        assert "1 bài mới" in report.text
        peer.say(address, 42)  # from anybody else it is a question like any other
        peer.answer(after=0, chat=42)
        peer.say("Tỷ lệ hồ sơ nộp trực tuyến của Thái Nguyên năm 2025?", 42)
        answer = peer.answer(after=0, chat=42, text="91,4%")
        assert {e["url"] for e in answer.result["entities"] if e["type"] == "text_link"} >= {address}
    with serve():
        after = len(peer.calls)
        peer.say(address, ADMIN)
        refused = peer.wait("editMessageText", after=after, chat=ADMIN, text="1 bài lỗi", timeout=20)
        assert "private" in refused.text or "loopback" in refused.text
    site.shutdown()
