import itertools
import random
import sqlite3
from collections import defaultdict
from contextlib import closing
from datetime import datetime, timedelta

import pytest
from sqlalchemy import inspect, text

from afsaet.measures.card import Card
from afsaet.measures.rounds import Round
from afsaet.meetings.meeting import Meeting
from afsaet.meetings.place import Passed, Place
from afsaet.store import (
    caseworkers,
    chats,
    citizens,
    consents,
    conversations,
    erasure,
    events,
    invitations,
    measure_cards,
    meetings,
    outbox,
    own_tasks,
    places,
    rounds,
    tasks,
    timers,
    versions,
)
from afsaet.store.events import Event
from afsaet.store.faults import UnknownCitizen
from afsaet.store.outbox import Item

from .bytes_on_disk import everywhere
from .conftest import NOW

SEALED_DRAFTS = {
    "citizens": ["draft_key", "name"], "answers": ["answer"], "conversations": ["state"],
    "chats": ["address", "address_hash"], "outbox": ["payload"], "invitations": ["code_hash"],
    "own_tasks": ["card"], "rounds": ["card"], "measure_cards": ["card"],
}
SEALED_MEETINGS = {"meetings": ["card"], "meeting_answers": ["answer"], "places": ["place"]}
SEALED_SENT = {"citizens": ["sent_key", "reference"], "versions": ["snapshot"], **SEALED_MEETINGS}


@pytest.fixture
def full(database, cast):
    """Maja and Omar have each written, sent and been written to a good deal, turn by turn."""
    with database.write() as tx:
        other = chats.bind(tx, cast.omar, "telegram", "omars-phone", NOW).chat
        for citizen in (cast.maja, cast.omar):
            invitations.make(tx, citizen, NOW, 14)
            consents.add(tx, citizen, "yes", "1", NOW)
            tasks.add(tx, citizen, "plan_sent", NOW)
            events.note(tx, citizen, "joined", NOW)
            meeting = Meeting(f"of-{citizen}", "uid", "samtale", datetime(2026, 3, 10, 9, 30), "Europe/Copenhagen")  # noqa: DTZ001
            meetings.add(tx, citizen, meeting, NOW)
            meetings.answer(tx, citizen, meeting.id, 0, "coming", NOW)
            places.save(tx, citizen, Place((Passed("start", NOW, "caseworker"),)))
            own_tasks.add(tx, citizen, "ringe", None, NOW)
            rounds.add(tx, citizen, Round(f"round-{citizen}", "hjulet", NOW, {"hjul_tro": 3}, shared=True))
            measure_cards.save(tx, citizen, Card())
            timers.plan(tx, citizen, "reminder", meeting.id, 0, [(3, NOW), (2, NOW), (1, NOW + timedelta(days=1))])
            laid, sent, _ = timers.of_citizen(tx, citizen)
            assert timers.claim(tx, laid.id, NOW)
            assert timers.claim(tx, sent.id, NOW)
            timers.note_sent(tx, [sent.id], NOW)
            chat = cast.chat if citizen == cast.maja else other
            outbox.put(tx, chat, [Item({"text": "reminder"}, reply=False, timer_id=laid.id)], NOW)
    for number in range(40):
        for citizen, chat in ((cast.maja, cast.chat), (cast.omar, other)):
            with database.write() as tx:
                answer = {"text": f"answer {number} " * (number % 13)}
                conversations.save(tx, citizen, {"ask": number}, {("f", f"q{number}"): answer}, NOW)
                outbox.put(tx, chat, [Item(answer)], NOW)
                versions.add(tx, citizen, "f", answer, NOW)
    return cast


def sealed(database, columns, citizen_id):
    """Every sealed value of the citizen's, as it lies on the disk."""
    values = []
    with database.read() as tx:
        for table, names in columns.items():
            here = {"citizens": "id = :id", "outbox": "chat_id IN (SELECT id FROM chats WHERE citizen_id = :id)",
                    "meeting_answers": "meeting_id IN (SELECT id FROM meetings WHERE citizen_id = :id)"}
            where = here.get(table, "citizen_id = :id")
            rows = tx.conn.execute(text(f"SELECT {', '.join(names)} FROM {table} WHERE {where}"), {"id": citizen_id})
            values += [bytes(value) for row in rows for value in row if value is not None]
    return values


def mentions(database, citizen_id):
    """The tables that have a row of the citizen's."""
    with database.read() as tx:
        return {
            table for table in inspect(tx.conn).get_table_names()
            for column in inspect(tx.conn).get_columns(table)
            if column["name"] == "citizen_id" or (table, column["name"]) == ("citizens", "id")
            if tx.conn.execute(text(f"SELECT 1 FROM {table} WHERE {column['name']} = :id"), {"id": citizen_id}).first()
        }


def test_forgetting_takes_what_was_written_and_keeps_what_was_sent(database, full):
    with database.write() as tx:
        erasure.forget(tx, full.maja, NOW)
    with database.read() as tx:
        maja = citizens.get(tx, full.maja)
        assert (maja.name, maja.reachable, maja.joined_at) == (None, None, None)
        assert (maja.reference, maja.caseworker_id) == ("SAG-17", full.dorte)
        assert len(versions.list_all(tx, full.maja)) == 40
        assert conversations.load(tx, full.maja) == (None, {})
        assert events.list_all(tx, full.maja) == [Event("joined", NOW), Event("forgotten", NOW)]
    assert mentions(database, full.maja) == {
        "citizens", "versions", "consents", "tasks", "events", "meetings", "places", "timers"}


def test_forgetting_keeps_meetings_and_the_place_and_lets_no_timer_lay_anything_more(database, full):
    with database.write() as tx:
        erasure.forget(tx, full.maja, NOW)
    with database.read() as tx:
        (kept,) = meetings.list_of(tx, full.maja)
        assert (kept.meeting.id, kept.answer.word) == (f"of-{full.maja}", "coming")
        assert places.get(tx, full.maja).step == "start"
        assert own_tasks.list_of(tx, full.maja) == []
        assert [(timer.state, timer.why) for timer in timers.of_citizen(tx, full.maja)] == [
            ("failed", "forgotten"), ("sent", None), ("dropped", "forgotten")]
        assert [timer.citizen_id for timer in timers.due(tx, NOW + timedelta(days=1), 10)] == [full.omar]


def test_forgetting_leaves_other_citizens_as_they_were(database, full):
    before = sealed(database, {**SEALED_DRAFTS, **SEALED_SENT}, full.omar)
    with database.write() as tx:
        erasure.forget(tx, full.maja, NOW)
    assert sealed(database, {**SEALED_DRAFTS, **SEALED_SENT}, full.omar) == before
    with database.read() as tx:
        assert citizens.get(tx, full.omar).name == "Omar Dal"


def test_nothing_can_be_kept_for_one_who_has_been_forgotten_until_they_are_bound_again(database, full):
    with database.write() as tx:
        erasure.forget(tx, full.maja, NOW)
    for keep in (
        lambda tx: conversations.save(tx, full.maja, {}, {}, NOW),
        lambda tx: own_tasks.add(tx, full.maja, "ringe", None, NOW),
    ):
        with pytest.raises(UnknownCitizen), database.write() as tx:
            keep(tx)
    with database.write() as tx:
        chats.bind(tx, full.maja, "telegram", "new-phone", NOW)
        citizens.rename(tx, full.maja, "Maja")
        conversations.save(tx, full.maja, {"ask": 1}, {("f", "a"): {"text": "again"}}, NOW)
    with database.write() as tx:
        opened = conversations.open_chat(tx, "telegram", "new-phone")
    assert (opened.citizen.name, opened.state, opened.answers) == ("Maja", {"ask": 1}, {"f": {"a": {"text": "again"}}})


def test_a_farewell_can_still_be_sent_to_one_who_has_been_forgotten(database, full):
    with database.write() as tx:
        erasure.forget(tx, full.maja, NOW)
        outbox.put_to_address(tx, "telegram", full.address, [Item({"text": "bye"})], NOW)
    with database.read() as tx:
        mine = [one for one in outbox.due(tx, "telegram", NOW, 100) if one.citizen_id != full.omar]
    assert [(one.address, one.payload) for one in mine] == [(full.address, {"text": "bye"})]


def test_erasing_takes_everything_but_one_event(database, full):
    with database.write() as tx:
        erasure.erase(tx, full.maja, NOW)
    assert mentions(database, full.maja) == {"events"}
    with database.read() as tx:
        assert citizens.get(tx, full.maja) is None
        assert events.list_all(tx, full.maja) == [Event("erased", NOW)]
        assert [one.citizen_id for one in outbox.due(tx, "telegram", NOW, 100)] == [full.omar] * 41
        assert meetings.get(tx, f"of-{full.omar}").answer.word == "coming"
        assert tx.conn.execute(text("SELECT count(*) FROM meeting_answers")).scalar() == 1


@pytest.mark.parametrize("take", [erasure.forget, erasure.erase])
def test_taking_away_one_who_is_not_there_is_refused(database, take):
    with pytest.raises(UnknownCitizen), database.write() as tx:
        take(tx, "nobody", NOW)


@pytest.mark.parametrize(("take", "gone", "stays"), [
    (erasure.forget, SEALED_DRAFTS, SEALED_SENT),
    (erasure.erase, {**SEALED_DRAFTS, **SEALED_MEETINGS, "versions": ["snapshot"], "citizens": ["draft_key", "sent_key", "name"]}, {}),
])
# PostgreSQL keeps deleted rows until VACUUM, and says so.
@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_on_sqlite_not_even_the_sealed_bytes_are_left(database, full, take, gone, stays):
    leaving = sealed(database, gone, full.maja)
    staying = sealed(database, stays, full.maja) + sealed(database, {**SEALED_DRAFTS, **SEALED_SENT}, full.omar)
    content = everywhere(database)
    assert all(value in content for value in leaving)
    with database.write() as tx:
        take(tx, full.maja, NOW)
    database.scrub()
    content = everywhere(database)
    assert [value for value in leaving if value in content] == []
    assert all(value in content for value in staying)


def test_on_sqlite_nothing_is_left_of_answers_that_moved_about_while_they_were_changed(homes, monkeypatch):
    """Rows move between pages as they grow and shrink, and leave copies in the gaps."""
    names = (f"citizen{number:03}" for number in itertools.count())
    monkeypatch.setattr(citizens, "random_id", lambda: next(names))
    chance, database, written = random.Random(5), homes.filled("sqlite").open(), defaultdict(set)
    with database.write() as tx:
        caseworker = caseworkers.add(tx, "dorte@kommune.example", "Dorte", NOW)
        people = [citizens.add(tx, caseworker.id, "Maja", NOW, profile="p").id for _ in range(40)]
    for _ in range(400):
        person, question = chance.choice(people), f"q{chance.randint(0, 39)}"
        with database.write() as tx:
            answer = {"text": "x" * chance.choice([5, 50, 400, 3000, 9000])} if chance.random() < 0.9 else None
            conversations.save(tx, person, {"text": "y" * chance.randint(1, 2000)}, {("f", question): answer}, NOW)
            here = {"id": person}
            sealed = tx.conn.execute(text("SELECT answer FROM answers WHERE citizen_id = :id"), here).scalars()
            written[person] |= {bytes(value) for value in sealed}
    gone = people[::3]
    for person in gone:
        with database.write() as tx:
            erasure.erase(tx, person, NOW)
    database.scrub()
    content = everywhere(database)
    pieces = [value[at:at + 16] for person in gone for value in written[person] for at in (0, 16, len(value) - 16)]
    assert [piece for piece in pieces if piece in content] == []
    database.close()


def test_the_key_that_was_forgotten_opens_nothing_any_more(database, full):
    with database.write() as tx:
        old = tx.conn.execute(text("SELECT draft_key FROM citizens WHERE id = :id"), {"id": full.maja}).scalar()
        erasure.forget(tx, full.maja, NOW)
        kept = tx.conn.execute(text("SELECT draft_key FROM citizens WHERE id = :id"), {"id": full.maja}).scalar()
    assert (len(old), kept) == (68, None)


def test_scrubbing_names_what_it_cannot_reach(database, full):
    kept = " ".join(database.scrub())
    assert str(database.place.data_dir / "backups") in kept
    if database.path is None:
        assert "VACUUM" in kept
    else:
        assert "could not be cleaned" not in kept
        assert database.path.with_name(f"{database.path.name}-wal").stat().st_size == 0


def test_scrubbing_says_so_when_another_program_is_reading(homes):
    home = homes.filled("sqlite")
    database = home.open(wait=0.05)
    with closing(sqlite3.connect(home.file, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM citizens").fetchall()
        with database.write() as tx:
            events.note(tx, "somebody", "erased", NOW)
        assert "could not be cleaned" in database.scrub()[0]
        reader.execute("ROLLBACK")
        reader.execute("BEGIN IMMEDIATE")
        assert "could not be cleaned" in database.scrub()[0]
        reader.execute("ROLLBACK")
    assert "could not be cleaned" not in " ".join(database.scrub())
    database.close()


@pytest.mark.parametrize("take_away", [erasure.forget, erasure.erase])
def test_what_the_same_transaction_had_laid_is_not_told_of(database, cast, take_away):
    told = []
    database.laid = told.extend
    with database.write() as tx:
        chat = chats.bind(tx, cast.maja, "telegram", "the-phone", NOW).chat
        outbox.put(tx, chat, [Item({"text": "reply"})], NOW)
        take_away(tx, cast.maja, NOW)
        outbox.put_to_address(tx, "telegram", "the-phone", [Item({"text": "farewell"})], NOW)
    assert [row.payload for row in told] == [{"text": "farewell"}]
