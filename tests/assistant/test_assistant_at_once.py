"""Two processes and several threads serve one citizen at the same moment, and every word is kept once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from afsaet.assistant.incoming import Incoming
from afsaet.assistant.turn.receive import receive
from afsaet.flows.inputs import Tap, Text
from afsaet.store import consents, outbox, updates
from tests.assistant.phone import BOT

THREADS = 4


@pytest.fixture
def two(world, home):
    """Two assistants, each with a database of its own opened as another process would."""
    other = home.open()
    yield world.assistant(), world.assistant(database=other)
    other.close()


def all_at_once(work, count=THREADS):
    """Does it in so many threads, which begin together."""
    start = Barrier(count)

    def one(number):
        start.wait()
        return work(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def test_no_text_is_lost_when_many_come_at_the_same_moment(world, two):
    citizen, phone = world.joined()
    phone.taps("Begynd")
    texts = [f"ord {number}" for number in range(5 * THREADS)]

    def write(thread):
        for number in range(thread, len(texts), THREADS):
            given = Text(texts[number], str(1000 + number))
            receive(two[thread % 2], Incoming("telegram", phone.address, given, given.ref, (BOT, 9000 + number)))

    all_at_once(write)
    assert sorted(world.words(citizen, "maal_droem")) == sorted(texts)
    assert set(world.answers(citizen)) == {"maal_droem"}
    with world.database.read() as tx:
        laid = outbox.due(tx, "telegram", world.clock(), 1000)
    # The next question, one confirmation of all the rest, and the answered one as each text made it: the sender skips
    # all but the last of those in a row.
    assert [row.kind for row in laid] == ["edit", "send", "edit", "send", *["edit"] * (len(texts) - 2)]
    assert len({row.payload["ref"] for row in laid if row.kind == "edit"}) == 1
    assert sorted(laid[-1].payload["answer"].split(" · ")) == sorted(texts)


def test_one_update_handed_to_all_of_them_is_taken_once(world, two):
    citizen, phone = world.joined()
    phone.taps("Begynd")
    incoming = Incoming("telegram", phone.address, Text("Noget med dyr", "1000"), "1000", (BOT, 9000))
    all_at_once(lambda thread: receive(two[thread % 2], incoming))
    assert world.words(citizen, "maal_droem") == ["Noget med dyr"]
    assert len(phone.waiting()) == 2


def test_one_button_pressed_at_the_same_moment_on_a_slow_phone_acts_once(world, two):
    citizen, phone = world.joined()
    phone.plays(["Begynd", "Noget med dyr"])
    tap, ref = phone.press("Uddannelse")
    all_at_once(lambda thread: receive(two[thread % 2],
        Incoming("telegram", phone.address, tap, ref, (BOT, 9000 + thread))))
    phone.reads()
    assert world.answers(citizen)["maal_retning"]["value"] == "uddannelse"
    assert "maal_timer" not in world.answers(citizen)
    assert sum(bubble.message.lead.startswith("Hvor mange timer") for bubble in phone.screen) == 1


def test_one_code_said_yes_to_on_several_phones_is_one_persons(world, two):
    citizen = world.citizen()
    code = world.invite(citizen)
    phones = [world.phone() for _number in range(THREADS)]

    def join(thread):
        phone = phones[thread]
        phone.assistant = two[thread % 2]
        phone.gives(Tap(f"w.yes.{code}", 0), "1")

    all_at_once(join)
    with world.database.read() as tx:
        assert len(consents.list_all(tx, citizen)) == 1
    for phone in phones:
        phone.reads()
    assert sum(any("Begynd" in bubble.buttons for bubble in phone.screen) for phone in phones) == 1


def test_different_citizens_do_not_get_into_each_others_way(world, two):
    people = [world.joined(f"Borger {number}") for number in range(THREADS)]
    for _citizen, phone in people:
        phone.taps("Begynd")

    def write(thread):
        _citizen, phone = people[thread]
        for number in range(5):
            given = Text(f"ord {thread} {number}", str(2000 + number))
            receive(two[thread % 2], Incoming("telegram", phone.address, given, given.ref))

    all_at_once(write)
    for thread, (citizen, _phone) in enumerate(people):
        assert world.words(citizen, "maal_droem") == [f"ord {thread} {number}" for number in range(5)]
    with world.database.read() as tx:
        assert updates.list_set_aside(tx) == []
