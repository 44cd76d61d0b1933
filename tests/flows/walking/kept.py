"""What is kept: every text under the question it was written to, nothing lost, nothing twice, nothing else touched."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from afsaet.flows.conversation import Turn
from afsaet.flows.definition import Many, One, Points, Question, Scale
from afsaet.flows.inputs import Command, Edited, Input, Tap, Text
from afsaet.flows.machine import START
from afsaet.flows.message import Button
from afsaet.flows.safety import cpr
from afsaet.flows.safety.crisis import sounds_like_crisis
from afsaet.flows.state.session import Answer
from afsaet.flows.views.sending import ASKED
from tests.flows.sayings import is_ordinary, says_anything

if TYPE_CHECKING:
    from tests.flows.walking.citizen import Citizen

WORDS_ARE_ANSWERS = ("text", "points")
COMMANDS_THAT_WALK = ("fortsæt", "begynd", "mine svar", "hej")
NOT_SAVED = ("ikke gemt", "ikke plads", "for lang")
ASKED_AGAIN = ("findes ikke i kalenderen", "allerede gået", "Ugedagen passer ikke", "Mener du", "mener du?")
ROOM = 19_000


def only_what_was_meant(citizen: Citizen, given: Input, turn: Turn) -> None:
    """The only answer that has changed is the one the input was for, and it is kept under the wording shown."""
    before, after = citizen.answers, turn.conversation.session.answers
    changed = {name for name in {*before, *after} if before.get(name) != after.get(name)}
    doubt = citizen.conversation.session.doubt
    if isinstance(given, Edited) and doubt is not None and doubt.ref == given.ref:
        given = Text(given.text, given.ref)
    if isinstance(given, Text):
        _text_went_right(citizen, given, turn, changed)
    elif isinstance(given, Edited):
        _edit_went_right(citizen, given, turn, changed)
    elif isinstance(given, Tap) and given.ask == citizen.conversation.ask and not given.action.startswith("m."):
        _tap_went_right(citizen, given, turn, changed)
    elif isinstance(given, Command) and not given.early and (button := _button_in_words(citizen, given.name.removeprefix("/").replace("_", " "))):
        _tap_went_right(citizen, Tap(button.action, citizen.conversation.ask), turn, changed)
    else:
        assert not changed, given
    appended = isinstance(given, Edited) or (isinstance(given, Text) and given.early)
    for name in changed & after.keys():
        assert (appended and name in before) or after[name].question == citizen.wordings[name]
    if turn.settled is not None and turn.settled.again:
        assert appended
        dialogue, _dot, name = turn.settled.of.partition(".")
        assert dialogue == turn.conversation.dialogue and name in changed | before.keys()
        assert turn.settled.lead == citizen.tr(citizen.questions[name].ask)
    elif turn.settled is not None:
        assert turn.settled.lead == citizen.tr(_asked(citizen))


def _asked(citizen: Citizen) -> str:
    """What was asked where the citizen was, in Danish."""
    if citizen.conversation.session.state == START:
        return citizen.definition.title
    return citizen.questions[citizen.place].ask if citizen.place in citizen.questions else ASKED


def _text_went_right(citizen: Citizen, given: Text, turn: Turn, changed: set[str]) -> None:
    text = _without_numbers(given.text)
    after = turn.conversation.session.answers
    if not given.early and (button := _button_in_words(citizen, text)):
        _tap_went_right(citizen, Tap(button.action, citizen.conversation.ask), turn, changed)
        return
    meant = {citizen.behind if given.early else citizen.showing} - {""} if says_anything(text) else set()
    assert changed <= meant, given
    kept = [(name, part) for name, answer in after.items() for part in answer.parts if part.ref == given.ref]
    assert len(kept) <= 1
    for name, part in kept:
        assert part.text == text
        earlier = citizen.answers[name].parts if name in citizen.answers else ()
        anew = citizen.kind(name) == "text" and (not given.early or name == citizen.place)
        assert anew or after[name].parts[: len(earlier)] == earlier
    if not kept:
        assert not _must_be_kept(citizen, given), given
        for name in changed:
            assert _names_option(citizen, citizen.questions[name], text), given
            assert name not in citizen.answers or after[name].parts == citizen.answers[name].parts
    assert kept or changed or _was_told(citizen, given, turn), given


def _without_numbers(text: str) -> str:
    """What there is to keep of a text: nothing where it is a personal number and no more."""
    masked, found = cpr.mask(text)
    return "" if found and not any(map(str.isalnum, masked.replace(cpr.MASK, ""))) else masked


def _was_told(citizen: Citizen, given: Text, turn: Turn) -> bool:
    """Whether the citizen could see what became of a text that was not kept."""
    said = "\n".join(message.plain() for message in turn.say)
    doubt, doubted = turn.conversation.session.doubt, citizen.conversation.session.doubt
    question = citizen.questions.get(citizen.showing)
    left = not turn.conversation.open or given.text.casefold() in COMMANDS_THAT_WALK
    return any((
        any(words in said for words in (*NOT_SAVED, *ASKED_AGAIN)),
        sounds_like_crisis(given.text),
        doubt is not None and doubt.ref == given.ref and "Vil du stoppe nu?" in said,
        left and said and (citizen.kind(citizen.showing) not in WORDS_ARE_ANSWERS or doubted is not None),
        question is not None and _names_option(citizen, question, given.text),
    ))  # fmt: skip


def _must_be_kept(citizen: Citizen, given: Text) -> bool:
    """Whether it is plain words to the question on the screen, with room for them."""
    question = citizen.questions.get(citizen.showing)
    if question is None or given.early or not is_ordinary(given.text):
        return False
    answer = citizen.answers.get(citizen.showing)
    parts = answer.parts if answer else ()
    if isinstance(question.answer, Points) and len(parts) >= question.answer.most:
        return False
    return sum(len(part.text) for part in parts) < ROOM


def _button_in_words(citizen: Citizen, text: str) -> Button | None:
    """The button on the screen whose words were written, where words are not the answer."""
    if not citizen.conversation.open or citizen.kind(citizen.showing) in WORDS_ARE_ANSWERS:
        return None
    said = text.casefold().strip(" .!")
    return next((button for button in citizen.live if button.label.casefold().strip(" .!☑☐✓‹›") == said), None)


def _names_option(citizen: Citizen, question: Question, text: str) -> bool:
    said = text.strip().strip(".!").casefold()
    answer = question.answer
    if isinstance(answer, One | Many):
        read = [words for option in answer.options for words in (option.text, citizen.tr(option.text), option.id)]
        return said in [words.casefold() for words in read]
    if isinstance(answer, Scale):
        return said in map(str, range(11))
    return answer.kind == "date" or said in ("ja", "nej")


def _edit_went_right(citizen: Citizen, given: Edited, turn: Turn, changed: set[str]) -> None:
    text = _without_numbers(given.text)
    after = turn.conversation.session.answers
    holders = {name for name, answer in citizen.answers.items() for part in answer.parts if part.ref == given.ref}
    assert changed <= holders
    for name in holders:
        old = citizen.answers[name]
        parts = tuple(replace(part, text=text) if part.ref == given.ref else part for part in old.parts)
        fits = says_anything(text) and not text.startswith("/") and sum(len(part.text) for part in parts) <= ROOM
        assert after[name] == replace(old, parts=parts) or (not fits and after[name] == old)
    said = "\n".join(message.plain() for message in turn.say)
    told = ("rettet", "står, som det var", "ikke gemt")
    assert any(words in said for words in told) or sounds_like_crisis(given.text)


def _tap_went_right(citizen: Citizen, given: Tap, turn: Turn, changed: set[str]) -> None:
    place, verb, name = citizen.place, *given.action.partition(".")[::2]
    if verb == "ed":  # one of the answers that have no question here to stand at
        assert changed == {name}
        assert name not in turn.conversation.session.answers
        return
    assert changed <= {place} - {""}, given
    if not changed:
        return
    old, new = citizen.answers.get(place), turn.conversation.session.answers.get(place)
    if verb == "drop":
        assert new is None
    elif verb == "skip":
        assert old is None
        assert new is not None
        assert new.state == "skipped"
    elif verb == "withworker":
        assert new is not None
        assert new.state == "med_sagsbehandler"
        assert old is None or (old.parts, old.value, old.text) == (new.parts, new.value, new.text)
    elif given.action == "stop.no":
        assert new is not None
        assert new.parts[-1].text.strip().strip(".!").casefold() == "stop"
    else:
        assert (old.parts if old else ()) == (new.parts if new else ()), given
        _choice_went_right(given, old, new)


def _choice_went_right(given: Tap, old: Answer | None, new: Answer | None) -> None:
    """The choice pressed is in the answer, and nothing but what was pressed has changed."""
    verb, _dot, name = given.action.partition(".")
    before, after = set(_choices(old)), _choices(new)
    assert verb in ("a", "t", "u", "day", "done"), given
    assert len(after) == len(set(after))
    assert new is None or not after or len(after) == len(new.text.split("\n"))
    if verb in ("a", "day"):
        assert after == (name,)
    elif verb == "t":
        assert name in after
        assert set(after) <= before | {name}
    else:
        assert set(after) == before - {name}


def _choices(answer: Answer | None) -> tuple[str, ...]:
    """What was chosen, as ids; none, one or several."""
    if answer is None or answer.value is None:
        return ()
    return answer.value if isinstance(answer.value, tuple) else (str(answer.value),)
