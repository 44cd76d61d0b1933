"""What the citizen sees: that it fits, keeps what it must to itself, is honest about the way, and leads on."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from afsaet.flows.conversation import Turn
from afsaet.flows.inputs import Tap
from afsaet.flows.message import Button, Message
from tests.flows.sayings import CPR_NUMBERS
from tests.flows.walking.restart import stored

if TYPE_CHECKING:
    from tests.flows.walking.citizen import Citizen

NOT_UNDERSTOOD = ("Den knap virker ikke mere", "Den knap hører til noget tidligere", "Det valg findes ikke mere",
                  "Den kommando kender jeg ikke")  # fmt: skip
LONG_ANSWERS = 400


def messages_of(turn: Turn) -> list[Message]:
    """Every message of a turn, in the order they come to stand."""
    return [message for message in (turn.redraw, *turn.say) if message is not None]


def buttons_of(message: Message) -> tuple[Button, ...]:
    return tuple(button for row in message.rows for button in row)


def question_shown(citizen: Citizen, message: Message) -> str:
    """The question a message asks, or asks about; "" if none. A text written now would answer it."""
    if any(button.action == "stop.no" for button in buttons_of(message)):
        return citizen.place
    asked = {citizen.tr(question.ask): name for name, question in citizen.questions.items()}
    return asked.get(message.lead, "")


def honest_progress(citizen: Citizen, message: Message) -> None:
    """The question may be shown here, and it is that many of all that are visible."""
    shown = citizen.showing
    assert citizen.allowed(shown)
    assert citizen.branch_open(shown)
    visible = [name for name in citizen.questions if name == shown or citizen.visible(name)]
    if found := re.search(r"Spørgsmål (\d+) af (\d+)", message.note):
        assert (int(found[1]), int(found[2])) == (visible.index(shown) + 1, len(visible))


def fits(citizen: Citizen, message: Message) -> None:
    """The message is within every limit of the channels, and can wait as JSON in an outbox."""
    assert Message.from_json(json.loads(json.dumps(message.to_json()))) == message
    buttons = buttons_of(message)
    assert len(buttons) <= 100
    assert all(1 <= len(row) <= 8 for row in message.rows)
    actions = [button.action for button in buttons if button.action != "stay"]
    assert len(actions) == len(set(actions))
    for button in buttons:
        assert 1 <= len(button.label) <= 64
        assert button.label.strip() or button.action == "stay"
        assert button.action.isascii()
        assert len(f"{citizen.conversation.ask}:{button.action}") <= 64
    may_be_split = "send" in actions or sum(len(answer.words) for answer in citizen.answers.values()) > LONG_ANSWERS
    assert may_be_split or len(message.plain().encode("utf-16-le")) // 2 < 4096


def keeps_secrets(citizen: Citizen, turn: Turn) -> None:
    """Nothing that may not pass this channel now, and no personal number anywhere."""
    settled = (turn.settled.lead, turn.settled.answer) if turn.settled else ()
    words = "\n".join([*map(_words_of, messages_of(turn)), *settled])
    state = json.dumps(stored(turn.conversation), ensure_ascii=False)
    assert not any(number in words or number in state for number in CPR_NUMBERS)
    told = {part.text for name, answer in citizen.answers.items() if citizen.allowed(name) for part in answer.parts}
    for name, question in citizen.questions.items():
        if citizen.allowed(name):
            continue
        assert citizen.tr(question.ask)[:40] not in words
        assert not re.search(rf"\b{name}\b", words)
        answer = citizen.answers.get(name)
        for text in (part.text for part in answer.parts) if answer else ():
            assert len(text) < 9 or text in told or text[:40] not in words


def _words_of(message: Message) -> str:
    """All that can be read of a message, its buttons included."""
    return "\n".join([message.plain(), *(button.label for button in buttons_of(message))])


def has_a_way_on(citizen: Citizen) -> None:
    """Every button on the screen is understood, and one of them leads elsewhere."""
    ways = 0
    for button in citizen.live:
        if button.action == "stay":
            continue
        after = messages_of(citizen.converse(Tap(button.action, citizen.conversation.ask)))
        assert not any(words in message.plain() for message in after for words in NOT_UNDERSTOOD), button
        ways += bool(after and after[-1].rows and buttons_of(after[-1]) != citizen.live)
    assert ways, citizen.said
