"""Rounds and surroundings for these tests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from afsaet.flows.setting import Setting
from afsaet.locales import translator
from afsaet.measures.items import Measure, numbered
from afsaet.measures.rounds import Round, Value

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
START = datetime(2026, 9, 1, 10, tzinfo=COPENHAGEN)


def day(number: int) -> datetime:
    """Ten in the morning, so many days of the calendar after the first of September."""
    return START + timedelta(days=number)


def made(measure: Measure, on: int, values: Mapping[str, Value], **more: Any) -> Round:
    """A complete round of that day."""
    return Round(**{"id": f"{measure}-{on}", "measure": measure, "at": day(on), "values": values, **more})


def four(measure: Measure, on: int, *numbers: Value, **more: Any) -> Round:
    """A round of a measure with four items, in their order."""
    return made(measure, on, dict(zip((item.id for item in numbered(measure)), numbers, strict=True)), **more)


def talk(on: int, *numbers: Value, **more: Any) -> Round:
    return four("samtaletjek", on, *numbers, **more)


def totals(*sums: int | None, every: int = 28, **more: Any) -> list[Round]:
    """Trivselstjek with these totals, so many days apart; None has "Ikke aktuelt for mig" in it."""
    return [four("trivselstjek", number * every, *_split(total), **more) for number, total in enumerate(sums)]


def _split(total: int | None) -> tuple[Value, ...]:
    if total is None:
        return (5, "ikke_aktuelt", 5, 5)
    return tuple((total + place) // 4 for place in range(4))


def setting(language: str = "da") -> Setting:
    return Setting(START, translate=translator(language), language=language)
