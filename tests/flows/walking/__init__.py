"""One citizen's walk through a dialogue, held after every step against what must always be true.

What the citizen sees is read off the messages alone, by their words and buttons. From that follows which answer
an input may touch, and that is compared with what the engine has kept.
"""

from __future__ import annotations

from tests.flows.walking.citizen import Citizen

__all__ = ["Citizen"]
