"""What Telegram says about the bot itself."""

from __future__ import annotations

import asyncio
from typing import Any

from afsaet.settings import Settings

PATIENCE = 6.0
UNSET = "There is no bot token (AFSAET_TELEGRAM_TOKEN)."
REFUSED = "Telegram does not know the bot token. Check AFSAET_TELEGRAM_TOKEN."
AWAY = "Telegram cannot be reached. Check the way out of this machine, and AFSAET_TELEGRAM_API_URL."
INTERCEPTED = ("Something else answered in Telegram's place. Check AFSAET_TELEGRAM_API_URL, and whether a proxy or a "
               "filter on the way lets this machine through.")
SILENT = "Telegram did not answer as it should just now. Try again in a moment."


class NoAnswer(Exception):  # noqa: N818 - named for what happened
    """Telegram could not be asked. `str()` is a sentence about why."""

    @property
    def is_fault(self) -> bool:
        """Whether something here is to be set right: the token, or the way to Telegram."""
        return str(self) in (REFUSED, AWAY, INTERCEPTED)


def ask(settings: Settings, *methods: str) -> list[dict[str, Any]]:
    """What these methods of the Bot API return, asked one after the other. Raises NoAnswer."""
    if settings.telegram_token is None:
        raise NoAnswer(UNSET)
    # python-telegram-bot takes half a second to import.
    from telegram.error import TelegramError  # noqa: PLC0415

    from afsaet.channels.telegram.errors import InterceptedError, Meaning, judge  # noqa: PLC0415
    from afsaet.channels.telegram.transport import Transport  # noqa: PLC0415

    token = settings.telegram_token.get_secret_value()

    async def asked() -> list[dict[str, Any]]:
        async with asyncio.timeout(PATIENCE), Transport(token, settings.telegram_api_url) as transport:
            return [await transport.call(method, {}) for method in methods]

    try:
        return asyncio.run(asked())
    except TimeoutError:
        raise NoAnswer(AWAY) from None
    except InterceptedError:
        raise NoAnswer(INTERCEPTED) from None
    except TelegramError as error:
        why = {Meaning.BOT_REFUSED: REFUSED, Meaning.UNREACHABLE: AWAY}
        raise NoAnswer(why.get(judge(error).meaning, SILENT)) from None


def bot_name(settings: Settings) -> tuple[str | None, str]:
    """The bot's name for links, or None and a sentence about why there is none."""
    try:
        (me,) = ask(settings, "getMe")
    except NoAnswer as reason:
        return None, str(reason)
    return str(me["username"]), ""
