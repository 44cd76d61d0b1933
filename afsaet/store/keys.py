"""Keys in use: wrapping the data keys under a master key, and the keyed hashes things are found by."""

from __future__ import annotations

import hmac
import os
import secrets
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from afsaet.store import keyfile
from afsaet.store.faults import KeyFault
from afsaet.store.keyfile import KEY_BYTES, KEY_ID_BYTES, KeyFile
from afsaet.store.sealing import NONCE_BYTES, Box, place

CHECK = place("meta", "value", "check")
_OPENED_KEYS = 2048


class Keys:
    """The key file of one process. Safe to share between threads.

    A wrapped data key is the master key's id (8 bytes), a nonce and the encrypted key. A key id that is
    not known here makes the file be read once more, since another process may have changed the master
    key. Master keys that have left the file stay usable here until the process ends: a transaction may
    still hold a row as it was before.
    """

    def __init__(self, path: Path, keys: KeyFile) -> None:
        self.path = path
        self._masters = dict(keys.masters)
        self._lookup = keys.lookup
        self.newest = next(iter(keys.masters))
        self._opened = lru_cache(maxsize=_OPENED_KEYS)(self._unwrapped)

    @classmethod
    def load(cls, path: Path) -> Keys:
        """The keys in the file `path`. Raises KeyFault."""
        return cls(path, keyfile.read(path))

    def lookup(self, kind: str, text: str) -> bytes:
        """A keyed hash (32 bytes) by which `text` of this kind can be found but not read."""
        return hmac.digest(self._lookup, f"{kind}|{text}".encode(), "sha256")

    def new_data_key(self, master: bytes, where: bytes) -> tuple[bytes, Box]:
        """A new data key for the row `where`: wrapped under the master key with that id, and in use."""
        wrapped = self._wrap(secrets.token_bytes(KEY_BYTES), master, where)
        return wrapped, self.opened(wrapped, where)

    def opened(self, wrapped: bytes, where: bytes) -> Box:
        """The data key that was wrapped for the row `where`. Raises KeyFault."""
        return self._opened(wrapped, where)

    def rewrapped(self, wrapped: bytes, master: bytes, where: bytes) -> bytes:
        """The same data key, wrapped under the master key with that id."""
        return self._wrap(self._data_key(wrapped, where), master, where)

    def forget_opened(self) -> None:
        """Drop the data keys opened so far; those that are still wanted are opened again."""
        self._opened.cache_clear()

    def check_value(self, master: bytes) -> bytes:
        """What is kept in the database to tell at start whether this key file belongs to it."""
        return self._wrap(self.lookup("check", ""), master, CHECK)

    def verify(self, check: bytes, of: str = "database") -> None:
        """Raises KeyFault unless `check` was made with these keys. of: what it was found in."""
        try:
            fits = self._data_key(check, CHECK) == self.lookup("check", "")
        except KeyFault:
            fits = False
        if not fits:
            raise KeyFault(
                f"The key file {self.path} does not belong to this {of}. Put back the key file that was in use with "
                "it, or name it in AFSAET_KEY_FILE."
            )

    def reload(self) -> None:
        """Read the file again and take up the master keys that are new in it. Raises KeyFault."""
        keys = keyfile.read(self.path)
        self._masters = {**self._masters, **keys.masters}
        self.newest = next(iter(keys.masters))

    def _master(self, name: bytes) -> AESGCM:
        if name not in self._masters:
            self.reload()
        if name not in self._masters:
            raise KeyFault(
                f"The key file {self.path} lacks a master key that the database uses. "
                "Give every process the newest key file."
            )
        return AESGCM(self._masters[name])

    def _wrap(self, key: bytes, master: bytes, where: bytes) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        return master + nonce + self._master(master).encrypt(nonce, key, where)

    def _data_key(self, wrapped: bytes, where: bytes) -> bytes:
        name, rest = wrapped[:KEY_ID_BYTES], wrapped[KEY_ID_BYTES:]
        try:
            return self._master(name).decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], where)
        except (InvalidTag, ValueError):
            raise KeyFault(
                f"A key kept in {where.decode().split('|')[0]} does not open: it is damaged or was moved from "
                "another row. Restore the database from a backup."
            ) from None

    def _unwrapped(self, wrapped: bytes, where: bytes) -> Box:
        return Box(self._data_key(wrapped, where))
