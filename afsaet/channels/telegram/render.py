"""A message as Telegram shows it: HTML, inline buttons, and as many pieces as it takes."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from afsaet.assistant.attachments import File
from afsaet.channels.telegram.split import shorten, split, utf16_length
from afsaet.flows.inputs import whole
from afsaet.flows.message import Button, Message, Rows

LONGEST = 4000
LONGEST_CAPTION = 1000
LONGEST_LEAD = 600
LONGEST_ANSWER = 200
LONGEST_DATA = 64

Keyboard = dict[str, list[list[dict[str, str]]]]


@dataclass(frozen=True, slots=True)
class OutText:
    """What is handed to Telegram: text in HTML parse mode, the inline keyboard as JSON has it, or none, and the file
    that the text is the caption of, or none."""

    text: str
    keyboard: Keyboard | None = None
    file: File | None = None


def pieces(message: Message, ask: int, file: File | None = None) -> list[OutText]:
    """The message in pieces of at most 4000 UTF-16 units as read, with the buttons under the last.

    ask: the number the buttons belong to. file: what goes with it: with the words as its caption where they fit
    there, else before them. ValueError for a message without words, or for a button whose data would be longer than
    64 bytes: both are mistakes of whoever made the message.
    """
    parts = _parts(message)
    plain = "".join(text for text, _ in parts)
    if not plain.strip():
        raise ValueError("a message without words cannot be sent")
    keyboard = _keyboard(message.rows, ask)
    if file is not None:
        if utf16_length(plain) <= LONGEST_CAPTION:
            return [OutText(_html(parts, 0, len(plain)), keyboard, file)]
        return [OutText("", file=file), *pieces(message, ask)]
    if utf16_length(plain) <= LONGEST:
        return [OutText(_html(parts, 0, len(plain)), keyboard)]
    texts = [_html(parts, start, end) for start, end in split(plain, LONGEST)]
    return [OutText(text) for text in texts[:-1]] + [OutText(texts[-1], keyboard)]


def one(message: Message, ask: int) -> OutText:
    """The message as a single piece, its text shortened if need be: what an edit can hold."""
    whole = pieces(message, ask)
    if len(whole) == 1:
        return whole[0]
    note, lead = shorten(message.note, LONGEST_LEAD), shorten(message.lead, LONGEST_LEAD)
    text = shorten(message.text, LONGEST - utf16_length(note) - utf16_length(lead) - 4)
    return pieces(Message(text, lead, note, message.rows), ask)[0]


def settled(message: Message, answer: str) -> OutText:
    """How a question reads once it is answered: its lead and the answer, without note, text or buttons.

    answer: the answer in words; white space is run together and it is shortened to about 200 characters.
    """
    lead = shorten(message.lead or message.text or message.note, LONGEST_LEAD)
    given = shorten(" ".join(answer.split()), LONGEST_ANSWER)
    return pieces(Message(lead=lead, text=f"✓ {given}" if given else ""), 0)[0]


def parse_data(data: object) -> tuple[int, str] | None:
    """(ask, action) of a button's data, or None for anything that did not come from our buttons."""
    if not isinstance(data, str):
        return None
    number, colon, action = data.partition(":")
    if not (colon and action and number.isascii() and number.isdigit() and len(number) <= 18):
        return None
    return int(number), action


def _parts(message: Message) -> list[tuple[str, str]]:
    """The words with the tag they stand in, paragraph breaks between them."""
    parts: list[tuple[str, str]] = []
    for text, tag in ((message.note, "i"), (message.lead, "b"), (message.text, "")):
        if text.strip():
            parts += [("\n\n", ""), (whole(text.strip()), tag)] if parts else [(whole(text.strip()), tag)]
    return parts


def _html(parts: list[tuple[str, str]], start: int, end: int) -> str:
    """The words from `start` to `end`, escaped, with every tag that is opened closed again."""
    out = []
    at = 0
    for text, tag in parts:
        shown = escape(text[max(0, start - at) : max(0, end - at)], quote=False)
        at += len(text)
        if shown:
            out.append(f"<{tag}>{shown}</{tag}>" if tag else shown)
    return "".join(out)


def _keyboard(rows: Rows, ask: int) -> Keyboard | None:
    keyboard = [[_button(button, ask) for button in row] for row in rows if row]
    return {"inline_keyboard": keyboard} if keyboard else None


def _button(button: Button, ask: int) -> dict[str, str]:
    label = whole(button.label)
    if button.url:
        return {"text": label, "url": button.url}
    data = f"{ask}:{button.action}"
    if len(data.encode()) > LONGEST_DATA:
        raise ValueError(f"a button's data may be {LONGEST_DATA} bytes at most")
    return {"text": label, "callback_data": data}
