"""JSON for other systems, as `afsaet-plan-1.schema.json` describes it. Nothing is shortened or replaced."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import asdict
from typing import Any

from afsaet.export.plan import SCHEMA, Plan


def write(plan: Plan) -> bytes:
    """The plan as one JSON object in UTF-8. Characters that would hide or reorder text, or steer a
    terminal, are written as escapes, which read back to the same characters."""
    data: dict[str, Any] = {"schema": SCHEMA, **asdict(plan)}
    text = json.dumps(data, ensure_ascii=False, indent=2, default=lambda moment: moment.isoformat())
    return escaped(text).encode()


def escaped(text: str) -> str:
    """JSON with such characters written as escapes, and a line feed at its end."""
    return "".join(_escaped(character) for character in text) + "\n"


def _escaped(character: str) -> str:
    steering = character != "\n" and unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp")
    return json.dumps(character)[1:-1] if steering else character
