"""Bots as processes of their own, whose processor time and memory can be read from outside."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[1]


Start = tuple[list[str], dict[str, str]]  # arguments of this Python, and settings


class Bot:
    """A running bot. Ends with the `with` block it was started in."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._seen = psutil.Process(process.pid)

    @property
    def cpu(self) -> float:
        """Seconds of processor time so far, in user and system mode, of all its threads."""
        times = self._seen.cpu_times()
        return float(times.user + times.system)


@contextmanager
def running(arguments: Sequence[str], settings: Mapping[str, str], folder: Path) -> Iterator[Bot]:
    """This Python with these arguments in `folder`, with no settings but those given."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("AFSAET_")}
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, *arguments], env={**own, "PYTHONPATH": str(ROOT), **settings}, cwd=folder,
            stdout=log, stderr=log,
        )
    try:
        yield Bot(process)
    finally:
        process.terminate()
        process.wait(20)


def afsaet(url: str, token: str, data_dir: Path) -> Start:
    """How `afsaet run` is started against a Bot API server."""
    settings = {
        "AFSAET_TELEGRAM_TOKEN": token, "AFSAET_TELEGRAM_API_URL": url, "AFSAET_CHANNEL_POLICY": "open",
        "AFSAET_DATA_DIR": str(data_dir), "AFSAET_LISTEN": "127.0.0.1:0", "AFSAET_LOG_LEVEL": "warning",
    }
    return ["-c", "from afsaet.cli import main; main()", "run"], settings


def peer(url: str, token: str, script: Path) -> Start:
    """How the peer is started: it plays the calls in `script`."""
    return ["-m", "benchmarks.peer", url, token, str(script)], {}
