"""The municipality's mail server."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from afsaet.municipality import Mail

TIMEOUT = 20.0
# ssl.SSLError and every timeout are OSErrors; smtplib cannot write a host or a password with every letter.
MAIL_ERRORS = (smtplib.SMTPException, OSError, UnicodeError)


@contextmanager
def signed_in(mail: Mail, password: str = "", *, timeout: float = TIMEOUT) -> Iterator[smtplib.SMTP]:
    """A connection to the server, encrypted and signed in as the municipality has set it.

    password: wanted only where `mail.user` is set. timeout: seconds for each step. Raises one of MAIL_ERRORS.
    """
    server = _connected(mail, timeout)
    try:
        if mail.tls == "starttls":
            server.starttls(context=ssl.create_default_context())
        if mail.user:
            server.login(mail.user, password)
        yield server
    finally:
        with suppress(*MAIL_ERRORS):
            server.quit()
        server.close()


def _connected(mail: Mail, timeout: float) -> smtplib.SMTP:
    if mail.tls == "tls":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(mail.host, mail.port, timeout=timeout, context=context)
    return smtplib.SMTP(mail.host, mail.port, timeout=timeout)
