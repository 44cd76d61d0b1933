"""What a round begins with: what it is about, and how much more there is this time."""

from __future__ import annotations

from afsaet.flows.kinds.numbers import in_words
from afsaet.flows.language import mark as _
from afsaet.flows.state.walk import Walk

MORE = _("Denne gang kommer der {number} mere til sidst.")


def round_intro(walk: Walk) -> str:
    """The intro of the dialogue, which may say how many questions there are, and beside it those that are asked now
    and then: what is said agrees with "Spørgsmål 1 af 8"."""
    setting = walk.setting
    intro = setting.tr(walk.dialogue.definition.intro)
    more = len(walk.along())
    if not more:
        return intro
    return f"{intro} {setting.tr(MORE, number=in_words(more, setting.language))}"
