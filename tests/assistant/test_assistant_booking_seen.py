"""What the caseworker sees of a meeting: the answer, the words that were sent, and what became of each reminder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from afsaet.store import outbox, timers, versions
from tests.assistant.desk import add, answers, local, move, seen

SNAPSHOT = json.loads((Path(__file__).parents[1] / "export" / "snapshot.json").read_text(encoding="utf-8"))
THURSDAY = "2026-12-03 10:00"


@pytest.fixture
def citizen(world):
    return world.citizen()


def sends(world, citizen, words, dialogue="moede_samtale", state="answered"):
    """The citizen has sent this as what they want on the agenda."""
    answer = {"id": "dagsorden", "heading": "B", "question": "?", "state": state, "value": None, "text": words,
              "answered_at": None, "front": "", "remark": ""}
    snapshot = {**SNAPSHOT, "dialogue": dialogue, "sections": [
        {"id": "s", "heading": "B", "title": "T", "answers": [answer]}]}
    with world.database.write() as tx:
        return versions.add(tx, citizen, dialogue, snapshot, world.clock())


def agendas(world, citizen):
    return [each.words and each.words.agenda for each in seen(world, citizen)]


def timer_of(world, citizen, days):
    with world.database.read() as tx:
        return next(each for each in timers.of_citizen(tx, citizen) if each.offset == days)


def fired(world, citizen, days, outcome):
    """The reminder so many days before has become this."""
    timer = timer_of(world, citizen, days)
    world.clock.now = timer.due_at
    with world.database.write() as tx:
        assert timers.claim(tx, timer.id, world.clock())
        if outcome == "sent":
            timers.note_sent(tx, [timer.id], world.clock())
        elif outcome == "failed":
            timers.note_failed(tx, [timer.id], world.clock(), "Forbidden")


def told(world, citizen):
    return [(each.days, each.state, each.why) for each in seen(world, citizen)[0].reminders]


def test_what_is_wanted_on_the_agenda_is_seen_once_it_is_sent_and_as_it_was_sent_last(world, citizen):
    add(world, citizen, THURSDAY, "samtale")
    assert agendas(world, citizen) == [None]
    sends(world, citizen, "Praktik")
    world.clock.passes(hours=1)
    sends(world, citizen, "Praktik og kørsel")
    [meeting] = seen(world, citizen)
    assert (meeting.words.dialogue, meeting.words.version, meeting.words.agenda) == (
        "moede_samtale", 2, "Praktik og kørsel")
    assert meeting.words.sent_at == world.clock()
    assert "Praktik" not in repr(meeting)


@pytest.mark.parametrize("state", ["skipped", "med_sagsbehandler", "missing"])
def test_what_was_not_answered_is_not_seen(world, citizen, state):
    add(world, citizen, THURSDAY, "samtale")
    sends(world, citizen, "", state=state)
    assert agendas(world, citizen) == [""]


def test_words_belong_to_the_next_meeting_of_their_kind_and_to_no_other(world, citizen):
    add(world, citizen, THURSDAY, "samtale")
    add(world, citizen, "2026-12-04 10:00", "opstart")
    sends(world, citizen, "Den første")
    add(world, citizen, "2026-12-10 10:00", "samtale")
    assert agendas(world, citizen) == ["Den første", None, None]
    world.clock.now = local("2026-12-03 12:00")
    sends(world, citizen, "Den næste")
    assert agendas(world, citizen) == ["Den første", None, "Den næste"]


def test_each_reminder_is_planned_then_sent_then_answered(world, citizen):
    booked = add(world, citizen, THURSDAY, "samtale")
    assert told(world, citizen) == [(3, "planned", None), (1, "planned", None)]
    assert [each.at for each in seen(world, citizen)[0].reminders] == [
        local("2026-11-30 10:00"), local("2026-12-02 10:00")]
    fired(world, citizen, 3, "laid")
    assert told(world, citizen)[0] == (3, "planned", None)
    laid = timer_of(world, citizen, 3)
    with world.database.write() as tx:
        timers.note_sent(tx, [laid.id], world.clock())
    assert told(world, citizen) == [(3, "sent", None), (1, "planned", None)]
    world.clock.passes(hours=1)
    answers(world, booked, "coming")
    assert told(world, citizen)[0] == (3, "answered", None)
    assert seen(world, citizen)[0].reminders[0].at == world.clock()
    assert seen(world, citizen)[0].kept.answer.word == "coming"


def test_an_answer_from_before_a_reminder_does_not_answer_it(world, citizen):
    booked = add(world, citizen, THURSDAY, "samtale")
    answers(world, booked, "coming")
    fired(world, citizen, 3, "sent")
    assert told(world, citizen)[0] == (3, "sent", None)


def test_a_reminder_that_an_answer_made_needless_is_answered(world, citizen):
    add(world, citizen, THURSDAY, "samtale")
    timer = timer_of(world, citizen, 1)
    with world.database.write() as tx:
        timers.drop(tx, timer.id, world.clock(), "answered")
    assert told(world, citizen)[1] == (1, "answered", None)


def test_what_could_not_be_delivered_says_why_and_stays_after_a_move(world, citizen):
    which = add(world, citizen, THURSDAY, "samtale").kept.meeting.id
    fired(world, citizen, 3, "failed")
    assert told(world, citizen) == [(3, "failed", "Forbidden"), (1, "planned", None)]
    move(world, which, "2026-12-10 10:00")
    assert told(world, citizen) == [(3, "failed", "Forbidden"), (3, "planned", None), (1, "planned", None)]


def test_a_notice_that_cannot_be_delivered_says_why(world):
    citizen, phone = world.joined()
    add(world, citizen, THURSDAY)
    [row] = phone.waiting()
    with world.database.write() as tx:
        outbox.give_up(tx, row.id, world.clock(), whole_chat=True, why="Forbidden")
    [notice] = seen(world, citizen)[0].notices
    assert (notice.sort, notice.state, notice.why) == ("added", "failed", "Forbidden")
