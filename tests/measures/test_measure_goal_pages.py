"""A citizen's goals as they meet them: written, asked about, changed, shown and kept to oneself."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from afsaet.flows.converse.entering import entered
from afsaet.flows.inputs import Command
from afsaet.flows.state.session import Answer, Part
from afsaet.measures.effects import GoalsChanged, WheelChanged
from afsaet.measures.goals import Goal, PartGoal, Status, note
from tests.measures.rounding import FOUR, Rounder


class Aiming(Rounder):
    """Somebody who writes goals."""

    @property
    def goals(self) -> tuple[Goal, ...]:
        return self.kept.card.goals

    @property
    def parts(self) -> tuple[PartGoal, ...]:
        return tuple(part for goal in self.goals for part in goal.parts)

    def planned(self, **answers: str) -> None:
        """Answers that were given to the plan."""
        at = self.now.isoformat(timespec="seconds")
        session = self.conversation.sessions["forberedelse"]
        given = {name: Answer("answered", "?", at, session.revision, parts=(Part(text),)) for name, text in answers.items()}
        self.conversation = self.conversation.with_session(replace(session, answers=given))

    def part(self, text: str, *more: str) -> PartGoal:
        """A part-goal with as much beside it as is given; the rest is skipped."""
        self.go("maal.ny")
        self.write(text)
        for words in more:
            self.write(words)
        while "Spring over" in self.buttons:
            self.press("Spring over")
        return self.parts[-1]


def test_whoever_has_no_goals_reads_what_they_are_and_who_sees_them() -> None:
    who = Aiming()
    who.command("udvikling")
    who.press("Mine mål")
    assert "Et hovedmål er det, du gerne vil nå til sidst." in who.said
    assert "Din sagsbehandler ser kun de mål, du selv viser." in who.said
    assert {"Skriv mit hovedmål", "Skriv et delmål", "Udvikling", "Menu"} == set(who.buttons)


def test_what_was_written_in_the_plan_is_offered_and_taken_by_one_tap() -> None:
    who = Aiming()
    who.planned(maal_droem="Et job med dyr", ansvar_delmaal="Tage bussen alene")
    who.go("maal.hoved")
    assert "Et job med dyr" in who.said and who.goals == ()
    who.press("Brug det, jeg skrev")
    assert "Dit hovedmål er gemt" in who.said and who.goals[0].text == "Et job med dyr"
    who.press("Skriv et delmål")
    assert "Tage bussen alene" in who.said and who.parts == ()
    who.press("Brug det, jeg skrev")
    while "Spring over" in who.buttons:
        who.press("Spring over")
    assert [part.text for part in who.parts] == ["Tage bussen alene"]
    assert who.conversation.sessions["forberedelse"].answers["maal_droem"].words == "Et job med dyr"


def test_what_has_become_a_goal_is_not_offered_for_the_next_one() -> None:
    who = Aiming()
    who.planned(maal_droem="Et job med dyr", ansvar_delmaal="Tage bussen alene", ansvar_selv="Øve mig")
    who.go("maal.ny")
    who.press("Brug det, jeg skrev")
    assert "Øve mig" in who.said
    who.press("Brug det, jeg skrev")
    while "Spring over" in who.buttons:
        who.press("Spring over")
    who.press("Skriv et delmål til")
    assert "Tage bussen" not in who.said and "Brug det, jeg skrev" not in who.buttons
    who.write("Ringe selv")
    assert "Hvad gør du" in who.said and "Øve mig" not in who.said
    who.go("maal.hoved")
    who.press("Brug det, jeg skrev")
    who.press("Mine mål", "Mit hovedmål", "Skriv det om")
    assert "Et job med dyr" not in who.said.split("Hvad vil du gerne nå til sidst?")[1]


def preparing(**kept: str) -> Aiming:
    """Somebody with goals and a plan, who is asked for their words for the meeting."""
    who = Aiming()
    who.kept.card = replace(who.kept.card, goals=(Goal("h", "Et job i en stald", (
        PartGoal("a", "Tage bussen alene", who.now.date()), PartGoal("b", "Ringe til stalden", who.now.date()),
        note(PartGoal("c", "Sove om natten", who.now.date()), "naaet", who.now.date()))),))
    who.planned(**kept)
    who.conversation = entered(who.library, who.conversation, "moede_rehabiliteringsmoede", who.setting)
    who.give(Command("/fortsaet"))
    who.press("Begynd", "Spring over")
    return who


def test_words_for_the_meeting_are_offered_from_the_goals_and_from_the_plan_each_once() -> None:
    who = preparing(maal_droem="Et job med dyr", ansvar_delmaal="tage bussen  alene.")
    assert "Det har du skrevet før:\n• Et job i en stald\n• Et job med dyr" in who.said
    who.press("Brug »Et job med dyr«")
    assert "• Tage bussen alene\n• Ringe til stalden" in who.said
    assert "bussen  alene." not in who.said and "Sove" not in who.said
    who.press("Brug »Ringe til stalden«")
    answers = who.conversation.sessions["moede_rehabiliteringsmoede"].answers
    assert (answers["mit_maal"].words, answers["mit_delmaal"].words) == ("Et job med dyr", "Ringe til stalden")


def test_where_the_policy_is_safe_no_goal_is_offered_there() -> None:
    who = preparing()
    assert "Et job i en stald" in who.said
    who.open_to = frozenset({"alm"})
    who.give(Command("/fortsaet"))
    assert "stald" not in who.said and "Brug det, jeg skrev" not in who.buttons


def test_what_was_not_answered_in_the_plan_is_not_offered() -> None:
    who = Aiming()
    who.go("maal.ny")
    assert "Brug det, jeg skrev" not in who.buttons


def test_a_part_goal_is_what_i_do_who_does_it_and_what_will_be_seen_in_three_and_six_months() -> None:
    who = Aiming()
    part = who.part("Ringe til en arbejdsplads", "Øve mig", "Først vi, så jeg", "Ringet til ét sted", "Ringet til tre")
    assert (part.does, part.who) == ("Øve mig", "Først vi, så jeg")
    assert (part.three_months, part.six_months) == ("Ringet til ét sted", "Ringet til tre")
    assert part.since == who.now.date() and not part.shared
    assert "Jeg spørger til det tirsdag den 1. december" in who.said and "Din sagsbehandler kan ikke se det." in who.said


def test_everything_but_the_goal_itself_may_be_left_out() -> None:
    who = Aiming()
    part = who.part("Ringe selv")
    assert (part.text, part.does, part.three_months, part.six_months) == ("Ringe selv", "", "", "")


def test_without_a_goal_nothing_is_kept_and_nothing_more_is_asked() -> None:
    who = Aiming()
    who.go("maal.ny")
    who.press("Spring over")
    assert "Du har ikke skrevet et mål endnu." in who.said and who.goals == ()


def test_an_offer_is_what_the_municipality_says_it_is() -> None:
    who = Aiming()
    who.offers = ("kraftværket",)
    who.go("maal.ny")
    who.write("Jeg vil have en mentor")
    assert "Hvad vil du opnå med det?" not in who.said
    who = Aiming()
    who.offers = ("kraftværket",)
    who.go("maal.ny")
    who.write("Kraftværket")
    assert "Hvad vil du opnå med det?" in who.said


def test_an_offer_is_met_with_what_it_is_for_and_the_answer_is_the_goal() -> None:
    who = Aiming()
    who.go("maal.ny")
    who.write("Jeg vil have en mentor")
    assert "Hvad vil du opnå med det?" in who.said
    who.write("Turde ringe til en arbejdsgiver")
    while "Spring over" in who.buttons:
        who.press("Spring over")
    assert (who.parts[0].text, who.parts[0].offer) == ("Turde ringe til en arbejdsgiver", "Jeg vil have en mentor")
    who.go(f"maal.se.{who.parts[0].id}")
    assert "Det kan hjælpe mig: Jeg vil have en mentor" in who.said


def test_whoever_insists_on_an_offer_has_it_as_the_goal() -> None:
    who = Aiming()
    who.go("maal.hoved")
    who.write("praktik")
    assert "Hvad vil du opnå med det?" in who.said
    who.press("Spring over")
    assert (who.goals[0].text, who.goals[0].offer) == ("praktik", "")


def test_a_goal_that_is_half_written_is_taken_up_where_it_was_left() -> None:
    who = Aiming()
    who.go("maal.ny")
    who.write("Ringe selv")
    who.command("menu")
    who.go("maal")
    who.press("Skriv videre")
    assert "Hvad gør du" in who.said
    who.go("maal.ny")
    assert "Hvad gør du" in who.said and who.parts == ()


def test_going_back_from_the_first_question_leaves_the_half_written_goal() -> None:
    who = Aiming()
    who.go("maal.ny")
    who.write("Ringe selv")
    who.press("Tilbage", "Tilbage")
    assert "Mine mål" in who.said
    who.press("Skriv videre")
    assert "Dit svar nu: Ringe selv" in who.said


def test_what_is_half_written_is_kept_where_another_goal_is_begun() -> None:
    who = Aiming()
    first = who.part("Ringe selv")
    who.later(1)
    who.go("maal.ny")
    who.write("Sove om natten")
    who.go(f"maal.ret.{first.id}")
    assert [part.text for part in who.parts] == ["Ringe selv", "Sove om natten"]


@pytest.mark.parametrize(("label", "status", "reply"), [
    ("Nået", "naaet", "Du nåede det. Hvor er det flot!"), ("På vej", "paa_vej", "Godt. Du er på vej."),
    ("Droppet", "droppet", "Det er helt i orden"),
])  # fmt: skip
def test_the_small_question_comes_with_the_citizens_words_and_no_answer_is_blamed(
        label: str, status: Status, reply: str) -> None:
    who = Aiming()
    who.part("Ringe selv", "Øve mig", "Mig", "Ringet til ét sted")
    who.later(91)
    who.go("maal.tjek")
    assert "»Ringe selv«" in who.said and "Det ville du kunne se: Ringet til ét sted" in who.said
    assert list(who.buttons)[:4] == ["Nået", "På vej", "Ændret", "Droppet"]
    who.press(label)
    assert reply in who.said and who.parts[0].status == status
    who.go("maal.tjek")
    assert "ikke noget at svare på" in who.said


def test_a_goal_that_has_changed_gets_new_words_and_keeps_the_old_ones() -> None:
    who = Aiming()
    who.part("Ringe selv", "Øve mig")
    who.later(91)
    who.go("maal.tjek")
    who.press("Ændret")
    assert who.parts[0].status is None  # nothing is noted before there are new words
    who.press("Skriv, hvad det er nu")
    who.write("Skrive til en arbejdsplads")
    while "Spring over" in who.buttons:
        who.press("Spring over")
    [part] = who.parts
    assert (part.text, part.does, part.status, part.since) == ("Skrive til en arbejdsplads", "Øve mig", "aendret", who.now.date())
    who.press("Mine mål", "1. Skrive til en arbejdsplads")
    assert "skrev du: Ringe selv" in who.said


def test_words_are_put_right_one_at_a_time_and_the_date_stays_where_the_goal_does() -> None:
    who = Aiming()
    part = who.part("Ringe selv", "Øve mig")
    who.later(10)
    who.go(f"maal.ret.{part.id}")
    who.press("Det gør jeg")
    who.write("Øve mig med min søster")
    assert (who.parts[0].does, who.parts[0].since, who.parts[0].history) == ("Øve mig med min søster", part.since, ())


def test_what_was_left_out_can_be_written_later() -> None:
    who = Aiming()
    who.part("Ringe selv", "Øve mig")
    who.press("Mine mål", "1. Ringe selv", "Ret det", "Om tre måneder")
    who.write("Ringet til ét sted")
    assert (who.parts[0].does, who.parts[0].three_months) == ("Øve mig", "Ringet til ét sted")


def test_a_goal_that_is_only_looked_at_for_putting_right_is_no_half_written_one() -> None:
    who = Aiming()
    part = who.part("Ringe selv", "Øve mig")
    who.go(f"maal.ret.{part.id}")
    who.go("maal")
    assert "Skriv videre" not in who.buttons
    who.go(f"maal.ret.{part.id}")
    who.press("Tilbage", "Tilbage")
    assert who.effects == () and len(who.parts) == 1


def test_two_that_are_due_come_one_after_the_other() -> None:
    who = Aiming()
    who.part("Ringe selv")
    who.now = who.now.replace(minute=1)
    who.part("Sove om natten")
    who.later(91)
    who.go("maal.tjek")
    who.press("På vej", "Det næste delmål")
    assert "»Sove om natten«" in who.said
    who.press("Nået")
    assert "Det næste delmål" not in who.buttons


def test_what_was_dropped_can_be_taken_up_again() -> None:
    who = Aiming()
    part = who.part("Ringe selv")
    who.go(f"maal.svar.{part.id}.droppet")
    who.go(f"maal.se.{part.id}")
    who.press("Tag det op igen")
    assert who.parts[0].is_open


def test_a_goal_is_shown_to_the_caseworker_only_when_the_citizen_says_so_and_new_words_ask_anew() -> None:
    who = Aiming()
    part = who.part("Ringe selv", "Øve mig")
    assert not who.parts[0].shared
    who.press("Vis det til min sagsbehandler")
    assert who.parts[0].shared and "Din sagsbehandler kan se det nu." in who.said
    who.go(f"maal.svar.{part.id}.paa_vej")
    assert who.parts[0].shared and "Din sagsbehandler kan se det." in who.said
    who.go(f"maal.ret.{part.id}")
    who.press("Det gør jeg")
    who.write("Noget andet")
    assert not who.parts[0].shared
    who.press("Vis det til min sagsbehandler", "Vis det ikke mere")
    assert not who.parts[0].shared and "Fra nu af kan din sagsbehandler ikke se det." in who.said


def test_the_main_goal_is_shown_by_itself_and_its_old_words_are_kept() -> None:
    who = Aiming()
    who.part("Ringe selv")
    who.go("maal.hoved")
    who.write("Et job med dyr")
    who.press("Vis det til min sagsbehandler")
    assert who.goals[0].shared and not who.parts[0].shared
    who.press("Skriv det om")
    who.write("Et job med heste")
    [goal] = who.goals
    assert (goal.text, goal.earlier, goal.shared) == ("Et job med heste", ("Et job med dyr",), False)
    assert [part.text for part in goal.parts] == ["Ringe selv"]


def test_a_goal_is_deleted_after_one_question_and_the_others_stay() -> None:
    who = Aiming()
    who.go("maal.hoved")
    who.write("Et job med dyr")
    part = who.part("Ringe selv")
    who.go(f"maal.slet.{who.goals[0].id}")
    who.press("Ja, slet det")
    assert (who.goals[0].text, [each.text for each in who.parts]) == ("", ["Ringe selv"])
    who.go(f"maal.slet.{part.id}")
    who.press("Nej, behold det")
    who.press("Slet det", "Ja, slet det")
    assert who.goals == ()


def test_a_part_goal_is_tied_to_an_area_of_the_wheel() -> None:
    who = Aiming(*FOUR)
    part = who.part("Ringe selv")
    who.go(f"maal.se.{part.id}")
    who.press("Knyt det til mit hjul", "Tro på job")
    assert any(isinstance(effect, WheelChanged) for effect in who.effects)
    assert who.wheel.area("hjul_tro").goal_id == part.id
    who.go(f"maal.se.{part.id}")
    assert "På dit hjul: Tro på job" in who.said


def test_without_a_wheel_there_is_nothing_to_tie_a_goal_to() -> None:
    who = Aiming()
    part = who.part("Ringe selv")
    who.go(f"maal.se.{part.id}")
    assert "Knyt det til mit hjul" not in who.buttons


def test_a_double_tap_notes_an_answer_once() -> None:
    who = Aiming()
    part = who.part("Ringe selv")
    who.go(f"maal.svar.{part.id}.paa_vej")
    who.go(f"maal.svar.{part.id}.paa_vej")
    assert len(who.parts[0].history) == 1


@pytest.mark.parametrize("way", ["maal", "maal.ny", "maal.hoved", "maal.tjek", "maal.se.{id}", "maal.ret.{id}",
                                 "maal.svar.{id}.naaet", "maal.vis.{id}", "maal.slet.{id}.ja", "maal.videre"])  # fmt: skip
def test_where_only_ordinary_things_may_pass_goals_are_left_for_the_talk(way: str) -> None:
    who = Aiming(*FOUR)
    part = who.part("Ringe selv")
    before = who.goals
    who.open_to = frozenset({"alm"})
    who.go(way.format(id=part.id))
    assert "Dine mål er private" in who.said and "Ringe" not in who.said
    assert who.goals == before


def test_a_policy_that_closes_half_way_keeps_what_was_written_without_showing_it() -> None:
    who = Aiming()
    who.go("maal.ny")
    who.write("Ringe selv")
    who.open_to = frozenset({"alm"})
    who.command("fortsaet")
    assert "Ringe selv" not in who.said
    who.command("fortsaet")
    assert "Ringe selv" not in who.said
    who.open_to = Rounder().open_to
    who.go("maal.videre")
    assert "Hvad gør du" in who.said
    while "Spring over" in who.buttons:
        who.press("Spring over")
    assert [part.text for part in who.parts] == ["Ringe selv"]


@pytest.mark.parametrize("argument", ["se.d0", "ret.d0", "nyt.d0", "tjek.d0", "svar.d0.naaet", "svar.", "vis.d0", "slet.d0.ja",
                                      "hjul.d0", "page.99", "page.x", "videre", "noget.helt.andet"])  # fmt: skip
def test_a_button_about_a_goal_that_is_gone_leads_to_the_list(argument: str) -> None:
    who = Aiming()
    who.part("Ringe selv")
    before: Any = who.goals
    who.go(f"maal.{argument}")
    assert "Mine mål" in who.said and "1. Ringe selv" in who.said
    assert who.goals == before and not any(isinstance(effect, GoalsChanged) for effect in who.effects)


def test_many_goals_are_turned_page_by_page() -> None:
    who = Aiming()
    for number in range(11):
        who.now = who.now.replace(minute=number)
        who.part(f"Mål {number}" + " langt" * 200)
    who.go("maal")
    assert "8. Mål 7" in who.said and "9. Mål 8" not in who.said
    who.press("Flere ›")
    assert "11. Mål 10" in who.said
    assert len(who.said.encode("utf-16-le")) // 2 < 4096


def test_after_six_months_it_is_what_was_to_be_seen_by_then_that_is_asked_about() -> None:
    who = Aiming()
    who.part("Ringe selv", "øver mig", "mig", "Ringet til ét sted", "Ringet til tre steder")
    who.later(190)  # nothing was said after three months
    who.go("maal.tjek")
    assert "Det ville du kunne se: Ringet til tre steder" in who.said
