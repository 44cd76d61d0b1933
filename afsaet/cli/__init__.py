"""The command line. One module a group of commands; each is registered here."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from afsaet.cli import (
    caseworker,
    chat,
    citizen,
    db,
    demo,
    doctor,
    export,
    figures,
    flows,
    keys,
    kommune,
    meeting,
    process,
    rounds,
    run,
    task,
)
from afsaet.cli.answer import command


class Program(TyperGroup):
    """The program. With `--json` wrong usage is told as one JSON object too."""

    def main(
        self, args: Sequence[str] | None = None, prog_name: str | None = None, complete_var: str | None = None,
        standalone_mode: bool = True, windows_expand_args: bool = True, **extra: Any,
    ) -> Any:
        given = sys.argv[1:] if args is None else list(args)
        whole = standalone_mode and "--json" in given
        alone = standalone_mode and not whole
        try:
            code = super().main(given, prog_name, complete_var, alone, windows_expand_args, **extra)
        except TyperException as error:
            if not whole:
                raise
            typer.echo(json.dumps({"error": error.format_message()}, ensure_ascii=False))
            typer.echo(error.format_message(), err=True)
            code = error.exit_code
        return sys.exit(code) if whole else code

    def invoke(self, ctx: Any) -> Any:
        """Run the command; what it says of a wrong value is without the words of the library that looked at it."""
        try:
            return super().invoke(ctx)
        except typer.BadParameter as error:
            error.message = error.message.removeprefix("Value error, ").partition(", unable to parse")[0]
            raise


app = typer.Typer(
    cls=Program,
    name="afsaet",
    help="Afsæt: a chat assistant that helps citizens prepare their own plan.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

# In the order of `afsaet --help`.
command(app, "demo")(demo.demo)
app.command("run")(run.run)
command(app, "chat")(chat.chat)
app.add_typer(caseworker.app, name="caseworker")
app.add_typer(citizen.app, name="citizen")
app.add_typer(task.app, name="task")
app.add_typer(meeting.app, name="meeting")
app.add_typer(process.app, name="process")
app.add_typer(rounds.app, name="round")
command(app, "export")(export.export)
command(app, "figures")(figures.figures)
app.add_typer(flows.app, name="flows")
app.add_typer(kommune.app, name="kommune")
app.add_typer(keys.app, name="keys")
app.add_typer(db.app, name="db")
command(app, "doctor")(doctor.doctor)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version  # noqa: PLC0415 - only here

        typer.echo(version("afsaet"))
        raise typer.Exit


@app.callback()
def about(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and stop.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Afsæt: a chat assistant that helps citizens prepare their own plan."""


def main() -> None:
    """The entry point `afsaet`."""
    # What a command makes, it needs to its end: looking through it for garbage is a fifth of every start. Those that
    # go on, `run` and `chat`, begin to look when they are ready.
    gc.disable()
    # A letter that the terminal does not know is shown as "?" instead of ending the command.
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    app()
