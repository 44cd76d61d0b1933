"""`afsaet run`: the service."""
# Rooms are imported where they are used, so that `--help` is there at once.
# ruff: noqa: PLC0415

from __future__ import annotations

import asyncio
import gc
import json
from typing import TYPE_CHECKING

import typer

from afsaet.cli.answer import Json
from afsaet.cli.faults import code_and_sentence

if TYPE_CHECKING:
    from afsaet.settings import Settings

NO_POLICY = (
    "AFSAET_CHANNEL_POLICY must be chosen, since Telegram is not the municipality's own channel.",
    "safe: Telegram carries greetings, neutral reminders and ordinary questions. Confidential and sensitive "
    "questions are left for the talk with the caseworker.",
    "open: every question and answer may pass through Telegram. This is for the data controller to decide, "
    "after an assessment of what it means for the citizens.",
)
SAFE_WITHOUT_PAGE = (
    "The policy is safe and there is no page of the municipality's own: confidential and sensitive questions "
    "are not asked; citizens are told to take them up with their caseworker."
)
NO_TOKEN = "AFSAET_TELEGRAM_TOKEN is not set, so Telegram is not served."  # noqa: S105 - no token stands here


def run(as_json: Json = False) -> None:
    """Serve citizens until stopped."""
    try:
        _serve(as_json)
    except Exception as error:  # a traceback would show what was being worked on
        code, sentence = code_and_sentence(error)
        typer.echo(sentence, err=True)
        if as_json:
            typer.echo(json.dumps({"error": sentence}))
        raise typer.Exit(code) from None


def _serve(as_json: bool) -> None:
    from afsaet import logs
    from afsaet.assistant import shelf
    from afsaet.assistant.assistant import Assistant
    from afsaet.cli.desk import open_database
    from afsaet.municipality import Municipality
    from afsaet.service import serve
    from afsaet.settings import Settings

    settings = Settings.load()
    logs.set_up(settings.log_level)
    _check_policy(settings)
    municipality = Municipality.load(settings.municipality_dir)
    definitions = shelf.read_definitions(settings.municipality_dir)
    database = open_database(settings)

    def told(address: str) -> None:
        typer.echo(json.dumps({"listen": address}) if as_json else f"Listening on {address}")

    gc.freeze()
    gc.enable()
    try:
        database.check_writable()
        policy = settings.channel_policy or "safe"
        asyncio.run(serve(Assistant(database, municipality, definitions, policy=policy), settings, told))
    finally:
        database.close()


def _check_policy(settings: Settings) -> None:
    """With a token the policy must have been chosen. Raises SettingsFault."""
    from afsaet.settings import SettingsFault

    if settings.telegram_token is None:
        typer.echo(NO_TOKEN, err=True)
    elif settings.channel_policy is None:
        raise SettingsFault(list(NO_POLICY))
    elif settings.channel_policy == "safe":
        typer.echo(SAFE_WITHOUT_PAGE, err=True)
