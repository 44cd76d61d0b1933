"""Hvad nu? The next step, what is expected of me, and what I can expect: always three short paragraphs."""

from __future__ import annotations

from afsaet.flows.language import mark as _
from afsaet.flows.machine import START
from afsaet.flows.pages.page import Page, Visit, plain_page


def next_(visit: Visit) -> Page:
    tr = visit.setting.tr
    session = visit.conversation.session
    if session.versions:
        step = _("Næste skridt: Du og din sagsbehandler taler om det, du har sendt.")
        mine = _("Hvad forventes der af dig? Ikke mere lige nu. Du kan stadig rette og sende igen.")
        yours = _("Hvad kan du forvente? Din sagsbehandler kan læse dine svar og tager dem med til mødet.")
    elif session.answers or session.state != START:
        step = _("Næste skridt: Du svarer på resten af spørgsmålene. Du bestemmer selv, hvor mange.")
        mine = _("Hvad forventes der af dig? Svar i dit eget tempo, og send, når du er klar.")
        yours = _("Hvad kan du forvente? Dine svar bliver hos dig, indtil du sender dem.")
    else:
        step = _("Næste skridt: Du begynder på spørgsmålene.")
        mine = _("Hvad forventes der af dig? Svar på det, du kan. Du må springe over.")
        yours = _("Hvad kan du forvente? Jeg gemmer alt undervejs. Ingen ser det, før du sender.")
    return plain_page(visit, tr(_("Hvad nu?")), "\n\n".join((tr(step), tr(mine), tr(yours))))
