"""`afsaet doctor`: is everything in order, and if not, what to do."""
# Rooms are imported where they are used, so that `--help` is there at once.
# ruff: noqa: PLC0415

from __future__ import annotations

from dataclasses import asdict

from afsaet.cli.answer import Answer, Table
from afsaet.cli.faults import FAULT


def doctor() -> Answer:
    """Check settings, key, database, dialogues, Telegram and mail, and say what to do about each finding."""
    from afsaet.cli.checkup import checkup

    found = list(checkup())
    code = FAULT if any(item.state == "fault" for item in found) else 0
    rows = [[item.state, item.check, item.text] for item in found]
    return Answer({"items": [asdict(item) for item in found]}, [Table(["State", "Check", "Finding"], rows)], code=code)
