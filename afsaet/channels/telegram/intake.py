"""Taking updates in: each chat's in their order, chats side by side, and nothing told twice or lost.

An update is acknowledged to Telegram only when this is done with it: committed, or set aside with its id, its
kind and the exception's class. A database that is away is waited for; it is no fault of the update's.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import structlog

from afsaet.assistant.assistant import Assistant
from afsaet.assistant.incoming import Act
from afsaet.assistant.turn.receive import receive
from afsaet.channels.telegram.source import StoreOutbox
from afsaet.channels.telegram.transport import Transport
from afsaet.channels.telegram.updates import album_of, callback_of, chat_of, kind_of, read
from afsaet.metrics import TURN_SECONDS, UPDATES
from afsaet.store import updates
from afsaet.store.faults import DatabaseFault

log = structlog.get_logger(__name__)

FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0
MOST_ALBUMS = 200  # remembered at a time; one that is forgotten gets one answer more
Update = Mapping[str, Any]


class Intake:
    """Hands updates to the assistant. `settled` waits for what is under way to a chat; `replied` is called when
    there is an answer that is kept nowhere."""

    def __init__(
        self, assistant: Assistant, outbox: StoreOutbox, transport: Transport, bot_id: int, *,
        settled: Callable[[int], Awaitable[None]], replied: Callable[[], None],
    ) -> None:
        self._assistant = assistant
        self._outbox = outbox
        self._transport = transport
        self._bot_id = bot_id
        self._settled = settled
        self._replied = replied
        self._answers: set[asyncio.Task[bool]] = set()
        self._albums: deque[str] = deque(maxlen=MOST_ALBUMS)

    async def take(self, batch: Sequence[Update]) -> None:
        """Return when every update of the batch has been committed or set aside."""
        chats: dict[int | None, list[Update]] = {}
        for update in batch:
            chats.setdefault(chat_of(update), []).append(update)
        await asyncio.gather(*(self._in_order(line) for line in chats.values()))

    async def _in_order(self, line: Sequence[Update]) -> None:
        for update in line:
            await self._one(update)

    async def _one(self, update: Update) -> None:
        address = chat_of(update)
        if self._is_more_of_an_album(update):
            return
        if "message" in update and address is not None:
            await self._settled(address)
        wait = FIRST_WAIT
        while True:
            try:
                acts = await asyncio.to_thread(self._receive, update)
                break
            except DatabaseFault as fault:
                log.error("the database is away; the update waits", fault=str(fault), update=update.get("update_id"))
                await asyncio.sleep(wait)
                wait = min(wait * 2, LONGEST_WAIT)
        if acts and address is not None:
            self._outbox.reply(str(address), acts)
            self._replied()
        if callback := callback_of(update):
            answer = asyncio.create_task(self._transport.answer_callback(callback))
            self._answers.add(answer)
            answer.add_done_callback(self._answers.discard)

    def _is_more_of_an_album(self, update: Update) -> bool:
        """Whether one picture of the same album has been answered already: ten pictures sent at once get one answer."""
        album = album_of(update)
        if album is None or album in self._albums:
            return album is not None
        self._albums.append(album)
        return False

    def _receive(self, update: Update) -> list[Act]:
        try:
            with TURN_SECONDS.time():
                incoming = read(update, self._bot_id)
                acts = receive(self._assistant, incoming) if incoming is not None else []
            UPDATES.labels("taken").inc()
            return acts
        except DatabaseFault:
            raise
        except Exception as error:  # one update that cannot be dealt with must not hold up everybody else's
            self._set_aside(update, type(error).__name__)
            return []

    def _set_aside(self, update: Update, error: str) -> None:
        number, kind = int(update.get("update_id", 0)), kind_of(update)
        try:
            with self._assistant.database.write() as tx:
                updates.set_aside(tx, self._bot_id, number, self._assistant.now(), kind=kind, error=error)
        except DatabaseFault:
            raise
        except Exception as fault:  # the log knows of it; if it were raised, the update would come again and again
            log.error("an update that is set aside cannot be noted", update=number, error=type(fault).__name__)
        UPDATES.labels("set aside").inc()
        log.error("an update is set aside", update=number, kind=kind, error=error)
