"""Around the questions: beginning, reading the summary, changing an answer, choosing sections, sending."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from afsaet.flows.effects import RoundDone
from afsaet.flows.inputs import Tap
from afsaet.flows.language import mark as _
from afsaet.flows.machine import CONFIRM, EDIT, SECTIONS, SENT, START, SUMMARY
from afsaet.flows.state.coverage import missing, told
from afsaet.flows.state.snapshot import snapshot
from afsaet.flows.state.step import Settled, Step
from afsaet.flows.state.walk import Walk
from afsaet.flows.steps.recording import already_sent
from afsaet.flows.views import view
from afsaet.flows.views.changing import left_list
from afsaet.flows.views.others import OTHERS, other_answers
from afsaet.flows.views.round import ANSWERS, KEEP, SHOW, is_private, without
from afsaet.flows.views.sending import ASKED, YES, chosen_sections


def tapped(walk: Walk, tap: Tap) -> Step | None:
    """A press of a button on one of the stops; None where the stop has no such button."""
    verb, _dot, name = tap.action.partition(".")
    acts = _ACTS.get(walk.session.state, {})
    act = acts.get(tap.action) or acts.get(verb)
    return act(walk, name) if act else None


def _begin(walk: Walk, name: str) -> Step:
    chosen = _chosen_at_start(walk, f"begin.{name}" if name else "begin")
    if not walk.session.answers:
        walk.session = replace(walk.session, short=name == "short")
    walk.forward()
    return Step(walk.arrived(), settled=chosen)


def _finish(walk: Walk, name: str) -> Step:
    chosen = _chosen_at_start(walk, "finish")
    walk.fire("finish")
    return Step(walk.arrived(), settled=chosen)


def _chosen_at_start(walk: Walk, action: str) -> Settled | None:
    """The way that was chosen, for the message that offered it: its buttons lead nowhere from then on."""
    start = view(walk)
    label = next((button.label for row in start.rows for button in row if button.action == action), None)
    return Settled(start.lead, label) if label else None


def _go(walk: Walk, name: str) -> Step:
    walk.session = replace(walk.session, returning=False)
    place = walk.first_pending()
    if place == SUMMARY and walk.dialogue.definition.kind == "round":  # what was passed is what makes it whole
        place = next((question.id for question in missing(walk) if walk.visible(question)), SUMMARY)
    walk.go(place)
    return Step(walk.arrived())


def _rest(walk: Walk, name: str) -> Step:
    """The full set from now on, at the first question without an answer."""
    walk.session = replace(walk.session, short=False, returning=False)
    walk.go(walk.first_pending())
    return Step(walk.arrived())


def _edit(walk: Walk, name: str) -> Step:
    walk.fire("edit")
    return Step(walk.arrived(), show="new")


def _open_section(walk: Walk, name: str) -> Step:
    return Step(replace(walk.session, section=name, page=0), show="same")


def _open_other(walk: Walk, name: str) -> Step:
    return Step(replace(walk.session, section=f"{OTHERS}.{name}"), show="same")


def _delete_other(walk: Walk, name: str) -> Step | None:
    """An answer with no question here to delete it at. What is left of them is shown again."""
    if name not in other_answers(walk):
        return None
    notes = (walk.setting.tr(_("Dit svar er slettet.")), already_sent(walk))
    return Step(replace(walk.session.without_answer(name), section=OTHERS, page=0), notes, show="same")


def _change(walk: Walk, name: str) -> Step | None:
    question = walk.dialogue.questions.get(name)
    if question is None or not walk.visible(question):
        return None
    walk.session = replace(walk.session, returning=True)
    walk.go(name)
    return Step(walk.arrived(), show="same")


def _leave_list(walk: Walk, name: str) -> Step:
    if walk.session.state == EDIT and (outer := left_list(walk)) is not None:
        return Step(replace(walk.session, section=outer, page=0), show="same")
    walk.fire("leave")
    return Step(walk.arrived(), show="same")


def _choose(walk: Walk, name: str) -> Step:
    walk.fire("choose")
    return Step(walk.arrived(), show="new")


def _tick(walk: Walk, name: str) -> Step:
    return _with_chosen(walk, {*chosen_sections(walk), name})


def _untick(walk: Walk, name: str) -> Step:
    return _with_chosen(walk, set(chosen_sections(walk)) - {name})


def _with_chosen(walk: Walk, chosen: set[str]) -> Step:
    order = [section.id for section in walk.dialogue.definition.sections]
    kept = tuple(name for name in order if name in chosen)
    return Step(replace(walk.session, chosen=None if len(kept) == len(order) else kept), show="same")


def _send(walk: Walk, name: str) -> Step:
    if lack := _lack(walk):
        return Step(walk.session, notes=(walk.setting.tr(lack),))
    walk.fire("send")
    return Step(walk.arrived())


def _lack(walk: Walk) -> str:
    """Why there is nothing to send; empty where there is something."""
    sections = snapshot(walk)["sections"]
    if not sections:
        return _("Vælg mindst ét afsnit.")
    if all(answer["state"] != "answered" for section in sections for answer in section["answers"]):
        return _("Der er ingen svar at sende her endnu.")
    return ""


def _confirm(walk: Walk, name: str) -> Step:
    """Send, unless the dialogue has changed since the question was asked and there is nothing left to send."""
    if lack := _lack(walk):
        walk.fire("leave")
        return Step(walk.arrived(), notes=(walk.setting.tr(lack),))
    sent = snapshot(walk)
    walk.fire("confirm")
    session = replace(walk.arrived(), versions=sent["version"], sent_at=sent["sent_at"])
    return Step(session, sent=sent, settled=Settled(walk.setting.tr(ASKED), walk.setting.tr(YES)))


def _show_round(walk: Walk, name: str) -> Step | None:
    return _complete(walk, shared=True)


def _show_round_alone(walk: Walk, name: str) -> Step | None:
    return _complete(walk, shared=True, alone=True)


def _keep_round(walk: Walk, name: str) -> Step | None:
    return _complete(walk, shared=False)


def _complete(walk: Walk, *, shared: bool, alone: bool = False) -> Step | None:
    """The round is done: its answers leave the session, which is empty for the next one."""
    if walk.dialogue.definition.kind != "round":
        return None
    answers = told(walk)
    if not answers:
        return Step(walk.session, notes=(walk.setting.tr(_("Der er ingen svar at gemme endnu.")),))
    done = RoundDone(
        dialogue=walk.session.dialogue, revision=walk.session.revision,
        at=walk.setting.now.isoformat(timespec="seconds"),
        values={name: None if isinstance(answer.value, tuple) else answer.value for name, answer in answers.items()},
        words={name: "\n".join(part.text for part in answer.parts) for name, answer in answers.items() if answer.parts},
        whole=not missing(walk), shared=shared,
        begun=(walk.session.begun or walk.setting.now).isoformat(timespec="seconds"), alone=alone,
    )
    chosen = KEEP if not shared or is_private(walk) else SHOW
    pressed = without(len(walk.along()), walk.setting) if alone and chosen == SHOW else walk.setting.tr(chosen)
    settled = Settled(walk.setting.tr(ANSWERS), pressed)
    walk.fire("complete")
    return Step(replace(walk.arrived(), answers={}, wording=""), completed=done, settled=settled)


def _turn_page(walk: Walk, name: str) -> Step | None:
    return Step(replace(walk.session, page=int(name)), show="same") if name.isdecimal() else None


def _copy(walk: Walk, name: str) -> Step:
    return Step(walk.session, notes=(walk.setting.tr(_("Din kopi kommer nu.")),), copy=True, show="same")


_ACTS: Mapping[str, Mapping[str, Callable[[Walk, str], Step | None]]] = {
    START: {"begin": _begin, "finish": _finish},
    SUMMARY: {"edit": _edit, "choose": _choose, "send": _send, "go": _go, "rest": _rest,
              "show": _show_round, "alone": _show_round_alone, "keep": _keep_round},
    EDIT: {"es": _open_section, "eq": _change, "eo": _open_other, "ed": _delete_other, "leave": _leave_list,
           "page": _turn_page},
    SECTIONS: {"on": _tick, "off": _untick, "send": _send, "leave": _leave_list, "page": _turn_page},
    CONFIRM: {"confirm": _confirm, "leave": _leave_list},
    SENT: {"edit": _edit, "copy": _copy, "go": _go, "rest": _rest},
}
