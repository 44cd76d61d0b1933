"""The menu itself, the pause, and a few words on how all of it works."""

from __future__ import annotations

from afsaet.flows.language import mark as _
from afsaet.flows.library import Page, Visit
from afsaet.flows.machine import SENT, START
from afsaet.flows.message import Button, Message, Rows
from afsaet.flows.pages.page import go_on, plain_page, to_menu
from afsaet.flows.paging import fitting
from afsaet.flows.setting import Setting
from afsaet.flows.welcome import full_text


def menu(visit: Visit) -> Page:
    tr = visit.setting.tr
    session = visit.conversation.session
    begun = session.state != START or bool(session.answers)
    first = Button(tr(_("Fortsæt")) if begun else tr(_("Begynd")), "m.fortsaet")
    main = visit.library.main
    elsewhere = visit.conversation.dialogue != main and session.state != SENT
    plan = Button(fitting(tr(visit.library.dialogues[main].definition.title)), f"m.fortsaet.{main}")
    rows: Rows = (
        (first,),
        *(((plan,),) if elsewhere else ()),
        (Button(tr(_("Mine svar")), "m.mine_svar"), Button(tr(_("Hvad nu?")), "m.hvadnu")),
        (Button(tr(_("Mine møder")), "m.moede"), Button(tr(_("Min liste")), "m.liste")),
        (Button(tr(_("Udvikling")), "m.udvikling"),),
        (Button(tr(_("Kontakt")), "m.kontakt"), Button(tr(_("Ord")), "m.ord")),
        (Button(tr(_("Påmindelser")), "m.paamindelser"), Button(tr(_("Sprog")), "m.sprog")),
        (Button(tr(_("Hjælp")), "m.hjaelp"), Button(tr(_("Slet")), "m.slet")),
        (Button(tr(_("Akut hjælp")), "m.akut"), Button(tr(_("Om Afsæt")), "m.om")),
    )
    return Page(Message(tr(_("Vælg, hvad du vil.")), tr(_("Menu")), rows=rows), visit.conversation)


def pause(setting: Setting) -> Message:
    """What is said when a citizen stops for now."""
    text = setting.tr(_("Alt, du har svaret, er gemt. Kom tilbage, når det passer dig."))
    return Message(text, setting.tr(_("Pause")), rows=((go_on(setting), to_menu(setting)),))


def help_(visit: Visit) -> Page:
    tr = visit.setting.tr
    text = "\n\n".join((
        tr(_("Tryk på knapperne, eller skriv dit svar som en besked. Stavning betyder ikke noget.")),
        tr(_("Du kan holde pause, springe over og rette, lige så tit du vil. Jeg gemmer alt med det samme.")),
        tr(_("Din sagsbehandler ser først dine svar, når du sender dem.")),
        tr(_("Skriv /menu, når du vil se menuen.")),
    ))
    return plain_page(visit, tr(_("Sådan bruger du Afsæt")), text)


def about(visit: Visit) -> Page:
    return plain_page(visit, visit.setting.tr(_("Om Afsæt og dine oplysninger")), full_text(visit.setting))
