"""Where files are made: pictures in one process beside this one, and everything else in a worker thread.

Drawing holds the interpreter's lock for most of the time it takes, so a thread of our own process would keep other
citizens' turns waiting: twice as long, as `benchmarks.beside` measures. The process is started for the first picture,
gives way to the turns where processors are few, and ends with ours.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from threading import Lock, Thread
from typing import Any

from afsaet.assistant.attachments import File, made
from afsaet.flows.message import Attachment

PICTURES = frozenset({"wheel", "line"})
NICENESS = 10

_lock = Lock()
_started: list[ProcessPoolExecutor] = []  # one, or none before the first picture


async def file_of(attachment: Attachment) -> File:
    """The file of an attachment. Raises what its maker raises."""
    if attachment.kind not in PICTURES:
        return await asyncio.to_thread(made, attachment)
    file: File = await beside(made, attachment)
    return file


async def beside(work: Callable[..., Any], *given: object) -> Any:
    """What the function gives, called in the process beside ours. It, what it takes and what it gives are pickled.

    If the process has been killed, another is started and it is tried once more.
    """
    loop = asyncio.get_running_loop()
    try:
        return await loop.run_in_executor(_process(), work, *given)
    except BrokenProcessPool:
        stop()
        return await loop.run_in_executor(_process(), work, *given)


def stop() -> None:
    """End the process, if there is one. Another is started when it is wanted."""
    with _lock:
        while _started:
            _started.pop().shutdown(cancel_futures=True)


def _process() -> ProcessPoolExecutor:
    with _lock:
        if not _started:
            # A copy of this process would have its threads' locks, and nobody to open them again.
            context = multiprocessing.get_context("spawn")
            _started.append(ProcessPoolExecutor(1, mp_context=context, initializer=_settle))
        return _started[0]


def _settle() -> None:
    """Give way to the turns, leave Ctrl-C to the service, and end when that does, however it ends."""
    _give_way()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_the_service, daemon=True).start()


def _give_way() -> None:
    with suppress(PermissionError):  # a service that may not change its priority draws all the same
        os.nice(NICENESS)


def _end_with_the_service() -> None:
    service = multiprocessing.parent_process()
    assert service is not None
    service.join()
    os._exit(0)
