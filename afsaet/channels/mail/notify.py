"""Sending the notices that wait, and what becomes of those that cannot be sent."""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from enum import Enum

from afsaet import clock
from afsaet.channels.mail.server import MAIL_ERRORS, signed_in
from afsaet.flows.language import mark as _
from afsaet.municipality import Mail, Municipality
from afsaet.store import caseworkers, notices
from afsaet.store.database import Database
from afsaet.store.notices import Notice

log = logging.getLogger(__name__)

SUBJECT = _("Der er nyt i Afsæt")
BODY = _("Der er nyt i Afsæt.\n\nDenne mail er sendt automatisk. Der står aldrig noget om borgere i den.")
SENDER = "Afsæt"
AT_ONCE = 50
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)


class Fate(Enum):
    SENT = "sent"
    POSTPONED = "postponed"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many notices were sent, put off until later, and dropped since their address is wrong."""

    sent: int = 0
    postponed: int = 0
    dropped: int = 0


def notify(
    database: Database, municipality: Municipality, password: str, *, now: Callable[[], datetime] = clock.now
) -> Outcome:
    """Send the notices whose time has come, at most `AT_ONCE` of them; none where no mail server is set.

    Blocks for as long as the server takes, so an event loop calls it in a worker thread. A failure that may
    pass puts the notice off, each time for longer; an address the server refuses for good drops it. A crash
    between the sending and the note of it may repeat one. Raises DatabaseFault.
    """
    mail, moment = municipality.mail, now()
    if mail is None:
        return Outcome()
    due = _claimed(database, moment)
    fates: list[Fate] = []
    try:
        if due:
            with signed_in(mail, password) as server:
                for notice, email in due:
                    fates.append(_send(server, _message(mail, email, moment)))
                    _note(database, notice, fates[-1])
    except MAIL_ERRORS as error:
        log.warning("notices put off: %s", type(error).__name__)
    sent, dropped = fates.count(Fate.SENT), fates.count(Fate.DROPPED)
    return Outcome(sent, len(due) - sent - dropped, dropped)


def _claimed(database: Database, now: datetime) -> list[tuple[Notice, str]]:
    """The notices that are due, with their addresses, each put off before it is sent.

    Were that done afterwards, a database that can no longer be written would let the same mail out again and again.
    """
    with database.read() as tx:
        if not notices.due(tx, now, 1):
            return []
    with database.write() as tx:
        due = notices.due(tx, now, AT_ONCE)
        for notice in due:
            wait = min(FIRST_WAIT * 2 ** min(notice.attempts, 20), LONGEST_WAIT)
            notices.postpone(tx, notice.id, now + wait)
        people = {each.id: each.email for each in caseworkers.list_all(tx)}
    return [(notice, people[notice.caseworker_id]) for notice in due]


def _send(server: smtplib.SMTP, message: EmailMessage) -> Fate:
    """What becomes of one notice. Raises one of MAIL_ERRORS where the others would fare no better."""
    try:
        server.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        code = max(code for code, _reason in error.recipients.values())
        return Fate.DROPPED if code >= 500 else Fate.POSTPONED
    except smtplib.SMTPDataError:
        return Fate.POSTPONED
    return Fate.SENT


def _note(database: Database, notice: Notice, fate: Fate) -> None:
    if fate is not Fate.POSTPONED:
        with database.write() as tx:
            notices.done(tx, notice.id)
    if fate is Fate.DROPPED:
        log.warning("notice %d dropped: the mail server refuses the address of caseworker %s",
                    notice.id, notice.caseworker_id)


def _message(mail: Mail, email: str, now: datetime) -> EmailMessage:
    message = EmailMessage()
    message["From"] = f"{SENDER} <{mail.sender}>"
    message["To"] = email
    message["Subject"] = SUBJECT
    message["Date"] = format_datetime(now)
    message["Message-ID"] = make_msgid(domain=mail.sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(BODY, cte="quoted-printable")
    return message
