"""How a session is shown: one message for every place it can be in."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from afsaet.flows.machine import CONFIRM, EDIT, SECTIONS, SENT, START, SUMMARY
from afsaet.flows.message import Message
from afsaet.flows.state.walk import Walk
from afsaet.flows.views.changing import edit_view
from afsaet.flows.views.overview import start_view, summary_view
from afsaet.flows.views.question import help_view, question_view, stop_view
from afsaet.flows.views.round import round_done_view, round_start_view, round_summary_view
from afsaet.flows.views.sending import confirm_view, sections_view, sent_view

_VIEWS: Mapping[str, Callable[[Walk], Message]] = {
    START: start_view, SUMMARY: summary_view, EDIT: edit_view, SECTIONS: sections_view, CONFIRM: confirm_view,
    SENT: sent_view,
}
_ROUND_VIEWS = {**_VIEWS, START: round_start_view, SUMMARY: round_summary_view, SENT: round_done_view}


def view(walk: Walk) -> Message:
    """What the citizen sees where they are."""
    question = walk.dialogue.questions.get(walk.session.state)
    if question is None:
        views = _ROUND_VIEWS if walk.dialogue.definition.kind == "round" else _VIEWS
        return views[walk.session.state](walk)
    if walk.session.showing == "help":
        return help_view(walk, question)
    if walk.session.showing == "stop":
        return stop_view(walk)
    return question_view(walk, question)
