"""The first minute: what a phone that is not yet anyone's is told. Nothing here is kept anywhere.

The invitation's code travels in the buttons, so that no row is needed before the yes.
"""

from __future__ import annotations

from typing import Literal

from afsaet.flows.language import mark as _
from afsaet.flows.message import Button, Message, Rows
from afsaet.flows.setting import Setting

Invitation = Literal["open", "used", "expired", "revoked", "unknown"]


def invited(setting: Setting, code: str) -> Message:
    """The welcome of an open invitation: who, that it is voluntary, and who sees it and when. The rest is one tap
    away, so that this is short enough to be read."""
    tr = setting.tr
    text = "\n\n".join((
        tr(_("Jeg er en maskine, der kan hjælpe dig med at blive klar til {moedenavn}.")),
        tr(_("Det er frivilligt, og du har de samme rettigheder, hvis du siger nej.")),
        tr(_("Din sagsbehandler ser først dine svar, når du selv sender dem.")),
    ))
    return Message(text, tr(_("Hej, og velkommen til Afsæt fra {kommune}")), rows=_choice(setting, code))


def more(setting: Setting, code: str) -> Message:
    """The full text, one tap away."""
    return Message(full_text(setting), setting.tr(_("Det skal du vide")), rows=_choice(setting, code, with_more=False))


def agreed(setting: Setting) -> Message:
    """What the welcome reads once it has been said yes to: the buttons are gone, the promise stays."""
    tr = setting.tr
    text = tr(_("Du har sagt ja. Vil du læse mere, holde pause eller slette det hele, så skriv /menu."))
    return Message(text, tr(_("Tak, og velkommen")))


def declined(setting: Setting, code: str) -> Message:
    """A no is respected, and can be taken back."""
    tr = setting.tr
    text = tr(_("Jeg har ikke gemt, at du var her. Din sagsbehandler hjælper dig på en anden måde."))
    again = Button(tr(_("Jeg vil gerne prøve alligevel")), f"w.hello.{code}")
    return Message(text, tr(_("Helt i orden")), rows=((again,),))


def closed_door(setting: Setting, why: Invitation) -> Message:
    """The answer to a link that no longer opens. It says the same of every reason a stranger could learn from."""
    tr = setting.tr
    if why == "expired":
        return Message(tr(_("Bed din sagsbehandler om et nyt.")), tr(_("Linket er for gammelt")))
    if why in ("used", "revoked"):
        text = tr(_("Bed din sagsbehandler om et nyt, hvis du har brug for det."))
        return Message(text, tr(_("Linket virker ikke længere")))
    return stranger(setting)


def stranger(setting: Setting) -> Message:
    """The answer to anyone who is not invited."""
    tr = setting.tr
    text = "\n\n".join((
        tr(_("Jeg hjælper mennesker, som deres sagsbehandler har inviteret. Har du et link, så tryk på det.")),
        tr(_("Har du en velkomst herover, så tryk på en knap i den. Virker linket ikke, så bed om et nyt.")),
    ))
    return Message(text, tr(_("Hej. Jeg er Afsæt")))


def number_seen(setting: Setting) -> Message:
    """The answer to a personal number from someone who has not said yes to anything."""
    text = _("Du skrev et CPR-nummer. Jeg har ikke gemt det. Slet også selv beskeden, hvis du stadig kan se den.")
    return Message(setting.tr(text))


def only_alone(setting: Setting) -> Message:
    """The answer in a group or a channel."""
    return Message(setting.tr(_("Jeg taler kun med én person ad gangen. Skriv til mig i en privat chat.")))


def moved_away(setting: Setting) -> Message:
    """Said on the old phone when the conversation has moved to a new one."""
    text = _("Samtalen er flyttet til en anden telefon. Er det ikke dig, så ring til din sagsbehandler.")
    return Message(setting.tr(text))


def joined_elsewhere(setting: Setting) -> Message:
    """Said where the citizen is reached already, when a code has been taken in another channel."""
    text = _("Samtalen er nu også åben et andet sted. Er det ikke dig, så ring til din sagsbehandler.")
    return Message(setting.tr(text))


def full_text(setting: Setting) -> str:
    """Who is responsible, what is stored and how long, who sees it, one's rights, how to stop, and what Telegram is."""
    tr = setting.tr
    return "\n\n".join((
        tr(_("Hvem: {dataansvarlig} har ansvaret for det, jeg gemmer om dig. Vil du vide mere, så spørg {dpo}.")),
        tr(_("Hvad: Jeg gemmer dine svar, dit navn, din forbindelse til mig og tidspunkter. "
             "Dine ord og dit navn er låst med kode.")),
        tr(_("Hvem ser det: Din sagsbehandler kan se, om du er begyndt, og ellers kun det, du sender.")),
        tr(_("De, der passer mig for kommunen, har nøglen og kan teknisk set læse dit udkast.")),
        tr(_("Tal, du viser, kan kommunen lægge sammen med andres, når I er mindst fem. "
             "Der står ikke, hvem de er fra.")),
        tr(_("Frivilligt: Du kan sige nej og har stadig de samme rettigheder. "
             "Du kan stoppe og slette dit udkast, når du vil.")),
        tr(_("Hvor længe: Jeg sletter dit udkast, hvis du ikke rører det i {kladde_dage} dage.")),
        tr(_("Det, du sender, sletter jeg {arkiv_dage} dage efter, at din sagsbehandler har lagt det i din sag.")),
        tr(_("Kommunens sikkerhedskopier kan have det lidt længere.")),
        tr(_("Din ret: Du kan se, rette og slette dit udkast her. Du kan klage til Datatilsynet.")),
        tr(_("Telegram: Det er et firmas app og ikke kommunens. Firmaet kan teknisk set læse, hvad du skriver her.")),
        tr(_("Jeg er en maskine. Jeg dømmer ikke, og jeg bestemmer ikke noget.")),
    ))


def _choice(setting: Setting, code: str, *, with_more: bool = True) -> Rows:
    tr = setting.tr
    rows: Rows = (
        (Button(tr(_("Ja, jeg vil gerne prøve")), f"w.yes.{code}"),),
        (Button(tr(_("Nej tak")), f"w.no.{code}"), Button(tr(_("Læs mere")), f"w.more.{code}")),
    )
    return rows if with_more else (rows[0], rows[1][:1])
