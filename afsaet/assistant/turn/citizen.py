"""A turn of a citizen who has said yes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from afsaet.assistant import keeping
from afsaet.assistant.assistant import Assistant
from afsaet.assistant.incoming import Act, Incoming, Reachable, Start
from afsaet.assistant.telling import set_reachable
from afsaet.assistant.turn import catching_up
from afsaet.assistant.turn.effects import carry_out
from afsaet.assistant.turn.facts import Facts, Names
from afsaet.assistant.turn.turning import Turning
from afsaet.flows.conversation import Conversation, Turn
from afsaet.flows.converse import converse
from afsaet.flows.converse.watching import watched
from afsaet.flows.effects import Effect
from afsaet.flows.inputs import Command, Edited, Input, Tap, Text
from afsaet.flows.language import mark as _
from afsaet.flows.library import Visit
from afsaet.flows.machine import START
from afsaet.flows.message import Message
from afsaet.flows.pages.link import another_link
from afsaet.flows.setting import Setting
from afsaet.flows.state.step import Settled
from afsaet.measures.pages import for_citizen
from afsaet.store import chats, invitations, outbox, updates
from afsaet.store.chats import Chat
from afsaet.store.conversations import Conversation as Opened
from afsaet.store.outbox import Item
from afsaet.store.tx import Tx


def take_turn(assistant: Assistant, tx: Tx, incoming: Incoming, opened: Opened) -> tuple[Effect, ...]:
    """What comes of it for the citizen whose chat this is: kept, and laid in the outbox. Returns what was done
    beyond talking."""
    citizen, chat, now = opened.citizen, opened.chat, assistant.now()
    assert chat is not None
    if incoming.update is not None and not updates.take(tx, *incoming.update, now):
        return ()
    here = not isinstance(incoming.given, Reachable) or incoming.given.reachable
    set_reachable(assistant, tx, citizen, here)
    if here and citizen.reachable is False:  # what could not reach them meanwhile does now
        catching_up.tell(tx, assistant.municipality, opened, chat, now)
    if isinstance(incoming.given, Reachable):
        return ()
    library = assistant.library(citizen.profile)
    setting = assistant.setting(incoming.channel, citizen.profile)
    facts = Facts(tx, citizen, assistant.municipality, now)
    setting = replace(setting, names=Names(setting.names, tx, citizen.caseworker_id), facts=facts)
    library = for_citizen(library, facts)
    before = keeping.load(opened)
    if _is_second_yes(incoming.given, before):
        return ()
    begun = before or keeping.begun(tx, opened, library, now)
    if isinstance(incoming.given, Start) and _is_anothers(tx, incoming.given, citizen.id, now):
        turn = another_link(Visit(library, begun, library.spoken(setting, begun.language)))
        # What stands after /start may have been written by hand. Nothing of it is kept.
        turn = watched(library, turn, incoming.given.code, (incoming.ref,), setting)
    else:
        turn = converse(library, begun, _input(tx, incoming.given, chat, begun), setting)
    turn = _with_place(incoming, chat, turn)
    turn = _with_older_line_told(incoming, chat, turn, library.spoken(setting, turn.conversation.language))
    keeping.save(tx, citizen.id, before, turn.conversation, now)
    _note_as_shown(tx, incoming, chat, begun, turn.conversation)
    lay_out(tx, chat, acts_of(incoming, chat, turn), assistant)
    carry_out(Turning(assistant, tx, opened, incoming, turn, setting))
    return turn.effects


def _note_as_shown(tx: Tx, incoming: Incoming, chat: Chat, before: Conversation, after: Conversation) -> None:
    """Note the number of the next question as if it had been shown, where a text led on to it and something else took
    its place: a page, or the card with somewhere to turn. The row is then as after a question that was shown and left.

    No message of ours carries that question, so the citizen's own one is named: an edit of it does nothing.
    """
    if isinstance(incoming.given, Text) and incoming.ref and not after.open and after.ask != before.ask:
        chats.note_asked(tx, chat.address_hash.hex(), after.ask, incoming.ref)


def _is_second_yes(given: Input | Start, before: Conversation | None) -> bool:
    """Whether the welcome's button was pressed once more before anything else: a double tap on the yes."""
    welcome_again = isinstance(given, Tap) and given.action.startswith("w.")
    return welcome_again and before is not None and before.session.state == START and not before.session.answers


def _is_anothers(tx: Tx, start: Start, citizen_id: str, now: datetime) -> bool:
    """Whether the link's code is not of this citizen's own invitations, the old ones among them."""
    return bool(start.code) and invitations.look_up(tx, start.code, now).citizen_id != citizen_id


def lay_out(tx: Tx, chat: Chat, acts: list[Act], assistant: Assistant) -> None:
    """Lay replies in the outbox, in order."""
    outbox.put(tx, chat, [Item(act.payload(), act.kind) for act in acts], assistant.now())


def _input(tx: Tx, given: Input | Start, chat: Chat, before: Conversation) -> Input:
    """The input as the dialogue takes it: one's own link is the menu, and a text knows whether it is early."""
    if isinstance(given, Start):
        return Command("start")
    if isinstance(given, Tap) and given.action.startswith("w."):
        return Command("fortsaet")
    if isinstance(given, Text | Command):
        return _timed(tx, given, chat, before)
    return given


def _timed(tx: Tx, given: Text | Command, chat: Chat, before: Conversation) -> Text | Command:
    """What was written, with what its writer had seen: not yet the present question, or not yet what was said last.

    In a private chat the messages of both sides are numbered in one row, so a text with a lower number than
    the question was sent before it. A message still in the outbox has not arrived at all. Where another question stood
    last and nothing is on its way, the present one has been asked in another channel.
    """
    if not given.ref.isdecimal() or not (chat.asked_ref or "").isdecimal():
        return given
    waits, number = outbox.waiting(tx, chat.id), int(given.ref)
    if chat.asked_number != before.ask:
        if waits:
            return replace(given, early=True)
        # It may have arrived since the chat was read: that is noted as it leaves the outbox.
        chat = chats.at(tx, chat.address_hash.hex()) or chat
        if chat.asked_number != before.ask:
            return replace(given, asked=chat.asked_number or 0)
    newest = int(chat.asked_ref or 0)
    given = replace(given, early=number < int(chat.asked_first or newest))
    return replace(given, behind=waits or number < newest) if isinstance(given, Text) else given


def acts_of(incoming: Incoming, chat: Chat, turn: Turn) -> list[Act]:
    """What is to be done in the chat: the old message first, then the new ones; the last carries the buttons."""
    conversation = turn.conversation
    acts: list[Act] = []
    if turn.settled is not None and (answered := _stands_in(incoming, chat, turn.settled, conversation)):
        acts.append(Act("edit", Message(lead=turn.settled.lead), ref=answered, answer=turn.settled.answer))
    arrived = chat.asked_ref is not None and chat.asked_number == conversation.ask
    if turn.older and chat.asked_ref and arrived and not _on_a_pause(incoming, chat):
        acts.append(Act("edit", Message(lead=turn.older), ref=chat.asked_ref))
    if turn.redraw is not None:
        acts.append(Act("edit", turn.redraw, conversation.ask, incoming.ref, live=conversation.open))
    for message in turn.say:
        live = message is turn.say[-1] and conversation.open and bool(message.rows)
        acts.append(Act("send", message, conversation.ask, live=live, older=turn.older if live and not arrived else ""))
    return acts


def _with_place(incoming: Incoming, chat: Chat, turn: Turn) -> Turn:
    """The turn with the message in which the question just answered stands, so that it can be found again."""
    settled = turn.settled
    if settled is None or settled.again:
        return turn
    ref = _stands_in(incoming, chat, settled, turn.conversation)
    known = (settled.of, f"{chat.id}:{ref}") if settled.of and ref else ("", "")
    return replace(turn, conversation=replace(turn.conversation, settled=known))


def _with_older_line_told(incoming: Incoming, chat: Chat, turn: Turn, setting: Setting) -> Turn:
    """An edit is shown under the question answered latest. Under an older one the line from before still stands, and
    the citizen is told which of them holds."""
    if not isinstance(incoming.given, Edited) or turn.settled is None:
        return turn
    if _stands_in(incoming, chat, turn.settled, turn.conversation):
        return turn
    told = setting.tr(_("Længere oppe kan dit gamle svar stadig stå. Det er det nye, der gælder."))
    say = tuple(replace(message, note=f"{message.note}\n{told}") if message.note and not message.text else message
                for message in turn.say)
    return replace(turn, say=say)


def _stands_in(incoming: Incoming, chat: Chat, settled: Settled, conversation: Conversation) -> str:
    """The message in which the answer stands from now on; empty where none is known in this chat."""
    if settled.again:
        of, place = conversation.settled
        whose, _colon, ref = place.partition(":")
        return ref if (of, whose) == (settled.of, str(chat.id)) else ""
    return incoming.ref if isinstance(incoming.given, Tap) else chat.asked_ref or ""


def _on_a_pause(incoming: Incoming, chat: Chat) -> bool:
    """Whether the message that carried the question is the pause it became, whose button was pressed just now."""
    given = incoming.given
    return isinstance(given, Tap) and given.action.startswith("m.") and incoming.ref == chat.asked_ref
