"""What is kept of a citizen's rounds, wheel and agreements, as a store would keep it; in memory, for conversations."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from afsaet.flows.effects import Effect, RoundDone
from afsaet.flows.views.suggesting import OWN, USED
from afsaet.measures.card import Card
from afsaet.measures.effects import Agreed, GoalsChanged, SharingChanged, WheelChanged
from afsaet.measures.finishing import rounds_of, sent
from afsaet.measures.monthly import FLAG, ITEMS_OF, KEPT_ITEMS, kept_items, opens
from afsaet.measures.pages.own_words import own_words, used_words
from afsaet.measures.progress import last_numbers
from afsaet.measures.rounds import Round


@dataclass
class Kept:
    """`told` says in Danish what an effect has come to."""

    card: Card = field(default_factory=Card)
    rounds: list[Round] = field(default_factory=list)

    def facts(self, now: datetime) -> dict[str, Any]:
        """The facts of a turn at that moment."""
        card = self.card
        return {
            "rounds": tuple(self.rounds), "last_round": last_numbers(self.rounds), "wheel": card.wheel,
            "goals": card.goals, "agreements": card.agreements, "sharing": card.sharing,
            "kept_private": card.sharing.kept, KEPT_ITEMS: kept_items(card.sharing.kept),
            FLAG: opens(self.rounds, card.agreements.get(ITEMS_OF)),
            OWN: own_words(card.goals), USED: used_words(card.goals),
        }

    def carry_out(self, effect: Effect) -> str:
        """Do it, and return what has been done; empty where it is about something else."""
        if isinstance(effect, RoundDone):
            return self._finish(effect)
        new: dict[str, Any] = {}
        if isinstance(effect, WheelChanged):
            new = {"wheel": effect.wheel}
        elif isinstance(effect, GoalsChanged):
            new = {"goals": effect.goals}
        elif isinstance(effect, Agreed):
            new = {"agreements": {**self.card.agreements, effect.measure: effect.agreement}}
        elif isinstance(effect, SharingChanged):
            new = {"sharing": effect.sharing}
        if not new:
            return ""
        self.card = Card(**{**{name: getattr(self.card, name) for name in self.card.__dataclass_fields__}, **new})
        return "Det er gemt: " + {"wheel": "hjulet", "goals": "målene", "agreements": "aftalen",
                                  "sharing": "hvem der ser det"}[next(iter(new))] + "."

    def _finish(self, done: RoundDone) -> str:
        made = rounds_of(done, self.card.wheel, lambda: f"r{len(self.rounds) + 1}")
        made = sent(made, done, self.card.sharing)
        self.rounds += made
        said = [f"{each.measure}: {dict(each.values)} {dict(each.words) or ''}".strip()
                + ("" if each.complete else ", ikke hel") + (", vist" if each.shared else ", kun borgerens")
                for each in made]  # fmt: skip
        return "Runden er gemt. " + "; ".join(said)
