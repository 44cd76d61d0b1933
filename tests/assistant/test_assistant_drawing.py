"""Pictures are drawn in one process beside the service, which gives way to it and ends with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import psutil
import pytest

from afsaet.assistant import drawing
from afsaet.assistant.drawing import NICENESS, beside, file_of
from afsaet.flows.message import Attachment


@pytest.fixture(autouse=True)
def ended() -> Iterator[None]:
    yield
    drawing.stop()


async def test_a_picture_is_drawn_elsewhere_always_in_the_same_process_which_gives_way() -> None:
    elsewhere = {await beside(os.getpid) for _ in range(3)}
    assert len(elsewhere) == 1
    assert os.getpid() not in elsewhere
    assert await beside(os.nice, 0) == os.nice(0) + NICENESS


def test_where_a_priority_may_not_be_changed_it_draws_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(by: int) -> int:
        raise PermissionError(by)

    monkeypatch.setattr(os, "nice", refused)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    monkeypatch.setattr(drawing, "_end_with_the_service", lambda: None)
    drawing._settle()


async def test_other_files_are_made_here_and_start_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "made", lambda attachment: os.getpid())
    assert await file_of(Attachment("calendar", {})) == os.getpid()
    assert drawing._started == []


async def test_an_attachment_goes_there_and_comes_back_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "made", repr)
    attachment = Attachment("wheel", {"title": "Mit hjul", "areas": [["Krop og hoved", 3]]})
    assert await file_of(attachment) == repr(attachment)


async def test_what_its_maker_raises_is_raised_here_and_the_next_is_drawn() -> None:
    with pytest.raises(ZeroDivisionError):
        await beside(divmod, 1, 0)
    assert await beside(divmod, 7, 2) == (3, 1)


async def test_if_it_is_killed_another_takes_its_place() -> None:
    first = await beside(os.getpid)
    os.kill(first, signal.SIGKILL)
    assert await beside(os.getpid) not in (first, os.getpid())


def test_it_does_not_outlive_the_service_even_if_that_is_killed() -> None:
    code = "import asyncio, os, sys; from afsaet.assistant.drawing import beside\n" \
           "async def main():\n    print(await beside(os.getpid), flush=True)\n    await asyncio.sleep(600)\n" \
           "if __name__ == '__main__':\n    asyncio.run(main())\n"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as service:
        assert service.stdout is not None
        drawer = psutil.Process(int(service.stdout.readline()))
        service.kill()
        assert drawer.wait(timeout=30) is None or not drawer.is_running()
