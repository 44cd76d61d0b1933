"""What an exported file is called: never by a person."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from afsaet.flows.conversation import MAIN
from afsaet.flows.safety.cpr import mask

_LONGEST = 40


def file_name(snapshot: Mapping[str, Any], fmt: str, citizen: str) -> str:
    """`2026-12-01_forberedende-del_2026-1234.pdf`: the day it was sent and the case's reference; what was sent before
    a meeting has its dialogue's name in the middle.

    citizen: the id that stands where there is no reference, or where the reference holds what looks like a
    CPR number. Only letters, digits, hyphen and underscore are left in it, so it cannot name another folder.
    """
    reference = snapshot["reference"] or ""
    _, personal = mask(reference)
    safe = "" if personal else _safe(reference)
    day = datetime.fromisoformat(snapshot["sent_at"]).date().isoformat()
    theme = "forberedende-del" if snapshot["dialogue"] == MAIN else _safe(snapshot["dialogue"])
    return f"{day}_{theme}_{safe or _safe(citizen)}.{fmt}"


def _safe(text: str) -> str:
    return re.sub("[^0-9A-Za-zÆØÅæøå_]+", "-", text)[:_LONGEST].strip("-")
