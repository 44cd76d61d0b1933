"""What an exported file is called: never by a person."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

_LONGEST = 40
_CPR = re.compile(r"(?<!\d)([0-2]\d|3[01])(0\d|1[0-2])\d{2}-?\d{4}(?!\d)")


def file_name(snapshot: Mapping[str, Any], fmt: str, citizen: str) -> str:
    """`2026-12-01_forberedende-del_2026-1234.pdf`: the day it was sent and the case's reference.

    citizen: the id that stands where there is no reference, or where the reference holds what looks like a
    CPR number. Only letters, digits, hyphen and underscore are left in it, so it cannot name another folder.
    """
    reference = snapshot["reference"] or ""
    safe = "" if _CPR.search(reference) else _safe(reference)
    day = datetime.fromisoformat(snapshot["sent_at"]).date().isoformat()
    return f"{day}_forberedende-del_{safe or _safe(citizen)}.{fmt}"


def _safe(text: str) -> str:
    return re.sub("[^0-9A-Za-zÆØÅæøå_]+", "-", text)[:_LONGEST].strip("-")
