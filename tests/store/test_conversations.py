import pytest
from sqlalchemy import text

from afsaet.store import conversations
from afsaet.store.faults import KeyFault, UnknownCitizen

from .conftest import NOW

ANSWER = {"state": "answered", "text": "Æbler, øl & ål – 😀", "value": None, "parts": [{"text": "x", "ref": "1"}]}


def test_a_conversation_begins_without_state_or_answers(database, cast):
    with database.write() as tx:
        opened = conversations.open_chat(tx, "telegram", cast.address)
    assert (opened.citizen.name, opened.chat, opened.state, opened.answers) == ("Maja Skov", cast.chat, None, {})


def test_state_and_answers_come_back_as_they_were_saved(database, cast):
    state = {"dialogue": "forberedelse", "ask": 3, "chosen": None}
    changed = {("forberedelse", "maal"): ANSWER, ("forberedelse", "job"): ANSWER, ("hjulet", "maal"): {"value": 4}}
    with database.write() as tx:
        conversations.save(tx, cast.maja, state, changed, NOW)
    expected = {"forberedelse": {"maal": ANSWER, "job": ANSWER}, "hjulet": {"maal": {"value": 4}}}
    with database.write() as tx:
        by_chat = conversations.open_chat(tx, "telegram", cast.address)
        by_citizen = conversations.open_citizen(tx, cast.maja)
    assert (by_chat.state, by_chat.answers, by_chat.chat) == (state, expected, cast.chat)
    assert (by_citizen.state, by_citizen.answers, by_citizen.chat) == (state, expected, None)
    assert by_chat.citizen == by_citizen.citizen
    with database.read() as tx:
        assert conversations.load(tx, cast.maja) == (state, expected)
        assert conversations.load(tx, cast.omar) == (None, {})


def test_saving_touches_only_the_answers_that_changed(database, cast):
    with database.write() as tx:
        conversations.save(tx, cast.maja, {}, {("f", "a"): {"n": 1}, ("f", "b"): {"n": 1}, ("f", "c"): {"n": 1}}, NOW)
        before = dict(tx.conn.execute(text("SELECT question, answer FROM answers")).all())
        conversations.save(tx, cast.maja, {"ask": 2}, {("f", "a"): {"n": 2}, ("f", "b"): None}, NOW)
        after = dict(tx.conn.execute(text("SELECT question, answer FROM answers")).all())
    assert before["c"] == after["c"]
    with database.read() as tx:
        assert conversations.load(tx, cast.maja) == ({"ask": 2}, {"f": {"a": {"n": 2}, "c": {"n": 1}}})


def test_a_citizen_without_a_chat_has_a_conversation_too(database, cast):
    with database.write() as tx:
        opened = conversations.open_citizen(tx, cast.omar)
    assert (opened.citizen.id, opened.chat) == (cast.omar, None)
    with pytest.raises(UnknownCitizen), database.write() as tx:
        conversations.open_citizen(tx, "nobody")


def test_no_turn_is_lost_when_turns_of_one_citizen_meet(database, cast, at_once):
    def turns(number):
        for _ in range(5):
            with database.write() as tx:
                opened = conversations.open_chat(tx, "telegram", cast.address)
                count = (opened.state or {"count": 0})["count"] + 1
                conversations.save(tx, cast.maja, {"count": count}, {("f", f"q{number}"): {"count": count}}, NOW)

    at_once(6, turns)
    with database.read() as tx:
        state, answers = conversations.load(tx, cast.maja)
    assert state == {"count": 30}
    assert len(answers["f"]) == 6


def test_an_answer_moved_to_another_question_or_citizen_does_not_open(database, cast):
    for move in (
        "UPDATE answers SET question = 'b' WHERE question = 'a'",
        f"UPDATE answers SET citizen_id = '{cast.omar}' WHERE question = 'a'",
    ):
        with database.write() as tx:
            tx.conn.execute(text("DELETE FROM answers"))
            conversations.save(tx, cast.maja, {}, {("f", "a"): ANSWER}, NOW)
            tx.conn.execute(text(move))
        with pytest.raises(KeyFault), database.read() as tx:
            conversations.load(tx, cast.maja)
            conversations.load(tx, cast.omar)


def test_a_turn_costs_few_statements(database, cast, statements):
    with database.write() as tx:
        conversations.save(tx, cast.maja, {}, {("f", f"q{number}"): ANSWER for number in range(39)}, NOW)
    with statements() as seen, database.write() as tx:
        opened = conversations.open_chat(tx, "telegram", cast.address)
        conversations.save(tx, cast.maja, {"ask": 1}, {("f", "q1"): ANSWER}, NOW)
    assert len(opened.answers["f"]) == 39
    spent_on_the_lock = 1 if database.path is None else 0
    assert len([one for one in seen if not one[0].startswith("BEGIN")]) == 4 + spent_on_the_lock
