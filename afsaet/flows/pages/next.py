"""Hvad nu? The next step, what is expected of me, and what I can expect: always three short paragraphs."""

from __future__ import annotations

from afsaet.flows.language import mark as _
from afsaet.flows.library import Page, Visit
from afsaet.flows.machine import START
from afsaet.flows.pages.page import plain_page
from afsaet.flows.walk import Walk, follow

SENT = (
    _("Næste skridt: Du og din sagsbehandler taler om det, du har sendt."),
    _("Hvad forventes der af dig? Ikke mere lige nu. Du kan stadig rette og sende igen."),
    _("Hvad kan du forvente? Din sagsbehandler kan læse dine svar og tager dem med til mødet."),
)
ANSWERED = (
    _("Næste skridt: Du læser dine svar igennem og sender dem, når du er klar."),
    _("Hvad forventes der af dig? Du bestemmer selv, om du vil sende, og hvad du vil sende."),
    _("Hvad kan du forvente? Kun du kan læse dine svar, indtil du sender dem."),
)
BEGUN = (
    _("Næste skridt: Du svarer på resten af spørgsmålene. Du bestemmer selv, hvor mange."),
    _("Hvad forventes der af dig? Svar i dit eget tempo, og send, når du er klar."),
    _("Hvad kan du forvente? Kun du kan læse dine svar, indtil du sender dem."),
)
NEW = (
    _("Næste skridt: Du begynder på spørgsmålene."),
    _("Hvad forventes der af dig? Svar på det, du kan. Du må springe over."),
    _("Hvad kan du forvente? Jeg gemmer alt undervejs. Din sagsbehandler ser det først, når du sender."),
)


def next_(visit: Visit) -> Page:
    tr = visit.setting.tr
    return plain_page(visit, tr(_("Hvad nu?")), "\n\n".join(tr(paragraph) for paragraph in _paragraphs(visit)))


def _paragraphs(visit: Visit) -> tuple[str, ...]:
    session = visit.conversation.session
    if session.versions:
        return SENT
    if session.state == START and not session.answers:
        return NEW
    dialogue = visit.library.dialogues[session.dialogue]
    walk = Walk(dialogue, follow(dialogue, session, visit.setting), visit.setting)
    return BEGUN if walk.pending() else ANSWERED
