"""At the door: a chat that is nobody's yet. A no, and everything that is not a yes, leaves no row."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from afsaet.assistant import keeping
from afsaet.assistant.assistant import Assistant
from afsaet.assistant.incoming import Act, Incoming, Reachable, Start
from afsaet.assistant.turn import catching_up
from afsaet.assistant.turn.citizen import acts_of, lay_out
from afsaet.assistant.unasked import asking, reminding
from afsaet.flows import welcome
from afsaet.flows.commands import command_name
from afsaet.flows.conversation import Turn
from afsaet.flows.converse import opening
from afsaet.flows.inputs import Command, Tap, Text, written
from afsaet.flows.message import Message
from afsaet.flows.pages.urgent import card
from afsaet.flows.safety.cpr import mask
from afsaet.flows.safety.crisis import sounds_like_crisis
from afsaet.flows.setting import Setting
from afsaet.store import chats, citizens, consents, conversations, events, invitations, outbox, updates
from afsaet.store.outbox import Item
from afsaet.store.tx import Tx

LONGEST_CODE = 40


def at_the_door(assistant: Assistant, tx: Tx, incoming: Incoming) -> list[Act]:
    """The answer to a chat that belongs to nobody. Only a yes to an open invitation keeps anything."""
    setting = assistant.setting(incoming.channel, assistant.municipality.profile)
    if isinstance(incoming.given, Reachable):
        return []
    step, code = _wish(incoming)
    invitation = invitations.look_up(tx, code, assistant.now())
    # A code is random, and may by chance look like words of need or a personal number.
    if invitation.outcome == "unknown" and (unsafe := _safety(assistant, incoming, setting)):
        return unsafe
    if not incoming.private:
        return _said(incoming, welcome.only_alone(setting))
    if not code:
        return _said(incoming, welcome.stranger(setting))
    if invitation.outcome != "open":
        return _said(incoming, welcome.closed_door(setting, invitation.outcome))
    if step == "yes":
        return _join(assistant, tx, incoming, code)
    message = {"more": welcome.more, "no": welcome.declined}.get(step, welcome.invited)(setting, code)
    return _said(incoming, message)


def _safety(assistant: Assistant, incoming: Incoming, setting: Setting) -> list[Act]:
    """The card for anyone in need, invited or not; and a personal number is taken out of the chat.

    What stands after a link's /start is read too: it may have been written by hand.
    """
    given = incoming.given
    if isinstance(given, Tap | Reachable):
        return []
    text = given.code if isinstance(given, Start) else written(given)
    acts = []
    if mask(text)[1]:
        acts += [Act("delete", ref=incoming.ref)] if incoming.ref else []
        acts.append(Act("send", welcome.number_seen(setting)))
    if sounds_like_crisis(text) or (isinstance(given, Command) and command_name(text) == "akut"):
        library = assistant.library(assistant.municipality.profile)
        acts.append(Act("send", replace(card(library, setting, kept=False), rows=())))
    return acts


def _wish(incoming: Incoming) -> tuple[str, str]:
    """What is wanted, and the invitation's code: from the link, from a button, or typed in."""
    given = incoming.given
    if isinstance(given, Start):
        return "hello", given.code[:LONGEST_CODE]
    if isinstance(given, Tap) and given.action.startswith("w."):
        step, _dot, code = given.action.removeprefix("w.").partition(".")
        return step, code
    if isinstance(given, Text) and len(given.text) <= LONGEST_CODE:
        return "hello", given.text.strip()
    return "hello", ""


def _said(incoming: Incoming, message: Message) -> list[Act]:
    """A reply that is kept nowhere: in place of the pressed message where a button was pressed."""
    if isinstance(incoming.given, Tap) and incoming.ref:
        return [Act("edit", message, ref=incoming.ref)]
    return [Act("send", message)]


def _join(assistant: Assistant, tx: Tx, incoming: Incoming, code: str) -> list[Act]:
    """The yes: the code is used up, what was said yes to is kept, and the conversation is here from now on."""
    now = assistant.now()
    if incoming.update is not None and not updates.take(tx, *incoming.update, now):
        return []
    citizen_id = invitations.use(tx, code, now)
    if citizen_id is None:  # taken a moment ago by another phone
        profile = assistant.municipality.profile
        return _said(incoming, welcome.closed_door(assistant.setting(incoming.channel, profile), "used"))
    tx.lock(citizen_id)
    bound = chats.bind(tx, citizen_id, incoming.channel, incoming.address, now)
    opened = conversations.open_chat(tx, incoming.channel, incoming.address)
    assert opened is not None
    library = assistant.library(opened.citizen.profile)
    consents.add(tx, citizen_id, "yes", library.consent_revision, now)
    events.note(tx, citizen_id, "joined", now)
    citizens.set_reachable(tx, citizen_id, True)
    before = keeping.load(opened)
    setting = assistant.setting(incoming.channel, opened.citizen.profile)
    turn = opening(library, before or keeping.begun(tx, opened, library, now), setting)
    keeping.save(tx, citizen_id, before, turn.conversation, now)
    reminding.plan_coming(tx, assistant.municipality, citizen_id, now, reminding.wanted(turn.conversation))
    asking.plan_all(tx, assistant.municipality, opened.citizen, now)
    setting = library.spoken(setting, turn.conversation.language)
    _tell_the_others(tx, bound, turn, setting, now)
    agreed = Act("edit", welcome.agreed(setting), ref=incoming.ref)
    lay_out(tx, bound.chat, [agreed], assistant)
    catching_up.tell(tx, assistant.municipality, opened, bound.chat, now)  # before the welcome, which has the way on
    lay_out(tx, bound.chat, acts_of(replace(incoming, given=Start()), bound.chat, turn), assistant)
    return []


def _tell_the_others(tx: Tx, bound: chats.Bound, turn: Turn, setting: Setting, now: datetime) -> None:
    """Wherever else the citizen is reached, they are told: whoever takes a code sees what has been written. On the
    phone they leave, the question that stands open loses its buttons, which would answer nothing there."""
    others = [chat for chat in chats.active_of(tx, bound.chat.citizen_id) if chat.id != bound.chat.id]
    told = [(chat, [Act("send", welcome.joined_elsewhere(setting))]) for chat in others]
    if (left := bound.older) is not None:
        acts = [Act("send", welcome.moved_away(setting))]
        if turn.older and left.asked_ref and left.asked_number == turn.conversation.ask:
            acts = [Act("edit", Message(lead=turn.older), ref=left.asked_ref), *acts]
        told.append((left, acts))
    for chat, acts in told:
        outbox.put(tx, chat, [Item(act.payload(), act.kind, reply=False) for act in acts], now)
