"""One thing the doctor has found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """text: one sentence, which says what to do unless all is well."""

    check: str
    state: Literal["ok", "warning", "fault"]
    text: str
