"""How fast messages may leave."""

from __future__ import annotations

import random
from itertools import pairwise

from afsaet.channels.telegram.pace import Pace
from tests.fake_telegram.limits import Limits


def sent_by(
    pace: Pace, chat: str, start: float, end: float, *, reply: bool = True, message: bool = True
) -> list[float]:
    """When messages leave in one chat that always has more."""
    times, now = [], start
    while True:
        now += pace.delay(chat, now, reply=reply, message=message)
        if now > end:
            return times
        pace.leaves(chat, now, message=message)
        times.append(now)


def test_five_replies_leave_at_once_and_then_one_a_second() -> None:
    times = sent_by(Pace(), "a", 0, 4)

    assert times[:5] == [0] * 5
    assert all(0.99 <= later - earlier <= 1.1 for earlier, later in pairwise(times[4:]))
    assert len(times) == 8


def test_what_was_not_asked_for_leaves_once_a_second() -> None:
    times = sent_by(Pace(), "a", 0, 4, reply=False)

    assert len(times) == 4
    assert all(later - earlier >= 1 for earlier, later in pairwise(times))


def test_an_unasked_message_does_not_follow_a_reply_at_once() -> None:
    pace = Pace()
    pace.leaves("a", 0)

    assert pace.delay("a", 0.5, reply=False) > 0.4
    assert pace.delay("a", 0.5, reply=True) == 0


def test_edits_do_not_use_up_a_chats_burst() -> None:
    pace = Pace()
    assert len(sent_by(pace, "a", 0, 0, message=False)) == 30
    assert pace.delay("a", 2, reply=True) == 0


def test_no_second_sees_more_than_thirty_calls() -> None:
    pace = Pace()
    rng = random.Random(1)
    times, now = [], 0.0
    while now < 20:
        chat = str(rng.randrange(200))
        if pace.delay(chat, now, reply=rng.random() < 0.5) == 0:
            pace.leaves(chat, now)
            times.append(now)
        else:
            now += 0.01
    assert max(sum(1 for t in times if start <= t < start + 1) for start in times) <= 30
    assert len(times) > 20 * 25


def test_a_reply_finds_room_in_the_middle_of_a_mass_sending() -> None:
    pace = Pace()
    left = 0
    while pace.delay(f"chat {left}", 0, reply=False) == 0:
        pace.leaves(f"chat {left}", 0)
        left += 1

    assert left == 25
    assert pace.delay("someone", 0, reply=True) == 0


def test_a_chats_limit_holds_only_that_chat() -> None:
    pace = Pace()
    pace.limited("a", 10, 30)

    assert pace.delay("a", 10, reply=True) == 30
    assert pace.delay("b", 10, reply=True) == 0
    assert pace.delay("a", 40, reply=True) == 0


def test_the_same_chat_limited_again_and_again_holds_nobody_else() -> None:
    pace = Pace()
    for second in range(6):
        pace.limited("a", second, 30)

    assert pace.delay("b", 6, reply=True) == 0


def test_three_chats_limited_together_hold_all_for_the_shortest_of_their_times() -> None:
    pace = Pace()
    for chat, seconds in (("a", 30), ("b", 20), ("c", 60)):
        pace.limited(chat, 10, seconds)

    assert pace.delay("d", 10, reply=True) == 20
    assert pace.delay("d", 30, reply=True) == 0
    assert pace.delay("c", 30, reply=True) == 40


def test_three_chats_limited_far_apart_hold_nobody_else() -> None:
    pace = Pace()
    for number, chat in enumerate("abc"):
        pace.limited(chat, 20 * number, 100)

    assert pace.delay("d", 40, reply=True) == 0


def test_chats_are_forgotten_when_they_are_idle() -> None:
    pace = Pace()
    for number in range(5000):
        pace.leaves(f"chat {number}", number / 25)

    assert len(pace) < 400


def test_a_held_chat_is_not_forgotten() -> None:
    pace = Pace()
    pace.limited("a", 0, 1000)
    pace.leaves("b", 500)
    pace.leaves("b", 600)

    assert pace.delay("a", 600, reply=True) == 400


def test_telegrams_own_limits_are_never_met() -> None:
    now = 0.0
    limits = Limits(lambda: now)
    pace = Pace()
    rng = random.Random(2)
    while now < 30:
        chat, message = rng.randrange(12), rng.random() < 0.7
        if pace.delay(str(chat), now, reply=rng.random() < 0.7, message=message) == 0:
            pace.leaves(str(chat), now, message=message)
            assert limits.broken_for(chat, message) == 0
        now += 0.003
