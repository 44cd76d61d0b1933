"""`afsaet kommune`: what the municipality has set."""
# Rooms are imported where they are used, so that `--help` is there at once.
# ruff: noqa: PLC0415

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from afsaet.cli.answer import Answer, Table, command
from afsaet.cli.faults import FAULT

app = typer.Typer(help="The municipality's settings (kommune.toml): check and show them.", no_args_is_help=True)


@command(app, "check")
def check(
    folder: Annotated[Path | None, typer.Argument(
        metavar="DIR", exists=True, file_okay=False, show_default=False,
        help="The folder with kommune.toml; the one in use if not given.",
    )] = None,
) -> Answer:
    """Find every mistake in kommune.toml."""
    from afsaet.municipality import FILE, Municipality, MunicipalityFault
    from afsaet.settings import Settings

    folder = folder or Settings.load().municipality_dir
    try:
        Municipality.load(folder)
    except MunicipalityFault as fault:
        data = {"ok": False, "items": [{"text": mistake} for mistake in fault.mistakes], "error": str(fault)}
        return Answer(data, fault.mistakes, code=FAULT)
    used = folder is not None and (folder / FILE).exists()
    return Answer({"ok": True, "items": []},
                  [f"{FILE}: no mistakes" if used else f"There is no {FILE}: everything has its default."])


@command(app, "show")
def show() -> Answer:
    """Show everything that is set, defaults among it."""
    from afsaet.municipality import Municipality
    from afsaet.settings import Settings

    municipality = Municipality.load(Settings.load().municipality_dir)
    data = municipality.model_dump(mode="json", by_alias=True)
    return Answer(data, [Table(["Setting", "Value"], list(_rows(data)))])


def _rows(data: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    for key, value in data.items():
        if isinstance(value, Mapping):
            yield from _rows(value, f"{above}{key}.")
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            for number, part in enumerate(value, 1):
                yield from _rows(part, f"{above}{key}.{number}.")
        else:
            each = value if isinstance(value, list) else [] if value is None else [value]
            yield above + key, ", ".join(one if isinstance(one, str) else json.dumps(one) for one in each)
