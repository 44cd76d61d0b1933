"""Putting a backup into an empty place, once it has been found whole and its key file right."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, column, func, select, table, text

from afsaet.store import schema
from afsaet.store.address import Place
from afsaet.store.backup import MANIFEST, TYPES, Manifest, TableOfBackup, decoder
from afsaet.store.engines import plain_faults
from afsaet.store.faults import BackupFault
from afsaet.store.keys import Keys
from afsaet.store.opening import hold_upgrade, look_at, make_file, make_folder

_BATCH = 500


def restore(file: Path, url: str, key_file: Path, *, data_dir: Path, wait: float = 30.0) -> Manifest:
    """Fill the empty database at `url` from the backup `file`, and bring it to this program's schema.

    The backup, the key file (which must be in place: it is not part of a backup) and the emptiness of the
    place are checked before anything is written, and all of it is written in one transaction. Citizens
    who were erased after the backup was made are back, and must be erased again; messages that were
    waiting in it will be sent. Raises BackupFault, KeyFault or DatabaseFault.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            return _restored(archive, file, Place.of(url, data_dir, wait), key_file)
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError):
        raise BackupFault(f"{file} is not a whole backup made by `afsaet db backup`. Nothing was changed.") from None
    except OSError as error:
        raise BackupFault(f"The backup {file} cannot be read ({error.strerror}). Nothing was changed.") from None


def _restored(archive: zipfile.ZipFile, file: Path, where: Place, key_file: Path) -> Manifest:
    manifest = _manifest(archive, file)
    check = _checked(archive, manifest, file)
    Keys.load(key_file).verify(check, "backup")
    make_folder(where.data_dir)
    engine = where.engine()
    made = where.path is not None and not where.path.exists()
    try:
        with plain_faults(where.name):
            if look_at(where, engine)[0] != "empty":
                raise BackupFault(f"{where.name} is not empty. Name an empty place, and move what is there away first.")
            if where.path is not None:
                make_file(where.path)
            with engine.begin() as conn:
                hold_upgrade(conn)
                schema.upgrade(conn, manifest.schema_revision)
                for part in manifest.tables:
                    _fill(conn, part, archive)
                schema.upgrade(conn)
    except BaseException:
        engine.dispose()
        if made and where.path is not None:
            where.path.unlink(missing_ok=True)
        raise
    engine.dispose()
    return manifest


def _manifest(archive: zipfile.ZipFile, file: Path) -> Manifest:
    try:
        manifest = Manifest.model_validate_json(archive.read(MANIFEST))
    except ValidationError:
        raise BackupFault(f"{file} is not a backup that this version of Afsæt can read. Nothing was changed.") from None
    if manifest.schema_revision not in schema.revisions():
        raise BackupFault(f"{file} was made by a newer version of Afsæt. Install that version. Nothing was changed.")
    return manifest


def _checked(archive: zipfile.ZipFile, manifest: Manifest, file: Path) -> bytes:
    """Read the backup through once; returns the value its key file is checked by."""
    check = None
    for part in manifest.tables:
        digest, count = hashlib.sha256(), 0
        try:
            with archive.open(_member(part)) as lines:
                for line in lines:
                    digest.update(line)
                    count += 1
                    row = _row(part, line)
                    if part.name == "meta" and row["name"] == "check":
                        check = row["value"]
        except ValueError:
            count = -1
        if digest.hexdigest() != part.sha256 or count != part.rows:
            raise BackupFault(f"{file} is damaged (in the table {part.name}). Use another backup. Nothing was changed.")
    if not isinstance(check, bytes):
        raise BackupFault(f"{file} lacks the value its key is checked by. Use another backup. Nothing was changed.")
    return check


def _fill(conn: Connection, part: TableOfBackup, archive: zipfile.ZipFile) -> None:
    target = table(part.name, *(column(name, TYPES[kind]) for name, kind in part.columns.items()))
    with archive.open(_member(part)) as lines:
        for rows in _batches(_row(part, line) for line in lines):
            conn.execute(target.insert(), rows)
    if conn.dialect.name == "postgresql" and part.columns.get("id") == "integer" and part.rows:
        highest = conn.execute(select(func.max(target.c.id))).scalar()
        conn.execute(text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :highest)"),
                     {"name": part.name, "highest": highest})


def _batches(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    some: list[dict[str, Any]] = []
    for row in rows:
        some.append(row)
        if len(some) == _BATCH:
            yield some
            some = []
    if some:
        yield some


def _row(part: TableOfBackup, line: bytes) -> dict[str, Any]:
    values = json.loads(line)
    return {name: decoder(kind)(value) for (name, kind), value in zip(part.columns.items(), values, strict=True)}


def _member(part: TableOfBackup) -> str:
    return f"{part.name}.jsonl"
