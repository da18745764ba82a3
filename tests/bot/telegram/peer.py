"""A peer that behaves as Telegram's Bot API does, over HTTP on loopback, by polling and by webhook.

The package lo-bot-api-emulator brings the routes, bodies, UTF-16 limits, keyboards, getUpdates and setWebhook. This adds
what its own messenger lacks: HTML and its errors, chat types, topics, drafts, floods on demand, and hearing replies.
Not as in Telegram: privacy mode, real flood limits, and which of two pollers is told of the conflict.
"""

import asyncio
import collections
import copy
import html.parser
import json
import re
import threading
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, TypeVar

import lo_bot_api_emulator as lo
from aiohttp import web
from lo_bot_api_emulator import updates as lo_updates

Json = dict[str, Any]
Result = TypeVar("Result")

TOKEN = "123456:TEST"
USERNAME = "testbot"

lo_updates.KINDS |= {"edited_message", "my_chat_member"}
# Fields that only Telegram has; they are taken out before the package looks at the rest.
TELEGRAM_ONLY = {
    "link_preview_options",
    "message_thread_id",
    "is_personal",
    "button",
    "drop_pending_updates",
}
ALWAYS_TRUE = {"setMyDescription", "setMyShortDescription"}
TAGS = {"b": "bold", "i": "italic", "a": "text_link", "blockquote": "blockquote"}


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


class _Html(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.open: list[tuple[str, dict[str, str | None], int]] = []
        self.entities: list[Json] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            raise _refused(f'Bad Request: can\'t parse entities: Unsupported start tag "{tag}" at byte offset 0')
        self.open.append((tag, dict(attrs), units(self.text)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1][0] != tag:
            raise _refused(f'Bad Request: can\'t parse entities: Unmatched end tag, found "</{tag}>"')
        tag, attrs, start = self.open.pop()
        kind = "expandable_blockquote" if "expandable" in attrs else TAGS[tag]
        entity: Json = {"type": kind, "offset": start, "length": units(self.text) - start}
        if kind == "text_link":
            entity["url"] = attrs.get("href") or ""
        if entity["length"]:
            self.entities.append(entity)

    def handle_data(self, data: str) -> None:
        self.text += data


def parse_html(text: str) -> tuple[str, list[Json]]:
    """Text and entities, or the refusal that Telegram gives."""
    if re.search(r"<(?!/?[a-zA-Z])", text):
        raise _refused('Bad Request: can\'t parse entities: Unsupported start tag ""')
    parser = _Html()
    parser.feed(text)
    parser.close()
    if parser.open:
        raise _refused(f"Bad Request: can't parse entities: Can't find end tag corresponding to {parser.open[-1][0]}")
    return parser.text.strip(), sorted(parser.entities, key=lambda e: e["offset"])


def _refused(description: str, status: int = 400, parameters: Json | None = None) -> Exception:
    refusal: Exception = lo.ApiRefusal(description, status, parameters)
    return refusal


@dataclass
class Call:
    """A request of the bot. ``result`` is None until it has been accepted."""

    method: str
    fields: Json
    files: Json
    time: float
    result: Any = None

    @property
    def ok(self) -> bool:
        return self.result is not None

    @property
    def chat(self) -> int:
        return int(self.fields.get("chat_id", 0))

    @property
    def text(self) -> str:
        """As a person reads it."""
        return str(self.result.get("text", "")) if isinstance(self.result, dict) else ""

    @property
    def buttons(self) -> list[Json]:
        markup = json.loads(self.fields.get("reply_markup") or "{}")
        return [button for row in markup.get("inline_keyboard", []) for button in row]

    @property
    def labels(self) -> list[str]:
        return [button["text"] for button in self.buttons]


@dataclass
class Shelf:
    """What the peer holds of the chats."""

    calls: list[Call] = field(default_factory=list)
    messages: dict[tuple[int, int], Json] = field(default_factory=dict)
    failures: dict[str, list[Exception]] = field(default_factory=lambda: collections.defaultdict(list))
    flooded: dict[int, float] = field(default_factory=dict)
    """Chats that get a 429 until this time.monotonic()."""
    moved: dict[int, int] = field(default_factory=dict)
    blocked: set[int] = field(default_factory=set)


class _Emulator(lo.LoBotApiEmulator):  # type: ignore[misc]
    def __init__(self, shelf: Shelf, heard: Callable[[], None]) -> None:
        super().__init__(allow_insecure_loopback_webhooks=True, max_history=10)
        self.shelf = shelf
        self.heard = heard

    def validate(self, method: str, fields: Json, uploads: Json) -> Any:
        call = Call(method, copy.deepcopy(fields), {k: v["filename"] for k, v in uploads.items()}, time.time())
        if method != "getUpdates":
            self.shelf.calls.append(call)
        try:
            if self.shelf.failures[method]:
                raise self.shelf.failures[method].pop(0)
            result = self._as_telegram(method, dict(fields), uploads)
        finally:
            self.heard()
        call.result = result
        self.heard()
        return result

    def _as_telegram(self, method: str, fields: Json, uploads: Json) -> Any:
        chat = int(fields["chat_id"]) if re.fullmatch(r"-?\d+", str(fields.get("chat_id", ""))) else None
        if chat is not None and method.startswith(("send", "edit")):
            self._refuse_by_chat(chat)
        if method == "getMe":
            return {
                "id": 7,
                "is_bot": True,
                "first_name": "Fixture",
                "username": USERNAME,
                "supports_inline_queries": True,
            }
        if method in ALWAYS_TRUE:
            return True
        known = lo.CONTRACT["methods"].get(method, {}).get("parameters") or []
        extra = {name: fields.pop(name) for name in list(fields) if name in TELEGRAM_ONLY and name not in known}
        entities: list[Json] = []
        for name in ("text", "caption"):
            if name in fields and str(fields.get("parse_mode", "")).upper() == "HTML":
                fields[name], entities = parse_html(fields[name])
        self._check_edited(method, chat, fields, entities)
        result = super().validate(method, fields, uploads)
        if isinstance(result, dict) and "message_id" in result and chat is not None:
            result.update({"from": {"id": 7, "is_bot": True, "first_name": "Fixture"}, "chat": chat_json(chat)})
            result["date"] = int(time.time())
            if entities:
                result["entities"] = entities
            if "message_thread_id" in extra:
                result.update(message_thread_id=int(extra["message_thread_id"]), is_topic_message=True)
            self.shelf.messages[chat, result["message_id"]] = result
        return result

    def _refuse_by_chat(self, chat: int) -> None:
        if chat in self.shelf.blocked:
            raise _refused("Forbidden: bot was blocked by the user", 403)
        if chat in self.shelf.moved:
            description = "Bad Request: group chat was upgraded to a supergroup chat"
            raise _refused(description, 400, {"migrate_to_chat_id": self.shelf.moved[chat]})
        left = self.shelf.flooded.get(chat, 0) - time.monotonic()
        if left > 0:
            wait = int(left) + 1
            raise _refused(f"Too Many Requests: retry after {wait}", 429, {"retry_after": wait})

    def _check_edited(self, method: str, chat: int | None, fields: Json, entities: list[Json]) -> None:
        if not (method.startswith("editMessage") or method == "deleteMessage") or "message_id" not in fields:
            return
        key = (chat or 0, int(fields["message_id"]))
        old = self.shelf.messages.get(key)
        if method == "deleteMessage":
            if self.shelf.messages.pop(key, None) is None:
                raise _refused("Bad Request: message to delete not found")
        elif old is None:
            raise _refused("Bad Request: message to edit not found")
        elif method == "editMessageText":
            markup = json.loads(fields["reply_markup"]) if fields.get("reply_markup") else None
            now = fields.get("text"), entities, markup
            if now == (old.get("text"), old.get("entities") or [], old.get("reply_markup")):
                raise _refused("Bad Request: message is not modified: specified new message content is the same")


def chat_json(chat: int) -> Json:
    return {"id": chat, "type": "private" if chat > 0 else "supergroup", "title": "G", "first_name": "A"}


def person(user: int) -> Json:
    return {"id": user, "is_bot": False, "first_name": "A", "language_code": "vi"}


class Peer:
    """The peer on a thread of its own, for tests that are no coroutines."""

    def __init__(self) -> None:
        self.shelf = Shelf()
        self._loop = asyncio.new_event_loop()
        self._heard = asyncio.Condition()
        self._emulator = _Emulator(self.shelf, self._notify_soon)
        self._press = 1000
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        self._runner = web.AppRunner(self._emulator.app(), access_log=None)
        self.url = self.run(self._start())

    @property
    def calls(self) -> list[Call]:
        return self.shelf.calls

    def run(self, work: Coroutine[Any, Any, Result], timeout: float = 30) -> Result:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout)

    def stop(self) -> None:
        self.run(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)

    # --- what people do ----------------------------------------------------------------------------------------------

    def say(self, text: str, chat: int = 42, user: int | None = None, **more: Any) -> Json:
        """A message. ``edit`` is the message that it is an edit of; other names are fields of the message."""
        edit = more.pop("edit", None)
        entities = more.pop("entities", [])
        if text.startswith("/"):
            entities = [{"type": "bot_command", "offset": 0, "length": units(text.split(maxsplit=1)[0])}, *entities]
        elif (at := text.find(f"@{USERNAME}")) >= 0:
            entities = [*entities, {"type": "mention", "offset": units(text[:at]), "length": units(USERNAME) + 1}]
        message: Json = {
            "message_id": edit["message_id"] if edit else self._next_id(),
            "date": int(time.time()),
            "chat": chat_json(chat),
            "from": person(chat if user is None else user),
            "text": text,
            **({"entities": entities} if entities else {}),
            **more,
        }
        if edit:
            message["edit_date"] = message["date"]
        self.shelf.messages[chat, message["message_id"]] = message
        self.hand_over({"edited_message" if edit else "message": message})
        return message

    def send_file(self, name: str, content: bytes, chat: int = 42) -> None:
        self._emulator.assets[name] = {"data": content}
        document = {"file_id": name, "file_unique_id": name, "file_name": name, "file_size": len(content)}
        message = {
            "message_id": self._next_id(),
            "date": int(time.time()),
            "chat": chat_json(chat),
            "from": person(chat),
            "document": document,
        }
        self.hand_over({"message": message})

    def press(self, call: Call, label: str, user: int = 42) -> None:
        """Presses the button whose label begins so, under the message that a call sent or changed."""
        data = next(b["callback_data"] for b in call.buttons if b["text"].startswith(label))
        self._press += 1
        pressed = {"id": str(self._press), "from": person(user), "chat_instance": "1", "data": data}
        message = self.shelf.messages[call.chat, call.result["message_id"]]
        self.hand_over({"callback_query": {**pressed, "message": message}})

    def type_inline(self, query: str, user: int = 42) -> None:
        self._press += 1
        typed = {"id": str(self._press), "from": person(user), "query": query, "offset": ""}
        self.hand_over({"inline_query": typed})

    def hand_over(self, update: Json) -> int:
        return int(self.run(self._emulator.enqueue_update(update, token=TOKEN)))

    # --- what becomes of it ------------------------------------------------------------------------------------------

    def fail_next(self, method: str, description: str, status: int = 400, **parameters: Any) -> None:
        self.shelf.failures[method].append(_refused(description, status, parameters or None))

    def wait(
        self, method: str, *, after: int = 0, chat: int | None = None, text: str = "", timeout: float = 10
    ) -> Call:
        """The first accepted call from number ``after`` on, to this chat, whose text holds this."""

        def found() -> Call | None:
            for call in self.calls[after:]:
                if call.ok and call.method == method and chat in (None, call.chat) and text in call.text:
                    return call
            return None

        return self.until(found, f"{method} {text!r}", timeout=timeout)

    def answer(self, *, after: int, chat: int = 42, text: str = "", timeout: float = 10) -> Call:
        """The edit that puts an answer in its place."""
        return self.wait("editMessageText", after=after, chat=chat, text=text, timeout=timeout)

    def until(self, found: Callable[[], Result | None], what: str, *, timeout: float = 10) -> Result:
        async def look() -> Result:
            async with self._heard:
                while (result := found()) is None:
                    await self._heard.wait()
                return result

        try:
            return self.run(asyncio.wait_for(look(), timeout), timeout + 5)
        except TimeoutError:
            said = "\n".join(f"{c.method} {c.chat} {c.text[:80]!r} {c.ok}" for c in self.calls[-15:])
            raise AssertionError(f"no {what} within {timeout} s; the last calls:\n{said}") from None

    # --- on its own thread -------------------------------------------------------------------------------------------

    def _next_id(self) -> int:
        async def take() -> int:
            self._emulator.next_id += 1
            return int(self._emulator.next_id) - 1

        return self.run(take())

    def _notify_soon(self) -> None:
        asyncio.get_running_loop().create_task(self._notify())

    async def _notify(self) -> None:
        async with self._heard:
            self._heard.notify_all()

    async def _start(self) -> str:
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self._retrying = asyncio.create_task(self._redeliver())
        assert isinstance(self._runner.addresses[0], tuple)
        return f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def _stop(self) -> None:
        self._retrying.cancel()
        await self._runner.cleanup()

    async def _redeliver(self) -> None:
        """Telegram keeps trying a webhook that failed; the package tries once."""
        while True:
            await asyncio.sleep(0.3)
            await self._emulator.deliver_updates(token=TOKEN)
