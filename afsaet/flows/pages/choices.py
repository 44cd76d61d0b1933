"""What a citizen decides about the conversation itself: reminders, language, and deleting it."""

from __future__ import annotations

from dataclasses import replace

from afsaet.flows.effects import Forget
from afsaet.flows.language import mark as _
from afsaet.flows.library import Page, Visit
from afsaet.flows.message import Button, Message
from afsaet.flows.pages.page import go_on, plain_page

LANGUAGES = {"da": "Dansk", "en": "English"}


def reminders(visit: Visit) -> Page:
    tr = visit.setting.tr
    wanted = {"til": True, "fra": False}.get(visit.argument, visit.conversation.reminders)
    conversation = replace(visit.conversation, reminders=wanted)
    turn = Button(tr(_("Slå fra")), "m.paamindelser.fra") if wanted else Button(tr(_("Slå til")), "m.paamindelser.til")
    state = tr(_("Påmindelser er slået til.")) if wanted else tr(_("Påmindelser er slået fra."))
    secret = tr(_("En påmindelse siger aldrig, hvad den handler om."))
    visit = replace(visit, conversation=conversation)
    return plain_page(visit, tr(_("Påmindelser")), f"{state} {secret}", (turn,))


def language(visit: Visit) -> Page:
    setting, conversation = visit.setting, visit.conversation
    if visit.argument in visit.library.translators:
        conversation = replace(conversation, language=visit.argument)
        setting = visit.library.spoken(setting, visit.argument)
    names = tuple(Button(("✓ " if code == conversation.language else "") + LANGUAGES.get(code, code), f"m.sprog.{code}")
                  for code in visit.library.translators)
    visit = replace(visit, setting=setting, conversation=conversation)
    text = setting.tr(_("Spørgsmålene kommer på det sprog, du vælger. Du må svare på alle sprog."))
    return plain_page(visit, setting.tr(_("Sprog")), text, names)


def delete(visit: Visit) -> Page:
    setting = visit.setting
    tr = setting.tr
    if visit.argument == "ja":
        sent = visit.conversation.session.versions > 0
        stays = tr(_("Det, du har sendt, har din sagsbehandler stadig.")) if sent else ""
        gone = tr(_("Det, du ikke har sendt, er slettet. Slet også selv chatten på din telefon."))
        text = f"{gone} {stays}".strip()
        text += "\n\n" + tr(_("Vil du begynde igen en dag, så bed din sagsbehandler om et nyt link."))
        return Page(Message(text, tr(_("Slettet"))), visit.conversation, (Forget(),))
    goes = tr(_("Så sletter jeg alle dine svar, og samtalen slutter. Du kan ikke fortryde det."))
    stays = tr(_("Det, du har sendt til din sagsbehandler, bliver i din sag hos kommunen."))
    text = f"{goes}\n\n{stays}" if visit.conversation.session.versions else goes
    rows = (
        (Button(tr(_("Ja, slet alle mine svar")), "m.slet.ja"),),
        (Button(tr(_("Nej, behold dem")), "m.menu"),),
        (Button(tr(_("Slet kun ét svar")), "m.mine_svar"), go_on(setting)),
    )
    return Page(Message(text, tr(_("Vil du slette dine svar?")), rows=rows), visit.conversation)


