"""The six kinds of meeting: what each is called, what happens at it, and what stands on its agenda."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Literal, get_args

from afsaet.flows.language import mark as _
from afsaet.flows.setting import Setting

Kind = Literal["rehabiliteringsmoede", "samtale", "overdragelse", "opstart", "opfoelgning", "netvaerk"]
MAIN_KIND: Kind = "rehabiliteringsmoede"  # the one that the whole preparation leads to


@dataclass(frozen=True, slots=True)
class Texts:
    """What a citizen who asks is told. The texts may hold the placeholders of the text profile.

    name: as it reads inside a sentence. title: as it stands alone in a list. about: what happens there.
    agenda: the points it has unless the caseworker writes others. ready: whether "Er du klar?" is asked before.
    """

    name: str
    title: str
    about: str
    agenda: tuple[str, ...] = ()
    ready: bool = False


KINDS: Mapping[Kind, Texts] = {
    "rehabiliteringsmoede": Texts(
        name="{moedenavn}",
        title="{moedenavn}",
        about=_("Her er {deltagere}. De taler med dig om dine mål. Du må fortælle, spørge og skrive ned."),
        ready=True,
    ),
    "samtale": Texts(
        name=_("mødet med din sagsbehandler"),
        title=_("Samtale med din sagsbehandler"),
        about=_("Du og din sagsbehandler taler om, hvor du er nu, og hvad du gerne vil."),
    ),
    "overdragelse": Texts(
        name=_("mødet med din nye sagsbehandler"),
        title=_("Overdragelsessamtale"),
        about=_("Du får en ny sagsbehandler. I tre taler om mødet, om din plan, og om hvordan I holder kontakt."),
    ),
    "opstart": Texts(
        name=_("det første møde om din plan"),
        title=_("Opstartssamtale"),
        about=_("Alle, der hjælper dig, mødes med dig. I aftaler, hvad der sker først, og hvem der gør hvad."),
        agenda=(
            _("Hvem er med?"),
            _("Du har ordet: Hvordan går det, og hvad håber du på?"),
            _("Hvorfor mødes I?"),
            _("Sådan bruger I planen"),
            _("Dine delmål"),
            _("Hvad kommer først, og hvad kan ske på samme tid?"),
            _("Hvornår mødes I igen?"),
            _("Hvordan ved I, at noget er færdigt?"),
            _("Den nye plan viser, hvad I har aftalt"),
        ),
    ),
    "opfoelgning": Texts(
        name=_("det næste møde om din plan"),
        title=_("Opfølgning"),
        about=_("I taler om, hvad der er sket siden sidst. I kan ændre planen, så den passer til dig."),
    ),
    "netvaerk": Texts(
        name=_("netværksmødet"),
        title=_("Netværksmøde"),
        about=_("Du mødes med dem, du selv har valgt. I taler om, hvad der kan hjælpe dig."),
    ),
}

_SAID = {
    "rehabiliteringsteammoede": "rehabiliteringsmoede", "rehabmoede": "rehabiliteringsmoede",
    "teammoede": "rehabiliteringsmoede", "overdragelsessamtale": "overdragelse", "opstartssamtale": "opstart",
    "opstartsmoede": "opstart", "opfoelgningssamtale": "opfoelgning", "opfoelgningsmoede": "opfoelgning",
    "netvaerksmoede": "netvaerk",
}  # fmt: skip
_PLAIN = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "-": "", "_": "", " ": ""})


def kind_named(text: str) -> Kind | None:
    """The kind that a caseworker's word means: its name here or one in use, with or without Danish letters."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_PLAIN)
    plain = _SAID.get(plain, plain)
    return next((kind for kind in get_args(Kind) if kind == plain), None)


def name_of(kind: Kind, setting: Setting) -> str:
    """What the kind is called, as it reads inside a sentence."""
    return setting.tr(KINDS[kind].name)


def title_of(kind: Kind, setting: Setting) -> str:
    """What the kind is called where it stands alone."""
    return capital(setting.tr(KINDS[kind].title))


def capital(text: str) -> str:
    """The text with a capital first letter, and the rest as it is."""
    return text[:1].upper() + text[1:]


def preparation_files() -> dict[str, Traversable]:
    """The dialogues that lead to each kind of meeting, by file name: they are laid beside the other dialogues."""
    folder = files("afsaet.meetings").joinpath("preparation")
    return {file.name: file for file in sorted(folder.iterdir(), key=lambda file: file.name)}


def preparation_id(kind: Kind) -> str:
    """The id of the dialogue that prepares for this kind."""
    return f"moede_{kind}"
