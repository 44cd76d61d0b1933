"""The whole Telegram channel: who we are, updates in, messages out, and one process at a time for both."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

import structlog
from starlette.routing import Route
from telegram.error import TelegramError

from afsaet.assistant.assistant import Assistant
from afsaet.channels.telegram import webhook
from afsaet.channels.telegram.errors import Meaning, judge
from afsaet.channels.telegram.intake import Intake
from afsaet.channels.telegram.polling import poll
from afsaet.channels.telegram.sender import Sender
from afsaet.channels.telegram.source import StoreOutbox, item_of
from afsaet.channels.telegram.transport import Transport
from afsaet.channels.telegram.underway import UnderWay
from afsaet.channels.telegram.updates import CHANNEL
from afsaet.store import leader
from afsaet.store.faults import DatabaseFault
from afsaet.store.outgoing import Outgoing

log = structlog.get_logger(__name__)

LOOK_FOR_LEAD = 2.0  # seconds between attempts to become the process that polls and sends
WAIT_FOR_TELEGRAM = 5.0
LAST_NOTES = 10.0

COMMANDS = (
    ("menu", "Menu"), ("fortsaet", "Fortsæt, hvor du slap"), ("mine_svar", "Mine svar"), ("hvadnu", "Hvad nu?"),
    ("moede", "Mine møder"), ("liste", "Min liste"), ("udvikling", "Udvikling"),
    ("ord", "Ord, du kan møde"), ("kontakt", "Kontakt min sagsbehandler"), ("paamindelser", "Påmindelser"),
    ("sprog", "Sprog / Language"), ("slet", "Slet mine svar"), ("akut", "Akut hjælp"), ("hjaelp", "Hjælp"),
)


class Telegram:
    """One bot. `public_url` means that Telegram calls us, with this secret; else we ask it."""

    def __init__(
        self, assistant: Assistant, token: str, api_url: str, *, public_url: str | None = None, secret: str = ""
    ) -> None:
        self._assistant = assistant
        self._public_url = public_url
        self._secret = secret
        self._transport = Transport(token, api_url)
        self._under_way = UnderWay(self._transport)
        self._outbox = StoreOutbox(assistant, self._under_way.noted)
        self._sender: Sender | None = None
        self._intake = Intake(assistant, self._outbox, self._transport, int(token.partition(":")[0]),
                              settled=self._under_way.settled, replied=self._nudge)

    def routes(self) -> list[Route]:
        """The page Telegram calls, where it does."""
        return [webhook.route(self._intake, self._secret)] if self._public_url else []

    async def run(self) -> None:
        """Serve until cancelled."""
        loop = asyncio.get_running_loop()

        def laid(rows: Sequence[Outgoing]) -> None:
            loop.call_soon_threadsafe(self._offer, rows)

        self._assistant.database.laid = laid
        async with self._transport:
            naming = asyncio.create_task(self._name_commands())
            try:
                await self._introduced()
                while True:
                    # Telegram may call any process, so each answers the strangers that come to it.
                    async with self._sending():
                        lead = await self._led()
                    with lead:
                        await self._lead(lead)
            finally:
                naming.cancel()
                await asyncio.gather(naming, return_exceptions=True)

    async def _led(self) -> leader.Leadership:
        """Wait until this process is the one that polls and sends. A database that is away is waited for."""
        told = ""
        while True:
            try:
                lead = await asyncio.to_thread(leader.hold, self._assistant.database)
                if lead is not None:
                    return lead
                why = "another process polls and sends for this database; standing by"
            except DatabaseFault as fault:
                why = str(fault)
            if why != told:
                log.info(why)
            told = why
            await asyncio.sleep(LOOK_FOR_LEAD)

    async def _lead(self, lead: leader.Leadership) -> None:
        """Poll and send until the lead is lost."""
        self._outbox.leading = True
        try:
            async with self._sending() as sending:
                await self._take_in(sending, lead)
        finally:
            self._outbox.leading = False

    async def _take_in(self, sending: asyncio.Task[None], lead: leader.Leadership) -> None:
        work = [asyncio.create_task(_until_lost(lead))]
        if self._public_url is None:
            work.append(asyncio.create_task(poll(self._transport, self._intake)))
        try:
            done, _pending = await asyncio.wait([sending, *work], return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
            log.warning("the lead is lost; another process goes on")
        finally:
            for task in work:
                task.cancel()
            await asyncio.gather(*work, return_exceptions=True)

    @asynccontextmanager
    async def _sending(self) -> AsyncIterator[asyncio.Task[None]]:
        """Send meanwhile. At the end what has been sent is noted first, so that nothing is repeated."""
        self._sender = Sender(self._outbox, self._under_way)
        task = asyncio.create_task(self._sender.run())
        try:
            yield task
        finally:
            self._sender.stop()
            with suppress(TimeoutError):
                await asyncio.wait_for(task, LAST_NOTES)
            self._sender = None
            self._under_way.forget()

    async def _introduced(self) -> None:
        """Tell Telegram where to call or that we ask; so it shows that the token is right."""
        while True:
            try:
                return await self._called_or_asking()
            except TelegramError as error:
                verdict = judge(error)
                if verdict.meaning is Meaning.MESSAGE_REFUSED:
                    what = "Telegram does not take the address of AFSAET_PUBLIC_URL"  # nothing else is told here
                    log.error(f"{what}; trying again", why=error.message)
                else:
                    refused = verdict.meaning is Meaning.BOT_REFUSED
                    why = "Telegram does not know the bot's token" if refused else "Telegram cannot be reached"
                    log.error(f"{why}; trying again", error=type(error).__name__)
                await asyncio.sleep(max(WAIT_FOR_TELEGRAM, verdict.seconds))

    async def _name_commands(self) -> None:
        """Give Telegram's own menu the names of the commands. Nobody waits for it: all of them work without."""
        while True:
            try:
                await self._transport.bot.set_my_commands(COMMANDS)
                return
            except TelegramError as error:
                verdict = judge(error)
                if verdict.meaning is Meaning.MESSAGE_REFUSED:
                    log.warning("Telegram does not take the names of the commands", why=error.message)
                    return
                await asyncio.sleep(max(WAIT_FOR_TELEGRAM, verdict.seconds))

    async def _called_or_asking(self) -> None:
        if self._public_url:
            await webhook.set_up(self._transport, self._public_url, self._secret)
        else:
            await self._transport.call("deleteWebhook", {})

    def _offer(self, rows: Sequence[Outgoing]) -> None:
        if self._sender is not None and self._outbox.leading:
            self._sender.offer(item_of(row) for row in rows if row.channel == CHANNEL)

    def _nudge(self) -> None:
        if self._sender is not None:
            self._sender.nudge()


async def _until_lost(lead: leader.Leadership) -> None:
    while await asyncio.to_thread(lead.held):  # noqa: ASYNC110 - nobody tells us; the connection is asked
        await asyncio.sleep(LOOK_FOR_LEAD)
