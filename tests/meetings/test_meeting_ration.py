"""Unasked messages are few: so many a day, so many in any seven days."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afsaet.meetings.decision import Decision, Drop, Send, Wait
from afsaet.meetings.ration import Ration, ration
from tests.meetings.making import ALWAYS, COPENHAGEN, RULES, SHIPPED, WALLS, at

SHIPPED_RATION = Ration.of(SHIPPED)
WEEKDAYS = RULES.hours


def asked(now: str, *taken: str, useless_from: str | None = None) -> Decision:
    """What the shipped ration says, every day being an ordinary one."""
    end = at(useless_from) if useless_from else None
    return ration(at(now), [at(each) for each in taken], SHIPPED_RATION, ALWAYS, end)


def test_the_first_message_goes_out() -> None:
    assert asked("2026-12-01 10:00") == Send()


def test_a_second_on_the_same_day_waits_for_the_next_morning() -> None:
    assert asked("2026-12-01 18:00", "2026-12-01 10:00") == Wait(at("2026-12-02 08:00"))


def test_a_day_is_one_of_the_calendar() -> None:
    assert asked("2026-12-02 08:00", "2026-12-01 19:59") == Send()


def test_a_fourth_in_seven_days_waits_until_the_first_is_a_week_old() -> None:
    three = ("2026-12-01 10:00", "2026-12-02 10:00", "2026-12-04 10:00")
    assert asked("2026-12-07 10:00", *three) == Wait(at("2026-12-08 08:00"))
    assert asked("2026-12-08 10:00", *three) == Send()


def test_what_is_planned_counts_as_well_as_what_was_sent() -> None:
    assert asked("2026-12-01 10:00", "2026-12-02 10:00", "2026-12-03 10:00", "2026-12-06 10:00") == Wait(
        at("2026-12-09 08:00"))  # fmt: skip


def test_a_message_that_would_come_too_late_is_dropped_with_the_reason() -> None:
    later = "2026-12-02 08:00"
    assert asked("2026-12-01 18:00", "2026-12-01 10:00", useless_from=later) == Drop("ration")
    assert asked("2026-12-01 21:00", useless_from=later) == Drop("too_late")
    assert asked("2026-12-01 18:00", useless_from=later) == Send()


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-12-04 21:00", "2026-12-07 08:00"),
        ("2027-03-26 21:00", "2027-03-29 08:00"),
        ("2027-10-29 21:00", "2027-11-01 08:00"),
        ("2026-12-31 20:00", "2027-01-01 08:00"),
    ],
)
def test_quiet_hours_and_weekends_hold_for_what_is_rationed(now: str, until: str) -> None:
    assert ration(at(now), [], SHIPPED_RATION, WEEKDAYS) == Wait(at(until))


FORTNIGHT = 14 * 24 * 60


@given(WALLS, st.lists(st.integers(-FORTNIGHT, FORTNIGHT), max_size=8), st.integers(1, 3), st.integers(1, 6))
def test_whatever_was_sent_the_ration_holds_afterwards_and_not_a_day_is_wasted(
    now: datetime, taken: list[int], per_day: int, per_week: int
) -> None:
    allowed = Ration(per_day, per_week)
    moment = now.replace(tzinfo=COPENHAGEN)
    others = [moment + timedelta(minutes=minutes) for minutes in taken]
    outcome = ration(moment, others, allowed, WEEKDAYS)
    sent = outcome.until if isinstance(outcome, Wait) else moment
    assert WEEKDAYS.next_allowed(sent) == sent >= moment
    days = [each.date() for each in others]
    assert _one_more_fits(sent.astimezone(COPENHAGEN).date(), days, allowed)
    earlier = WEEKDAYS.next_allowed(moment)
    while earlier < sent:
        day = earlier.astimezone(COPENHAGEN).date()
        assert not _one_more_fits(day, days, allowed)
        earlier = WEEKDAYS.next_allowed(datetime.combine(day + timedelta(days=1), time(), COPENHAGEN))


def _one_more_fits(day: date, days: list[date], allowed: Ration) -> bool:
    """Whether one more on this day leaves it, and every seven days it is among, with no more than is allowed."""
    if days.count(day) + 1 > allowed.per_day:
        return False
    weeks = [[day + timedelta(days=ahead - back) for ahead in range(7)] for back in range(7)]
    return all(sum(each in week for each in days) + 1 <= allowed.per_week for week in weeks)
