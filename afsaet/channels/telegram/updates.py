"""What Telegram hands over, as JSON, becomes what the assistant takes in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from afsaet.assistant.incoming import Incoming, Reachable, Start
from afsaet.channels.telegram.render import parse_data
from afsaet.flows.commands import is_command
from afsaet.flows.inputs import Command, Edited, Input, Tap, Text, Unreadable, whole

CHANNEL = "telegram"
KINDS = ("message", "edited_message", "callback_query", "channel_post", "my_chat_member")

# What a message may hold besides text, and what it is to the dialogue. The first that fits is told.
_UNREADABLE = {
    "voice": "voice", "audio": "voice", "video_note": "voice", "sticker": "sticker", "animation": "sticker",
    "dice": "sticker", "photo": "file", "document": "file", "video": "file", "contact": "file", "location": "file",
    "poll": "file", "venue": "file", "story": "file", "game": "sticker", "checklist": "file", "paid_media": "file",
}

# Where they hold words: captions, a poll's question and options, names of files, places and people, a list's items.
_WORDS = {"caption", "question", "description", "explanation", "text", "file_name", "title", "performer", "address",
          "first_name", "last_name"}
_HOLD_WORDS = {*_UNREADABLE, "options", "tasks"} - {"game", "story"}


def kind_of(update: Mapping[str, Any]) -> str:
    """Telegram's word for the kind of update, which may stand in a log."""
    return next((name for name in update if name != "update_id"), "empty")


def chat_of(update: Mapping[str, Any]) -> int | None:
    """The number of the chat an update concerns; updates of one chat are taken in order."""
    message = _message(update)
    chat = message.get("chat") if message else None
    number = chat.get("id") if isinstance(chat, dict) else None
    return number if isinstance(number, int) else None


def read(update: Mapping[str, Any], bot_id: int) -> Incoming | None:
    """The update as the assistant takes it in, or None where there is nothing in it for a citizen."""
    message, chat = _message(update), chat_of(update)
    if message is None or chat is None:
        return None
    given = _given(update, message)
    if given is None:
        return None
    private = message["chat"].get("type") == "private"
    number = (bot_id, int(update["update_id"]))
    return Incoming(CHANNEL, str(chat), given, str(message.get("message_id", "")), number, private)


def callback_of(update: Mapping[str, Any]) -> str | None:
    """The id of a pressed button's question, which Telegram waits to have answered."""
    callback = update.get("callback_query")
    number = callback.get("id") if isinstance(callback, dict) else None
    return whole(number) if isinstance(number, str) else None


def album_of(update: Mapping[str, Any]) -> str | None:
    """The album that a wordless picture or file stands in. Telegram hands over each of an album by itself."""
    message = update.get("message")
    if not isinstance(message, dict) or next(_words_in(message), None) is not None:
        return None
    album = message.get("media_group_id")
    return album if isinstance(album, str) else None


def _message(update: Mapping[str, Any]) -> Mapping[str, Any] | None:
    callback = update.get("callback_query")
    if isinstance(callback, dict):
        pressed = callback.get("message")
        return pressed if isinstance(pressed, dict) else None
    for name in KINDS:
        if isinstance(update.get(name), dict):
            found: Mapping[str, Any] = update[name]
            return found
    return None


def _given(update: Mapping[str, Any], message: Mapping[str, Any]) -> Input | Start | Reachable | None:
    if "callback_query" in update:
        ask, action = parse_data(update["callback_query"].get("data")) or (0, "old")
        return Tap(action, ask)
    if "my_chat_member" in update:
        status = message.get("new_chat_member", {}).get("status")
        return Reachable(status not in ("kicked", "left")) if message["chat"].get("type") == "private" else None
    text = message.get("text")
    if "edited_message" in update and text:
        return Edited(text, str(message["message_id"]))
    if text:
        return _written(text, str(message["message_id"]))
    words, ref = "\n".join(_words_in(message)), str(message["message_id"])
    if "edited_message" in update and not words:
        return None  # a place that is shared as it moves is edited every few seconds, and was answered once
    return next((Unreadable(kind, words, ref) for name, kind in _UNREADABLE.items() if name in message), None)


def _words_in(part: Any) -> Iterator[str]:
    """Every word a citizen may have written in something that is not text, wherever Telegram puts it."""
    if isinstance(part, list):
        for each in part:
            yield from _words_in(each)
    elif isinstance(part, Mapping):
        for name, value in part.items():
            if name in _WORDS and isinstance(value, str):
                yield value
            elif name in _HOLD_WORDS:
                yield from _words_in(value)


def _written(text: str, ref: str) -> Input | Start:
    """A command stands alone in its message, after a slash; everything else is text."""
    name, _space, rest = text.partition(" ")
    if name.partition("@")[0] == "/start":
        return Start(rest.strip())
    return Command(text, ref) if is_command(text) else Text(text, ref)
