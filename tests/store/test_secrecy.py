"""Words planted in every place a person's content can stand are nowhere to be found in clear."""

import base64
import itertools
import zipfile
from datetime import date, datetime

import pytest

from afsaet.measures.agreement import Agreement
from afsaet.measures.areas import Area
from afsaet.measures.card import Card
from afsaet.measures.goals import Goal, PartGoal
from afsaet.measures.rounds import Round
from afsaet.measures.sharing import Sharing
from afsaet.measures.wheel import Wheel
from afsaet.meetings.meeting import Meeting
from afsaet.meetings.place import Passed, Place
from afsaet.store import (
    backup,
    caseworkers,
    chats,
    citizens,
    conversations,
    invitations,
    measure_cards,
    meetings,
    outbox,
    own_tasks,
    places,
    rounds,
    timers,
    versions,
)
from afsaet.store.outbox import Item

from .bytes_on_disk import everywhere
from .conftest import NOW


@pytest.fixture
def planted(database):
    """Fills the store with planted words, and gives all of them."""
    numbers = itertools.count(1)
    words = []

    def word():
        words.append(f"plantedword{next(numbers)}x")
        return words[-1]

    with database.write() as tx:
        caseworker = caseworkers.add(tx, f"{word()}@{word()}.example", word(), NOW, phone=word(), hours=word())
        citizen = citizens.add(tx, caseworker.id, word(), NOW, profile="p", reference=word())
        words.append(invitations.make(tx, citizen.id, NOW, 14))
        chat = chats.bind(tx, citizen.id, "telegram", word(), NOW).chat
        conversations.save(tx, citizen.id, {"state": word()}, {("f", "a"): {"text": word(), "value": word()}}, NOW)
        versions.add(tx, citizen.id, "f", {word(): [word()]}, NOW)
        wall = datetime(2026, 3, 10, 9, 30)  # noqa: DTZ001
        meetings.add(tx, citizen.id, Meeting("m1", word(), word(), wall, "Europe/Copenhagen", place=word(), room=word(),
                                             people=word(), agenda=(word(),)), NOW)
        meetings.answer(tx, citizen.id, "m1", 0, word(), NOW)
        places.save(tx, citizen.id, Place((Passed(word(), NOW, word()),)))
        own_tasks.add(tx, citizen.id, word(), date(2026, 3, 10), NOW)
        rounds.add(tx, citizen.id, Round("r1", word(), NOW, {word(): word()}, {word(): word()}))
        goal = Goal(word(), word(), (PartGoal(word(), word(), date(2026, 3, 1)),))
        card = Card(Wheel((Area(word(), word(), word()),)), (goal,), {word(): Agreement()}, Sharing(frozenset({word()})))
        measure_cards.save(tx, citizen.id, card)
        timers.plan(tx, citizen.id, "reminder", "m1", 0, [(1, NOW)])
        outbox.put(tx, chat, [Item({"text": word()}), Item({"text": word()}, reply=False)], NOW)
        outbox.put_to_address(tx, "telegram", word(), [Item({"text": word()})], NOW)
    return [one.encode() for one in words]


def found(words, content):
    return [word for word in words if word in content.lower()]


def test_no_planted_word_stands_in_the_database_or_its_log(database, planted):
    content = everywhere(database)
    assert b"telegram" in content
    assert found(planted, content) == []


def test_no_planted_word_stands_in_a_backup(database, planted, tmp_path):
    backup.backup(database, tmp_path / "backup", NOW)
    with zipfile.ZipFile(tmp_path / "backup") as archive:
        content = b"".join(archive.read(name) for name in archive.namelist())
    sealed = [part for part in content.split(b'"') if len(part) > 24 and b" " not in part]
    decoded = b"".join(base64.b64decode(part + b"===") for part in sealed)
    assert b"telegram" in content
    assert found(planted, content) + found(planted, decoded) == []


def test_no_key_stands_in_the_database_or_a_backup(database, planted, home, tmp_path):
    backup.backup(database, tmp_path / "backup", NOW)
    with zipfile.ZipFile(tmp_path / "backup") as archive:
        content = everywhere(database) + b"".join(archive.read(name) for name in archive.namelist())
    keys = [part for part in home.key_file.read_text().split('"') if part.endswith("=")]
    assert len(keys) == 2
    for key in keys:
        assert key.encode() not in content
        assert base64.b64decode(key) not in content
