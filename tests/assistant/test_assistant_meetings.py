"""The citizen's side of a meeting: the answer is kept, the caseworker told, and nothing is called off by it."""

from __future__ import annotations

from datetime import date
from typing import Any

import icalendar
import pytest

from afsaet.assistant.attachments import made
from afsaet.assistant.turn import facts
from afsaet.flows.inputs import Tap
from afsaet.store import meetings, own_tasks, tasks, timers
from tests.assistant.desk import add, cancel, move, seen
from tests.assistant.phone import Bubble, Phone
from tests.assistant.world import World

SOON = "2026-03-10 10:00"
LATER = "2026-03-17 10:00"


@pytest.fixture
def maja(world: World) -> tuple[str, Phone]:
    return world.joined("Maja Lind")


def said(world: World, citizen: str) -> list[Any]:
    with world.database.read() as tx:
        return [kept.answer.word if kept.answer else None for kept in meetings.list_of(tx, citizen)]


def asked(phone: Phone) -> Bubble:
    """The newest page that asks whether the citizen comes."""
    return next(bubble for bubble in reversed(phone.screen) if "Jeg kommer" in bubble.buttons)


def listed(world: World, citizen: str) -> list[tuple[str, date | None, bool]]:
    with world.database.read() as tx:
        return [(task.text, task.on, task.done) for task in own_tasks.list_of(tx, citizen)]


def test_one_who_cannot_come_is_a_task_and_the_meeting_stands(world, maja):
    citizen, phone = maja
    add(world, citizen, SOON)
    phone.says("/moede")
    phone.taps("Jeg kan ikke")
    assert said(world, citizen) == ["cannot"] and world.tasks(citizen) == ["cannot_come"]
    assert "kl. 10.00 gælder stadig" in phone.last.text
    [appointment] = seen(world, citizen)
    assert not appointment.kept.meeting.cancelled


def test_a_wish_to_talk_is_a_task_of_its_own_and_stays_when_they_come(world, maja):
    citizen, phone = maja
    add(world, citizen, SOON)
    phone.says("/moede")
    page = asked(phone)
    phone.taps("Jeg vil gerne tale med nogen", page)
    phone.taps("Jeg kommer", page)
    assert said(world, citizen) == ["coming"] and world.tasks(citizen) == ["talk_wished"]


def test_coming_after_all_closes_the_task_unless_another_meeting_is_still_refused(world, maja):
    citizen, phone = maja
    first, second = add(world, citizen, SOON), add(world, citizen, LATER, "samtale")
    pages = []
    for booked in (first, second):
        phone.gives(Tap(f"m.moede.{booked.kept.meeting.id}", phone.last.ask))
        phone.reads()
        pages.append(asked(phone))
        phone.taps("Jeg kan ikke", pages[-1])
    phone.taps("Jeg kommer", pages[0])
    assert world.tasks(citizen) == ["cannot_come"]
    phone.taps("Jeg kommer", pages[1])
    assert world.tasks(citizen) == []


def test_a_double_tap_and_an_old_button_do_nothing_twice(world, maja):
    citizen, phone = maja
    booked = add(world, citizen, SOON)
    phone.says("/moede")
    page = asked(phone)
    phone.taps("Jeg kan ikke", page)
    messages = len(phone.screen)
    phone.taps("Jeg kan ikke", page)
    assert len(phone.screen) == messages
    move(world, booked.kept.meeting.id, LATER)
    phone.taps("Jeg kan ikke", page)
    assert "17. marts" in asked(phone).text and "flyttet eller ændret" in asked(phone).text
    assert said(world, citizen) == [None] and world.tasks(citizen) == []


def test_the_same_answer_again_is_no_new_task_once_the_caseworker_has_dealt_with_it(world, maja):
    citizen, phone = maja
    add(world, citizen, SOON)
    phone.says("/moede")
    page = asked(phone)
    phone.taps("Jeg kan ikke", page)
    with world.database.write() as tx:
        tasks.close(tx, citizen, "cannot_come", world.clock())
    phone.says("/menu")
    phone.taps("Jeg kan ikke", page)
    assert "ikke kan komme" in phone.last.text and world.tasks(citizen) == []


def test_an_answer_button_works_after_other_questions_have_been_answered(world, maja):
    citizen, phone = maja
    add(world, citizen, SOON)
    phone.says("/moede")
    page = asked(phone)
    phone.taps("Fortsæt", page)
    phone.taps("Begynd")
    phone.says("Noget med dyr")
    phone.taps("Jeg kommer", page)
    assert said(world, citizen) == ["coming"]


def test_the_button_of_a_meeting_that_was_another_citizens_changes_nothing(world, maja):
    citizen, phone = maja
    add(world, citizen, SOON)
    phone.says("/moede")
    page = asked(phone)
    other = world.citizen("Ove Lund")
    stranger = world.joins(other)
    stranger.gives(phone.press("Jeg kan ikke", page)[0])
    stranger.reads()
    assert "forbi" in stranger.last.text
    assert said(world, citizen) == [None] and world.tasks(other) == []


def test_the_calendar_file_follows_the_meeting_until_it_is_called_off(world, maja):
    citizen, phone = maja
    booked = add(world, citizen, SOON, place="Misbrugscenteret")
    meeting_id = booked.kept.meeting.id
    files = []
    for change in (None, lambda: move(world, meeting_id, LATER), lambda: cancel(world, meeting_id)):
        if change is not None:
            change()
        phone.gives(Tap(f"m.moede.calendar.{meeting_id}", phone.last.ask))
        phone.reads()
        attached = next(bubble.message.attachment for bubble in reversed(phone.screen) if bubble.message.attachment)
        assert "Misbrugscenteret" not in str(attached)
        files.append(icalendar.Calendar.from_ical(made(attached).content))
    events = [file.walk("VEVENT")[0] for file in files]
    assert len({event["uid"] for event in events}) == 1
    assert [event["sequence"] for event in events] == [0, 1, 2]
    assert [file["method"] for file in files] == ["PUBLISH", "PUBLISH", "CANCEL"]


def test_the_file_is_one_press_away_from_each_notice(world, maja):
    citizen, phone = maja
    which = add(world, citizen, SOON).kept.meeting.id
    found = []
    for change in (lambda: None, lambda: move(world, which, LATER), lambda: move(world, which, minutes=90),
                   lambda: cancel(world, which)):
        change()
        phone.reads()
        assert "aftale" in phone.last.text
        phone.plays(["Til min kalender"])
        [attached] = [bubble.message.attachment for bubble in phone.screen[-2:] if bubble.message.attachment]
        [event] = icalendar.Calendar.from_ical(made(attached).content).walk("VEVENT")
        found.append((int(event["sequence"]), str(event["status"])))
    assert found == [(0, "CONFIRMED"), (1, "CONFIRMED"), (2, "CONFIRMED"), (3, "CANCELLED")]


def test_a_place_that_may_reveal_is_not_written_to_an_open_chat(database):
    world = World(database, policy="safe")
    citizen, phone = world.joined("Maja Lind")
    add(world, citizen, SOON, "netvaerk", place="Klinik for Angst", people="psykolog Anne", agenda=["Din medicin"])
    phone.says("/moede")
    carried = str(world.network.carried)
    assert "Netværksmøde" in asked(phone).text
    assert not any(word in carried for word in ("Klinik", "Anne", "medicin"))


def test_the_next_step_is_that_of_the_citizens_own_place(world, maja):
    citizen, phone = maja
    phone.says("/hvadnu")
    assert "Skridt 1 af 12" in phone.last.text
    add(world, citizen, SOON)
    phone.says("/hvadnu")
    assert any("Mødet i rehabiliteringsteamet er om 7 dage" in bubble.text for bubble in phone.screen)


def test_what_stands_on_the_list_is_sealed_reminded_of_ticked_and_taken_off(world, maja):
    citizen, phone = maja
    phone.says("min liste")
    phone.taps("Skriv noget på listen")
    phone.says("Finde mit bevis")
    phone.says("5. marts")
    assert listed(world, citizen) == [("Finde mit bevis", date(2026, 3, 5), False)]
    assert "Finde mit bevis" not in str(world.tables())
    assert [timer.state for timer in own_timers(world, citizen)] == ["planned"]
    phone.taps("Min liste")
    phone.taps("torsdag den 5. marts: Finde mit bevis")
    assert listed(world, citizen)[0][2] and [timer.state for timer in own_timers(world, citizen)] == ["dropped"]
    phone.taps("Slet noget")
    phone.taps("✗ torsdag den 5. marts: Finde mit bevis")
    assert listed(world, citizen) == []


def own_timers(world: World, citizen: str) -> list[timers.Timer]:
    with world.database.read() as tx:
        return [timer for timer in timers.of_citizen(tx, citizen) if timer.sort == "own_task"]


def test_a_list_holds_twenty_things_and_says_kindly_that_it_is_full(world, maja):
    citizen, phone = maja
    with world.database.write() as tx:
        for number in range(20):
            own_tasks.add(tx, citizen, f"Ting {number}", None, world.clock())
    phone.says("min liste")
    phone.taps("Skriv noget på listen")
    assert "Din liste er fuld" in phone.last.text and len(listed(world, citizen)) == 20


def test_a_turn_that_asks_for_no_meeting_fetches_none(world, maja, monkeypatch):
    _citizen, phone = maja
    fetched = []
    for name, fetch in facts.FETCH.items():
        monkeypatch.setitem(facts.FETCH, name, lambda tx, who, name=name, fetch=fetch: fetched.append(name)
                            or fetch(tx, who))
    phone.taps("Begynd")
    phone.says("Noget med dyr")
    phone.says("/menu")
    assert not {"meetings", "own_tasks"} & {*fetched}
    phone.says("/moede")
    assert "meetings" in fetched


@pytest.mark.parametrize("words", ["Jeg kommer", "jeg kan ikke komme!"])
def test_an_answer_that_is_written_below_a_reminder_leads_to_the_buttons(world, maja, words):
    """It is not known which meeting is meant, or which version of it."""
    citizen, phone = maja
    add(world, citizen, "2026-03-10 10:00", "samtale")
    phone.reads()
    phone.says(words)
    assert {"Jeg kommer", "Jeg kan ikke"} <= set(phone.last.buttons)
    assert said(world, citizen) == [None]
