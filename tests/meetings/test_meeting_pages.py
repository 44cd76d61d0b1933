"""What a chat may show of a meeting, words taken over from the plan, and words that are not thrown away unasked."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import icalendar
import pytest

from afsaet.flows.conversation import Conversation
from afsaet.flows.converse import converse
from afsaet.flows.converse.entering import begin
from afsaet.flows.inputs import Command, Tap, Text
from afsaet.flows.setting import Setting
from afsaet.locales import translator
from afsaet.meetings.calendar_data import data_of
from afsaet.meetings.calendar_file import file_of
from afsaet.meetings.meeting import cancelled
from afsaet.meetings.mine import Mine
from afsaet.meetings.pages import private
from tests.flows.transcript import NAMES, shelf
from tests.meetings.making import COPENHAGEN, at, meeting

LIBRARY = shelf()
OPEN = Setting(datetime(2026, 11, 24, 9, tzinfo=COPENHAGEN), names=NAMES)
CLOSED = replace(OPEN, open_to=frozenset({"alm"}))
STAMP = at("2026-11-20 12:00")


class Citizen:
    def __init__(self, setting: Setting, *meetings: Any) -> None:
        self.setting = replace(setting, facts={"meetings": [Mine(each, "", STAMP) for each in meetings]})
        self.conversation = begin(LIBRARY, "forberedelse")
        self.said = ""
        self.actions: list[str] = []

    def give(self, *given: Any) -> None:
        for each in given:
            action = Tap(each, self.conversation.ask) if isinstance(each, str) else each
            turn = converse(LIBRARY, self.conversation, action, self.setting)
            self.conversation: Conversation = turn.conversation
            self.said = "\n".join(message.plain() for message in turn.say)
            self.actions = [button.action for message in turn.say for row in message.rows for button in row]


@pytest.mark.parametrize("place", ["Rådhuset", "Rådhuset, Torvet 1, 2. sal", "Solvang Rådhus", "Møllevej 4 B", "Online", "",
                                   "Telefon 12 34 56 78", "Biblioteket, lokale 3"])
def test_a_place_that_tells_nothing_is_shown_in_an_open_chat(place: str) -> None:
    assert private.place_of(meeting(place=place), CLOSED) == place


@pytest.mark.parametrize("place", ["Misbrugscenteret", "Klinikken på Torvet 1", "Sct. Hans", "Hus 7", "Jobcenter Solvang",
                                   "Sygehusvej 3", "Lægevej 1", "rådhus/psykiatri", "Café Kontakten", "DISTRIKTSPSYKIATRIEN"])
def test_any_other_place_is_not_and_is_where_everything_may_pass(place: str) -> None:
    assert private.place_of(meeting(place=place), CLOSED) == ""
    assert private.room_of(meeting(room=place), CLOSED) == ""
    assert private.place_of(meeting(place=place), OPEN) == place


@pytest.mark.parametrize(
    ("room", "line"),
    [("2.14", "Lokale: 2.14"), ("lokale 2", "Lokale 2"), ("Mødelokale Nord", "Mødelokale Nord"), ("Salen", "Lokale: Salen")],
)
def test_a_room_is_called_one_once(room: str, line: str) -> None:
    citizen = Citizen(OPEN, meeting(room=room))
    citizen.give(Command("moede"))
    assert line in citizen.said.splitlines()


def test_who_takes_part_and_an_agenda_that_was_typed_never_pass_an_open_chat() -> None:
    one = meeting(people="Rådhuset", agenda=("Torvet",))
    assert (private.people_of(one, CLOSED), private.agenda_of(one, CLOSED)) == ("", ())
    assert private.holds_back(one, CLOSED) and not private.holds_back(one, OPEN)


def test_the_calendar_file_is_made_of_values_without_place_people_or_agenda() -> None:
    one = meeting(place="Klinikken", room="Stuen", people="Anne", agenda=("Medicin",))
    data = data_of(one, STAMP, "en")
    assert not any(word in str(data) for word in ("Klinikken", "Stuen", "Anne", "Medicin"))
    calendar = icalendar.Calendar.from_ical(file_of(data, translator("en")))
    (event,) = calendar.walk("VEVENT")
    assert event["summary"] == translator("en")("Aftale med kommunen") and event["dtstart"].dt == one.start
    off = icalendar.Calendar.from_ical(file_of(data_of(cancelled(one), STAMP, "da"), str))
    assert off["method"] == "CANCEL" and off.walk("VEVENT")[0]["sequence"] == 1


def test_the_plans_words_are_not_offered_where_the_plans_question_may_not_pass() -> None:
    who = Citizen(OPEN, meeting("2026-12-01 10:00", kind="rehabiliteringsmoede"))
    who.give("begin", Text("Jeg vil arbejde med dyr.", "1"), "m.moede.prepare.m1", "begin", "skip")
    assert "Jeg vil arbejde med dyr." in who.said and "use" in who.actions
    shut = replace(who.setting, open_to=frozenset({"fortrolig"}))
    who.setting = shut
    who.give(Command("fortsaet"))
    assert "dyr" not in who.said and "use" not in who.actions


def test_words_taken_over_do_not_change_when_the_plan_does() -> None:
    who = Citizen(OPEN, meeting("2026-12-01 10:00", kind="rehabiliteringsmoede"))
    who.give("begin", Text("dyr", "1"), "m.moede.prepare.m1", "begin", "skip", "use")
    session = who.conversation.sessions["moede_rehabiliteringsmoede"]
    assert session.answers["mit_maal"].words == "dyr" and session.about == "m1"
    who.give(Command("mine_svar"), "edit", "es.maal", "eq.maal_droem", Text("biler", "2"))
    assert who.conversation.sessions["forberedelse"].answers["maal_droem"].words == "biler"
    assert who.conversation.sessions["moede_rehabiliteringsmoede"].answers["mit_maal"].words == "dyr"


def test_an_old_start_over_button_deletes_only_the_words_it_spoke_of() -> None:
    meetings = [replace(meeting(f"2026-12-0{day} 10:00"), id=f"m{day}") for day in (1, 2, 3)]
    who = Citizen(OPEN, *meetings)
    who.give("m.moede.prepare.m1", "begin", Text("til den første", "1"), "m.moede.prepare.m2")
    (start_over,) = [action for action in who.actions if ".afresh." in action]
    who.give(start_over, "begin", Text("til den anden", "2"), "m.moede.prepare.m3")
    who.give(next(action for action in who.actions if ".keep." in action))
    assert who.conversation.sessions["moede_samtale"].about == "m3"
    who.give(start_over)
    assert "ikke har sendt" in who.said
    assert who.conversation.sessions["moede_samtale"].answers["dagsorden"].words == "til den anden"


def test_a_meeting_that_is_over_is_said_to_be_and_those_to_come_are_shown() -> None:
    who = Citizen(OPEN, meeting("2026-11-20 10:00"), replace(meeting("2026-12-01 10:00"), id="m2"))
    who.give("m.moede.coming.m1.0")
    assert "forbi" in who.said and "1. december" in who.said
    who.setting = replace(who.setting, now=datetime(2026, 12, 1, 10, 30, tzinfo=COPENHAGEN))
    who.give(Command("moede"))
    assert "Mødet er begyndt." in who.said and not any("coming" in action for action in who.actions)


def test_a_meeting_that_has_begun_asks_nobody_to_get_ready_before_it_or_to_come_earlier() -> None:
    """The button of "Er du klar?" is two days old by then."""
    who = Citizen(OPEN, meeting("2026-12-01 10:00", kind="rehabiliteringsmoede", arrival_minutes=15))
    who.give("m.moede.ready.m1")
    assert "før mødet begynder" in who.said
    who.setting = replace(who.setting, now=datetime(2026, 12, 1, 10, 30, tzinfo=COPENHAGEN))
    who.give("m.moede.ready.m1")
    assert "Mødet er begyndt." in who.said and "før mødet" not in who.said and "Kom kl." not in who.said
