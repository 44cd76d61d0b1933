"""The caseworker, and the wish to be called. No text goes with the wish."""

from __future__ import annotations

from afsaet.flows.effects import ContactWished
from afsaet.flows.language import mark as _
from afsaet.flows.library import Page, Visit
from afsaet.flows.message import Button, Message
from afsaet.flows.pages.page import go_on, plain_page, to_menu


def contact(visit: Visit) -> Page:
    setting = visit.setting
    tr = setting.tr
    if visit.argument == "ring":
        text = tr(_("Jeg har sagt til din sagsbehandler, at du gerne vil ringes op."))
        wished = Message(text, tr(_("Det er gjort")), rows=((go_on(setting), to_menu(setting)),))
        return Page(wished, visit.conversation, (ContactWished(),))
    name = setting.names.get("sagsbehandler", "")
    lines = [tr(_("Din sagsbehandler hedder {name}."), name=name)] if name else []
    if phone := setting.names.get("sagsbehandler_telefon", ""):
        lines.append(tr(_("Telefon: {phone}"), phone=phone))
    if hours := setting.names.get("sagsbehandler_tid", ""):
        lines.append(tr(_("Telefontid: {hours}"), hours=hours))
    lines.append(tr(_("Vil du ringes op? Tryk på knappen, så giver jeg besked.")))
    call_me = Button(tr(_("Bed om at blive ringet op")), "m.kontakt.ring")
    return plain_page(visit, tr(_("Kontakt")), "\n".join(lines), (call_me,))
