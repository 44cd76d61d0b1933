"""What is done: only what was asked for, once; only what was chosen is sent; and a crisis leaves no trace."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from afsaet.flows.conversation import Conversation, Turn
from afsaet.flows.converse import converse
from afsaet.flows.effects import ContactWished, CopyWanted, Forget, RemindersChosen, Sent, Unsend
from afsaet.flows.inputs import Command, Edited, Input, Tap, Text, Unreadable, written
from afsaet.flows.safety import cpr
from afsaet.flows.state.session import Answer
from tests.flows.sayings import CPR_NUMBERS
from tests.flows.walking.restart import restarted, stored, without

if TYPE_CHECKING:
    from tests.flows.walking.citizen import Citizen

HARMLESS = "Jeg holder af min hund"
ASKS_FOR = {
    Sent: "confirm", CopyWanted: "copy", ContactWished: "m.kontakt.ring", Forget: "m.slet.ja",
    RemindersChosen: "m.paamindelser.",
}  # fmt: skip
IN_WORDS = {Sent: "ja, send", CopyWanted: "få en kopi"}


def only_what_was_asked_for(citizen: Citizen, given: Input, turn: Turn) -> None:
    """Nothing is sent, wished, chosen or deleted but on the button for it, or its words where those are no answer."""
    for effect in turn.effects:
        if isinstance(effect, Unsend):
            assert not isinstance(given, Tap)
            assert effect.ref == given.ref
        elif isinstance(given, Text):
            assert given.text.casefold() == IN_WORDS[type(effect)]
        else:
            assert isinstance(given, Tap)
            assert given.action.startswith(ASKS_FOR[type(effect)])
    has_number = not isinstance(given, Tap) and cpr.mask(written(given))[1]
    assert has_number == any(isinstance(effect, Unsend) for effect in turn.effects)
    sent = [effect.snapshot for effect in turn.effects if isinstance(effect, Sent)]
    assert len(sent) == turn.conversation.session.versions - citizen.conversation.session.versions
    for snapshot in sent:
        assert snapshot["version"] == turn.conversation.session.versions
        _holds_only_what_was_chosen(citizen, json.loads(json.dumps(snapshot)))
        citizen.sent.append(snapshot)


def _holds_only_what_was_chosen(citizen: Citizen, snapshot: dict[str, Any]) -> None:
    words = json.dumps(snapshot, ensure_ascii=False)
    assert not any(number in words for number in CPR_NUMBERS)
    chosen = [section for section in citizen.definition.sections
              if citizen.chosen is None or section.id in citizen.chosen]  # fmt: skip
    asked = {section.id: [question.id for question in section.questions if citizen.branch_open(question.id)]
             for section in chosen}  # fmt: skip
    found = {section["id"]: [answer["id"] for answer in section["answers"]] for section in snapshot["sections"]}
    assert found == {section: names for section, names in asked.items() if names}
    answers = [answer for section in snapshot["sections"] for answer in section["answers"]]
    assert any(answer["state"] == "answered" for answer in answers)
    for answer in answers:
        _reads_as_kept(citizen, answer, citizen.answers.get(answer["id"]))


def _reads_as_kept(citizen: Citizen, told: dict[str, Any], kept: Answer | None) -> None:
    if kept is not None:
        assert (told["state"], told["question"]) == (kept.state, kept.question)
    if kept is None or kept.state != "answered":
        assert (told["text"], told["value"]) == ("", None)
        return
    chosen = kept.text
    if citizen.kind(told["id"]) == "scale" and isinstance(kept.value, int):
        chosen = told["text"].partition("\n")[0]
        assert chosen.startswith(f"{kept.value} (0 = ")
    assert told["text"] == "\n".join(filter(None, [chosen, *(part.text for part in kept.parts)]))


def nothing_twice(citizen: Citizen, given: Tap, turn: Turn) -> None:
    """The same press once more does nothing, also after a restart between the two."""
    again = converse(citizen.library, restarted(turn.conversation), given, citizen.setting)
    assert _standing(again.conversation) == _standing(turn.conversation), given
    assert not again.effects, given


def _standing(conversation: Conversation) -> tuple[Any, ...]:
    """Where the citizen is, and what every answer says."""
    session = conversation.session
    said = {name: (a.state, a.value, a.text, a.parts) for name, a in session.answers.items()}
    return session.state, session.section, session.page, session.chosen, session.versions, said


def chosen_after(citizen: Citizen, given: Tap) -> frozenset[str] | None:
    """The sections that are chosen once a button has been pressed."""
    everything = frozenset(section.id for section in citizen.definition.sections)
    verb, _dot, name = given.action.partition(".")
    live = given.ask == citizen.conversation.ask and citizen.conversation.session.state == "sections"
    if not live or verb not in ("on", "off"):
        return citizen.chosen
    chosen = everything if citizen.chosen is None else citizen.chosen & everything
    chosen = chosen | ({name} & everything) if verb == "on" else chosen - {name}
    return None if chosen == everything else chosen


def no_trace_of_a_crisis(citizen: Citizen, given: Text | Edited | Command | Unreadable, turn: Turn) -> Citizen:
    """The card stands last, and what is kept is that of harmless words with an ordinary pause after them.

    It gives back the citizen who wrote the harmless words and took the pause.
    """
    assert [message for message in turn.say if "Har du det svært lige nu" in message.lead] == [turn.say[-1]]
    assert turn.redraw is None
    words = HARMLESS.ljust(len(written(given)), ".")
    if isinstance(given, Text | Edited):
        harmless: Input = replace(given, text=words)
    else:
        harmless = replace(given, name=words) if isinstance(given, Command) else replace(given, caption=words)
    other = citizen.twin()
    other.step(harmless)
    other.step(Command("menu"))
    texts = {written(given), cpr.mask(written(given))[0], words}
    assert without(stored(turn.conversation), texts) == without(stored(other.conversation), texts)
    return other
