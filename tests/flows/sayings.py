"""What people really send, and what they never should."""

from __future__ import annotations

import unicodedata

from hypothesis import strategies as st

CPR_NUMBERS = ("010170-1234", "0101701234", "010170 1234")

ORDINARY = st.integers(0, 10**6).map(lambda number: f"Jeg tænker på noget, der hedder {number}.")
WORDS = st.sampled_from((
    "ja", "Nej", "Ja!", "7", "0", "stop", "Stop.", "pause", "menu", "Menu", "slet", "hjælp", "Mentor3", "fortsæt", "hej",
    "mine svar", "hvad nu?", "/menu", "akut", "3. marts", "i morgen", "31/2", "næste tirsdag", "i går", "Valg", "ja nej",
    "Spring over", "tilbage", "Færdig", "Slet svaret", "behold svaret", "Begynd", "Ja, send", "Få en kopi", "Ret et svar",
    "Send til min sagsbehandler", "Svar på resten", "Vælg afsnit",
))  # fmt: skip
SIGNS = st.sampled_from((
    "{x}", "{moedenavn} {0} {", "}{", "%s %(a)s", "😀🧑\u200d🦽", "\u202eabc", "مرحبا كيف حالك", "a\u0000b\u0007",
    "<b>&amp;", "\\n", "\u200bord\u2060", "linje 1\nlinje 2\r\n\r\nlinje 3", "\ud7ff\uffff",
))  # fmt: skip
EMPTY = st.sampled_from(("", " ", "\n", "\t \n", "\u200b", "\u0000", ".", "!"))
HUGE = st.sampled_from((4_096, 6_000, 19_999, 20_000, 20_001, 25_000)).map(lambda size: ("langt " * size)[:size])
NUMBERS = st.one_of(
    st.sampled_from(CPR_NUMBERS), st.sampled_from(CPR_NUMBERS).map(lambda number: f"Mit nummer er {number}, tak.")
)
CRISES = st.sampled_from(("Jeg vil ikke leve mere", "jeg tænker på selvmord", "SELVMORD!!", "Jeg vil gerne dø"))

TEXTS = st.one_of(ORDINARY, ORDINARY, WORDS, SIGNS, EMPTY, HUGE, NUMBERS, CRISES, st.text(max_size=30))

def is_ordinary(text: str) -> bool:
    """Whether a text means nothing but what it says."""
    return text.startswith("Jeg tænker på noget")


def says_anything(text: str) -> bool:
    """Whether anything of a text can be seen."""
    return any(unicodedata.category(sign)[0] not in "CZ" or unicodedata.category(sign) in ("Cn", "Co") for sign in text)


COMMANDS = st.one_of(NUMBERS, CRISES, SIGNS, st.sampled_from((
    "menu", "start", "fortsaet", "fortsæt", "mine_svar", "hvadnu", "moede", "ord", "kontakt", "paamindelser",
    "påmindelser", "sprog", "slet", "akut", "hjaelp", "om", "", "/menu", "menu@afsaetbot", "findes_ikke", "{x}",
    "/jeg vil ikke leve mere", "/menu nu", "/ ", "/", "/spring_over", "/tilbage", "/slet_svaret",
)))  # fmt: skip
CAPTIONS = st.one_of(st.just(""), ORDINARY, NUMBERS, CRISES)
KINDS_OF_UNREADABLE = st.sampled_from(("voice", "photo", "sticker", "document", "", "{x}"))

ACTIONS = st.one_of(
    st.sampled_from((
        "back", "skip", "keep", "drop", "withworker", "pause", "help", "unhelp", "stay", "stop.yes", "stop.no", "done",
        "begin", "begin.short", "begin.x", "finish", "edit", "choose", "send", "go", "rest", "leave", "confirm", "copy",
        "es.", "es.x", "eq.", "eq.x", "on.x", "off.x", "page.", "page.0", "page.1", "page.99", "page.-1", "page.²",
        "page." + "9" * 40, "page." + "9" * 5_000, "a.", "a.x", "a.7", "a.11", "t.", "t.x", "u.x", "day.2026-12-24", "day.2026-02-30",
        "day.", "m.", "m.x", "m.ord.x", "m.ord.page.1", "m.ord.page.99",
        "m.ord.page." + "9" * 5_000, "m.sprog.xx", "m.slet.nej", "m.kontakt.x",
        "m.start", "m.paamindelser.x", "w.yes.x", "", ".", "{x}", "\u0000",
    )),
    st.text(max_size=20),
)  # fmt: skip
