"""People, groups and channels: they write and tap, and read their chat as it stands on their phone."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from tests.fake_telegram import text as texts
from tests.fake_telegram.world import Chat, Json, Message, World

PATIENCE = 20.0  # seconds in which nothing happens


@dataclass(frozen=True)
class Seen:
    """One message as it stands in the chat now."""

    id: int
    by_bot: bool
    text: str
    rows: tuple[tuple[str, ...], ...] = ()
    bold: tuple[str, ...] = ()
    italic: tuple[str, ...] = ()
    edited: bool = False
    kind: str = "text"
    file: tuple[str, bytes] | None = None

    @property
    def buttons(self) -> tuple[str, ...]:
        return tuple(label for row in self.rows for label in row)


def _seen(message: Message) -> Seen:
    rows = (message.keyboard or {}).get("inline_keyboard", [])
    styled: dict[str, list[str]] = {"bold": [], "italic": []}
    for entity in message.entities:
        if entity["type"] in styled:
            units = message.text.encode("utf-16-le")
            part = units[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])]
            styled[entity["type"]].append(part.decode("utf-16-le"))
    return Seen(
        message.id, message.by_bot, message.text, tuple(tuple(b["text"] for b in row) for row in rows),
        tuple(styled["bold"]), tuple(styled["italic"]), bool(message.edited), message.kind,
        (message.upload.name, message.upload.content) if message.upload else None,
    )  # fmt: skip


class FakeChat:
    """What a private chat, a group and a channel have in common: reading."""

    def __init__(self, world: World, chat: Chat) -> None:
        self._world = world
        self.chat = chat

    @property
    def id(self) -> int:
        return self.chat.id

    @property
    def screen(self) -> list[Seen]:
        """Everything that stands in the chat, oldest first: edits applied, deleted messages gone."""
        with self._world.lock:
            return [_seen(message) for message in self.chat.messages if not message.deleted]

    @property
    def from_bot(self) -> list[Seen]:
        return [seen for seen in self.screen if seen.by_bot]

    @property
    def last(self) -> Seen:
        """The bot's newest message."""
        return self.from_bot[-1]

    @property
    def transcript(self) -> str:
        """The chat as a person could read it aloud."""
        lines = []
        for seen in self.screen:
            lines.append(f"{'bot' if seen.by_bot else 'me'}: {seen.text or seen.kind}")
            lines += ["    " + " ".join(f"[{label}]" for label in row) for row in seen.rows]
        return "\n".join(lines)

    def wait_until(self, holds: Callable[[FakeChat], bool], patience: float = PATIENCE) -> None:
        """Waits until something holds of this chat; AssertionError with the chat as it stands otherwise."""
        with self._world.changed:
            if not self._world.comes_true(lambda: holds(self), patience):
                raise AssertionError(f"waited in vain; the chat stands like this:\n{self.transcript}")

    def wait_for(self, words: str, patience: float = PATIENCE) -> Seen:
        """The bot's newest message that has these words, once there is one."""
        self.wait_until(lambda chat: any(words in seen.text for seen in chat.from_bot), patience)
        return next(seen for seen in reversed(self.from_bot) if words in seen.text)

    async def sees(self, words: str, patience: float = PATIENCE) -> Seen:
        """The same in a test that runs its own event loop."""
        return await asyncio.to_thread(self.wait_for, words, patience)


def _words(label: str) -> str:
    """A button's label without the symbol that may stand before it."""
    return re.sub(r"^[^\w(]+", "", label).strip().casefold()


class Person(FakeChat):
    """One person and their private chat with the bot."""

    def __init__(self, world: World, chat: Chat, user: Json) -> None:
        super().__init__(world, chat)
        self.user = user
        self._albums = 0

    def says(self, text: str, chat: Group | None = None) -> int:
        """Sends a text to the bot (or in a group) and returns the update's id."""
        return self._sends(chat, text=text, entities=texts.commands_in(text))

    def starts(self, code: str = "") -> int:
        """Opens the bot, through an invitation's link when there is a code."""
        return self.says(f"/start {code}".strip())

    def sends_sticker(self) -> int:
        sticker = {"file_id": "S1", "file_unique_id": "s1", "type": "regular", "width": 512, "height": 512,
                   "is_animated": False, "is_video": False, "emoji": "👍"}  # fmt: skip
        return self._sends(kind="sticker", media=sticker)

    def sends_photo(self, caption: str = "") -> int:
        photo = [{"file_id": "P1", "file_unique_id": "p1", "width": 90, "height": 90}]
        return self._sends(kind="photo", media=photo, text=caption)

    def sends_album(self, pictures: int, caption: str = "") -> list[int]:
        """Several pictures at once, which come as messages of their own; the caption is the last one's."""
        with self._world.lock:
            self._albums += 1
            album = f"{self.id}{self._albums}"
            texts_of = ["" for _ in range(pictures - 1)] + [caption]
            photo = [{"file_id": "P1", "file_unique_id": "p1", "width": 90, "height": 90}]
            return [self._sends(kind="photo", media=photo, text=text, album=album) for text in texts_of]

    def sends_voice(self) -> int:
        return self._sends(kind="voice", media={"file_id": "V1", "file_unique_id": "v1", "duration": 4})

    def _sends(self, group: Group | None = None, **parts: Any) -> int:
        with self._world.lock:
            chat = group.chat if group else self.chat
            if chat.standing in ("stranger", "blocked"):
                self._stands("open")
            message = self._world.add(chat, author=self.user, by_bot=False, **parts)
            return self._world.push("message", chat, message.to_json())

    def edits(self, text: str, message_id: int = 0) -> int:
        """Edits a message of their own: the newest, unless told which. Returns the update's id."""
        with self._world.lock:
            own = [m for m in self.chat.messages if not m.by_bot and not m.deleted and message_id in (0, m.id)]
            message = own[-1]
            message.text, message.entities = text, texts.commands_in(text)
            message.edited = self._world.stamp()
            self._world.changed.notify_all()
            return self._world.push("edited_message", self.chat, message.to_json())

    def taps(self, label: str, message_id: int = 0) -> int:
        """Taps a button by its words on the newest message that carries it, or on the message told.

        A symbol may stand before the words. Returns the update's id. A message told may have been
        deleted meanwhile: then the tap comes from a screen that has not caught up.
        """
        with self._world.lock:
            for message in reversed(self.chat.messages):
                told = message.id == message_id
                if (message_id and not told) or (message.deleted and not told):
                    continue
                for row in (message.keyboard or {}).get("inline_keyboard", []):
                    for button in row:
                        if _words(button["text"]) == _words(label):
                            return self._tap(message, button)
        raise AssertionError(f"no button says {label!r}; the chat stands like this:\n{self.transcript}")

    def _tap(self, message: Message, button: Json) -> int:
        if "callback_data" not in button:
            raise AssertionError(f"{button['text']!r} is a link")
        return self.presses(button["callback_data"], message.id)

    def presses(self, data: str, message_id: int = 0) -> int:
        """A press with any data at all, as a changed client could send it."""
        with self._world.lock:
            message = self.chat.message(message_id)
            body: Json = {"id": self._world.callback_id(self.chat), "from": self.user,
                          "chat_instance": str(-self.chat.id), "data": data}  # fmt: skip
            if message:
                body["message"] = message.to_json()
            else:
                body["message"] = {"chat": self.chat.info, "message_id": message_id, "date": 0}
            return self._world.push("callback_query", self.chat, body)

    @property
    def toasts(self) -> list[str]:
        """The short notices shown after taps."""
        with self._world.lock:
            return list(self.chat.toasts)

    @property
    def spinning(self) -> int:
        """How many taps still wait for the bot to answer them."""
        with self._world.lock:
            mine = {key for key, chat in self._world.callbacks.items() if chat is self.chat}
            return len(mine - set(self._world.answered))

    def blocks(self) -> int:
        """Blocks the bot, which is told so. Returns the update's id."""
        with self._world.lock:
            return self._stands("blocked")

    def unblocks(self) -> int:
        with self._world.lock:
            return self._stands("open")

    def is_deactivated(self) -> None:
        """The person's account is gone; nobody is told."""
        with self._world.lock:
            self.chat.standing = "deactivated"

    def _stands(self, standing: Literal["open", "blocked"]) -> int:
        was = "member" if self.chat.standing == "open" else "kicked"
        becomes = "member" if standing == "open" else "kicked"
        known = self.chat.standing != "stranger"
        self.chat.standing = standing
        self._world.changed.notify_all()
        if was == becomes or not known:
            return 0

        def member(status: str) -> Json:
            until = {"until_date": 0} if status == "kicked" else {}
            return {"status": status, "user": self._world.bot_as_user, **until}

        body = {"chat": self.chat.info, "from": self.user, "date": self._world.stamp(),
                "old_chat_member": member(was), "new_chat_member": member(becomes)}  # fmt: skip
        return self._world.push("my_chat_member", self.chat, body)


class Group(FakeChat):
    """A group the bot was added to; a person speaks in it with `person.says(text, group)`."""


class Channel(FakeChat):
    """A channel the bot was added to."""

    def posts(self, text: str) -> int:
        with self._world.lock:
            message = self._world.add(self.chat, author=None, by_bot=False, text=text,
                                      entities=texts.commands_in(text))
            return self._world.push("channel_post", self.chat, message.to_json())
