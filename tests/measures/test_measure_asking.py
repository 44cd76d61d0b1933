"""On which day, and until when, a citizen is asked for a round."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from afsaet.measures import wheel
from afsaet.measures.agreement import Agreement
from afsaet.measures.asking import after, is_fresh, may_pass, next_day, on_day
from afsaet.measures.wheel import Wheel
from afsaet.meetings.meeting import Meeting

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
TODAY = date(2026, 3, 10)
TEN = time(10)


def day(number: int) -> date:
    return date(2026, 3, number)


def local(moment: datetime) -> str:
    return moment.astimezone(COPENHAGEN).strftime("%m-%d %H:%M %z")


@pytest.mark.parametrize(("agreed", "last", "talks", "expected"), [
    (Agreement(14), day(1), (), day(15)),
    (Agreement(14), date(2026, 1, 5), (), TODAY),  # its day is long gone
    (Agreement(), day(1), (), day(29)),  # as often as the municipality has set
    (Agreement(14, since=day(9)), None, (), day(23)),  # nothing done yet: counted from the agreement
    (Agreement(14, since=day(9)), day(1), (), day(23)),
    (Agreement(14, paused_until=day(20)), day(1), (), day(20)),
    (Agreement(14, paused_until=day(12)), day(1), (), day(15)),
    (Agreement(14, stopped=True), day(1), (day(20),), None),
    (Agreement(before_talk=True), None, (), None),
    (Agreement(before_talk=True), None, (day(20), day(12)), day(11)),
    (Agreement(before_talk=True), None, (TODAY, day(20)), day(19)),  # for the talk of today it is too late
    (Agreement(before_talk=True), day(6), (day(12), day(20)), day(19)),  # done five days before the first of them
    (Agreement(before_talk=True), day(4), (day(12), day(20)), day(11)),  # done a week before
    (Agreement(before_talk=True, paused_until=day(15)), None, (day(12), day(20)), day(19)),
    (Agreement(14, before_talk=True), day(1), (day(20),), day(15)),
    (Agreement(28, before_talk=True), day(1), (day(20),), day(19)),
])  # fmt: skip
def test_the_day_that_follows_from_what_is_agreed(
    agreed: Agreement, last: date | None, talks: tuple[date, ...], expected: date | None
) -> None:
    assert next_day(agreed, 28, TODAY, last, talks) == expected


@pytest.mark.parametrize(("last", "days", "fresh"), [
    (None, 7, False), (day(4), 7, True), (day(3), 7, False), (day(4), 3, False), (day(9), 3, True), (day(3), 28, False),
])  # fmt: skip
def test_what_was_done_within_a_week_is_fresh_and_sooner_where_it_is_asked_more_often(
    last: date | None, days: int, fresh: bool
) -> None:
    assert is_fresh(last, TODAY, days) is fresh


@pytest.mark.parametrize(("on", "asked", "reminded"), [
    (date(2026, 3, 28), "03-28 10:00 +0100", "03-30 10:00 +0200"),
    (date(2026, 10, 24), "10-24 10:00 +0200", "10-26 10:00 +0100"),
])  # fmt: skip
def test_the_time_of_the_day_stays_the_same_over_both_changes_of_the_clocks(on: date, asked: str, reminded: str) -> None:
    found = on_day(on, TEN, COPENHAGEN)
    assert found.reminded is not None
    assert (local(found.asked), local(found.reminded), found.ends) == (asked, reminded, None)


def meeting(kind: Any, wall: str, minutes: int = 60) -> Meeting:
    return Meeting("m", "m@afsaet", kind, datetime.fromisoformat(wall), "Europe/Copenhagen", minutes)


@pytest.mark.parametrize(("wall", "asked", "reminded", "ends"), [
    ("2026-03-10 13:00", "03-10 15:00 +0100", "03-11 10:00 +0100", "03-11 14:00 +0100"),
    ("2026-03-10 08:00", "03-10 10:00 +0100", None, "03-11 09:00 +0100"),  # at ten it is too late to remind
    ("2026-03-28 13:00", "03-28 15:00 +0100", "03-29 10:00 +0200", "03-29 15:00 +0200"),
    ("2026-10-24 13:00", "10-24 15:00 +0200", "10-25 10:00 +0100", "10-25 13:00 +0100"),
])  # fmt: skip
def test_a_talk_is_asked_about_from_one_hour_to_twenty_four_after_its_end(
    wall: str, asked: str, reminded: str | None, ends: str
) -> None:
    measure, found = after(meeting("samtale", wall), TEN, 45)
    assert found.ends is not None
    assert (measure, local(found.asked), local(found.ends)) == ("samtaletjek", asked, ends)
    assert (found.reminded and local(found.reminded)) == reminded


def test_the_main_meeting_is_asked_about_after_a_week_and_three_and_until_its_answers_do_not_count() -> None:
    measure, found = after(meeting("rehabiliteringsmoede", "2026-03-10 13:00"), TEN, 45)
    assert found.reminded is not None
    assert found.ends is not None
    assert measure == "tilfredshed"
    assert [local(each) for each in (found.asked, found.reminded, found.ends)] == [
        "03-17 10:00 +0100", "03-31 10:00 +0200", "04-25 00:00 +0200"]
    assert after(meeting("rehabiliteringsmoede", "2026-03-10 13:00"), TEN, 14)[1].reminded is None


def test_a_round_passes_only_as_a_whole() -> None:
    every, ordinary = ("alm", "fortrolig", "følsom"), ("alm",)
    small = wheel.choose(Wheel(), ["hjul_tro", "hjul_retning", "hjul_muligheder", "hjul_skridt"])
    mixed = wheel.choose(Wheel(), ["hjul_tro", "hjul_retning", "hjul_muligheder", "hjul_krop"])
    assert isinstance(small, Wheel)
    assert isinstance(mixed, Wheel)
    assert [may_pass("hjulet", each, ordinary) for each in (small, mixed, Wheel())] == [True, False, False]
    assert [may_pass("hjulet", each, every) for each in (small, mixed, Wheel())] == [True, True, False]
    assert not may_pass("trivselstjek", small, ordinary)
    assert may_pass("samtaletjek", small, every)


def test_an_agreement_survives_being_written_down() -> None:
    for each in (Agreement(), Agreement(14, before_talk=True, paused_until=day(3), stopped=True, since=day(1))):
        assert Agreement.from_json(each.to_json()) == each
