"""How fast messages may leave."""

from __future__ import annotations

import random
from itertools import pairwise
from statistics import median

from afsaet.channels.telegram.pace import Leave, Pace
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
        pace.answered(pace.leaves(chat, now, reply=reply, message=message), now)
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
            pace.answered(pace.leaves(chat, now), now)
            times.append(now)
        else:
            now += 0.01
    assert max(sum(1 for t in times if start <= t < start + 1) for start in times) <= 30
    assert len(times) > 20 * 25


def test_a_reply_finds_room_in_the_middle_of_a_mass_sending() -> None:
    pace, now, left = Pace(), 0.0, 0
    while (delay := pace.delay(f"chat {left}", now, reply=False)) < 1:
        now += delay
        if not delay:
            pace.leaves(f"chat {left}", now, reply=False)
            left += 1

    assert left == 28
    assert pace.delay("someone", now, reply=True) == 0


def test_what_was_not_asked_for_leaves_evenly() -> None:
    pace, now, times = Pace(), 0.0, []
    while now < 3:
        chat = f"chat {len(times)}"
        if delay := pace.delay(chat, now, reply=False):
            now += delay
        else:
            times.append(now)
            pace.answered(pace.leaves(chat, now, reply=False), now)
    tenths = [sum(start <= at < start + 0.1 for at in times) for start in (each / 10 for each in range(5, 25))]
    assert max(tenths) <= 6
    assert sum(tenths) >= 52


def test_two_replies_a_second_find_room_during_a_mass_sending_that_uses_nearly_all() -> None:
    pace, now, seconds, there_and_back = Pace(), 0.0, 30, 0.005
    under_way: list[tuple[float, Leave]] = []
    waited, unasked, replies = [], 0, 0
    while now < seconds:
        while under_way and under_way[0][0] <= now:
            at, leave = under_way.pop(0)
            pace.answered(leave, at)
        come = 0.25 + replies / 2 + 0.01 * (replies % 3)  # not like clockwork
        if come <= now and not pace.delay(f"reply {replies}", now, reply=True):
            under_way.append((now + there_and_back, pace.leaves(f"reply {replies}", now, reply=True)))
            waited.append(now - come)
            replies += 1
        elif come > now and not pace.delay(f"chat {unasked}", now, reply=False):
            under_way.append((now + there_and_back, pace.leaves(f"chat {unasked}", now, reply=False)))
            unasked += 1
        else:
            now += 0.001
    assert unasked >= seconds * 30 / 1.1
    assert median(waited) < 0.005


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
        pace.answered(pace.leaves(f"chat {number}", number / 25), number / 25)

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


def test_a_call_counts_until_a_second_after_its_answer() -> None:
    pace = Pace()
    leaves = [pace.leaves(f"chat {number}", 0) for number in range(30)]

    assert pace.delay("a", 60, reply=True) == float("inf")
    pace.answered(leaves[0], 60)
    assert 1 <= pace.delay("a", 60, reply=True) < 1.01
    assert pace.delay("a", 61.01, reply=True) == 0


def test_however_unevenly_calls_travel_telegram_never_counts_more_than_thirty() -> None:
    """Each takes up to half a second on its way there, and as long back."""
    pace, rng, now = Pace(), random.Random(2), 0.0
    limits = Limits(lambda: arriving)
    under_way: list[tuple[float, str, object]] = []
    refused = taken = 0
    while now < 60:
        for chat in range(5):
            if pace.delay(f"{now} {chat}", now, reply=False) == 0:
                leave = pace.leaves(f"{now} {chat}", now, reply=False)
                under_way.append((now + rng.uniform(0, 0.5), "there", leave))
        for each in sorted(under_way, key=lambda one: one[0]):
            if each[0] > now:
                break
            under_way.remove(each)
            arriving, which, leave = each
            if which == "there":
                taken += 1
                refused += bool(limits.broken_for(taken, is_message=True))
                under_way.append((arriving + rng.uniform(0, 0.5), "back", leave))
            else:
                pace.answered(leave, now)  # type: ignore[arg-type]
        now += 0.005
    assert refused == 0
    assert taken > 60 * 15
