"""The server itself: a thread with an event loop, faults, long polls and webhook deliveries."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from typing import Any, Self

import httpx

from tests.fake_telegram import methods
from tests.fake_telegram.faults import Drop, Fault, Hold
from tests.fake_telegram.limits import BURST, OVERALL, Limits
from tests.fake_telegram.people import PATIENCE, Channel, Group, Person
from tests.fake_telegram.web import Answer, serve_connection
from tests.fake_telegram.world import Call, Chat, Json, RefusedError, Update, Upload, World

TOKEN = "7000000001:test-token-of-the-fake-server-aaaaaa"
TERMINATED = ("Conflict: terminated by other getUpdates request; "
              "make sure that only one bot instance is running")


class FakeTelegram:
    """A Bot API server on a free port of loopback, for one bot.

    `url` is what AFSAET_TELEGRAM_API_URL takes. `now` gives the time of messages and, unless told
    otherwise, of the enforced limits. A context manager; or `start()` and `stop()`.
    """

    def __init__(self, token: str = TOKEN, port: int = 0, now: Callable[[], float] = time.time) -> None:
        self.token = token
        self.world = World(token, now)
        self.port = port
        self._faults: list[Fault] = []
        self._holds: dict[str, Hold] = {}
        self._limits: Limits | None = None
        self._people = 0
        self._thread = threading.Thread(target=self._run, name="fake-telegram", daemon=True)
        self._ready = threading.Event()
        self._poll: asyncio.Future[bool] | None = None
        self._delivering: set[tuple[int, str]] = set()
        self._delivered: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    # ---- life ----

    def start(self) -> Self:
        self._thread.start()
        self._ready.wait()
        return self

    def stop(self) -> None:
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stopping.set)
            self._thread.join()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stopping = asyncio.Event()
        self.world.on_update = lambda: self._loop.call_soon_threadsafe(self._look)
        server = await asyncio.start_server(self._connected, "127.0.0.1", self.port)
        self.port = server.sockets[0].getsockname()[1]
        async with httpx.AsyncClient(trust_env=False) as self._client:
            self._ready.set()
            await self._stopping.wait()
            server.close()
            for task in list(self._tasks):
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            await serve_connection(reader, writer, self._answer)
        except asyncio.CancelledError:
            pass  # the server stops
        finally:
            self._tasks.discard(task)

    # ---- people ----

    def person(self, first_name: str = "Kirsten", user_id: int = 0, language: str = "da") -> Person:
        """A person the bot has not met: until they write, it cannot write to them."""
        with self.world.lock:
            self._people += 1
            number = user_id or 1_000_000 + self._people
            user: Json = {"id": number, "is_bot": False, "first_name": first_name, "language_code": language}
            return Person(self.world, self._chat({"id": number, "type": "private", "first_name": first_name}), user)

    def group(self, title: str = "Familien") -> Group:
        with self.world.lock:
            self._people += 1
            return Group(self.world, self._chat({"id": -2_000_000 - self._people, "type": "group", "title": title},
                                                open_now=True))  # fmt: skip

    def channel(self, title: str = "Nyt") -> Channel:
        with self.world.lock:
            self._people += 1
            info = {"id": -1_002_000_000_000 - self._people, "type": "channel", "title": title}
            return Channel(self.world, self._chat(info, open_now=True))

    def _chat(self, info: Json, *, open_now: bool = False) -> Chat:
        chat = Chat(info, "open" if open_now else "stranger")
        self.world.chats[chat.id] = chat
        return chat

    # ---- what a test may ask and arrange ----

    @property
    def calls(self) -> list[Call]:
        """Every call the bot has made, oldest first."""
        with self.world.lock:
            return list(self.world.calls)

    def calls_to(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method.lower()]

    @property
    def polling(self) -> bool:
        """A long poll is waiting."""
        return self._poll is not None

    def wait_until(self, holds: Callable[[FakeTelegram], bool], patience: float = PATIENCE) -> None:
        with self.world.changed:
            assert self.world.comes_true(lambda: holds(self), patience), "waited in vain"

    async def until(self, holds: Callable[[FakeTelegram], bool]) -> None:
        await asyncio.to_thread(self.wait_until, holds)

    def fail(self, method: str, status: int, times: int = 1, *, description: str = "", retry_after: int = 5,
             chat: int = 0) -> None:  # fmt: skip
        """The next calls are refused with this status, in one chat or any; 429 carries `retry_after` seconds."""
        self._faults.append(Fault(method.lower(), times, status, description, retry_after, "", chat))

    def intercept(self, method: str, status: int, page: bytes, times: int = 1, *, chat: int = 0) -> None:
        """The next calls do not come so far: something on the way answers them, such as a proxy with a page."""
        self._faults.append(Fault(method.lower(), times, status, chat=chat, page=page))

    def drop(self, method: str, when: Drop = "before", times: int = 1, *, chat: int = 0) -> None:
        """The next calls get no answer: cut before, or after, they have been carried out."""
        self._faults.append(Fault(method.lower(), times, drop=when, chat=chat))

    def hold(self, method: str) -> Hold:
        """Calls are carried out but answered only after `release()`."""
        hold = self._holds[method.lower()] = Hold(method, self._loop)
        return hold

    def repeat(self, update_id: int) -> None:
        """The update comes once more, with the same id, as after an answer that Telegram did not get."""
        with self.world.lock:
            self.world.repeat(update_id)

    def enforce_limits(self, now: Callable[[], float] | None = None, overall: int = OVERALL,
                       burst: int = BURST) -> None:  # fmt: skip
        self._limits = Limits(now or self.world.now, overall, burst)

    def redeliver(self) -> None:
        """Tries the webhook again with what it has not taken; nothing is retried by itself."""
        self._loop.call_soon_threadsafe(self._look, True)

    # ---- answering ----

    async def _answer(self, path: str, params: dict[str, str], files: dict[str, Upload]) -> Answer | None:
        token, _, method = path.removeprefix("/bot").partition("/")
        method = method.lower()
        if not path.startswith("/bot") or not method:
            return 404, RefusedError(404, "Not Found").to_json()
        if token != self.token:
            return 401, RefusedError(401, "Unauthorized").to_json()
        call = Call(method, params)
        with self.world.lock:
            self.world.calls.append(call)
        answer = await self._carried_out(method, params, files)
        with self.world.lock:
            call.status = answer[0] if answer else 0
            self.world.changed.notify_all()
        return answer

    async def _carried_out(self, method: str, params: dict[str, str], files: dict[str, Upload]) -> Answer | None:
        fault = next((fault for fault in self._faults if fault.concerns(method, params)), None)
        if fault:
            fault.times -= 1
        if fault and fault.page is not None:
            return fault.status, fault.page
        try:
            if fault and fault.status:
                raise fault.refusal
            if fault and fault.drop == "before":
                return None
            if method == "getupdates":
                result: Any = await self._updates(params)
            else:
                with self.world.lock:
                    self._check_limits(method, params)
                    result = methods.carry_out(self.world, method, params, files)
                    self.world.changed.notify_all()
        except RefusedError as refusal:
            return refusal.code, refusal.to_json()
        if hold := self._holds.get(method):
            await hold.keep()
        if fault and fault.drop == "after":
            return None
        return 200, {"ok": True, "result": result}

    def _check_limits(self, method: str, params: dict[str, str]) -> None:
        if self._limits and method in methods.OUTGOING:
            wait = self._limits.broken_for(int(params.get("chat_id", 0)), method in methods.MESSAGES)
            if wait:
                raise RefusedError(429, f"Too Many Requests: retry after {wait}", wait)

    # ---- long polling ----

    async def _updates(self, params: dict[str, str]) -> list[Json]:
        with self.world.lock:
            if self.world.webhook.url:
                raise RefusedError(409, methods.WEBHOOK_ACTIVE)
            methods.remember_kinds(self.world, params)
        updates = self._waiting(params)
        timeout = int(params.get("timeout", 0))
        if updates or not timeout:
            return updates
        if self._poll and not self._poll.done():
            self._poll.set_result(False)
        poll = self._poll = self._loop.create_future()
        with self.world.lock:
            self.world.changed.notify_all()
        expiry = self._loop.call_later(timeout, lambda: poll.done() or poll.set_result(True))
        try:
            if not await poll:
                raise RefusedError(409, TERMINATED)
        finally:
            expiry.cancel()
            if self._poll is poll:
                self._poll = None
        return self._waiting(params)

    def _waiting(self, params: dict[str, str]) -> list[Json]:
        offset, limit = int(params.get("offset", 0)), int(params.get("limit", 100))
        with self.world.lock:
            waiting = self.world.waiting
            if offset < 0:
                del waiting[:offset]
            if offset > 0:
                waiting[:] = [update for update in waiting if update.id >= offset]
            repeated, self.world.repeated = self.world.repeated, []
            return [update.to_json() for update in (repeated + waiting)[: max(1, min(limit, 100))]]

    # ---- webhook ----

    def _look(self, again: bool = False) -> None:
        """Something changed for whoever takes updates. Runs on the server's loop."""
        if self._poll and not self._poll.done() and not self.world.webhook.url:
            self._poll.set_result(True)
            return
        if again:
            self._delivered.clear()
        with self.world.lock:
            hook = self.world.webhook
            for update in list(self.world.waiting) if hook.url else ():
                free = len(self._delivering) < hook.max_connections and update.queue not in self._delivering
                if free and update.id not in self._delivered:
                    self._delivering.add(update.queue)
                    self._delivered.add(update.id)
                    task = self._loop.create_task(self._deliver(update))
                    self._tasks.add(task)
                    task.add_done_callback(self._tasks.discard)

    async def _deliver(self, update: Update) -> None:
        hook = self.world.webhook
        headers = {"X-Telegram-Bot-Api-Secret-Token": hook.secret} if hook.secret else {}
        try:
            answer = await self._client.post(hook.url, json=update.to_json(), headers=headers, timeout=60)
            trouble = "" if answer.is_success else f"Wrong response from the webhook: {answer.status_code}"
        except httpx.HTTPError as error:
            trouble = f"Connection failed: {type(error).__name__}"
        with self.world.lock:
            if trouble:
                hook.last_error_date, hook.last_error_message = self.world.stamp(), trouble
            else:
                self._delivered.discard(update.id)
                if update in self.world.waiting:
                    self.world.waiting.remove(update)
            self._delivering.discard(update.queue)
            self.world.changed.notify_all()
        self._look()
