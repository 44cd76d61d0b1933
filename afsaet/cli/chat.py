"""`afsaet chat`: the assistant in the terminal, as the invited citizen or as one made up for the occasion."""
# Rooms are imported where they are used, so that `--help` is there at once.
# ruff: noqa: PLC0415

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from afsaet.cli.answer import Answer

if TYPE_CHECKING:
    from afsaet.assistant.assistant import Assistant
    from afsaet.flows.message import Message

HOW = "Skriv dit svar, og tryk Enter. Et tryk på en knap er dens ord eller dens nummer, for eksempel #1."
KEPT = f"{HOW} Ctrl-D slutter; alt er gemt.\n"
NOT_KEPT = f"{HOW} Ctrl-D slutter. Det er en prøve, så samtalen bliver ikke gemt.\n"


@contextmanager
def sample(folder: str) -> Iterator[tuple[Assistant, str, str]]:
    """An assistant with a database of its own in this folder, a citizen's id and an invitation's code."""
    from pathlib import Path

    from afsaet import clock
    from afsaet.assistant import shelf
    from afsaet.assistant.assistant import Assistant
    from afsaet.assistant.casework import caseload
    from afsaet.municipality import Municipality
    from afsaet.store.database import Database

    data, municipality = Path(folder), Municipality(name="Eksempel Kommune")
    database = Database.open(f"sqlite:///{data}/afsaet.sqlite3", data / "key", data_dir=data)
    now = clock.now()
    with database.write() as tx:
        worker = caseload.add_caseworker(tx, "maja@eksempel.dk", "Maja Holm", now, hours="hverdage 9-12")
        case = caseload.add_citizen(
            tx, "Alex Eksempel", worker.email, now, profile=municipality.profile, reference="2026-0001")
        code, _ends = caseload.invite(tx, case.citizen.id, now, municipality.invite_days)
    try:
        yield Assistant(database, municipality, shelf.read_definitions(None)), case.citizen.id, code
    finally:
        database.close()


@contextmanager
def invited() -> Iterator[Assistant]:
    """The assistant the settings describe."""
    from afsaet.assistant import shelf
    from afsaet.assistant.assistant import Assistant
    from afsaet.cli.desk import desk

    with desk() as at:
        definitions = shelf.read_definitions(at.settings.municipality_dir)
        yield Assistant(at.database, at.municipality, definitions, policy=at.settings.channel_policy or "safe")


def lines() -> Iterator[str]:
    """What is typed, or what a file holds, line by line until its end."""
    while True:
        if sys.stdin.isatty():
            typer.echo("> ", nl=False, err=True)
        try:
            line = sys.stdin.readline()
        except KeyboardInterrupt:  # the same as the end of what is given
            typer.echo("", err=True)
            return
        if not line:
            return
        yield line


def chat(
    context: typer.Context,
    code: Annotated[str | None, typer.Argument(metavar="[CODE]", help="The code of an invitation.")] = None,
) -> Answer:
    """Talk with the assistant in the terminal."""
    said: list[dict[str, Any]] = []
    aside = bool(context.params.get("as_json"))
    say = printing(said, aside=aside)
    gc.enable()
    if code is not None:
        with invited() as assistant:
            talk(assistant, code, lines(), say, how=KEPT)
    else:
        from tempfile import TemporaryDirectory

        with TemporaryDirectory(prefix="afsaet-") as folder, sample(folder) as (assistant, _citizen, made_up):
            talk(assistant, made_up, lines(), say, how=NOT_KEPT)
    return Answer({"messages": said})


def printing(said: list[dict[str, Any]], *, aside: bool) -> Callable[[str, Message], None]:
    """A `say` that prints, and collects the messages. aside: to standard error, since an object comes at the end."""

    def say(text: str, message: Message) -> None:
        said.append(message.to_json())
        typer.echo(text, err=aside)

    return say


def open_invitation(assistant: Assistant, code: str) -> bool:
    """Whether the code can be taken now."""
    from afsaet.store import invitations

    with assistant.database.read() as tx:
        return invitations.look_up(tx, code, assistant.now()).outcome == "open"


def talk(
    assistant: Assistant, code: str, given: Iterator[str], say: Callable[[str, Message], None], *, how: str = ""
) -> None:
    """One conversation from beginning, or from where it was left, to the end of what is given. how: what is said
    first, to standard error. Raises Refused for a code that opens nothing, of which no more is said."""
    from shutil import get_terminal_size

    from afsaet.assistant.casework.caseload import Refused
    from afsaet.channels.terminal.chat import Chat
    from afsaet.store.invitations import bare

    # The terminal is found again however the code is typed.
    conversation = Chat(assistant, bare(code), say, columns=get_terminal_size().columns)
    if not (conversation.is_bound() or open_invitation(assistant, code)):
        raise Refused("There is no open invitation with that code. `afsaet citizen invite` makes one.")
    if how:
        typer.echo(how, err=True)
    conversation.open(code)
    conversation.play(given)
