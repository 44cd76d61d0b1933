"""What waits in the outbox, taken in when it is needed: at a nudge, when little is held, and now and then anyway."""

from __future__ import annotations

from collections.abc import Iterable

import structlog

from afsaet.channels.telegram.noting import LONGEST_WAIT, Clock, backoff
from afsaet.channels.telegram.outbox import Item, Outbox
from afsaet.channels.telegram.queues import Queues

log = structlog.get_logger(__name__)

MOST_HELD = 1000


class Supply:
    """Fills `queues` from the outbox. Used in the event loop's thread.

    every: seconds after which the outbox is asked though nobody nudged, for what other processes stored. batch: how
    many items are asked for at a time. away: the outbox could not be read the last time; `next` is when it is tried
    again.
    """

    def __init__(self, outbox: Outbox, queues: Queues, clock: Clock, *, every: float, batch: int) -> None:
        self.away = False
        self.next = 0.0
        self._outbox = outbox
        self._queues = queues
        self._clock = clock
        self._every = every
        self._batch = batch
        self._nudged = True
        self._asking = False
        self._let_go = False
        self._begun = False
        self._failures = 0

    def nudge(self) -> None:
        """Something new is in the outbox."""
        self._nudged = True

    def offer(self, items: Iterable[Item]) -> None:
        """Items of a turn just committed. Whenever older ones may wait in the outbox, it is asked instead."""
        full = len(self._queues) >= MOST_HELD
        if self._nudged or self._asking or full or not self._queues.offer(items):
            self._nudged = True

    def let_go(self) -> None:
        """Hold nothing of what waits, and ask for it anew: a reminder, say, is taken back in the outbox when its
        meeting is called off."""
        self._queues.let_go()
        self._nudged = self._let_go = True

    def ask_at(self) -> float:
        """When the outbox is to be asked; the past for at once, infinity for not before something is sent."""
        held = len(self._queues)
        few = held < self._batch // 2
        if held >= MOST_HELD:
            return float("inf")
        if self.away:
            return self.next
        if self._nudged or (few and not self._queues.complete and self._queues.moved):
            return float("-inf")
        if few or self._queues.complete:
            return min(self.next, self._queues.next_ask())
        return float("inf")

    async def ask(self) -> None:
        """Take in what is due. What cannot be read is told in the log and tried again."""
        self._nudged, self._asking, self._let_go = False, True, False
        self._queues.about_to_ask()
        try:
            if not self._begun:
                for key, seconds in (await self._outbox.postponed()).items():
                    self._queues.known_postponed(key, self._clock.time() + seconds)
                self._begun = True
            items = await self._outbox.due(self._batch)
        except Exception as error:  # whatever the store raises, sending goes on when it is back
            self._failures += 1
            wait = backoff(self._failures, LONGEST_WAIT)
            log.warning("the outbox could not be read", error=type(error).__name__, next_try=wait)
            self.away, self.next = True, self._clock.time() + wait
            self.let_go()
            return
        finally:
            self._asking = False
        self.away, self._failures = False, 0
        now = self._clock.time()
        self.next = now + self._every
        if not self._let_go:
            self._queues.take_in(items, now, complete=len(items) < self._batch)
