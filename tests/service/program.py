"""The program as a process of its own, started quickly: forked from a process that has everything imported."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Mapping
from importlib import import_module
from multiprocessing.connection import Connection
from typing import Any

PATIENCE = 30.0
PRELOADED = ["afsaet.cli", "afsaet.service", "afsaet.cli.desk", "afsaet.assistant.casework.caseload", "afsaet.store.backup",
             "afsaet.store.rotation", "afsaet.export", "psycopg", "tests.service.program"]  # fmt: skip
# People in tests answer as soon as they have read, so what is measured in seconds between people and machines
# is shorter for them. What Telegram itself asks to wait stays as it is.
HURRY = {
    "afsaet.channels.telegram.pace": {"SECOND": 0.002, "COUNTED": 0.002},
    "afsaet.channels.telegram.noting": {"FIRST_WAIT": 0.02},
    "afsaet.channels.telegram.polling": {"FIRST_WAIT": 0.02},
    "afsaet.channels.telegram.intake": {"FIRST_WAIT": 0.02},
    "afsaet.service": {"FIRE_EVERY": 0.05},
    "afsaet.channels.telegram.service": {"LOOK_FOR_LEAD": 0.05, "WAIT_FOR_TELEGRAM": 0.05},
}


def nursery() -> Any:
    """Where processes come from; one for every pytest process."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    return context


class Stream:
    """What a process writes to one of its outputs, as it comes."""

    def __init__(self, reader: Connection) -> None:
        self._reader = reader
        self._changed = threading.Condition()
        self._content = b""
        self.open = True
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    @property
    def text(self) -> str:
        with self._changed:
            return self._content.decode()

    def wait_for(self, words: str) -> str:
        """All that was written, once these words are among it."""
        with self._changed:
            self._changed.wait_for(lambda: words.encode() in self._content or not self.open, PATIENCE)
            assert words.encode() in self._content, f"waited in vain for {words!r}; there is:\n{self._content.decode()}"
            return self._content.decode()

    def close(self) -> None:
        """Once nobody writes any more: everything has been read."""
        self._thread.join(PATIENCE)
        self._reader.close()

    def _read(self) -> None:
        while piece := os.read(self._reader.fileno(), 1 << 16):
            with self._changed:
                self._content += piece
                self._changed.notify_all()
        with self._changed:
            self.open = False
            self._changed.notify_all()


class Process:
    """One run of `afsaet` with these words and settings."""

    def __init__(self, context: Any, words: tuple[str, ...], settings: Mapping[str, str], folder: str) -> None:
        out, out_end = context.Pipe(duplex=False)
        err, err_end = context.Pipe(duplex=False)
        self._process = context.Process(target=_run, args=(words, dict(settings), folder, out_end, err_end))
        self._process.start()
        out_end.close()
        err_end.close()
        self.out, self.err = Stream(out), Stream(err)
        self._ended = False

    @property
    def alive(self) -> bool:
        return self.err.open

    def wait(self) -> int:
        """Its exit code, once it has ended by itself."""
        self._process.join(PATIENCE)
        code = self._process.exitcode
        assert code is not None, f"it goes on and on; it said:\n{self.err.text}"
        self._end()
        return int(code)

    def stop(self) -> int:
        """As systemd stops it: SIGTERM, and its exit code."""
        os.kill(self._process.pid, signal.SIGTERM)
        return self.wait()

    def kill(self) -> None:
        """As a power cut does: SIGKILL."""
        self._process.kill()
        self._process.join()
        self._end()

    def _end(self) -> None:
        if not self._ended:
            self.out.close()
            self.err.close()
            self._ended = True


def _run(words: tuple[str, ...], settings: Mapping[str, str], folder: str, out: Connection, err: Connection) -> None:
    for connection, number in ((out, 1), (err, 2)):
        os.dup2(connection.fileno(), number)
        connection.close()
    # The old ones belong to what these numbers led to when the process they were forked from began.
    sys.stdout, sys.stderr = (os.fdopen(number, "w", encoding="utf-8", closefd=False) for number in (1, 2))
    os.chdir(folder)
    for name in [name for name in os.environ if name.startswith("AFSAET_")]:
        del os.environ[name]
    os.environ.update(settings)
    for module, changes in HURRY.items():
        vars(import_module(module)).update(changes)
    sys.argv = ["afsaet", *words]
    import_module("afsaet.cli").main()
