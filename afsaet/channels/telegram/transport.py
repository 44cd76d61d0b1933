"""The way to Telegram: python-telegram-bot's Bot, kept quiet, over few connections."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping, Sequence
from typing import Any, Self, cast
from urllib.request import getproxies, proxy_bypass

import httpx
from telegram import Bot, InputFile
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from afsaet.assistant.attachments import File
from afsaet.channels.telegram.errors import InterceptedError, UnreachableError
from afsaet.channels.telegram.render import OutText

OFFICIAL = "https://api.telegram.org"
CONNECTIONS = 16
CONNECT, WRITE, POOL, READ = 10.0, 20.0, 10.0, 20.0

# What these loggers would be given: addresses with the bot's token in them (httpx, at INFO), whole messages
# (telegram, at DEBUG, and at ERROR and CRITICAL when an answer cannot be read).
_TALKATIVE = ("telegram", "httpx", "httpcore")

# How Telegram's own servers begin an answer that went well. Whatever begins otherwise is looked into.
_TAKEN = re.compile(rb'\s*\{\s*"ok"\s*:\s*true\s*,\s*"result"')


def keep_quiet() -> None:
    """Silences the libraries that would write the token or messages to a log, whatever levels are set later."""
    for name in _TALKATIVE:
        logger = logging.getLogger(name)
        logger.setLevel(logging.CRITICAL + 1)
        logger.propagate = False
        logger.handlers = [logging.NullHandler()]


class QuietRequest(BaseRequest):
    """HTTP for python-telegram-bot straight through httpx's transport.

    Its own HTTPXRequest goes through httpx's client, which logs every address and whose redirects, cookies
    and authentication are not needed here but cost as much processor time as the rest of a call.
    """

    __slots__ = ("_transport",)

    def __init__(self, api_url: str, connections: int = CONNECTIONS) -> None:
        parts = httpx.URL(api_url)
        proxy = None if proxy_bypass(parts.host) else getproxies().get(parts.scheme)
        self._transport = httpx.AsyncHTTPTransport(
            limits=httpx.Limits(max_connections=connections, max_keepalive_connections=connections), proxy=proxy
        )

    @property
    def read_timeout(self) -> float | None:
        return READ

    async def initialize(self) -> None:
        """Nothing to do: connections are opened when needed."""

    async def shutdown(self) -> None:
        await self._transport.aclose()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """One request. Raises UnreachableError, InterceptedError, TimedOut or NetworkError, none of which names the
        address."""
        given = {"read": read_timeout, "write": write_timeout, "connect": connect_timeout, "pool": pool_timeout}
        usual = {"read": READ, "write": WRITE, "connect": CONNECT, "pool": POOL}
        timeouts = {key: usual[key] if given[key] is BaseRequest.DEFAULT_NONE else given[key] for key in usual}
        request = self._request(url, method, request_data, {"timeout": timeouts})
        try:
            response = await self._transport.handle_async_request(request)
            content = await response.aread()
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError) as error:
            raise UnreachableError(type(error).__name__) from None
        except httpx.TimeoutException as error:
            raise TimedOut(type(error).__name__) from None
        except httpx.HTTPError as error:
            raise NetworkError(type(error).__name__) from None
        if not ((response.is_success and _TAKEN.match(content)) or _of_the_bot_api(content, response.is_success)):
            # Telegram's own servers have such pages too, while they fail.
            kind = NetworkError if response.is_server_error else InterceptedError
            raise kind(f"status {response.status_code}")
        return response.status_code, content

    def _request(self, url: str, method: str, data: RequestData | None, extensions: dict[str, Any]) -> httpx.Request:
        headers = {"User-Agent": self.USER_AGENT}
        if data is None:
            return httpx.Request(method, url, headers=headers, extensions=extensions)
        if files := data.multipart_data:
            parameters = data.json_parameters
            return httpx.Request(method, url, headers=headers, data=parameters, files=files,
                                 extensions=extensions)  # fmt: skip
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        content = data.url_encoded_parameters().encode()
        return httpx.Request(method, url, headers=headers, content=content, extensions=extensions)


class Transport:
    """One bot's calls to Telegram. An async context manager that needs no network to open.

    `bot` is python-telegram-bot's own object, for calls that are rare (`set_webhook`, `set_my_commands`).
    Do not call `bot.initialize()`: with a wrong token its error carries the token.

    The calls made for every turn go by `call`, which hands out Telegram's JSON as it is: what is sent and
    received here needs no objects, and one update that cannot be made into an object would take its whole
    batch down with it.
    """

    def __init__(self, token: str, api_url: str = OFFICIAL, connections: int = CONNECTIONS) -> None:
        keep_quiet()
        base = api_url.rstrip("/")
        # Two more connections than senders: one for the long poll, one for what answers a tap.
        request = QuietRequest(base, connections + 2)
        self.bot = Bot(
            token,
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            request=request,
            get_updates_request=request,
        )
        self._request = request

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        await self._request.shutdown()

    async def call(self, method: str, parameters: Mapping[str, Any], wait: float = READ) -> Any:
        """The result of one Bot API method, as JSON. wait: seconds to wait for the answer.

        Raises telegram.error.TelegramError; errors.judge says what one means.
        """
        # In small letters, which Telegram takes as well: for a name it knows as a method of its own,
        # do_api_request warns that objects could be had.
        return await self.bot.do_api_request(method.lower(), dict(parameters), read_timeout=wait)

    async def send(self, address: int, out: OutText) -> int:
        """Sends a message, or a file with its caption, and returns its number in the chat."""
        method, shown = ("sendMessage", _shown(out)) if out.file is None else _with_file(out, out.file)
        result = await self.call(method, {"chat_id": address, **shown})
        return int(result["message_id"])

    async def edit(self, address: int, message_id: int, out: OutText) -> None:
        """Puts another text, and other buttons or none, in the place of a message sent earlier."""
        await self.call("editMessageText", {"chat_id": address, "message_id": message_id, **_shown(out)})

    async def delete(self, address: int, message_id: int) -> None:
        await self.call("deleteMessage", {"chat_id": address, "message_id": message_id})

    async def answer_callback(self, callback_id: str, text: str = "") -> bool:
        """Ends the waiting sign on a tapped button; `text` is shown for a moment. False when it came too late.

        Never raises a TelegramError: the tap itself has been taken, and the sign ends by itself.
        """
        parameters = {"callback_query_id": callback_id} | ({"text": text} if text else {})
        try:
            await self.call("answerCallbackQuery", parameters)
        except TelegramError:
            return False
        return True

    async def updates(
        self, offset: int | None, wait: int, kinds: Sequence[str], limit: int = 100
    ) -> list[dict[str, Any]]:
        """Waits up to `wait` seconds for updates from `offset` on, which confirms those before it.

        kinds: "message", "edited_message", "callback_query", …; others are not sent by Telegram.
        """
        parameters: dict[str, Any] = {"timeout": wait, "limit": limit, "allowed_updates": list(kinds)}
        if offset is not None:
            parameters["offset"] = offset
        return cast("list[dict[str, Any]]", await self.call("getUpdates", parameters, wait + READ))

    async def me(self) -> dict[str, Any]:
        """The bot's own `User`, with "id" and "username"; Verdict BOT_REFUSED when the token is wrong."""
        return cast("dict[str, Any]", await self.call("getMe", {}))


def _of_the_bot_api(content: bytes, taken: bool) -> bool:
    """Whether this is an answer of the Bot API. A proxy's own page, whatever its status, says nothing of a chat or a
    message."""
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError):
        return False
    return isinstance(answer, dict) and answer.get("ok") is taken and (not taken or "result" in answer)


def _with_file(out: OutText, file: File) -> tuple[str, dict[str, Any]]:
    """The method that sends this file, and its parameters."""
    method, field = ("sendPhoto", "photo") if file.is_picture else ("sendDocument", "document")
    upload = InputFile(file.content, filename=file.name)
    shown: dict[str, Any] = {field: upload}
    if out.text:
        shown |= {"caption": out.text, "parse_mode": "HTML"}
    if out.keyboard:
        shown["reply_markup"] = out.keyboard
    return method, shown


def _shown(out: OutText) -> dict[str, Any]:
    shown: dict[str, Any] = {"text": out.text, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}
    if out.keyboard:
        shown["reply_markup"] = out.keyboard
    return shown
