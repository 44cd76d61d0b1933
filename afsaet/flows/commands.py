"""The words that do something wherever they are written: with or without a slash, in Danish letters or plain ones."""

from __future__ import annotations

COMMANDS = frozenset({
    "start", "menu", "fortsaet", "mine_svar", "hvadnu", "moede", "liste", "udvikling", "ord", "kontakt",
    "paamindelser", "sprog", "slet", "akut", "hjaelp", "om", "pause",
})

_PLAIN = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", " ": "_", "?": "", "!": "", ".": ""})
_ALSO = {"hvad_nu": "hvadnu", "menuen": "menu", "begynd": "fortsaet", "akut_hjaelp": "akut", "om_afsaet": "om",
         "stop": "pause", "moeder": "moede", "mine_moeder": "moede", "mit_moede": "moede", "min_liste": "liste"}


def command_name(text: str) -> str:
    """The command that was written, with or without its slash and in Danish letters; "" where it is none."""
    name = text.strip().removeprefix("/").partition("@")[0].casefold().translate(_PLAIN)
    name = _ALSO.get(name, name)
    return name if name in COMMANDS else ""


def is_command(text: str) -> bool:
    """Whether a text is a command: a slash and one word, or a known command, which may be of several words
    ("/mine svar") or have more words after it."""
    first, *more = text.split() or [""]
    slash = first.startswith("/") and len(first) > 1
    return slash and (not more or bool(command_name(first) or command_name(text)))


def alone(text: str) -> bool:
    """Whether a text is a command and nothing more: what a citizen wrote besides one is never lost with it."""
    return is_command(text) and (len(text.split()) == 1 or bool(command_name(text)))
