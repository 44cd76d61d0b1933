"""The text "Udvikling siden sidst", ready to paste into the plan: the citizen's own numbers, words and goals.

It holds what the citizen has shared and nothing else. Plain text, without signs that a case system might not take.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from afsaet.flows.dates import danish_date
from afsaet.flows.language import mark as _
from afsaet.flows.setting import Setting
from afsaet.measures.development_numbers import has_two, numbers
from afsaet.measures.goals import STATUS, Goal, PartGoal
from afsaet.measures.items import DISCLAIMER
from afsaet.measures.rounds import Round, shared
from afsaet.measures.wheel import Wheel

MOST = 4_000  # characters, all of them: what a field of a case system is sure to take
HELP = _("Det kan hjælpe mig: {words}")
LENGTHS = (600, 300, 150, 80, 40)  # how much of each of the citizen's texts is shown, until all of it has room


def development(rounds: Iterable[Round], wheel: Wheel, goals: Sequence[Goal], setting: Setting) -> str:
    """The text, under 4,000 characters. Rounds that are not shared are left out; `goals` are those that are.

    Long texts are cut with "…" where there is not room for all, and the last lines go where even that is too much.
    """
    sent = shared(rounds)
    for most in LENGTHS:
        text = "\n".join(_lines(sent, wheel, goals, most, setting))
        if len(text) < MOST:
            return text
    return f"{text[:MOST - 3].rpartition(chr(10))[0]}\n…"


def _lines(rounds: Sequence[Round], wheel: Wheel, goals: Sequence[Goal], most: int, setting: Setting) -> Iterable[str]:
    tr = setting.tr
    yield tr(_("Udvikling siden sidst"))
    yield " ".join((tr(_("Tallene er borgerens egne.")), tr(DISCLAIMER)))
    if not has_two(rounds, wheel):
        yield from ("", tr(_("Der er ikke to runder med tal endnu.")))
    for block in numbers(rounds, wheel, partial(_cut, most=most), setting):
        yield from ("", *block)
    for goal in goals:
        yield ""
        if goal.text:
            yield tr(_("Mit mål: {words}"), words=_cut(goal.text, most))
        if goal.text and goal.offer:
            yield "  " + tr(HELP, words=_cut(goal.offer, most))
        for part in goal.parts:
            yield from _part_lines(part, most, setting)


def _part_lines(part: PartGoal, most: int, setting: Setting) -> Iterable[str]:
    tr = setting.tr
    yield "- " + tr(_("Delmål: {words}"), words=_cut(part.text, most))
    if part.history:
        last = part.history[-1]
        day = danish_date(last.on, language=setting.language)
        yield f"  {tr(STATUS[last.status])}, {day}"
    texts = ((_("Det gør jeg: {words}"), part.does), (_("Hvem gør det: {words}"), part.who),
             (_("Om tre måneder: {words}"), part.three_months), (_("Om seks måneder: {words}"), part.six_months),
             (HELP, part.offer))
    for label, text in texts:
        if text and part.is_open:
            yield "  " + tr(label, words=_cut(text, most))


def _cut(text: str, most: int) -> str:
    """The text on one line, and no longer than that."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most - 1].rstrip()}…"
