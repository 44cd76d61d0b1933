"""How fast messages may leave. Pure: the time is passed in, in seconds of any clock that never runs back.

About 30 calls a second in all; in one chat a burst of five replies that refills by one a second, and
what was not asked for one a second. Replies never wait behind what was not asked for.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

OVERALL = 30
BURST = 5
# A little more than a second, since messages do not all travel equally fast.
SECOND = 1.05
# Of the 30, so many are kept free of unasked messages, so that a reply finds room during a mass sending.
KEPT_FOR_REPLIES = 5
# So many chats limited within so many seconds mean that the limit concerns the bot, not a chat.
CHATS_OF_A_WHOLE = 3
SAME_TIME = 10.0
# Shorter waits than this are rounding.
A_MOMENT = 0.001


@dataclass(slots=True)
class _Chat:
    left: float
    at: float
    last: float
    held_until: float


class Pace:
    """What has left lately and what is held back. Chats are forgotten when they no longer matter."""

    def __init__(self, overall: int = OVERALL, burst: int = BURST) -> None:
        self._overall = overall
        self._burst = float(burst)
        self._recent: deque[float] = deque(maxlen=overall)
        self._chats: dict[str, _Chat] = {}
        self._limited: deque[tuple[float, str, float]] = deque(maxlen=CHATS_OF_A_WHOLE * 4)
        self._held_until = float("-inf")
        self._sweep_at = float("-inf")

    def delay(self, chat: str, now: float, *, reply: bool, message: bool = True) -> float:
        """Seconds until the next call in this chat may leave; 0.0 when it may now.

        reply: the citizen has just written or tapped. message: a new message; an edit or deletion counts
        overall but not in its chat.
        """
        earliest = self._held_until
        room = self._overall if reply else max(1, self._overall - KEPT_FOR_REPLIES)
        if len(self._recent) >= room:
            earliest = max(earliest, self._recent[-room] + SECOND)
        known = self._chats.get(chat)
        if known:
            earliest = max(earliest, known.held_until)
            if message:
                earliest = max(earliest, known.at + (1 - known.left) * SECOND)
                if not reply:
                    earliest = max(earliest, known.last + SECOND)
        wait = earliest - now
        return wait if wait > A_MOMENT else 0.0

    def leaves(self, chat: str, now: float, *, message: bool = True) -> None:
        """A call leaves now."""
        self._recent.append(now)
        if message:
            known = self._known(chat, now)
            known.left = min(self._burst, known.left + (now - known.at) / SECOND) - 1
            known.at = known.last = now
        if now >= self._sweep_at:
            self._sweep(now)

    def limited(self, chat: str, now: float, seconds: float) -> None:
        """Telegram asked to wait: for this chat, and for all when several chats were told at the same time.

        All wait for the shortest of those times, since the longer ones may be their chats' own.
        """
        self._known(chat, now).held_until = now + seconds
        self._limited.append((now, chat, now + seconds))
        told = {name: until for at, name, until in self._limited if now - at <= SAME_TIME and until > now}
        if len(told) >= CHATS_OF_A_WHOLE:
            self._held_until = max(self._held_until, min(told.values()))

    def __len__(self) -> int:
        """How many chats are remembered."""
        return len(self._chats)

    def _known(self, chat: str, now: float) -> _Chat:
        known = self._chats.get(chat)
        if known is None:
            known = self._chats[chat] = _Chat(self._burst, now, float("-inf"), float("-inf"))
        return known

    def _sweep(self, now: float) -> None:
        """Forgets every chat whose burst is full again and which is not held."""
        self._sweep_at = now + self._burst * SECOND
        self._chats = {
            name: known
            for name, known in self._chats.items()
            if known.held_until > now or known.left + (now - known.at) / SECOND < self._burst
        }
