"""One call to Telegram for one item, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

import structlog

from afsaet.assistant.attachments import File
from afsaet.assistant.drawing import file_of
from afsaet.channels.telegram.errors import Meaning, Verdict, judge
from afsaet.channels.telegram.outbox import Item
from afsaet.channels.telegram.render import OutText, one, pieces, settled
from afsaet.flows.message import Attachment, Message

log = structlog.get_logger(__name__)


GONE_AHEAD = File("", "", b"")  # it was the first piece, and that has been sent


class Line(Protocol):
    """What is needed of `Transport`."""

    async def send(self, address: int, out: OutText) -> int: ...
    async def edit(self, address: int, message_id: int, out: OutText) -> None: ...
    async def delete(self, address: int, message_id: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """verdict: DONE, or what went wrong. sent: the number of the message sent, if one was; for an edit that came too
    late to show a question, the one sent in its place. left: how many pieces of the message are still to be sent."""

    verdict: Verdict
    sent: int | None = None
    left: int = 0


async def carry_out(line: Line, item: Item) -> Outcome:
    """Makes the item's next call: an edit, a deletion, or one piece of a message; and another in its place where
    Telegram cannot do it and the citizen would be left without the question or the words. Never raises."""
    try:
        parts = _parts(item, await _file(item))
    except Exception as error:  # one malformed item must not stop everybody else's messages
        log.error("an outgoing item cannot be shown", item=item.id, error=type(error).__name__)
        return Outcome(Verdict(Meaning.MESSAGE_REFUSED))
    outcome = await _tried(line, item, parts)
    meaning = outcome.verdict.meaning
    if meaning is Meaning.GONE:
        # What carries the question must be seen: what is written from now on is taken for its answer.
        shown = item.kind == "edit" and item.payload.get("live")
        return await _tried(line, replace(item, kind="send"), parts) if shown else Outcome(Verdict(Meaning.DONE))
    if meaning is Meaning.MESSAGE_REFUSED and item.kind == "send" and parts[item.progress].file is not None:
        words = replace(parts[item.progress], file=None)  # what they say is in the picture too
        if not words.text:
            return Outcome(Verdict(Meaning.DONE), left=len(parts) - item.progress - 1)
        return await _tried(line, item, [*parts[: item.progress], words, *parts[item.progress + 1 :]])
    return outcome


async def _tried(line: Line, item: Item, parts: list[OutText]) -> Outcome:
    try:
        return await _call(line, item, parts)
    except Exception as error:  # judged by its kind; what is not known is tried again
        verdict = judge(error)
        if verdict.meaning not in (Meaning.DONE, Meaning.GONE):
            what, why = verdict.meaning.name, type(error).__name__
            log.info("an outgoing item was not taken", item=item.id, meaning=what, error=why)
        return Outcome(verdict)


async def _call(line: Line, item: Item, parts: list[OutText]) -> Outcome:
    done = Verdict(Meaning.DONE)
    if item.kind == "delete":
        await line.delete(item.address, int(item.payload["ref"]))
    elif item.kind == "edit":
        await line.edit(item.address, int(item.payload["ref"]), parts[0])
    elif item.progress < len(parts):
        sent = await line.send(item.address, parts[item.progress])
        return Outcome(done, sent, len(parts) - item.progress - 1)
    return Outcome(done)


async def _file(item: Item) -> File | None:
    """What goes with the message. One that cannot be made must not keep the words away."""
    kept = item.payload.get("message", {}).get("attachment")
    if item.kind != "send" or kept is None:
        return None
    if item.progress:
        return GONE_AHEAD
    attachment = Attachment(**kept)
    try:
        return await file_of(attachment)
    except Exception as error:  # whatever is wrong with it, the words tell the same
        log.error("an attachment cannot be made", item=item.id, kind=attachment.kind, error=type(error).__name__)
        return None


def _parts(item: Item, file: File | None) -> list[OutText]:
    if item.kind == "delete":
        return []
    message, ask = Message.from_json(item.payload["message"]), int(item.payload.get("ask", 0))
    if item.kind == "send":
        return pieces(message, ask, file)
    if "answer" in item.payload:
        return [settled(message, item.payload["answer"])]
    return [one(message, ask)]
