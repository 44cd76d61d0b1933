"""The program as tests use it, and people to use it on."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from afsaet.assistant.assistant import Assistant
from afsaet.assistant.incoming import Act, Incoming
from afsaet.assistant.shelf import read_definitions
from afsaet.assistant.turn.receive import receive
from afsaet.cli import app
from afsaet.cli.desk import open_database
from afsaet.flows.inputs import Tap, Text
from afsaet.municipality import Municipality
from afsaet.settings import Settings
from afsaet.store import outbox, versions
from afsaet.store.database import Database
from afsaet.store.outgoing import Outgoing

SNAPSHOT = json.loads((Path(__file__).parents[1] / "export" / "snapshot.json").read_text(encoding="utf-8"))
METTE, JENS = "mette@kommune.dk", "jens@kommune.dk"


@dataclass(frozen=True)
class Said:
    """What one run of the program said, and its exit code."""

    code: int
    out: str
    err: str
    raw: bytes


class Afsaet:
    """The program, run in this process. Every test has a data folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, *words: object, code: int = 0) -> Said:
        result = CliRunner().invoke(app, [str(word) for word in words])
        assert result.exit_code == code, f"{result.exit_code}: {result.stdout}{result.stderr}"
        return Said(result.exit_code, result.stdout, result.stderr, result.stdout_bytes)

    def json(self, *words: object, code: int = 0) -> dict[str, Any]:
        """The one JSON object that the command prints with --json; anything else beside it is an error."""
        data = json.loads(self(*words, "--json", code=code).out)
        assert isinstance(data, dict)
        return data

    def database(self) -> Database:
        return open_database(Settings.load())

    def citizen(self, name: str = "Kirsten Lund", *more: object) -> str:
        """The id of a new citizen of Mette's."""
        added = self.json("citizen", "add", "--name", name, "--caseworker", METTE, *more)
        return str(added["id"])

    def joins(self, citizen: str, address: str = "111") -> None:
        """The citizen takes a new invitation and says yes in the chat at `address`."""
        code = self.json("citizen", "invite", citizen)["code"]
        self.comes(address, Tap(f"w.yes.{code}", 0))

    def comes(self, address: str, given: Any) -> list[Act]:
        """Something comes in from the chat at `address`."""
        with closing(self.database()) as database:
            assistant = Assistant(database, Municipality(languages=("da",)), read_definitions(None))
            return receive(assistant, Incoming("telegram", address, given))

    def answers(self, words: str, address: str = "111") -> None:
        """The citizen in the chat at `address` begins, and answers the first question in their own words."""
        asked = next(item.payload for item in reversed(self.waiting()) if item.payload["message"].get("rows"))
        self.comes(address, Tap(asked["message"]["rows"][0][0]["action"], asked["ask"]))
        self.comes(address, Text(words))

    def sends(self, citizen: str, **changes: Any) -> None:
        """The citizen has sent the sample plan."""
        with closing(self.database()) as database, database.write() as tx:
            number = len(versions.list_all(tx, citizen)) + 1
            snapshot = {**SNAPSHOT, "version": number, **changes}
            sent_at = datetime.fromisoformat(snapshot["sent_at"])
            versions.add(tx, citizen, "forberedelse", snapshot, sent_at)

    def waiting(self) -> list[Outgoing]:
        """Every message on its way out, also those of later."""
        with closing(self.database()) as database, database.read() as tx:
            return outbox.due(tx, "telegram", datetime.fromisoformat("2100-01-01T00:00:00+00:00"), 1000)
