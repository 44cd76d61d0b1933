"""One input to one dialogue: `take(dialogue, session, input, setting) -> Step`. Nothing a citizen does raises."""

from __future__ import annotations

from dataclasses import replace

from afsaet.flows.dialogue import Dialogue
from afsaet.flows.inputs import Edited, Tap, Text
from afsaet.flows.kinds import points
from afsaet.flows.kinds.reply import too_long
from afsaet.flows.language import mark as _
from afsaet.flows.machine import SUMMARY
from afsaet.flows.setting import Setting
from afsaet.flows.state.session import Answer, Part, Session
from afsaet.flows.state.step import Step
from afsaet.flows.state.walk import Walk, follow
from afsaet.flows.steps import answering, reviewing
from afsaet.flows.steps.recording import already_sent, settled_again

TOO_EARLY = _("Det skrev du, før jeg nåede at spørge, så det er ikke gemt. Er det dit svar, så skriv det igen.")


def take(dialogue: Dialogue, session: Session, given: Tap | Text | Edited, setting: Setting) -> Step:
    """What comes of a press, a text or an edited message.

    The session is first brought to the dialogue's present revision and policy. An answer to a question that
    has gone in the meantime is kept under the wording it was asked with; nothing is ever put under another
    question.
    """
    if isinstance(given, Edited) and session.doubt is not None and session.doubt.ref == given.ref:
        session = replace(session, showing="question", doubt=None)
        given = Text(given.text, given.ref)
    if isinstance(given, Edited):
        return _edited(Walk(dialogue, session, setting), given)
    if isinstance(given, Text) and given.early:
        return _early(Walk(dialogue, session, setting), given)
    walk = Walk(dialogue, follow(dialogue, session, setting), setting)
    if walk.session.state != session.state:
        return _moved(walk, session, given)
    question = dialogue.questions.get(walk.session.state)
    if question is not None:
        if isinstance(given, Text):
            return answering.written(walk, question, given)
        return answering.tapped(walk, question, given)
    if isinstance(given, Tap):
        step = reviewing.tapped(walk, given)
        if step is not None:
            return step
        return Step(walk.session, notes=(setting.tr(_("Den knap virker ikke mere. Her er du nu:")),))
    if walk.session.state == SUMMARY and walk.session.answers:
        # The summary may be many screens long, and its buttons still stand right above.
        note = _("Det har jeg ikke gemt. Vil du ændre noget, så tryk på Ret et svar lige ovenfor.")
        return Step(walk.session, notes=(setting.tr(note),), show="nothing")
    return Step(walk.session, notes=(setting.tr(_("Det har jeg ikke gemt. Brug knapperne her:")),))


def _moved(walk: Walk, before: Session, given: Tap | Text) -> Step:
    """The question is gone, changed or closed under the citizen. A text to it is kept, and they are told."""
    note = _("Det spørgsmål stiller jeg ikke mere. Her er du nu:")
    given = _said(walk, before, given)
    if isinstance(given, Text) and before.wording:
        note = _("Det spørgsmål stiller jeg ikke mere. Jeg har gemt det, du skrev. Her er du nu:")
        old = before.answers.get(before.state)
        parts = (*(old.parts if old else ()), Part(given.text, given.ref))
        value, text = (old.value, old.text) if old else (None, "")
        at = walk.setting.now.isoformat(timespec="seconds")
        answer = Answer("answered", before.wording, at, before.revision, value, text, parts)
        walk.session = walk.session.with_answer(before.state, answer)
    return Step(walk.session, notes=(walk.setting.tr(note),))


def _said(walk: Walk, before: Session, given: Tap | Text) -> Tap | Text:
    """What was written to the question that has gone: also the "stop" that is said to have been an answer."""
    doubt = before.doubt
    if before.showing != "stop" or doubt is None:
        return given
    meant = given.action == "stop.no" if isinstance(given, Tap) else answering.meant_as_an_answer(walk, given.text)
    return Text(doubt.text, doubt.ref) if meant else given


def _early(walk: Walk, given: Text) -> Step:
    """A text written before the present question had arrived belongs to the answer before it.

    Where no answer came before, it cannot be known what it belongs to; to put it under a question that had not
    been read would be wrong, so the citizen is asked.
    """
    answer = walk.session.answers.get(walk.session.last)
    if answer is None:
        if walk.session.wording:
            return Step(walk.session, notes=(walk.setting.tr(TOO_EARLY),), show="nothing")
        note = _("Det har jeg ikke gemt. Brug knapperne her:")
        return Step(follow(walk.dialogue, walk.session, walk.setting), notes=(walk.setting.tr(note),))
    parts = (*answer.parts, Part(given.text, given.ref))
    question = walk.dialogue.questions.get(walk.session.last)
    if too_long(parts) or (question is not None and points.is_full(question, answer)):
        note = _("Der er ikke plads til mere i dit forrige svar. Det sidste har jeg ikke gemt.")
        return Step(walk.session, notes=(walk.setting.tr(note),), show="nothing")
    kept = replace(answer, parts=parts, state="answered" if answer.state == "skipped" else answer.state)
    note = "" if walk.session.hushed else _("Det har jeg lagt til dit forrige svar.")
    walk.session = replace(walk.session.with_answer(walk.session.last, kept), hushed=True)
    settled = settled_again(walk, walk.session.last)
    return Step(walk.session, notes=(walk.setting.tr(note),), show="nothing", settled=settled)


def _edited(walk: Walk, given: Edited) -> Step:
    """The part of an answer that message became is replaced, wherever the citizen is now."""
    for name, answer in walk.session.answers.items():
        if any(part.ref == given.ref for part in answer.parts):
            parts = tuple(Part(given.text, part.ref) if part.ref == given.ref else part for part in answer.parts)
            if too_long(parts):
                note = _("Den tekst er for lang. Dit svar står, som det var.")
                return Step(walk.session, notes=(walk.setting.tr(note),), show="nothing")
            notes = (walk.setting.tr(_("Jeg har rettet dit svar.")), already_sent(walk))
            walk.session = walk.session.with_answer(name, replace(answer, parts=parts))
            return Step(walk.session, notes=notes, show="nothing", settled=settled_again(walk, name))
    note = _("Jeg har ikke rettet noget. Vil du rette et svar, så skriv /mine_svar.")
    return Step(walk.session, notes=(walk.setting.tr(note),), show="nothing")
