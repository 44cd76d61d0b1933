"""What every turn and every tick looks up is found by an index, however much the tables hold."""

import pytest

from afsaet.store import (
    caseworkers,
    chats,
    citizens,
    conversations,
    erasure,
    events,
    invitations,
    notices,
    outbox,
    retention,
    tasks,
    updates,
    versions,
)
from afsaet.store.outbox import Item

from .conftest import NOW

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
        outbox.due(tx, "telegram", NOW, 50, [1, 2]), outbox.done(tx, [1, 2]), outbox.postpone(tx, 1, NOW, error="x"),
        outbox.give_up(tx, 1, whole_chat=True), outbox.waiting(tx, 1), outbox.progress(tx, 1, 2),
        notices.put(tx, cast.dorte, NOW)),
    "a caseworker": lambda tx, cast: (
        caseworkers.find_by_email(tx, "x"), caseworkers.get(tx, cast.dorte), citizens.list_all(tx, cast.dorte),
        tasks.list_of(tx, cast.maja), tasks.add(tx, cast.maja, "x", NOW), tasks.done(tx, 1, NOW)),
    "what was sent": lambda tx, cast: (
        versions.latest(tx, cast.maja, "f"), versions.get(tx, cast.maja, "f", 1), versions.list_all(tx, cast.maja),
        versions.add(tx, cast.maja, "f", {}, NOW), versions.mark_filed(tx, cast.maja, "f", 1, NOW)),
    "an erasure": lambda tx, cast: (
        events.list_all(tx, cast.maja), erasure.forget(tx, cast.maja, NOW), erasure.erase(tx, cast.maja, NOW)),
    "what is kept no longer": lambda tx, cast: (
        updates.purge(tx, NOW), retention.unwarned(tx, NOW, 50), retention.warned(tx, NOW, NOW, 50),
        retention.note_warned(tx, cast.maja, NOW), retention.still_untouched(tx, cast.maja, NOW)),
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
