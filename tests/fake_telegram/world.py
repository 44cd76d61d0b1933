"""What the fake server knows: chats, messages, waiting updates, and what the bot was seen to do."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]
Standing = Literal["stranger", "open", "blocked", "deactivated"]

UNASKED_KINDS = {"chat_member", "message_reaction", "message_reaction_count"}
FIRST_UPDATE = 500_000_001


class RefusedError(Exception):
    """An answer with "ok": false."""

    def __init__(self, code: int, description: str, retry_after: int = 0) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after

    def to_json(self) -> Json:
        answer: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after:
            answer["parameters"] = {"retry_after": self.retry_after}
        return answer


@dataclass
class Call:
    """One call the bot made. `status` is the HTTP status it was answered with, 0 when it got no answer. `at`: when it
    came, as `time.perf_counter` has it."""

    method: str
    params: dict[str, str]
    status: int = 0
    at: float = field(default_factory=time.perf_counter)


@dataclass
class Upload:
    name: str
    content: bytes


@dataclass
class Message:
    id: int
    chat: Chat
    date: int
    author: Json | None
    by_bot: bool
    text: str = ""
    entities: list[Json] = field(default_factory=list)
    keyboard: Json | None = None
    kind: str = "text"
    media: Any = None
    album: str = ""
    upload: Upload | None = None
    edited: int = 0
    deleted: bool = False

    def to_json(self) -> Json:
        answer: Json = {"message_id": self.id, "date": self.date, "chat": self.chat.info}
        if self.author:
            answer["from"] = self.author
        if self.chat.info["type"] == "channel":
            answer["sender_chat"] = self.chat.info
        if self.edited:
            answer["edit_date"] = self.edited
        caption = self.kind != "text"
        if caption:
            answer[self.kind] = self.media
        if self.text:
            answer["caption" if caption else "text"] = self.text
        if self.entities:
            answer["caption_entities" if caption else "entities"] = self.entities
        if self.album:
            answer["media_group_id"] = self.album
        if self.keyboard:
            answer["reply_markup"] = self.keyboard
        return answer


@dataclass
class Chat:
    info: Json
    standing: Standing = "stranger"
    messages: list[Message] = field(default_factory=list)
    toasts: list[str] = field(default_factory=list)

    @property
    def id(self) -> int:
        return int(self.info["id"])

    def message(self, message_id: int) -> Message | None:
        return next((m for m in reversed(self.messages) if m.id == message_id and not m.deleted), None)


@dataclass
class Update:
    id: int
    kind: str
    chat_id: int
    body: Json

    @property
    def queue(self) -> tuple[int, str]:
        """Within which a webhook gets one after the other: a chat's messages, and what is no message each by itself."""
        return self.chat_id, "message" if self.kind in ("message", "edited_message", "channel_post") else self.kind

    def to_json(self) -> Json:
        return {"update_id": self.id, self.kind: self.body}


@dataclass
class Webhook:
    url: str = ""
    secret: str = ""
    max_connections: int = 40
    last_error_date: int = 0
    last_error_message: str = ""


class World:
    """The state. Every reader and writer holds `lock`; `changed` is notified after each change."""

    def __init__(self, token: str, now: Callable[[], float] = time.time) -> None:
        self.token = token
        self.now = now
        self.lock = threading.RLock()
        self.changed = threading.Condition(self.lock)
        self.bot: Json = {
            "id": int(token.partition(":")[0]), "is_bot": True, "first_name": "Afsæt",
            "username": "afsaet_test_bot",
            "can_join_groups": False, "can_read_all_group_messages": False, "supports_inline_queries": False,
            "can_connect_to_business": False, "has_main_web_app": False,
        }  # fmt: skip
        # In messages a user has fewer fields than in getMe.
        self.bot_as_user = {name: self.bot[name] for name in ("id", "is_bot", "first_name", "username")}
        self.chats: dict[int, Chat] = {}
        self.waiting: list[Update] = []
        self.repeated: list[Update] = []
        self.every_update: dict[int, Update] = {}
        self.allowed: list[str] = []
        self.webhook = Webhook()
        self.commands: list[Json] = []
        self.callbacks: dict[str, Chat] = {}
        self.answered: list[str] = []
        self.calls: list[Call] = []
        self.on_update: Callable[[], None] = lambda: None
        self._message_ids = {"shared": 0}
        self._update_id = FIRST_UPDATE
        self._callback_id = 4_000_000_000_000_000_001

    def comes_true(self, holds: Callable[[], bool], patience: float) -> bool:
        """Whether this holds sooner or later. Nobody waits on when nothing at all has happened for `patience` seconds,
        however slow the machine is; or when far too much has."""
        end = time.monotonic() + 15 * patience
        with self.changed:
            while not holds():
                if time.monotonic() > end or not self.changed.wait(patience):
                    return holds()
            return True

    def stamp(self) -> int:
        return int(self.now())

    def add(self, chat: Chat, **parts: Any) -> Message:
        """A new message. Private chats and groups share the bot's one counter; a channel has its own."""
        counter = str(chat.id) if chat.info["type"] == "channel" else "shared"
        self._message_ids[counter] = self._message_ids.get(counter, 0) + 1
        message = Message(id=self._message_ids[counter], chat=chat, date=self.stamp(), **parts)
        chat.messages.append(message)
        self.changed.notify_all()
        return message

    def push(self, kind: str, chat: Chat, body: Json) -> int:
        """Queues an update for the bot and returns its id, or 0 when the bot has not asked for its kind."""
        if kind not in self.allowed if self.allowed else kind in UNASKED_KINDS:
            return 0
        update = Update(self._update_id, kind, chat.id, body)
        self._update_id += 1
        self.every_update[update.id] = update
        self.waiting.append(update)
        self.changed.notify_all()
        self.on_update()
        return update.id

    def repeat(self, update_id: int) -> None:
        """Delivers an update once more under its old id, whatever offset the bot asks from."""
        (self.waiting if self.webhook.url else self.repeated).insert(0, self.every_update[update_id])
        self.changed.notify_all()
        self.on_update()

    def callback_id(self, chat: Chat) -> str:
        self._callback_id += 1
        self.callbacks[str(self._callback_id)] = chat
        return str(self._callback_id)
