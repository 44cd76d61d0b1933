"""Sends what the outbox holds: in order and one at a time in a chat, different chats side by side.

What Telegram has taken is noted in the outbox before the next message of that chat goes out, so that an
end at any moment repeats at most one message a chat. An edit or deletion may be noted together with the
message that follows it, since repeating it changes nothing.

While there is no way to Telegram or to the outbox, or Telegram wants no calls at all, nothing is held here, and when
there is again the outbox is asked: what was taken back meanwhile does not go out.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import replace

import structlog

from afsaet.channels.telegram.delivery import Line, carry_out
from afsaet.channels.telegram.errors import Meaning, Verdict
from afsaet.channels.telegram.noting import Clock, Notes, Timer, backoff
from afsaet.channels.telegram.outbox import Item, Outbox
from afsaet.channels.telegram.pace import Pace
from afsaet.channels.telegram.queues import Queue, Queues
from afsaet.channels.telegram.supply import Supply

log = structlog.get_logger(__name__)

LONGEST_WAIT = 120.0
LONGEST_OUTAGE_WAIT = 60.0
TOKEN_WAIT = 300.0
KEPT_FOR_REPLIES = 4  # of the chats that are served at a time, during a mass sending


class Sender:
    """Runs as one task beside the channel: `run()` until `stop()`. Made and used in the event loop's thread.

    every: seconds after which the outbox is asked though nobody nudged, for what other processes stored.
    concurrency: how many chats are served at a time. batch: how many items are asked for at a time.
    clock: the event loop, unless given.
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
        self._clock: Clock = clock or asyncio.get_running_loop()
        self._concurrency = concurrency
        self._queues = Queues()
        self._supply = Supply(outbox, self._queues, self._clock, every=every, batch=batch)
        self._notes = Notes(self._clock)
        self._wake = asyncio.Event()
        self._stopping = False
        self._serving = 0
        self._outages = 0
        self._down_until = float("-inf")

    def nudge(self) -> None:
        """Something new is in the outbox."""
        self._supply.nudge()
        self._wake.set()

    def offer(self, items: Iterable[Item]) -> None:
        """Items of a turn just committed. Whenever older ones may wait in the outbox, it is asked instead.

        What another process has stored without a nudge may be overtaken: it is found within `every` seconds.
        """
        if self._down or self._clock.time() < self._closed_until:
            self._supply.nudge()
        else:
            self._supply.offer(items)
        self._wake.set()

    def stop(self) -> None:
        """`run()` begins nothing new and returns when what is under way has been sent and noted."""
        self._stopping = True
        self._notes.stop()
        self._wake.set()

    async def run(self) -> None:
        """Sends until `stop()`. When cancelled it ends at once, as in a crash."""
        alarm: Timer | None = None
        async with asyncio.TaskGroup() as tasks:
            try:
                while not self._stopping:
                    self._wake.clear()
                    if self._ask_at() <= self._clock.time():
                        await self._supply.ask()
                    if self._stopping:
                        break
                    at = self._start(tasks)
                    if at < float("inf"):
                        alarm = self._clock.call_later(max(0.0, at - self._clock.time()), self._wake.set)
                    await self._wake.wait()
                    if alarm:
                        alarm.cancel()
            finally:
                if alarm:
                    alarm.cancel()

    @property
    def _closed_until(self) -> float:
        """When to call again, where there is no way to Telegram or it wants no calls."""
        return max(self._down_until, self._pace.held_until)

    @property
    def _down(self) -> bool:
        """Nothing has got through since there was no way to Telegram, or since the bot was refused."""
        return self._down_until > float("-inf")

    def _ask_at(self) -> float:
        """When the outbox is to be asked. What is read now might not be true any more when it can be sent."""
        closed = self._closed_until
        return closed if self._clock.time() < closed else self._supply.ask_at()

    # ---- choosing ----

    def _start(self, tasks: asyncio.TaskGroup) -> float:
        """Begins with every chat that may be served now; returns when to look again."""
        now = self._clock.time()
        if self._supply.away:
            return self._supply.next  # what would be sent could not be noted either
        if now < self._closed_until:
            return self._closed_until
        look_again = self._ask_at()
        # While there is no way to Telegram, one message at a time finds out when there is again.
        room = (1 if self._outages else self._concurrency) - self._serving
        kept = min(KEPT_FOR_REPLIES, self._concurrency - 1) if not self._outages else 0
        for queue in self._queues.ready():
            if room <= (0 if queue.urgent else kept):
                break
            if delay := self._delay(queue):
                look_again = min(look_again, now + delay)
                if not queue.urgent and self._pace.crowded(now, reply=False):
                    break  # those that follow are unasked too, and wait for the same
                continue
            room -= 1
            self._serving += 1
            queue.busy = True
            tasks.create_task(self._serve(queue))
        return look_again

    def _delay(self, queue: Queue) -> float:
        """Counts the chat's next call as leaving now and returns 0.0, or returns the seconds it has to wait."""
        now, message = self._clock.time(), queue.items[0].kind == "send"
        delay = self._pace.delay(queue.key, now, reply=queue.urgent, message=message)
        if not delay:
            queue.leave = self._pace.leaves(queue.key, now, reply=queue.urgent, message=message)
        return delay

    # ---- sending ----

    async def _serve(self, queue: Queue) -> None:
        """Carries out what waits in one chat until it has to wait; its first call is counted already."""
        unnoted: list[Item] = []
        try:
            while True:
                while self._queues.superseded(queue):
                    unnoted.append(self._queues.pop(queue))
                item = queue.items[0]
                assert queue.leave is not None  # counted before it leaves
                outcome = await carry_out(self._line, item)
                self._pace.answered(queue.leave, self._clock.time())
                if outcome.verdict.meaning is not Meaning.DONE:
                    await self._done(unnoted, None)
                    await self._trouble(queue, item, outcome.verdict)
                    return
                queue.failures = 0
                back = self._down
                if back:
                    self._outages, self._down_until = 0, float("-inf")
                    self._supply.let_go()
                if outcome.left:
                    further = queue.items[0] = replace(item, progress=item.progress + 1)
                    await self._notes.noted(self._outbox.progress, item, further.progress)
                else:
                    unnoted.append(self._queues.pop(queue))
                    if item.kind == "send" or outcome.sent is not None:
                        await self._done(unnoted, outcome.sent)
                        unnoted = []
                if self._stopping or back or not queue.items or self._delay(queue):
                    break
            await self._done(unnoted, None)
        finally:
            self._serving -= 1
            self._queues.rest(queue)
            self._wake.set()

    async def _done(self, items: list[Item], sent: int | None) -> None:
        if items:
            await self._notes.noted(self._outbox.done, items, sent)
            self._queues.drop(items)

    async def _trouble(self, queue: Queue, item: Item, verdict: Verdict) -> None:
        match verdict.meaning:
            case Meaning.UNREACHABLE:
                self._queues.drop_all(queue)
                self._outage()
            case Meaning.BOT_REFUSED:
                self._queues.drop_all(queue)
                self._supply.let_go()
                self._down_until = self._clock.time() + TOKEN_WAIT
                log.error("Telegram does not know the bot's token", next_try=TOKEN_WAIT)
            case Meaning.MESSAGE_REFUSED:
                await self._notes.noted(self._outbox.failed, item, False)
                self._queues.drop([self._queues.pop(queue)])
            case Meaning.CHAT_CLOSED:
                await self._notes.noted(self._outbox.failed, item, True)
                self._queues.drop_all(queue)
            case _:
                queue.failures += 1
                wait = verdict.seconds or backoff(queue.failures, LONGEST_WAIT)
                now = self._clock.time()
                if verdict.meaning is Meaning.WAIT:
                    self._pace.limited(queue.key, now, wait)
                    if now < self._closed_until:
                        self._supply.let_go()
                await self._notes.noted(self._outbox.postpone, item, wait)
                self._queues.postpone(queue, now + wait)

    def _outage(self) -> None:
        """No way to Telegram. Those that were under way when it began count once."""
        now = self._clock.time()
        if now < self._down_until:
            return
        self._outages += 1
        self._supply.let_go()
        wait = backoff(self._outages, LONGEST_OUTAGE_WAIT)
        self._down_until = now + wait
        log.warning("Telegram cannot be reached", next_try=wait)
