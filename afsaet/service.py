"""`afsaet run`: the channels, the small web server, notices by mail and the housekeeping, in one process."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import structlog
import uvicorn
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from afsaet.assistant import drawing
from afsaet.assistant.assistant import Assistant
from afsaet.assistant.unasked import nudging
from afsaet.assistant.unasked.firing import fire, look_again
from afsaet.assistant.unasked.retention import expire
from afsaet.assistant.unasked.unfinished import end_rounds
from afsaet.channels.mail import notify
from afsaet.channels.telegram.service import Telegram
from afsaet.settings import Listen, Settings, SettingsFault
from afsaet.store import timers, updates
from afsaet.store.faults import StoreFault

log = structlog.get_logger(__name__)

# A batch of timers each time is as much as Telegram takes meanwhile: laying them faster would only make those wait who
# are in conversation.
FIRE_EVERY = 0.5
LOOK_AGAIN_EVERY = 300.0
BACKLOG = 2048  # as uvicorn has it
MAIL_EVERY = 5.0
CLEAN_EVERY = 3600.0
REMEMBER_UPDATES = timedelta(days=21)  # Telegram keeps what it could not deliver for one day
REMEMBER_TIMERS = timedelta(days=90)  # so long is shown what came of a reminder, and nobody is asked for a round twice


async def serve(assistant: Assistant, settings: Settings, told: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM. `told` is given one line when the address is known."""
    routes = [Route("/healthz", _health(assistant))]
    # Before anything is sent: what lay in the outbox when the service stopped may help nobody any more.
    await _tried(lambda: look_again(assistant))
    beside: list[Coroutine[Any, Any, None]] = [
        _every(FIRE_EVERY, lambda: fire(assistant)), _every(LOOK_AGAIN_EVERY, lambda: look_again(assistant)),
        _every(CLEAN_EVERY, lambda: clean(assistant)), _every(CLEAN_EVERY, lambda: nudging.look(assistant)),
    ]
    if settings.telegram_token is not None:
        webhook = settings.public_url if settings.telegram_mode == "webhook" else None
        token = settings.telegram_token.get_secret_value()
        secret = settings.webhook_secret()
        telegram = Telegram(assistant, token, settings.telegram_api_url, public_url=webhook, secret=secret)
        routes += telegram.routes()
        beside.append(telegram.run())
    if assistant.municipality.mail is not None:
        password = settings.mail_password.get_secret_value() if settings.mail_password else ""
        beside.append(_every(MAIL_EVERY, lambda: notify(assistant.database, assistant.municipality, password)))
    if settings.metrics_listen is not None:
        metrics = Starlette(routes=[Route("/metrics", _metrics)])
        beside.append(_web(metrics, settings.metrics_listen, lambda address: None))
    beside.append(_web(Starlette(routes=routes), settings.listen, told))
    try:
        await _until_told_to_stop([asyncio.create_task(each) for each in beside])
    finally:
        await asyncio.to_thread(drawing.stop)


async def _until_told_to_stop(tasks: list[asyncio.Task[None]]) -> None:
    """Wait for SIGINT or SIGTERM, then let every task end in its own way. A task that fails ends all of them."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    stopped = asyncio.create_task(stop.wait())
    try:
        done, _others = await asyncio.wait([stopped, *tasks], return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for each in (stopped, *tasks):
            each.cancel()
        await asyncio.gather(stopped, *tasks, return_exceptions=True)


def clean(assistant: Assistant) -> None:
    """Forget updates and timers long since dealt with, drafts nobody has touched for so long that they go, and
    rounds that were left half-way."""
    with assistant.database.write() as tx:
        updates.purge(tx, assistant.now() - REMEMBER_UPDATES)
        timers.purge(tx, assistant.now() - REMEMBER_TIMERS, assistant.now())
    expire(assistant)
    end_rounds(assistant)


async def _every(seconds: float, work: Callable[[], object]) -> None:
    """Do it in a worker thread, again and again, so many seconds from one beginning to the next."""
    loop = asyncio.get_running_loop()
    while True:
        begun = loop.time()
        await _tried(work)
        await asyncio.sleep(max(0.0, begun + seconds - loop.time()))


async def _tried(work: Callable[[], object]) -> None:
    """Do it in a worker thread. A fault is told, and another time waited for."""
    try:
        await asyncio.to_thread(work)
    except (StoreFault, OSError) as fault:
        log.error("could not be done now; trying again", fault=type(fault).__name__)


class _Server(uvicorn.Server):
    """One server among other tasks: the signals that end the program are not its own."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def _web(app: ASGIApp, listen: Listen, told: Callable[[str], None]) -> None:
    family = socket.AF_INET6 if ":" in listen.host else socket.AF_INET
    with socket.socket(family) as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sock.bind((listen.host, listen.port))
        except OSError as error:
            raise SettingsFault([
                f"Nothing can listen on {listen.host}:{listen.port} ({error.strerror}). Stop what else does, or set "
                "AFSAET_LISTEN and AFSAET_METRICS_LISTEN to free addresses of this machine."
            ]) from None
        sock.listen(BACKLOG)  # whoever has read the address may call at once
        host = f"[{listen.host}]" if family == socket.AF_INET6 else listen.host
        told(f"http://{host}:{sock.getsockname()[1]}")
        config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="off", server_header=False)
        await _Server(config).serve(sockets=[sock])


def _health(assistant: Assistant) -> Callable[[Request], Coroutine[Any, Any, Response]]:
    def look() -> None:
        with assistant.database.read() as tx:
            updates.list_set_aside(tx)

    async def health(request: Request) -> Response:
        try:
            await asyncio.to_thread(look)
        except StoreFault:
            return PlainTextResponse("the database does not answer", status_code=503)
        return PlainTextResponse("ok")

    return health


async def _metrics(request: Request) -> Response:
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
