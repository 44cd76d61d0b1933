"""Telegram calling us: answered 200 only when the update has been committed or set aside."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from afsaet.channels.telegram.intake import Intake
from afsaet.channels.telegram.transport import Transport
from afsaet.channels.telegram.updates import KINDS

PATH = "/telegram"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
LARGEST = 1 << 20
LARGEST_NUMBER = (1 << 63) - 1  # a database takes no larger one; Telegram's have 32 bits


def route(intake: Intake, secret: str) -> Route:
    """The page Telegram calls. Without the secret, or with something that is no update, nothing is taken in."""
    return Route(PATH, _handler(intake, secret), methods=["POST"])


def _handler(intake: Intake, secret: str) -> Callable[[Request], Awaitable[Response]]:
    async def handle(request: Request) -> Response:
        given = request.headers.get(HEADER, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return PlainTextResponse("no", status_code=403)
        if int(request.headers.get("content-length") or LARGEST + 1) > LARGEST:
            return PlainTextResponse("too large", status_code=413)
        try:
            update = await request.json()
            number = update["update_id"]
        except (ValueError, KeyError, TypeError, RecursionError):
            return PlainTextResponse("not an update", status_code=400)
        if type(number) is not int or not 0 <= number <= LARGEST_NUMBER:
            return PlainTextResponse("not an update", status_code=400)
        await intake.take([update])
        return PlainTextResponse("ok")

    return handle


async def set_up(transport: Transport, public_url: str, secret: str) -> None:
    """Tell Telegram where to call. Raises telegram.error.TelegramError."""
    url = public_url.rstrip("/") + PATH
    await transport.bot.set_webhook(url, secret_token=secret, allowed_updates=list(KINDS), max_connections=16)
