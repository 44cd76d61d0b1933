"""Asking Telegram for updates. The next batch is asked for, and this one thereby acknowledged, only when it is done."""

from __future__ import annotations

import asyncio

import structlog
from telegram.error import Conflict, TelegramError

from afsaet.channels.telegram.errors import Meaning, judge
from afsaet.channels.telegram.intake import Intake
from afsaet.channels.telegram.transport import Transport
from afsaet.channels.telegram.updates import KINDS

log = structlog.get_logger(__name__)

LONG_POLL = 25  # seconds Telegram holds the question while there is nothing
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0


async def poll(transport: Transport, intake: Intake) -> None:
    """Take updates in until cancelled. Passing faults are waited out, each told once a time it happens."""
    offset: int | None = None
    wait = FIRST_WAIT
    while True:
        try:
            batch = await transport.updates(offset, LONG_POLL, KINDS)
        except TelegramError as error:
            _tell(error)
            await asyncio.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT)
            continue
        wait = FIRST_WAIT
        if batch:
            await intake.take(batch)
            offset = max(int(update["update_id"]) for update in batch) + 1


def _tell(error: TelegramError) -> None:
    if isinstance(error, Conflict) and "webhook" in error.message:
        log.error("a webhook has been set for this bot, so Telegram hands out nothing here; see to it that no other "
                  "program uses this token, and start afsaet anew")
    elif isinstance(error, Conflict):
        log.error("another program is asking Telegram for this bot's updates; waiting for it to stop")
    elif judge(error).meaning is Meaning.BOT_REFUSED:
        log.error("Telegram does not know the bot's token; set AFSAET_TELEGRAM_TOKEN right")
    else:
        log.warning("Telegram could not be asked for updates; trying again", error=type(error).__name__)
