"""A group figure in words: its points and its percentage, and what it is held against."""

from __future__ import annotations

from babel.numbers import format_decimal

from afsaet.flows.language import mark as _
from afsaet.flows.setting import Setting
from afsaet.measures.figures import TARGETS, TOO_FEW, Figure
from afsaet.measures.progress import percent_words, points_words


def figure_words(figure: Figure, setting: Setting) -> str:
    """ "Mere tro på job: +1,2 point, +18 % (målet er 20 %)", or "for få svar" in the place of what is not shown."""
    target, tr = TARGETS[figure.name], setting.tr
    percent = percent_words(figure.percent, setting) if figure.percent is not None else tr(TOO_FEW)
    if figure.name == "tilfreds":
        bare = percent.removeprefix("+")
        return tr(_("{title}: {percent} (målet er {target} %)"), title=tr(target.title), percent=bare,
                  target=format_decimal(target.percent, locale=setting.language))
    if figure.points is None:
        return tr(_("{title}: {few} (målet er {target} %)"), title=tr(target.title), few=tr(TOO_FEW),
                  target=target.percent)
    return tr(_("{title}: {points} point, {percent} (målet er {target} %)"), title=tr(target.title),
              points=points_words(figure.points, setting), percent=percent, target=target.percent)
