"""Whatever is logged by whomever, at whatever level: one line, and no word of an exception's."""

import json
import subprocess
import sys

import pytest

EVERY_WAY = """
import asyncio, gc, logging, sys
import structlog
from afsaet.logs import set_up

set_up(sys.argv[1])
ours, theirs = structlog.get_logger("afsaet.somewhere"), logging.getLogger("some.library")

async def forgotten():
    async def fails():
        raise ValueError("plantedtask")
    asyncio.create_task(fails(), name="plantedname")
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    gc.collect()

try:
    raise ValueError("plantedvalue")
except ValueError as error:
    ours.error("ours", exc_info=True)
    ours.error("ours given", exc_info=error)
    theirs.exception("theirs")
    theirs.error("theirs with a stack", stack_info=True)
    asyncio.run(forgotten())
for name in ("httpx", "httpcore.http11", "telegram.ext", "sqlalchemy.engine.Engine", "uvicorn.access", "transitions.core"):
    logging.getLogger(name).debug("plantedtalk")
    logging.getLogger(name).info("plantedtalk")
ours.debug("ours fine")
"""


@pytest.mark.parametrize("level", ["debug", "info", "warning", "error"])
def test_an_exception_is_its_class_and_libraries_keep_quiet(level):
    ran = subprocess.run([sys.executable, "-c", EVERY_WAY, level], capture_output=True, text=True, check=True)
    assert ran.stdout == ""
    assert "planted" not in ran.stderr
    lines = [json.loads(line) for line in ran.stderr.splitlines()]
    assert [(line["event"], line.get("error")) for line in lines][:5] == [
        ("ours", "ValueError"), ("ours given", "ValueError"), ("theirs", "ValueError"), ("theirs with a stack", None),
        ("Task exception was never retrieved", "ValueError"),
    ]
    assert ("ours fine" in ran.stderr) == (level == "debug")
