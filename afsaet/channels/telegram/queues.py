"""What waits in memory, chat by chat, and which chats have more in the store than is held here."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from afsaet.channels.telegram.outbox import Item
from afsaet.channels.telegram.pace import Leave


@dataclass(slots=True)
class Queue:
    """One chat. busy: its first item is being carried out. behind: the store has items of this chat that
    are not here, and is asked for them at `later`. failures: how often in a row sending has failed. leave: the call
    that has been counted and not been answered."""

    key: str
    items: list[Item] = field(default_factory=list)
    busy: bool = False
    behind: bool = False
    later: float = 0.0
    failures: int = 0
    leave: Leave | None = None

    @property
    def urgent(self) -> bool:
        """A reply waits here, perhaps behind something that was not asked for."""
        return any(item.reply for item in self.items)


class Queues:
    """All chats with something to send.

    An item is held once, from when it is taken in until it is dropped. `complete` is whether everything
    due was here when the store was last asked.
    """

    def __init__(self) -> None:
        self.complete = False
        self._chats: dict[str, Queue] = {}
        self._held: set[int] = set()
        self._dropped: set[int] = set()
        self._left: set[str] = set()

    def __len__(self) -> int:
        """How many items are held."""
        return len(self._held)

    @property
    def moved(self) -> bool:
        """Something has been dropped since the store was last asked."""
        return bool(self._dropped)

    def ready(self) -> list[Queue]:
        """Chats with something to send that are not busy: those with a reply first, then by age."""
        ready = [queue for queue in self._chats.values() if queue.items and not queue.busy]
        return sorted(ready, key=lambda queue: (not queue.urgent, queue.items[0].order))

    def offer(self, items: Iterable[Item]) -> bool:
        """Takes in items straight from a turn, unless older ones of their chats may still be in the store.

        False when the store has to be asked instead.
        """
        taken = True
        for item in items:
            queue = self._chats.get(item.chat_key)
            if self.complete and not (queue and queue.behind):
                self._hold(item)
            else:
                taken = False
        return taken

    def about_to_ask(self) -> None:
        """The store's answer will be older than what happens from now on."""
        self._dropped.clear()
        self._left.clear()

    def take_in(self, items: Sequence[Item], now: float, *, complete: bool) -> None:
        """Takes in the store's answer. complete: it holds everything that is due."""
        self.complete = complete
        for item in items:
            if item.id not in self._dropped and item.chat_key not in self._left:
                self._hold(item)
        for queue in list(self._chats.values()):
            if queue.behind and queue.later <= now:
                queue.behind = False
                self._tidy(queue)

    def superseded(self, queue: Queue) -> bool:
        """The first item edits a message that the one behind it edits again, so nobody needs to see it."""
        first, *others = queue.items[:2]
        return bool(others) and all(item.kind == "edit" for item in (first, *others)) and (
            first.payload["ref"] == others[0].payload["ref"])

    def pop(self, queue: Queue) -> Item:
        """Takes the first item out of its queue. It is still held: `drop` it when it has been noted."""
        return queue.items.pop(0)

    def drop(self, items: Iterable[Item]) -> None:
        """These are noted in the store, and its answer on the way may not know it."""
        ids = {item.id for item in items}
        self._held -= ids
        self._dropped |= ids

    def drop_all(self, queue: Queue) -> None:
        self.drop(queue.items)
        queue.items.clear()

    def postpone(self, queue: Queue, until: float) -> None:
        """Leaves everything of this chat to the store until then."""
        self.drop_all(queue)
        self._left.add(queue.key)
        queue.behind, queue.later = True, until

    def let_go(self) -> None:
        """Leaves to the store everything but what is being carried out: it may be taken back there meanwhile."""
        self.complete = False
        for queue in list(self._chats.values()):
            first = 1 if queue.busy else 0
            self.drop(queue.items[first:])
            del queue.items[first:]
            self._tidy(queue)

    def known_postponed(self, key: str, until: float) -> None:
        """An earlier run left everything of this chat to the store until then."""
        queue = self._chats.setdefault(key, Queue(key))
        queue.behind, queue.later = True, until

    def rest(self, queue: Queue) -> None:
        """The chat is no longer busy."""
        queue.busy = False
        self._tidy(queue)

    def next_ask(self) -> float:
        """When the store is to be asked for what a chat is behind with."""
        return min((queue.later for queue in self._chats.values() if queue.behind), default=float("inf"))

    def _hold(self, item: Item) -> None:
        if item.id in self._held:
            return
        self._held.add(item.id)
        queue = self._chats.setdefault(item.chat_key, Queue(item.chat_key))
        insort(queue.items, item, lo=1 if queue.busy and queue.items else 0, key=lambda held: held.order)

    def _tidy(self, queue: Queue) -> None:
        if not (queue.items or queue.busy or queue.behind):
            self._chats.pop(queue.key, None)
