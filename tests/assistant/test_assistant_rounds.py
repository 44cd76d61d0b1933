"""What is kept of rounds, wheel and goals, and for whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from afsaet.assistant.attachments import made
from afsaet.assistant.turn.facts import Facts
from afsaet.export.shared import Shared
from afsaet.flows.inputs import Tap
from afsaet.flows.library import Page, Visit
from afsaet.flows.message import Message
from afsaet.measures import wheel
from afsaet.measures.agreement import Agreement
from afsaet.measures.effects import Agreed, GoalsChanged, SharingChanged, WheelChanged
from afsaet.measures.goals import Goal
from afsaet.measures.rounds import Round
from afsaet.measures.sharing import Sharing
from afsaet.measures.wheel import Wheel
from afsaet.municipality import Municipality
from afsaet.service import clean
from afsaet.store import citizens, conversations, retention, rounds
from tests.assistant.phone import Phone
from tests.assistant.world import World, recorded

TODAY = date(2026, 3, 3)
CHOSEN = wheel.choose(Wheel(), ["hjul_tro", "hjul_retning", "hjul_kunnen", "hjul_ro"])
EFFECTS: dict[str, Any] = {
    "hjul": WheelChanged(CHOSEN),  # type: ignore[arg-type]
    "maal": GoalsChanged((Goal("g", "et job"),)),
    "del": SharingChanged(Sharing().keep("trivselstjek")),
    "aftale": Agreed("trivselstjek", Agreement(14)),
    "pause": Agreed("hjulet", Agreement(paused_until=date(2026, 5, 1))),
}


def opens(visit: Visit) -> Page:
    if visit.argument in EFFECTS:
        return Page(Message("Gemt."), visit.conversation, effects=(EFFECTS[visit.argument],))
    return Page(Message(), visit.conversation, enter=visit.argument)


@pytest.fixture
def maja(world: World) -> tuple[str, Phone]:
    citizen, phone = world.joined("Maja Skov")
    built = phone.assistant.library
    phone.assistant.library = lambda profile: replace(built(profile), pages={"udvikling": opens})
    return citizen, phone


def visits(phone: Phone, name: str) -> None:
    phone.gives(Tap(f"m.udvikling.{name}", phone.last.ask))
    phone.reads()


def does(phone: Phone, *numbers: object, ending: str = "Gem og vis til min sagsbehandler") -> None:
    visits(phone, "trivselstjek")
    phone.plays([*map(str, numbers)])
    while "En gang om måneden" in phone.last.text:
        phone.plays(["Spring over"])  # what is asked once a month is left out
    if ending:
        phone.plays([ending])


def kept(world: World, citizen: str) -> list[Round]:
    with world.database.read() as tx:
        return rounds.list_of(tx, citizen)


def facts(world: World, citizen: str) -> dict[str, Any]:
    with world.database.read() as tx:
        who = citizens.get(tx, citizen)
        assert who is not None
        found = Facts(tx, who, world.municipality, world.clock())
        return {name: found[name] for name in ("rounds", "last_round", "wheel", "goals", "agreements", "sharing")}


def test_a_round_is_kept_with_its_numbers_and_shared_when_the_citizen_shows_it(world, maja):
    citizen, phone = maja
    does(phone, 6, 7, 5, 6)
    [found] = kept(world, citizen)
    assert (found.measure, found.total(), found.at, found.begun, found.complete, found.shared) == (
        "trivselstjek", 24, world.clock(), world.clock(), True, True)
    assert world.tasks(citizen) == []


@pytest.mark.parametrize("ending", ["Gem og vis til min sagsbehandler", "Gem kun til mig"])
def test_of_a_finished_round_stands_what_was_decided_and_no_button_that_looks_as_if_it_could_be_changed(maja, ending):
    _citizen, phone = maja
    does(phone, 6, 7, 5, 6, ending=ending)
    [summary] = [bubble for bubble in phone.screen if bubble.message.lead == "Dine svar"]
    assert (summary.answer, summary.buttons) == (ending, {})


def test_a_round_that_is_kept_to_oneself_is_not_shared(world, maja):
    citizen, phone = maja
    does(phone, 6, 7, 5, 6, ending="Gem kun til mig")
    assert [each.shared for each in kept(world, citizen)] == [False]


def test_a_round_that_is_not_whole_is_kept_and_never_shared(world, maja):
    citizen, phone = maja
    does(phone, 6, "Spring over", 5, 6, ending="")
    assert "Gem og vis til min sagsbehandler" not in phone.last.buttons
    phone.gives(Tap("show", phone.last.ask))  # such a button may have been on the screen before
    assert [(each.complete, each.shared) for each in kept(world, citizen)] == [(False, False)]


def test_what_the_citizen_no_longer_shares_stays_with_them_from_then_on(world, maja):
    citizen, phone = maja
    does(phone, 6, 7, 5, 6)
    visits(phone, "del")
    world.clock.passes(days=1)
    does(phone, 6, 7, 5, 7, ending="")
    assert "Gem og vis til min sagsbehandler" not in phone.last.buttons
    phone.gives(Tap("show", phone.last.ask))  # such a button may have been on the screen before
    assert [each.shared for each in kept(world, citizen)] == [True, False]


def test_what_has_been_settled_is_there_at_the_next_turn_and_nothing_takes_the_place_of_the_rest(world, maja):
    citizen, phone = maja
    for name in EFFECTS:
        visits(phone, name)
    does(phone, 6, 7, 5, 6, ending="Gem kun til mig")
    assert facts(world, citizen) == {
        "rounds": kept(world, citizen),
        "last_round": {"trivsel_mig": 6, "trivsel_naere": 7, "trivsel_andre": 5, "trivsel_samlet": 6},
        "wheel": CHOSEN, "goals": (Goal("g", "et job"),), "sharing": Sharing().keep("trivselstjek"),
        "agreements": {"trivselstjek": Agreement(14, since=TODAY),
                       "hjulet": Agreement(paused_until=date(2026, 5, 1), since=TODAY)},
    }


def test_the_words_of_goals_and_the_municipalitys_offers_reach_the_conversation(world, maja):
    citizen, phone = maja
    visits(phone, "maal")
    with world.database.read() as tx:
        found = Facts(tx, citizens.get(tx, citizen), world.municipality, world.clock())
        assert found["own_words"]["hovedmaal"] == ("et job",)
        assert found["used_words"]["hovedmaal"] == {"et job"}
    profiles = Municipality().profiles.model_dump()
    profiles["rehabiliteringsteam"]["offers"] = ("kraftværket",)
    own = world.assistant(municipality=Municipality.model_validate({"profiles": profiles}))
    assert own.setting("telegram", "rehabiliteringsteam").offers == ("kraftværket",)


def test_one_who_has_settled_nothing_has_the_shipped_wheel_and_nothing_else(world, maja):
    citizen, _phone = maja
    assert facts(world, citizen) == {
        "rounds": [], "last_round": {}, "wheel": Wheel(), "goals": (), "agreements": {}, "sharing": Sharing()}


def test_the_numbers_of_a_sent_plan_begin_their_lines(world):
    citizen, phone = world.joined()
    phone.plays(recorded()[1:])
    [found] = kept(world, citizen)
    assert (found.measure, found.shared, set(found.values)) == ("forberedelse", True, {"maal_tro", "helbred_oplevelse"})
    phone.taps("Ret et svar")
    world.clock.passes(days=9)
    phone.says("/menu")
    assert kept(world, citizen) == [found]


def test_what_the_citizen_deletes_takes_rounds_and_wheel_along(world, maja):
    citizen, phone = maja
    visits(phone, "hjul")
    does(phone, 6, 7, 5, 6)
    phone.says("/slet")
    phone.taps("Ja, slet alle mine svar")
    assert kept(world, citizen) == []
    assert facts(world, citizen)["wheel"] == Wheel()


# Left half-way


def half_way(world: World, citizen: str) -> set[str]:
    with world.database.read() as tx:
        return set(conversations.load(tx, citizen)[1].get("trivselstjek", {}))


def touched(world: World, citizen: str) -> Any:
    with world.database.read() as tx:
        return retention.touched_at(tx, citizen)


def test_a_round_left_half_way_leaves_the_database_when_its_time_is_over(world, maja):
    citizen, phone = maja
    visits(phone, "trivselstjek")
    phone.plays(["6", "7"])
    here = touched(world, citizen)
    world.clock.passes(days=3)
    clean(phone.assistant)
    assert half_way(world, citizen) == {"trivsel_mig", "trivsel_naere"}
    world.clock.passes(hours=1)
    clean(phone.assistant)
    assert half_way(world, citizen) == set()
    assert touched(world, citizen) == here
    assert kept(world, citizen) == []


def test_one_who_comes_back_afterwards_is_in_their_plan_and_old_buttons_answer_nothing(world, maja):
    citizen, phone = maja
    visits(phone, "trivselstjek")
    phone.plays(["6", "7"])
    question = phone.last
    world.clock.passes(days=4)
    clean(phone.assistant)
    phone.taps("5", question)
    assert "hører til noget tidligere" in phone.transcript
    assert half_way(world, citizen) == set()
    does(phone, 6, 7, 5, 6)
    assert [each.total() for each in kept(world, citizen)] == [24]


def test_a_round_that_was_left_for_the_plan_goes_too_and_the_plan_stays(world, maja):
    citizen, phone = maja
    phone.plays(recorded()[1:3])
    before = world.answers(citizen)
    visits(phone, "trivselstjek")
    phone.plays(["6", "7"])
    phone.says("/menu")
    world.clock.passes(days=4)
    clean(phone.assistant)
    assert half_way(world, citizen) == set()
    assert world.answers(citizen) == before


def test_one_who_has_been_erased_a_moment_ago_is_in_nobodys_way(world, maja, monkeypatch):
    citizen, phone = maja
    other, _phone = world.joined("Omar Dal")
    visits(phone, "trivselstjek")
    phone.plays(["6", "7"])
    world.clock.passes(days=4)
    monkeypatch.setattr(retention, "half_way", lambda tx, names: ["gone", other, citizen])
    clean(phone.assistant)
    assert half_way(world, citizen) == set()


def test_the_citizen_makes_a_wheel_sets_numbers_and_gets_the_picture_of_it(world):
    citizen, phone = world.joined()
    visits(phone, "hjul.vaelg")
    phone.plays(["Tro på job", "Min retning", "Mine muligheder", "Min hverdag", "Færdig", "Sæt tal på"])
    phone.plays(["3", "4", "5", "6"])
    while "En gang om måneden" in phone.last.text:
        phone.plays(["Spring over"])
    phone.plays(["Gem og vis til min sagsbehandler"])
    attachment = phone.last.message.attachment
    assert attachment is not None and made(attachment).is_picture
    [found] = kept(world, citizen)
    assert found.shared and found.values == {
        "hjul_tro": 3, "hjul_retning": 4, "hjul_muligheder": 5, "hjul_hverdag": 6}
    phone.taps("Hver 4. uge")
    assert facts(world, citizen)["agreements"]["hjulet"].every_days == 28
    world.clock.passes(days=32)
    visits(phone, "begynd.hjulet")
    phone.taps("4")
    assert "Hvad tror du, der har hjulpet?" in phone.last.text
    visits(phone, "hjul.navn.hjul_hverdag")
    phone.says("sove om natten")
    assert "sove om natten" in phone.last.text
    assert facts(world, citizen)["wheel"].area("hjul_hverdag").label == "sove om natten"


def test_the_months_four_are_asked_with_the_first_round_of_the_month_alone(world):
    citizen, phone = world.joined()
    for asked in (True, False):
        visits(phone, "begynd.trivselstjek")
        phone.plays(["6", "7", "5", "6"])
        assert ("En gang om måneden" in phone.last.text) is asked
        if asked:
            phone.plays(["5", "6", "7", "1-5 timer"])
        phone.plays(["Gem kun til mig"])
        world.clock.passes(days=1)
    assert sorted(each.measure for each in kept(world, citizen)) == ["status", "trivselstjek", "trivselstjek"]


def test_what_was_answered_before_midnight_says_which_month_a_round_belongs_to(world):
    citizen, phone = world.joined()
    world.clock.now = datetime(2026, 3, 31, 21, 58, tzinfo=UTC)  # two minutes to twelve in Denmark
    visits(phone, "begynd.trivselstjek")
    phone.plays(["6", "7"])
    world.clock.passes(minutes=10)
    phone.plays(["5", "6", *["Spring over"] * 4, "Gem kun til mig"])
    [found] = kept(world, citizen)
    assert (found.started, found.at) == (datetime(2026, 3, 31, 21, 58, tzinfo=UTC), world.clock())
    visits(phone, "begynd.trivselstjek")
    assert "Spørgsmål 1 af 8" in phone.last.text


def test_the_months_four_that_a_citizen_keeps_stay_with_them_when_the_round_is_shared(world):
    citizen, phone = world.joined()
    for ending, shared in (("Gem og vis uden de fire sidste", {"trivselstjek": True, "status": False}),
                           ("Gem og vis til min sagsbehandler", {"trivselstjek": True, "status": True})):
        visits(phone, "begynd.trivselstjek")
        phone.plays(["6", "7", "5", "6", "5", "6", "7", "1-5 timer", ending])
        assert {each.measure: each.shared for each in kept(world, citizen)[-2:]} == shared
        world.clock.passes(days=31)
    visits(phone, "aftale.status.skjul")
    visits(phone, "begynd.trivselstjek")
    phone.plays(["6", "7", "5", "6", "5", "6", "7", "1-5 timer"])
    assert "Mit helbred: 6 (kun til dig)" in phone.last.text
    phone.plays(["Gem og vis til min sagsbehandler"])
    assert {each.measure: each.shared for each in kept(world, citizen)[-2:]} == {"trivselstjek": True, "status": False}


def test_a_name_given_to_an_area_after_it_was_shared_is_not_shown():
    at = datetime(2026, 3, 3, 10, tzinfo=UTC)
    told = [Round(f"r{number}", "hjulet", at + timedelta(days=number), {"hjul_retning": number}, shared=True,
                  labels={"hjul_retning": "Min retning"}) for number in (4, 5)]
    later = wheel.rename(Wheel(), "hjul_retning", "Noget privat")
    assert isinstance(later, Wheel)
    shown = Shared(at, tuple(told), wheel.as_shared(later, told))
    assert "Noget privat" not in shown.development + str(shown.rounds_data())
    assert "Min retning" in str(shown.rounds_data())
