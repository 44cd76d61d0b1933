"""E-mails to caseworkers that say only that there is something new: no name, no id, no content."""

from afsaet.channels.mail.notify import Outcome, notify
from afsaet.channels.mail.server import MAIL_ERRORS, signed_in

__all__ = ["MAIL_ERRORS", "Outcome", "notify", "signed_in"]
