"""What is said when a round is done: thanks, a warm word for what has risen, and the picture. Never that it is bad."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from afsaet.flows.effects import RoundDone
from afsaet.flows.language import mark as _
from afsaet.flows.library import Page, Visit
from afsaet.flows.message import Button, Message, Rows
from afsaet.flows.pages.page import to_menu
from afsaet.flows.pages.urgent import card
from afsaet.flows.setting import Setting
from afsaet.flows.state.session import Session
from afsaet.measures.finishing import rounds_of, sent
from afsaet.measures.followups import WARM
from afsaet.measures.items import BY_ID, Measure
from afsaet.measures.monthly import ITEMS_OF
from afsaet.measures.pages import mine, ways
from afsaet.measures.pages.agreeing import choices
from afsaet.measures.pictures import describe
from afsaet.measures.progress import line
from afsaet.measures.prompts import prompts
from afsaet.measures.rounds import Round, counting
from afsaet.measures.rules import Thresholds, support_card
from afsaet.measures.showing import FOLLOWED, attached, content_of, may_show
from afsaet.measures.terms import Terms
from afsaet.measures.wheel import Wheel, label_of

LEAD = _("Tak")
THANKS = _("Tak, fordi du gav dig tid. Dine svar er gemt.")
SHOWN, OWN = _("Din sagsbehandler kan se dem."), _("Din sagsbehandler kan ikke se dem.")
MONTH_IS_OWN = _("Svarene på månedens spørgsmål er kun til dig.")
ONLY_ALL = _("Jeg viser dem kun, når alle fire er med.")
AGAIN = _("Må jeg spørge dig igen? Hvor tit?")
OUTCOME = "trivselstjek"


def after_round(visit: Visit, done: RoundDone, lines: Thresholds, terms: Terms) -> Page:
    """The page that ends a round. The round itself is not among the facts yet."""
    setting, wheel = visit.setting, mine.wheel(visit)
    made = sent(rounds_of(done, wheel, lambda: ""), done, mine.sharing(visit))
    earlier = mine.rounds(visit)
    every = (*earlier, *made)
    latest = next((each for each in made if each.measure == done.dialogue), None)
    seen = latest is not None and latest.shared
    thanks = f"{setting.tr(THANKS)} {setting.tr(SHOWN if seen else OWN)}"
    for month in made:
        if seen and month.measure == ITEMS_OF and not month.shared:
            thanks += f" {setting.tr(MONTH_IS_OWN)}" + ("" if month.complete else f" {setting.tr(ONLY_ALL)}")
    if latest is None:
        return Page(Message(thanks, setting.tr(LEAD), rows=_ways(setting)), visit.conversation)
    shown = may_show(latest.measure, wheel, setting)
    said = [thanks, *(_warm(earlier, made, wheel, setting) if shown else ())]
    if latest.complete:  # what was due over the rounds before has been said
        said += [setting.tr(prompt.text) for prompt in prompts(counting(every, latest.measure), lines)]
    content = None
    if latest.complete and shown and latest.measure in FOLLOWED:
        content = content_of(latest.measure, every, wheel, setting, mine.marks(visit))
    said += [describe(content, setting)] if content else []
    asks = (latest.complete and latest.measure in FOLLOWED and _may_offer(visit, latest.measure)
            and not counting(earlier, latest.measure))
    said += [setting.tr(AGAIN)] if asks else []
    low = done.dialogue == OUTCOME and support_card(latest.values, lines)
    rows = (*(choices(latest.measure, setting, terms) if asks else ()),
            *(((ways.urgent(setting),),) if low else ()), *_ways(setting))
    return Page(Message("\n\n".join(said), setting.tr(LEAD), rows=rows,
                        attachment=attached(content, setting) if content else None), visit.conversation)


def _may_offer(visit: Visit, measure: Measure) -> bool:
    """Whether nothing is agreed about it, and the citizen has no pause from it."""
    agreed = mine.agreements(visit).get(measure)
    return agreed is None or (agreed.only_pause and not agreed.rests_on(visit.setting.now.date()))


def support(visit: Visit, before: Session, lines: Thresholds) -> Message | None:
    """Where to turn, at once, when an answer just given is among the lowest. It is concluded from nothing else, and
    leaves nothing behind; whoever goes on is asked the next question as before."""
    session = visit.conversation.session
    if session.dialogue != OUTCOME or not _low(session, lines) or _low(before, lines):
        return None
    return card(visit.library, visit.setting)


def _low(session: Session, lines: Thresholds) -> bool:
    values = {name: answer.value for name, answer in session.answers.items() if answer.state == "answered"}
    return support_card({name: value for name, value in values.items() if isinstance(value, int)}, lines)


def _warm(earlier: Sequence[Round], made: Sequence[Round], wheel: Wheel, setting: Setting) -> Iterator[str]:
    """A warm word about every number that is higher than it was the last time, if only by one."""
    order = (*(area.id for area in wheel.active), *BY_ID)
    risen = [name for each in made if each.complete for name in order
             if (number := each.number(name)) is not None
             and (before := line(earlier, name)) and number > before[-1].number]
    if risen:
        yield "\n".join((setting.tr(WARM), *(f"• {_label(name, wheel, setting)}" for name in risen)))


def _label(name: str, wheel: Wheel, setting: Setting) -> str:
    if name in BY_ID:
        return setting.tr(BY_ID[name].label)
    return label_of(wheel.area(name), setting)


def _ways(setting: Setting) -> Rows:
    return ((Button(setting.tr(_("Hvad nu?")), "m.hvadnu"), ways.to_development(setting)), (to_menu(setting),))
