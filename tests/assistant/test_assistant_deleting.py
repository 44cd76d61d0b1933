"""The citizen's own delete: what goes, what stays, what is said, and how one begins again."""

from sqlalchemy import LargeBinary, select

from afsaet.store import events, versions
from afsaet.store.tables import metadata
from tests.assistant.world import FIRST_QUESTION, recorded
from tests.store.bytes_on_disk import everywhere

PLAN = recorded()[1:]
OF_THE_AUTHORITY = {("citizens", "reference"), ("citizens", "sent_key"), ("versions", "snapshot")}


def sealed_of(world, citizen):
    """Every value of the citizen's that is sealed, wrapped or hashed, but for what belongs to the authority's file."""
    found = []
    with world.database.read() as tx:
        for table in metadata.sorted_tables:
            if table.name == "citizens":
                mine = table.c.id == citizen
            elif table.name == "outbox":
                chats = metadata.tables["chats"]
                mine = table.c.chat_id.in_(select(chats.c.id).where(chats.c.citizen_id == citizen))
            elif "citizen_id" in table.c:
                mine = table.c.citizen_id == citizen
            else:
                continue
            columns = [column for column in table.c
                       if isinstance(column.type, LargeBinary) and (table.name, column.name) not in OF_THE_AUTHORITY]
            if columns:
                found += [value for row in tx.conn.execute(select(*columns).where(mine)) for value in row if value]
    return found


def test_deleting_says_goodbye_and_leaves_nothing_of_theirs(world):
    citizen, phone = world.joined()
    phone.plays([*PLAN[:12], "/slet"])
    assert phone.last.message.lead == "Vil du slette dine svar?"
    sealed = sealed_of(world, citizen)
    assert len(sealed) > 15
    phone.writes("Et ord, der venter")  # the reply to it is in the outbox when everything goes
    sealed += sealed_of(world, citizen)
    before = world.tables()
    phone.taps("Ja, slet alle mine svar")
    assert phone.last.message.lead == "Slettet"
    assert phone.last.buttons == {}
    assert phone.waiting() == []
    rows = world.tables()
    assert {name for name, table in rows.items() if any(citizen in row for row in table)} == {
        "citizens", "consents", "events"}
    everything = {value for table in rows.values() for row in table for value in row if isinstance(value, bytes)}
    assert not everything & set(sealed)
    if world.database.path is not None:  # PostgreSQL keeps them until it vacuums
        content = everywhere(world.database)
        # The farewell is found by the chat's hash, which goes with it.
        [chat] = [row for row in before["chats"] if citizen in row]
        assert [value for value in sealed if value in content and value not in chat] == []


def test_one_answer_that_is_deleted_is_gone_from_what_is_kept(world):
    citizen, phone = world.joined()
    phone.plays(["Begynd", "Noget med dyr", "Uddannelse", "/mine_svar", "Ret et svar"])
    phone.taps(next(iter(phone.last.buttons)))
    while "Slet svaret" not in phone.last.buttons:  # by way of the section
        phone.taps(next(iter(phone.last.buttons)))
    phone.taps("Slet svaret")
    assert set(world.answers(citizen)) == {"maal_retning"}
    phone.says("/mine_svar")
    assert "Noget med dyr" not in phone.last.text


def test_deleting_leaves_the_others_alone(world):
    _citizen, phone = world.joined("Kirsten Lund")
    other, omars = world.joined("Omar Dal")
    omars.plays(["Begynd", "Noget med biler"])
    before, seen = world.answers(other), len(omars.screen)
    phone.plays(["/slet", "Ja, slet alle mine svar"])
    assert world.answers(other) == before
    omars.taps("Uddannelse")
    assert len(omars.screen) > seen
    assert world.case(other).citizen.name == "Omar Dal"


def test_what_was_sent_stays_with_the_authority(world):
    citizen, phone = world.joined(reference="SAG-17")
    phone.plays([*PLAN, "/slet"])
    assert "Det, du har sendt til din sagsbehandler, bliver i din sag hos kommunen." in phone.last.text
    phone.taps("Ja, slet alle mine svar")
    [version] = world.versions(citizen)
    assert version.content["sections"]
    case = world.case(citizen)
    assert (case.citizen.name, case.citizen.reference, case.plan) == (None, "SAG-17", "sent")
    assert world.tasks(citizen) == ["plan_sent"]


def test_after_deleting_the_phone_is_a_strangers(world):
    citizen, phone = world.joined()
    phone.plays(["Begynd", "Noget med dyr"])
    question = phone.last
    phone.plays(["/slet", "Ja, slet alle mine svar"])
    before = world.tables()
    phone.says("Hallo?")
    phone.taps("Uddannelse", question)
    phone.unblocks()
    assert phone.screen[-1].message.lead == "Hej. Jeg er Afsæt"
    assert world.tables() == before
    with world.database.read() as tx:
        assert [event.kind for event in events.list_all(tx, citizen)] == ["invited", "joined", "forgotten"]


def test_delete_pressed_twice_and_handed_over_twice_is_one_delete(world):
    citizen, phone = world.joined()
    phone.says("/slet")
    press = phone.press("Ja, slet alle mine svar")
    incoming = phone.gives(*press)
    phone.again(incoming)
    phone.gives(*press)
    phone.reads()
    assert [bubble.message.lead for bubble in phone.screen].count("Slettet") == 1
    with world.database.read() as tx:
        assert [event.kind for event in events.list_all(tx, citizen)].count("forgotten") == 1


def test_invited_again_they_begin_anew_and_their_versions_count_on(world):
    citizen, phone = world.joined()
    phone.plays([*PLAN, "/slet", "Ja, slet alle mine svar"])
    question = phone.screen[3]
    world.clock.passes(days=30)
    world.joins(citizen, phone, name="Kirsten Lund")
    assert list(phone.last.buttons) == ["Begynd", "Kun det vigtigste"]
    assert world.answers(citizen) == {}
    assert world.case(citizen).citizen.name == "Kirsten Lund"
    phone.taps("Begynd")
    assert phone.last.message.lead.startswith(FIRST_QUESTION)
    assert question.buttons == {}
    phone.plays(["Et nyt ønske", "/mine_svar", "Send til min sagsbehandler", "Ja, send"])
    with world.database.read() as tx:
        first, second = versions.list_all(tx, citizen)
    assert [(each.number, each.content["version"]) for each in (first, second)] == [(1, 1), (2, 2)]
    assert second.content["sections"][0]["answers"][0]["text"] == "Et nyt ønske"


def test_a_button_from_before_the_deletion_answers_nothing_afterwards(world):
    citizen, phone = world.joined()
    phone.plays(["Begynd", "Noget med dyr"])
    old = phone.last
    phone.plays(["/slet", "Ja, slet alle mine svar"])
    world.clock.passes(minutes=5)
    world.joins(citizen, phone)
    phone.plays(["Begynd", "Noget med biler"])
    phone.taps("Uddannelse", old)
    assert set(world.answers(citizen)) == {"maal_droem"}
    assert "Den knap hører til noget tidligere" in phone.last.text
