import pytest
from sqlalchemy import text

from afsaet.store import chats, conversations, outbox
from afsaet.store.faults import KeyFault

from .conftest import NOW


def test_a_chat_is_found_by_its_address_and_gives_it_back(database, cast):
    with database.read() as tx:
        chat = chats.find(tx, "telegram", cast.address)
        assert (chat, chat.citizen_id, chat.active) == (cast.chat, cast.maja, True)
        assert chats.address_of(tx, chat.id) == cast.address
        assert chats.find(tx, "browser", cast.address) is None
        assert chats.address_of(tx, 999) is None


def test_a_new_phone_takes_over_and_the_older_chat_is_told(database, cast):
    with database.write() as tx:
        bound = chats.bind(tx, cast.maja, "telegram", "new-phone", NOW)
    assert (bound.older, bound.taken_from) == (cast.chat, None)
    with database.write() as tx:
        assert chats.active_of(tx, cast.maja) == [bound.chat]
        assert chats.find(tx, "telegram", cast.address).active is False
        assert conversations.open_chat(tx, "telegram", cast.address) is None
        assert conversations.open_chat(tx, "telegram", "new-phone").citizen.id == cast.maja


def test_a_chat_in_another_channel_stays_beside_the_first(database, cast):
    with database.write() as tx:
        page = chats.bind(tx, cast.maja, "browser", "page", NOW)
        assert (page.older, page.taken_from) == (None, None)
        assert chats.active_of(tx, cast.maja) == [cast.chat, page.chat]
        moved = chats.bind(tx, cast.maja, "browser", "new-page", NOW)
        assert moved.older == page.chat
        assert chats.active_of(tx, cast.maja) == [cast.chat, moved.chat]


def test_the_older_phone_can_take_over_again(database, cast):
    with database.write() as tx:
        newer = chats.bind(tx, cast.maja, "telegram", "new-phone", NOW).chat
        again = chats.bind(tx, cast.maja, "telegram", cast.address, NOW)
    assert (again.chat, again.older) == (cast.chat, newer)


def test_binding_the_same_phone_again_changes_nothing(database, cast):
    with database.write() as tx:
        bound = chats.bind(tx, cast.maja, "telegram", cast.address, NOW)
    assert (bound.chat, bound.older, bound.taken_from) == (cast.chat, None, None)


def test_a_phone_handed_to_another_citizen_takes_nothing_of_the_first_along(database, cast):
    with database.write() as tx:
        outbox.put(tx, cast.chat, [outbox.Item({"text": "for Maja"})], NOW)
        bound = chats.bind(tx, cast.omar, "telegram", cast.address, NOW)
    assert bound.taken_from == cast.maja
    with database.write() as tx:
        assert conversations.open_chat(tx, "telegram", cast.address).citizen.id == cast.omar
        assert chats.active_of(tx, cast.maja) == []
        assert outbox.due(tx, "telegram", NOW, 10) == []


def test_which_message_carries_the_question_is_kept(database, cast):
    with database.write() as tx:
        chats.note_asked(tx, cast.chat.address_hash.hex(), 7, "message-311")
    with database.write() as tx:
        chat = conversations.open_chat(tx, "telegram", cast.address).chat
    assert (chat.asked_number, chat.asked_ref, chat.asked_first) == (7, "message-311", "message-311")


@pytest.mark.parametrize(("number", "first"), [(7, "message-311"), (8, "message-320")])
def test_a_question_shown_once_more_is_still_known_by_its_first_message(database, cast, number, first):
    with database.write() as tx:
        chats.note_asked(tx, cast.chat.address_hash.hex(), 7, "message-311")
    with database.write() as tx:
        chats.note_asked(tx, cast.chat.address_hash.hex(), number, "message-320")
        chat = chats.find(tx, "telegram", cast.address)
    assert (chat.asked_number, chat.asked_ref, chat.asked_first) == (number, "message-320", first)


def test_an_address_moved_to_another_chat_does_not_open(database, cast):
    with database.write() as tx:
        other = chats.bind(tx, cast.omar, "telegram", "omars-phone", NOW).chat
        move = "UPDATE chats SET address = (SELECT address FROM chats WHERE id = :other) WHERE id = :here"
        tx.conn.execute(text(move), {"here": cast.chat.id, "other": other.id})
    with pytest.raises(KeyFault), database.read() as tx:
        chats.address_of(tx, cast.chat.id)
