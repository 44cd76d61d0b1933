"""Many meetings from a file: few at a time, so that others get their turn, and as if each had been typed in."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, event

from afsaet.assistant.casework import appointments, booking, taking
from afsaet.assistant.casework.taking import MOST, take
from afsaet.meetings.meeting import Meeting
from afsaet.store import erasure
from afsaet.store.timers import of_citizen
from tests.assistant.desk import add, answers, local, notices, place, seen
from tests.assistant.world import METTE

FIRST = datetime(2026, 12, 1, 10, 0)  # noqa: DTZ001 - as clocks on the wall show
ALREADY = "The citizen has this meeting already."


@pytest.fixture
def other(home):
    """The database as another process has it open."""
    opened = home.open()
    yield opened
    opened.close()


def csv(*wanted, kind="samtale"):
    """A row for each reference, on a day of its own."""
    days = [(reference, FIRST + timedelta(days=number)) for number, reference in enumerate(wanted)]
    lines = [f"{reference};{wall:%Y-%m-%d};{wall:%H:%M};{kind}" for reference, wall in days]
    return "\n".join(["reference;dato;tid;type", *lines]).encode()


def taken(world, data, pause=lambda _seconds: None, *, only_good=True):
    return take(world.database, world.municipality, data, world.clock(), only_good=only_good, pause=pause)


def said(found):
    return [(remark.line, remark.sentence) for remark in found.found.remarks]


@contextmanager
def meetings_a_transaction():
    """How many meetings were added in each transaction that added any, as they were committed."""
    found, now = [], [0]

    def note(conn, cursor, statement, parameters, context, many):
        now[0] += statement.startswith("INSERT INTO meetings ")

    def committed(conn):
        if now[0]:
            found.append(now[0])
        now[0] = 0

    event.listen(Engine, "before_cursor_execute", note)
    event.listen(Engine, "commit", committed)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)
        event.remove(Engine, "commit", committed)


def test_the_rows_are_taken_a_citizen_at_a_time_and_few_in_a_transaction(world):
    for reference in ("A", "B", "C"):
        world.citizen(reference=reference)
    pauses = []
    with meetings_a_transaction() as sizes:
        found = taken(world, csv(*["A", "B"] * 3, *["C"] * (2 * MOST + 1)), pauses.append)
    assert sizes == [3, 3, MOST, MOST, 1]
    assert len(pauses) == 3  # before what would make it more than so many since the last one
    assert [row.line for row, _booked in found.booked] == list(range(2, 2 * MOST + 9))


def test_the_pause_is_longer_than_another_process_waits_before_it_looks_again(world):
    world.citizen(reference="A")
    pauses = []
    taken(world, csv(*["A"] * (MOST + 1)), pauses.append)
    sqlite = world.database.path is not None
    assert [seconds > 0.1 for seconds in pauses] == [sqlite]


def test_another_turn_gets_in_between_and_loses_nothing(world, other):
    citizen = world.citizen(reference="A")

    def turn():
        with other.write() as tx:
            return booking.add(tx, world.municipality, citizen, "opstart", FIRST - timedelta(days=9), world.clock())

    def pause(_seconds):
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(turn).result().altered

    found = taken(world, csv(*["A"] * (MOST + 1)), pause)
    assert (len(found.booked), len(seen(world, citizen))) == (MOST + 1, MOST + 2)


def test_the_file_is_looked_through_without_keeping_anybody_from_writing(world, other):
    world.citizen(reference="A")
    with other.write():
        found = taken(world, csv("A", "nobody"), only_good=False)
    assert (found.booked, len(found.found.good), len(found.found.remarks)) == ((), 1, 1)


def test_what_is_broken_off_leaves_whole_meetings_and_the_rest_is_taken_the_next_time(world):
    citizen = world.citizen(reference="A")
    data = csv(*["A"] * (MOST + 2))

    def break_off(_seconds):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        taken(world, data, break_off)
    assert [bool(each.reminders) for each in seen(world, citizen)] == [True] * MOST
    again = taken(world, data)
    assert said(again) == [(line, ALREADY) for line in range(2, MOST + 2)]
    assert [row.line for row, _booked in again.booked] == [MOST + 2, MOST + 3]


def test_a_row_that_somebody_else_has_booked_meanwhile_is_named_and_the_others_are_taken(world):
    citizen = world.citizen(reference="A")
    late = FIRST + timedelta(days=MOST)
    found = taken(world, csv(*["A"] * (MOST + 2)), lambda _seconds: add(world, citizen, str(late), "samtale"))
    assert said(found) == [(MOST + 2, ALREADY)]
    assert [row.line for row in found.found.doubtful] == [MOST + 2]
    assert [row.line for row, _booked in found.booked] == [*range(2, MOST + 2), MOST + 3]
    assert len(seen(world, citizen)) == MOST + 2


def test_rows_of_one_who_is_erased_meanwhile_are_named_and_the_others_are_taken(world):
    for reference in ("A", "C"):
        world.citizen(reference=reference)
    gone = world.citizen(reference="B")

    def erase(_seconds):
        with world.database.write() as tx:
            erasure.erase(tx, gone, world.clock())

    found = taken(world, csv(*["A"] * MOST, "B", "C"), erase)
    assert said(found) == [(MOST + 2, taking.GONE)]
    assert len(found.booked) == MOST + 1


@pytest.mark.parametrize("kind", ["rehabiliteringsmoede", "samtale"])
def test_everything_that_comes_of_a_meeting_comes_of_one_that_was_imported(world, kind):
    typed, imported = ((world.citizen(reference=reference)) for reference in "AB")
    screens = []
    for citizen, book in (
        (typed, lambda: [add(world, typed, str(FIRST + timedelta(days=day)), kind) for day in range(3)]),
        (imported, lambda: [booked for _row, booked in taken(world, csv(*"BBB", kind=kind)).booked]),
    ):
        world.clock.now = local("2026-03-03 12:00")
        phone = world.joins(citizen)
        booked = book()
        assert [(each.told_at, each.remarks, each.altered) for each in booked] == [(world.clock(), (), True)] * 3
        phone.reads()
        screens.append(notices([bubble.text for bubble in phone.screen]))
    assert screens[0] == screens[1]
    assert len(screens[0]) == 3
    assert place(world, typed) == place(world, imported)
    assert kept(world, typed) == kept(world, imported)


def kept(world, citizen):
    """The timers, without ids."""
    with world.database.read() as tx:
        return sorted((timer.sort, timer.subject.partition(":")[1], timer.offset, timer.version, timer.due_at,
                       timer.state) for timer in of_citizen(tx, citizen))


@pytest.mark.parametrize("backend", ["sqlite"])
def test_a_citizens_meetings_are_opened_once_for_many_rows(world, monkeypatch):
    world.citizen(reference="A")
    opened, read = [], Meeting.from_json
    monkeypatch.setattr(Meeting, "from_json", lambda data: opened.append(data["id"]) or read(data))
    taken(world, csv(*["A"] * 3 * MOST, kind="rehabiliteringsmoede"))
    # Those there are already once a transaction, and what each has become once.
    assert len(opened) == (0 + MOST + 2 * MOST) + 3 * MOST


def test_a_list_of_meetings_takes_as_many_statements_however_many_there_are(world, statements):
    counts = []
    for reference in "ABC":
        citizen = world.citizen(reference=reference)
        for _row, booked in taken(world, csv(*[reference] * 4)).booked:
            answers(world, booked, "coming")
        for whose in ((), (None, METTE), (citizen,)):
            with statements() as ran, world.database.read() as tx:
                found = appointments.listed(tx, *whose)
            assert all(each.kept.answer.word == "coming" for each, _whose in found)
            assert all(each.reminders for each, _whose in found)
            counts.append((len(found), len(ran)))
    assert [found for found, _ran in counts] == [4, 4, 4, 8, 8, 4, 12, 12, 4]
    every, caseworkers, citizens = (counts[first::3] for first in range(3))
    for which in (every, caseworkers, citizens):
        assert len({ran for _found, ran in which}) == 1
    assert every[0][1] <= 6  # the citizens, meetings with answers, timers and what was sent


def test_the_list_of_all_says_of_each_meeting_what_the_list_of_one_citizen_does(world):
    mine, _phone = world.joined()
    yours = world.citizen()
    for citizen in (mine, yours):
        for day in (1, 2):
            add(world, citizen, f"2026-12-0{day} 10:00", "samtale")
    with world.database.read() as tx:
        everybody = appointments.listed(tx)
        for citizen in (mine, yours):
            assert [each for each, whose in everybody if whose.id == citizen] == appointments.of_citizen(tx, citizen)
