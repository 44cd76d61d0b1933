"""From the link to the yes: nothing is kept before it, and everything from then on."""

import pytest

from afsaet.assistant.casework import caseload
from afsaet.assistant.incoming import Start
from afsaet.assistant.shelf import consent_revision
from afsaet.flows.inputs import Edited, Tap, Text
from afsaet.store import consents, events, invitations
from tests.assistant.world import FIRST_QUESTION, METTE, SECOND_QUESTION

YES = "Ja, jeg vil gerne prøve"


@pytest.fixture
def invited(world):
    citizen = world.citizen()
    return citizen, world.invite(citizen), world.phone()


def test_looking_at_an_invitation_leaves_no_row(world, invited):
    _citizen, code, phone = invited
    before = world.tables()
    phone.starts(code)
    assert list(phone.last.buttons) == [YES, "Nej tak", "Læs mere"]
    phone.taps("Læs mere")
    assert "Datatilsynet" in phone.last.text
    assert list(phone.last.buttons) == [YES, "Nej tak"]
    assert len(phone.screen) == 1
    assert world.tables() == before


def test_a_no_leaves_no_row_and_can_be_taken_back(world, invited):
    citizen, code, phone = invited
    before = world.tables()
    phone.starts(code)
    phone.taps("Nej tak")
    assert phone.last.message.lead == "Helt i orden"
    assert world.tables() == before
    phone.taps("Jeg vil gerne prøve alligevel")
    assert world.tables() == before
    phone.taps(YES)
    assert world.case(citizen).citizen.joined_at == world.clock()


def test_a_yes_uses_the_code_and_shows_the_way_in(world, invited):
    citizen, code, phone = invited
    phone.starts(code)
    phone.taps(YES)
    assert [bubble.message.lead.split()[0] for bubble in phone.screen] == ["Tak,", "Forberedelse"]
    assert phone.screen[0].buttons == {}
    assert list(phone.last.buttons) == ["Begynd", "Kun det vigtigste"]
    with world.database.read() as tx:
        assert invitations.look_up(tx, code, world.clock()).outcome == "used"
        assert [event.kind for event in events.list_all(tx, citizen)] == ["invited", "joined"]


def test_a_yes_that_is_tapped_twice_is_answered_once(world, invited):
    _citizen, code, phone = invited
    phone.starts(code)
    yes = phone.press(YES)
    for _time in range(2):
        phone.gives(*yes)
        phone.reads()
    assert [bubble.message.lead.split()[0] for bubble in phone.screen] == ["Tak,", "Forberedelse"]
    phone.plays(["Begynd", "Noget med dyr"])
    assert SECOND_QUESTION in phone.last.text


def test_what_was_said_yes_to_is_kept_with_its_wording_and_its_moment(world, invited):
    citizen, code, phone = invited
    phone.starts(code)
    world.clock.passes(hours=1)
    phone.taps(YES)
    with world.database.read() as tx:
        kept = consents.list_all(tx, citizen)
    wording = consent_revision(world.municipality.names("rehabiliteringsteam"))
    assert [(each.said, each.revision, each.at) for each in kept] == [("yes", wording, world.clock())]
    assert wording != consent_revision(world.municipality.names("samlet_beskrivelse"))


def test_a_code_may_be_typed_as_people_type(world, invited):
    citizen, code, phone = invited
    phone.says(f" {code[:4].upper()} {code[4:8]}-{code[8:]} ")
    phone.taps(YES)
    assert world.case(citizen).citizen.joined_at is not None


def test_a_code_is_a_code_also_where_chance_made_it_look_like_words_of_need(world, monkeypatch):
    monkeypatch.setattr(invitations, "random_id", lambda _length: "du5u7fb2kmms")
    citizen, phone = world.citizen(), world.phone()
    world.invite(citizen)
    phone.says("DU5U 7FB2-KMMS")
    phone.taps(YES)
    assert world.case(citizen).citizen.joined_at is not None


@pytest.mark.parametrize(("spoil", "words"), [
    ("use", "Linket virker ikke længere"),
    ("expire", "Linket er for gammelt"),
    ("revoke", "Linket virker ikke længere"),
    ("mistype", "Hej. Jeg er Afsæt"),
])
def test_a_code_that_does_not_open_leaves_no_row(world, invited, spoil, words):
    citizen, code, phone = invited
    phone.starts(code)
    match spoil:
        case "use":
            other = world.phone()
            other.starts(code)
            other.taps(YES)
        case "expire":
            world.clock.passes(days=world.municipality.invite_days)
        case "revoke":
            world.invite(citizen)
        case "mistype":
            code = ("y" if code[0] == "x" else "x") + code[1:]
    before = world.tables()
    late = world.phone()
    late.starts(code)
    assert late.last.message.lead == words
    if spoil != "mistype":
        phone.taps(YES)
        assert phone.last.message.lead == words
        assert phone.last.buttons == {}
    assert world.tables() == before


STRANGE = [
    Text("hej", "7"), Text("x" * 5000, "7"), Text("", "7"), Start(), Start("y" * 500), Edited("hej", "7"),
    Tap("a.ja", 3), Tap("w.yes.nosuchcode", 0), Tap("w.", 0), Tap("w.yes", 0), Tap("m.slet.ja", 1),
]


def test_a_stranger_gets_one_answer_and_leaves_no_row(world):
    world.joined()
    before = world.tables()
    for given in STRANGE:
        phone = world.phone()
        phone.gives(given)
        phone.reads()
        assert [bubble.message.lead for bubble in phone.screen] == ["Hej. Jeg er Afsæt"], given
    assert world.tables() == before


def test_in_a_group_or_a_channel_everybody_is_a_stranger(world):
    _citizen, phone = world.joined()
    before = world.tables()
    for given in STRANGE:
        phone.gives(given, private=False)
        assert phone.last.text.startswith("Jeg taler kun med én person ad gangen"), given
    assert len(phone.screen) == 2 + len(STRANGE)
    assert world.tables() == before


def test_an_open_invitation_is_not_shown_in_a_group(world, invited):
    _citizen, code, phone = invited
    before = world.tables()
    phone.gives(Start(code), private=False)
    phone.gives(Tap(f"w.yes.{code}", 0), private=False)
    assert all(bubble.buttons == {} for bubble in phone.screen)
    assert world.tables() == before


def test_another_persons_link_on_a_phone_in_use_is_answered_with_what_to_do(world):
    citizen, phone = world.joined()
    other = world.citizen("Omar Dal")
    code = world.invite(other)
    phone.starts(code)
    assert phone.last.message.lead == "Her er allerede en samtale"
    assert "en anden telefon" in phone.last.text
    assert list(phone.last.buttons) == ["Fortsæt", "Menu"]
    with world.database.read() as tx:
        assert invitations.look_up(tx, code, world.clock()).outcome == "open"
    assert world.case(other).citizen.joined_at is None
    phone.taps("Fortsæt")
    assert world.state(citizen)["open"]
    phone.taps("Begynd")
    assert phone.last.message.lead.startswith(FIRST_QUESTION)


def test_on_a_phone_in_use_nobody_learns_whether_a_code_is_good(world):
    _citizen, phone = world.joined()
    for code in (world.invite(world.citizen("Omar Dal")), "nosuchcode12", "x" * 500):
        phone.starts(code)
    told = [bubble.message for bubble in phone.screen[-3:]]
    assert told[0] == told[1] == told[2]


def test_the_own_link_opened_again_is_the_menu(world, invited):
    _citizen, code, phone = invited
    phone.starts(code)
    phone.taps(YES)
    phone.starts(code)
    assert phone.last.message.lead == "Menu"
    phone.starts()
    assert phone.last.message.lead == "Menu"


def test_a_yes_that_is_pressed_again_leads_to_the_question(world, invited):
    _citizen, code, phone = invited
    phone.starts(code)
    yes = phone.press(YES)
    phone.taps(YES)
    phone.taps("Begynd")
    phone.gives(*yes)
    phone.reads()
    assert phone.last.message.lead.startswith(FIRST_QUESTION)


def test_a_yes_handed_over_twice_is_one_yes(world, invited):
    citizen, code, phone = invited
    phone.starts(code)
    yes = phone.gives(*phone.press(YES))
    before = world.tables()
    phone.again(yes)
    assert world.tables() == before
    phone.reads()
    assert len(phone.screen) == 2
    with world.database.read() as tx:
        assert len(consents.list_all(tx, citizen)) == 1


def test_the_caseworker_who_tests_the_link_does_not_use_it_up(world, invited):
    citizen, code, phone = invited
    caseworkers_phone = world.phone()
    caseworkers_phone.starts(code)
    caseworkers_phone.taps("Læs mere")
    phone.starts(code)
    phone.taps(YES)
    assert world.case(citizen).citizen.joined_at == world.clock()


def test_after_joining_the_citizen_is_reachable_and_nothing_is_told_of_answers(world, invited):
    citizen, code, phone = invited
    assert world.case(citizen).citizen.reachable is None
    phone.starts(code)
    phone.taps(YES)
    case = world.case(citizen)
    assert (case.citizen.reachable, case.plan) == (True, "none")
    phone.taps("Begynd")
    phone.says("Noget med dyr")
    assert world.case(citizen).plan == "begun"
    with world.database.read() as tx:
        assert caseload.open_tasks(tx, METTE) == []
