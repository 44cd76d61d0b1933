from datetime import timedelta

import pytest
from sqlalchemy import text

from afsaet.store import chats, outbox
from afsaet.store.faults import KeyFault
from afsaet.store.outbox import Item

from .conftest import NOW

SOON = NOW + timedelta(seconds=30)
STRANGER = "9000-1"


def put(database, chat, *items):
    with database.write() as tx:
        outbox.put(tx, chat, items, NOW)


def due(database, now=NOW, limit=10, exclude=()):
    with database.read() as tx:
        return outbox.due(tx, "telegram", now, limit, exclude)


def texts(messages):
    return [message.payload["text"] for message in messages]


def test_a_message_goes_out_with_all_that_is_needed_to_send_it(database, cast):
    put(database, cast.chat, Item({"text": "Hej"}, kind="edit"))
    (message,) = due(database)
    assert (message.chat_id, message.citizen_id, message.channel, message.address) == (
        cast.chat.id, cast.maja, "telegram", cast.address)
    assert (message.kind, message.reply, message.payload, message.created_at, message.attempts) == (
        "edit", True, {"text": "Hej"}, NOW, 0)


def test_replies_go_before_what_was_not_asked_for_and_otherwise_in_order(database, cast):
    put(database, cast.chat, Item({"text": "reminder"}, reply=False), Item({"text": "one"}), Item({"text": "two"}))
    put(database, cast.chat, Item({"text": "three"}))
    assert texts(due(database)) == ["one", "two", "three", "reminder"]
    assert texts(due(database, limit=2)) == ["one", "two"]


def test_a_message_waits_for_its_time(database, cast):
    put(database, cast.chat, Item({"text": "tomorrow"}, reply=False, not_before=SOON))
    assert due(database, SOON - timedelta(microseconds=1)) == []
    assert texts(due(database, SOON)) == ["tomorrow"]


def test_messages_on_their_way_are_left_out(database, cast):
    put(database, cast.chat, Item({"text": "one"}), Item({"text": "two"}))
    first, second = due(database)
    assert due(database, exclude=[first.id]) == [second]
    assert due(database, exclude=[first.id, second.id]) == []


def test_nothing_is_kept_of_what_has_been_sent(database, cast):
    put(database, cast.chat, Item({"text": "one"}), Item({"text": "two"}), Item({"text": "three"}))
    with database.write() as tx:
        outbox.done(tx, [message.id for message in outbox.due(tx, "telegram", NOW, 2)], NOW)
        assert tx.conn.execute(text("SELECT count(*) FROM outbox")).scalar() == 1
    assert texts(due(database)) == ["three"]


def test_a_message_that_failed_is_tried_again_and_is_not_overtaken_in_its_chat(database, cast):
    with database.write() as tx:
        other = chats.bind(tx, cast.omar, "telegram", "omars-phone", NOW).chat
    put(database, cast.chat, Item({"text": "one"}), Item({"text": "two"}), Item({"text": "nudge"}, reply=False))
    put(database, other, Item({"text": "other chat"}))
    with database.write() as tx:
        outbox.postpone(tx, outbox.due(tx, "telegram", NOW, 1)[0].id, SOON, error="flood")
    put(database, cast.chat, Item({"text": "three"}))
    assert texts(due(database)) == ["other chat"]
    assert texts(due(database, SOON)) == ["one", "two", "other chat", "three", "nudge"]
    assert due(database, SOON)[0].attempts == 1


def test_a_reply_does_not_wait_for_an_unasked_message_that_failed(database, cast):
    put(database, cast.chat, Item({"text": "nudge"}, reply=False), Item({"text": "reminder"}, reply=False))
    with database.write() as tx:
        outbox.postpone(tx, outbox.due(tx, "telegram", NOW, 1)[0].id, SOON, error="flood")
    put(database, cast.chat, Item({"text": "reply"}))
    assert texts(due(database)) == ["reply"]


def test_when_postponed_messages_go_is_known_by_their_line(database, cast):
    put(database, cast.chat, Item({"text": "one"}), Item({"text": "two"}))
    first, second = due(database)
    with database.write() as tx:
        outbox.postpone(tx, first.id, SOON, error="flood")
        outbox.postpone(tx, second.id, SOON + timedelta(seconds=1), error="flood")
    with database.read() as tx:
        assert outbox.postponed(tx, "telegram", NOW) == {first.line: SOON + timedelta(seconds=1)}
        assert outbox.postponed(tx, "browser", NOW) == {}
        assert outbox.postponed(tx, "telegram", SOON + timedelta(seconds=1)) == {}


def test_a_long_message_goes_on_where_it_stopped(database, cast):
    put(database, cast.chat, Item({"text": "long"}))
    (message,) = due(database)
    assert message.progress == 0
    with database.write() as tx:
        outbox.progress(tx, message.id, 3)
    assert due(database)[0].progress == 3


def test_a_chat_waits_for_its_replies_and_not_for_the_unasked(database, cast):
    put(database, cast.chat, Item({"text": "nudge"}, reply=False))
    with database.write() as tx:
        assert outbox.waiting(tx, cast.chat.id) is False
        outbox.put(tx, cast.chat, [Item({"text": "reply"})], NOW)
        assert outbox.waiting(tx, cast.chat.id) is True


def test_each_channel_sends_its_own(database, cast):
    with database.write() as tx:
        page = chats.bind(tx, cast.maja, "browser", "page", NOW).chat
        outbox.put(tx, page, [Item({"text": "on the page"})], NOW)
        outbox.put(tx, cast.chat, [Item({"text": "on the phone"})], NOW)
        outbox.put_to_address(tx, "browser", "other page", [Item({"text": "to a stranger"})], NOW)
        assert texts(outbox.due(tx, "browser", NOW, 10)) == ["on the page", "to a stranger"]
        assert texts(outbox.due(tx, "telegram", NOW, 10)) == ["on the phone"]


def test_giving_up_names_the_citizen_and_drops_one_message_or_all_of_the_chat(database, cast):
    put(database, cast.chat, *(Item({"text": str(number)}) for number in range(4)))
    first, second, *_ = due(database)
    with database.write() as tx:
        assert outbox.give_up(tx, first.id, NOW, whole_chat=False, why="refused") == cast.maja
    assert texts(due(database)) == ["1", "2", "3"]
    with database.write() as tx:
        assert outbox.give_up(tx, second.id, NOW, whole_chat=True, why="blocked") == cast.maja
        assert outbox.give_up(tx, second.id, NOW, whole_chat=True, why="blocked") is None
    assert due(database) == []


def test_a_stranger_is_answered_at_their_address(database, cast):
    with database.write() as tx:
        outbox.put_to_address(tx, "telegram", STRANGER, [Item({"text": "one"}), Item({"text": "two"})], NOW)
    one, two = due(database)
    assert (one.channel, one.address, one.payload, one.line) == ("telegram", STRANGER, {"text": "one"}, two.line)
    assert (one.chat_id, one.citizen_id) == (None, None)
    with database.write() as tx:
        assert outbox.give_up(tx, one.id, NOW, whole_chat=True, why="blocked") is None
    assert due(database) == []


@pytest.mark.parametrize("columns", [["payload"], ["payload", "mark"]])
def test_a_payload_moved_to_another_message_does_not_open(database, cast, columns):
    with database.write() as tx:
        other = chats.bind(tx, cast.omar, "telegram", "omars-phone", NOW).chat
        outbox.put(tx, cast.chat, [Item({"text": "for Maja"})], NOW)
        outbox.put(tx, other, [Item({"text": "for Omar"})], NOW)
        for column in columns:
            tx.conn.execute(text(f"UPDATE outbox SET {column} = (SELECT {column} FROM outbox WHERE chat_id = :other) "
                                 "WHERE chat_id = :here"), {"here": other.id, "other": cast.chat.id})
    with pytest.raises(KeyFault):
        due(database)


def test_a_payload_does_not_open_in_another_message_of_the_same_citizen_s(database, cast):
    put(database, cast.chat, Item({"text": "one"}), Item({"text": "two"}))
    first, second = due(database)
    with database.write() as tx:
        tx.conn.execute(text("UPDATE outbox SET payload = (SELECT payload FROM outbox WHERE id = :other) "
                             "WHERE id = :here"), {"here": second.id, "other": first.id})
    with pytest.raises(KeyFault):
        due(database)
