"""What the doctor asks of others: Telegram and the mail server. What passes by itself is only a warning; no way to
Telegram at all is a fault, for nobody is served and the settings or the network may be to blame."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from datetime import UTC, datetime
from ssl import SSLCertVerificationError
from typing import Any

from afsaet.channels.mail import MAIL_ERRORS, signed_in
from afsaet.cli import bot
from afsaet.cli.finding import Finding
from afsaet.municipality import Municipality
from afsaet.settings import Settings

PATIENCE = 6.0
MANY_UPDATES = 100


def telegram(settings: Settings) -> Iterator[Finding]:
    """Whether Telegram knows the bot, and hands over its updates as the settings expect."""
    if settings.telegram_token is None:
        yield Finding("telegram", "warning", "There is no bot token, so nobody is served in Telegram: make a bot with "
                                             "@BotFather and set AFSAET_TELEGRAM_TOKEN.")
        return
    try:
        me, webhook = bot.ask(settings, "getMe", "getWebhookInfo")
    except bot.NoAnswer as reason:
        yield Finding("telegram", "fault" if reason.is_fault else "warning", str(reason))
        return
    yield Finding("telegram", "ok", f"Telegram knows the bot @{me['username']}.")
    yield _webhook(settings, webhook)


def mail_server(settings: Settings, municipality: Municipality) -> Iterator[Finding]:
    """Whether the mail server lets us in. Nothing is sent."""
    mail = municipality.mail
    if mail is None:
        yield Finding("mail", "ok", "No mail server is set: caseworkers see what waits with `afsaet task list`.")
        return
    password = settings.mail_password.get_secret_value() if settings.mail_password else ""
    if mail.user and not password:
        yield Finding("mail", "fault", "The mail server wants a user, and there is no password: set "
                                       "AFSAET_MAIL_PASSWORD or AFSAET_MAIL_PASSWORD_FILE.")
        return
    try:
        with signed_in(mail, password, timeout=PATIENCE) as server:
            server.noop()
    except smtplib.SMTPAuthenticationError:
        yield Finding("mail", "fault", "The mail server refuses the user or the password. Check [mail] and "
                                       "AFSAET_MAIL_PASSWORD.")
    except (smtplib.SMTPNotSupportedError, SSLCertVerificationError, UnicodeError) as error:
        yield Finding("mail", "fault", f"The mail server does not offer what [mail] asks for ({type(error).__name__}). "
                                       "Check host, tls, user and password.")
    except MAIL_ERRORS as error:
        yield Finding("mail", "warning", f"The mail server cannot be reached ({type(error).__name__}). Check host and "
                                         "port in [mail], or wait.")
    else:
        yield Finding("mail", "ok", "The mail server lets Afsæt in.")


def _webhook(settings: Settings, webhook: dict[str, Any]) -> Finding:
    url, pending = webhook.get("url", ""), webhook.get("pending_update_count", 0)
    if settings.telegram_mode == "polling" and url:
        return Finding("webhook", "warning", "A webhook is set at Telegram, and AFSAET_TELEGRAM_MODE is polling: stop "
                                             "whatever else serves this bot, and start `afsaet run`.")
    if settings.telegram_mode == "webhook" and not url:
        return Finding("webhook", "warning", "No webhook is set at Telegram: start `afsaet run`.")
    if settings.telegram_mode == "webhook" and not url.startswith(settings.public_url or ""):
        return Finding("webhook", "warning", "The webhook at Telegram leads to another address than AFSAET_PUBLIC_URL: "
                                             "start `afsaet run`, and stop whatever else serves this bot.")
    if failed := webhook.get("last_error_date"):
        when = datetime.fromtimestamp(failed, UTC).isoformat(timespec="seconds")
        return Finding("webhook", "warning", f"Telegram could not hand over an update at {when} "
                                             f"({webhook.get('last_error_message', 'no reason given')}). Check "
                                             "AFSAET_PUBLIC_URL, its certificate and the way to AFSAET_LISTEN.")
    if pending >= MANY_UPDATES:
        return Finding("webhook", "warning", f"{pending} updates wait at Telegram. Check that `afsaet run` is running.")
    return Finding("webhook", "ok", f"Telegram hands over updates by {settings.telegram_mode}; {pending} wait.")
