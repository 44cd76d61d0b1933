"""Sends what the outbox holds: in order and one at a time in a chat, different chats side by side.

What Telegram has taken is noted in the outbox before the next message of that chat goes out, so that an
end at any moment repeats at most one message a chat. An edit or deletion may be noted together with the
message that follows it, since repeating it changes nothing.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from typing import Protocol

from afsaet.channels.telegram.errors import Meaning, Verdict, judge
from afsaet.channels.telegram.outbox import Item, Outbox
from afsaet.channels.telegram.pace import Pace
from afsaet.channels.telegram.queues import Queue, Queues
from afsaet.channels.telegram.render import OutText, one, pieces, settled
from afsaet.flows.message import Message

log = logging.getLogger(__name__)

FIRST_WAIT = 1.0
LONGEST_WAIT = 600.0
LONGEST_OUTAGE_WAIT = 60.0
LONGEST_STORE_WAIT = 30.0
TOKEN_WAIT = 300.0
MOST_HELD = 2000

_DONE = Verdict(Meaning.DONE)
_REFUSED = Verdict(Meaning.MESSAGE_REFUSED)


class Line(Protocol):
    """What the sender needs of `Transport`."""

    async def send(self, address: int, out: OutText) -> int: ...
    async def edit(self, address: int, message_id: int, out: OutText) -> None: ...
    async def delete(self, address: int, message_id: int) -> None: ...


class Timer(Protocol):
    def cancel(self) -> None: ...


class Clock(Protocol):
    """Seconds of a clock that never runs back, and timers by it. An asyncio event loop is one."""

    def time(self) -> float: ...
    def call_later(self, delay: float, callback: Callable[[], object], /) -> Timer: ...


class Sender:
    """Runs as one task beside the channel: `run()` until `stop()`.

    every: seconds after which the outbox is asked though nobody nudged, for what other processes stored.
    concurrency: how many chats are served at a time. batch: how many items are asked for at a time.
    """

    def __init__(
        self,
        outbox: Outbox,
        line: Line,
        *,
        pace: Pace | None = None,
        clock: Clock | None = None,
        every: float = 2.0,
        concurrency: int = 16,
        batch: int = 100,
    ) -> None:
        self._outbox = outbox
        self._line = line
        self._pace = pace or Pace()
        self._clock = clock
        self._every = every
        self._concurrency = concurrency
        self._batch = batch
        self._queues = Queues()
        self._wake = asyncio.Event()
        self._nudged = True
        self._stopping = False
        self._serving = 0
        self._next_ask = 0.0
        self._store_failures = 0
        self._outages = 0
        self._down_until = float("-inf")
        self._resting: set[asyncio.Future[None]] = set()

    def nudge(self) -> None:
        """Something new is in the outbox. From the event loop's thread only, as with `offer` and `stop`."""
        self._nudged = True
        self._wake.set()

    def offer(self, items: Iterable[Item]) -> None:
        """Items of a turn just committed. Whenever older ones may wait in the outbox, it is asked instead."""
        if len(self._queues) >= MOST_HELD or not self._queues.offer(items):
            self._nudged = True
        self._wake.set()

    def stop(self) -> None:
        """`run()` begins nothing new and returns when what is under way has been sent and noted."""
        self._stopping = True
        self._wake.set()
        for rest in list(self._resting):
            rest.cancel()

    async def run(self) -> None:
        """Sends until `stop()`. When cancelled it ends at once, as in a crash."""
        alarm: Timer | None = None
        async with asyncio.TaskGroup() as tasks:
            try:
                while not self._stopping:
                    self._wake.clear()
                    if self._time_to_ask():
                        await self._ask()
                    at = self._start(tasks)
                    alarm = self._time.call_later(max(0.0, at - self._time.time()), self._wake.set)
                    await self._wake.wait()
                    alarm.cancel()
            finally:
                if alarm:
                    alarm.cancel()

    @property
    def _time(self) -> Clock:
        return self._clock or asyncio.get_running_loop()

    # ---- taking in ----

    def _time_to_ask(self) -> bool:
        now, held = self._time.time(), len(self._queues)
        if held >= MOST_HELD or (self._store_failures and now < self._next_ask):
            return False
        if self._nudged or min(self._next_ask, self._queues.next_ask()) <= now:
            return True
        return not self._queues.complete and held < self._batch // 2

    async def _ask(self) -> None:
        self._nudged = False
        self._queues.about_to_ask()
        limit = self._batch + len(self._queues)
        try:
            items = await self._outbox.due(limit)
        except Exception as error:  # whatever the store raises, sending goes on when it is back
            self._nudged = True
            self._store_failures += 1
            wait = _backoff(self._store_failures, LONGEST_STORE_WAIT)
            log.warning("the outbox could not be read: %s; next try in %.0f s", type(error).__name__, wait)
            self._next_ask = self._time.time() + wait
            return
        self._store_failures = 0
        now = self._time.time()
        self._next_ask = now + self._every
        self._queues.take_in(items, now, complete=len(items) < limit, ask_again=self._next_ask)

    # ---- choosing ----

    def _start(self, tasks: asyncio.TaskGroup) -> float:
        """Begins with every chat that may be served now; returns when to look again."""
        now = self._time.time()
        look_again = min(self._next_ask, self._queues.next_ask())
        if now < self._down_until:
            return min(look_again, self._down_until)
        # While there is no way to Telegram, one message at a time finds out when there is again.
        room = (1 if self._outages else self._concurrency) - self._serving
        for queue in self._queues.ready():
            if room <= 0:
                break
            delay = self._let_through(queue)
            if delay:
                look_again = min(look_again, now + delay)
                continue
            room -= 1
            self._serving += 1
            queue.busy = True
            tasks.create_task(self._serve(queue))
        return look_again

    def _let_through(self, queue: Queue) -> float:
        """Counts the chat's next call as leaving now and returns 0, or returns the seconds it has to wait."""
        now, message = self._time.time(), queue.items[0].kind == "send"
        delay = self._pace.delay(queue.key, now, reply=queue.urgent, message=message)
        if not delay:
            self._pace.leaves(queue.key, now, message=message)
        return delay

    # ---- sending ----

    async def _serve(self, queue: Queue) -> None:
        """Carries out what waits in one chat until it has to wait; its first item has been let through."""
        unnoted: list[Item] = []
        try:
            while True:
                item = queue.items[0]
                verdict, sent, left = await self._carry_out(item)
                if verdict.meaning is not Meaning.DONE:
                    await self._done(unnoted, None)
                    await self._trouble(queue, item, verdict)
                    return
                queue.failures = self._outages = 0
                self._down_until = float("-inf")
                if left:
                    queue.items[0] = replace(item, progress=item.progress + 1)
                    await self._noted(lambda item=item: self._outbox.progress(item, item.progress + 1))
                else:
                    unnoted.append(self._queues.pop(queue))
                    if item.kind == "send":
                        await self._done(unnoted, sent)
                        unnoted = []
                if self._stopping or not queue.items or self._let_through(queue):
                    break
            await self._done(unnoted, None)
        finally:
            self._serving -= 1
            self._queues.rest(queue)
            self._wake.set()

    async def _carry_out(self, item: Item) -> tuple[Verdict, int | None, int]:
        """One call to Telegram: what came of it, the number of a message sent, and how many pieces are left."""
        try:
            parts = _parts(item)
        except Exception as error:  # one malformed item must not stop everybody else's messages
            log.error("item %s cannot be shown: %s", item.id, type(error).__name__)
            return _REFUSED, None, 0
        sent, left = None, 0
        try:
            if item.kind == "delete":
                await self._line.delete(item.address, int(item.payload["ref"]))
            elif item.kind == "edit":
                await self._line.edit(item.address, int(item.payload["ref"]), parts[0])
            elif item.progress < len(parts):
                sent = await self._line.send(item.address, parts[item.progress])
                left = len(parts) - item.progress - 1
        except Exception as error:  # judged by its kind; the unknown is tried again
            verdict = judge(error)
            if verdict.meaning is not Meaning.DONE:
                log.info("item %s: %s (%s)", item.id, verdict.meaning.name, type(error).__name__)
            return verdict, None, 0
        return _DONE, sent, left

    async def _trouble(self, queue: Queue, item: Item, verdict: Verdict) -> None:
        match verdict.meaning:
            case Meaning.UNREACHABLE:
                self._outage()
            case Meaning.BOT_REFUSED:
                self._down_until = self._time.time() + TOKEN_WAIT
                log.error("Telegram does not accept the bot's token; next try in %.0f s", TOKEN_WAIT)
            case Meaning.MESSAGE_REFUSED:
                self._queues.pop(queue)
                await self._noted(lambda: self._outbox.failed(item, False))
                self._queues.drop([item])
            case Meaning.CHAT_CLOSED:
                await self._noted(lambda: self._outbox.failed(item, True))
                self._queues.drop_all(queue)
            case _:
                queue.failures += 1
                wait = verdict.seconds or _backoff(queue.failures, LONGEST_WAIT)
                now = self._time.time()
                if verdict.meaning is Meaning.WAIT:
                    self._pace.limited(queue.key, now, wait)
                await self._noted(lambda: self._outbox.postpone(item, wait))
                self._queues.postpone(queue, now + wait)

    def _outage(self) -> None:
        """No way to Telegram. Those that were under way when it began count once."""
        now = self._time.time()
        if now < self._down_until:
            return
        self._outages += 1
        wait = _backoff(self._outages, LONGEST_OUTAGE_WAIT)
        self._down_until = now + wait
        log.warning("Telegram cannot be reached; next try in %.0f s", wait)

    # ---- noting ----

    async def _done(self, items: list[Item], sent: int | None) -> None:
        if items:
            await self._noted(lambda: self._outbox.done(items, sent))
            self._queues.drop(items)

    async def _noted(self, note: Callable[[], Awaitable[None]]) -> None:
        """Notes in the outbox, again and again until it succeeds: nothing else is sent in this chat before."""
        failures = 0
        while True:
            try:
                await note()
                return
            except Exception as error:  # whatever the store raises, sending goes on when it is back
                failures += 1
                log.warning("what was sent could not be noted: %s", type(error).__name__)
            if self._stopping:
                return
            await self._rest(_backoff(failures, LONGEST_STORE_WAIT))

    async def _rest(self, seconds: float) -> None:
        rest: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._resting.add(rest)
        timer = self._time.call_later(seconds, lambda: rest.done() or rest.set_result(None))
        try:
            await rest
        finally:
            timer.cancel()
            self._resting.discard(rest)


def _parts(item: Item) -> list[OutText]:
    if item.kind == "delete":
        return []
    message, ask = Message.from_json(item.payload["message"]), int(item.payload.get("ask", 0))
    if item.kind == "send":
        return pieces(message, ask)
    if "answer" in item.payload:
        return [settled(message, item.payload["answer"])]
    return [one(message, ask)]


def _backoff(failures: int, longest: float) -> float:
    return min(longest, FIRST_WAIT * 2.0 ** min(failures - 1, 20))
