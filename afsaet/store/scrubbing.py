"""Removing what SQLite leaves behind of deleted rows."""

from __future__ import annotations

import sqlite3

_PATIENCE = 500  # milliseconds


def scrubbed(driver: sqlite3.Connection, wait: float) -> bool:
    """Write the database anew without its gaps, and empty the write-ahead log; False if others were in the way.

    `secure_delete` overwrites deleted rows, but not the copies that stay in the gaps of a page when rows are
    moved between pages. The whole file is written, about a second for 100 MB, while everybody else waits.
    wait: the connection's usual busy timeout in seconds; here it waits only a moment, since turns wait for it.
    """
    driver.execute(f"PRAGMA busy_timeout={min(int(wait * 1000), _PATIENCE)}").fetchall()
    try:
        driver.execute("VACUUM")
        busy, _, _ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
            return False
        raise
    finally:
        driver.execute(f"PRAGMA busy_timeout={int(wait * 1000)}").fetchall()
