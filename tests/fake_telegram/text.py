"""What Telegram does with a text and a keyboard before it takes them: entities, length, limits."""

from __future__ import annotations

import html
import json
import re
from typing import Any

Json = dict[str, Any]

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
LONGEST_DATA = 64
MOST_IN_ROW = 8
MOST_BUTTONS = 100

_TYPES = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "span": "spoiler", "a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote",
}  # fmt: skip
_ENTITY = re.compile(r"&(#x[0-9a-fA-F]{1,6}|#[0-9]{1,7}|lt|gt|amp|quot);?")
_TAG = re.compile(r"<(/?)([^\s>]*)([^>]*)>")
_HREF = re.compile(r"""href\s*=\s*(?:"([^"]*)"|'([^']*)'|([\w.-]+))""")
_COMMAND = re.compile(r"(?<!\S)/[A-Za-z0-9_]{1,32}(?:@\w+)?")


class MalformedError(Exception):
    """A text or keyboard that Telegram refuses; the message is its description after "Bad Request: "."""


def utf16_length(text: str) -> int:
    """Length as Telegram counts it: UTF-16 code units."""
    return len(text) + sum(1 for letter in text if ord(letter) > 0xFFFF)


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Plain text and entities of a text in HTML parse mode; MalformedError as Telegram would say it."""
    plain: list[str] = []
    length = 0
    entities: list[Json] = []
    open_tags: list[tuple[str, str, int]] = []
    at = 0
    while at < len(source):
        letter = source[at]
        if letter == "&" and (entity := _ENTITY.match(source, at)):
            decoded = html.unescape(f"&{entity[1]};")
            plain.append(decoded)
            length += utf16_length(decoded)
            at = entity.end()
        elif letter == "<":
            offset = len(source[:at].encode())
            tag = _TAG.match(source, at)
            if tag is None:
                raise MalformedError(f"can't parse entities: Unclosed start tag at byte offset {offset}")
            closing, name, rest = tag[1], tag[2].lower(), tag[3]
            if closing:
                if not open_tags:
                    raise MalformedError(f"can't parse entities: Unexpected end tag at byte offset {offset}")
                opened, argument, start = open_tags.pop()
                if name and name != opened:
                    raise MalformedError(f"can't parse entities: Unmatched end tag at byte offset {offset}, "
                                    f'expected "</{opened}>", found "</{name}>"')
                if length > start:
                    entity_json: Json = {"type": _TYPES[opened], "offset": start, "length": length - start}
                    if opened == "a":
                        entity_json["url"] = argument
                    entities.append(entity_json)
            else:
                if name not in _TYPES:
                    raise MalformedError(f'can\'t parse entities: Unsupported start tag "{name}" '
                                         f"at byte offset {offset}")
                if name == "span" and "tg-spoiler" not in rest:
                    raise MalformedError('can\'t parse entities: Tag "span" must have class "tg-spoiler" '
                                    f"at byte offset {offset}")
                href = _HREF.search(rest)
                open_tags.append((name, next(filter(None, href.groups()), "") if href else "", length))
            at = tag.end()
        else:
            plain.append(letter)
            length += utf16_length(letter)
            at += 1
    if open_tags:
        raise MalformedError("can't parse entities: Can't find end tag corresponding to start tag "
                        f'"{open_tags[-1][0]}"')
    entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return _trimmed("".join(plain), entities)


def _trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Telegram drops white space around a text; entities move and shrink with it."""
    skipped = utf16_length(text[: len(text) - len(text.lstrip())])
    text = text.strip()
    end = utf16_length(text)
    kept = []
    for entity in entities:
        first = max(0, entity["offset"] - skipped)
        last = min(end, entity["offset"] + entity["length"] - skipped)
        if last > first:
            kept.append({**entity, "offset": first, "length": last - first})
    return text, kept


def taken(source: str, parse_mode: str, longest: int = LONGEST_TEXT) -> tuple[str, list[Json]]:
    """The text and entities of a message to send; MalformedError when Telegram would refuse it."""
    if not source:
        raise MalformedError("message text is empty")
    if len(source.encode()) > 1 << 15:
        raise MalformedError("text is too long")
    if parse_mode.lower() == "html":
        text, entities = parse_html(source)
    elif parse_mode:
        raise MalformedError("unsupported parse_mode")
    else:
        text, entities = source.strip(), commands_in(source.strip())
    if not text:
        raise MalformedError("text must be non-empty")
    if utf16_length(text) > longest:
        raise MalformedError("message is too long" if longest == LONGEST_TEXT else "message caption is too long")
    return text, entities


def commands_in(text: str) -> list[Json]:
    """The entities Telegram finds by itself in what a person writes: slash commands."""
    return [{"type": "bot_command", "offset": utf16_length(text[: found.start()]), "length": len(found[0])}
            for found in _COMMAND.finditer(text)]


def keyboard(source: str) -> Json | None:
    """An inline keyboard as it is kept, None for none or another sort; MalformedError when it breaks a limit."""
    if not source:
        return None
    try:
        markup = json.loads(source)
    except ValueError as error:
        raise MalformedError("object expected as reply markup") from error
    if not isinstance(markup, dict):
        raise MalformedError("object expected as reply markup")
    rows = markup.get("inline_keyboard")
    if rows is None:
        return None
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise MalformedError("can't parse inline keyboard: Field \"inline_keyboard\" must be an Array of Arrays")
    if any(len(row) > MOST_IN_ROW for row in rows) or sum(map(len, rows)) > MOST_BUTTONS:
        raise MalformedError("reply markup is too long")
    for row in rows:
        for button in row:
            _check_button(button)
    kept = [row for row in rows if row]
    return {"inline_keyboard": kept} if kept else None


def _check_button(button: Any) -> None:
    if not isinstance(button, dict) or not isinstance(button.get("text"), str):
        raise MalformedError("can't parse inline keyboard button: Field \"text\" must be of type String")
    if not button["text"]:
        raise MalformedError("inline keyboard button text must be non-empty")
    kinds = [kind for kind in ("url", "callback_data") if button.get(kind)]
    if len(kinds) != 1:
        raise MalformedError("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if kinds == ["callback_data"] and len(str(button["callback_data"]).encode()) > LONGEST_DATA:
        raise MalformedError("BUTTON_DATA_INVALID")
    if kinds == ["url"] and not re.match(r"(https?|tg)://\S+", button["url"]):
        raise MalformedError(f"inline keyboard button URL '{button['url']}' is invalid: Unsupported URL protocol")
