"""The wheel as a round: each citizen's own areas in their own words, and no number under another area."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afsaet.assistant import shelf
from afsaet.flows.converse import converse
from afsaet.flows.dialogue import Dialogue
from afsaet.flows.inputs import Command, Tap, Text
from afsaet.measures import followups
from afsaet.measures.areas import DEFAULTS
from afsaet.measures.hjulet import choosing, personal
from afsaet.measures.monthly import CARRIERS, FLAG
from afsaet.measures.pages import for_citizen
from afsaet.measures.progress import line
from afsaet.measures.wheel import Wheel, add, rename, restore, retire, reword
from tests.measures.rounding import CALM, FOUR, LIBRARY, Rounder, chosen

SHARED = LIBRARY.dialogues["hjulet"]
FILE = shelf.read_definitions(None)["hjulet"]


def made(change: Any) -> Wheel:
    assert isinstance(change, Wheel)
    return change


def with_own(label: str, question: str = "") -> Wheel:
    return made(add(chosen(*FOUR), "eget_1", label, question))


def asked(dialogue: Dialogue) -> list[str]:
    return [name for name, question in dialogue.questions.items() if question.only_if != FLAG]


# As it stands in the file


def test_the_file_has_the_ten_areas_as_they_are_shipped():
    questions = {question.id: question for question in FILE.sections[0].questions if question.answer.kind == "scale"}
    shown = {name: (each.label, each.ask, each.answer.low, each.answer.high, each.sensitivity)  # type: ignore[union-attr]
             for name, each in questions.items()}  # fmt: skip
    assert shown == {area.id: (area.label, area.question, area.low, area.high, area.sensitivity) for area in DEFAULTS}


def test_the_file_asks_what_follows_in_the_words_of_the_rules():
    texts = {question.id: question.ask for question in FILE.sections[0].questions if question.answer.kind == "text"}
    assert texts == dict(followups.TEXTS)


def test_why_a_number_has_fallen_is_asked_nowhere():
    words = " ".join(f"{each.ask} {each.help}" for section in FILE.sections for each in section.questions)
    assert "hvorfor" not in words.casefold()


# One citizen's


def test_the_round_asks_about_the_areas_on_the_wheel_each_with_what_follows():
    dialogue = personal(SHARED, chosen(*FOUR))
    assert asked(dialogue)[:4] == ["hjul_tro", "hjul_tro_hjalp", "hjul_tro_ogsaa", "hjul_tro_hjaelp_til"]
    assert [name for name in asked(dialogue) if name in FOUR] == list(FOUR)
    assert dialogue.questions["hjul_ro_hjaelp_til"].when == {"hjul_ro": "lower"}
    assert dialogue.questions["hjul_ro_hjalp"].sensitivity == "følsom"


def test_what_a_municipality_has_written_in_its_own_file_is_asked():
    first = FILE.sections[0]
    own = tuple(question.model_copy(update={"ask": "Hvor ser du dig selv hen?"}) if question.id == "hjul_retning"
                else question for question in first.questions)
    shared = replace(SHARED, definition=FILE.model_copy(update={"sections": (first.model_copy(
        update={"questions": own}),)}), revision="another")
    assert personal(shared, chosen(*FOUR)).questions["hjul_retning"].ask == "Hvor ser du dig selv hen?"
    mine = made(reword(chosen(*FOUR), "hjul_retning", "Ved jeg, hvad jeg vil?"))
    assert personal(shared, mine).questions["hjul_retning"].ask == "Ved jeg, hvad jeg vil?"


def test_the_same_areas_share_one_machine_and_none_of_anybodys_words_is_in_it():
    one = personal(SHARED, made(rename(chosen(*FOUR), "hjul_ro", "min hemmelighed")))
    other = personal(SHARED, chosen(*FOUR))
    assert one.machine is other.machine
    assert personal(SHARED, chosen(*CALM)).machine is not other.machine
    conditions = [condition.func for event in one.machine.events.values() for found in event.transitions.values()
                  for transition in found for condition in transition.conditions]
    assert conditions
    assert not any("hemmelighed" in repr(vars(each)) for each in conditions)


def test_a_wheel_in_other_words_is_another_revision():
    assert personal(SHARED, chosen(*FOUR)).revision == personal(SHARED, chosen(*FOUR)).revision
    renamed = made(rename(chosen(*FOUR), "hjul_ro", "ro"))
    assert personal(SHARED, renamed).revision != personal(SHARED, chosen(*FOUR)).revision


@pytest.mark.parametrize("label", ["{}", "{navn}", "a } b", "{{moedenavn}}", "}{", "100 % {sikker}"])
def test_a_brace_in_the_citizens_words_is_a_brace(label: str):
    who = Rounder()
    who.kept.card = replace(who.kept.card, wheel=with_own(label, f"Hvor {label}?"))
    who.go("begynd.hjulet")
    who.press(1, 2, 3, 4)
    assert f"Hvor {label}?" in who.said and label in who.said
    who.press(5)
    assert f"• {label}: 5" in who.said
    who.command("udvikling")
    who.press("Mit hjul")
    assert label in who.buttons
    who.press(label)
    assert f"Jeg spørger: Hvor {label}?" in who.said
    who.go("hjul.vaelg")
    who.press("Flere ›")
    assert label in who.buttons


def test_the_choice_holds_what_the_citizen_has_made_up_and_their_names():
    wheel = made(rename(with_own("gå tur"), "hjul_ro", "ro"))
    question = choosing(LIBRARY.dialogues["hjul_vaelg"], wheel).questions["omraader"]
    options = {option.id: option.text for option in question.answer.options}  # type: ignore[union-attr]
    assert options["eget_1"] == "gå tur" and options["hjul_ro"] == "ro" and options["hjul_tro"] == "Tro på job"
    assert list(options)[-1] == "eget"


def test_there_is_no_round_about_a_wheel_that_nobody_has_chosen():
    nobody = for_citizen(LIBRARY, {})
    assert "hjulet" not in nobody.dialogues and nobody.dialogues.get("hjulet") is None
    assert "hjulet" not in list(nobody.dialogues) and len(nobody.dialogues) == len(LIBRARY.dialogues) - 1
    assert "hjulet" in for_citizen(LIBRARY, {"wheel": chosen(*FOUR)}).dialogues


def test_an_ordinary_turn_does_not_ask_for_the_wheel():
    class Counting(dict[str, Any]):
        def __getitem__(self, name: str) -> Any:
            looked.append(name)
            return super().__getitem__(name)

        def get(self, name: str, default: Any = None) -> Any:
            looked.append(name)
            return super().get(name, default)

    looked: list[str] = []
    who = Rounder(*FOUR)
    facts = Counting(who.kept.facts(who.now))
    setting = replace(who.setting, facts=facts)
    for step in (Command("fortsaet"), Tap("begin", 1), Text("dyr", "1"), Command("menu")):
        turn = converse(for_citizen(LIBRARY, facts), who.conversation, step, setting)
        who.conversation = turn.conversation
    assert {"wheel", "rounds"}.isdisjoint(looked)


def test_the_months_four_questions_stand_last_in_every_round_and_need_not_be_answered():
    for name in CARRIERS:
        last = list(LIBRARY.dialogues[name].questions.values())[-4:]
        assert [question.id for question in last] == ["status_tro", "status_helbred", "status_socialt", "status_timer"]
        assert all(question.only_if == FLAG and not question.required for question in last)
    assert not any(question.only_if == FLAG for question in LIBRARY.dialogues["status"].questions.values())


# No number under another area


AREAS = [area.id for area in DEFAULTS]
CODE = {area: number for number, area in enumerate(AREAS)}  # what is always pressed for that area
CHANGES = st.one_of(
    st.tuples(st.just("press"), st.integers(0, 3)),
    st.tuples(st.sampled_from(("rename", "reword", "retire", "restore")), st.sampled_from(AREAS)),
    st.tuples(st.sampled_from(("old", "again", "back", "skip", "begin", "finish", "month")), st.integers(0, 500)),
)


class Turning:
    """A citizen who turns their wheel about in the middle of rounds. Each area has its own number, so that a number
    under another area would be seen."""

    def __init__(self) -> None:
        self.who = Rounder(*FOUR)
        self.names = 0
        self.shown: list[tuple[str, Tap]] = []  # the area, and the press of its number
        self.who.go("begynd.hjulet")
        self.look()

    def look(self) -> None:
        """Keep what the message on the screen would be answered with."""
        for message in self.who.messages:
            # What the citizen reads: the question as it stands on the wheel now.
            area = next((each for each in self.who.wheel.areas if each.question == message.lead), None)
            if area is not None and any(button.action == "a.0" for row in message.rows for button in row):
                self.shown.append((area.id, Tap(f"a.{CODE[area.id]}", self.who.conversation.ask)))

    def step(self, what: str, which: Any) -> None:
        who, wheel = self.who, self.who.wheel
        if what in ("press", "old", "again") and self.shown:
            area, tap = self.shown[-1] if what != "old" else self.shown[which % len(self.shown)]
            who.give(tap)
        elif what in ("rename", "reword", "retire", "restore"):
            self.names += 1
            words = f"mit {self.names}. område?"
            changed = {"rename": lambda: rename(wheel, which, words), "reword": lambda: reword(wheel, which, words),
                       "retire": lambda: retire(wheel, which), "restore": lambda: restore(wheel, which)}[what]()
            if isinstance(changed, Wheel):
                who.kept.card = replace(who.kept.card, wheel=changed)
        elif what in ("back", "skip") and who.messages and who.conversation.open:
            who.give(Tap(what, who.conversation.ask))
        elif what == "begin":
            who.go("begynd.hjulet")
        elif what == "finish":
            who.give(Tap("keep", who.conversation.ask))
        elif what == "month":
            who.later(2)
        self.look()
        self.holds()

    def holds(self) -> None:
        session = self.who.conversation.sessions.get("hjulet")
        for name, answer in (session.answers if session else {}).items():
            assert name not in CODE or answer.value in (CODE[name], None), name
        for each in self.who.kept.rounds:
            assert all(CODE[name] == value for name, value in each.values.items() if name in CODE)
        for area in AREAS:
            assert all(point.number == CODE[area] for point in line(self.who.kept.rounds, area))


@given(st.lists(CHANGES, max_size=30))
def test_whatever_happens_to_the_wheel_half_way_no_number_ends_under_another_area(changes: list[tuple[str, Any]]):
    turning = Turning()
    for what, which in changes:
        turning.step(what, which)


def test_those_walks_do_finish_rounds_in_which_areas_have_come_and_gone():
    turning = Turning()
    steps = [("press", 0), ("retire", "hjul_retning"), ("restore", "hjul_krop"), ("retire", "hjul_retning"),
             ("press", 0), ("rename", "hjul_hverdag"), ("press", 0), ("press", 0), ("press", 0), ("finish", 0)]
    for what, which in steps:
        turning.step(what, which)
    [found] = turning.who.kept.rounds
    assert found.complete and set(found.values) == {"hjul_tro", "hjul_krop", "hjul_hverdag", "hjul_ro"}


def test_a_number_pressed_for_an_area_that_has_just_been_laid_away_is_said_not_to_be_asked_for():
    who = Rounder(*FOUR, "hjul_folk")
    who.go("begynd.hjulet")
    live = Tap(who.buttons["7"], who.conversation.ask)
    who.kept.card = replace(who.kept.card, wheel=made(retire(who.wheel, "hjul_tro")))
    who.give(live)
    assert "stiller jeg ikke mere" in who.said and who.conversation.session.answers == {}
