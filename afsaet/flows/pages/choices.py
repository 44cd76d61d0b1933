"""What a citizen decides about the conversation itself: reminders, language, and deleting it."""

from __future__ import annotations

from dataclasses import replace

from afsaet.flows.conversation import Conversation
from afsaet.flows.effects import Effect, Forget, RemindersChosen
from afsaet.flows.language import mark as _
from afsaet.flows.library import Page, Visit
from afsaet.flows.message import Button, Message, Rows
from afsaet.flows.pages.page import go_on, plain_page
from afsaet.flows.setting import Setting

A_ROW = 2
LANGUAGES = {"da": "Dansk", "en": "English"}


def reminders(visit: Visit, before: tuple[int, ...] = ()) -> Page:
    """Whether the citizen is written to unasked, and how many days before a meeting. before: the numbers of days there
    are to choose among, the largest first."""
    tr = visit.setting.tr
    conversation = _with_reminders(visit.conversation, visit.argument, before)
    changed: tuple[Effect, ...] = (RemindersChosen(),) if conversation != visit.conversation else ()
    visit = replace(visit, conversation=conversation)
    secret = tr(_("En påmindelse siger aldrig, hvad den handler om."))
    if conversation.reminders:
        rows = (*_days(conversation, before, visit.setting), (Button(tr(_("Slå fra")), "m.paamindelser.fra"),))
        text = tr(_("Påmindelser er slået til.")) + " " + secret
        text += "\n\n" + tr(_("Vælg, hvor mange dage før et møde jeg skal skrive.")) if before else ""
        if before and conversation.reminder_days == ():
            text += " " + tr(_("Lige nu har du ikke valgt nogen dag, så jeg minder dig ikke om møder."))
    else:
        rows = ((Button(tr(_("Slå til")), "m.paamindelser.til"),),)
        text = tr(_("Påmindelser er slået fra. Jeg minder dig heller ikke om møder."))
        text += " " + tr(_("Bliver et møde flyttet eller aflyst, skriver jeg stadig."))
    page = plain_page(visit, tr(_("Påmindelser")), text, *rows)
    return replace(page, effects=changed)


def _with_reminders(conversation: Conversation, argument: str, before: tuple[int, ...]) -> Conversation:
    """After "til" or "fra" for all of it, or "til.3" or "fra.3" for what comes three days before a meeting."""
    word, _dot, day = argument.partition(".")
    if word not in ("til", "fra"):
        return conversation
    if not day:
        return replace(conversation, reminders=word == "til")
    kept = set(before if conversation.reminder_days is None else conversation.reminder_days)
    named = {each for each in before if str(each) == day}
    kept = kept | named if word == "til" else kept - named
    every = kept >= set(before)
    return replace(conversation, reminder_days=None if every else tuple(sorted(kept & set(before), reverse=True)))


def _days(conversation: Conversation, before: tuple[int, ...], setting: Setting) -> Rows:
    """A button for each number of days, with a tick before those that are kept."""
    buttons = []
    for day in before:
        kept = conversation.reminder_days is None or day in conversation.reminder_days
        label = setting.tr(_("{days} dage før"), days=day) if day > 1 else setting.tr(_("1 dag før"))
        word = "fra" if kept else "til"
        buttons.append(Button(("☑ " if kept else "☐ ") + label, f"m.paamindelser.{word}.{day}"))
    return tuple(tuple(buttons[start:start + A_ROW]) for start in range(0, len(buttons), A_ROW))


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
    sent = any(session.versions for session in visit.conversation.sessions.values())  # of whatever dialogue
    if visit.argument == "ja":
        stays = tr(_("Det, du har sendt, har din sagsbehandler stadig.")) if sent else ""
        gone = tr(_("Det, du ikke har sendt, er slettet. Slet også selv chatten på din telefon."))
        text = f"{gone} {stays}".strip()
        text += "\n\n" + tr(_("Vil du begynde igen en dag, så bed din sagsbehandler om et nyt link."))
        return Page(Message(text, tr(_("Slettet"))), visit.conversation, (Forget(),))
    goes = tr(_("Så sletter jeg alle dine svar, og samtalen slutter. Du kan ikke fortryde det."))
    stays = tr(_("Det, du har sendt til din sagsbehandler, bliver i din sag hos kommunen."))
    text = f"{goes}\n\n{stays}" if sent else goes
    rows = (
        (Button(tr(_("Ja, slet alle mine svar")), "m.slet.ja"),),
        (Button(tr(_("Nej, behold dem")), "m.menu"),),
        (Button(tr(_("Slet kun ét svar")), "m.slet_et"), go_on(setting)),
    )
    return Page(Message(text, tr(_("Vil du slette dine svar?")), rows=rows), visit.conversation)


