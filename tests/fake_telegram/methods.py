"""The Bot API's methods, carried out on the world. Names are lower case: Telegram ignores their case."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from tests.fake_telegram import text as texts
from tests.fake_telegram.world import Chat, Json, Message, RefusedError, Upload, Webhook, World

Params = dict[str, str]
Files = dict[str, Upload]

TWO_DAYS = 48 * 3600
WEBHOOK_PORTS = {80, 88, 443, 8443}
MESSAGES = {"sendmessage", "senddocument", "sendphoto"}
OUTGOING = MESSAGES | {"editmessagetext", "editmessagereplymarkup", "deletemessage"}
WEBHOOK_ACTIVE = ("Conflict: can't use getUpdates method while webhook is active; "
                  "use deleteWebhook to delete the webhook first")
NOT_MODIFIED = ("message is not modified: specified new message content and reply markup are exactly the same "
                "as a current content and reply markup of the message")


def carry_out(world: World, method: str, params: Params, files: Files) -> Any:
    """The result of one method, or RefusedError. `getUpdates` is not here, since it may wait."""
    function = _METHODS.get(method)
    if function is None:
        raise RefusedError(404, "Not Found: method not found")
    try:
        return function(world, params, files)
    except texts.MalformedError as error:
        raise RefusedError(400, f"Bad Request: {error}") from error


def _bad(description: str) -> RefusedError:
    return RefusedError(400, f"Bad Request: {description}")


def _number(params: Params, name: str) -> int:
    value = params.get(name, "")
    return int(value) if re.fullmatch(r"-?\d{1,18}", value) else 0


def chat_for(world: World, params: Params, *, writing: bool = True) -> Chat:
    """The chat of a call, or the refusal Telegram gives for one that cannot be written to."""
    if not params.get("chat_id"):
        raise _bad("chat_id is empty")
    chat = world.chats.get(_number(params, "chat_id"))
    if chat is None or chat.standing == "stranger":
        raise _bad("chat not found")
    if writing and chat.standing == "blocked":
        raise RefusedError(403, "Forbidden: bot was blocked by the user")
    if writing and chat.standing == "deactivated":
        raise RefusedError(403, "Forbidden: user is deactivated")
    return chat


def _get_me(world: World, params: Params, files: Files) -> Json:
    return world.bot


def _send_message(world: World, params: Params, files: Files) -> Json:
    plain, entities = texts.taken(params.get("text", ""), params.get("parse_mode", ""))
    markup = texts.keyboard(params.get("reply_markup", ""))
    chat = chat_for(world, params)
    return world.add(chat, author=world.bot_as_user, by_bot=True, text=plain, entities=entities,
                     keyboard=markup).to_json()


def _send_file(kind: str) -> Callable[[World, Params, Files], Json]:
    def send(world: World, params: Params, files: Files) -> Json:
        upload = files.get(kind) or files.get(params.get(kind, "").removeprefix("attach://"))
        if upload is None:
            raise _bad(f"there is no {kind} in the request")
        if not upload.content:
            raise _bad("file must be non-empty")
        plain, entities = "", list[Json]()
        if params.get("caption"):
            plain, entities = texts.taken(params["caption"], params.get("parse_mode", ""), texts.LONGEST_CAPTION)
        markup = texts.keyboard(params.get("reply_markup", ""))
        chat = chat_for(world, params)
        about = {"file_id": f"F{len(chat.messages)}", "file_unique_id": f"U{len(chat.messages)}",
                 "file_size": len(upload.content)}
        media: Any = {**about, "file_name": upload.name}
        if kind == "photo":
            media = [{**about, "width": 640, "height": 640}]
        return world.add(chat, author=world.bot_as_user, by_bot=True, text=plain, entities=entities, keyboard=markup,
                         kind=kind, media=media, upload=upload).to_json()

    return send


def _own(world: World, params: Params) -> Message:
    chat = chat_for(world, params)
    message = chat.message(_number(params, "message_id"))
    if message is None:
        raise _bad("message to edit not found")
    if not message.by_bot:
        raise _bad("message can't be edited")
    return message


def _edit(world: World, message: Message, text: str, entities: list[Json], keyboard: Json | None) -> Json:
    if (text, entities, keyboard) == (message.text, message.entities, message.keyboard):
        raise _bad(NOT_MODIFIED)
    message.text, message.entities, message.keyboard = text, entities, keyboard
    message.edited = world.stamp()
    return message.to_json()


def _edit_text(world: World, params: Params, files: Files) -> Json:
    plain, entities = texts.taken(params.get("text", ""), params.get("parse_mode", ""))
    markup = texts.keyboard(params.get("reply_markup", ""))
    message = _own(world, params)
    if message.kind != "text":
        raise _bad("there is no text in the message to edit")
    return _edit(world, message, plain, entities, markup)


def _edit_markup(world: World, params: Params, files: Files) -> Json:
    markup = texts.keyboard(params.get("reply_markup", ""))
    message = _own(world, params)
    return _edit(world, message, message.text, message.entities, markup)


def _delete(world: World, params: Params, files: Files) -> bool:
    chat = chat_for(world, params, writing=False)
    message = chat.message(_number(params, "message_id"))
    if message is None:
        raise _bad("message to delete not found")
    if world.stamp() - message.date >= TWO_DAYS:
        raise _bad("message can't be deleted for everyone")
    message.deleted = True
    return True


def _answer_callback(world: World, params: Params, files: Files) -> bool:
    chat = world.callbacks.get(params.get("callback_query_id", ""))
    if chat is None:
        raise _bad("query is too old and response timeout expired or query ID is invalid")
    if texts.utf16_length(params.get("text", "")) > 200:
        raise _bad("MESSAGE_TOO_LONG")
    world.answered.append(params["callback_query_id"])
    if params.get("text"):
        chat.toasts.append(params["text"])
    return True


def _set_webhook(world: World, params: Params, files: Files) -> bool:
    secret = params.get("secret_token", "")
    if len(secret) > 256:
        raise _bad("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise _bad("secret token contains unallowed characters")
    url = params.get("url", "")
    if url and not re.match(r"https://|http://(127\.0\.0\.1|localhost)[:/]", url):
        raise _bad("bad webhook: An HTTPS URL must be provided for webhook")
    if url.startswith("https://") and (urlsplit(url).port or 443) not in WEBHOOK_PORTS:
        raise _bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    remember_kinds(world, params)
    if params.get("drop_pending_updates", "").lower() == "true":
        world.waiting.clear()
    world.webhook = Webhook(url, secret, _number(params, "max_connections") or 40) if url else Webhook()
    world.on_update()
    return True


def _delete_webhook(world: World, params: Params, files: Files) -> bool:
    kept = {"drop_pending_updates": params.get("drop_pending_updates", "")}
    return _set_webhook(world, kept, files)


def _webhook_info(world: World, params: Params, files: Files) -> Json:
    hook = world.webhook
    info: Json = {"url": hook.url, "has_custom_certificate": False, "pending_update_count": len(world.waiting)}
    if hook.url:
        info |= {"max_connections": hook.max_connections, "ip_address": "127.0.0.1"}
    if hook.last_error_date:
        info |= {"last_error_date": hook.last_error_date, "last_error_message": hook.last_error_message}
    if world.allowed:
        info["allowed_updates"] = world.allowed
    return info


def _set_commands(world: World, params: Params, files: Files) -> bool:
    commands = json.loads(params.get("commands", "[]"))
    if len(commands) > 100:
        raise _bad("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
            raise _bad("BOT_COMMAND_INVALID")
        if not 1 <= texts.utf16_length(command["description"]) <= 256:
            raise _bad("BOT_COMMAND_DESCRIPTION_INVALID")
    world.commands = commands
    return True


def remember_kinds(world: World, params: Params) -> None:
    """`allowed_updates` holds until it is given again; an empty list means the default ones."""
    if "allowed_updates" in params:
        world.allowed = list(json.loads(params["allowed_updates"] or "[]"))


_METHODS: dict[str, Callable[[World, Params, Files], Any]] = {
    "getme": _get_me,
    "sendmessage": _send_message,
    "senddocument": _send_file("document"),
    "sendphoto": _send_file("photo"),
    "editmessagetext": _edit_text,
    "editmessagereplymarkup": _edit_markup,
    "deletemessage": _delete,
    "answercallbackquery": _answer_callback,
    "setwebhook": _set_webhook,
    "deletewebhook": _delete_webhook,
    "getwebhookinfo": _webhook_info,
    "setmycommands": _set_commands,
}
