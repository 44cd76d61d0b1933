"""What happens when a reminder's time has come, in time, late, or when it does not help any more."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import update

from afsaet.assistant.casework import caseload
from afsaet.assistant.unasked import firing
from afsaet.assistant.unasked.firing import BATCH, fire, look_again
from afsaet.meetings.wording import faults
from afsaet.metrics import TIMERS_DUE
from afsaet.municipality import Municipality
from afsaet.service import clean
from afsaet.store import chats, outbox, timers
from afsaet.store.faults import DatabaseFault
from afsaet.store.tables import citizens
from tests.assistant.diary import Diary
from tests.assistant.world import World

FRIDAY = "2026-03-20 13:00"  # the meeting; the reminders are Tuesday's and Thursday's at ten
TUESDAY, THURSDAY = "2026-03-17 10:00", "2026-03-19 10:00"
ASKED = ["Jeg kommer", "Jeg kan ikke", "Se mere"]


@pytest.fixture
def diary(world):
    citizen, phone = world.joined()
    diary = Diary(world, citizen)
    diary.phone = phone
    phone.reads()
    return diary


def new(diary):
    """What has arrived since this was asked last."""
    seen = getattr(diary, "seen", len(diary.phone.screen))
    diary.phone.reads()
    diary.seen = len(diary.phone.screen)
    return diary.phone.screen[seen:]


def says(diary, when):
    """What the citizen gets when timers are fired at that time."""
    new(diary)
    diary.fires(when)
    return [bubble.text for bubble in new(diary)]


def reminder(when="fredag den 20. marts kl. 13.00"):
    return f"Du har en aftale med kommunen {when}. Skriv /moede for at se mere."


def test_a_reminder_comes_at_its_time_and_once(diary):
    meeting = diary.add(FRIDAY)
    assert says(diary, "2026-03-17 09:59") == []
    assert says(diary, TUESDAY) == [reminder()]
    assert says(diary, "2026-03-17 10:01") == []
    assert diary.states(meeting) == [(0, -3, "sent", None), (0, -1, "planned", None)]
    assert says(diary, THURSDAY) == [reminder()]
    assert [timer.state for timer in diary.timers(meeting)] == ["sent", "sent"]


def test_the_first_asks_whether_they_come_and_the_next_does_not(diary):
    meeting = diary.add(FRIDAY)
    says(diary, TUESDAY)
    buttons = diary.phone.last.buttons
    assert list(buttons) == ASKED
    assert [button.action for button in buttons.values()] == [
        f"m.moede.coming.{meeting.id}.0", f"m.moede.cannot.{meeting.id}.0", f"m.moede.{meeting.id}"]
    assert all(len(button.action) <= 48 for button in buttons.values())
    says(diary, THURSDAY)
    assert list(diary.phone.last.buttons) == ["Se mere"]


def test_the_one_that_goes_out_first_asks_though_an_earlier_one_did_not_help_any_more(diary):
    diary.add(FRIDAY)
    assert len(says(diary, THURSDAY)) == 1
    assert list(diary.phone.last.buttons) == ASKED


@pytest.mark.parametrize(("word", "buttons"), [("coming", ["Se mere"]), ("talk", ["Se mere"]), ("cannot", None)])
def test_one_who_has_answered_is_not_asked_again(diary, word, buttons):
    meeting = diary.add(FRIDAY)
    diary.answer(meeting, word)
    assert len(says(diary, TUESDAY)) == (0 if buttons is None else 1)
    if buttons is None:
        assert diary.states(meeting)[0] == (0, -3, "dropped", "answered")
    else:
        assert list(diary.phone.last.buttons) == buttons


def test_an_answer_to_an_earlier_time_does_not_count_for_the_new_one(diary):
    meeting = diary.add(FRIDAY)
    diary.answer(meeting, "cannot")
    diary.move(meeting, "2026-03-27 13:00")
    assert len(says(diary, "2026-03-24 10:00")) == 1
    assert list(diary.phone.last.buttons) == ASKED


def test_the_large_meeting_asks_whether_they_are_ready_two_days_before(diary):
    diary.add(FRIDAY, kind="rehabiliteringsmoede")
    says(diary, TUESDAY)
    [said] = says(diary, "2026-03-18 10:00")
    assert said.startswith("Er du klar? Du har en aftale med kommunen fredag")


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("kind", ["samtale", "rehabiliteringsmoede", "netvaerk"])
def test_no_reminder_tells_what_it_is_about_in_any_language(diary, language, kind):
    own = {"kind": kind, "place": "Misbrugscenteret", "room": "Venteværelset", "people": "Mette Holm"}
    meeting = diary.add("2026-09-30 13:00", **own)
    diary.prefers(language=language)
    said = [text for day in (27, 28, 29, 30) for text in says(diary, f"2026-09-{day} 10:00")]
    assert len(said) == len([timer for timer in diary.timers(meeting) if timer.state == "sent"]) >= 2
    assert all(faults(text, meeting) == [] for text in said)
    assert all(("municipality" in text) is (language == "en") for text in said)


def test_what_the_municipality_calls_things_is_not_in_a_reminder(database):
    own = {"name": "Jobcenter Hede", "contact": {"email": "rehab@hede.example"},
           "profiles": {"rehabiliteringsteam": {"moedenavn": "mødet i fleksteamet"}}}
    shipped = Municipality().model_dump(by_alias=True)
    profiles = {name: {**profile, "moedenavn": "mødet i fleksteamet"} for name, profile in shipped["profiles"].items()}
    world = World(database, municipality=Municipality.model_validate({**shipped, **own, "profiles": profiles}))
    citizen, phone = world.joined()
    diary = Diary(world, citizen)
    diary.phone = phone
    diary.add(FRIDAY, kind="rehabiliteringsmoede")
    said = [text for when in (TUESDAY, "2026-03-18 10:00", THURSDAY) for text in says(diary, when)]
    assert len(said) == 3
    assert not [text for text in said if faults(text) or "fleks" in text or "Hede" in text]


def test_a_text_that_tells_too_much_in_one_language_goes_in_danish(diary, monkeypatch):
    diary.add(FRIDAY)
    diary.prefers(language="en")
    monkeypatch.setattr(firing, "faults", lambda text: ["a fault"] if "municipality" in text else [])
    assert says(diary, TUESDAY) == [reminder()]


def test_a_text_that_tells_too_much_does_not_go_out_at_all(diary, monkeypatch):
    meeting = diary.add(FRIDAY)
    monkeypatch.setattr(firing, "faults", lambda text: ["a fault"])
    assert says(diary, TUESDAY) == []
    assert diary.planned(meeting)[3].startswith("Tue 2026-03-17 11:00")


# Late


@pytest.mark.parametrize(
    ("when", "count"),
    [("2026-03-19 19:59", 1), ("2026-03-19 20:30", 0), ("2026-03-20 08:00", 1), ("2026-03-20 12:44", 1),
     ("2026-03-20 12:45", 0), ("2026-03-20 13:30", 0)],
)  # fmt: skip
def test_after_a_standstill_the_last_one_helps_until_they_should_be_there(diary, when, count):
    meeting = diary.add(FRIDAY, arrival_minutes=15)
    says(diary, TUESDAY)
    assert len(says(diary, when)) == count
    if count == 0 and when > "2026-03-20":
        assert diary.states(meeting)[1] == (0, -1, "dropped", "too_late")


def test_after_a_standstill_of_a_week_one_comes_and_not_two(diary):
    meeting = diary.add(FRIDAY)
    assert len(says(diary, "2026-03-19 12:00")) == 1
    assert diary.states(meeting) == [(0, -3, "dropped", "next_is_near"), (0, -1, "sent", None)]


def test_in_the_night_a_late_one_waits_for_the_morning(diary):
    meeting = diary.add(FRIDAY)
    says(diary, TUESDAY)
    assert says(diary, "2026-03-19 21:00") == []
    assert diary.planned(meeting) == {1: "Fri 2026-03-20 08:00 +0100"}
    assert says(diary, "2026-03-20 07:59") == []
    assert len(says(diary, "2026-03-20 08:00")) == 1


@pytest.mark.parametrize(
    ("when", "times"),
    [
        # The weekend between has the change to summer time, and then to winter time.
        ("2026-03-31 13:00", ["Fri 2026-03-27 10:00 +0100", "Mon 2026-03-30 10:00 +0200"]),
        ("2026-10-26 13:00", ["Thu 2026-10-22 10:00 +0200", "Fri 2026-10-23 10:00 +0200"]),
        ("2028-03-01 13:00", ["Fri 2028-02-25 10:00 +0100", "Tue 2028-02-29 10:00 +0100"]),  # a leap day
        ("2027-01-01 13:00", ["Tue 2026-12-29 10:00 +0100", "Thu 2026-12-31 10:00 +0100"]),
        ("2027-01-04 13:00", ["Thu 2026-12-31 10:00 +0100", "Fri 2027-01-01 10:00 +0100"]),
    ],
)
def test_by_the_calendar_quiet_hours_and_weekends(diary, when, times):
    """A look every half hour for six days before the meeting, by local clocks."""
    meeting = diary.add(when)
    zone = diary.world.municipality.zone
    diary.world.clock.now = meeting.start - timedelta(days=6)
    sent = []
    while diary.world.clock() < meeting.start:
        if diary.fires():
            sent.append(diary.world.clock().astimezone(zone).strftime("%a %Y-%m-%d %H:%M %z"))
        diary.world.clock.passes(minutes=30)
    assert sent == times


# What has changed meanwhile


def test_one_fired_just_as_the_meeting_is_moved_says_nothing(diary):
    """The timer of the old version is still planned, as when it is fired by one that does not know of the move yet."""
    meeting = diary.add(FRIDAY)
    moved = diary.move(meeting, "2026-03-27 13:00")
    with diary.world.database.write() as tx:
        timers.plan(tx, diary.citizen, "reminder", meeting.id, 0, [(1, diary.world.clock())])
    assert says(diary, THURSDAY) == []
    assert diary.states(meeting)[:2] == [(0, -3, "dropped", "moved"), (0, -1, "dropped", "moved")]
    assert diary.planned(moved) == {3: "Tue 2026-03-24 10:00 +0100", 1: "Thu 2026-03-26 10:00 +0100"}


def test_a_cancelled_meeting_is_silent(diary):
    diary.cancel(diary.add(FRIDAY))
    assert says(diary, TUESDAY) == says(diary, THURSDAY) == []


def test_one_who_has_no_chat_gets_none_and_the_caseworker_sees_why(world):
    diary = Diary(world, world.citizen())
    meeting = diary.add(FRIDAY)
    assert diary.fires(TUESDAY) == 0
    assert diary.states(meeting)[0] == (0, -3, "dropped", "no_chat")
    assert diary.fires(THURSDAY) == 0


def test_one_who_says_yes_in_time_gets_what_is_left(world):
    diary = Diary(world, world.citizen())
    meeting = diary.add(FRIDAY)
    diary.fires(TUESDAY)
    diary.phone = world.joins(diary.citizen)
    assert len(says(diary, THURSDAY)) == 1
    states = [timer.state for timer in diary.timers(meeting) if timer.sort == "reminder"]
    assert states == ["dropped", "sent"]


def test_one_who_deletes_everything_gets_none_until_they_are_back(diary):
    meeting = diary.add(FRIDAY)
    diary.phone.says("/slet")
    diary.phone.taps("Ja, slet alle mine svar")
    assert {timer.why for timer in diary.timers(meeting)} == {"forgotten"}
    assert says(diary, TUESDAY) == []
    diary.phone = diary.world.joins(diary.citizen, name="Kirsten Lund")
    assert diary.planned(meeting) == {1: "Thu 2026-03-19 10:00 +0100"}


def test_an_erased_citizen_s_timers_are_gone(diary):
    diary.add(FRIDAY)
    with diary.world.database.write() as tx:
        caseload.erase(tx, diary.citizen, diary.world.clock())
    assert diary.world.counts()["timers"] == 0
    assert diary.fires(TUESDAY) == 0


def test_one_who_is_erased_as_the_timer_fires_stops_nobody(diary, monkeypatch):
    diary.add(FRIDAY)
    diary.at(TUESDAY)
    with diary.world.database.read() as tx:
        found = timers.due(tx, diary.world.clock(), 10)
    with diary.world.database.write() as tx:
        caseload.erase(tx, diary.citizen, diary.world.clock())
    monkeypatch.setattr(timers, "due", lambda *_: found)
    assert fire(diary.world.assistant()) == 0


def test_one_who_has_blocked_the_bot_is_told_of_to_the_caseworker(diary):
    meeting = diary.add(FRIDAY)
    diary.fires(TUESDAY)
    [row] = diary.phone.waiting()
    with diary.world.database.write() as tx:
        outbox.give_up(tx, row.id, diary.world.clock(), whole_chat=True, why="blocked")
    assert diary.states(meeting)[0] == (0, -3, "failed", "blocked")
    assert diary.world.counts()["outbox"] == 0


def test_a_citizen_with_two_chats_gets_one_message(diary):
    with diary.world.database.write() as tx:
        tx.lock(diary.citizen)
        chats.bind(tx, diary.citizen, "terminal", "tty", diary.world.clock())
    diary.add(FRIDAY)
    diary.fires(TUESDAY)
    assert diary.world.counts()["outbox"] == 1
    assert len(new(diary)) == 1


# In the conversation


def test_a_reminder_does_not_come_between_a_question_and_its_answer(diary):
    diary.phone.plays(["Begynd"])
    diary.add(FRIDAY)
    diary.at("2026-03-17 09:55")
    diary.phone.says("Noget med dyr")
    says(diary, TUESDAY)
    diary.phone.says("Ved ikke endnu")
    assert len(diary.world.answers(diary.citizen)) == 2


def test_what_is_written_below_a_reminder_is_no_answer_to_a_question_of_last_week(diary):
    diary.phone.plays(["Begynd"])
    touched = diary.world.tables()["conversations"][0][2]
    diary.add(FRIDAY)
    says(diary, TUESDAY)
    assert diary.world.tables()["conversations"][0][2] == touched
    diary.phone.says("Tak, jeg kommer")
    assert "Det har jeg ikke gemt" in diary.phone.last.text
    assert diary.world.answers(diary.citizen) == {}
    diary.phone.taps("Fortsæt")
    diary.phone.says("Noget med dyr")
    assert len(diary.world.answers(diary.citizen)) == 1


# Many, and what goes wrong


def test_a_batch_is_dealt_with_at_a_time_and_what_waits_is_counted(diary):
    for number in range(BATCH + 5):
        diary.add(f"2026-03-20 {9 + number // 60:02}:{number % 60:02}")
    assert diary.fires(TUESDAY) == BATCH
    assert TIMERS_DUE._value.get() == BATCH + 5
    assert diary.fires() == 5
    diary.fires()
    assert TIMERS_DUE._value.get() == 0


def test_one_that_fails_waits_an_hour_and_stops_nobody_else(world, capsys):
    first, second = (Diary(world, world.joined(name)[0]) for name in ("Kirsten Lund", "Omar Dal"))
    meetings = [diary.add(FRIDAY) for diary in (first, second)]
    with world.database.write() as tx:  # what is sealed with it cannot be opened
        tx.conn.execute(update(citizens).where(citizens.c.id == first.citizen).values(draft_key=b"x" * 60))
    assert first.fires(TUESDAY) == 1
    assert first.planned(meetings[0])[3] == "Tue 2026-03-17 11:00 +0100"
    assert [timer.state for timer in second.timers(meetings[1])] == ["laid", "planned"]
    assert first.fires("2026-03-17 10:30") == 0
    said = capsys.readouterr().out
    assert "KeyFault" in said and "Kirsten" not in said


def test_a_database_that_is_away_is_no_fault_of_the_timer_s(diary, monkeypatch):
    meeting = diary.add(FRIDAY)

    def away(*_):
        raise DatabaseFault("away")

    monkeypatch.setattr(timers, "claim", away)
    with pytest.raises(DatabaseFault):
        diary.fires(TUESDAY)
    assert diary.planned(meeting)[3] == "Tue 2026-03-17 10:00 +0100"


def test_one_killed_between_claim_and_commit_has_done_nothing(diary, monkeypatch):
    meeting = diary.add(FRIDAY)

    def killed(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(outbox, "put", killed)
    with pytest.raises(KeyboardInterrupt):
        diary.fires(TUESDAY)
    monkeypatch.undo()
    assert diary.states(meeting)[0] == (0, -3, "planned", None)
    assert len(says(diary, TUESDAY)) == 1


def test_two_workers_at_once_lay_one_message_each(home):
    """Two processes, each with a database of its own, and forty citizens."""
    database = home.open()
    world = World(database)
    diaries = [Diary(world, world.joined()[0]) for _number in range(40)]
    for diary in diaries:
        diary.add(FRIDAY)
    before = world.counts()["outbox"]
    diaries[0].at(TUESDAY)
    others = [home.open() for _number in range(2)]
    start = Barrier(2)

    def work(own):
        start.wait()
        return sum(fire(world.assistant(database=own)) for _time in range(5))

    with ThreadPoolExecutor(2) as pool:
        laid = list(pool.map(work, others))
    assert sum(laid) == 40
    rows = world.tables()["outbox"]
    assert len(rows) - before == 40
    assert len({row[-1] for row in rows if row[-1] is not None}) == 40
    for each in (database, *others):
        each.close()


def test_a_timer_of_a_later_version_s_sort_waits_for_that_version_and_is_in_nobody_s_way(diary):
    now = diary.world.clock()
    with diary.world.database.write() as tx:
        timers.plan(tx, diary.citizen, "from the future", "x", 0, [(0, now)])
    assert diary.fires() == 0
    assert [(timer.state, timer.due_at) for timer in diary.timers()] == [("planned", now + timedelta(hours=1))]


def test_while_many_wait_to_go_out_no_more_are_laid(diary, monkeypatch):
    monkeypatch.setattr(firing, "MOST_WAITING", 3)
    for minute in range(5):
        diary.add(f"2026-03-20 13:0{minute}")
    assert diary.fires(TUESDAY) == 3
    assert diary.fires() == 0
    diary.phone.reads()
    assert diary.fires() == 2


def test_what_waits_for_long_holds_up_nobody_else_s(diary, monkeypatch):
    monkeypatch.setattr(firing, "MOST_WAITING", 1)
    diary.add(FRIDAY)
    diary.add("2026-03-20 14:00")
    assert [diary.fires(TUESDAY), diary.fires(), diary.fires("2026-03-17 10:05")] == [1, 0, 1]


# What lies in the outbox and does not get out


def test_what_waits_in_the_outbox_until_it_helps_nobody_is_taken_back(diary):
    meeting = diary.add(FRIDAY)
    diary.fires(THURSDAY)
    diary.at("2026-03-20 12:00")
    look_again(diary.world.assistant())
    assert diary.world.counts()["outbox"] == 1
    diary.at("2026-03-20 13:00")
    look_again(diary.world.assistant())
    assert diary.world.counts()["outbox"] == 0
    assert diary.states(meeting)[1] == (0, -1, "failed", "too_late")


def test_what_waits_in_the_outbox_into_the_night_goes_out_in_the_morning(diary):
    diary.add(FRIDAY)
    diary.fires(THURSDAY)
    diary.at("2026-03-19 23:00")
    look_again(diary.world.assistant())
    assert diary.phone.waiting() == []
    diary.at("2026-03-20 08:00")
    assert len(diary.phone.waiting()) == 1


def test_one_answered_meanwhile_is_taken_back(diary):
    meeting = diary.add(FRIDAY)
    diary.fires(TUESDAY)
    diary.answer(meeting, "cannot")
    diary.world.clock.passes(minutes=6)
    look_again(diary.world.assistant())
    assert diary.states(meeting)[0] == (0, -3, "failed", "answered")


# Kept


def test_what_came_of_a_coming_meeting_s_reminders_is_kept_until_it_is_over(diary):
    world = diary.world
    world.municipality = replace_reminders(world.municipality, ("99d", "1d"))
    meeting = diary.add("2026-08-03 13:00")
    says(diary, "2026-04-27 10:00")
    diary.at("2026-08-02 10:00")
    clean(world.assistant())
    assert [timer.state for timer in diary.timers(meeting)] == ["sent", "planned"]
    diary.fires("2026-08-03 08:00")
    diary.phone.reads()
    diary.at("2026-12-01 10:00")
    clean(world.assistant())
    assert diary.timers(meeting) == []


def replace_reminders(municipality, before):
    return municipality.model_copy(update={"reminders": municipality.reminders.model_copy(update={"before": before})})
