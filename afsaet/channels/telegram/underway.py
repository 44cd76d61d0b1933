"""What has left for Telegram and is not noted yet.

Whether a text was written before or after a question is told by their numbers alone, and a question has none
until Telegram's answer has been noted. So a text waits a moment for what is under way to its chat.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from afsaet.channels.telegram.delivery import Line
from afsaet.channels.telegram.render import OutText

# Seconds from when it leaves, however many texts wait for it: a slow answer in one chat must not hold up everybody's
# updates.
LONGEST_WAIT = 2.0


@dataclass(frozen=True, slots=True)
class _Leaving:
    """until: when nobody waits for it any more, by the event loop's clock."""

    until: float
    noted: asyncio.Event = field(default_factory=asyncio.Event)


class UnderWay:
    """The line to Telegram, watched. `noted` is called when what left for a chat is noted, or never will be."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._chats: dict[int, _Leaving] = {}

    async def send(self, address: int, out: OutText) -> int:
        self._leaves(address)
        try:
            return await self._line.send(address, out)
        except BaseException:
            self.noted(address)
            raise

    async def edit(self, address: int, message_id: int, out: OutText) -> None:
        if out.keyboard:  # without buttons it carries no question, and no text has to wait for its answer
            self._leaves(address)
        try:
            await self._line.edit(address, message_id, out)
        except BaseException:
            self.noted(address)
            raise

    async def delete(self, address: int, message_id: int) -> None:
        await self._line.delete(address, message_id)

    async def settled(self, address: int) -> None:
        """Return when nothing is under way to this chat, or when that takes too long."""
        while leaving := self._chats.get(address):
            try:
                async with asyncio.timeout_at(leaving.until):
                    await leaving.noted.wait()
            except TimeoutError:
                return

    def noted(self, address: int) -> None:
        if leaving := self._chats.pop(address, None):
            leaving.noted.set()

    def forget(self) -> None:
        """What is not noted by now will be sent again by whoever sends next."""
        for address in list(self._chats):
            self.noted(address)

    def _leaves(self, address: int) -> None:
        self._chats.setdefault(address, _Leaving(asyncio.get_running_loop().time() + LONGEST_WAIT))
