"""`afsaet flows`: the dialogues, shipped and the municipality's own."""
# Rooms are imported where they are used, so that `--help` is there at once.
# ruff: noqa: PLC0415

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from afsaet.cli.answer import Answer, Table, command
from afsaet.cli.faults import FAULT

app = typer.Typer(help="Dialogues: check, draw and list them.", no_args_is_help=True)


@command(app, "check")
def check(
    folder: Annotated[Path | None, typer.Argument(
        metavar="DIR", exists=True, show_default=False,
        help="A dialogue file, or a folder with some in it or in its dialogues/; those in use if not given.",
    )] = None,
) -> Answer:
    """Find every mistake in the dialogue files."""
    from afsaet.assistant.shelf import definition_files
    from afsaet.cli.files import broken, dialogue_files
    from afsaet.settings import Settings

    files = dialogue_files(folder) if folder else list(definition_files(Settings.load().municipality_dir).values())
    faults = broken(files)
    items = [{"file": fault.file, "line": fault.line, "place": fault.place, "text": fault.sentence} for fault in faults]
    data = {"ok": not faults, "files": [file.name for file in files], "items": items}
    if faults:
        told = [str(fault) for fault in faults]
        return Answer({**data, "error": "\n".join(told)}, told, code=FAULT)
    return Answer(data, [f"{file.name}: no mistakes" for file in files])


@command(app, "diagram")
def diagram(
    flow: Annotated[str, typer.Argument(metavar="FLOW", help="A dialogue's id, as `flows list` shows it.")],
) -> Answer:
    """Draw a dialogue as a Mermaid state diagram, with the conditions on its branches."""
    from afsaet.assistant.casework.caseload import Refused
    from afsaet.assistant.shelf import read_definitions
    from afsaet.flows.machine import draw
    from afsaet.settings import Settings

    definitions = read_definitions(Settings.load().municipality_dir)
    if flow not in definitions:
        raise Refused(f"There is no dialogue with that id. There is: {', '.join(definitions)}.")
    drawn = draw(definitions[flow])
    return Answer({"id": flow, "mermaid": drawn}, [drawn])


@command(app, "list")
def list_all() -> Answer:
    """List the dialogues in use."""
    from afsaet.assistant.shelf import read_definitions
    from afsaet.flows.dialogue import load
    from afsaet.municipality import Municipality
    from afsaet.settings import Settings

    folder = Settings.load().municipality_dir
    names = Municipality.load(folder).names()
    items = []
    for name, definition in read_definitions(folder).items():
        dialogue = load(definition, names)
        items.append({"id": name, "title": definition.title.format_map(names), "revision": dialogue.revision,
                      "sections": len(definition.sections), "questions": len(dialogue.questions)})
    table = Table(["Id", "Title", "Revision", "Sections", "Questions"], [[*map(str, item.values())] for item in items])
    return Answer({"items": items}, [table])
