"""Reminders by the real processes: killed at any moment, several at once, limited, and shut out."""

import threading
from collections import Counter
from datetime import timedelta

import pytest

from afsaet import clock
from afsaet.assistant.unasked import reminding
from afsaet.meetings.localtime import wall_of
from afsaet.meetings.meeting import Meeting
from afsaet.municipality import Municipality
from afsaet.store import meetings, timers

PEOPLE = 12
SAID = "Du har en aftale med kommunen"


@pytest.fixture
def waking(town, tmp_path):
    return awake(town, tmp_path)


def awake(town, tmp_path):
    """The town of a municipality that writes at any hour but a minute in the middle of the other half of the day."""
    folder = tmp_path / "kommune"
    folder.mkdir()
    far = wall_of(clock.now() + timedelta(hours=12), Municipality().zone)
    quiet = f'[quiet_hours]\nfrom = "{far:%H}:00"\nto = "{far:%H}:01"\n'
    (folder / "kommune.toml").write_text("weekends = true\n" + quiet, encoding="utf-8")
    town.settings["AFSAET_MUNICIPALITY_DIR"] = str(folder)
    return town


def due(town, citizen):
    """A meeting in three hours, with a reminder whose time has come."""
    zone = Municipality().zone
    begins = wall_of(clock.now() + timedelta(hours=3), zone).replace(second=0, microsecond=0)
    meeting = Meeting(f"{citizen}m", f"{citizen}@afsaet", "samtale", begins, zone.key)
    with town.database.write() as tx:
        tx.lock(citizen)
        meetings.add(tx, citizen, meeting, clock.now())
        reminding.plan(tx, Municipality(), citizen, meeting, clock.now(), None)
        timers.plan(tx, citizen, "reminder", meeting.id, 0, [(1, clock.now())])


def told(telegram):
    """How often each chat was reminded, as far as Telegram knows."""
    return Counter(call.params["chat_id"] for call in telegram.calls_to("sendMessage")
                   if call.status == 200 and SAID in call.params["text"])


def states(town):
    """Of all but those that it was too late for when the meeting was added."""
    return sorted(town.rows("SELECT state, why FROM timers WHERE why IS NULL OR why <> 'booked_late'"))


def test_killed_between_claim_and_send_again_and_again_everybody_is_reminded_once(waking):
    """Each kill may repeat the messages whose yes from Telegram was not noted yet, and loses none."""
    town, telegram = waking, waking.telegram
    process = town.run()
    people = [town.joined(f"Kirsten Nr{number}") for number in range(PEOPLE)]
    for citizen, _person in people:
        due(town, citizen)
    kills = 0
    while sum(told(telegram).values()) < PEOPLE and kills < PEOPLE:
        seen = sum(told(telegram).values())
        telegram.wait_until(lambda each, seen=seen: sum(told(each).values()) > seen)
        threading.Event().wait(0.003 * kills)
        process.kill()
        kills += 1
        process = town.run()
    for _citizen, person in people:
        person.wait_for(SAID)
    while states(town) != [("sent", None)] * PEOPLE:  # one that was sent again is noted after its call
        telegram.wait_until(lambda each: each.polling)
        threading.Event().wait(0.05)
    assert process.stop() == 0
    assert kills >= 1
    assert town.rows("SELECT count(*) FROM outbox") == [(0,)]
    assert all(times <= 1 + kills for times in told(telegram).values())


def test_two_processes_remind_everybody_once(big_town, tmp_path):
    town = awake(big_town, tmp_path)
    first, second = town.run(), town.run()
    people = [town.joined(f"Kirsten Nr{number}") for number in range(PEOPLE)]
    for citizen, _person in people:
        due(town, citizen)
    for _citizen, person in people:
        person.wait_for(SAID)
    assert (first.stop(), second.stop()) == (0, 0)  # what was sent has been noted then
    assert states(town) == [("sent", None)] * PEOPLE
    assert set(told(town.telegram).values()) == {1}


def test_one_who_has_blocked_the_bot_is_shown_as_such_and_the_next_is_reminded(waking):
    town = waking
    process = town.run()
    blocked, kirsten = town.joined("Kirsten Lund")
    other, omar = town.joined("Omar Dal")
    town.telegram.fail("sendMessage", 403, chat=kirsten.id)
    due(town, blocked)
    due(town, other)
    omar.wait_for(SAID)
    town.telegram.wait_until(lambda telegram: any(call.status == 403 for call in telegram.calls_to("sendMessage")))
    assert process.stop() == 0
    assert states(town) == [("failed", "blocked"), ("sent", None)]
    assert [task.kind for task in town.case(blocked).tasks] == ["unreachable"]


def test_a_limit_delays_a_reminder_and_it_comes_once(waking):
    town = waking
    process = town.run()
    citizen, kirsten = town.joined("Kirsten Lund")
    town.telegram.fail("sendMessage", 429, retry_after=1, chat=kirsten.id)
    due(town, citizen)
    kirsten.wait_for(SAID)
    assert process.stop() == 0
    assert states(town) == [("sent", None)]
    assert told(town.telegram) == {str(kirsten.id): 1}
