"""One citizen who sees everything there is to see of rounds, the wheel and what is agreed, in any language."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from afsaet.flows.library import Library
from afsaet.flows.message import Message
from afsaet.measures.goals import Goal, PartGoal
from afsaet.measures.pages.agreeing import MEASURES, choices_of
from afsaet.measures.terms import Terms
from tests.measures.rounding import FOUR, SAFE, Rounder, meeting

WORDS = "1234567"  # no letters: nearly every letter that is shown is the assistant's own


def rounds_shown(library: Library, language: str) -> list[Message]:
    """All that is said to them."""
    who = Rounder(monthly=True, library=library, language=language)
    for measure in ("samtaletjek", "tilfredshed"):
        who.go(f"begynd.{measure}")  # before there was anything to ask about
    who.more = {"meetings": [meeting("samtale", date(2026, 8, 20)), meeting("rehabiliteringsmoede", date(2026, 8, 25))]}
    for measure, items in (("tilfredshed", 0), ("trivselstjek", 4), ("samtaletjek", 4)):
        for first, last in (("6", "keep"), ("7", "show"), ("2", "keep")):
            if measure == "samtaletjek":
                who.more = {"meetings": [*who.more["meetings"], meeting("samtale", who.now.date())]}
                who.now += timedelta(hours=2)
            who.command("udvikling")
            who.act(f"m.udvikling.begynd.{measure}")
            _through(who, first if items else "", last)
            who.later()
            if measure == "tilfredshed":
                break
        who.go(f"begynd.{measure}")
    who.more = {"meetings": [*who.more["meetings"], meeting("rehabiliteringsmoede", who.now.date() - timedelta(days=60))]}
    who.go("begynd.tilfredshed")
    _wheel(who)
    _goals(who)
    for measure in MEASURES:
        for word in ("", *choices_of(measure, Terms()), "pause", "igen", "skjul", "vis"):
            who.go(f"aftale.{measure}.{word}".rstrip("."))
    who.kept.card = replace(who.kept.card, agreements={})
    for word in ("pause", "igen"):
        who.go(f"aftale.hjulet.{word}")
    who.go("aftale")
    who.go("ikke_nu.hjulet")
    who.open_to = SAFE
    for action in ("se.hjulet", "hjul", "begynd.trivselstjek", "maal"):
        who.go(action)
    return who.shown


def _wheel(who: Rounder) -> None:
    who.go("begynd.hjulet")
    who.act("m.udvikling.hjul.vaelg", "t.hjul_tro", "done", "m.udvikling.hjul.igen", "help", "unhelp", "t.hjul_retning",
            "t.hjul_muligheder", "t.hjul_hverdag")
    who.write(WORDS)
    who.act("done", "m.udvikling.begynd.hjulet")
    part = PartGoal("0123456789", WORDS, date(2026, 9, 1))
    who.kept.card = replace(who.kept.card, goals=(Goal("g", WORDS, (part,)),))
    for number, last in (("5", "keep"), ("6", "show"), ("4", "keep")):
        who.go("begynd.hjulet")
        _through(who, number, last)
        who.later()
    who.go("hjul.se.hjul_tro")
    for what, words in (("navn", WORDS), ("navn", f"{WORDS}89"), ("navn", "9" * 70), ("spm", WORDS), ("spm", "9" * 201)):
        who.go(f"hjul.{what}.hjul_tro")
        who.write(words)
    who.go("hjul.navn.hjul_tro")
    who.act("help", "unhelp", "back")
    for what in ("spm.hjul_tro", "m.hjul_tro", "m.hjul_tro.01234567", "vaek.hjul_tro", "op.hjul_tro", "vaek.hjul_tro",
                 "lagt", "vaek.hjul_retning"):
        who.go(f"hjul.{what}")
    who.command("udvikling")
    assert len(who.wheel.active) == len(FOUR)


def _goals(who: Rounder) -> None:
    """With the wheel as it is then. The goals begin with none."""
    who.kept.card = replace(who.kept.card, goals=())
    for way in ("", ".tjek", ".ny"):
        who.go(f"maal{way}")
    who.act("help", "unhelp", "skip", "m.udvikling.maal.hoved", "help", "unhelp")
    who.write(WORDS)
    who.go("maal.hoved")
    who.write(f"{WORDS}8")
    main = who.kept.card.goals[0].id
    who.act(f"m.udvikling.maal.vis.{main}", f"m.udvikling.maal.skjul.{main}", "m.udvikling.maal", "m.udvikling.maal.ny")
    who.write(WORDS)
    who.go("maal")
    who.act("m.udvikling.maal.videre")
    while "skip" in who.buttons.values():
        who.act("help", "unhelp")
        who.write(WORDS)
    part = who.kept.card.goals[0].parts[0].id
    who.now += timedelta(minutes=1)
    who.go("maal.ny")
    who.write(f"{WORDS}9")
    while "skip" in who.buttons.values():
        who.act("skip")
    who.later(100)
    for way in ("", ".tjek", f".svar.{part}.paa_vej", ".tjek", f".svar.{part}.aendret", f".nyt.{part}"):
        who.go(f"maal{way}")
    who.write(f"{WORDS}10")
    while "skip" in who.buttons.values():
        who.act("skip")
    for way in ("se", "vis", "skjul", "hjul", "ret", "slet"):
        who.go(f"maal.{way}.{part}")
    for status in ("naaet", "paa_vej", "droppet"):
        who.go(f"maal.svar.{part}.{status}")
        who.go("maal")
        who.go(f"maal.se.{part}")
    who.go(f"maal.slet.{part}.ja")


def _through(who: Rounder, number: str, last: str) -> None:
    """Every question of a round: the number where there is one, words where they may be left out, and its end."""
    for _step in range(60):
        actions = list(who.buttons.values())
        if last in actions:
            who.act("edit", "leave", last)
            return
        who.act("help", "unhelp")
        answers = [action for action in actions if action.startswith("a.")]
        if not answers:
            who.write(WORDS)
        else:
            who.act(f"a.{number}" if f"a.{number}" in answers else answers[0])
    raise AssertionError(who.said)
