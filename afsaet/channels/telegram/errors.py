"""Telegram's refusals and failures, told apart by what they mean for a message and its chat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from telegram.error import (
    BadRequest,
    ChatMigrated,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
)


class UnreachableError(NetworkError):
    """No connection to the Bot API could be made: nothing was carried out, and no chat is to blame."""

    __slots__ = ()


class InterceptedError(NetworkError):
    """Something on the way, such as a proxy, answered in Telegram's place: what it says concerns no chat."""

    __slots__ = ()


class Meaning(Enum):
    """What an error means. `WAIT`, `LATER`, `UNREACHABLE` and `BOT_REFUSED` pass with time."""

    DONE = "there is nothing more to do: the wish is already fulfilled"
    GONE = "the message to be changed is gone, or cannot be changed"
    MESSAGE_REFUSED = "this message will never be taken; the next one may be"
    CHAT_CLOSED = "this person cannot be reached: nothing will be taken in their chat"
    WAIT = "too much was sent; Telegram says how long to wait"
    LATER = "something failed on the way; the same may go well in a moment"
    UNREACHABLE = "there is no way to Telegram at present"
    BOT_REFUSED = "Telegram does not know the bot's token: nothing can be sent until it is set right"


@dataclass(frozen=True, slots=True)
class Verdict:
    """An error's meaning; `seconds` is how long Telegram asks to wait, for `WAIT` only."""

    meaning: Meaning
    seconds: float = 0.0


# python-telegram-bot takes "Bad Request: " off and writes the rest with one capital; compared in small letters.
_DONE = ("message is not modified",)
_GONE = (
    "there is no text in the message to edit",  # a picture stands there, and stays
    "message to edit not found",
    "message can't be edited",
    "message to delete not found",
    "message can't be deleted",
    "message_id_invalid",
    "message_edit_time_expired",
)
_CHAT_CLOSED = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "input_user_deactivated",
    "have no rights to send a message",
    "chat_write_forbidden",
)


def judge(error: BaseException) -> Verdict:
    """What an error from a call to Telegram means. Whatever is not known to be final passes.

    Every 403 is final for its chat: "bot was blocked by the user", "user is deactivated", "bot can't
    initiate conversation with a user", and for groups that the bot was put out of them.
    """
    match error:
        case RetryAfter():
            return Verdict(Meaning.WAIT, _seconds(error.retry_after))
        case UnreachableError():
            return Verdict(Meaning.UNREACHABLE)
        case Forbidden() | ChatMigrated():
            return Verdict(Meaning.CHAT_CLOSED)
        case InvalidToken() | EndPointNotFound():
            return Verdict(Meaning.BOT_REFUSED)
        case BadRequest():
            text = error.message.lower()
            if text.startswith(_DONE):
                return Verdict(Meaning.DONE)
            if text.startswith(_GONE):
                return Verdict(Meaning.GONE)
            return Verdict(Meaning.CHAT_CLOSED if text.startswith(_CHAT_CLOSED) else Meaning.MESSAGE_REFUSED)
        case _:
            return Verdict(Meaning.LATER)


def _seconds(wait: int | timedelta) -> float:
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
