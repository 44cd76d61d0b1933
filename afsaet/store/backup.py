"""Backups: one format for both databases, so that what was made on one can be put into the other.

A backup is a zip file. `manifest.json` names the format, the schema's revision, the moment, and for each
table its columns with their types, the number of rows and the SHA-256 of its file; `<table>.jsonl` holds a
row a line, as a list of values, bytes in base64 and times in ISO 8601. What is sealed in the database is
sealed here. The key file is not in it.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict
from sqlalchemy import BigInteger, Boolean, Column, Integer, LargeBinary, Table, Text, select
from sqlalchemy.types import TypeEngine

from afsaet.store import rotation, schema
from afsaet.store.database import Database
from afsaet.store.faults import BackupExists, BackupFault
from afsaet.store.tables import metadata
from afsaet.store.tx import Tx
from afsaet.store.utc_time import UtcTime

FORMAT = "afsaet-backup-1"
MANIFEST = "manifest.json"
TypeName = Literal["text", "integer", "boolean", "bytes", "time"]
TYPES: Mapping[TypeName, TypeEngine[Any]] = {
    "text": Text(), "integer": BigInteger(), "boolean": Boolean(), "bytes": LargeBinary(), "time": UtcTime(),
}


class TableOfBackup(BaseModel):
    """One table of a backup: its columns by name and type, in the order of each row's values."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: str
    columns: dict[str, TypeName]
    rows: int
    sha256: str


class Manifest(BaseModel):
    """What a backup says of itself. The tables stand in an order in which they can be filled."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    format: Literal["afsaet-backup-1"]
    schema_revision: str
    made_at: datetime
    note: str
    tables: tuple[TableOfBackup, ...]


def backup(db: Database, file: Path, now: datetime) -> Manifest:
    """Write everything in the database, as it is at one moment, to the new file `file` (mode 0600).

    The key file is not part of it: a backup cannot be read without a copy of the key file of its time.
    Raises BackupExists if `file` exists, and BackupFault if it cannot be written, or while the master key is being
    changed: that moment's key file is one that nobody keeps.
    """
    try:
        handle = os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    except FileExistsError:
        raise BackupExists(f"{file} is there already. Name a new file for the backup.") from None
    except OSError as error:
        raise BackupFault(f"The backup {file} cannot be made ({error.strerror}).") from None
    try:
        with os.fdopen(handle, "w+b") as stream:
            with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive, db.read() as tx:
                manifest = _written(tx, archive, now)
            stream.flush()
            os.fsync(stream.fileno())
    except BaseException as error:
        file.unlink()
        if isinstance(error, OSError):
            raise BackupFault(f"The backup {file} cannot be written ({error.strerror}).") from None
        raise
    return manifest


def decoder(kind: TypeName) -> Callable[[Any], Any]:
    """What turns a value of a backup back into what the database takes."""
    if kind == "bytes":
        return lambda value: None if value is None else base64.b64decode(value, validate=True)
    if kind == "time":
        return lambda value: None if value is None else datetime.fromisoformat(value)
    return lambda value: value


def _written(tx: Tx, archive: zipfile.ZipFile, now: datetime) -> Manifest:
    if rotation.under_way(tx):
        raise BackupFault("A change of the master key has not ended, so no backup is made. Wait for "
                          "`afsaet keys rotate`, or run it again if it was stopped; then make the backup.")
    revision = schema.revision(tx.conn)
    assert revision is not None
    manifest = Manifest(
        format=FORMAT, schema_revision=revision, made_at=now,
        note="The key file is not in this backup, and nothing in it can be read without.",
        tables=tuple(_write_table(tx, archive, table) for table in metadata.sorted_tables),
    )
    archive.writestr(MANIFEST, manifest.model_dump_json(indent=2))
    return manifest


def _write_table(tx: Tx, archive: zipfile.ZipFile, table: Table) -> TableOfBackup:
    digest, count = hashlib.sha256(), 0
    ordered = select(table).order_by(*table.primary_key)
    with archive.open(f"{table.name}.jsonl", "w") as member:
        for row in tx.conn.execution_options(yield_per=500).execute(ordered):
            line = json.dumps([_encoded(value) for value in row], ensure_ascii=False).encode() + b"\n"
            digest.update(line)
            member.write(line)
            count += 1
    columns = {column.name: _type_name(column) for column in table.c}
    return TableOfBackup(name=table.name, columns=columns, rows=count, sha256=digest.hexdigest())


def _encoded(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value.isoformat() if isinstance(value, datetime) else value


def _type_name(column: Column[Any]) -> TypeName:
    kinds: tuple[tuple[type, TypeName], ...] = (
        (UtcTime, "time"), (LargeBinary, "bytes"), (Boolean, "boolean"), (Integer, "integer"), (Text, "text"),
    )
    return next(name for kind, name in kinds if isinstance(column.type, kind))
