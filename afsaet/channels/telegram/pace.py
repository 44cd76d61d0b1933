"""How fast messages may leave. Pure: the time is passed in, in seconds of any clock that never runs back.

30 calls a second in all; in one chat a burst of five replies that refills by one a second, and what was not asked for
one a second. Replies never wait behind what was not asked for.

A call counts from when it leaves until a second after its answer. By then Telegram, who took it before it answered, has
counted it for a second too: however long calls are on their way, and however unevenly, no second has more than 30.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from math import ceil

OVERALL = 30
BURST = 5
# A little more than a second, since messages do not all travel equally fast.
SECOND = 1.05
# Of the 30, so many are left by unasked messages, so that replies find room during a mass sending. The half: they leave
# so far apart that two replies a second leave one more free half of the time.
KEPT_FOR_REPLIES = 2.5
# A call's second in all, with a little for clocks that do not run alike, and more than A_MOMENT.
COUNTED = 1.001
# Unasked messages leave one by one over the second, and not all at its beginning, where a reply would come upon a
# crowd. So many may catch up when the machine was busy with something else.
CATCH_UP = 1
# So many chats limited within so many seconds mean that the limit concerns the bot, not a chat.
CHATS_OF_A_WHOLE = 3
SAME_TIME = 10.0
# Shorter waits than this are rounding.
A_MOMENT = 0.0005


@dataclass(frozen=True, slots=True)
class Leave:
    """A call that has left and is not answered yet."""

    reply: bool


class _Line:
    """Calls that count: those under way, and when those answered lately cease to."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._under_way = 0
        self._until: deque[float] = deque()

    def wait(self, now: float) -> float:
        """Seconds until there is room for one more; infinity while that takes an answer."""
        while self._until and self._until[0] <= now:
            self._until.popleft()
        too_many = self._under_way + len(self._until) - self._room
        if too_many < 0:
            return 0.0
        return self._until[too_many] - now if too_many < len(self._until) else float("inf")

    def leaves(self) -> None:
        self._under_way += 1

    def answered(self, now: float) -> None:
        self._under_way -= 1
        self._until.append(now + COUNTED)


@dataclass(slots=True)
class _Chat:
    left: float
    at: float
    last: float
    held_until: float


class Pace:
    """What has left lately and what is held back. Chats are forgotten when they no longer matter.

    held_until: Telegram wants no calls at all before then.
    """

    def __init__(self, overall: int = OVERALL, burst: int = BURST) -> None:
        self._burst = float(burst)
        self._all = _Line(overall)
        unasked = max(1.0, overall - KEPT_FOR_REPLIES)
        self._unasked = _Line(ceil(unasked))
        self._evenly = COUNTED / unasked
        self._next_unasked = float("-inf")
        self._chats: dict[str, _Chat] = {}
        self._limited: deque[tuple[float, str, float]] = deque(maxlen=CHATS_OF_A_WHOLE * 4)
        self.held_until = float("-inf")
        self._sweep_at = float("-inf")

    def delay(self, chat: str, now: float, *, reply: bool, message: bool = True) -> float:
        """Seconds until the next call in this chat may leave; 0.0 when it may now, infinity when not before another
        is answered.

        reply: the citizen has just written or tapped. message: a new message; an edit or deletion counts
        overall but not in its chat.
        """
        earliest = max(self.held_until, now + self.crowded(now, reply=reply))
        known = self._chats.get(chat)
        if known:
            earliest = max(earliest, known.held_until)
            if message:
                earliest = max(earliest, known.at + (1 - known.left) * SECOND)
                if not reply:
                    earliest = max(earliest, known.last + SECOND)
        wait = earliest - now
        return wait if wait > A_MOMENT else 0.0

    def crowded(self, now: float, *, reply: bool) -> float:
        """Seconds until a call in any chat may leave, as far as all calls together go."""
        if reply:
            return self._all.wait(now)
        return max(self._all.wait(now), self._unasked.wait(now), self._next_unasked - now)

    def leaves(self, chat: str, now: float, *, reply: bool = True, message: bool = True) -> Leave:
        """A call leaves now. Give what this returns to `answered`, whatever comes of the call."""
        self._all.leaves()
        if not reply:
            self._unasked.leaves()
            self._next_unasked = max(self._next_unasked, now - CATCH_UP * self._evenly) + self._evenly
        if message:
            known = self._known(chat, now)
            known.left = min(self._burst, known.left + (now - known.at) / SECOND) - 1
            known.at = known.last = now
        if now >= self._sweep_at:
            self._sweep(now)
        return Leave(reply)

    def answered(self, leave: Leave, now: float) -> None:
        """The call is over: taken, refused, or given up."""
        self._all.answered(now)
        if not leave.reply:
            self._unasked.answered(now)

    def limited(self, chat: str, now: float, seconds: float) -> None:
        """Telegram asked to wait: for this chat, and for all when several chats were told at the same time.

        All wait for the shortest of those times, since the longer ones may be their chats' own.
        """
        self._known(chat, now).held_until = now + seconds
        self._limited.append((now, chat, now + seconds))
        told = {name: until for at, name, until in self._limited if now - at <= SAME_TIME and until > now}
        if len(told) >= CHATS_OF_A_WHOLE:
            self.held_until = max(self.held_until, min(told.values()))

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
