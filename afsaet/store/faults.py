"""What can go wrong with the store, each told in one plain English sentence or two.

No message holds content, an address, a key, a password or the value of an SQL parameter.
"""

from __future__ import annotations


class StoreFault(Exception):  # noqa: N818 - "fault" is the word the command line and its exit codes use
    """A fault of the store's surroundings. `str()` says what is wrong and what to do about it."""


class DatabaseFault(StoreFault):
    """The database cannot be used now. Nothing of the transaction was kept, so it can be tried again later."""


class KeyFault(StoreFault):
    """The key file is missing or unreadable, or it does not open what it should."""


class BackupFault(StoreFault):
    """A backup could not be written or read; nothing was changed."""


class BackupExists(BackupFault):
    """The file that a backup was to be written to is there already, and stays as it is."""


class RefusedStatement(StoreFault):
    """The database refused a statement: a mistake in the program, which trying again does not mend."""


class UnknownCitizen(LookupError):  # noqa: N818 - said of a citizen, not of a fault
    """There is no such citizen, or they have deleted what they wrote and are not invited again yet."""
