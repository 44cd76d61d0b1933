"""Sealing: AES-256-GCM over JSON, bound to the place where the value is kept."""

from __future__ import annotations

import json
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from afsaet.store.faults import KeyFault

NONCE_BYTES = 12
# Built once: a turn seals and opens some forty values.
_to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_from_json = json.JSONDecoder().raw_decode  # without looking for white space, of which we write none


def place(table: str, column: str, *row: object) -> bytes:
    """The name of one place in the database; a value sealed for it opens nowhere else."""
    return "|".join((table, column, *map(str, row))).encode()


class Box:
    """One data key. Safe to share between threads."""

    __slots__ = ("_aead",)

    def __init__(self, key: bytes) -> None:
        self._aead = AESGCM(key)

    def seal(self, value: Any, where: bytes) -> bytes:
        """A JSON-able value as nonce and ciphertext, to be kept at `where` (see `place`)."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._aead.encrypt(nonce, _to_json(value).encode(), where)

    def open(self, sealed: bytes, where: bytes) -> Any:
        """The value that was sealed for `where`. Raises KeyFault if it is damaged or was moved here."""
        try:
            text = self._aead.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], where)
        except InvalidTag:
            table, column = where.decode().split("|")[:2]
            raise KeyFault(
                f"A value in {table}.{column} does not open: it is damaged, was moved from another row, "
                "or was sealed with another key. Restore the database from a backup."
            ) from None
        return _from_json(text.decode())[0]
