"""A real OpenAI-compatible server on loopback whose model follows a script: it reads the prompt and says what it is made to."""

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PIECE = 7
"""Characters of a streamed piece: figures and names fall apart between two of them."""


@dataclass(frozen=True)
class Item:
    """One piece of numbered evidence as the prompt shows it."""

    n: int
    source: str
    draft: str
    figures: list[list[str]]
    quote: str


def items_of(prompt: str) -> list[Item]:
    found = []
    for block in re.split(r"\n\n(?=\[\d+\] )", prompt)[1:]:
        head = re.match(r"\[(\d+)\] (.*)", block)
        assert head is not None
        draft = re.search(r"^Nháp: (.*)$", block, re.MULTILINE)
        quote = re.search(r"<trich>(.*)</trich>", block)
        figures = [line.split(" | ") for line in re.findall(r"^Số liệu: (.*)$", block, re.MULTILINE)]
        found.append(Item(int(head[1]), head[2], draft[1] if draft else "", figures, quote[1] if quote else ""))
    return found


Sentence = tuple[str, list[int]]
Script = Callable[[list[Item]], list[Sentence] | str]
"""Evidence -> sentences with their numbers, or the very text of the reply."""


@dataclass
class Scripted:
    """The server: its address, its script, and what it was asked. ``fault`` is "", a status, "stall" or "break"."""

    address: str = ""
    script: Script = field(default=lambda items: [])
    fault: str = ""
    schemas: bool = True
    asked: list[dict[str, Any]] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)

    def reply(self, body: dict[str, Any]) -> str:
        said = self.script(items_of(body["messages"][-1]["content"]))
        if isinstance(said, str):
            return said
        sentences = [{"text": text, "evidence": numbers} for text, numbers in said]
        return json.dumps({"sentences": sentences}, ensure_ascii=False)


@contextmanager
def serving() -> Iterator[Scripted]:
    scripted = Scripted()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            pass

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            scripted.asked.append({**body, "key": self.headers.get("Authorization", "")})
            if scripted.fault.isdigit():
                return self._send(
                    int(scripted.fault), {"error": {"message": f"refused {self.headers['Authorization']}"}}
                )
            if not scripted.schemas and "response_format" in body:
                return self._send(400, {"error": {"message": "response_format is not supported"}})
            if scripted.fault == "stall":
                scripted.stopped.wait(30)
                self.close_connection = True
                return None
            text = scripted.reply(body)
            if body.get("stream"):
                return self._stream(text)
            return self._send(200, _completion({"message": {"role": "assistant", "content": text}}))

        def _send(self, status: int, answer: dict[str, Any]) -> None:
            data = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def _stream(self, text: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Connection", "close")
            self.end_headers()
            self.close_connection = True
            if scripted.fault == "break":
                text = text[: len(text) * 2 // 3]
            for i in range(0, len(text), PIECE):
                self._event(_completion({"delta": {"role": "assistant", "content": text[i : i + PIECE]}}, chunk=True))
                if scripted.fault == "drip":
                    time.sleep(0.05)
            if scripted.fault == "break":
                self.connection.close()
                return
            last = _completion({"delta": {}, "finish_reason": "stop"}, chunk=True)
            self._event(last)
            self._event({**last, "choices": [], "usage": _USAGE})
            self.wfile.write(b"data: [DONE]\n\n")

        def _event(self, data: dict[str, Any]) -> None:
            self.wfile.write(f"data: {json.dumps(data)}\n\n".encode())
            self.wfile.flush()

        def handle_one_request(self) -> None:
            try:
                super().handle_one_request()
            except (ConnectionError, ValueError):
                self.close_connection = True  # the asker has gone, or we hung up

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    scripted.address = f"http://127.0.0.1:{server.server_address[1]}/v1"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield scripted
    finally:
        scripted.stopped.set()
        server.shutdown()
        server.server_close()


_USAGE = {"prompt_tokens": 900, "completion_tokens": 100, "total_tokens": 1000}


def _completion(choice: dict[str, Any], *, chunk: bool = False) -> dict[str, Any]:
    whole = {"index": 0, "finish_reason": None if chunk else "stop", **choice}
    kind = "chat.completion.chunk" if chunk else "chat.completion"
    base = {"id": "x", "object": kind, "created": 0, "model": "scripted", "choices": [whole]}
    return base if chunk else {**base, "usage": _USAGE}


# --- scripts -------------------------------------------------------------------------------------------------------


def repeats(items: list[Item]) -> list[Sentence]:
    """The drafts, word for word."""
    return [(item.draft, [item.n]) for item in items if item.draft]


def well(items: list[Item]) -> list[Sentence]:
    """The drafts, those of one figure in words of its own made from the figure's fields."""
    return [(in_own_words(item) or item.draft, [item.n]) for item in items if item.draft]


def in_own_words(item: Item) -> str:
    """The first figure as a sentence made from its fields; "" where the draft says more than that."""
    first = item.figures[0] if item.figures else None
    numbers = [n for n in re.findall(r"\d+(?:[.,/]\d+)*", item.draft) if not re.fullmatch(r"20\d\d", n)]
    if first is None or len(first) < 5 or len(numbers) != 1 or not first[4].startswith("năm "):
        return ""
    province, name, value, kind, when = first[:5]
    match kind:
        case "thứ hạng":
            return f"{when.capitalize()}, {province} xếp thứ {value.removesuffix(' hạng')} về {name}."
        case "mục tiêu":
            return f"Mục tiêu {when}, {name} của {province} đạt {value}."
        case "kết quả":
            return f"{when.capitalize()}, {name} của {province} đạt {value}."
    return ""
