"""What every turn and every tick looks up is found by an index, however much the tables hold."""

import json
from datetime import datetime, timedelta

import pytest
from sqlalchemy import bindparam, text

from afsaet.measures.card import Card
from afsaet.meetings.meeting import Meeting
from afsaet.meetings.mine import OwnTask
from afsaet.store import (
    caseworkers,
    chats,
    citizens,
    conversations,
    erasure,
    events,
    invitations,
    measure_cards,
    meetings,
    notices,
    outbox,
    own_tasks,
    places,
    retention,
    rounds,
    tasks,
    timers,
    updates,
    versions,
)
from afsaet.store.outbox import Item
from afsaet.store.utc_time import UtcTime

from .conftest import NOW

MEETING = Meeting("m1", "uid", "samtale", datetime(2026, 3, 10, 9, 30), "Europe/Copenhagen")  # noqa: DTZ001
LOOKUPS = {
    "a turn": lambda tx, cast: (
        updates.take(tx, 1, 1, NOW), conversations.open_chat(tx, "telegram", cast.address),
        conversations.save(tx, cast.maja, {}, {("f", "a"): {}, ("f", "b"): None}, NOW),
        outbox.put(tx, cast.chat, [Item({})], NOW), chats.note_asked(tx, "00", 1, "1")),
    "a turn of a citizen": lambda tx, cast: (
        conversations.open_citizen(tx, cast.maja), conversations.load(tx, cast.maja), citizens.get(tx, cast.maja)),
    "an invitation": lambda tx, cast: (
        invitations.look_up(tx, "code", NOW), invitations.use(tx, "code", NOW),
        invitations.make(tx, cast.maja, NOW, 14), chats.bind(tx, cast.maja, "telegram", "new", NOW)),
    "sending": lambda tx, cast: (
        outbox.due(tx, "telegram", NOW, 50, [1, 2]), outbox.done(tx, [1, 2], NOW), outbox.postpone(tx, 1, NOW, error="x"),
        outbox.give_up(tx, 1, NOW, whole_chat=True, why="blocked"), outbox.waiting(tx, 1), outbox.progress(tx, 1, 2),
        notices.put(tx, cast.dorte, NOW)),
    "a caseworker": lambda tx, cast: (
        caseworkers.find_by_email(tx, "x"), caseworkers.get(tx, cast.dorte), citizens.list_all(tx, cast.dorte),
        tasks.list_of(tx, cast.maja), tasks.add(tx, cast.maja, "x", NOW), tasks.done(tx, 1, NOW)),
    "what was sent": lambda tx, cast: (
        versions.latest(tx, cast.maja, "f"), versions.get(tx, cast.maja, "f", 1), versions.list_all(tx, cast.maja),
        versions.by_citizen(tx, ["f", "g"], cast.dorte),
        versions.add(tx, cast.maja, "f", {}, NOW), versions.mark_filed(tx, cast.maja, "f", 1, NOW)),
    "a meeting": lambda tx, cast: (
        meetings.add(tx, cast.maja, MEETING, NOW), meetings.get(tx, "m1"), meetings.coming(tx, cast.maja, NOW),
        meetings.change(tx, cast.maja, MEETING, NOW), meetings.answer(tx, cast.maja, "m1", 0, "coming", NOW),
        meetings.list_of(tx, cast.maja, from_=NOW),
        meetings.list_all(tx, cast.dorte), meetings.list_all(tx, from_=NOW), places.get(tx, cast.maja)),
    "a timer": lambda tx, cast: (
        timers.plan(tx, cast.maja, "reminder", "m1", 0, [(1, NOW)]), timers.due(tx, NOW, 50, [7, 8]),
        timers.get(tx, 1), timers.claim(tx, 1, NOW), timers.drop(tx, 1, NOW, "x"), timers.postpone(tx, 1, NOW),
        timers.drop_planned(tx, cast.maja, "reminder", "m1", NOW, "x", before_version=1),
        timers.of_subject(tx, cast.maja, "m1", ["reminder", "ready"]), timers.of_meetings(tx, cast.dorte), timers.of_citizen(tx, cast.maja),
        timers.laid_moments(tx, cast.maja, NOW, ["nudge"]), timers.note_sent(tx, [1], NOW), timers.count_due(tx, NOW),
        timers.versions_of(tx, "nudge", 1, [cast.maja]), timers.drop_all(tx, [1, 2], NOW, "x"),
        outbox.silence(tx, [1, 2], NOW, why="x"), outbox.hold(tx, 1, NOW), outbox.laid_by_timers(tx, NOW, 50, 1), outbox.count_laid(tx, NOW, NOW)),
    "own tasks": lambda tx, cast: (
        own_tasks.list_of(tx, cast.maja), own_tasks.change(tx, cast.maja, OwnTask("1", "x")),
        own_tasks.remove(tx, cast.maja, "1")),
    "rounds": lambda tx, cast: (
        rounds.list_of(tx, cast.maja), rounds.shared_by_all(tx, cast.dorte), measure_cards.by_citizen(tx, cast.dorte),
        conversations.who_answered(tx, "f", cast.dorte), measure_cards.get(tx, cast.maja), measure_cards.save(tx, cast.maja, Card())),
    "an erasure": lambda tx, cast: (
        events.list_all(tx, cast.maja), erasure.forget(tx, cast.maja, NOW), erasure.erase(tx, cast.maja, NOW)),
    "what is kept no longer": lambda tx, cast: (
        updates.purge(tx, NOW), timers.purge(tx, NOW, NOW), retention.unwarned(tx, NOW, 50), retention.warned(tx, NOW, NOW, 50),
        retention.note_warned(tx, cast.maja, NOW), retention.still_untouched(tx, cast.maja, NOW), retention.away(tx, NOW, NOW, 50),
        retention.touched_at(tx, cast.maja)),
}


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
@pytest.mark.parametrize("lookup", LOOKUPS)
def test_nothing_is_searched_from_end_to_end(database, cast, statements, lookup):
    with statements() as seen, database.write() as tx:
        LOOKUPS[lookup](tx, cast)
    plans = {}
    with database.read() as tx:
        for statement, parameters in seen:
            if statement.startswith(("SELECT", "UPDATE", "DELETE")):
                one = parameters[0] if isinstance(parameters, list) else parameters
                rows = tx.conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", one).all()
                plans[statement] = [row[3] for row in rows]
    assert plans
    scans = {statement: step for statement, plan in plans.items() for step in plan
             if step.startswith("SCAN") and step != "SCAN CONSTANT ROW"}
    assert scans == {}


MANY_TIMERS = text("""
    INSERT INTO timers (citizen_id, sort, subject, "offset", version, due_at, state)
    WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :many)
    SELECT :citizen, 'reminder', 'm' || n, :number, 0, :due_at, CASE WHEN n % 100 = 0 THEN 'planned' ELSE 'sent' END
    FROM numbers
""").bindparams(bindparam("due_at", type_=UtcTime))


def test_the_due_timers_are_found_in_their_order_by_an_index_of_those_that_wait(database, cast, statements):
    with database.write() as tx:
        for number, due_at in enumerate((NOW, NOW + timedelta(days=30))):
            row = {"many": 10_000, "citizen": cast.maja, "number": number, "due_at": due_at}
            tx.conn.execute(MANY_TIMERS, row)
        tx.conn.execute(text("ANALYZE timers"))
    with statements() as seen, database.read() as tx:
        assert len(timers.due(tx, NOW, 50, [1, 2])) == 50
    statement, parameters = seen[-1]
    with database.read() as tx:
        if tx.dialect == "sqlite":
            rows = tx.conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
            assert [row[3] for row in rows] == ["SEARCH timers USING INDEX ix_timers_due (due_at<?)"]
        else:
            plan = tx.conn.exec_driver_sql(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", parameters).scalar()
            limit = (plan if isinstance(plan, list) else json.loads(plan))[0]["Plan"]
            (found,) = limit["Plans"]
            assert (limit["Node Type"], found["Node Type"], found["Index Name"]) == (
                "Limit", "Index Scan", "ix_timers_due")
            assert found["Actual Rows"] == 50
