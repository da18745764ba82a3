"""Requests to Telegram by aiohttp: the library's own, on httpx, spends most of a busy second in counting connections."""

from __future__ import annotations

import time
from typing import Any

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

SECONDS = 20.0
"""For one request, from the moment when it has a connection."""

CONNECTING_SECONDS = 10.0


class Unsent(NetworkError):
    """A request that surely never reached Telegram, and so may be made again."""


class AiohttpRequest(BaseRequest):
    """Up to ``connections`` requests at once; others wait for their turn. Proxies are taken from the environment."""

    def __init__(self, connections: int) -> None:
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None
        self.heard = time.monotonic()
        """When Telegram answered last, whatever it said."""

    @property
    def read_timeout(self) -> float:
        return SECONDS

    async def initialize(self) -> None:
        connector = aiohttp.TCPConnector(limit=self._connections)
        headers = {"User-Agent": self.USER_AGENT}
        self._session = aiohttp.ClientSession(connector=connector, headers=headers, trust_env=True)

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def do_request(  # noqa: PLR0917 (the library's form)
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = None,
        write_timeout: Any = None,
        connect_timeout: Any = None,
        pool_timeout: Any = None,
    ) -> tuple[int, bytes]:
        """Status and body. Raises TimedOut when nobody knows what became of it, Unsent when nothing did."""
        if self._session is None:
            raise RuntimeError("initialize has not been called")
        wait = read_timeout if isinstance(read_timeout, int | float) else SECONDS
        timeout = aiohttp.ClientTimeout(sock_connect=CONNECTING_SECONDS, sock_read=wait)
        try:
            async with self._session.request(method, url, data=_body(request_data), timeout=timeout) as response:
                body = await response.read()
            self.heard = time.monotonic()
            return response.status, body
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise Unsent(_said(error)) from error
        except TimeoutError as error:
            raise TimedOut from error
        except aiohttp.ClientError as error:
            raise NetworkError(_said(error)) from error


def _body(data: RequestData | None) -> aiohttp.FormData | dict[str, str] | None:
    if data is None:
        return None
    if not data.contains_files:
        return data.json_parameters
    form = aiohttp.FormData(data.json_parameters)
    for name, (filename, content, kind) in (data.multipart_data or {}).items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form


def _said(error: Exception) -> str:
    """What went wrong, without the address: it holds the token."""
    return f"{type(error).__name__}: {error.strerror if isinstance(error, OSError) else ''}"
