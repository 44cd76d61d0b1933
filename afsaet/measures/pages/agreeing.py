"""When a citizen is asked for a round, and who sees it: agreed with them, and changed by them at any time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from afsaet.flows.dates import danish_date
from afsaet.flows.language import mark as _
from afsaet.flows.library import Page, Visit
from afsaet.flows.message import Button, Message, Rows
from afsaet.flows.pages.page import to_menu
from afsaet.flows.setting import Setting
from afsaet.measures.agreement import Agreement
from afsaet.measures.effects import Agreed, SharingChanged
from afsaet.measures.items import Measure
from afsaet.measures.monthly import ITEMS_OF
from afsaet.measures.pages import mine, ways
from afsaet.measures.sharing import Sharing
from afsaet.measures.showing import TITLES, may_show
from afsaet.measures.terms import Terms

PAUSE_DAYS = 28
MEASURES: tuple[Measure, ...] = ("trivselstjek", "hjulet", "samtaletjek", "tilfredshed", ITEMS_OF)
NAMES: Mapping[Measure, str] = {**TITLES, ITEMS_OF: _("Månedens spørgsmål")}
HOW_OFTEN = _("Hvor tit må jeg spørge?")
AGREED = _("Det er aftalt.")
JUST_A_PAUSE = _("Det er helt i orden. Jeg holder pause, og vi har ikke aftalt andet.")
PAUSE_OVER = _("Pausen er slut.")
STOP = _("Slet ikke")
FOR_THE_TALK = _("Spørgsmålene er private. Dem tager I, når I taler sammen.")


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to agree, and the words on its button. number: what stands in them."""

    label: str
    agreement: Agreement
    number: int = 0


_STOP = {"slet": Choice(STOP, Agreement(stopped=True))}
_ASKED: Mapping[Measure, str] = {  # where nothing is agreed
    "samtaletjek": _("Jeg spørger, når I har talt sammen."),
    "tilfredshed": _("Jeg spørger én gang, når mødet har været."),
    ITEMS_OF: _("Jeg stiller dem en gang om måneden, sammen med noget andet."),
}
_YES: Mapping[Measure, str] = {
    "samtaletjek": _("Efter hver samtale"), "tilfredshed": _("Efter mødet"), ITEMS_OF: _("En gang om måneden"),
}


def choices_of(measure: Measure, terms: Terms) -> Mapping[str, Choice]:
    """What can be agreed about it, by the word on the button: every one or two weeks, or as often as the municipality
    has set."""
    if measure in _YES:
        return {"til": Choice(_YES[measure], Agreement()), **_STOP}
    every = {str(days): Choice(*_every(days)) for days in sorted({7, 14, terms.round_days})}
    return {**every, "samtale": Choice(_("Før en samtale"), Agreement(before_talk=True)), **_STOP}


def _every(days: int) -> tuple[str, Agreement, int]:
    label, number = (_("Hver {number}. dag"), days) if days % 7 or days == 14 else (_("Hver {number}. uge"), days // 7)
    return _("Hver uge") if days == 7 else label, Agreement(every_days=days), number


def agreements(visit: Visit, terms: Terms) -> Page:
    """The list, or "<measure>", or "<measure>.<what is agreed>"."""
    name, _dot, word = visit.argument.partition(".")
    measure = next((each for each in MEASURES if each == name), None)
    if measure is None:
        return Page(_list(visit, terms), visit.conversation)
    if _waits(visit, measure):
        return Page(_for_the_talk(visit, measure), visit.conversation)
    setting, agreed, sharing = visit.setting, mine.agreements(visit).get(measure), mine.sharing(visit)
    shown = partial(_one, measure, setting=setting, terms=terms)
    new = _changed(choices_of(measure, terms), word, agreed, setting.now.date())
    if new is not None:
        note = AGREED
        if new.only_pause:
            note = JUST_A_PAUSE if new.paused_until else PAUSE_OVER
        return Page(shown(new, sharing, note=note), visit.conversation, (Agreed(measure, new),))
    if word in ("vis", "skjul"):
        shared = sharing.share(measure) if word == "vis" else sharing.keep(measure)
        return Page(shown(agreed, shared, note=AGREED), visit.conversation, (SharingChanged(shared),))
    return Page(shown(agreed, sharing), visit.conversation)


def choices(measure: Measure, setting: Setting, terms: Terms) -> Rows:
    """The buttons that say how often."""
    buttons = [Button(setting.tr(choice.label, number=choice.number), f"{ways.HERE}.aftale.{measure}.{word}")
               for word, choice in choices_of(measure, terms).items()]
    return tuple(tuple(buttons[start:start + 2]) for start in range(0, len(buttons), 2))


def _changed(offered: Mapping[str, Choice], word: str, agreed: Agreement | None, today: date) -> Agreement | None:
    """What is agreed after a press of that button; None where it is about something else, or changes nothing."""
    if word in offered:
        return offered[word].agreement
    if word == "pause" and not (agreed and agreed.stopped):
        # A pause is no yes: where nothing is agreed, nothing is when it is over.
        return replace(agreed or Agreement(only_pause=True), paused_until=today + timedelta(days=PAUSE_DAYS))
    return replace(agreed, paused_until=None) if word == "igen" and agreed else None


def _list(visit: Visit, terms: Terms) -> Message:
    setting = visit.setting
    sharing = mine.sharing(visit)
    lines = [f"• {setting.tr(NAMES[measure])}: " + (
        setting.tr(FOR_THE_TALK) if _waits(visit, measure) else
        f"{_state(measure, mine.agreements(visit).get(measure), setting, terms)} {_who(measure, sharing, setting)}")
        for measure in MEASURES]
    text = "\n".join((setting.tr(_("Du bestemmer, hvor tit jeg spørger, og hvem der ser det.")), "", *lines))
    buttons = [Button(setting.tr(NAMES[measure]), f"{ways.HERE}.aftale.{measure}") for measure in MEASURES]
    pairs = (tuple(buttons[start:start + 2]) for start in range(0, len(buttons), 2))
    rows = (*pairs, (ways.to_development(setting), to_menu(setting)))
    return Message(text, setting.tr(_("Mine aftaler")), rows=rows)


def _waits(visit: Visit, measure: Measure) -> bool:
    """Whether it may not be asked for here, so that nothing is to be agreed about when."""
    wheel, setting = mine.wheel(visit), visit.setting
    return not may_show(measure, wheel, setting) or (measure == "hjulet" and not wheel.ready and mine.closed(setting))


def _for_the_talk(visit: Visit, measure: Measure) -> Message:
    setting = visit.setting
    rows = ((ways.agreements(setting), to_menu(setting)),)
    return Message(setting.tr(FOR_THE_TALK), setting.tr(NAMES[measure]), rows=rows)


def _one(measure: Measure, agreed: Agreement | None, sharing: Sharing, *, setting: Setting, terms: Terms,
         note: str = "") -> Message:
    tr = setting.tr
    start = f"{ways.HERE}.aftale.{measure}"
    text = [_state(measure, agreed, setting, terms), _who(measure, sharing, setting), "", tr(HOW_OFTEN)]
    pause = Button(tr(_("Hold pause i 4 uger")), f"{start}.pause")
    if agreed and agreed.rests_on(setting.now.date()) and not agreed.stopped:
        pause = Button(tr(_("Slut med pausen")), f"{start}.igen")
    show = Button(tr(_("Vis det igen for min sagsbehandler")), f"{start}.vis")
    hide = Button(tr(_("Gem det kun til mig fra nu af")), f"{start}.skjul")
    pausing = () if agreed and agreed.stopped else ((pause,),)
    rows = (*choices(measure, setting, terms), *pausing, (show if measure in sharing.kept else hide,),
            (ways.agreements(setting), to_menu(setting)))
    return Message("\n".join(text), tr(NAMES[measure]), tr(note), rows)


def _state(measure: Measure, agreed: Agreement | None, setting: Setting, terms: Terms) -> str:
    """How often, in a sentence or two."""
    tr = setting.tr
    if agreed is not None and agreed.stopped:
        return tr(_("Jeg spørger ikke."))
    if agreed is not None and agreed.paused_until is not None and agreed.rests_on(setting.now.date()):
        day = danish_date(agreed.paused_until, language=setting.language)
        return tr(_("Jeg holder pause til {day}."), day=day)
    if measure in _ASKED:
        return tr(_ASKED[measure])
    if agreed is None or agreed.only_pause:
        return tr(_("Vi har ikke aftalt noget endnu."))
    if agreed.before_talk:
        return tr(_("Jeg spørger, før du skal til en samtale."))
    days = agreed.days(terms.round_days) or terms.round_days
    if days == 7:
        return tr(_("Jeg spørger hver uge."))
    if days % 7 or days == 14:
        return tr(_("Jeg spørger hver {number}. dag."), number=days)
    return tr(_("Jeg spørger hver {number}. uge."), number=days // 7)


def _who(measure: Measure, sharing: Sharing, setting: Setting) -> str:
    if measure in sharing.kept:
        return setting.tr(_("Din sagsbehandler ser det ikke."))
    return setting.tr(_("Din sagsbehandler ser det, når du vælger at vise det."))
