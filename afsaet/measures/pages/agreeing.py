"""When a citizen is asked for a round, and who sees it: agreed with them, and changed by them at any time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from afsaet.flows.dates import danish_date
from afsaet.flows.language import mark as _
from afsaet.flows.library import Page, Visit
from afsaet.flows.message import Button, Message, Rows
from afsaet.flows.pages.page import to_menu
from afsaet.flows.setting import Setting
from afsaet.measures.agreement import Agreement
from afsaet.measures.effects import Agreed, SharingChanged
from afsaet.measures.items import Measure
from afsaet.measures.pages import mine, ways
from afsaet.measures.sharing import Sharing
from afsaet.measures.showing import TITLES

PAUSE_DAYS = 28
HOW_OFTEN = _("Hvor tit må jeg spørge?")
CHOICES: Mapping[str, tuple[str, Agreement]] = {
    "uge": (_("Hver uge"), Agreement(every_days=7)),
    "fjorten": (_("Hver 14. dag"), Agreement(every_days=14)),
    "fire": (_("Hver 4. uge"), Agreement(every_days=28)),
    "samtale": (_("Før en samtale"), Agreement(before_talk=True)),
    "slet": (_("Slet ikke"), Agreement(stopped=True)),
}
AFTER_TALK: Mapping[str, tuple[str, Agreement]] = {
    "til": (_("Efter hver samtale"), Agreement()), "slet": CHOICES["slet"],
}  # fmt: skip
AFTER_MEETING: Mapping[str, tuple[str, Agreement]] = {
    "til": (_("Efter mødet"), Agreement()), "slet": CHOICES["slet"],
}  # fmt: skip
OF: Mapping[Measure, Mapping[str, tuple[str, Agreement]]] = {
    "trivselstjek": CHOICES, "hjulet": CHOICES, "samtaletjek": AFTER_TALK, "tilfredshed": AFTER_MEETING,
}  # fmt: skip


def agreements(visit: Visit) -> Page:
    """The list, or "<measure>", or "<measure>.<what is agreed>"."""
    name, _dot, word = visit.argument.partition(".")
    measure = next((each for each in OF if each == name), None)
    if measure is None:
        return Page(_list(visit), visit.conversation)
    setting, agreed, sharing = visit.setting, mine.agreements(visit).get(measure), mine.sharing(visit)
    new = _changed(measure, word, agreed or Agreement(), setting.now.date())
    if new is not None:
        return Page(_one(measure, new, sharing, setting, changed=True), visit.conversation, (Agreed(measure, new),))
    if word in ("vis", "skjul"):
        shared = sharing.share(measure) if word == "vis" else sharing.keep(measure)
        shown = _one(measure, agreed, shared, setting, changed=True)
        return Page(shown, visit.conversation, (SharingChanged(shared),))
    return Page(_one(measure, agreed, sharing, setting), visit.conversation)


def choices(measure: Measure, setting: Setting) -> Rows:
    """The buttons that say how often."""
    buttons = [Button(setting.tr(label), f"{ways.HERE}.aftale.{measure}.{word}")
               for word, (label, _agreement) in OF[measure].items()]
    return tuple(tuple(buttons[start:start + 2]) for start in range(0, len(buttons), 2))


def _changed(measure: Measure, word: str, agreed: Agreement, today: date) -> Agreement | None:
    """What is agreed after a press of that button; None where it is about something else."""
    if word in OF[measure]:
        return OF[measure][word][1]
    if word == "pause":
        return replace(agreed, paused_until=today + timedelta(days=PAUSE_DAYS))
    return replace(agreed, paused_until=None) if word == "igen" else None


def _list(visit: Visit) -> Message:
    setting = visit.setting
    sharing = mine.sharing(visit)
    lines = [f"• {setting.tr(TITLES[measure])}: {_state(measure, mine.agreements(visit).get(measure), setting)} "
             f"{_who(measure, sharing, setting)}" for measure in OF]
    text = "\n".join((setting.tr(_("Du bestemmer, hvor tit jeg spørger, og hvem der ser det.")), "", *lines))
    buttons = [Button(setting.tr(TITLES[measure]), f"{ways.HERE}.aftale.{measure}") for measure in OF]
    rows = (tuple(buttons[:2]), tuple(buttons[2:]), (ways.to_development(setting), to_menu(setting)))
    return Message(text, setting.tr(_("Mine aftaler")), rows=rows)


def _one(measure: Measure, agreed: Agreement | None, sharing: Sharing, setting: Setting, *,
         changed: bool = False) -> Message:
    tr = setting.tr
    start = f"{ways.HERE}.aftale.{measure}"
    text = [_state(measure, agreed, setting), _who(measure, sharing, setting), "", tr(HOW_OFTEN)]
    pause = Button(tr(_("Hold pause i 4 uger")), f"{start}.pause")
    if agreed and agreed.rests_on(setting.now.date()) and not agreed.stopped:
        pause = Button(tr(_("Slut med pausen")), f"{start}.igen")
    show = Button(tr(_("Vis det igen for min sagsbehandler")), f"{start}.vis")
    hide = Button(tr(_("Gem det kun til mig fra nu af")), f"{start}.skjul")
    pausing = () if agreed and agreed.stopped else ((pause,),)
    rows = (*choices(measure, setting), *pausing, (show if measure in sharing.kept else hide,),
            (ways.agreements(setting), to_menu(setting)))
    return Message("\n".join(text), tr(TITLES[measure]), tr(_("Det er aftalt.")) if changed else "", rows)


def _state(measure: Measure, agreed: Agreement | None, setting: Setting) -> str:
    """How often, in a sentence."""
    tr = setting.tr
    if agreed is not None and agreed.stopped:
        return tr(_("Jeg spørger ikke."))
    if agreed is not None and agreed.paused_until is not None and agreed.rests_on(setting.now.date()):
        day = danish_date(agreed.paused_until, language=setting.language)
        return tr(_("Jeg holder pause til {day}."), day=day)
    if measure == "samtaletjek":
        return tr(_("Jeg spørger, når I har talt sammen."))
    if measure == "tilfredshed":
        return tr(_("Jeg spørger én gang, når mødet har været."))
    if agreed is None:
        return tr(_("Vi har ikke aftalt noget endnu."))
    if agreed.before_talk:
        return tr(_("Jeg spørger, før du skal til en samtale."))
    return tr({7: _("Jeg spørger hver uge."), 14: _("Jeg spørger hver 14. dag.")}.get(
        agreed.every_days or 28, _("Jeg spørger hver 4. uge.")))


def _who(measure: Measure, sharing: Sharing, setting: Setting) -> str:
    if measure in sharing.kept:
        return setting.tr(_("Kun du ser det."))
    return setting.tr(_("Din sagsbehandler ser det, når du vælger at vise det."))
