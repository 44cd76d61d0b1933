"""The key file: master keys, newest first, and the key of the lookup hashes.

It is a small JSON file with mode 0600. It is replaced as a whole, never written in place, so a
reader always meets either the old file or the new one.
"""

from __future__ import annotations

import base64
import binascii
import glob
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from afsaet.store.faults import KeyFault

FORMAT = "afsaet-keys-1"
KEY_BYTES = 32
KEY_ID_BYTES = 8
_EIGHT = "[0-9a-f]" * 8  # in the name of a draft
NOTE = "Keep a copy of this file apart from the backups. Without it nothing in the database can be read."


@dataclass(frozen=True, slots=True)
class KeyFile:
    """masters: key id to key, newest first. lookup: the key of the lookup hashes, which never changes."""

    masters: Mapping[bytes, bytes]
    lookup: bytes


def fresh() -> KeyFile:
    """One new master key and a new lookup key."""
    return KeyFile(masters=new_master(), lookup=secrets.token_bytes(KEY_BYTES))


def new_master() -> dict[bytes, bytes]:
    """A new master key under a new id."""
    return {secrets.token_bytes(KEY_ID_BYTES): secrets.token_bytes(KEY_BYTES)}


def read(path: Path) -> KeyFile:
    """The keys in `path`. Raises KeyFault if the file is missing, unreadable or not a key file."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise KeyFault(
            f"The key file {path} is missing. Put back the key file that belongs to the database, "
            "or name it in AFSAET_KEY_FILE."
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise KeyFault(
            f"The key file {path} cannot be read ({type(error).__name__}). "
            "Check that it is a file and that this user may read it."
        ) from None
    try:
        return _parsed(json.loads(text))
    except (ValueError, KeyError, TypeError):
        raise KeyFault(
            f"The key file {path} is garbled. Put back a good copy; do not make a new one, "
            "for a new key opens nothing that is stored."
        ) from None


def create(path: Path) -> KeyFile:
    """A new key file at `path`; if another process makes one at the same moment, theirs is read."""
    keys = fresh()
    draft = _written_beside(path, keys)
    try:
        os.link(draft, path)
    except FileExistsError:
        return read(path)
    except OSError as error:
        raise _unwritable(path, error) from None
    finally:
        draft.unlink()
    _sync(path.parent)
    return keys


def replace(path: Path, keys: KeyFile) -> None:
    """`keys` in place of what `path` holds, atomically and on disk before this returns."""
    draft = _written_beside(path, keys)
    try:
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise _unwritable(path, error) from None
    _sync(path.parent)


def drop_drafts(path: Path) -> None:
    """Take away what a process that was killed was about to put in place of `path`: it holds keys too."""
    for draft in path.parent.glob(f"{glob.escape(path.name)}.{_EIGHT}.new"):
        draft.unlink(missing_ok=True)


def _parsed(data: Any) -> KeyFile:
    if data["format"] != FORMAT:
        raise ValueError
    masters = {bytes.fromhex(entry["id"]): _key(entry["key"]) for entry in data["masters"]}
    if not masters or any(len(name) != KEY_ID_BYTES for name in masters):
        raise ValueError
    return KeyFile(masters=masters, lookup=_key(data["lookup"]))


def _key(text: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except binascii.Error:
        raise ValueError from None
    if len(key) != KEY_BYTES:
        raise ValueError
    return key


def _written_beside(path: Path, keys: KeyFile) -> Path:
    masters = [{"id": name.hex(), "key": base64.b64encode(key).decode()} for name, key in keys.masters.items()]
    data = {"format": FORMAT, "note": NOTE, "masters": masters, "lookup": base64.b64encode(keys.lookup).decode()}
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(json.dumps(data, indent=2) + "\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise _unwritable(path, error) from None
    return draft


def _unwritable(path: Path, error: OSError) -> KeyFault:
    return KeyFault(
        f"The key file {path} cannot be written ({error.strerror}). Check that its folder exists, has room "
        "and may be written by this user."
    )


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
