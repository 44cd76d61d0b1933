"""Telegram's flood limits, enforced only when a test switches them on."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable

OVERALL = 30
BURST = 5


class Limits:
    """About 30 calls in any second, and in one chat a burst of five messages that refills by one a second."""

    def __init__(self, now: Callable[[], float], overall: int = OVERALL, burst: int = BURST) -> None:
        self._now = now
        self._overall = overall
        self._burst = burst
        self._recent: deque[float] = deque()
        self._chats: dict[int, tuple[float, float]] = {}

    def broken_for(self, chat_id: int, is_message: bool) -> int:
        """Seconds to wait as Telegram would say them (at least one), or 0 when the call is taken and counted."""
        now = self._now()
        while self._recent and now - self._recent[0] >= 1:
            self._recent.popleft()
        if len(self._recent) >= self._overall:
            return max(1, math.ceil(self._recent[0] + 1 - now))
        if is_message:
            left, since = self._chats.get(chat_id, (float(self._burst), now))
            left = min(float(self._burst), left + now - since)
            if left < 1:
                return max(1, math.ceil(1 - left))
            self._chats[chat_id] = (left - 1, now)
        self._recent.append(now)
        return 0
