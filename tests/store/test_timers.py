import threading
from datetime import timedelta

import pytest
from sqlalchemy import text

from afsaet.store import outbox, timers
from afsaet.store.outbox import Item

from .conftest import NOW

DAY = timedelta(days=1)


@pytest.fixture
def planned(database, cast):
    """A reminder of Maja's meeting that is due now, and one that is due tomorrow; in that order."""
    with database.write() as tx:
        timers.plan(tx, cast.maja, "reminder", "m1", 0, [(3, NOW), (1, NOW + DAY)])
    return [timer.id for timer in found(database, cast)]


def found(database, cast):
    with database.read() as tx:
        return timers.of_citizen(tx, cast.maja)


def states(database, cast):
    return [(timer.offset, timer.state, timer.why, timer.at) for timer in found(database, cast)]


def due(database, now=NOW, limit=10, exclude=()):
    with database.read() as tx:
        return [timer.id for timer in timers.due(tx, now, limit, exclude)]


def lay(database, cast, timer_id):
    """The timer's message is in the outbox."""
    with database.write() as tx:
        assert timers.claim(tx, timer_id, NOW)
        outbox.put(tx, cast.chat, [Item({"text": "x"}, reply=False, timer_id=timer_id)], NOW)
        return outbox.due(tx, "telegram", NOW, 10)[-1].id


def test_planning_twice_changes_nothing(database, cast, planned):
    before = found(database, cast)
    with database.write() as tx:
        timers.plan(tx, cast.maja, "reminder", "m1", 0, [(3, NOW + DAY), (1, NOW)])
        timers.plan(tx, cast.maja, "reminder", "m1", 0, [])
        assert timers.claim(tx, planned[0], NOW)
        timers.plan(tx, cast.maja, "reminder", "m1", 0, [(3, NOW + DAY)])
    assert [timer.due_at for timer in found(database, cast)] == [timer.due_at for timer in before]
    assert states(database, cast) == [(3, "laid", None, NOW), (1, "planned", None, None)]


def test_what_was_dropped_can_be_planned_anew(database, cast, planned):
    with database.write() as tx:
        assert timers.drop(tx, planned[0], NOW, "unwanted") is True
    assert states(database, cast)[0] == (3, "dropped", "unwanted", NOW)
    with database.write() as tx:
        timers.plan(tx, cast.maja, "reminder", "m1", 0, [(3, NOW + 2 * DAY)])
    assert states(database, cast)[1] == (3, "planned", None, None)
    assert due(database, NOW + 2 * DAY) == planned[::-1]


def test_the_same_dialogue_has_a_timer_for_each_citizen_and_each_version(database, cast):
    with database.write() as tx:
        for citizen in (cast.maja, cast.omar):
            for version in (0, 1):
                timers.plan(tx, citizen, "nudge", "forberedelse", version, [(0, NOW)])
        assert [timer.version for timer in timers.of_subject(tx, cast.maja, "forberedelse", ["nudge"])] == [0, 1]
        assert len(timers.due(tx, NOW, 10)) == 4


def test_what_is_due_comes_the_longest_due_first(database, cast, planned):
    assert due(database) == [planned[0]]
    assert due(database, NOW - timedelta(microseconds=1)) == []
    assert due(database, NOW + DAY) == planned
    assert due(database, NOW + DAY, limit=1) == [planned[0]]
    assert due(database, NOW + DAY, exclude=[planned[0]]) == [planned[1]]
    with database.write() as tx:
        assert timers.due(tx, NOW, 1)[0].citizen_id == cast.maja
        assert timers.postpone(tx, planned[0], NOW + 2 * DAY) is True
    assert due(database, NOW + 2 * DAY) == planned[::-1]


def test_a_timer_is_claimed_once_and_not_before_its_time(database, cast, planned):
    with database.write() as tx:
        assert timers.claim(tx, planned[1], NOW) is False
        assert timers.claim(tx, planned[0], NOW) is True
        assert timers.claim(tx, planned[0], NOW) is False
        assert timers.drop(tx, planned[0], NOW, "late") is False
        assert timers.postpone(tx, planned[0], NOW + DAY) is False
    assert due(database) == []
    assert states(database, cast)[0] == (3, "laid", None, NOW)


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
def test_of_two_who_claim_a_timer_in_transactions_of_their_own_one_gets_it(database, cast, planned, home):
    """The second looks while the first has not committed, and has to wait for it."""
    other, about_to_claim, won = home.open(), threading.Event(), []

    def second():
        with other.write() as tx:
            assert len(timers.due(tx, NOW, 10)) == 1
            about_to_claim.set()
            won.append(timers.claim(tx, planned[0], NOW))

    thread = threading.Thread(target=second)
    with database.write() as tx:
        assert timers.claim(tx, planned[0], NOW) is True
        thread.start()
        assert about_to_claim.wait(30)
    thread.join(30)
    other.close()
    assert won == [False]


def test_many_who_claim_a_timer_at_once_lay_one_message(database, cast, planned, at_once):
    def run(_):
        with database.write() as tx:
            if won := timers.claim(tx, planned[0], NOW):
                outbox.put(tx, cast.chat, [Item({"text": "x"}, reply=False, timer_id=planned[0])], NOW)
            return won

    assert sorted(at_once(4, run)) == [False, False, False, True]
    with database.read() as tx:
        assert [message.timer_id for message in outbox.due(tx, "telegram", NOW, 10)] == [planned[0]]


def test_a_claim_that_is_not_committed_leaves_the_timer_planned(database, cast, planned):
    with pytest.raises(ZeroDivisionError), database.write() as tx:
        assert timers.claim(tx, planned[0], NOW)
        outbox.put(tx, cast.chat, [Item({"text": "x"}, reply=False, timer_id=planned[0])], NOW)
        raise ZeroDivisionError
    assert due(database) == [planned[0]]


def test_the_planned_ones_of_a_subject_are_dropped_together(database, cast, planned):
    with database.write() as tx:
        timers.plan(tx, cast.maja, "ready", "m1", 1, [(2, NOW)])
        timers.plan(tx, cast.maja, "reminder", "m2", 0, [(3, NOW)])
        timers.plan(tx, cast.omar, "reminder", "m1", 0, [(3, NOW)])
        assert timers.claim(tx, planned[0], NOW)
        assert timers.drop_planned(tx, cast.maja, "ready", "m1", NOW, "moved", before_version=1) == 0
        assert timers.drop_planned(tx, cast.maja, "ready", "m1", NOW, "moved", before_version=2) == 1
        assert timers.drop_planned(tx, cast.maja, None, "m1", NOW, "cancelled") == 1
        assert timers.drop_planned(tx, cast.maja, None, "m1", NOW, "cancelled") == 0
        found = timers.of_subject(tx, cast.maja, "m1", ["reminder", "ready"])
        assert [(timer.sort, timer.state, timer.why) for timer in found] == [
            ("reminder", "laid", None), ("ready", "dropped", "moved"), ("reminder", "dropped", "cancelled")]
        assert [timer.sort for timer in timers.of_subject(tx, cast.maja, "m1", ["ready"])] == ["ready"]
        assert [timer.citizen_id for timer in timers.due(tx, NOW, 10)] == [cast.maja, cast.omar]


def test_a_timer_is_sent_when_its_message_is(database, cast, planned):
    message = lay(database, cast, planned[0])
    with database.write() as tx:
        outbox.done(tx, [message], NOW + DAY)
    assert states(database, cast)[0] == (3, "sent", None, NOW + DAY)
    with database.write() as tx:
        timers.note_failed(tx, [planned[0]], NOW, "blocked")
    assert states(database, cast)[0][1] == "sent"


@pytest.mark.parametrize(("whole_chat", "why"), [(False, "refused"), (True, "blocked")])
def test_a_timer_has_failed_when_its_message_is_given_up(database, cast, planned, whole_chat, why):
    lay(database, cast, planned[0])
    with database.write() as tx:
        outbox.put(tx, cast.chat, [Item({"text": "a reply"})], NOW)
        ids = {message.timer_id: message.id for message in outbox.due(tx, "telegram", NOW, 10)}
        gone = ids[None] if whole_chat else ids[planned[0]]
        assert outbox.give_up(tx, gone, NOW + DAY, whole_chat=whole_chat, why=why) == cast.maja
    assert states(database, cast)[0] == (3, "failed", why, NOW + DAY)


def test_an_ordinary_reply_costs_no_statement_more(database, cast, planned, statements):
    with database.write() as tx:
        outbox.put(tx, cast.chat, [Item({"text": "one"}), Item({"text": "two"})], NOW)
        ids = [message.id for message in outbox.due(tx, "telegram", NOW, 10)]
    with statements() as seen, database.write() as tx:
        outbox.done(tx, ids, NOW)
    assert [statement.split()[0] for statement, _ in seen if not statement.startswith("BEGIN")] == ["DELETE"]


def test_what_was_laid_counts_for_the_ration_and_what_failed_does_not(database, cast):
    with database.write() as tx:
        timers.plan(tx, cast.maja, "nudge", "f", 0, [(number, NOW - 9 * DAY) for number in range(5)])
        timers.plan(tx, cast.maja, "reminder", "m1", 0, [(1, NOW - 9 * DAY)])
        timers.plan(tx, cast.omar, "nudge", "f", 0, [(1, NOW - 9 * DAY)])
        everyone = timers.due(tx, NOW, 20)
        for number, timer in enumerate(everyone):
            if number != 4:  # the last nudge is left planned
                assert timers.claim(tx, timer.id, NOW - number * DAY)
        timers.note_sent(tx, [everyone[1].id], NOW - DAY)
        timers.note_failed(tx, [everyone[2].id], NOW - 2 * DAY, "blocked")
        assert timers.laid_moments(tx, cast.maja, NOW - 7 * DAY, ["nudge"]) == [NOW - 3 * DAY, NOW - DAY, NOW]
        assert timers.laid_moments(tx, cast.maja, NOW - DAY, ["nudge", "round"]) == [NOW - DAY, NOW]
        assert timers.laid_moments(tx, cast.maja, NOW - 7 * DAY, []) == []


def test_timers_done_with_are_forgotten_after_a_while_and_planned_ones_never(database, cast, planned):
    message = lay(database, cast, planned[0])
    with database.write() as tx:
        assert timers.purge(tx, NOW, NOW) == 0
        assert timers.purge(tx, NOW + timedelta(microseconds=1), NOW) == 1
        assert timers.get(tx, planned[0]) is None
        assert timers.get(tx, planned[1]).state == "planned"
        assert [row.timer_id for row in outbox.due(tx, "telegram", NOW, 10)] == [None]
        outbox.done(tx, [message], NOW)
        assert tx.conn.execute(text("SELECT count(*) FROM outbox")).scalar() == 0
