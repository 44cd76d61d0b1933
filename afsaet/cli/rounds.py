"""`afsaet round`: what citizens rate, as far as they share it."""
# Rooms are imported where they are used, so that `--help` is there at once.
# ruff: noqa: PLC0415

from __future__ import annotations

from typing import Annotated, Literal

import typer

from afsaet.cli.answer import Answer, Table, command
from afsaet.cli.citizen import CitizenId

app = typer.Typer(help="Rounds: what citizens rate, as far as they share it.", no_args_is_help=True)


@command(app, "list")
def list_all(citizen: CitizenId) -> Answer:
    """List a citizen's shared rounds, the oldest first, and what they give reason to talk about."""
    from afsaet.assistant.casework.shared import prompts_of, shared_of
    from afsaet.cli.desk import desk
    from afsaet.export.clean import plain
    from afsaet.export.shared import numbers_in_words, own_words

    with desk() as at:
        with at.database.read() as tx:
            found = shared_of(tx, at.municipality, citizen, at.now)
            prompts = prompts_of(tx, at.municipality, citizen)
        rows = [[at.shown(each.at), item["title"], "" if item["total"] is None else str(item["total"]),
                 plain(", ".join((*numbers_in_words(item), *own_words(item))))]
                for each, item in zip(found.rounds, found.rounds_data(), strict=True)]
        data = {"items": found.rounds_data(), "prompts": [{"rule": each.rule, "text": each.text} for each in prompts]}
        shown: list[str | Table] = [Table(["At", "Round", "Total", "Answers"], rows)]
        shown += ["The numbers are the citizen's own. They are no test, and nobody has validated them."] if rows else []
        shown += [f"Talk about: {each.text}" for each in prompts]
        return Answer(data, shown)


Kind = Literal["trivselstjek", "samtaletjek", "hjulet", "tilfredshed"]


@command(app, "start")
def start(
    citizen: CitizenId,
    kind: Annotated[Kind, typer.Option("--kind", help="Which questions.")],
) -> Answer:
    """Ask a citizen for a round, as soon as they may be written to. They see what it is once they begin."""
    from afsaet.assistant.assistant import Assistant
    from afsaet.assistant.casework import asking_now
    from afsaet.assistant.shelf import read_definitions
    from afsaet.cli.desk import desk

    with desk() as at:
        # Without a policy nobody has said that an open chat may carry more than what is ordinary.
        assistant = Assistant(at.database, at.municipality, read_definitions(at.settings.municipality_dir),
                              policy=at.settings.channel_policy or "safe")
        with at.database.write() as tx:
            when = asking_now.start(assistant, tx, citizen, kind, at.now)
        return Answer({"id": citizen, "kind": kind, "at": at.iso(when)},
                      [f"The citizen is asked {at.shown(when)} or soon after, if nothing else is sent to them before."])
